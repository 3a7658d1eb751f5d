"""``hemvist compare --same-cost``: one lever is scaled until both scenarios cost the public the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.base.language import say
from sim.cli.console import Console
from sim.cli.mistakes import Mistake
from sim.cli.options import Wishes

if TYPE_CHECKING:
    from sim.experiment.brake import Brake
    from sim.experiment.same_cost import SameCost
    from sim.scenario.levers import Lever
    from sim.scenario.schema import Scenario

MILLION = 1e6


@dataclass(frozen=True)
class Evened:
    """The scenario with its lever scaled, and how that was found."""

    scenario: Scenario
    other: Scenario
    lever: Lever
    before: float
    found: SameCost


def evened(
    console: Console, names: Sequence[str], scenarios: Sequence[Scenario], wishes: Wishes, name: str, brake: Brake,
    *, seed: int, workers: int | None, replications: int,
) -> Evened | None:  # fmt: skip
    """Scale a lever of the second scenario until it costs the public as much as the first.

    Raises
    ------
    Mistake
        If there are not two scenarios, or the second has no such lever awake.
    SimError
        If no level of it costs as much.
    """
    from sim.cli.finding import loader
    from sim.experiment.same_cost import same_cost

    if len(scenarios) != 2:
        raise Mistake("same_cost_of_two", n=len(scenarios))
    other, scenario = scenarios
    lever = _lever(scenario, name)
    before, load = scenario.value(lever.path), loader(names[1], wishes)
    console.note("evening", lever=lever.label.say(console.language), title=scenario.title.say(console.language))
    with console.progress("evening_now") as watch:
        found = same_cost(
            other, lambda value: load({lever.path: _written(value, before)}), (lever.low, lever.high),
            is_whole=_is_whole(before), seed=seed, replications=replications, brake=brake, workers=workers,
            watch=watch, rules=wishes.rules,
        )  # fmt: skip
    if found is None:
        return None
    return Evened(load({lever.path: _written(found.level.value, before)}), other, lever, float(before or 0.0), found)


def _lever(scenario: Scenario, name: str) -> Lever:
    from sim.base.registry import nearest
    from sim.cli import lever as levers

    lever = levers.found(scenario, name)
    if lever is not None and not lever.is_asleep:
        return lever
    known = [one.id for one in scenario.levers if not one.is_asleep]
    meant = nearest(name, known)
    raise Mistake("lever_unknown_suggest" if meant else "lever_unknown", found=name, of=scenario.id, meant=meant,
                  known=", ".join(known) or "-")  # fmt: skip


def _is_whole(before: Any) -> bool:
    return isinstance(before, int)


def _written(value: float, before: Any) -> float | int:
    return int(value) if _is_whole(before) else value


def sentences(one: Evened, language: str) -> Iterator[str]:
    """What was scaled, from what to what, and what both cost."""
    from sim.report.numbers import number
    from sim.view.levers import shown

    level = one.found.level
    low, high = level.left
    costs = {key: number(amount / MILLION, 1, language) for key, amount in
             {"other": level.others.mean(), "cost": level.costs.mean()}.items()}  # fmt: skip
    left = {key: number(amount / MILLION, 1, language, sign=True) for key, amount in
            {"gap": level.gap, "low": low, "high": high}.items()}  # fmt: skip
    yield say("cli.same_cost.scaled", language, lever=one.lever.label.say(language), path=one.lever.path,
              before=shown(one.before, one.lever, language), after=shown(level.value, one.lever, language),
              value=f"{level.value:.6g}", title=one.scenario.title.say(language))  # fmt: skip
    yield say("cli.same_cost.costs", language, title=one.other.title.say(language), n=len(level.costs), **costs, **left)


def as_data(one: Evened) -> dict[str, Any]:
    """The same for programs; SEK a year of the whole town."""
    level = one.found.level
    return {
        "lever": one.lever.id, "path": one.lever.path, "before": one.before, "after": level.value, "gap": level.gap,
        "interval": list(level.left), "cost": float(level.costs.mean()), "other_cost": float(level.others.mean()),
        "tried": [{"value": tried.value, "gap": tried.gap} for tried in one.found.tried],
    }  # fmt: skip
