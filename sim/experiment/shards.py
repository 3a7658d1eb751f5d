"""Shards: files with the results of many runs, written whole, read with suspicion."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.base.disk import write_whole
from sim.engine.arrow import numbers, text

SCHEMA = "hemvist-shard/1"
KEY = b"hemvist"
ABOUT = ("run_id", "months", "settled", "seconds", "memory", "code")


@dataclass(frozen=True)
class Outcome:
    """What is kept of one run.

    Attributes
    ----------
    run_id : str
    months : int32 array, shape (n,)
        Months since the start for which there are values.
    values : float64 array, shape (n, n_measures)
        NaN where a measure is undefined.
    settled : bool
        Whether it came to rest before its last month.
    seconds, memory : float
        Processor time of the run; most memory that its process had used by then, MiB.
    code : str
        Hash of the model that ran it.
    """

    run_id: str
    months: np.ndarray
    values: np.ndarray
    settled: bool
    seconds: float
    memory: float
    code: str


@dataclass(frozen=True)
class Shard:
    """A file of results that has been found in order: its name, its runs, its measures."""

    name: str
    run_ids: tuple[str, ...]
    measures: tuple[str, ...]


def write(folder: Path, outcomes: Sequence[Outcome], measures: Sequence[str]) -> str:
    """Write runs as one shard: series first, final values last, so that a run counts only when both are there.

    Raises
    ------
    RecordError
        If the disk is full or the folder may not be written.
    """
    return write_tables(folder, _series(outcomes, measures), _final(outcomes, measures), measures)


def write_tables(folder: Path, series: pa.Table, final: pa.Table, measures: Sequence[str]) -> str:
    """Write tables of the form that ``write`` makes as one shard; returns its name."""
    run_ids = final.column("run_id").to_pylist()
    digest = hashlib.sha256(json.dumps([run_ids, list(measures)]).encode()).hexdigest()[:16]
    name = f"part-{digest}.parquet"
    about = {"schema": SCHEMA, "run_ids": run_ids, "measures": list(measures)}
    for room, table in (("series", series), ("final", final)):
        (folder / room).mkdir(parents=True, exist_ok=True)
        write_whole(folder / room / name, _bytes(table.replace_schema_metadata({KEY: json.dumps(about).encode()})))
    return name


def _bytes(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    floats = [field.name for field in table.schema if pa.types.is_floating(field.type)]
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    pq.write_table(
        table, sink, compression="zstd", use_dictionary=texts, use_byte_stream_split=floats, write_page_checksum=True
    )
    return sink.getvalue()


def _series(outcomes: Sequence[Outcome], measures: Sequence[str]) -> pa.Table:
    lengths = [len(one.months) for one in outcomes]
    places = np.repeat(np.arange(len(outcomes)), lengths)
    ids = pa.DictionaryArray.from_arrays(numbers(places, pa.int32()), text([one.run_id for one in outcomes]))
    columns = {"run_id": ids.cast(pa.string()), "month": numbers(_joined(outcomes, "months"), pa.int16())}
    values = np.concatenate([one.values for one in outcomes]) if outcomes else np.zeros((0, len(measures)))
    for place, name in enumerate(measures):
        own = values[:, place].astype(np.float32)
        columns[name] = numbers(own, pa.float32(), np.isnan(own))
    return pa.table(columns)


def _joined(outcomes: Sequence[Outcome], what: str) -> np.ndarray:
    return np.concatenate([getattr(one, what) for one in outcomes]) if outcomes else np.zeros(0)


def _final(outcomes: Sequence[Outcome], measures: Sequence[str]) -> pa.Table:
    columns = {
        "run_id": text([one.run_id for one in outcomes]),
        "months": numbers(np.array([one.months[-1] if len(one.months) else 0 for one in outcomes]), pa.int32()),
        "settled": numbers(np.array([one.settled for one in outcomes]), pa.int8()),
        "seconds": numbers(np.array([one.seconds for one in outcomes]), pa.float32()),
        "memory": numbers(np.array([one.memory for one in outcomes]), pa.float32()),
        "code": text([one.code for one in outcomes]),
    }
    for place, name in enumerate(measures):
        last = np.array([one.values[-1, place] if len(one.months) else np.nan for one in outcomes])
        columns[name] = numbers(last, pa.float64(), np.isnan(last))
    return pa.table(columns)


def look(path: Path) -> Shard | None:
    """What a file holds, by its footer; None if it is cut short or was not written by hemvist."""
    try:
        about = (pq.read_schema(path).metadata or {}).get(KEY)
    except (OSError, pa.ArrowInvalid):
        return None
    try:
        found = json.loads(about or b"{}")
        if found.get("schema") != SCHEMA:
            return None
        return Shard(path.name, tuple(found["run_ids"]), tuple(found["measures"]))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def read(path: Path, columns: Iterable[str] | None = None) -> pa.Table:
    """A shard's table, or some of its columns.

    Raises
    ------
    OSError, pyarrow.ArrowInvalid
        If what the file holds is not what was written.
    """
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        return file.read(None if columns is None else list(columns)).replace_schema_metadata(None)
