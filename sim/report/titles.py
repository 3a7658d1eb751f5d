"""Names of measures, arms and breakdowns as a reader knows them."""

from __future__ import annotations

from collections.abc import Iterator

from sim.base.errors import MeasureError
from sim.base.language import has, say, written
from sim.engine.record import Record
from sim.measures.catalogue import measure_named
from sim.measures.names import MeasureName

IN_THOUSANDS = "affordability.public_cost"
"""A sum for a whole town."""

NAMED_GROUPS = ("income", "tenure")
"""Groupings of measures whose groups have names of their own, on the shelf of a breakdown."""


def title(name: str, language: str, labels: dict[str, str] | None = None) -> str:
    """A measure and for whom, in a few words; an unknown measure is shown by its name.

    Parameters
    ----------
    name : str
        As in the record.
    language : str
    labels : dict of str to str, optional
        What the groups of the scenario are called.

    Examples
    --------
    >>> title("access.waiting_time@income=1", "en")
    'Waiting time at letting, lowest income fifth'
    """
    try:
        said = measure_named(name).title(language)
    except MeasureError:
        return name
    base, _, _ = name.partition("@")
    shelf = next((shelf for shelf in NAMED_GROUPS if f".{shelf}" in base), None)
    parts = [_part(key, value, language, shelf, labels or {}) for key, value in MeasureName.parse(name).by]
    return ", ".join([said, *parts])


def breakdown(by: str, value: str, language: str, labels: dict[str, str]) -> str:
    """One part of a breakdown in words: ``income`` ``1`` is the lowest income fifth."""
    return _part(by, value, language, None, labels)


def _part(key: str, value: str, language: str, shelf: str | None, labels: dict[str, str]) -> str:
    known = f"report.by.values.{shelf if shelf and key in ('group', 'to') else key}.{value}"
    word = _inside(labels.get(value, "")) or (say(known, language) if has(known, language) else value.replace("_", " "))
    return say(f"report.by.{key}", language, value=word)


def _inside(text: str) -> str:
    """A label as it stands inside a sentence: Born abroad becomes born abroad, A stays A."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def unit(name: str) -> str:
    """Unit in which a measure is shown, a key of ``numbers.STYLES``; an index where the measure is unknown."""
    try:
        found = measure_named(name).unit
    except MeasureError:
        return "index"
    return f"k{found}" if name.startswith(IN_THOUSANDS) else found


def not_counted(name: str, language: str) -> str:
    """Who is not counted in a measure, in one sentence; nothing where the measure is unknown."""
    try:
        return measure_named(name).not_counted(language)
    except MeasureError:
        return ""


def arm(record: Record, language: str) -> str:
    """What a scenario is called inside a sentence: a short name where it has one, else its title in quotes."""
    key = f"report.arms.{record.scenario.replace('-', '_')}"
    if has(key, language):
        return say(key, language)
    return say("report.arm_by_title", language, title=scenario_title(record, language))


def scenario_title(record: Record, language: str) -> str:
    """Title of the scenario of a record, its id where it has none in any language."""
    titles = record.provenance.get("title") or {}
    return str(titles.get(language) or titles.get("en") or record.scenario)


def group_labels(record: Record, language: str) -> dict[str, str]:
    """What the groups of the scenario and the lines of its ledger are called, by id."""
    groups = {**(record.provenance.get("lines") or {}), **(record.provenance.get("groups") or {})}
    return {key: str(text.get(language) or text.get("en") or key) for key, text in groups.items()}


def founding_words(record: Record, language: str) -> Iterator[str]:
    """What the founding has to say for itself: its size, its fit to the margins, what was left out."""
    for told in (record.provenance.get("founding") or {}).get("sentences") or ():
        yield say(told["key"], language, **written(told["values"], language))


def opened(text: str) -> str:
    """A sentence with a capital at its beginning."""
    return text[:1].upper() + text[1:]
