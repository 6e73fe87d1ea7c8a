"""Where the course keeps things: its data, and the learner's own work."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
MY_WORK = Path(os.environ.get("MY_WORK", ROOT / "my_work"))


def new_path(path):
    """Return `path`, or the first of name_2, name_3, ... that is still free.

    The folder is made if need be. Nothing that is already there is overwritten.
    """
    path = first = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 2
    while path.exists():
        path = first.with_name(f"{first.stem}_{number}{first.suffix}")
        number += 1
    return path
