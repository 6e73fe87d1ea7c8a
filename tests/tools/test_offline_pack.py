"""The tool that makes a USB stick, with a tiny course and a tiny index, without the network."""

import errno
import hashlib
import importlib.util
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from small_index import COURSE, make_course, make_index, no_other_index, wheel

from helpers import mnist as mnist_files
from tools import offline_pack
from tools.offline import contents, wheels
from tools.offline.targets import SYSTEMS, USUAL, Target, needed, pins, serves, supported, targets

ROOT = Path(__file__).resolve().parents[2]
REAL_LOCK = (ROOT / "requirements-hashes.txt").read_text(encoding="utf-8")
needs_pip = pytest.mark.skipif(
    importlib.util.find_spec("pip") is None, reason="this environment has no pip"
)


@pytest.fixture
def small(monkeypatch, tmp_path):
    """A small course in place of ours, and a small index in place of the real one."""
    index = make_index(tmp_path / "index")
    wheel(index, "pip", "99.0")
    monkeypatch.setattr(offline_pack, "ROOT", make_course(tmp_path / "course", index))
    monkeypatch.setattr(mnist_files, "CACHE", tmp_path / "no mnist")
    monkeypatch.delenv("MNIST_DIR", raising=False)
    no_other_index(monkeypatch, index)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder):
    """Return the names of all files below a folder."""
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


# Which wheels


def versions(name, system, python):
    """Return the versions of a package that the real lock asks for on a computer."""
    chosen = [pin.requirement for pin in needed(Target(system, python), REAL_LOCK)]
    return [str(each.specifier) for each in chosen if each.name == name]


