"""The installer on the stick puts a tiny course from a tiny pack on a disk, without a network."""

import ast
import importlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_index import make_course, make_index, no_other_index, real_pip, wheel

from helpers import mnist
from tools import offline_pack
from tools.offline import contents
from tools.offline.targets import SYSTEMS

HERE = f"{sys.version_info[0]}.{sys.version_info[1]}"
INSTALLER = contents.STICK / "installer"
needs_sh = pytest.mark.skipif(os.name == "nt", reason="start.sh and start.command are for others")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small pack with a real pip, in a folder with spaces and Japanese letters."""
    if HERE not in offline_pack.PYTHONS:
        pytest.skip(f"the lock is not made for Python {HERE}")
    tmp_path = tmp_path_factory.mktemp("made")
    index = make_index(tmp_path / "index")
    real_pip(index)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(offline_pack, "ROOT", make_course(tmp_path / "course", index))
        patch.setattr(mnist, "CACHE", tmp_path / "no mnist")
        patch.delenv("MNIST_DIR", raising=False)
        no_other_index(patch, index)
        pack = tmp_path / "USB メモリ 1"
        chosen = ["--python", HERE, "--systems", *SYSTEMS]
        if offline_pack.main([str(pack), *chosen]):
            pytest.skip("this environment has no pip")
    shutil.rmtree(index)
    return pack


@pytest.fixture
def stick(made, tmp_path):
    """A copy of the pack that a test may damage."""
    return shutil.copytree(made, tmp_path / "USB メモリ 1")


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "ホーム 花子"
    folder.mkdir()
    return folder


def start(stick, home, *words, python=sys.executable):
    """Start the installer where no network and no index can be reached; return what it said."""
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTPS_PROXY"), "http://127.0.0.1:9")
    env = os.environ | nowhere | {"HOME": str(home), "USERPROFILE": str(home)}
    env |= {"PYTHONUTF8": "1", "PIP_INDEX_URL": "http://127.0.0.1:9", "PIP_REQUIRE_HASHES": "1"}
    command = [python, "-B", str(stick / "installer" / "install.py"), *words]
    return subprocess.run(
        command, env=env, capture_output=True, text=True, encoding="utf-8", stdin=subprocess.DEVNULL
    )


def courses(home):
    """Return the names of the folders of courses in a learner's home folder."""
    return sorted(path.name for path in home.glob("[!.]*"))


def test_it_installs_the_course_and_opens_lesson_00(stick, home):
    run = start(stick, home, "ja")
    assert run.returncode == 0, run.stdout + run.stderr
    course = home / "deep-learning-by-hand"
    assert "All is well." in run.stdout
    assert "準備ができました。" in run.stdout and str(course) in run.stdout
    assert "opens ['notebooks/ja/00_start_here.ipynb']" in run.stdout
    assert (course / "notebooks" / "ja" / "00_start_here.ipynb").read_text("utf-8") == "レッスン"
    shutil.rmtree(stick)  # from now on without it
    (again,) = course.glob("start_again.*")
    run = subprocess.run([str(again)], capture_output=True, text=True, cwd=home)
    assert "opens ['notebooks/ja/00_start_here.ipynb']" in run.stdout


def test_starting_again_changes_nothing_of_the_learners(stick, home):
    assert start(stick, home, "en", "--no-open").returncode == 0
    course = home / "deep-learning-by-hand"
    mine = course / "notebooks" / "en" / "00_start_here.ipynb"
    mine.write_text("what I typed", encoding="utf-8")
    (course / "my_work").mkdir()
    (course / "my_work" / "03.ipynb").write_text("my copy", encoding="utf-8")
    (course / "notebooks" / "ja" / "00_start_here.ipynb").unlink()
    (course / ".venv" / "same").write_text("", encoding="utf-8")
    run = start(stick, home, "en", "--no-open")
    assert run.returncode == 0 and "Installing" not in run.stdout
    assert mine.read_text(encoding="utf-8") == "what I typed"
    assert (course / "my_work" / "03.ipynb").read_text(encoding="utf-8") == "my copy"
    assert (course / "notebooks" / "ja" / "00_start_here.ipynb").exists(), "what is missing comes"
    assert (course / ".venv" / "same").exists(), "a complete environment is kept"
    assert courses(home) == ["deep-learning-by-hand"]


