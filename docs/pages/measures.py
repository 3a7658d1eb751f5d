"""The page of measures: every number that the engine can record."""

from __future__ import annotations

from collections.abc import Iterable

import sim
from pages.markdown import code, table
from sim.base.language import say
from sim.measures.catalogue import MEASURES
from sim.measures.measure import Measure

BRANCHES = {
    "segregation": "Who lives near whom",
    "access": "Who gets a home, and how long it takes",
    "affordability": "What a home costs",
    "displacement": "Moves not chosen",
    "theory": "Towns without money",
}

HEAD = """# Measures

A measure is a number computed on a city, once a month. It reads; no rule can reach it.

**Names.** `segregation.dissimilarity.origin` is the base; behind an `@` stands for whom it is taken:
`access.waiting_time@income=1` (lowest income fifth), `access.vacancy@tenure=cooperative`. A segregation index has a
*grouping*: `origin` (the groups of the scenario), `income` (fifths) or `tenure`. It may have two more *forms*:
`.chance` is what the same households would give if they were dealt at random, `.corrected` is the index with chance
taken out. Read about them in [levels of chance](../discussion/chance.md).

**Income** is disposable income per consumption unit wherever households are ranked or compared by it: fifths, income
segregation, mean incomes of areas. Statistics Sweden calls it economic standard. What a home takes of the income, and
what is left, is counted in kronor of the whole household.

**Who is not counted** stands beside every measure. A mean over those who have a home says nothing about those without.

**Recorded** says where a measure is taken by the engine of this version. *In no record yet* means that name, unit and
sentence are settled, and that a later version will take it.

"""


def page() -> str:
    """The whole page."""
    with_money = _recorded("two-towns", {"time.burn_in": 0, "time.months": 2})
    without = _recorded("schelling", {"time.months": 2})
    parts = [HEAD]
    for branch, title in BRANCHES.items():
        mine = [one for one in MEASURES if one.family.partition(".")[0] == branch]
        families = dict.fromkeys(one.family for one in mine)
        parts.append(f"## {title}\n")
        parts += [_family([one for one in mine if one.family == name], with_money, without) for name in families]
    return "\n".join(parts)


def _recorded(scenario: str, changes: dict[str, object]) -> frozenset[str]:
    """Bases of all names in a short record."""
    record = sim.run(sim.load(scenario, set=changes))
    return frozenset(name.partition("@")[0] for name in record.series)


def _family(measures: list[Measure], with_money: frozenset[str], without: frozenset[str]) -> str:
    """All groupings and forms of one measure."""
    first = measures[0]
    title = say(f"measures.{first.family}.title", grouping="...").removesuffix(", ...")
    rows = [
        ("names", _listed(one.name for one in measures if one.form == "raw")),
        ("forms", ", ".join(dict.fromkeys(code(f".{one.form}") for one in measures if one.form != "raw")) or "-"),
        ("unit", say(f"measures.units.{first.unit}")),
        ("range", _range(first)),
        ("broken down by", ", ".join(code(key) for key in first.by) or "-"),
        ("not counted", first.not_counted("en").removeprefix("Not counted: ")),
        ("wished for", {"low": "low", "high": "high", "neither": "neither"}[first.better]),
        ("source", first.source),
        ("recorded", _where(measures, with_money, without)),
    ]
    return f"### {title}\n\n{say(f'measures.{first.family}.sentence')}\n\n{table(('', ''), rows)}"


def _range(measure: Measure) -> str:
    low, high = ("no limit" if end is None else f"{end:g}" for end in (measure.low, measure.high))
    return f"{low} to {high}"


def _where(measures: list[Measure], with_money: frozenset[str], without: frozenset[str]) -> str:
    """Which of the names stand in which records."""
    names = [one.name for one in measures]
    never = [name for name in names if name not in with_money | without]
    if len(never) == len(names):
        return "in no record yet"
    said = [
        _those(names, with_money, "in towns with money"), _those(names, without, "in towns without money"),
        f"in no record yet: {_listed(never)}" if never else "",
    ]  # fmt: skip
    return "; ".join(part for part in said if part)


def _those(names: list[str], recorded: frozenset[str], where: str) -> str:
    found = [name for name in names if name in recorded]
    return where if found == names else f"{where}: {_listed(found)}" if found else ""


def _listed(names: Iterable[str]) -> str:
    return ", ".join(code(name) for name in names)
