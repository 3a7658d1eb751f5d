"""The folder of an experiment: manifest first, then shards of results; the files are the truth, nothing else is."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.base.disk import ready, write_whole
from sim.base.errors import RecordError, StoreError
from sim.engine.arrow import numbers, text
from sim.experiment import shards
from sim.experiment.plan import Run
from sim.experiment.shards import Outcome
from sim.experiment.survey import ROOMS, Survey, survey_of

SCHEMA = "hemvist-results/1"
RUNS_A_SHARD = 1000
DESIGN = ("run_id", "arm", "point", "replication", "seed")


class Store:
    """Results of one experiment on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def exists(self) -> bool:
        """Whether an experiment lies here."""
        return (self.folder / "manifest.json").is_file()

    def manifest(self) -> dict[str, Any]:
        """Where the results come from.

        Raises
        ------
        StoreError
            If the folder holds no experiment, or one of another version.
        """
        try:
            found = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise StoreError("store.no_experiment", path=str(self.folder)) from None
        except (OSError, ValueError) as fault:
            raise StoreError("store.manifest_unreadable", path=str(self.folder), reason=str(fault)) from fault
        if not isinstance(found, dict) or found.get("schema") != SCHEMA:
            shown = found.get("schema") if isinstance(found, dict) else None
            raise StoreError("store.other_schema", path=str(self.folder), found=shown, known=SCHEMA)
        return found

    def keep_manifest(self, manifest: dict[str, Any]) -> None:
        """Write the manifest, whole."""
        ready(self.folder)
        whole = {"schema": SCHEMA, **manifest}
        self._write("manifest.json", (json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode())

    def keep_texts(self, experiment: str, scenarios: dict[str, str]) -> None:
        """Keep the experiment word for word, and each arm's scenario as it was in force, by its hash."""
        (self.folder / "scenarios").mkdir(exist_ok=True)
        self._write("experiment.yaml", experiment.encode())
        for sha, written in scenarios.items():
            if not (self.folder / "scenarios" / f"{sha}.yaml").exists():
                self._write(f"scenarios/{sha}.yaml", written.encode())

    def keep_design(self, runs: Sequence[Run], points: Sequence[dict[str, Any]]) -> None:
        """Write one row per planned run, with the value of every varied path."""
        columns: dict[str, Any] = {
            "run_id": text([run.run_id for run in runs]),
            **{name: numbers(np.array([getattr(run, name) for run in runs]), pa.int32())
               for name in ("arm", "point", "replication")},
            "seed": numbers(np.array([run.seed for run in runs]), pa.int64()),
        }  # fmt: skip
        for path in points[0] if points else ():
            columns[path] = _varied([points[run.point].get(path) for run in runs])
        sink = pa.BufferOutputStream()
        pq.write_table(pa.table(columns), sink, compression="zstd")
        self._write("design.parquet", sink.getvalue().to_pybytes())

    def design(self) -> pa.Table:
        """One row per planned run.

        Raises
        ------
        StoreError
            If the plan cannot be read.
        """
        try:
            return pq.ParquetFile(self.folder / "design.parquet").read()
        except (OSError, pa.ArrowInvalid) as fault:
            raise StoreError("store.design_unreadable", path=str(self.folder), reason=str(fault)) from fault

    def experiment_text(self) -> str:
        """The experiment, word for word.

        Raises
        ------
        StoreError
            If it is gone.
        """
        try:
            return (self.folder / "experiment.yaml").read_text(encoding="utf-8")
        except OSError as fault:
            raise StoreError("store.manifest_unreadable", path=str(self.folder), reason=str(fault)) from fault

    def _write(self, name: str, data: bytes) -> None:
        write_whole(self.folder / name, data)

    def survey(self) -> Survey:
        """Look through the files of results, each by its footer alone."""
        return survey_of(self.folder)

    def table(self, room: str, columns: Sequence[str], only: Iterable[str] | None = None) -> pa.Table:
        """Rows of all shards that have these columns, each run once.

        Parameters
        ----------
        room : str
            ``series`` or ``final``.
        columns : sequence of str
            Beside ``run_id``.
        only : iterable of str, optional
            Run ids to keep.

        Raises
        ------
        RecordError
            If a shard turns out to be damaged.
        """
        measures = [name for name in columns if name not in (*shards.ABOUT, "month")]
        survey, parts, seen = self.survey(), [], set[str]()
        for shard in survey.shards:
            if not set(measures) <= set(shard.measures):
                continue
            table = self._read(room, shard.name, ["run_id", *columns])
            fresh = [run for run in shard.run_ids if run not in seen]
            if len(fresh) < len(shard.run_ids):
                table = table.filter(pc.is_in(table.column("run_id"), pa.array(fresh, pa.string())))
            seen.update(fresh)
            parts.append(table)
        if not parts:
            empty = {name: pa.array([], pa.float64()) for name in columns}
            return pa.table({"run_id": pa.array([], pa.string()), **empty})
        whole = pa.concat_tables(parts)
        return whole if only is None else whole.filter(pc.is_in(whole.column("run_id"), pa.array(only, pa.string())))

    def _read(self, room: str, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        path = self.folder / room / name
        try:
            return shards.read(path, columns)
        except (OSError, pa.ArrowInvalid) as fault:
            raise RecordError("record.file_unreadable", path=str(path), reason=str(fault)) from fault

    def add(self, outcomes: Sequence[Outcome], measures: Sequence[str]) -> str:
        """Write the outcomes of runs as a shard."""
        return shards.write(self.folder, outcomes, measures)

    def never_recorded(self, measures: Iterable[str]) -> list[str]:
        """Measures of which no run has a value."""
        lost = [name for name in measures if _is_empty(self.table("final", [name]).column(name))]
        return [name for name in lost if _is_empty(self.table("series", [name]).column(name))]

    def content_hash(self) -> str:
        """Hash of all numbers, whoever computed them and however they are packed: no times, no memory, no order."""
        total, survey = hashlib.sha256(), self.survey()
        measures = sorted(set().union(*(one.measures for one in survey.shards))) if survey.shards else []
        table = self.table("series", ["month", *measures])
        for run, first, last in spans(table.column("run_id").to_pylist()):
            total.update(run.encode() + b"\0")
            for name in ("month", *measures):
                column = table.column(name).slice(first, last - first)
                total.update(repr(column.to_pylist()).encode())
        return total.hexdigest()

    def compact(self, measures: Sequence[str]) -> None:
        """Pack small shards into large ones: the new ones first, the old ones away after."""
        survey = self.survey()
        small = [one for one in survey.shards if len(one.run_ids) < RUNS_A_SHARD and set(measures) <= set(one.measures)]
        if len(small) < 2:
            return
        seen: set[str] = set()
        series: list[pa.Table] = []
        final: list[pa.Table] = []
        for one in small:
            fresh = [run for run in one.run_ids if run not in seen]
            seen.update(fresh)
            for parts, room in ((series, "series"), (final, "final")):
                columns = [*(("month",) if room == "series" else shards.ABOUT[1:]), *measures]
                table = self._read(room, one.name, ["run_id", *columns])
                parts.append(table.filter(pc.is_in(table.column("run_id"), pa.array(fresh, pa.string()))))
        kept = self._packed(pa.concat_tables(series), pa.concat_tables(final), measures)
        for one in small:
            for room in ROOMS if one.name not in kept else ():
                with contextlib.suppress(OSError):
                    (self.folder / room / one.name).unlink()

    def _packed(self, series: pa.Table, final: pa.Table, measures: Sequence[str]) -> set[str]:
        names = set()
        for start in range(0, len(final), RUNS_A_SHARD):
            rows = final.slice(start, RUNS_A_SHARD)
            own = series.filter(pc.is_in(series.column("run_id"), rows.column("run_id").combine_chunks()))
            names.add(shards.write_tables(self.folder, own, rows, measures))
        return names

    # Failures

    def fail(self, run_id: str, told: dict[str, Any]) -> None:
        """Set a run aside, with a file that says why and how to repeat it."""
        (self.folder / "failures").mkdir(exist_ok=True)
        self._write(f"failures/{run_id}.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())

    def failures(self) -> dict[str, dict[str, Any]]:
        """Runs that were set aside, and why; a file that cannot be read still counts."""
        found = {}
        for path in sorted((self.folder / "failures").glob("[!.]*.json")):
            try:
                found[path.stem] = dict(json.loads(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, TypeError):
                found[path.stem] = {}
        return found

    def forgive(self, run_ids: Iterable[str]) -> None:
        """Take runs out of those set aside."""
        for run in run_ids:
            with contextlib.suppress(OSError):
                (self.folder / "failures" / f"{run}.json").unlink()

    def log(self, event: str, **values: Any) -> None:
        """Note an event; nothing depends on the notes."""
        with contextlib.suppress(OSError), (self.folder / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps({"event": event, **values}, ensure_ascii=False, default=str) + "\n")

    def sums(self) -> dict[str, str]:
        """Hash of every file of results."""
        files = (self.folder / room / one.name for one in self.survey().shards for room in ROOMS)
        return {f"{path.parent.name}/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _is_empty(column: pa.ChunkedArray) -> bool:
    return bool(column.null_count == len(column))


def _varied(values: Sequence[Any]) -> pa.Array:
    """A column of numbers, empty where there is none, or of texts where something else stands."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, int | float) and not isinstance(value, bool) for value in known):
        data = np.array([np.nan if value is None else value for value in values], np.float64)
        return numbers(data, pa.float64(), np.isnan(data))
    return text(["" if value is None else str(value) for value in values])


def spans(run_ids: Sequence[str]) -> list[tuple[str, int, int]]:
    """Where the rows of each run begin and end, runs in the order of their ids; the rows of a run lie together."""
    starts = [place for place, run in enumerate(run_ids) if place == 0 or run_ids[place - 1] != run]
    return sorted((run_ids[a], a, b) for a, b in zip(starts, [*starts[1:], len(run_ids)], strict=True))
