"""Is the course itself ready: Python, packages, kernel, widgets, data, and a place to write?"""

import errno
import importlib
import os
import re
import sys
import tempfile
from pathlib import Path

from course.doctor.findings import Note, Problem
from helpers import folders
from helpers.folders import DATA, ROOT

# Widgets have two halves: a package for Python, and an extension for JupyterLab.
HALVES = {"ipywidgets": "@jupyter-widgets/jupyterlab-manager", "anywidget": "anywidget"}


def python():
    """Return the version of Python, if the course runs on it."""
    version = ".".join(map(str, sys.version_info[:3]))
    known = supported()
    if sys.version_info < known[0]:
        raise Problem("python-old", version=version, advised=advised(known))
    if sys.maxsize < 2**32:
        raise Problem("python-32", advised=advised(known))
    if sys.version_info[:2] > known[-1]:
        newest = "{}.{}".format(*known[-1])
        return Note("python-new", version=version, newest=newest, advised=advised(known))
    return version


def supported():
    """Return the versions of Python that the lock is made for, as pyproject.toml names them."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.findall(r'"Programming Language :: Python :: (\d+)\.(\d+)"', project)
    return sorted((int(major), int(minor)) for major, minor in found)


def advised(known):
    """Return the version to install: the newest but one, whose faults are known and mended."""
    return "{}.{}".format(*known[-2])


def packages():
    """Return how many packages of requirements.txt are installed, if all of them are."""
    needed = locked()
    found = {name: installed(name) for name, _ in needed}
    missing = [name for name, version in found.items() if version is None]
    if missing:
        names = ", ".join(missing[:5]) + (", ..." if missing[5:] else "")
        raise Problem("packages-missing", count=len(missing), names=names)
    other = [f"{name} {found[name]}" for name, version in needed if found[name] != version]
    if other:
        return Note("packages-other", count=len(needed), names=", ".join(other))
    return f"{len(needed)} found"


def locked():
    """Return [(name, version)] of the packages that requirements.txt asks for on this computer."""
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([\w.-]+)==([^\s;]+)(?: *; *(.+))?$", lock, re.MULTILINE)
    return [(name, version) for name, version, marker in lines if not marker or applies(marker)]


def applies(marker):
    """Return whether a condition such as "sys_platform == 'win32'" is met, as far as is known."""
    try:
        from packaging.markers import Marker
    except ImportError:  # reported as a missing package
        return False
    return Marker(marker).evaluate()


def installed(name):
    """Return the version of an installed package, or None."""
    from importlib import metadata  # Python 3.7 has none

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def kernel():
    """Return which Python runs the lessons: if the course has one of its own, it must be that."""
    own = ROOT / ".venv"
    if own.exists() and Path(sys.prefix).resolve() != own.resolve():
        raise Problem("kernel-other", prefix=sys.prefix, own=own)
    other = registered()
    if other.is_absolute() and other.parent.resolve() != Path(sys.executable).parent.resolve():
        raise Problem("kernel-registered", other=other, python=sys.executable)
    if own.exists():
        return "the course's own (.venv)"
    return "this Python (the course folder has no .venv)"


def registered():
    """Return the program that JupyterLab starts as Python 3; plain `python` means its own."""
    try:
        from jupyter_client.kernelspec import KernelSpecManager
    except ImportError:  # reported as a missing package
        return Path("python")
    return Path(KernelSpecManager().get_kernel_spec("python3").argv[0])


def widgets():
    """Return the versions of the widget packages, if both halves of each are there."""
    try:
        from jupyter_core.paths import jupyter_path
    except ImportError:
        raise Problem("widgets-half", package="ipywidgets") from None
    for package, half in HALVES.items():
        halves = [Path(folder) / half for folder in jupyter_path("labextensions")]
        if installed(package) is None or not any(place.exists() for place in halves):
            raise Problem("widgets-half", package=package)
        try:
            importlib.import_module(package)
        except Exception as error:
            raise Problem("widgets-broken", package=package, error=error) from error
    return ", ".join(f"{package} {installed(package)}" for package in HALVES)


def data():
    """Return what the bundled data are, if all can be read and are complete."""
    from helpers import datasets
    from helpers.saving import load_network

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
            raise Problem("data-damaged", name=name)
    return "digits, colors, trained networks"


def mnist():
    """Return where the real MNIST is, or what happens without it. Downloads nothing."""
    from helpers import mnist

    chosen = os.environ.get("MNIST_DIR", "")
    if chosen == "bundled":
        return "not used: MNIST_DIR=bundled asks for the bundled digits"
    places = {"MNIST_DIR": chosen, "data/mnist": mnist.CACHE}
    for name, folder in places.items():
        try:
            if folder:
                mnist.read_folder(Path(folder))
                return f"in {name}"
        except mnist.Unusable as problem:
            if name == "MNIST_DIR":
                raise Problem("mnist", problem=problem) from problem
    return "not here yet; lesson 07 downloads it (12 MB), or uses the bundled digits"


def my_work():
    """Check that the folder for the learner's own work can be written to."""
    try:
        folders.MY_WORK.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folders.MY_WORK) as file:
            file.write(b"test")
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise Problem("disk-full", free=0) from error
        raise Problem("my-work", folder=folders.MY_WORK, error=error.strerror) from error
    return "can be written to"
