"""``hemvist doctor``: is this machine ready, and what is missing."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from sim.base.language import LANGUAGES, say, words
from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

NEEDED = {
    "mesa": "mesa", "networkx": "networkx", "numpy": "numpy", "scipy": "scipy", "numba": "numba",
    "pydantic": "pydantic", "PyYAML": "yaml", "pyarrow": "pyarrow", "matplotlib": "matplotlib", "click": "click",
    "rich": "rich",
}  # fmt: skip
OLDEST = (3, 11)
ENOUGH_GIB = 1.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    name: str
    is_well: bool
    text: str


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [options.out(language), options.as_json(language)]

    def doctor(out: Path, as_json: bool) -> int:
        return _doctor(Console(language, as_json=as_json), out)

    return verb("doctor", language, doctor, params)


def _doctor(console: Console, out: Path) -> int:
    found = [finding for look in LOOKS for finding in look(console.language, out)]
    ill = [finding for finding in found if not finding.is_well]
    if console.as_json:
        console.json([{"name": one.name, "ok": one.is_well, "text": one.text} for one in found])
    else:
        for one in found:
            mark = say("cli.doctor.well" if one.is_well else "cli.doctor.ill", console.language)
            console.data(f"{mark:<6} {one.text}")
        console.data(say("cli.doctor.missing" if ill else "cli.doctor.ready", console.language, n=len(ill)))
    return 1 if ill else 0


def _python(language: str, _out: Path) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    oldest = ".".join(map(str, OLDEST))
    is_well = sys.version_info[:2] >= OLDEST
    key = "python" if is_well else "python_old"
    yield Finding("python", is_well, say(f"cli.doctor.{key}", language, version=version, oldest=oldest))


def _packages(language: str, _out: Path) -> Iterator[Finding]:
    from importlib.util import find_spec

    from sim.engine.provenance import package_versions

    versions = package_versions(NEEDED)
    for name, module in NEEDED.items():
        is_well = name in versions and find_spec(module) is not None
        key = "package" if is_well else "package_missing"
        yield Finding(name, is_well, say(f"cli.doctor.{key}", language, name=name, version=versions.get(name, "-")))


def _compiled(language: str, _out: Path) -> Iterator[Finding]:
    """Whether compiled loops can be kept, so that only the first run has to wait."""
    import sim

    given = os.environ.get("NUMBA_CACHE_DIR")
    home = Path(given) if given else Path(sim.__file__).parent / "kernels" / "__pycache__"
    yield _writable(home, "cache", language)


def _results(language: str, out: Path) -> Iterator[Finding]:
    yield _writable(out, "results", language)


def _writable(folder: Path, key: str, language: str) -> Finding:
    """Whether files can be made in a folder, or in the nearest one above it that exists; nothing is left behind."""
    import tempfile

    there = next(above for above in (folder, *folder.resolve().parents) if above.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            is_well = True
    except OSError:
        is_well = False
    said = say(f"cli.doctor.{key}{'' if is_well else '_closed'}", language, folder=folder)
    return Finding(key, is_well, said)


def _machine(language: str, out: Path) -> Iterator[Finding]:
    from sim.engine.provenance import n_cores

    yield Finding("cores", True, say("cli.doctor.cores", language, n=n_cores()))
    gib = _memory()
    if gib is not None:
        key = "memory" if gib >= ENOUGH_GIB else "memory_little"
        yield Finding("memory", gib >= ENOUGH_GIB, say(f"cli.doctor.{key}", language, gib=f"{gib:.1f}"))
    there = next(above for above in (out, *out.resolve().parents) if above.is_dir())
    free = shutil.disk_usage(there).free / 2**30
    key = "disk" if free >= ENOUGH_GIB else "disk_little"
    yield Finding("disk", free >= ENOUGH_GIB, say(f"cli.doctor.{key}", language, gib=f"{free:.1f}"))


def _memory() -> float | None:
    """Memory of the machine in GiB, None where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, ValueError, OSError):
        return None


def _languages(language: str, _out: Path) -> Iterator[Finding]:
    same = len({frozenset(words(each, "cli")) for each in LANGUAGES}) == 1
    yield Finding("languages", same, say("cli.doctor.languages", language, languages=", ".join(LANGUAGES)))


def _scenarios(language: str, _out: Path) -> Iterator[Finding]:
    from sim.cli.finding import shipped

    names = shipped()
    key = "scenarios" if names else "scenarios_missing"
    yield Finding("scenarios", bool(names), say(f"cli.doctor.{key}", language, names=", ".join(names)))


LOOKS: tuple[Callable[[str, Path], Iterator[Finding]], ...] = (
    _python, _packages, _compiled, _results, _machine, _languages, _scenarios,
)  # fmt: skip