@pytest.mark.parametrize("python", ["3.11.0", "3.11.5", "3.12.0", "3.14.0", "3.15.0"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_markers_are_those_of_the_other_computer_not_of_this_one(system, python):
    assert len(versions("pywinpty", system, python)) == (system == "windows")
    assert len(versions("colorama", system, python)) == (system == "windows")
    assert len(versions("appnope", system, python)) == system.startswith("mac")
    assert len(versions("pexpect", system, python)) == (system != "windows")
    assert len(versions("overrides", system, python)) == python.startswith("3.11")
    for name in ("numpy", "contourpy", "soupsieve", "jupyterlab", "hatchling", "editables", "pip"):
        assert len(versions(name, system, python)) == 1, name


def test_both_sides_of_a_bugfix_version_are_served():
    chosen = targets(["linux"], ["3.11", "3.12"], REAL_LOCK)
    assert [each.version for each in chosen] == ["3.11.0", "3.11.5", "3.12.0"]
    assert versions("soupsieve", "linux", "3.11.0") != versions("soupsieve", "linux", "3.11.5")


def test_every_line_of_the_lock_serves_somebody():
    every = targets(USUAL, offline_pack.PYTHONS, REAL_LOCK)
    served = {str(each) for target in every for each in needed(target, REAL_LOCK)}
    assert {str(pin).split(";")[0] for pin in pins(REAL_LOCK)} <= served


def test_the_pythons_are_those_of_the_classifiers():
    words = ["Python :: 3", "Python :: 3.9", "Python :: 3.14", "Python :: 3 :: Only"]
    lines = "".join(f'"Programming Language :: {word}",' for word in words)
    assert supported(f"[project]\nclassifiers = [{lines}]") == ["3.9", "3.14"]


def test_entries_with_checksums_are_read_and_written():
    hashes = "\\\n    --hash=sha256:a1 \\\n    --hash=sha256:b2\n"
    text = f"# made\none==1.0 ; os_name == 'nt' {hashes}-e .\n"
    (pin,) = pins(text)
    assert pin.requirement == Requirement("one==1.0; os_name == 'nt'")
    assert pin.line().split(" --hash=")[1:] == ["sha256:a1", "sha256:b2"]
    (chosen,) = needed(Target("windows", "3.12.0"), text)
    assert chosen.line() == "one==1.0 --hash=sha256:a1 --hash=sha256:b2"
    assert not needed(Target("linux", "3.12.0"), text)


@pytest.mark.parametrize(
    "tag, system, fits",
    [
        ("cp312-cp312-win_amd64", "windows", True),
        ("cp312-cp312-win_arm64", "windows", False),
        ("cp312-cp312-win32", "windows", False),
        ("cp312-cp312t-win_amd64", "windows", False),
        ("cp311-cp311-win_amd64", "windows", False),
        ("cp38-abi3-win_amd64", "windows", True),
        ("cp312-cp312-macosx_11_0_arm64", "mac-arm", True),
        ("cp312-cp312-macosx_14_0_arm64", "mac-arm", False),
        ("cp312-cp312-macosx_10_9_universal2", "mac-arm", True),
        ("cp312-cp312-macosx_10_9_universal2", "mac-intel", True),
        ("cp312-cp312-macosx_11_0_arm64", "mac-intel", False),
        ("cp312-cp312-manylinux_2_27_x86_64.manylinux_2_28_x86_64", "linux", True),
        ("cp312-cp312-manylinux_2_34_x86_64", "linux", False),
        ("cp312-cp312-musllinux_1_2_x86_64", "linux", False),
        ("cp312-cp312-manylinux2014_aarch64", "linux", False),
        ("cp312-cp312-manylinux2014_aarch64", "linux-arm", True),
        ("py3-none-any", "windows", True),
        ("py2.py3-none-any", "mac-intel", True),
    ],
)
def test_which_wheels_a_computer_takes(tag, system, fits):
    target = Target(system, "3.12.0")
    numpy = Requirement("numpy==2.0")
    assert serves(f"numpy-2.0-{tag}.whl", numpy, target.tags()) == fits
    assert not serves(f"numpy-2.1-{tag}.whl", numpy, target.tags())


# Making a pack


@needs_pip
def test_a_pack_holds_the_wheels_for_all_and_no_others(small, capsys):
    assert offline_pack.main(["pack"]) == 0
    found = {name.split("-cp3")[0] for name in names(small / "pack" / "wheels")}
    assert found == {
        *("everywhere-1.0-py3-none-any.whl", "jupyterlab-4.0-py3-none-any.whl"),
        *("older-1.0-py3-none-any.whl", "older-2.0-py3-none-any.whl"),
        *("pip-99.0-py3-none-any.whl", "tiny_backend-1.0-py3-none-any.whl"),
        *("fast_one-2.0", "only_windows-1.0"),
    }
    fast = [name for name in names(small / "pack" / "wheels") if name.startswith("fast")]
    assert len(fast) == 4 * len(offline_pack.PYTHONS)
    assert not [name for name in fast if "aarch64" in name]
    said = f"for windows, mac-arm, mac-intel, linux with Python {', '.join(offline_pack.PYTHONS)}"
    assert said in capsys.readouterr().out


@needs_pip
def test_some_systems_and_pythons_only(small):
    chosen = ["--systems", "linux-arm", "windows", "--python", "3.13"]
    assert offline_pack.main(["pack", *chosen]) == 0
    fast = {name for name in names(small / "pack" / "wheels") if name.startswith("fast")}
    tail = "manylinux_2_17_aarch64.manylinux2014_aarch64.whl"
    assert fast == {
        "fast_one-2.0-cp313-cp313-win_amd64.whl",
        f"fast_one-2.0-cp313-cp313-{tail}",
    }
    about = json.loads((small / "pack" / "pack.json").read_text(encoding="utf-8"))
    assert about["pythons"] == ["3.13"] and about["systems"] == ["windows", "linux-arm"]
    assert "for version in 3.13; do" in (small / "pack" / "start.sh").read_text(encoding="utf-8")


@pytest.fixture
def pack(small):
    """A pack of which only the wheels are missing."""
    (small / "pack" / "wheels").mkdir(parents=True)
    offline_pack.write(small / "pack", ["3.11", "3.13"], ["linux"], None)
    return small / "pack"


def test_the_course_comes_along_without_anybodys_work(pack):
    private = {"my_work/mine.ipynb", "data/mnist/half", ".venv/big"}
    assert names(pack / "course") == {*COURSE, "requirements-hashes.txt"} - private


def test_start_files_are_what_each_system_reads(pack):
    for name in ("start.sh", "start.command"):
        content = (pack / name).read_bytes()
        assert content.startswith(b"#!/bin/sh\n") and b"\r" not in content
        if sys.platform != "win32":
            assert (pack / name).stat().st_mode & stat.S_IXUSR
            subprocess.run(["sh", "-n", str(pack / name)], check=True)
    batch = (pack / "start.bat").read_bytes()
    assert batch.isascii() and batch.count(b"\n") == batch.count(b"\r\n")
    assert b"for %%v in (3.13 3.11) do (" in batch
    for name in ("README.txt", "README.ja.txt"):
        content = (pack / name).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\n") == content.count(
            b"\r\n"
        )
    for name in ("start.sh", "start.command", "start.bat", "README.txt", "README.ja.txt"):
        assert b"PYTHONS" not in (pack / name).read_bytes()


def test_both_readmes_name_all_start_files(pack):
    for name in ("README.txt", "README.ja.txt"):
        text = (pack / name).read_text(encoding="utf-8-sig")
        for start in ("start.bat", "start.command", "start.sh", "start_again", "3.13"):
            assert start in text
        assert max(map(len, text.splitlines())) <= 90


def test_a_pack_is_compared_with_its_checksums(pack, capsys):
    assert offline_pack.main(["--check", str(pack)]) == 0
    assert capsys.readouterr().out == "The pack is whole.\n"
    (pack / "start.sh").write_text("half", encoding="utf-8")
    (pack / "course" / "course" / "doctor.py").unlink()
    assert offline_pack.main(["--check", str(pack)]) == 1
    out = capsys.readouterr().out
    assert "missing or damaged: start.sh" in out
    assert "missing or damaged: course/course/doctor.py" in out
    assert offline_pack.main(["--check", str(pack / "course")]) == 1
    assert "is not an offline pack" in capsys.readouterr().err


@needs_pip
def test_a_zip_file_holds_one_folder_and_what_may_be_run(small):
    assert offline_pack.main(["stick.zip", "--systems", "linux", "--python", "3.12"]) == 0
    with zipfile.ZipFile(small / "stick.zip") as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"stick"}
        modes = {i.filename: i.external_attr >> 16 & 0o777 for i in archive.infolist()}
        archive.extractall(small / "unpacked")
    assert modes["stick/start.command"] == modes["stick/start.sh"] == 0o755
    assert modes["stick/README.txt"] == 0o644
    assert contents.damaged(small / "unpacked" / "stick") == []
    assert offline_pack.main(["stick.zip"]) == 1
    assert {path.name for path in small.iterdir()} == {"course", "index", "stick.zip", "unpacked"}


