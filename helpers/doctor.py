"""Is everything ready for the course? One line for each thing, and a code to read out if not."""

import os
import re
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from helpers import datasets, mnist_files
from helpers.folders import DATA, MY_WORK, ROOT


class Problem(Exception):
    """Something is not ready. The message says what, and what to do."""


def check():
    """Look at everything and print what was found; end with one line to read out.

    The last line says that all is well, or names what is wrong in a few letters that are easy
    to read to an instructor: "Please read out: PYTHON KERNEL".
    """
    wrong = []
    for name, look in CHECKS.items():
        try:
            print(f"ok     {name:10}{look()}")
        except Problem as problem:
            wrong.append(name)
            print(f"WRONG  {name:10}{problem}")
    if wrong:
        print(f"\nPlease read out: {' '.join(wrong).upper()}")
    else:
        print("\nAll is well.")


def python():
    """Return the version of Python, if the course runs on it."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 (an old Python must be told, too)
        raise Problem(f"This is {version}, too old. Install Python 3.13 from python.org.")
    return version


def packages():
    """Return how many packages of requirements.txt are installed, if all of them are."""
    pins = re.findall(
        r"^([\w.-]+)==(\S+)( ; .*)?$", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    needed = [(name, version) for name, version, marker in pins if not marker]
    found = {name: installed(name) for name, _ in needed}
    missing = [name for name, version in found.items() if version is None]
    if missing:
        raise Problem(f"Not installed: {', '.join(missing)}. Run the README's command again.")
    other = [f"{name} {found[name]}" for name, version in needed if found[name] != version]
    if other:
        return f"{len(needed)} found; other versions than ours: {', '.join(other)}"
    return f"{len(needed)} found"


def installed(name):
    """Return the version of an installed package, or None."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def kernel():
    """Return which Python runs the notebook: if the course has one of its own, it must be that."""
    own = ROOT / ".venv"
    if not own.exists():
        return "this Python (the course folder has no .venv)"
    if Path(sys.prefix).resolve() != own.resolve():
        raise Problem(
            f"This runs in {sys.prefix}, not in {own}. "
            "Close JupyterLab and start it with the README's command."
        )
    return "the course's own (.venv)"


def widgets():
    """Return the version of ipywidgets, if JupyterLab has its other half."""
    version = installed("ipywidgets")
    half = Path(sys.prefix) / "share/jupyter/labextensions/@jupyter-widgets/jupyterlab-manager"
    if version is None or not half.exists():
        raise Problem("ipywidgets is not whole. Run the README's command again.")
    return version


def data():
    """Return the names of the bundled data, if each can be read."""
    try:
        datasets.digits()
        datasets.colors()
        trained = DATA / "trained_784_50_100_10.npz"
        if not trained.exists():
            raise FileNotFoundError(trained)
    except Exception as error:
        raise Problem(f"{error}. Download the course again.") from error
    return "digits, colors, trained network"


def mnist():
    """Return where the real MNIST is, or that it will be downloaded. Downloads nothing."""
    folders = {"MNIST_DIR": os.environ.get("MNIST_DIR", ""), "data/mnist": mnist_files.CACHE}
    for name, folder in folders.items():
        if folder and all((Path(folder) / file).exists() for file in mnist_files.FILES):
            return f"in {name}"
    return "not here yet; lesson 07 downloads it (12 MB), or uses the bundled digits"


def my_work():
    """Return the folder for the learner's own work, if it can be written to."""
    try:
        MY_WORK.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=MY_WORK) as file:
            file.write(b"test")
    except OSError as error:
        raise Problem(f"{MY_WORK} cannot be written to ({error.strerror}).") from error
    return "can be written to"


CHECKS = {
    "Python": python,
    "packages": packages,
    "kernel": kernel,
    "widgets": widgets,
    "data": data,
    "MNIST": mnist,
    "my_work": my_work,
}

if __name__ == "__main__":
    check()
