"""One lever explained: what it moves, how far, who decides, on whose word, at what public cost, and how to pull it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sim.base.language import has, say

if TYPE_CHECKING:
    from sim.scenario.levers import Lever
    from sim.scenario.schema import Scenario

HOME = "gothenburg-levers"
"""The scenario whose levers are meant where none is named: that with most of them."""


def found(scenario: Scenario, name: str) -> Lever | None:
    """The lever of an id or a path, None if the scenario has none."""
    return next((lever for lever in scenario.levers if name in (lever.id, lever.path)), None)


def facts(lever: Lever, scenario: Scenario, language: str) -> Iterator[tuple[str, str]]:
    """What is to be known of a lever, each thing with its heading."""
    from sim.view.levers import shown, states

    today = next(state.today for state in states(scenario) if state.lever is lever)
    low, high, step, now = (shown(one, lever, language) for one in (lever.low, lever.high, lever.step, today))
    yield "moves", _moves(lever, scenario, language)
    yield "path", lever.path
    yield "range", say("cli.lever.from_to", language, low=low, high=high, step=step)
    yield "today", say("cli.lever.asleep", language) if lever.is_asleep else now
    yield "status", " ".join([say(f"view.status.{lever.status}", language), _checked(lever, language)]).strip()
    yield "decides", say(f"view.decides.{lever.decides or 'nobody'}", language)
    yield "source", _source(lever, scenario, language)
    yield "cost", _cost(lever, language)
    pulled = f"{lever.low if today == lever.high else lever.high:g}"
    yield "pull", f"hemvist run {scenario.id.replace('_', '-')} --set {lever.path}={pulled}"
    ramp = "" if today is None else "ramp: 12 months, "
    yield "timeline", f"timeline: [{{at: 2030-01, {ramp}until: 2039-12, set: {{{lever.path}: {pulled}}}}}]"


def warning(lever: Lever, language: str) -> str:
    """What a reader must know of a lever that nobody here may simply pull; nothing for the others."""
    key = f"cli.lever.warning.{lever.status}"
    return say(key, language) if has(key, language) else ""


def lines(lever: Lever, scenario: Scenario, language: str) -> Iterator[str]:
    """The whole, for a terminal."""
    yield lever.label.say(language)
    yield lever.help.say(language)
    if warning(lever, language):
        yield warning(lever, language)
    yield ""
    told = [(say(f"cli.lever.{key}", language), text) for key, text in facts(lever, scenario, language)]
    width = max(len(heading) for heading, _ in told)
    for heading, text in told:
        yield f"{heading:<{width}}  {text}"


def as_data(lever: Lever, scenario: Scenario) -> dict[str, Any]:
    """The same for programs."""
    cost = lever.cost if isinstance(lever.cost, str) else lever.cost.model_dump()
    return {
        "id": lever.id, "path": lever.path, "low": lever.low, "high": lever.high, "step": lever.step,
        "unit": lever.unit, "today": None if lever.is_asleep else scenario.value(lever.path), "source": lever.source,
        "status": lever.status, "decides": lever.decides, "checked": lever.checked, "cost": cost,
        "label": lever.label.model_dump(), "help": lever.help.model_dump(),
    }  # fmt: skip


def _moves(lever: Lever, scenario: Scenario, language: str) -> str:
    """What the parameter means, where a rule declares it."""
    from sim.scenario.nodes import split
    from sim.scenario.rules import RuleBlock
    from sim.scenario.walk import look

    *above, last = split(lever.path)
    entry = look(scenario, tuple(above))
    block = entry.value if entry is not None else None
    block = getattr(block, "rule", block)
    key = f"parameters.{block.kind}.{block.name}.{last}" if isinstance(block, RuleBlock) else ""
    return say(key, language) if key and has(key, language) else lever.help.say(language)


def _checked(lever: Lever, language: str) -> str:
    return say("cli.lever.checked", language, date=lever.checked) if lever.checked else ""


def _source(lever: Lever, scenario: Scenario, language: str) -> str:
    if lever.source == "assumed":
        return say("view.levers.assumed", language)
    return next((source.cite for source in scenario.sources if source.id == lever.source), lever.source)


def _cost(lever: Lever, language: str) -> str:
    if isinstance(lever.cost, str):
        return say("cli.lever.no_cost", language)
    return say("cli.lever.booked", language, line=lever.cost.book)
