"""Results for other programs: CSV files, and a crate that says what everything is."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv

from sim.base.disk import ready, write_whole
from sim.experiment.results import Results
from sim.experiment.shards import ABOUT


def as_csv(results: Results, folder: Path) -> list[Path]:
    """Write the plan, the series and the final values as three CSV files; returns their paths.

    Raises
    ------
    RecordError
        If the disk is full or the folder may not be written.
    """
    store, measures = results.store, list(results.measures)
    ready(folder)
    tables = {
        "design.csv": results.design,
        "series.csv": store.table("series", ["month", *measures]),
        "final.csv": store.table("final", [*ABOUT[1:], *measures]),
    }
    return [_written(folder / name, table) for name, table in tables.items()]


def _written(path: Path, table: pa.Table) -> Path:
    sink = io.BytesIO()
    csv.write_csv(table, sink)
    write_whole(path, sink.getvalue())
    return path


def as_crate(results: Results) -> Path:
    """Write ``ro-crate-metadata.json`` into the folder itself: what each file is, and which program made it.

    References
    ----------
    RO-Crate 1.1 (https://w3id.org/ro/crate/1.1), profile Process Run Crate 0.5.
    """
    store, manifest = results.store, results.manifest
    files = ["manifest.json", "experiment.yaml", "design.parquet", *sorted(manifest.get("files", {}))]
    graph: list[dict[str, Any]] = [
        {
            "@id": "ro-crate-metadata.json", "@type": "CreativeWork", "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        {
            "@id": "./", "@type": "Dataset", "name": manifest["title"]["en"], "datePublished": manifest["started"],
            "description": (manifest["question"] or manifest["title"])["en"],
            "hasPart": [{"@id": name} for name in files], "mentions": {"@id": "#sweep"},
            "conformsTo": {"@id": "https://w3id.org/ro/wfrun/process/0.5"},
            "license": {"@id": "https://www.apache.org/licenses/LICENSE-2.0"},
        },
        {
            "@id": "#hemvist", "@type": "SoftwareApplication", "name": "hemvist",
            "softwareVersion": manifest["versions"]["hemvist"], "identifier": manifest["code"],
        },
        {
            "@id": "#sweep", "@type": "CreateAction", "name": " ".join(["hemvist", *manifest["argv"]]),
            "instrument": {"@id": "#hemvist"}, "object": {"@id": "experiment.yaml"},
            "result": [{"@id": name} for name in files if "/" in name], "startTime": manifest["started"],
            "endTime": manifest["stopped"],
        },
        *({"@id": name, "@type": "File", "encodingFormat": _kind(name)} for name in files),
    ]  # fmt: skip
    whole = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    path = store.folder / "ro-crate-metadata.json"
    write_whole(path, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())
    return path


def _kind(name: str) -> str:
    endings = {".json": "application/json", ".yaml": "application/yaml", ".parquet": "application/vnd.apache.parquet"}
    return endings[Path(name).suffix]
