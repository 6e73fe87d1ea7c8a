"""Is everything ready for the course? One line for each thing, and a code to read out if not.

It imports nothing that may be missing before it looks for it, so it can always tell.
"""

import os
import re
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from helpers.folders import DATA, MY_WORK, ROOT

AGAIN = "Run the README's command again."


class Problem(Exception):
    """Something is not ready. The message says what, and what to do."""


def check():
    """Look at everything and print what was found; end with one line to read out.

    The last line says that all is well, or names what is wrong in a few words that are easy
    to read to an instructor: "Please read out: PYTHON KERNEL".
    """
    wrong = []
    for name, look in CHECKS.items():
        try:
            print(f"ok     {name:10}{look()}")
        except Problem as problem:
            wrong.append(name)
            print(f"WRONG  {name:10}{problem}")
        except Exception as error:  # a doctor must not fall ill
            wrong.append(name)
            print(f"WRONG  {name:10}{type(error).__name__}: {error}")
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
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    needed = re.findall(r"^([\w.-]+)==(\S+)$", lock, re.MULTILINE)  # on every system
    found = {name: installed(name) for name, _ in needed}
    missing = [name for name, version in found.items() if version is None]
    if missing:
        raise Problem(f"Not installed: {', '.join(missing)}. {AGAIN}")
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
        raise Problem(f"ipywidgets is not whole. {AGAIN}")
    return version


def data():
    """Return what the bundled data are, if each can be read and is whole."""
    try:
        from helpers import datasets
        from helpers.saving import load_network
    except ImportError as error:
        raise Problem(f"Cannot look: {error.name} is not installed. {AGAIN}") from error
    readers = {
        "digits.npz": lambda: len(datasets.digits()[0]) == 1500,
        "colors.csv": lambda: len(datasets.colors().x_train) == 240,
        "trained_784_50_100_10.npz": lambda: load_network(DATA / "trained_784_50_100_10.npz"),
        "trained_cnn.npz": lambda: load_network(DATA / "trained_cnn.npz"),
    }
    for name, read in readers.items():
        try:
            whole = read()
        except Exception:
            whole = False
        if not whole:
            raise Problem(f"data/{name} is missing or damaged. Download the course again.")
    return "digits, colors, trained networks"


def mnist():
    """Return where the real MNIST is, or what happens without it. Downloads nothing."""
    from helpers import mnist_files

    chosen = os.environ.get("MNIST_DIR", "")
    if chosen == "bundled":
        return "not used: MNIST_DIR=bundled asks for the bundled digits"
    folders = {"MNIST_DIR": chosen, "data/mnist": mnist_files.CACHE}
    for name, folder in folders.items():
        try:
            if folder:
                mnist_files.read_folder(Path(folder))
                return f"in {name}"
        except mnist_files.Unusable as problem:
            if name == "MNIST_DIR":
                raise Problem(f"MNIST_DIR: {problem}. Correct its path, or unset it.") from problem
    return "not here yet; lesson 07 downloads it (12 MB), or uses the bundled digits"


def my_work():
    """Return that the folder for the learner's own work can be written to."""
    try:
        MY_WORK.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=MY_WORK) as file:
            file.write(b"test")
    except OSError as error:
        raise Problem(
            f"{MY_WORK} cannot be written to ({error.strerror}). "
            "Move the course to a folder of your own, such as Documents."
        ) from error
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
