"""Tables and links in Markdown."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALIKE = 0.7


def cell(text: object) -> str:
    """A text that can stand in a table."""
    return re.sub(r"\s+", " ", str(text)).strip().replace("|", "\\|")


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows under a head; nothing where there are no rows."""
    lines = ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows]
    if not lines:
        return ""
    head = "| " + " | ".join(columns) + " |"
    return "\n".join([head, "|" + "---|" * len(columns), *lines]) + "\n"


def code(value: object) -> str:
    """A word as it is written in YAML or Python; nothing for nothing."""
    return f"`{value}`" if str(value) else ""


def number(value: object) -> str:
    """A value as YAML would write it."""
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(number(one) for one in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {number(one)}" for key, one in value.items()) + "}"
    return str(value)


def source_of(thing: type) -> str:
    """A link to the file in which a class stands, as a page in ``docs/reference`` writes it."""
    path = Path(inspect.getfile(thing)).resolve().relative_to(ROOT).as_posix()
    return f"[{path}](../../{path})"


def docstring(thing: object, *, beside: str = "") -> str:
    """Paragraphs of a docstring in Markdown, its references last, what it raises left out.

    The first paragraph is left out too where it says nearly what already stands ``beside`` it.
    """
    body, _, rest = (inspect.getdoc(thing) or "").partition("\n\nReferences\n----------\n")
    body = body.partition("\n\nRaises\n------")[0]
    paragraphs = [_flowing(part) for part in body.split("\n\n") if part]
    if paragraphs and SequenceMatcher(None, paragraphs[0], beside).ratio() > ALIKE:
        del paragraphs[0]
    references = [f"Reference: {_flowing(rest)}"] if rest else []
    return "\n\n".join([*paragraphs, *references])


def _flowing(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().replace("``", "`")
