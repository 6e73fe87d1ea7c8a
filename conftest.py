"""What every test run needs before a kernel starts, for tests and lessons alike."""

import os
import tempfile


def pytest_configure(config):
    """Set the folders that lessons use, and let Matplotlib look for fonts now, not in a lesson."""
    work = tempfile.TemporaryDirectory(prefix="my_work_", ignore_cleanup_errors=True)
    config.add_cleanup(work.cleanup)
    os.environ["MY_WORK"] = work.name
    os.environ.setdefault("MNIST_DIR", "bundled")
    import matplotlib.font_manager  # noqa: F401  (on a new machine it prints while it builds a list)
