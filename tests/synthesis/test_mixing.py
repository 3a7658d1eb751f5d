"""A mixed start: the whole town as the tables say, and nothing about who lives where."""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, TENURES
from sim.city.households import NOBODY
from sim.engine.load import load
from sim.measures.chance.closed_forms import expected_dissimilarity
from sim.measures.segregation.evenness import dissimilarity
from sim.synthesis.founding import found

ROUNDING = 6
"""Homes of each of six areas are whole numbers: lived in and vacant each within one half."""

LOT = {"founding.households": "by_lot"}


def city_of(seed: int = 1, **changes: str) -> City:
    how = {**LOT, **{f"founding.{key}": value for key, value in changes.items()}}
    return found(load("two-towns", set=how), Luck(seed))[0]


def counts(city: City) -> np.ndarray:
    return city.recount()


def test_groups_start_at_the_level_of_pure_chance() -> None:
    found_at = [counts(city_of(seed)) for seed in range(1, 9)]
    indices = np.array([dissimilarity(count[:, 1], count.sum(axis=1)) for count in found_at])
    expected = expected_dissimilarity(found_at[0][:, 1], found_at[0].sum(axis=1))
    assert abs(indices.mean() - expected) < 3 * indices.std(ddof=1) / np.sqrt(len(indices))


def test_the_whole_town_is_the_one_of_the_tables() -> None:
    today = found(load("two-towns"), Luck(1))[0]
    for changes in ({}, {"tenures": "even"}, {"group_incomes": "equal"}):
        mixed = city_of(1, **changes)
        mixed.check()
        assert abs(counts(mixed).sum(axis=0) - counts(today).sum(axis=0)).max() <= ROUNDING
        homes = [np.bincount(city.dwellings.tenure, minlength=len(TENURES)) for city in (today, mixed)]
        assert abs(homes[0] - homes[1]).max() <= ROUNDING


def test_even_tenures_give_every_area_the_same_mix() -> None:
    stock = city_of(1, tenures="even").dwellings
    table = np.zeros((6, len(TENURES)))
    np.add.at(table, (stock.area, stock.tenure), 1)
    shares = table / table.sum(axis=1, keepdims=True)
    assert np.ptp(shares, axis=0).max() < 0.02
    assert (stock.price[stock.tenure >= COOPERATIVE] > 0).all()
    assert (stock.rent > 0).all()


def test_even_prices_are_the_same_in_every_area() -> None:
    level = city_of(1, prices="even").books.price_level
    assert np.ptp(level, axis=0).max() == 0
    assert (level[:, COOPERATIVE:] > 0).all()


def test_equal_incomes_close_the_gap_between_groups_and_nothing_else() -> None:
    def gap(city: City) -> float:
        here = city.households
        housed = here.dwelling != NOBODY
        logs = np.log(here.income.astype(float))
        return float(logs[housed & (here.group == 0)].mean() - logs[housed & (here.group == 1)].mean())

    assert gap(city_of(1)) > 0.1
    assert abs(gap(city_of(1, group_incomes="equal"))) < 0.05


def test_a_mixed_start_says_so_in_its_report() -> None:
    _, report = found(load("two-towns", set=LOT), Luck(1))
    said = [one["key"] for one in report["sentences"]]  # type: ignore[attr-defined]
    assert "founding.said.mixed" in said
    assert "founding.said.founded" not in said


@pytest.mark.parametrize("key", ["tenures: even", "prices: even", "group_incomes: equal"])
def test_what_only_a_mixed_start_can_have_is_refused_elsewhere(key: str) -> None:
    name, _, value = key.partition(": ")
    with pytest.raises(ScenarioError, match="by_lot"):
        load("two-towns", set={f"founding.{name}": value})
