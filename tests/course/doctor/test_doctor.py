"""The check of the set-up: quiet when all is well, and for each fault a cure and a code."""

import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import webbrowser
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from jupyter_core import paths

from course import doctor
from course.doctor import computer, findings, installation
from course.texts import DOCTOR, LANGUAGES
from helpers import datasets, folders, mnist

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龠]")
GB = 10**9
WINDOWS_BROWSER = computer.windows_browser
COMMAND = [sys.executable, "-m", "course.doctor"]


@pytest.fixture(autouse=True)
def folder(tmp_path_factory, monkeypatch):
    """Give a course folder without a .venv, and a good computer: the tests may run on any."""
    path = tmp_path_factory.mktemp("course")
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(installation.ROOT / name, path)
    monkeypatch.setattr(installation, "ROOT", path)
    monkeypatch.setattr(computer, "ROOT", Path("/course"))
    monkeypatch.setattr(computer, "windows_browser", lambda: "MSEdgeHTM")
    monkeypatch.setattr(computer, "LIMITS", ())
    room = shutil.disk_usage(path)._replace(free=5 * GB)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: room)
    memory = psutil.virtual_memory()._replace(available=5 * GB)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    monkeypatch.setattr(webbrowser, "get", lambda: SimpleNamespace(name="/usr/bin/firefox"))
    return path


def copy_of_the_course(path):
    """Return a copy of what the check looks at."""
    for part in ("course", "helpers", "data"):
        hidden = shutil.ignore_patterns("mnist", "__pycache__")
        shutil.copytree(folders.ROOT / part, path / part, ignore=hidden)
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(folders.ROOT / name, path)
    return path


def run(where, *command, **environment):
    """Run the check in a terminal of its own. Nothing may go to stderr."""
    own = {"PYTHONPATH": "", "MY_WORK": str(Path(where, "my_work")), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command or COMMAND,
        cwd=where,
        env=os.environ | own | environment,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.stderr == ""
    return done


def found(capsys):
    """Return {name: (sign, what it says)} of what was printed, and the last line."""
    lines = capsys.readouterr().out.splitlines()
    table, name = {}, None
    for line in lines[:-2]:
        if line[0] != " ":
            sign, name, text = line.split(maxsplit=2)
            table[name] = (sign, [text])
        else:
            table[name][1].append(line.strip())
    assert lines[-2] == ""
    return table, lines[-1]


def fault(capsys, name):
    """Return what is said of the one fault that there is, in both languages."""
    doctor.check()
    table, last = found(capsys)
    assert last == f"Please read out: {name.upper()}"
    assert [other for other, (sign, _) in table.items() if sign == "WRONG"] == [name]
    english, japanese = table[name][1]
    assert english.isascii() and JAPANESE.search(japanese)
    return english


def note(capsys, name):
    """Return the note on a thing, in English, when all is well otherwise."""
    doctor.check()
    table, last = found(capsys)
    assert last == "All is well."
    sign, (english, japanese) = table[name]
    assert sign == "note" and english.isascii() and JAPANESE.search(japanese)
    return english


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


# When all is well


def test_all_is_well_here(capsys):
    doctor.check()
    assert last_line(capsys) == "All is well."


def test_one_line_for_each_thing_and_no_path_of_this_machine(capsys):
    doctor.check()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:-2]] == list(doctor.CHECKS)
    assert not any(str(path) in "".join(lines) for path in (folders.ROOT, installation.ROOT))


def test_the_words_to_read_out_are_words():
    assert all(re.fullmatch("[A-Za-z_]{3,8}", name) for name in doctor.CHECKS)


@pytest.mark.parametrize("key", DOCTOR.table)
def test_each_text_is_in_both_languages_and_in_one_line(key):
    english, japanese = (DOCTOR.table[key][language] for language in LANGUAGES)
    assert english.isascii() and JAPANESE.search(japanese)
    assert "\n" not in english + japanese
    places = [set(re.findall(r"\{\w+\}", text)) for text in (english, japanese)]
    assert places[0] == places[1]
    prose = re.sub(r"\{\w+\}", "", japanese)
    assert not re.search("[０-９Ａ-Ｚａ-ｚ]|[ぁ-んァ-ヶ一-龠][,.!?;:]", prose)


