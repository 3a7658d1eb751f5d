"""Mending what was misspelt: each word that a fault found and knows the meaning of, put right where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from sim.base.errors import Fault

WRITTEN = ("key", "found", "name", "column")
"""Under which of these a fault keeps the word that was written; ``meant`` is what was likely meant."""


def mended(text: str, faults: Iterable[Fault]) -> str:
    """A text with every slip put right that its faults can tell; all else as it was.

    Examples
    --------
    >>> from sim.base.errors import Place
    >>> slip = Fault("scenario.unknown_key_suggest", {"key": "lisitng", "meant": "listing"}, Place("f", 2, 1))
    >>> mended("id: a\\nlisitng: {}\\n", [slip])
    'id: a\\nlisting: {}\\n'
    """
    lines = text.splitlines(keepends=True)
    for line, column, word, meant in sorted(_slips(faults), reverse=True):
        if line <= len(lines):
            lines[line - 1] = _put_right(lines[line - 1], column - 1, word, meant)
    return "".join(lines)


def _slips(faults: Iterable[Fault]) -> set[tuple[int, int, str, str]]:
    """Line, column, word and what was meant."""
    slips = set()
    for fault in faults:
        meant, place = fault.values.get("meant"), fault.place
        word = next((fault.values[name] for name in WRITTEN if isinstance(fault.values.get(name), str)), None)
        if isinstance(meant, str) and isinstance(word, str) and place.line and place.column:
            slips.add((place.line, place.column, word, meant))
    return slips


def _put_right(line: str, at: int, word: str, meant: str) -> str:
    """A line with a word replaced, if it stands there, in quotes or not."""
    at += line[at : at + 1] in ("'", '"')
    return line[:at] + meant + line[at + len(word) :] if line.startswith(word, at) else line