def test_an_installation_that_was_stopped_is_finished(stick, home):
    course = home / "deep-learning-by-hand"
    (course / ".venv" / "bin").mkdir(parents=True)
    (course / ".venv" / "bin" / "python").write_text("half", encoding="utf-8")
    pack_id = json.loads((stick / "pack.json").read_text(encoding="utf-8"))["id"]
    (course / "from_the_stick.txt").write_text(pack_id, encoding="utf-8")
    (course / "README.md.part").write_text("half", encoding="utf-8")
    run = start(stick, home, "en", "--no-open")
    assert run.returncode == 0 and "Installing" in run.stdout and "All is well." in run.stdout
    assert courses(home) == ["deep-learning-by-hand"]


def test_another_version_and_other_folders_are_left_alone(stick, home):
    course = home / "deep-learning-by-hand"
    course.mkdir()
    (course / "requirements.txt").write_text("of somebody else", encoding="utf-8")
    assert start(stick, home, "en", "--no-open").returncode == 0
    assert (course / "requirements.txt").read_text(encoding="utf-8") == "of somebody else"
    assert [path.name for path in course.iterdir()] == ["requirements.txt"]
    run = start(stick, home, "en", "--no-open")
    assert "Installing" not in run.stdout
    assert courses(home) == [course.name, f"{course.name}_2"]


# What goes wrong


def change(stick, **values):
    """Change what pack.json says."""
    path = stick / "pack.json"
    about = json.loads(path.read_text(encoding="utf-8")) | values
    path.write_text(json.dumps(about), encoding="utf-8")


@pytest.mark.parametrize(
    "language, word", [("en", "Install one of these"), ("ja", "どれかを入れて")]
)
def test_another_python(stick, home, language, word):
    change(stick, pythons=["3.98", "3.99"])
    run = start(stick, home, language)
    assert run.returncode == 1 and f"Python {HERE}" in run.stdout
    assert "3.98, 3.99" in run.stdout and word in run.stdout
    assert not list(home.iterdir())


def test_another_system(stick, home):
    change(stick, systems=[])
    run = start(stick, home, "en")
    assert run.returncode == 1 and "no packages for this computer (" in run.stdout
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    "name", ["wheels/everywhere-1.0-py3-none-any.whl", "course/requirements.txt", "pack.json"]
)
@pytest.mark.parametrize("content", [None, b"half"])
def test_a_damaged_stick_is_named(name, content, stick, home):
    (stick / name).unlink()
    if content:
        (stick / name).write_bytes(content)
    run = start(stick, home, "en", "--no-open")
    assert run.returncode == 1 and not run.stderr
    assert f"The stick is damaged, take another one. At fault: {Path(name).name}" in (
        run.stdout.replace("wheels/", "")
    )


def noted(stick, path):
    """Let pack.json say that a file is as it was made."""
    files = json.loads((stick / "pack.json").read_text(encoding="utf-8"))["files"]
    change(stick, files=files | {path.relative_to(stick).as_posix(): contents.sha256(path)})


def test_a_wheel_that_the_list_does_not_know_is_not_installed(stick, home):
    path = stick / "wheels" / "everywhere-1.0-py3-none-any.whl"
    path.unlink()
    wheel(path.parent, "everywhere", "1.0", everywhere="print('of somebody else')")
    noted(stick, path)
    run = start(stick, home, "en", "--no-open")
    assert run.returncode == 1 and "Show this to your instructor:" in run.stdout
    assert "everywhere==1.0" in run.stdout and contents.sha256(path) in run.stdout


