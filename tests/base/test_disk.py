"""A file is there whole or not at all, and a disk that fails is told of in plain words."""

import errno
import os

import pytest

from sim.base import disk
from sim.base.disk import plainly, ready, whole_folder, write_whole
from sim.base.errors import RecordError

STEPS = ("open", "write", "fsync", "replace")
"""What writing a file asks of the system; each may fail."""


def failing(monkeypatch, step, code=errno.ENOSPC, nth=1):
    """Let the n-th call of one kind fail."""
    real, calls = getattr(os, step), []

    def call(*args, **options):
        calls.append(args)
        if len(calls) == nth:
            raise OSError(code, os.strerror(code))
        return real(*args, **options)

    monkeypatch.setattr(disk.os, step, call)


def test_a_file_is_put_in_place_of_an_older_one(tmp_path):
    target = tmp_path / "a.txt"
    write_whole(target, b"old")
    write_whole(target, b"new" * 100_000)
    assert target.read_bytes() == b"new" * 100_000
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("step", STEPS)
def test_a_file_that_cannot_be_written_leaves_the_older_one(tmp_path, monkeypatch, step):
    target = tmp_path / "a.txt"
    write_whole(target, b"old")
    failing(monkeypatch, step)
    with pytest.raises(RecordError) as caught:
        write_whole(target, b"new")
    assert caught.value.key == "record.disk_full"
    assert str(target) in str(caught.value)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_system_that_takes_a_file_in_small_pieces_gets_all_of_it(tmp_path, monkeypatch):
    real = os.write
    monkeypatch.setattr(disk.os, "write", lambda handle, data: real(handle, bytes(data[:7])))
    write_whole(tmp_path / "a.txt", bytes(range(100)))
    assert (tmp_path / "a.txt").read_bytes() == bytes(range(100))


def test_a_folder_appears_when_it_is_full(tmp_path):
    target = tmp_path / "deep" / "run"
    with whole_folder(target) as partial:
        (partial / "one").write_bytes(b"1")
        assert not target.exists()
    assert (target / "one").read_bytes() == b"1"
    assert os.listdir(tmp_path / "deep") == ["run"]


def test_a_folder_takes_the_place_of_an_older_one(tmp_path):
    target = tmp_path / "run"
    for content in (b"old", b"new"):
        with whole_folder(target) as partial:
            (partial / content.decode()).write_bytes(content)
    assert os.listdir(target) == ["new"]
    assert os.listdir(tmp_path) == ["run"]


@pytest.mark.parametrize("nth", [2, 3])
def test_an_older_folder_is_put_back_where_the_new_one_cannot_be_moved(tmp_path, monkeypatch, nth):
    target = tmp_path / "run"
    with whole_folder(target) as partial:
        (partial / "old").write_bytes(b"old")
    failing(monkeypatch, "replace", errno.EIO, nth)
    with pytest.raises(RecordError) as caught, whole_folder(target) as partial:
        (partial / "new").write_bytes(b"new")
    assert caught.value.key == "record.not_written"
    monkeypatch.undo()
    assert os.listdir(target) == ["old"]
    assert os.listdir(tmp_path) == ["run"]


def test_a_fault_in_between_leaves_no_folder(tmp_path):
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "run"):
        raise ZeroDivisionError
    assert os.listdir(tmp_path) == []


def test_a_folder_is_tried_before_work_depends_on_it(tmp_path, monkeypatch):
    ready(tmp_path / "results" / "new")
    assert os.listdir(tmp_path / "results" / "new") == []
    failing(monkeypatch, "write", errno.EACCES)
    with pytest.raises(RecordError) as caught:
        ready(tmp_path / "results")
    assert caught.value.key == "record.folder_closed"
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RecordError, match="file"):
        ready(tmp_path / "file" / "below")


@pytest.mark.parametrize(
    ("code", "key"),
    [(errno.ENOSPC, "disk_full"), (errno.EDQUOT, "disk_full"), (errno.EFBIG, "file_limit"),
     (errno.EROFS, "folder_closed"), (errno.EPERM, "folder_closed"), (errno.EIO, "not_written")],
)  # fmt: skip
def test_what_the_system_says_is_said_plainly(tmp_path, code, key):
    told = plainly(OSError(code, "reason given"), tmp_path)
    assert told.key == f"record.{key}"
    assert "reason given" in str(told)
    assert "unknown fault" in str(plainly(OSError("unknown fault"), tmp_path))


def test_where_folders_cannot_be_opened_nothing_is_asked_of_them(tmp_path, monkeypatch):
    monkeypatch.setattr(disk.os, "name", "nt")
    monkeypatch.setattr(disk.os, "fsync", lambda handle: None)
    disk._sync_folder(tmp_path / "not there")
