"""Writes what the baseline of Gothenburg holds into its page and the README, from the command that measures it.

``hemvist baseline gothenburg --json > measured.json`` takes some minutes; then
``python docs/baseline.py measured.json`` writes the tables.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from pages.markdown import table

from sim.base.language import say
from sim.experiment.targets import Target
from sim.report.baseline import SECTIONS, target_words
from sim.report.numbers import level

ROOT = Path(__file__).parents[1]
IN_README = (
    "dissimilarity.origin", "map.likeness", "entropy.income", "price.all", "price.lowest", "price.highest", "wait.mean",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Write both tables."""
    measured = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    years = f"{measured['years']:g}"
    _fill(ROOT / "docs/discussion/baseline.md", "baseline", _whole(measured, years))
    _fill(ROOT / "README.md", "baseline", _short(measured, years))
    return 0


def _whole(measured: dict[str, Any], years: str) -> str:
    """Every reading, section by section."""
    head = ("reading", "should be", "founding", "settled in", f"year {years}", "holds", "no constants: settled in",
            f"no constants: year {years}")  # fmt: skip
    parts = []
    for section, families in SECTIONS.items():
        mine = [row for row in measured["rows"] if row.partition(".")[0] in families]
        rows = [_row(name, measured["rows"][name]) for name in mine]
        parts.append(f"**{say(f'report.baseline.sections.{section}', 'en')}**\n\n{table(head, rows)}")
    return "\n".join(parts)


def _row(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    unit, off = row["unit"], row["without_constants"]
    holds = {True: "yes", False: "**no**", None: ""}[row["holds"]]
    return (
        say(f"report.baseline.rows.{name}", "en"), _target(row["target"], unit),
        level(_number(row["founding"]["mean"]), unit, "en"), _with_half(row["settled"], unit),
        _with_half(row["end"], unit), holds,
        *(level(_number(off[at]["mean"]), unit, "en") for at in ("settled", "end")),
    )  # fmt: skip


def _short(measured: dict[str, Any], years: str) -> str:
    """The few that the README shows."""
    head = ("", "founding", "after 5 years of settling in", f"year {years}", f"year {years}, constants off")
    rows = []
    for name in IN_README:
        row = measured["rows"][name]
        means = [row[at]["mean"] for at in ("founding", "settled", "end")] + [row["without_constants"]["end"]["mean"]]
        words = say(f"report.baseline.rows.{name}", "en")
        rows.append((words, *(level(_number(mean), row["unit"], "en") for mean in means)))
    verdicts = [row["holds"] for row in measured["rows"].values()]
    off = [row["without_constants"]["holds"] for row in measured["rows"].values()]
    n, of = verdicts.count(True), len(verdicts) - verdicts.count(None)
    return f"{table(head, rows)}\n{n} of {of} targets hold; with the area constants off {off.count(True)} do."


def _target(target: dict[str, Any] | None, unit: str) -> str:
    if target is None:
        return ""
    low, high = _number(target["low"]), _number(target["high"])
    return target_words(Target("", low, high, target["of"], "", ""), unit, "en")


def _with_half(estimate: dict[str, float | None], unit: str) -> str:
    mean, half = level(_number(estimate["mean"]), unit, "en"), _number(estimate["half_interval"])
    return mean if half != half else f"{mean} ± {level(half, unit, 'en')}"


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _fill(path: Path, name: str, text: str) -> None:
    """Put a text between the marks of a page."""
    page = path.read_text(encoding="utf-8")
    block = f"<!-- {name} -->\n{text.rstrip()}\n<!-- /{name} -->"
    path.write_text(re.sub(f"<!-- {name} -->.*<!-- /{name} -->", lambda _: block, page, flags=re.S), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
