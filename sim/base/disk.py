"""Files that are on disk whole or not at all, and plain words for a disk that will not take them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from sim.base.errors import RecordError

_FULL = (errno.ENOSPC, errno.EDQUOT)
_CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS)
_TAKEN = (errno.ENOTEMPTY, errno.EEXIST)


def write_file(path: Path, data: bytes) -> None:
    """Write bytes to a new file and see them onto the disk; an ``OSError`` passes through."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(target: Path, data: bytes) -> None:
    """Put a file in place in one step: readers meet the old one or the new one, never a part.

    Raises
    ------
    RecordError
        If the disk is full or the folder may not be written; what stood there before still stands.
    """
    partial = _beside(target)
    with _said_plainly(target):
        try:
            write_file(partial, data)
            os.replace(partial, target)
            _sync_folder(target.parent)
        finally:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)


@contextlib.contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """A hidden folder to fill, which becomes ``target`` in one step when the block ends without a fault.

    Raises
    ------
    RecordError
        If the disk is full or the folder may not be written; what stood there before still stands.
    """
    partial = _beside(target)
    with _said_plainly(target):
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.mkdir()
            yield partial
            _sync_folder(partial)
            _into_place(partial, target)
            _sync_folder(target.parent)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


def ready(folder: Path) -> None:
    """Make a folder and see that it takes files, before hours of work depend on it.

    Raises
    ------
    RecordError
        If it does not.
    """
    probe = folder / f".{uuid4().hex[:12]}.probe"
    with _said_plainly(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            write_file(probe, b"hemvist")
        finally:
            with contextlib.suppress(OSError):
                probe.unlink(missing_ok=True)


def takes_files(folder: Path) -> None:
    """See that a folder will take files, and leave none behind: not even the folder, if it was not there.

    Raises
    ------
    RecordError
        If it does not.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        ready(folder)
    finally:
        for one in missing:
            with contextlib.suppress(OSError):
                one.rmdir()


def _beside(target: Path, what: str = "partial") -> Path:
    return target.with_name(f".{target.name}.{uuid4().hex[:12]}.{what}")


def _into_place(partial: Path, target: Path) -> None:
    try:
        os.replace(partial, target)
        return
    except OSError as fault:
        if fault.errno not in _TAKEN:
            raise
    aside = _beside(target, "old")
    os.replace(target, aside)
    try:
        os.replace(partial, target)
    except OSError:
        os.replace(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _sync_folder(folder: Path) -> None:
    """See a folder's list of names onto the disk, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _said_plainly(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise plainly(fault, target) from fault


def plainly(fault: OSError, target: Path) -> RecordError:
    """What a fault of the disk means for whoever wanted ``target`` written."""
    values = {"path": str(target), "reason": fault.strerror or str(fault)}
    if fault.errno in _FULL:
        return RecordError("record.disk_full", **values)
    if fault.errno == errno.EFBIG:
        return RecordError("record.file_limit", **values)
    if fault.errno in _CLOSED:
        return RecordError("record.folder_closed", **values)
    return RecordError("record.not_written", **values)
