"""Where the time of a run went, as a table: what is done once, then what each month does, phase by phase."""

from __future__ import annotations

from sim.base.language import say
from sim.engine.clock import Clock
from sim.report.numbers import number
from sim.report.tables import Row, Table
from sim.report.titles import opened

ONCE = ("reading", "founding", "saving")
"""Parts of a run that have nothing to do with its months."""


def profile_table(clock: Clock, language: str) -> Table:
    """Seconds, share of the whole, and milliseconds each time, by part."""
    names = ("part", "seconds", "share", "each_time")
    table = Table(tuple(say(f"report.profile.{name}", language) for name in names))
    whole = sum(clock.seconds.values())
    for section, parts in (("once", ONCE), ("months", [part for part in clock.seconds if part not in ONCE])):
        table.rows.append(Row((opened(say(f"report.profile.{section}", language)),)))
        table.rows += [_row(clock, part, whole, language) for part in parts if part in clock.seconds]
    table.caption = say("report.profile.whole", language, seconds=number(whole, 2, language))
    return table


def profile_data(clock: Clock) -> dict[str, dict[str, float]]:
    """The same for programs: of each part, how many seconds it took in all, and how often it came."""
    return {part: {"seconds": seconds, "times": clock.times[part]} for part, seconds in clock.seconds.items()}


def _row(clock: Clock, part: str, whole: float, language: str) -> Row:
    seconds = clock.seconds[part]
    cells = (seconds, 2), (100.0 * seconds / max(whole, 1e-9), 1), (1000.0 * seconds / clock.times[part], 1)
    return Row((part_name(part, language), *(number(value, decimals, language) for value, decimals in cells)))


def part_name(part: str, language: str) -> str:
    """What a part of a run is called; a phase that has no words of its own is called by its name."""
    key = f"report.profile.parts.{part.replace(' ', '_')}"
    words = say(key, language)
    return part if words == key else words
