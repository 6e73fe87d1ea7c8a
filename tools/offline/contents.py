"""What is on the stick besides the wheels: the course, MNIST, start files, checksums."""

import fnmatch
import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from helpers import mnist
from tools.offline.wheels import PackError

STICK = Path(__file__).resolve().parent / "stick"
LIST = "pack.json"
ENDS = {  # of a file on the stick: its encoding and line ends
    ".py": ("utf-8", "\n"),
    ".sh": ("utf-8", "\n"),
    ".command": ("utf-8", "\n"),
    ".bat": ("ascii", "\r\n"),
    ".txt": ("utf-8-sig", "\r\n"),  # the mark in front tells Windows that it is UTF-8
}
EXECUTABLE = {".sh", ".command"}


def course_files(root):
    """Return the course's files, without what git ignores, as paths relative to `root`.

    From git if it knows them, else (a course downloaded as a ZIP file) by reading .gitignore.
    """
    command = ["git", "-C", str(root), "ls-files", "-z"]
    try:
        run = subprocess.run(command, capture_output=True)
        names = run.stdout.decode("utf-8").split("\0")[:-1]
    except FileNotFoundError:
        names = []
    if "requirements.txt" not in names:
        names = list(walk(root))
    return sorted(name for name in names if (root / name).is_file())


def walk(root):
    """Give the files under `root` that .gitignore does not name, without environments."""
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [line.strip().rstrip("/") for line in lines if line.strip()] + [".git"]
    for folder, inside, files in os.walk(root):
        place = Path(folder).relative_to(root)
        inside[:] = [name for name in inside if not is_ignored(place / name, ignored)]
        inside[:] = [name for name in inside if not (root / place / name / "pyvenv.cfg").exists()]
        yield from ((place / f).as_posix() for f in files if not is_ignored(place / f, ignored))


def is_ignored(path, ignored):
    """Return whether a pattern fits a path or its last part (with / in front: the whole path)."""
    names = (path.name, path.as_posix(), f"/{path.as_posix()}")
    return any(fnmatch.fnmatch(name, pattern) for pattern in ignored for name in names)


def copy_course(root, pack):
    """Copy the course's files to `pack`/course."""
    for name in course_files(root):
        copy(root / name, pack / "course" / name)


def copy(source, target):
    """Copy one file, and make its folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def copy_mnist(pack):
    """Copy MNIST to the course's data, if this computer has all of it. Return what was done."""
    chosen = os.environ.get("MNIST_DIR", "")
    if chosen == "bundled":
        return "without MNIST (MNIST_DIR=bundled): learners use the 1,797 bundled digits"
    try:
        files = mnist.read_folder(Path(chosen or mnist.CACHE))
    except mnist.Unusable as found:
        if chosen:
            raise PackError(f"MNIST_DIR: {found}. Correct its path, or unset it.") from found
        return f"without MNIST ({found}): run lesson 07 once while online, then make the pack again"
    for name, content in files.items():
        path = pack / "course" / "data" / "mnist" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return "with MNIST"


def copy_installers(source, pack):
    """Copy what installs Python itself, for laptops that have none."""
    if not source.is_dir() or not any(path.is_file() for path in source.iterdir()):
        raise PackError(f"{source} holds no installers of Python.")
    for path in source.iterdir():
        if path.is_file():
            copy(path, pack / "python" / path.name)


def write_start_files(pack, pythons):
    """Write the start files, the installer and the two READMEs."""
    newest = " ".join(reversed(pythons))
    for path in (path for path in STICK.rglob("*.*") if path.suffix in ENDS):
        encoding, newline = ENDS[path.suffix]
        target = pack / path.relative_to(STICK)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8").replace("PYTHONS", newest)
        target.write_text(text, encoding=encoding, newline=newline)
        if path.suffix in EXECUTABLE:
            target.chmod(0o755)


def write_list(pack, pythons, systems):
    """Write pack.json: what the pack serves, and the SHA-256 of each file. Return its size."""
    paths = sorted(path for path in pack.rglob("*") if path.is_file() and path.name != LIST)
    files = {path.relative_to(pack).as_posix(): sha256(path) for path in paths}
    whole = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()
    about = {"id": whole, "pythons": pythons, "systems": systems, "files": files}
    text = json.dumps(about, indent=1, ensure_ascii=False)
    (pack / LIST).write_text(text, encoding="utf-8", newline="\n")
    return sum(path.stat().st_size for path in paths)


def sha256(path):
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def damaged(pack):
    """Return the files of a pack that are missing or not what they were. Raises PackError."""
    try:
        files = json.loads((pack / LIST).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        raise PackError(f"{pack} is not an offline pack, or its {LIST} is damaged.") from error
    return [n for n, wanted in files.items() if not same(pack / n, wanted)]


def same(path, wanted):
    """Return whether a file is there and has the SHA-256 `wanted`."""
    try:
        return sha256(path) == wanted
    except OSError:
        return False


def to_zip(pack, target):
    """Make a zip file of a pack, which then unpacks into one folder."""
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:  # wheels are compressed
            for path in sorted(path for path in pack.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo.from_file(path, Path(target.stem) / path.relative_to(pack))
                mode = 0o755 if path.suffix in EXECUTABLE else 0o644
                entry.external_attr = (0o100000 | mode) << 16
                with path.open("rb") as source, archive.open(entry, "w") as copied:
                    shutil.copyfileobj(source, copied)
        part.rename(target)
    except OSError:
        part.unlink(missing_ok=True)
        raise
