"""One intervention explained: what was done where, what is known of it, and what it changes in a town."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.base.language import has, say

if TYPE_CHECKING:
    from sim.scenario.events import Intervention
    from sim.scenario.schema import Scenario

RULES = "investment.rules."
HOME = "gothenburg"
"""The town upon which one is laid where none is named."""


def facts(one: Intervention, scenario: Scenario, language: str) -> Iterator[tuple[str, str]]:
    """What is to be known of an intervention, each thing with its heading."""
    yield "place", f"{one.place.say(language)}, {one.years}"
    yield "done", one.done.say(language)
    yield "known", one.known.say(language)
    yield "left_out", one.left_out.say(language)
    yield "standing", say(f"view.status.{one.standing}", language)
    cite = next((source.cite for source in scenario.sources if source.id == one.source), one.source)
    yield "source", f"{cite} ({say(f'cli.intervention.statuses.{one.status}', language)})"


def warning(one: Intervention, language: str) -> str:
    """What a reader must know where the practice is contested, or not lawful here; nothing for the others."""
    key = f"cli.lever.warning.{one.standing}"
    return say(key, language) if has(key, language) else ""


def changes(town: Scenario, laid: Scenario, language: str) -> Iterator[str]:
    """What it changes in a town: path by path at the start, then month by month."""
    from sim.base.months import show_month
    from sim.scenario import contrast

    for path, old, new in _leaves(town, laid):
        yield _told(path, old, new)
    before = {change[1:4] for change in contrast.changes(town)}
    for month, path, old, new, _event in contrast.changes(laid):
        if (path, old, new) not in before:
            when = show_month(laid.time.start + month)
            yield f"{when}  {_told(path, old, new)}"


def _told(path: str, old: Any, new: Any) -> str:
    """A value, behind what stood there before if anything did."""
    from sim.scenario import contrast

    before = "" if old is contrast.ABSENT else f"{contrast.as_written(old)} -> "
    return f"{path}: {before}{contrast.as_written(new)}"


def _leaves(town: Scenario, laid: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """What is written in the intervention, value by value, beside what the town has; no defaults."""
    from sim.scenario import contrast

    for path, old, new in contrast.differences(town, laid):
        is_new = old in (None, contrast.ABSENT) and isinstance(new, dict | list)
        for inner in contrast.contrast(contrast.ABSENT, new, path) if is_new else [(path, old, new)]:
            if laid.is_written(inner[0]) and not inner[0].startswith("timeline."):
                yield _by_id(inner[0], laid), *inner[1:]


def _by_id(path: str, laid: Scenario) -> str:
    """A path with the id of a rule of investment in place of its number, which is what ``--set`` takes."""
    if not path.startswith(RULES) or laid.investment is None:
        return path
    number, _, rest = path.removeprefix(RULES).partition(".")
    return f"{RULES}{laid.investment.rules[int(number)].id}.{rest}"


def lines(one: Intervention, town: Scenario, laid: Scenario, language: str) -> Iterator[str]:
    """The whole, for a terminal."""
    yield one.title.say(language)
    if warning(one, language):
        yield warning(one, language)
    yield ""
    for heading, text in facts(one, laid, language):
        yield say(f"cli.intervention.{heading}", language) + f": {text}"
    yield ""
    yield say("cli.intervention.changes", language, town=town.title.say(language))
    yield from (f"  {line}" for line in changes(town, laid, language))
    yield ""
    yield say("cli.intervention.sizes", language)


def as_data(one: Intervention, town: Scenario, laid: Scenario) -> dict[str, Any]:
    """The same for programs."""
    return {**one.model_dump(), "changes": list(changes(town, laid, "en"))}
