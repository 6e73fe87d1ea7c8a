"""What every test run needs before a kernel starts, for tests and lessons alike."""

import os
import re
import tempfile
from pathlib import Path

NOTEBOOKS = Path(__file__).parent / "notebooks"
WORK = tempfile.TemporaryDirectory(prefix="my_work_", ignore_cleanup_errors=True)

# Set before anything of the course is imported: it reads them then.
os.environ["MY_WORK"] = WORK.name
os.environ.setdefault("MNIST_DIR", "bundled")


def pytest_ignore_collect(collection_path):
    """Run lessons only, not a learner's own notebooks beside them, nor checkpoints."""
    is_notebook = collection_path.suffix == ".ipynb" and NOTEBOOKS in collection_path.parents
    if is_notebook and not re.fullmatch(r"\d\d_[a-z_]+", collection_path.stem):
        return True
    return True if collection_path.name == ".ipynb_checkpoints" else None


def pytest_configure(config):
    """Let Matplotlib look for fonts now, not in a lesson: on a new machine it says so."""
    config.add_cleanup(WORK.cleanup)
    import matplotlib.font_manager  # noqa: F401
