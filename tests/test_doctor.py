"""The check of the set-up: quiet when all is well, and for each fault a cure and a code."""

import hashlib
import shutil
import subprocess
import sys

import pytest

from helpers import datasets, doctor, folders, mnist_files


@pytest.fixture(autouse=True)
def folder(tmp_path_factory, monkeypatch):
    """Give a course folder without a .venv: the tests may run in any environment."""
    path = tmp_path_factory.mktemp("course")
    shutil.copy(doctor.ROOT / "requirements.txt", path)
    monkeypatch.setattr(doctor, "ROOT", path)
    return path


def last_line(capsys):
    return capsys.readouterr().out.splitlines()[-1]


def test_all_is_well_here(capsys):
    doctor.check()
    assert last_line(capsys) == "All is well."


def test_one_line_for_each_thing_and_no_path_of_this_machine(capsys):
    doctor.check()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines[:-2]] == list(doctor.CHECKS)
    assert not any(str(path) in "".join(lines) for path in (folders.ROOT, doctor.ROOT))


def test_an_old_python(capsys, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    doctor.check()
    out = capsys.readouterr().out
    assert "This is 3.9.18, too old. Install Python" in out
    assert out.endswith("Please read out: PYTHON\n")


@pytest.mark.parametrize(
    ("name", "version", "words", "end"),
    [
        (
            "ipykernel",
            None,
            "Not installed: ipykernel. Run the README's command again.",
            "Please read out: PACKAGES",
        ),
        ("nbval", "0.1", "other versions than ours: nbval 0.1", "All is well."),
    ],
)
def test_a_missing_package_is_a_fault_and_another_version_is_told(
    name, version, words, end, capsys, monkeypatch
):
    found = doctor.installed
    monkeypatch.setattr(doctor, "installed", lambda n: version if n == name else found(n))
    doctor.check()
    out = capsys.readouterr().out
    assert words in out and out.splitlines()[-1] == end


def test_a_kernel_of_another_python(folder, capsys):
    (folder / ".venv").mkdir()
    doctor.check()
    assert last_line(capsys) == "Please read out: KERNEL"


def test_a_kernel_of_the_course(folder, monkeypatch):
    (folder / ".venv").mkdir()
    monkeypatch.setattr(sys, "prefix", str(folder / ".venv"))
    assert doctor.kernel() == "the course's own (.venv)"


def test_half_of_the_widgets(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    with pytest.raises(doctor.Problem, match="not whole"):
        doctor.widgets()


@pytest.mark.parametrize(
    "name", ["digits.npz", "colors.csv", "trained_784_50_100_10.npz", "trained_cnn.npz"]
)
@pytest.mark.parametrize("content", [None, b"", b"PK half of it"])
def test_data_that_are_missing_or_damaged(name, content, capsys, monkeypatch, tmp_path):
    shutil.copytree(doctor.DATA, tmp_path / "data", ignore=shutil.ignore_patterns("mnist"))
    (tmp_path / "data" / name).unlink()
    if content is not None:
        (tmp_path / "data" / name).write_bytes(content)
    monkeypatch.setattr(doctor, "DATA", tmp_path / "data")
    monkeypatch.setattr(datasets, "DATA", tmp_path / "data")
    doctor.check()
    out = capsys.readouterr().out
    assert f"data/{name} is missing or damaged. Download the course again." in out
    assert out.endswith("Please read out: DATA\n")


def test_the_doctor_itself_does_not_fall_ill(capsys, folder):
    (folder / "requirements.txt").unlink()
    doctor.check()
    assert last_line(capsys) == "Please read out: PACKAGES"


def test_it_starts_where_no_package_is_installed():
    command = [sys.executable, "-S", "-m", "helpers.doctor"]
    run = subprocess.run(command, cwd=folders.ROOT, capture_output=True, text=True, check=True)
    assert "Not installed: anyio, " in run.stdout
    assert "Traceback" not in run.stderr
    assert "PACKAGES" in run.stdout.splitlines()[-1]


def test_a_folder_that_cannot_be_written_to(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(doctor, "MY_WORK", tmp_path / "file" / "my_work")
    doctor.check()
    assert last_line(capsys) == "Please read out: MY_WORK"


def test_two_faults_are_both_read_out(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(datasets, "DATA", tmp_path)
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    doctor.check()
    assert last_line(capsys) == "Please read out: PYTHON DATA"


def test_mnist_is_looked_for_without_a_download(monkeypatch, tmp_path):
    content = {"a.gz": b"one", "b.gz": b"two"}
    table = {name: (3, hashlib.sha256(data).hexdigest()) for name, data in content.items()}
    monkeypatch.setattr(mnist_files, "FILES", table)
    monkeypatch.setattr(mnist_files, "CACHE", tmp_path)
    monkeypatch.delenv("MNIST_DIR")
    assert doctor.mnist().startswith("not here yet")
    for name, data in content.items():
        (tmp_path / name).write_bytes(data)
    assert doctor.mnist() == "in data/mnist"
    monkeypatch.setenv("MNIST_DIR", str(tmp_path))
    assert doctor.mnist() == "in MNIST_DIR"
    (tmp_path / "b.gz").write_bytes(b"damaged")
    with pytest.raises(doctor.Problem, match="MNIST_DIR: b.gz is damaged"):
        doctor.mnist()
    monkeypatch.setenv("MNIST_DIR", "bundled")
    assert doctor.mnist().startswith("not used")
