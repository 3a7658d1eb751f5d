"""Mechanisms: what a scenario has, and that a town without one is an ordinary scenario that lacks just that."""

from __future__ import annotations

import pytest

import sim
from sim.experiment.mechanisms import MECHANISMS, Mechanism, changes, present
from sim.scenario.schema import Scenario

ALL = {one.name: one for one in MECHANISMS}


def without(world: str, *names: str) -> Scenario:
    return sim.load(world, set=dict(changes(sim.load(world), [ALL[name] for name in names], 12)))


@pytest.mark.parametrize("world", ["two-towns", "gothenburg", "gothenburg-market", "gothenburg-right"])
def test_a_town_without_any_of_its_mechanisms_loads_and_has_none_left(world: str) -> None:
    mechanisms = present(sim.load(world))
    bare = sim.load(world, set=dict(changes(sim.load(world), mechanisms, 12)))
    assert {one.name for one in mechanisms} >= {"own_group", "prices", "uneven_tenure", "income_gap"}
    assert not present(bare)


@pytest.mark.parametrize("name", [one.name for one in MECHANISMS if one.name != "constants"])
def test_without_one_mechanism_the_others_are_left(name: str) -> None:
    left = {one.name for one in present(without("two-towns", name))}
    assert left == {one.name for one in present(sim.load("two-towns"))} - {name}


def test_a_town_with_everything_on_differs_only_in_its_mixed_start_and_length() -> None:
    assert dict(changes(sim.load("two-towns"), [], 12)) == {
        "time.months": 12, "time.burn_in": 0, "founding": {"households": "by_lot"},
    }  # fmt: skip


def test_without_prices_nobody_gets_a_home_by_paying_more() -> None:
    town = without("two-towns", "prices")
    assert [landlord.allocation.rule.name for landlord in town.landlords] == ["queue", "mixed", "lottery", "lottery"]
    assert town.value("landlords.owners.price.speed") == 0
    market = without("gothenburg-market", "prices")
    assert {landlord.rent.name for landlord in market.landlords if landlord.rent} == {"utility_value"}


def test_without_the_queue_its_part_of_a_mix_is_dealt_by_lot_and_the_demands_stay() -> None:
    private = without("two-towns", "queue").landlords[1].allocation
    assert [part.rule.name for part in private.parts] == ["lottery", "first_acceptable"]
    assert private.eligibility == sim.load("two-towns").landlords[1].allocation.eligibility


def test_a_scenario_without_a_mechanism_does_not_have_it() -> None:
    def names(found: tuple[Mechanism, ...]) -> set[str]:
        return {one.name for one in found}

    assert "constants" not in names(present(sim.load("two-towns")))
    assert "constants" in names(present(sim.load("gothenburg")))
    assert "queue" not in names(present(sim.load("gothenburg-market")))
