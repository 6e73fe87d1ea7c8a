"""Keeping my_work in a zip file, and bringing it back."""

import contextlib
import hashlib
import io
import json
import os
import random
import stat
import zipfile
from datetime import datetime

import pytest

from course import copy_along
from course.copy_along import backup, button_panel, progress_store
from course.texts import LANGUAGES
from helpers import folders

NOTEBOOK = "03_perceptron_ja.ipynb"


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Give each test a my_work with a little in it."""
    folder = tmp_path / "my_work"
    monkeypatch.setattr(folders, "MY_WORK", folder)
    (folder / "own").mkdir(parents=True)
    (folder / NOTEBOOK).write_bytes(b"old work")
    (folder / "own" / "\u65e5\u672c\u8a9e.txt").write_bytes(b"text")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "x.ipynb").write_bytes(b"hidden")
    progress_store.Record("03_perceptron_ja").add(["a", "b"], 0.5)
    return folder


@pytest.fixture
def moved(monkeypatch, tmp_path):
    """Keep my_work, and go to a machine where there is none; return the zip file."""
    path = copy_along.keep().path
    monkeypatch.setattr(folders, "MY_WORK", tmp_path / "other" / "my_work")
    return path


def files(folder):
    """Return all files of a folder and what is in them."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_there_and_back(work, moved):
    shown = copy_along.restore(moved)
    brought = files(folders.MY_WORK)
    assert set(brought) == {
        NOTEBOOK,
        "own/\u65e5\u672c\u8a9e.txt",
        "progress/03_perceptron_ja.json",
    }
    assert all(files(work)[name] == content for name, content in brought.items())
    assert NOTEBOOK in str(shown)
    assert "already" in str(copy_along.restore(moved.read_bytes()))
    assert files(folders.MY_WORK) == brought
    assert progress_store.Record("03_perceptron_ja").accuracy == 0.5


def test_the_archive_does_not_hold_itself(work):
    first = backup.keep("en")
    second = backup.keep("en")
    assert first != second and first.parent == work / "kept"
    assert not any("kept/" in name for name in zipfile.ZipFile(second).namelist())


def test_newer_work_is_not_overwritten(moved):
    folders.MY_WORK.mkdir(parents=True)
    mine = folders.MY_WORK / NOTEBOOK
    mine.write_bytes(b"newer work")
    os.utime(mine, (4e9 - 1, 4e9 - 1))
    copy_along.restore(moved)
    assert mine.read_bytes() == b"newer work"
    assert (folders.MY_WORK / "03_perceptron_ja_2.ipynb").read_bytes() == b"old work"


def test_older_work_is_not_lost(moved):
    folders.MY_WORK.mkdir(parents=True)
    mine = folders.MY_WORK / NOTEBOOK
    mine.write_bytes(b"even older work")
    os.utime(mine, (1e9, 1e9))
    copy_along.restore(moved)
    assert mine.read_bytes() == b"old work"
    assert (folders.MY_WORK / "03_perceptron_ja_2.ipynb").read_bytes() == b"even older work"


def test_progress_is_joined(moved):
    progress_store.Record("03_perceptron_ja").add(["b", "c"], 0.9)
    copy_along.restore(moved)
    record = progress_store.Record("03_perceptron_ja")
    assert (record.done, record.accuracy) == ({"a", "b", "c"}, 0.9)


def test_whatever_can_be_kept_can_be_brought_back(work, tmp_path, monkeypatch):
    odd = "Why?.ipynb", "a:b.txt", "nul", "end.", "T.txt", "t.txt", "kept.json", "x" * 244, "\udcff"
    made = set()
    for name in odd:  # some systems have no such names
        with contextlib.suppress(OSError, ValueError):
            (work / name).write_bytes(name.encode(errors="replace"))
            made.add((work / name).read_bytes())
    packed = backup.keep("en").read_bytes()
    monkeypatch.setattr(folders, "MY_WORK", tmp_path / "other" / "my_work")
    backup.restore(packed, "en")
    assert made <= set(files(folders.MY_WORK).values())


def test_nothing_to_keep(work):
    for path in work.rglob("*"):
        if path.is_file():
            path.unlink()
    with pytest.raises(ValueError, match="nothing"):
        copy_along.keep()


def test_too_much_to_keep(work, monkeypatch):
    monkeypatch.setattr(backup, "LARGEST", 500)
    (work / "big.npz").write_bytes(bytes(600))
    with pytest.raises(ValueError, match="big.npz"):
        copy_along.keep()


def test_links_are_not_followed(work, tmp_path):
    (tmp_path / "secret.txt").write_bytes(b"secret")
    try:
        (work / "link.txt").symlink_to(tmp_path / "secret.txt")
    except OSError:
        pytest.skip("this system makes no symbolic links")
    assert "link.txt" not in zipfile.ZipFile(backup.keep("en")).namelist()


def changed(path, change):
    """Return the archive's bytes after a change: (names, contents) -> the same."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members = change(members)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def listed_as(name, content=b"evil"):
    """Return a change that adds a file, and lists it as if `keep` had packed it."""

    def change(members):
        kept = json.loads(members[backup.LIST])
        digest = hashlib.sha256(content).hexdigest()
        kept["files"][getattr(name, "filename", name)] = {"time": 1.0, "sha256": digest}
        return members | {backup.LIST: json.dumps(kept), name: content}

    return change


def link(name):
    """Return an entry that is a symbolic link."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name",
    [
        *("../evil.txt", "/etc/evil", "a/../../evil", "C:/evil", "C:evil", "..\\evil", "a\\b"),
        *("a//b", "./a", "a/", "a/./b", "con", "NUL.txt", "a/lpt1.x", "end. ", "end.", "x" * 300),
        *("a\nb", "a?b", "a:b", link("own/link")),
    ],
    ids=str,
)
def test_paths_that_lead_outside_are_refused(moved, name, language):
    with pytest.raises(ValueError, match="safe|\u5b89\u5168"):
        copy_along.restore(changed(moved, listed_as(name)), language)
    assert not folders.MY_WORK.exists()


