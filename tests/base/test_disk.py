"""Files that are there whole or not at all."""

import errno
import os

import pytest

from sim.base import disk
from sim.base.disk import plainly, ready, takes_files, write_whole
from sim.base.errors import RecordError


def test_a_file_is_replaced_in_one_step(tmp_path):
    target = tmp_path / "a.txt"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    target = tmp_path / "a.txt"
    write_whole(target, b"one")
    for name in ("write", "fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, name, lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
            with pytest.raises(RecordError, match="the disk is full"):
                write_whole(target, b"two")
        assert target.read_bytes() == b"one"
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize(
    ("code", "key"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EFBIG, "file_limit"),
     (errno.EROFS, "folder_closed"), (errno.EACCES, "folder_closed"), (errno.EIO, "not_written")],
)  # fmt: skip
def test_each_fault_of_the_disk_has_its_words(tmp_path, code, key):
    assert plainly(OSError(code, "reason"), tmp_path).key == f"record.{key}"
    assert plainly(OSError("no code"), tmp_path).values["reason"] == "no code"


def test_a_folder_is_tried_and_left_as_it_was(tmp_path):
    ready(tmp_path / "new" / "deep")
    assert list((tmp_path / "new" / "deep").iterdir()) == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError):
        ready(tmp_path / "file")


def test_where_folders_cannot_be_opened_they_are_not_synced(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.os, "name", "nt")
    write_whole(tmp_path / "a", b"x")
    monkeypatch.undo()
    assert (tmp_path / "a").read_bytes() == b"x"


def test_a_second_failure_while_putting_in_place_brings_the_old_folder_back(tmp_path, monkeypatch):
    with disk.whole_folder(tmp_path / "r") as folder:
        (folder / "old").write_text("x")
    calls = []
    real = os.replace

    def once(source, target):
        calls.append(target)
        if len(calls) == 3:  # the new folder on its way to the place that the old one has left
            raise OSError(errno.EIO, "lost")
        return real(source, target)

    monkeypatch.setattr(os, "replace", once)
    with pytest.raises(RecordError), disk.whole_folder(tmp_path / "r") as folder:
        (folder / "new").write_text("y")
    assert [path.name for path in (tmp_path / "r").iterdir()] == ["old"]
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_asking_whether_a_folder_takes_files_leaves_nothing_behind(tmp_path):
    takes_files(tmp_path / "deep" / "down")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "kept").mkdir()
    takes_files(tmp_path / "kept" / "new")
    assert [path.name for path in tmp_path.rglob("*")] == ["kept"]
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(RecordError):
        takes_files(tmp_path / "taken" / "in")
    assert (tmp_path / "taken").read_text() == "a file"
