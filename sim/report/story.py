"""One household's history in plain sentences, in one or several cities."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.base.language import say
from sim.base.months import show_month
from sim.experiment.follow import Life, Month
from sim.report.numbers import number, shown
from sim.report.titles import breakdown, opened
from sim.scenario.schema import Scenario

NO_HOME = -1
WHOLE_KRONA = 0.5


@dataclass(frozen=True)
class Words:
    """What a story needs beside the life: the language, the calendar, what areas and groups are called."""

    language: str
    start: int
    areas: dict[str, str]
    groups: dict[str, str]

    @classmethod
    def of(cls, scenario: Scenario, language: str) -> Words:
        """The words of one scenario."""
        table = scenario.tables["space"]
        areas = dict(zip(table.texts("id"), table.texts("name"), strict=True))
        groups = {one.id: one.label.say(language) for one in scenario.population.groups if one.label is not None}
        return cls(language, scenario.time.start, areas, groups)

    def date(self, month: int) -> str:
        """Year and month."""
        return show_month(self.start + month)

    def say(self, key: str, **values: object) -> str:
        """A sentence."""
        return say(f"story.{key}", self.language, **values)


def arm_name(scenario: Scenario, language: str) -> str:
    """What a city is called: the title of its scenario, in quotes."""
    return say("report.arm_by_title", language, title=scenario.title.say(language))


def heading(lives: Sequence[Life], scenarios: Sequence[Scenario], language: str) -> str:
    """Whose story it is, and where."""
    names = ", ".join(arm_name(scenario, language) for scenario in scenarios)
    return say(f"story.title{'_one' if len(lives) == 1 else ''}", language, household=lives[0].household, arms=names)


def story(life: Life, words: Words) -> Iterator[str]:
    """What happens to one household, a sentence for each event."""
    first, last = life.months[0], life.months[-1]
    yield words.say("start", date=words.date(first.month), who=_who(first, words), home=_home(first, words))
    for before, now in itertools.pairwise(life.months):
        if (before.adults, before.children) != (now.adults, now.children):
            yield words.say("family", date=words.date(now.month), **_family(now, words))
        if before.dwelling != now.dwelling:
            yield _moved(life, now, words)
    if not life.stays:
        yield words.say("gone", date=words.date(last.month + 1))
    elif last is not first:
        yield words.say("end", date=words.date(last.month), who=_who(last, words), home=_home(last, words))


def _moved(life: Life, now: Month, words: Words) -> str:
    if now.dwelling == NO_HOME:
        return words.say("loses", date=words.date(now.month))
    cause, waited = life.causes.get(now.month), life.waits.get(now.month)
    has_cause = cause not in (None, "none")
    why = breakdown("cause", str(cause), words.language, {})
    return words.say(
        "moves", date=words.date(now.month), **_place(now, words),
        why=words.say("why", cause=why) if has_cause else "",
        waited=words.say("waited", months=waited) if waited is not None else "",
    )  # fmt: skip


def _who(now: Month, words: Words) -> str:
    group = words.groups.get(now.group, now.group)
    inside = group[:1].lower() + group[1:] if group[1:2].islower() else group
    income = shown(now.income, "SEK_per_month", words.language)
    return opened(words.say("who", **_family(now, words), age=now.age, group=inside, income=income))


def _family(now: Month, words: Words) -> dict[str, str]:
    adults = words.say("adults_one" if now.adults == 1 else "adults_many", number=now.adults)
    key = "none" if now.children == 0 else "one" if now.children == 1 else "many"
    return {"adults": adults, "children": words.say(f"children_{key}", number=now.children)}


def _home(now: Month, words: Words) -> str:
    return words.say("no_home") if now.dwelling == NO_HOME else words.say("home", **_place(now, words))


def _place(now: Month, words: Words) -> dict[str, object]:
    return {
        "rooms": now.rooms, "area": words.areas.get(str(now.area), str(now.area)),
        "tenure": breakdown("tenure", str(now.tenure), words.language, {}),
        "cost": shown(now.cost, "SEK_per_month", words.language),
        "burden": say("report.units.per_cent", words.language,
                      number=number(100 * now.cost / max(now.income, 1.0), 0, words.language)),
    }  # fmt: skip


def differences(lives: Sequence[Life], scenarios: Sequence[Scenario], language: str) -> Iterator[str]:
    """What the rules changed for this household."""
    homes = {tuple(month.dwelling for month in life.months) for life in lives}
    if len(lives) > 1 and len(homes) == 1:
        yield say("story.alike", language)
        return
    for life, scenario in zip(lives[1:], scenarios[1:], strict=True):
        ends = [one.months[-1] for one in (lives[0], life)]
        if not (lives[0].stays and life.stays) or NO_HOME in (end.dwelling for end in ends):
            continue
        gap = ends[1].cost - ends[0].cost
        names = {"arm": arm_name(scenario, language), "baseline": arm_name(scenarios[0], language)}
        if abs(gap) < WHOLE_KRONA:
            yield say("story.same_cost", language, **names)
        else:
            more = say(f"story.{'more' if gap > 0 else 'less'}", language)
            yield say("story.differs", language, gap=shown(abs(gap), "SEK", language), more=more, **names)