def test_a_name_with_a_null_is_refused(moved):
    data = changed(moved, listed_as("own/xx.txt")).replace(b"own/xx.txt", b"own/x\x00.txt")
    with pytest.raises(ValueError):
        copy_along.restore(data)
    assert not folders.MY_WORK.exists()


def test_a_folder_that_is_a_link_is_not_written_into(moved, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    folders.MY_WORK.mkdir(parents=True)
    try:
        (folders.MY_WORK / "own").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no symbolic links")
    with pytest.raises(ValueError, match="safe"):
        copy_along.restore(moved)
    assert not files(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "change, message",
    [
        (lambda m: {k: v for k, v in m.items() if k != backup.LIST}, "not made by this course"),
        (lambda m: m | {backup.LIST: b"{}"}, "not made by this course"),
        (lambda m: m | {backup.LIST: b"[" * 99999}, "not made by this course"),
        (lambda m: m | {"more.txt": b""}, "not made by this course"),
        (lambda m: m | {NOTEBOOK.upper(): b"twice"}, "not made by this course"),
        (lambda m: m | {NOTEBOOK: b"changed"}, "damaged"),
        (lambda m: m | {"bomb": bytes(backup.LARGEST + 1)}, "too large"),
        (lambda m: m | {f"{n}.txt": b"" for n in range(backup.MOST + 2)}, "too large"),
    ],
)
def test_what_is_not_ours_is_refused(moved, change, message):
    with pytest.raises(ValueError, match=message):
        copy_along.restore(changed(moved, change))
    assert not folders.MY_WORK.exists()


def test_a_size_that_is_not_true_is_noticed(moved, monkeypatch):
    monkeypatch.setattr(backup, "LARGEST", 100_000)
    data = changed(moved, listed_as("bomb", bytes(1_000_000)))
    size, false = (1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert size in data
    with pytest.raises(ValueError):
        copy_along.restore(data.replace(size, false))
    assert not folders.MY_WORK.exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_other_files_are_refused(data):
    with pytest.raises(ValueError, match="damaged|not made by"):
        copy_along.restore(data)


def test_a_cut_download_is_refused(moved):
    with pytest.raises(ValueError, match="damaged"):
        copy_along.restore(moved.read_bytes()[:-40])


def test_a_damaged_download_is_refused_with_a_clear_message(moved):
    data, draw = moved.read_bytes(), random.Random(0)
    for _ in range(300):
        damaged = bytearray(data)
        damaged[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        try:
            backup.unpacked(io.BytesIO(damaged), "en")
        except backup.Refused as error:
            assert "zip file" in str(error)


@pytest.mark.parametrize("moment", ["NaN", "1e999", "-5", "9" * 400])
def test_an_odd_time_is_no_reason_to_stop_halfway(moved, moment):
    def change(members):
        kept = json.loads(members[backup.LIST])
        kept["files"][NOTEBOOK]["time"] = "moment"
        return members | {backup.LIST: json.dumps(kept).replace('"moment"', moment)}

    with contextlib.suppress(backup.Refused):
        backup.restore(changed(moved, change), "en")
        assert len(files(folders.MY_WORK)) == 3
        return
    assert not folders.MY_WORK.exists()


def test_a_file_inside_a_file_is_refused(moved):
    with pytest.raises(ValueError, match="not made by"):
        copy_along.restore(changed(moved, listed_as(f"{NOTEBOOK}/inside")))
    assert not folders.MY_WORK.exists()


def test_a_folder_with_the_name_of_a_file_stays(moved):
    (folders.MY_WORK / NOTEBOOK).mkdir(parents=True)
    copy_along.restore(moved)
    assert (folders.MY_WORK / "03_perceptron_ja_2.ipynb").read_bytes() == b"old work"


def test_a_file_that_is_not_there():
    with pytest.raises(ValueError, match="no file"):
        copy_along.restore("nowhere.zip")


def test_the_buttons(work, monkeypatch, capsys):
    """What the buttons of lesson 00 do, without a front end; tests/browser clicks them."""
    shown = []
    monkeypatch.setattr(button_panel, "display", lambda output, **_: shown.append(output))
    buttons = button_panel.Buttons("ja")
    buttons.lesson.value = "03"
    buttons.show(buttons.start)
    assert shown[-1].path == work / NOTEBOOK  # which was there already
    buttons.gaps.value = True
    buttons.show(buttons.start)
    assert shown[-1].path == work / "03_perceptron_ja_gaps.ipynb"
    moment = datetime(2026, 1, 1)
    for content in (backup.keep("en").read_bytes(), b"no zip"):
        file = {"name": "a", "type": "", "size": 1, "content": content, "last_modified": moment}
        buttons.upload.value = [file]
    texts = [getattr(output, "bundle", output)["text/plain"] for output in shown[-2:]]
    assert "\u3059\u3079\u3066 my_work" in texts[0]  # everything is there already
    assert "\u5909\u66f4\u3057\u3066\u3044\u307e\u305b\u3093" in texts[1]  # nothing was changed
    copy_along.buttons()
    assert "python -m course.copy_along" in capsys.readouterr().out