def test_a_stick_made_wrong_shows_what_pip_says(stick, home):
    lock = stick / "course" / "requirements-hashes.txt"
    lock.write_text(f"nowhere==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    noted(stick, lock)
    run = start(stick, home, "en", "--no-open")
    assert run.returncode == 1 and "Show this to your instructor:" in run.stdout
    assert "No matching distribution found for nowhere==1.0" in run.stdout


def test_a_home_that_cannot_be_written_to(stick, home):
    (home / "file").write_text("", encoding="utf-8")
    run = start(stick, home, "en", "--to", str(home / "file" / "inside"))
    assert run.returncode == 1 and "cannot be copied to" in run.stdout and not run.stderr


@pytest.fixture
def installer(monkeypatch):
    """The installer's main module."""
    names = ("install", "course", "environment", "words")
    monkeypatch.syspath_prepend(str(INSTALLER))
    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    yield importlib.import_module("install")
    for name in names:
        sys.modules.pop(name, None)


def test_a_full_disk(installer, monkeypatch, tmp_path):
    machine = next(iter(installer.MACHINES))
    monkeypatch.setattr(installer.platform, "system", lambda: machine[0])
    monkeypatch.setattr(installer.platform, "machine", lambda: machine[1])
    pack = {"pythons": [HERE], "systems": list(SYSTEMS)}
    installer.fits(pack, tmp_path)
    usage = shutil.disk_usage(tmp_path)._replace(free=9_000_000)
    monkeypatch.setattr(installer.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(installer.Problem) as problem:
        installer.fits(pack, tmp_path)
    assert problem.value.args[0] == "space"


def test_both_languages_have_the_same_places_to_fill(installer):
    for key, texts in installer.WORDS.items():
        places = [set(part.split("}")[0] for part in t.split("{")[1:]) for t in texts.values()]
        assert list(texts) == ["en", "ja"] and places[0] == places[1], key


@pytest.mark.parametrize(
    "typed, place, language",
    [("1", "ja_JP", "en"), ("2", "en_GB", "ja"), ("", "ja_JP", "ja"), ("", "de_DE", "en")],
)
def test_the_language_is_asked_for(installer, monkeypatch, typed, place, language):
    monkeypatch.setattr(installer.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: typed)
    monkeypatch.setattr(installer.locale, "getlocale", lambda: (place, "UTF-8"))
    assert installer.ask() == language


# The start files


@needs_sh
@pytest.mark.parametrize("there", [("3.12", "3.13"), ("3.11",), ("",), ()])
def test_start_sh_takes_the_newest_python_that_the_stick_serves(there, tmp_path):
    contents.write_start_files(tmp_path / "a stick", ["3.11", "3.12", "3.13"])
    (tmp_path / "bin").mkdir()
    for name in ("dirname", "sh"):
        (tmp_path / "bin" / name).symlink_to(shutil.which(name))
    for version in there:
        python = tmp_path / "bin" / f"python{version or '3'}"
        python.write_text(f'#!/bin/sh\necho "python{version}" "$@"\n', encoding="utf-8")
        python.chmod(0o755)
    command = ["sh", str(tmp_path / "a stick" / "start.sh"), "ja"]
    run = subprocess.run(
        command, env={"PATH": str(tmp_path / "bin")}, capture_output=True, text=True
    )
    if there:
        place = tmp_path / "a stick" / "installer" / "install.py"
        assert run.stdout.splitlines()[-1] == f"python{max(there)} -B {place} ja"
    else:
        assert run.returncode == 1 and "No Python was found." in run.stdout
        assert "Python が見つかりません。" in run.stdout


@needs_sh
def test_start_command_looks_where_macs_keep_python(tmp_path):
    contents.write_start_files(tmp_path, ["3.12", "3.13"])
    (tmp_path / ".local" / "bin").mkdir(parents=True)
    python = tmp_path / ".local" / "bin" / "python3.12"
    python.write_text('#!/bin/sh\necho "ours" "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    text = (tmp_path / "start.command").read_text(encoding="utf-8")
    for folder in ("/opt/homebrew/bin", "/usr/local/bin"):  # those of this machine do not count
        text = text.replace(folder, "/nowhere")
    (tmp_path / "start.command").write_text(text, encoding="utf-8")
    command = ["sh", str(tmp_path / "start.command"), "en"]
    run = subprocess.run(command, env=os.environ | {"HOME": str(tmp_path)}, capture_output=True)
    assert run.stdout.decode().splitlines()[-1].endswith("install.py en")


@pytest.mark.parametrize("path", sorted(INSTALLER.glob("*.py")), ids=lambda path: path.stem)
def test_an_old_python_can_read_what_tells_that_it_is_too_old(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
