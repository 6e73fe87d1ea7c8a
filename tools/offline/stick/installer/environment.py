"""Make the course's environment from the wheels of the stick, and from nothing else."""

import hashlib
import os
import subprocess
import sys

MARK = "from_the_stick.txt"  # in the course and in its .venv: which pack they came from

LIST = ["-r", "requirements-hashes.txt"]
OURS = ["--no-deps", "--no-build-isolation", "-e", "."]  # what builds it is in the list


class Problem(Exception):
    """The course cannot be installed. Holds the key of what to say, and its details."""


def marked(mark, pack_id):
    """Return whether a file says that something came from this pack."""
    return mark.is_file() and mark.read_text(encoding="utf-8").strip() == pack_id


def python_of(course):
    """Return the path of the course's own Python."""
    inside = "Scripts/python.exe" if os.name == "nt" else "bin/python"
    return course / ".venv" / inside


def installed(course, pack_id):
    """Return whether the packages are complete, and their Python still runs."""
    if not marked(course / ".venv" / MARK, pack_id):
        return False
    try:
        command = [str(python_of(course)), "-c", "import jupyterlab"]
        return subprocess.run(command, stderr=subprocess.DEVNULL, env=clean()).returncode == 0
    except OSError:
        return False


def install_packages(stick, course, pack):
    """Make a new environment, and fill it from the stick alone. Raises Problem.

    The stick has its own pip: some systems come without one, and an old one may not be enough. It
    compares each wheel with the checksums in the course's list.
    """
    python, wheels = str(python_of(course)), stick / "wheels"
    pip = [str(path) + "/pip" for path in wheels.glob("pip-*.whl")]
    source = ["--no-index", "--find-links", str(wheels), "--no-cache-dir", "--quiet"]
    source.append("--disable-pip-version-check")
    try:
        new = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(course / ".venv")]
        run(new, course)
        run([python, *pip[:1], "install", *source, "pip"], course)
        run([python, "-m", "pip", "install", *source, "--require-hashes", *LIST], course)
        run([python, "-m", "pip", "install", *source, *OURS], course)
        (course / ".venv" / MARK).write_text(pack["id"] + "\n", encoding="utf-8")
    except (OSError, subprocess.CalledProcessError) as error:
        raise reason(error, stick, pack) from error


def run(command, course):
    """Run a command in the course's folder. Raises CalledProcessError with what it said."""
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    subprocess.run(command, cwd=str(course), env=clean(), stdout=pipe, stderr=both, check=True)


def reason(error, stick, pack):
    """Return the problem behind an error: the stick, if it is not as it was made."""
    names = [name for name, wanted in pack["files"].items() if not whole(stick / name, wanted)]
    if names:
        return Problem("damaged", {"names": ", ".join(names)})
    said = getattr(error, "output", None) or str(error).encode("utf-8")
    return Problem("failed", {"said": said.decode("utf-8", "replace").strip()})


def whole(path, wanted):
    """Return whether a file of the stick is as it was made."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == wanted
    except OSError:
        return False


def clean():
    """Return the environment without what could lead Python or pip elsewhere."""
    others = {"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    kept = {k: v for k, v in os.environ.items() if k not in others and not k.startswith("PIP_")}
    return dict(kept, PIP_CONFIG_FILE=os.devnull, PYTHONUTF8="1")
