"""One household's history in plain sentences, in one or several cities."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.base.language import say
from sim.base.months import show_month
from sim.experiment.follow import Life, Month, Setting
from sim.report.numbers import number, shown
from sim.report.titles import breakdown, opened

NO_HOME = -1
WHOLE_KRONA = 0.5


@dataclass(frozen=True)
class Words:
    """The words of one city in one language."""

    setting: Setting
    language: str

    def date(self, month: int) -> str:
        """Year and month."""
        return show_month(self.setting.start + month)

    def say(self, key: str, **values: object) -> str:
        """A sentence."""
        return say(f"story.{key}", self.language, **values)


def arm_name(life: Life, language: str) -> str:
    """What a city is called: the title of its scenario, in quotes."""
    return say("report.arm_by_title", language, title=life.setting.titles[language])


def heading(lives: Sequence[Life], language: str) -> str:
    """Whose story it is, and where."""
    names = ", ".join(arm_name(life, language) for life in lives)
    return say(f"story.title{'_one' if len(lives) == 1 else ''}", language, household=lives[0].household, arms=names)


def story(life: Life, language: str) -> Iterator[str]:
    """What happens to one household, a sentence for each event."""
    words = Words(life.setting, language)
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
    group = words.setting.groups.get(now.group, {}).get(words.language, now.group)
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
        "rooms": now.rooms, "area": words.setting.areas.get(str(now.area), str(now.area)),
        "tenure": breakdown("tenure", str(now.tenure), words.language, {}),
        "cost": shown(now.cost, "SEK_per_month", words.language),
        "burden": say("report.units.per_cent", words.language,
                      number=number(100 * now.cost / max(now.income, 1.0), 0, words.language)),
    }  # fmt: skip


def differences(lives: Sequence[Life], language: str) -> Iterator[str]:
    """What the rules changed for this household."""
    homes = {tuple(month.dwelling for month in life.months) for life in lives}
    if len(lives) > 1 and len(homes) == 1:
        yield say("story.alike", language)
        return
    for life in lives[1:]:
        ends = [one.months[-1] for one in (lives[0], life)]
        if not (lives[0].stays and life.stays) or NO_HOME in (end.dwelling for end in ends):
            continue
        gap = ends[1].cost - ends[0].cost
        names = {"arm": arm_name(life, language), "baseline": arm_name(lives[0], language)}
        if abs(gap) < WHOLE_KRONA:
            yield say("story.same_cost", language, **names)
        else:
            more = say(f"story.{'more' if gap > 0 else 'less'}", language)
            yield say("story.differs", language, gap=shown(abs(gap), "SEK", language), more=more, **names)
