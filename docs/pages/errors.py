"""The page of errors: every sentence that says what is wrong and how to mend it, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from pages.markdown import code, table
from sim.base.language import words

ROOMS = {
    "month": "Months",
    "rule": "Rules from outside",
    "rules": "Parameters of rules that do not fit together",
    "scenario": "Scenario files and their tables",
    "founding": "Founding a city",
    "measure": "Measures",
    "experiment": "Comparisons and experiments",
    "store": "Folders of experiments",
    "agent": "Agents of Mesa",
    "record": "Records on disk",
    "city": "The books of the city",
}

HEAD = """# Errors

An error says where, what and how to mend it: `file:line:column (path): sentence`. All faults of a file are told at
once, twenty at most and then how many more. The exit code is 2 and nothing is written. Words in braces stand for what
was found. `--lang sv` speaks Swedish.

"""


def page() -> str:
    """The whole page."""
    english, swedish = words("en", "errors"), dict(_sentences(words("sv", "errors")))
    known = {room for room, branch in english.items() if isinstance(branch, dict)}
    parts = [HEAD]
    for room in [*ROOMS, *sorted(known - set(ROOMS))]:
        rows = [(code(key), text, swedish[key]) for key, text in _sentences({room: english.get(room, {})})]
        if rows:
            parts.append(f"## {ROOMS.get(room, room)}\n\n{table(('key', 'sentence', 'på svenska'), rows)}")
    return "\n".join(parts)


def _sentences(branch: dict[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence with its dotted key."""
    for key, inner in branch.items():
        name = f"{path}.{key}" if path else key
        if isinstance(inner, dict):
            yield from _sentences(inner, name)
        else:
            yield name, str(inner)
