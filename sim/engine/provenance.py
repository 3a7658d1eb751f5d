"""Where the numbers of a run come from: code, versions, machine, and the name that follows from them."""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sim import __version__

MODEL_ROOMS = ("base", "kernels", "scenario", "city", "synthesis", "rules", "measures", "engine")
PACKAGES = ("numpy", "numba", "mesa", "pyarrow")
ID_VERSION = 1


@functools.cache
def model_code_hash() -> str:
    """Hash of the sources that decide the numbers: the command line, the reports and the view are not among them."""
    total = hashlib.sha256()
    for room in MODEL_ROOMS:
        for name, source in sorted(_sources(files("sim").joinpath(room), room)):
            total.update(name.encode() + b"\0" + source + b"\0")
    return total.hexdigest()


def _sources(folder: Traversable, name: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        inner = f"{name}/{entry.name}"
        if entry.is_dir():
            yield from _sources(entry, inner)
        elif entry.name.endswith(".py"):
            yield inner, entry.read_bytes().replace(b"\r\n", b"\n")


def outside_code_hash(classes: Iterable[type]) -> dict[str, str]:
    """Hash of the source of each rule that somebody wrote outside the package, by name."""
    outside = {cls for cls in classes if not cls.__module__.startswith("sim.")}
    return {f"{cls.__module__}.{cls.__qualname__}": _source_hash(cls) for cls in sorted(outside, key=repr)}


def _source_hash(cls: type) -> str:
    try:
        text = inspect.getsource(cls)
    except (OSError, TypeError):  # typed in by hand, as in a notebook: its name has to do
        text = repr(cls)
    return hashlib.sha256(text.encode()).hexdigest()


def run_id(
    resolved: Mapping[str, Any],
    *,
    seed: int,
    months: int,
    tables: Mapping[str, str] | None = None,
    outside: Mapping[str, str] | None = None,
) -> str:
    """Name of a run: a hash of what decides its numbers, and of nothing else.

    Parameters
    ----------
    resolved : mapping
        The scenario in force without titles, labels, sources and levers (``Scenario.resolved``).
    seed, months : int
        Root of all luck; how long it runs.
    tables : mapping of str to str
        Hash of every data file.
    outside : mapping of str to str
        Hash of every rule from outside the package (``outside_code_hash``).

    Returns
    -------
    str
        24 hexadecimal digits.
    """
    return RunNames(resolved, months=months, tables=tables, outside=outside).of(seed)


class RunNames:
    """Names of runs that differ in their seed alone: all else is hashed once.

    ``code`` stands in place of the hash of today's sources.
    """

    def __init__(
        self,
        resolved: Mapping[str, Any],
        *,
        months: int,
        tables: Mapping[str, str] | None = None,
        outside: Mapping[str, str] | None = None,
        code: str | None = None,
    ) -> None:
        content = {"code": code or model_code_hash(), "months": months, "outside": dict(outside or {})}
        before = _canonical({**content, "scenario": resolved})
        after = _canonical({"tables": dict(tables or {}), "v": ID_VERSION})
        self._begun = hashlib.sha256(before[:-1].encode())  # in the alphabet, the seed stands between the two
        self._end = after[1:]

    def of(self, seed: int) -> str:
        """The name of the run with a seed."""
        whole = self._begun.copy()
        whole.update(f',"seed":{seed},{self._end}'.encode())
        return whole.hexdigest()[:24]


def _canonical(content: Mapping[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def machine() -> dict[str, object]:
    """Versions and machine, as every record carries them."""
    return {
        "versions": {"python": platform.python_version(), "hemvist": __version__, **package_versions(PACKAGES)},
        "platform": f"{sys.platform}-{platform.machine()}",
        "cores": n_cores(),
        "model_code_hash": model_code_hash(),
    }


def package_versions(names: Iterable[str]) -> dict[str, str]:
    """Version of each installed package; one that is not installed is left out."""
    found = {}
    for name in names:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def n_cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
