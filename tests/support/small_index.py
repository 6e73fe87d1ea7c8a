"""A course of a few lines and a package index of tiny wheels, to test offline packs with."""

import base64
import ensurepip
import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from tools.offline.targets import pins
from tools.offline_pack import PYTHONS

PLATFORMS = (
    "win_amd64",
    "macosx_11_0_arm64",
    "macosx_10_13_x86_64",
    "manylinux_2_17_x86_64.manylinux2014_x86_64",
    "manylinux_2_17_aarch64.manylinux2014_aarch64",
)
LOCK = """\
# a comment
everywhere==1.0
fast-one==2.0
jupyterlab==4.0
only-windows==1.0 ; sys_platform == 'win32'
older==1.0 ; python_full_version < '3.11.5'
older==2.0 ; python_full_version >= '3.11.5'
-e .
"""
PROJECT = """\
[build-system]
requires = ["tiny-backend>=1,<2"]
build-backend = "tiny_backend"
"""
BACKEND = """\
import zipfile
from pathlib import Path

def get_requires_for_build_editable(config_settings=None):
    return []

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "course-1.0-py3-none-any.whl"
    with zipfile.ZipFile(Path(folder) / name, "w") as archive:
        archive.writestr("course.pth", str(Path.cwd()))
        info = "course-1.0.dist-info/"
        about = "Metadata-Version: 2.1\\nName: course\\nVersion: 1.0\\n"
        archive.writestr(info + "METADATA", about)
        tags = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        archive.writestr(info + "WHEEL", tags)
        archive.writestr(info + "RECORD", "")
    return name
"""
DOCTOR = "import everywhere, fast_one, older\nprint('All is well.')\n"
COURSE = {
    "requirements.txt": LOCK,
    "pyproject.toml": PROJECT,
    ".gitignore": ".venv/\n__pycache__/\nmy_work/\ndata/mnist/\noffline_pack/\n",
    "helpers/__init__.py": "",
    "course/doctor.py": DOCTOR,
    "notebooks/en/00_start_here.ipynb": "lesson",
    "notebooks/ja/00_start_here.ipynb": "レッスン",
    "my_work/mine.ipynb": "mine",
    "data/mnist/half": "half",
    ".venv/big": "big",
}


def wheel(folder, name, version, tag="py3-none-any", **modules):
    """Make a wheel in `folder`: `modules` are {name: source}, in place of an empty one."""
    module = name.replace("-", "_")
    files = {f"{key}.py": source for key, source in (modules or {module: ""}).items()}
    info = f"{module}-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    tags = "".join(f"Tag: {tag}\n" for tag in every(tag))
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\n{tags}"
    record = "".join(f"{path},{digest(text)},{len(text)}\n" for path, text in files.items())
    with zipfile.ZipFile(folder / f"{module}-{version}-{tag}.whl", "w") as archive:
        for path, text in (files | {f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}).items():
            archive.writestr(path, text)


def every(tag):
    """Return the single tags of a tag such as cp311-cp311-manylinux_2_17.manylinux2014."""
    python, abi, platforms = tag.split("-")
    return [f"{python}-{abi}-{platform}" for platform in platforms.split(".")]


def digest(text):
    """Return a checksum as the list of a wheel has it."""
    raw = hashlib.sha256(text.encode()).digest()
    return "sha256=" + base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def make_index(folder):
    """Make the wheels that the small course needs, and some that nobody needs."""
    folder.mkdir()
    wheel(folder, "everywhere", "1.0")
    wheel(folder, "everywhere", "1.1")
    for python in (f"cp{version.replace('.', '')}" for version in PYTHONS):
        for platform in PLATFORMS:
            wheel(folder, "fast-one", "2.0", f"{python}-{python}-{platform}")
    wheel(folder, "jupyterlab", "4.0", jupyterlab="import sys\nprint('opens', sys.argv[1:])\n")
    wheel(folder, "only-windows", "1.0", "cp38-abi3-win_amd64")
    wheel(folder, "older", "1.0")
    wheel(folder, "older", "2.0")
    wheel(folder, "tiny-backend", "1.0", tiny_backend=BACKEND)
    wheel(folder, "tiny-backend", "2.0")
    return folder


def list_with_hashes(index):
    """Return the list that is derived from the lock: its entries, the builder and pip."""
    (pip,) = index.glob("pip-*.whl")
    text = ""
    for pin in pins(f"{LOCK}tiny-backend==1.0\npip=={pip.name.split('-')[1]}\n"):
        name, version = str(pin).split(";")[0].replace("-", "_").split("==")
        files = sorted(index.glob(f"{name}-{version}-*.whl"))
        hashes = tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in files)
        text += f"{pin._replace(hashes=hashes).line()}\n"
    return text


def make_course(folder, index):
    """Make the small course, for which the index has the wheels."""
    for name, text in (COURSE | {"requirements-hashes.txt": list_with_hashes(index)}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def real_pip(folder):
    """Put a real pip, the one that Python brings along, into an index; skip if there is none."""
    bundled = Path(ensurepip.__file__).parent / "_bundled"
    found = list(bundled.glob("pip-*.whl"))
    if not found:
        pytest.skip("this Python brings no wheel of pip (ensurepip is not whole)")
    (folder / found[0].name).write_bytes(found[0].read_bytes())


def no_other_index(monkeypatch, index):
    """Let pip, and all that it starts, see this index only."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(index))
