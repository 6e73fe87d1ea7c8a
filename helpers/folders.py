"""Where the course keeps its data and the learner's own work, and how files get there."""

import os
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
MY_WORK = Path(os.environ.get("MY_WORK", ROOT / "my_work"))


def new_path(path):
    """Return `path`, or the first of name_2, name_3, ... that is still free.

    The folder is made if need be. Nothing that exists is overwritten.
    """
    path = first = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 2
    while path.exists():
        path = first.with_name(f"{first.stem}_{number}{first.suffix}")
        number += 1
    return path


def write_whole(path, data):
    """Write the bytes to a file that nobody ever sees half written, and make its folder.

    The old file stays until the new one is complete. Raises OSError if the disk does not allow it.
    """
    temporary = path.with_name(f"{path.name}.{uuid.uuid4().hex}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(data)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