def test_nothing_that_is_there_is_overwritten(small, capsys):
    (small / "photos").mkdir()
    (small / "photos" / "cat.png").write_bytes(b"cat")
    assert offline_pack.main(["photos"]) == 1
    assert "photos exists already: name another folder, or delete it." in capsys.readouterr().err
    assert names(small / "photos") == {"cat.png"}


@needs_pip
def test_a_stopped_attempt_goes_on(small, monkeypatch):
    chosen = ["pack", "--systems", "windows", "linux", "--python", "3.12"]
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr(contents, "write_list", lambda *args: (_ for _ in ()).throw(full))
        assert offline_pack.main(chosen) == 1
    assert {path.name for path in (small / "pack").iterdir()} == {"wheels"}
    shutil.rmtree(small / "index")  # nothing is fetched again
    wheel(small / "pack" / "wheels", "everywhere", "0.9")  # of an older lock
    assert offline_pack.main(chosen) == 0
    assert "everywhere-0.9-py3-none-any.whl" not in names(small / "pack" / "wheels")


# MNIST, and Python itself


@pytest.fixture
def mnist(small, monkeypatch):
    """A folder with MNIST, which is small here."""
    files = {"images.gz": b"images", "labels.gz": b"labels"}
    table = {name: (6, hashlib.sha256(data).hexdigest()) for name, data in files.items()}
    monkeypatch.setattr(mnist_files, "FILES", table)
    (small / "mnist").mkdir()
    for name, data in files.items():
        (small / "mnist" / name).write_bytes(data)
    return small / "mnist"


def test_mnist_comes_along_if_it_is_whole(mnist, monkeypatch):
    for place in ("MNIST_DIR", "data/mnist"):
        pack = mnist.parent / place.replace("/", "_")
        with monkeypatch.context() as patch:
            if place == "MNIST_DIR":
                patch.setenv("MNIST_DIR", str(mnist))
            else:
                patch.setattr(mnist_files, "CACHE", mnist)
            assert contents.copy_mnist(pack) == "with MNIST"
        assert (pack / "course" / "data" / "mnist" / "images.gz").read_bytes() == b"images"


def test_mnist_is_left_out_if_it_is_not_there_or_not_wanted(mnist, monkeypatch):
    said = contents.copy_mnist(mnist.parent / "pack")
    assert said.startswith("without MNIST (images.gz is missing") and "lesson 07" in said
    monkeypatch.setenv("MNIST_DIR", "bundled")
    assert "MNIST_DIR=bundled" in contents.copy_mnist(mnist.parent / "pack")
    assert not (mnist.parent / "pack").exists()