def test_each_text_is_used():
    sources = (folders.ROOT / "course" / "doctor").glob("*.py")
    code = "".join(path.read_text("utf-8") for path in [*sources, Path(doctor.__file__)])
    made = {f"{thing}-{size}" for thing in ("disk", "memory") for size in ("full", "little")}
    assert {key for key in DOCTOR.table if f'"{key}"' not in code} <= made


# The course


def test_an_old_python(capsys, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    advised = installation.advised(installation.supported())
    expected = f"This is 3.9.18, too old. Install Python {advised} from python.org."
    assert fault(capsys, "Python") == expected


def test_a_python_newer_than_the_lock_is_no_fault(capsys, monkeypatch):
    major, minor = installation.supported()[-1]
    monkeypatch.setattr(sys, "version_info", (major, minor, 4))
    assert installation.python() == f"{major}.{minor}.4"
    monkeypatch.setattr(sys, "version_info", (major, minor + 1, 0))
    assert f"made for versions up to {major}.{minor}." in installation.python().lines[0]


def test_a_python_of_32_bits(capsys, monkeypatch):
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert "32-bit" in fault(capsys, "Python")


def test_a_missing_package(capsys, monkeypatch):
    installed = installation.installed
    monkeypatch.setattr(installation, "installed", lambda n: None if n == "nbval" else installed(n))
    expected = "Not installed: nbval (1 in all). Run the README's command again."
    assert fault(capsys, "packages") == expected


def test_packages_for_this_computer_only_are_asked_for(monkeypatch, folder):
    names = dict(installation.locked())
    assert {"numpy", "psutil", "jupyterlab", "anywidget"} <= names.keys()
    assert ("pywinpty" in names) == (os.name == "nt")
    lock = "appnope==1 ; sys_platform == 'none'\nnumpy==1 ; python_full_version >= '3.8'\n-e .\n"
    (folder / "requirements.txt").write_text(lock, encoding="utf-8")
    assert installation.locked() == [("numpy", "1")]
    monkeypatch.setitem(sys.modules, "packaging.markers", None)  # as if it were not installed
    assert installation.locked() == []


def test_another_version_of_a_package_is_told(capsys, monkeypatch, tmp_path):
    info = tmp_path / "nbval-0.1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: nbval\nVersion: 0.1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    assert "other versions than ours: nbval 0.1" in note(capsys, "packages")


def test_a_kernel_of_another_python(folder, capsys):
    (folder / ".venv").mkdir()
    assert "start it with the README's command" in fault(capsys, "kernel")


def test_a_kernel_of_the_course(folder, monkeypatch):
    (folder / ".venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(folder / ".venv"))
    assert installation.kernel() == "the course's own (.venv)"


@pytest.mark.parametrize("program", ["python", "own", "other"])
def test_the_python_that_jupyterlab_starts(program, capsys, monkeypatch, tmp_path):
    names = {"own": sys.executable, "other": str(tmp_path / "bin" / "python")}
    spec = tmp_path / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    values = {"argv": [names.get(program, program)], "display_name": "x", "language": "python"}
    spec.write_text(json.dumps(values), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    if program == "other":
        assert "jupyter kernelspec remove python3" in fault(capsys, "kernel")
    else:
        assert installation.kernel() == "this Python (the course folder has no .venv)"


@pytest.mark.parametrize("missing", installation.HALVES)
def test_half_of_the_widgets(missing, capsys, monkeypatch, tmp_path):
    for package, half in installation.HALVES.items():
        if package != missing:
            (tmp_path / "labextensions" / half).mkdir(parents=True)
    for name in ("ENV_JUPYTER_PATH", "SYSTEM_JUPYTER_PATH"):
        monkeypatch.setattr(paths, name, [str(tmp_path)])
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path))
    expected = f"{missing} is not whole. Run the README's command again."
    assert fault(capsys, "widgets") == expected


def test_widgets_that_do_not_start(capsys, monkeypatch, tmp_path):
    (tmp_path / "anywidget.py").write_text("import no_such_module", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "anywidget", raising=False)
    assert fault(capsys, "widgets").startswith("anywidget does not start (No module named")


@pytest.mark.parametrize(
    "name", ["digits.npz", "colors.csv", "trained_784_50_100_10.npz", "trained_cnn.npz"]
)
@pytest.mark.parametrize("content", [None, b"", b"PK half of it"])
def test_data_that_are_missing_or_damaged(name, content, capsys, monkeypatch, tmp_path):
    shutil.copytree(installation.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("mnist"))
    (tmp_path / "data" / name).unlink()
    if content is not None:
        (tmp_path / "data" / name).write_bytes(content)
    monkeypatch.setattr(installation, "DATA", tmp_path / "data")
    monkeypatch.setattr(datasets, "DATA", tmp_path / "data")
    expected = f"data/{name} is missing or damaged. Download the course again."
    assert fault(capsys, "data") == expected


@pytest.mark.parametrize("name", ["digits.npz", "trained_cnn.npz"])
def test_one_wrong_bit_in_the_data(name, capsys, monkeypatch, tmp_path):
    shutil.copytree(installation.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("mnist"))
    content = bytearray((tmp_path / "data" / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "data" / name).write_bytes(content)
    monkeypatch.setattr(installation, "DATA", tmp_path / "data")
    monkeypatch.setattr(datasets, "DATA", tmp_path / "data")
    assert name in fault(capsys, "data")


def test_mnist_is_looked_for_without_a_download(monkeypatch, tmp_path):
    content = {"a.gz": b"one", "b.gz": b"two"}
    table = {name: (3, hashlib.sha256(data).hexdigest()) for name, data in content.items()}
    monkeypatch.setattr(mnist, "FILES", table)
    monkeypatch.setattr(mnist, "CACHE", tmp_path)
    monkeypatch.delenv("MNIST_DIR", raising=False)
    assert installation.mnist().startswith("not here yet")
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    assert installation.mnist() == "in data/mnist"
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    assert installation.mnist() == "in MNIST_DIR"
    (tmp_path / "b.gz").write_bytes(b"damaged")
    with pytest.raises(findings.Problem, match="MNIST_DIR: b.gz is damaged"):
        installation.mnist()
    monkeypatch.setenv("MNIST_DIR", "bundled")
    assert installation.mnist().startswith("not used")


def test_mnist_in_a_folder_that_is_not_there(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("MNIST_DIR", str(tmp_path / "nowhere"))
    assert fault(capsys, "MNIST").endswith("Correct its path, or unset it.")


def test_a_folder_that_cannot_be_written_to(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(folders, "MY_WORK", tmp_path / "file" / "my_work")
    assert "Move the course to a folder of your own" in fault(capsys, "my_work")


def run_with_disk(where, options):
    """Run the check with a small disk of its own for my_work; skip if that is not allowed."""
    if sys.platform != "linux":
        pytest.skip("only Linux lets a test mount a disk of its own")
    (where / "my_work").mkdir()
    mount = f"mount -t tmpfs -o {options} tmpfs my_work"
    command = [shutil.which("unshare") or "false", "-rm", "sh", "-c"]
    if subprocess.run([*command, mount], cwd=where, capture_output=True).returncode:
        pytest.skip("this system does not let the test mount a disk of its own")
    fill = "head -c 100000 /dev/zero > my_work/full" if options == "size=64k" else "true"
    last = f"{mount}; {fill} 2> refused; exec '{sys.executable}' -m course.doctor"
    return run(where, *command, last)


def test_a_disk_that_is_full(tmp_path):
    done = run_with_disk(copy_of_the_course(tmp_path / "course"), "size=64k")
    assert done.stdout.endswith("\nPlease read out: MY_WORK DISK\n") and done.returncode == 1
    assert done.stdout.count("Only 0 MB are free on the disk. Empty the bin") == 2


def test_a_disk_that_is_nearly_full(tmp_path):
    done = run_with_disk(copy_of_the_course(tmp_path / "course"), "size=9M")
    assert done.stdout.endswith("\nPlease read out: DISK\n") and done.returncode == 1
    assert "Only 9 MB are free on the disk. Empty the bin" in done.stdout


def test_a_disk_that_can_only_be_read(tmp_path):
    done = run_with_disk(copy_of_the_course(tmp_path / "course"), "size=3G,ro")
    assert done.stdout.endswith("\nPlease read out: MY_WORK\n") and done.returncode == 1
    assert "(Read-only file system). Move the course" in done.stdout


# The computer


@pytest.mark.parametrize(("free", "sign"), [(199, "WRONG"), (999, "note"), (1000, "ok")])
def test_room_on_the_disk(free, sign, capsys, monkeypatch, tmp_path):
    usage = shutil.disk_usage(tmp_path)._replace(free=free * 10**6)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    check_amount("disk", free, sign, capsys)


@pytest.mark.parametrize(("free", "sign"), [(499, "WRONG"), (999, "note"), (1000, "ok")])
def test_room_in_memory(free, sign, capsys, monkeypatch):
    memory = psutil.virtual_memory()._replace(available=free * 10**6)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    check_amount("memory", free, sign, capsys)


@pytest.mark.parametrize(("limit", "sign"), [("400000000", "WRONG"), ("600000000", "note")])
def test_a_container_with_little_memory(limit, sign, capsys, monkeypatch, tmp_path):
    (tmp_path / "memory.max").write_text(limit + "\n", encoding="utf-8")
    monkeypatch.setattr(computer, "LIMITS", (tmp_path / "none", tmp_path / "memory.max"))
    check_amount("memory", int(limit) // 10**6, sign, capsys)


def test_a_container_without_a_limit(monkeypatch, tmp_path):
    (tmp_path / "memory.max").write_text("max\n", encoding="utf-8")
    monkeypatch.setattr(computer, "LIMITS", (tmp_path / "none", tmp_path / "memory.max"))
    assert computer.limit() == float("inf")


def check_amount(name, free, sign, capsys):
    """Check what is said of so many megabytes."""
    if sign == "WRONG":
        assert f"Only {free} MB" in fault(capsys, name)
    elif sign == "note":
        assert f"Only {free} MB" in note(capsys, name)
    else:
        doctor.check()
        assert found(capsys)[0][name] == ("ok", ["more than 1 GB free"])


def test_memory_is_enough_for_the_largest_lesson():
    measured = (folders.ROOT / "docs" / "measurements.md").read_text(encoding="utf-8")
    largest = max(map(int, re.findall(r"kernel[\w ]* needs (\d+) MB", measured)))
    assert computer.MEMORY[0] >= largest


@pytest.mark.skipif(os.name == "nt", reason="Windows is asked in another way")
@pytest.mark.parametrize("name", ["", "lynx"])
def test_no_browser(name, capsys, monkeypatch):
    def get():
        if name:
            return SimpleNamespace(name=name)
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", get)
    assert "copy the address with token=" in note(capsys, "browser")


@pytest.mark.parametrize(
    ("program", "said"), [("IE.HTTP", "WRONG"), ("MSEdgeHTM", "ok"), ("", "note")]
)
def test_the_browser_of_windows(program, said, capsys, monkeypatch):
    monkeypatch.setattr(computer, "windows_browser", lambda: program)
    monkeypatch.setattr(computer, "other_browser", computer.windows_browser)
    if said == "WRONG":
        assert "Internet Explorer" in fault(capsys, "browser")
    elif said == "note":
        note(capsys, "browser")
    else:
        assert computer.browser() == program


@pytest.mark.parametrize("program", ["IE.HTTP", "ChromeHTML", None])
def test_how_windows_is_asked_for_its_browser(program, monkeypatch):
    """A registry as that of Windows, as far as it is asked."""

    @contextlib.contextmanager
    def open_key(root, place):
        if program is None:
            raise FileNotFoundError(place)
        yield root, place

    def query(key, name):
        assert key[0] == "user" and key[1].endswith(r"UrlAssociations\http\UserChoice")
        return {"ProgId": (program, 1)}[name]

    fake = SimpleNamespace(HKEY_CURRENT_USER="user", OpenKey=open_key, QueryValueEx=query)
    monkeypatch.setitem(sys.modules, "winreg", fake)
    assert WINDOWS_BROWSER() == (program or "")


@pytest.mark.parametrize("name", ["my course", "デスクトップ", "cours d'été"])
def test_a_path_with_spaces_or_japanese_letters_works(name, tmp_path):
    (tmp_path / name).mkdir()
    done = run(copy_of_the_course(tmp_path / name / "コース"))
    assert re.search("^note +folder", done.stdout, re.MULTILINE)
    assert "\nAll is well.\n" in done.stdout and done.returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux allows such names")
def test_a_path_that_is_no_text(tmp_path):
    path = tmp_path / os.fsdecode("デスクトップ".encode("shift_jis"))
    path.mkdir()
    done = run(copy_of_the_course(path / "course"))
    assert done.stdout.endswith("\nPlease read out: FOLDER\n") and done.returncode == 1
    assert "Rename the folders with plain letters." in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no such names")
def test_a_path_with_a_colon(tmp_path):
    (tmp_path / "class 10:30").mkdir()
    done = run(copy_of_the_course(tmp_path / "class 10:30" / "course"))
    assert done.stdout.endswith("\nPlease read out: FOLDER\n") and done.returncode == 1
    assert "has a : in it" in done.stdout


@pytest.mark.parametrize(("length", "allowed", "well"), [(90, 0, 1), (91, 0, 0), (200, 1, 1)])
def test_a_path_too_long_for_windows(length, allowed, well, monkeypatch):
    monkeypatch.setattr(computer, "ROOT", "C:\\".ljust(length, "x"))
    monkeypatch.setattr(computer, "os", SimpleNamespace(name="nt", pathsep=";"))
    monkeypatch.setattr(computer, "long_paths", lambda: bool(allowed))
    if well:
        assert computer.folder() == "plain letters, no spaces"
    else:
        with pytest.raises(findings.Problem, match=f"too long for Windows .{length} letters"):
            computer.folder()


@pytest.mark.parametrize("enabled", [0, 1])
def test_how_windows_is_asked_for_long_paths(enabled, monkeypatch):
    ntdll = SimpleNamespace(RtlAreLongPathsEnabled=lambda: enabled)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(ntdll=ntdll), raising=False)
    assert computer.long_paths() is bool(enabled)


def test_the_longest_path_for_windows_is_that_of_the_packages():
    """The packages here are those of Linux or a Mac, so the margin has a few letters to spare."""
    prefix = Path(sys.prefix)
    packages = next(prefix.glob("lib/python*/site-packages"), prefix / "Lib" / "site-packages")
    longest = 0
    for package in packages.glob("jupyter*"):
        for path in package.rglob("*"):
            longest = max(longest, len(str(path.relative_to(packages))))
    assert len("\\.venv\\Lib\\site-packages\\") + longest + computer.LONGEST < 260


# The doctor


def test_the_doctor_itself_does_not_fall_ill(capsys, folder):
    (folder / "requirements.txt").unlink()
    doctor.check()
    table, last = found(capsys)
    assert table["packages"][1][0].startswith("FileNotFoundError")
    assert last == "Please read out: PACKAGES"


def test_two_faults_are_both_read_out(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(datasets, "DATA", tmp_path)
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    doctor.check()
    assert last_line(capsys) == "Please read out: PYTHON DATA"


def test_it_starts_where_no_package_is_installed(tmp_path):
    where = copy_of_the_course(tmp_path / "course")
    done = run(where, sys.executable, "-S", "-m", "course.doctor")
    assert "Not installed: anyio, " in done.stdout
    assert done.stdout.endswith("\nPlease read out: PACKAGES WIDGETS DATA MNIST\n")
    assert done.returncode == 1


def test_the_exit_status_tells(tmp_path):
    where = copy_of_the_course(tmp_path / "course")
    assert run(where).returncode == 0
    (where / "data" / "colors.csv").unlink()
    done = run(where)
    assert done.stdout.endswith("\nPlease read out: DATA\n") and done.returncode == 1


def test_a_terminal_without_japanese_letters(tmp_path):
    where = copy_of_the_course(tmp_path / "course")
    (where / "data" / "colors.csv").unlink()
    done = run(where, PYTHONIOENCODING="cp1252", PYTHONUTF8="0")
    assert done.stdout.endswith("\nPlease read out: DATA\n") and "????" in done.stdout
