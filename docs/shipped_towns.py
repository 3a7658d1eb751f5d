"""Writes the towns that ship from their tables: ``scenarios/NAME/table.csv`` to ``scenarios/NAME.yaml`` and its tables.

``python docs/shipped_towns.py`` writes them; with ``--check`` it only tells which are not current (exit code 1). Area
constants are no part of that: ``hemvist calibrate constants NAME -o scenarios/NAME/constants.csv`` makes them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import sim
from sim.scenario.town.make import BASE, TABLE, make

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def names() -> tuple[str, ...]:
    """Towns that ship as a table."""
    return tuple(sorted(path.parent.name for path in SCENARIOS.glob(f"*/{TABLE}")))


def written() -> dict[str, str]:
    """Every file of every town as it should be, by its path below ``scenarios``."""
    base, found = sim.load(BASE), {}
    for name in names():
        folder = SCENARIOS / name
        is_calibrated = (folder / "constants.csv").is_file()
        made = make(name, folder / TABLE, base, "en", folder=f"{name}/", is_calibrated=is_calibrated)
        found.update(made.files)
    return found


def stale() -> list[str]:
    """Files on disk that differ from what their table makes, or are missing."""
    return [name for name, text in written().items() if not _is(SCENARIOS / name, text)]


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the towns, or with ``--check`` name the files that are not current."""
    if arguments == ["--check"]:
        found = stale()
        for name in found:
            print(f"scenarios/{name} is not current: run python docs/shipped_towns.py")
        return 1 if found else 0
    for name, text in written().items():
        (SCENARIOS / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
