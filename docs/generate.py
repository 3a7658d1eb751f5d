"""Writes the reference pages from what the code declares.

``python docs/generate.py`` writes them; with ``--check`` it only tells which are not current (exit code 1).
"""

from __future__ import annotations

import sys
from pathlib import Path

from pages import (
    agents,
    commands,
    errors,
    experiment,
    figures,
    interventions,
    levers,
    measures,
    python,
    rules,
    scenario,
    state,
    towns,
)

FOLDER = Path(__file__).parent / "reference"
PAGES = {
    "rules.md": rules.page,
    "scenario.md": scenario.page,
    "experiment.md": experiment.page,
    "measures.md": measures.page,
    "figures-gothenburg.md": figures.page,
    "state.md": state.page,
    "agents.md": agents.page,
    "python.md": python.page,
    "commands.md": commands.page,
    "errors.md": errors.page,
    "interventions.md": interventions.page,
    "towns.md": towns.page,
    **levers.pages(),
}
NOTE = "<!-- Written by docs/generate.py from the code. Change the code or docs/pages/, then run it again. -->\n\n"


def written() -> dict[str, str]:
    """Every page as it should be, by its name."""
    return {name: NOTE + page().rstrip() + "\n" for name, page in PAGES.items()}


def stale() -> list[str]:
    """Pages on disk that differ from what the code declares, or are missing."""
    return [name for name, text in written().items() if not _is(FOLDER / name, text)]


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` name those that are not current."""
    if arguments == ["--check"]:
        found = stale()
        for name in found:
            print(f"docs/reference/{name} is not current: run python docs/generate.py")
        return 1 if found else 0
    FOLDER.mkdir(exist_ok=True)
    for name, text in written().items():
        (FOLDER / name).parent.mkdir(exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