def test_a_damaged_mnist_is_not_handed_on(mnist, monkeypatch):
    (mnist / "labels.gz").write_bytes(b"LABELS")
    monkeypatch.setenv("MNIST_DIR", str(mnist))
    with pytest.raises(wheels.PackError, match="labels.gz is damaged. Correct its path, or unset"):
        contents.copy_mnist(mnist.parent / "pack")


def test_installers_of_python_come_along(pack, small):
    (small / "downloads").mkdir()
    with pytest.raises(wheels.PackError, match="holds no installers"):
        contents.copy_installers(small / "downloads", pack)
    (small / "downloads" / "python-3.13.exe").write_bytes(b"MZ")
    contents.copy_installers(small / "downloads", pack)
    assert (pack / "python" / "python-3.13.exe").read_bytes() == b"MZ"


# What goes wrong


@needs_pip
def test_a_wheel_that_does_not_exist(small, capsys):
    (small / "index" / "fast_one-2.0-cp312-cp312-macosx_10_13_x86_64.whl").unlink()
    assert offline_pack.main(["pack", "--systems", "mac-intel", "--python", "3.12"]) == 1
    said = capsys.readouterr().err
    assert "There is no wheel of fast-one==2.0 for mac-intel with Python 3.12.0." in said
    assert "(--systems)" in said and "(--python)" in said and "Traceback" not in said


@needs_pip
def test_a_wheel_that_is_not_the_listed_one(small, capsys):
    (small / "index" / "everywhere-1.0-py3-none-any.whl").unlink()
    wheel(small / "index", "everywhere", "1.0", everywhere="print('of somebody else')")
    assert offline_pack.main(["pack", "--systems", "linux", "--python", "3.12"]) == 1
    said = capsys.readouterr().err
    assert "everywhere==1.0 for linux with Python 3.12.0 is not the file that" in said
    assert not list((small / "pack" / "wheels").glob("everywhere*"))


@needs_pip
def test_no_network(small, capsys, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.delenv("PIP_FIND_LINKS")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    monkeypatch.setattr(wheels, "RETRIES", 1)
    assert offline_pack.main(["pack"]) == 1
    assert "The packages cannot be reached. Is this computer online?" in capsys.readouterr().err


@pytest.mark.parametrize(
    "said, told",
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "no space left"),
        ("[Errno 28] There is not enough space on the disk", "no space left"),
        ("/usr/bin/python3: No module named pip", "This Python has no pip"),
        ("ERROR: something new", "something new"),
    ],
)
def test_what_pip_says_is_told_in_plain_words(said, told):
    problem = wheels.problem(said, Target("linux", "3.12.0"), Path("pack"))
    assert told in str(problem)


def test_no_space_and_no_right_to_write(small, capsys, monkeypatch):
    for number, told in ((errno.ENOSPC, "no space left"), (errno.EACCES, "cannot be made")):
        failing = OSError(number, "told by the system")

        def fail(*args, failing=failing, **options):
            raise failing

        with monkeypatch.context() as patch:
            patch.setattr(offline_pack, "fetch", lambda *args: None)
            patch.setattr(contents.shutil, "copyfile", fail)
            assert offline_pack.main(["pack"]) == 1
        assert told in capsys.readouterr().err
    (small / "file").write_text("", encoding="utf-8")
    assert offline_pack.main(["file/pack"]) == 1
    assert "cannot be made" in capsys.readouterr().err


# The real course


def test_git_and_gitignore_agree_about_the_course():
    command = ["git", "-C", str(ROOT), "ls-files", "-z", "--exclude-standard"]
    try:
        kept, new = (subprocess.run([*command, o], capture_output=True) for o in ("-c", "-o"))
    except FileNotFoundError:
        pytest.skip("git is not here")
    if kept.returncode:
        pytest.skip("the course is not in a git repository")
    kept, new = (set(run.stdout.decode().split("\0")[:-1]) for run in (kept, new))
    walked = set(contents.walk(ROOT))
    assert walked <= kept | new
    assert {name for name in kept if (ROOT / name).is_file()} <= walked


def test_the_real_course_is_complete():
    found = contents.course_files(ROOT)
    pad = "course/demos/handwriting/pad.js"
    for name in ("requirements-hashes.txt", "data/digits.npz", pad, "README.md"):
        assert name in found
    assert len([name for name in found if name.endswith(".ipynb")]) == 20


def test_the_tool_and_the_installer_know_the_same_systems(monkeypatch):
    source = (contents.STICK / "installer" / "install.py").read_text(encoding="utf-8")
    for name, (_, _, system, machine) in SYSTEMS.items():
        assert f'("{system}", "{machine}"): "{name}"' in source
