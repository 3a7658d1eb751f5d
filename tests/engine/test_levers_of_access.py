"""Each lever of access moves what it is meant to move; with its rule stubbed out nothing moves."""

import copy
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pytest
from cities import Quarter, founded, town

from sim.city.households import NOBODY
from sim.rules import built_in

MONTHS = 36
SEED = 4
NORTH, SOUTH = 0, 1
QUARTERS = (
    Quarter((360, 240, 240, 36), 0.1, 1.0, 1.3),
    Quarter((360, 240, 60, 0), 0.6, -0.8, 0.75),
    Quarter((180, 180, 180, 180)),
)
PUBLIC, PRIVATE = 0, 1
ASSISTANCE = 16_000


@dataclass(frozen=True)
class Seen:
    """What a run leaves to be looked at."""

    moves: dict[str, np.ndarray]
    applications: int
    city: Any

    def n(self, **wanted: Any) -> int:
        """Moves of which each column holds what is wanted."""
        return int(np.logical_and.reduce([self.moves[name] == value for name, value in wanted.items()]).sum())


def poor_to_public_south(seen):
    moves = seen.moves
    return int(((moves["per_unit"] < ASSISTANCE) & (moves["policy"] == PUBLIC) & (moves["area"] == SOUTH)).sum())


def poor_to_private(seen):
    return int(((seen.moves["per_unit"] < ASSISTANCE) & (seen.moves["policy"] == PRIVATE)).sum())


def newcomers_to_public(seen):
    return seen.n(policy=PUBLIC, from_area=NOBODY)


def group_b_enters_the_south(seen):
    return seen.n(group=1, area=SOUTH) - seen.n(group=1, area=SOUTH, from_area=SOUTH)


def new_of_group_b_in_the_south(seen):
    return seen.n(group=1, area=SOUTH, from_area=NOBODY)


def applications(seen):
    return seen.applications


@dataclass(frozen=True)
class Lever:
    """Sections of the town at rest and pulled, what is measured, and by what share it moves at least and at most."""

    rule: tuple[str, str]
    rest: dict[str, Any]
    pulled: dict[str, Any]
    target: Any
    least: float
    most: float
    others: dict[str, Any] = field(default_factory=dict)


def public(rule="queue", **allocation):
    return {"municipal": {"allocation": {"rule": rule, **allocation}}}


def private(rule="first_acceptable", **allocation):
    return {"private": {"allocation": {"rule": rule, **allocation}}}


def admission(rule, **parameters):
    return {"admission": [{"rule": rule, **parameters}]}


def everywhere(rule, **parameters):
    return {"listing": admission(rule, **parameters)}


LEVERS = {
    # nobody of them any more; at rest so many do
    "work_income": Lever(
        ("admission", "work_income"), public(),
        public(**admission("work_income", areas=["q1"], open_share=0, assistance_below=ASSISTANCE)),
        poor_to_public_south, -1, -1,
    ),
    "counted_income": Lever(
        ("admission", "counted_income"), private(),
        private(**admission("counted_income", assistance_counts=0, assistance_below=ASSISTANCE)), poor_to_private, -1,
        -1,
    ),
    # who came in these three years cannot; who was without a home at the founding, and never had one, still can
    "residence": Lever(
        ("admission", "residence"), public(rule="lottery"),
        public(rule="lottery", **admission("residence", months=60)), newcomers_to_public, -1, -0.4,
    ),
    "group_quota": Lever(
        ("admission", "group_quota"), {}, everywhere("group_quota", most={"b": 0.3}), group_b_enters_the_south, -1, -1,
    ),
    "settling": Lever(
        ("admission", "settling"), {}, everywhere("settling", areas=["q1"], kept_away={"b": 1}),
        new_of_group_b_in_the_south, -1, -0.7,
    ),
    "direct_offer": Lever(
        ("admission", "direct_offer"), public(), public(**admission("direct_offer", share=1)), applications, -0.9, -0.1,
    ),
}  # fmt: skip


@cache
def _seen(key, months):
    world = town(QUARTERS, months=60, **dict(_WORLDS[key]))
    simulation = founded(world, SEED)
    passed, n = [], 0
    for _ in range(months):
        simulation.pass_month()
        passed.append(simulation.engine.tally.moves)
        n += simulation.engine.tally.counts["applications"]
    simulation.engine.city.check()
    return Seen({name: np.concatenate([one[name] for one in passed]) for name in passed[0]}, n, simulation.engine.city)


_WORLDS = {}


def seen(sections, months=MONTHS, fresh=False):
    """What a town of these sections leaves; runs are kept, but for those made with a stub."""
    key = repr(sections)
    _WORLDS[key] = copy.deepcopy(sections)
    return (_seen.__wrapped__ if fresh else _seen)(key, months)


@pytest.mark.slow
@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_moves_its_own_target(name):
    lever = LEVERS[name]
    rest, pulled = lever.target(seen(lever.rest)), lever.target(seen(lever.pulled))
    assert rest >= 8  # enough that a share says something
    assert lever.least <= pulled / rest - 1 <= lever.most


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if lever.rule[0] == "admission"])
def test_without_its_rule_a_lever_moves_nothing(name, monkeypatch):
    lever = LEVERS[name]
    admits_all = lambda self, city, applications, luck: np.ones(len(applications), np.bool_)  # noqa: E731
    monkeypatch.setattr(built_in().find(*lever.rule), "admits", admits_all)
    rest, pulled = (seen(one, months=8, fresh=True) for one in (lever.rest, lever.pulled))
    assert all(np.array_equal(rest.moves[key], pulled.moves[key]) for key in rest.moves)


def test_every_rule_of_admission_has_a_lever_that_is_tested():
    tested = {lever.rule[1] for lever in LEVERS.values() if lever.rule[0] == "admission"}
    assert set(built_in().names("admission")) == tested
