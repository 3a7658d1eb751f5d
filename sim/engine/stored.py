"""A record on disk: its files, read with suspicion; whatever is cut short, changed or foreign is named."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sim.base.errors import RecordError

SCHEMA = "hemvist-record/1"


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def foreign_files(folder: Path) -> tuple[str, ...]:
    """Names of files in a record's folder that do not belong to it; they are never read as data."""
    own = {"record.json", *provenance_in(folder)["files"]}
    return tuple(sorted(path.name for path in folder.iterdir() if path.name not in own))


def provenance_in(folder: Path) -> dict[str, Any]:
    """What ``record.json`` says, ``files`` (a hash of each) and ``schema`` among it.

    Raises
    ------
    RecordError
        If the folder holds no record of this version.
    """
    path = folder / "record.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecordError("record.not_a_record", path=str(folder)) from None
    except (OSError, ValueError) as fault:
        raise RecordError("record.file_unreadable", path=str(path), reason=str(fault)) from fault
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or not isinstance(found.get("files"), dict):
        shown = found.get("schema") if isinstance(found, dict) else None
        raise RecordError("record.other_schema", path=str(path), found=shown, known=SCHEMA)
    return found


def is_complete(folder: Path) -> bool:
    """Whether a folder holds the record of a run that came to its end."""
    try:
        return bool(provenance_in(folder).get("complete"))
    except RecordError:
        return False


def table_in(folder: Path, name: str, sums: dict[str, str]) -> pa.Table | None:
    """A table of a record, None where the record has none of this name.

    Raises
    ------
    RecordError
        If its file is missing, cut short or not the one that was written.
    """
    file = f"{name}.parquet"
    if file not in sums:
        return None
    path = folder / file
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise RecordError("record.file_missing", path=str(path)) from None
    except OSError as fault:
        raise RecordError("record.file_unreadable", path=str(path), reason=str(fault)) from fault
    if hashlib.sha256(data).hexdigest() != sums[file]:
        raise RecordError("record.file_changed", path=str(path), size=len(data))
    return pq.ParquetFile(io.BytesIO(data)).read().replace_schema_metadata(None)
