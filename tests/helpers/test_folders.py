"""How files get to where the course keeps things: nothing is overwritten, nothing half written."""

import errno
from pathlib import Path

import pytest

from helpers import folders


def test_a_name_that_is_taken_gets_a_number(tmp_path):
    first = folders.new_path(tmp_path / "new" / "network.npz")
    assert first == tmp_path / "new" / "network.npz"
    first.write_bytes(b"mine")
    second = folders.new_path(first)
    second.write_bytes(b"mine, too")
    assert [second.name, folders.new_path(first).name] == ["network_2.npz", "network_3.npz"]
    assert first.read_bytes() == b"mine"


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    replace = Path.replace
    seen = []

    def look_and_replace(temporary, target):
        seen.append((temporary.name, temporary.parent, path.read_bytes()))
        return replace(temporary, target)

    monkeypatch.setattr(Path, "replace", look_and_replace)
    folders.write_whole(path, b"new")
    folders.write_whole(path, b"newer")
    assert path.read_bytes() == b"newer"
    assert [content for _, _, content in seen] == [b"old", b"new"]
    assert {folder for _, folder, _ in seen} == {tmp_path}
    assert len({name for name, _, _ in seen}) == 2  # so two kernels never write to the same one
    assert list(tmp_path.iterdir()) == [path]


def test_what_cannot_be_written_is_no_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    write_bytes = Path.write_bytes

    def write_some(path, data):
        write_bytes(path, data[:1])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_some)
    with pytest.raises(OSError, match="No space"):
        folders.write_whole(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]
