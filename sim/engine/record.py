"""What one run leaves behind: series, areas, lettings, households and where they come from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pyarrow as pa

from sim.base.disk import whole_folder, write_file
from sim.base.errors import RecordError
from sim.city.ledger import PUBLIC
from sim.engine.arrow import defined, joined, numbers, plain, texts
from sim.engine.stored import SCHEMA, is_complete, parquet, provenance_in, table_in

LETTINGS = pa.schema(
    [
        ("month", pa.int32()),
        ("household", pa.int64()),
        ("dwelling", pa.int32()),
        ("area", pa.string()),
        ("tenure", pa.string()),
        ("landlord", pa.string()),
        ("waited", pa.int32()),
        ("group", pa.string()),
        ("income_fifth", pa.int8()),
        ("cause", pa.string()),
        ("cost", pa.float32()),
    ]
)
PAYERS = PUBLIC
"""Parties of the ledger whose money is public."""
_TABLES = ("areas", "lettings", "households", "ledger")


def filled(schema: pa.Schema, columns: Mapping[str, np.ndarray], words: Mapping[str, Sequence[str]]) -> pa.Table:
    """A table of a fixed schema from arrays; a column of text is given as positions in its ``words``.

    Parameters
    ----------
    schema : pyarrow.Schema
        Columns and their types; the arrays are cast to them.
    columns : mapping of str to array, shape (n,)
        One array per column of the schema.
    words : mapping of str to sequence of str
        For each text column, the words that its positions mean; a negative position is null.
    """
    arrays = []
    for field in schema:
        values = np.asarray(columns[field.name])
        if field.name in words:
            arrays.append(texts(values, words[field.name]))
        else:
            arrays.append(numbers(values, field.type))
    return pa.Table.from_arrays(arrays, schema=schema)


@dataclass(frozen=True, eq=False)
class Record:
    """One run, from the founding to its last finished month.

    Attributes
    ----------
    provenance : dict
        Plain data that JSON can hold: ``scenario`` (id), ``title``, ``resolved``, ``run_id``, ``seed``, ``start``
        (``YYYY-MM``), ``planned`` (months), ``complete``, ``versions``, ``founding``, ``measures`` (unit of each) and
        ``undefined`` (why a measure has gaps).
    months : int32 array, shape (n,)
        Months since the start, the first being the founding or the end of the burn-in.
    series : dict of str to float64 array, shape (n,)
        A number per month and measure; NaN where the measure is undefined.
    areas, lettings, households, ledger : pyarrow.Table or None
        A row per area and recorded month; per letting or sale; per sampled household and recorded month; per month,
        line, payer and payee of what the public paid or was paid.
    """

    provenance: dict[str, Any]
    months: np.ndarray
    series: dict[str, np.ndarray]
    areas: pa.Table | None = None
    lettings: pa.Table | None = None
    households: pa.Table | None = None
    ledger: pa.Table | None = None

    def __post_init__(self) -> None:
        self._set("provenance", json.loads(_json(self.provenance)))
        self._set("months", _locked(np.array(self.months, np.int32)))
        self._set("series", {name: _locked(_one_nan(values)) for name, values in self.series.items()})
        for name in _TABLES:
            self._set(name, _nulls_for_nan(getattr(self, name)))
        for name, values in self.series.items():
            if values.shape != self.months.shape:
                raise RecordError("record.lengths_differ", measure=name, found=len(values), months=len(self.months))

    def _set(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Record):
            return NotImplemented
        return self.provenance == other.provenance and self.same_numbers(other)

    __hash__ = None  # type: ignore[assignment]

    def same_numbers(self, other: Record) -> bool:
        """Whether all months, series and tables agree to the bit, wherever and whenever they were made."""
        return (
            np.array_equal(self.months, other.months)
            and list(self.series) == list(other.series)
            and all(self.series[name].tobytes() == other.series[name].tobytes() for name in self.series)
            and all(_same_table(getattr(self, name), getattr(other, name)) for name in _TABLES)
        )

    @property
    def scenario(self) -> str:
        """Id of the scenario."""
        return str(self.provenance["scenario"])

    @property
    def run_id(self) -> str:
        """Hash of everything that decides the numbers."""
        return str(self.provenance["run_id"])

    @property
    def seed(self) -> int:
        """Root of all luck of this run."""
        return int(self.provenance["seed"])

    @property
    def complete(self) -> bool:
        """Whether every planned month was run."""
        return bool(self.provenance["complete"])

    @property
    def name(self) -> str:
        """Name of its folder under ``results``."""
        return f"{self.scenario}-{self.run_id}"

    def at(self, measure: str, month: int) -> float:
        """Value of a measure in a month; NaN where it is undefined.

        Raises
        ------
        RecordError
            If the record has no such measure or month.
        """
        if measure not in self.series:
            raise RecordError("record.no_measure", measure=measure, known=", ".join(self.series))
        place = np.flatnonzero(self.months == month)
        if not len(place):
            raise RecordError("record.no_month", month=month, first=self._end(0), last=self._end(-1))
        return float(self.series[measure][place[0]])

    def _end(self, place: int) -> int | None:
        return int(self.months[place]) if len(self.months) else None

    def marked(self, **changes: object) -> Record:
        """The same numbers with some of the provenance changed."""
        return replace(self, provenance={**self.provenance, **changes})

    def save(self, folder: Path | str) -> Path:
        """Write the record to a folder in one step and return it.

        A whole record is never replaced by one that was interrupted: then nothing is written.

        Raises
        ------
        RecordError
            If the disk is full or the folder may not be written; earlier records are untouched.
        """
        target = Path(folder)
        if not self.complete and is_complete(target):
            return target
        files = self._files()
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        files["record.json"] = _json({**self.provenance, "schema": SCHEMA, "files": sums}, indent=1).encode()
        with whole_folder(target) as partial:
            for name, data in files.items():
                write_file(partial / name, data)
        return target

    def _files(self) -> dict[str, bytes]:
        columns = {name: defined(one) for name, one in self.series.items()}
        series = pa.table({"month": numbers(self.months, pa.int32()), **columns})
        files = {"series.parquet": parquet(series)}
        for name in _TABLES:
            table = getattr(self, name)
            if table is not None:
                files[f"{name}.parquet"] = parquet(table)
        if "resolved" in self.provenance:
            files["scenario.yaml"] = _yaml(self.provenance["resolved"])
        return files

    @classmethod
    def load(cls, folder: Path | str) -> Record:
        """Read a record back; it equals the one that was saved.

        Raises
        ------
        RecordError
            If the folder holds no record, or a file of it is missing, cut short or not the one that was written.
        """
        source = Path(folder)
        provenance = provenance_in(source)
        sums = cast(dict[str, str], provenance.pop("files"))
        del provenance["schema"]
        tables = {name: table_in(source, name, sums) for name in ("series", *_TABLES)}
        series = tables.pop("series")
        if series is None:
            raise RecordError("record.file_missing", path=str(source / "series.parquet"))
        months = plain(series.column("month"))
        values = {name: plain(series.column(name)) for name in series.column_names if name != "month"}
        return cls(provenance, months, values, **tables)


def _json(data: object, indent: int | None = None) -> str:
    try:
        return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    except (TypeError, ValueError) as fault:
        raise RecordError("record.provenance_not_plain", reason=str(fault)) from fault


def _yaml(data: object) -> bytes:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(data, Dumper=dumper, encoding="utf-8", allow_unicode=True, sort_keys=False, width=120)


def _one_nan(values: np.ndarray) -> np.ndarray:
    """A copy in which every undefined value is the same bits."""
    copy = np.array(values, np.float64)
    copy[np.isnan(copy)] = np.nan
    return copy


def _locked(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


def _nulls_for_nan(table: pa.Table | None) -> pa.Table | None:
    if table is None:
        return None
    columns = []
    for column in table.itercolumns():
        whole = joined(column)
        if pa.types.is_floating(whole.type):
            values = plain(whole)
            whole = numbers(values, whole.type, np.isnan(values))
        columns.append(whole)
    return pa.Table.from_arrays(columns, schema=table.schema.remove_metadata())


def _same_table(one: pa.Table | None, other: pa.Table | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(one.equals(other))
