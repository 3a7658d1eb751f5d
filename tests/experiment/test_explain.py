"""Explanations: Shapley shares add up, are right where one can tell, and come from the towns they say."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.explain import Ending, explain, orders_of, towns_of
from sim.experiment.explanation import Explanation, Town, keep

NAMES = ("a", "b", "c", "d")
EVERY = [frozenset(some) for n in range(5) for some in itertools.combinations(NAMES, n)]
MEASURE = "segregation.dissimilarity.origin"


def explained(games: list[dict[Town, float]], orders: tuple[tuple[str, ...], ...]) -> Explanation:
    levels = tuple(
        {town: np.array([game[town]]) for town in towns_of(order)} for game, order in zip(games, orders, strict=True)
    )
    return Explanation(sim.load("two-towns"), NAMES, (MEASURE,), 1, 12, len(games), orders, levels)


games = st.lists(st.floats(-1, 1), min_size=len(EVERY), max_size=len(EVERY)).map(
    lambda values: dict(zip(EVERY, values, strict=True))
)


@given(game=games, seed=st.integers(0, 99))
@settings(max_examples=50, deadline=None)
def test_shares_add_up_to_what_emerged_in_every_seed(game: dict[Town, float], seed: int) -> None:
    found = explained([game, game], orders_of(NAMES, seed, 2))
    none, whole = found.ends(MEASURE)
    assert found.values.sum(axis=1)[:, 0] == pytest.approx(whole - none, abs=1e-12)


@given(game=games)
@settings(max_examples=20, deadline=None)
def test_over_all_orders_the_shares_are_the_shapley_values(game: dict[Town, float]) -> None:
    orders = tuple(itertools.permutations(NAMES))
    found = explained([game] * len(orders), orders)
    for place, name in enumerate(NAMES):
        exact = sum(
            weight(town) * (game[town | {name}] - game[town]) for town in EVERY if name not in town
        )  # fmt: skip
        assert found.values[:, place, 0].mean() == pytest.approx(exact, abs=1e-12)


def weight(town: Town) -> float:
    """Share of the orders in which just these come before one of the four."""
    return 1 / (len(NAMES) * [1, 3, 3, 1][len(town)])


def test_what_only_adds_gets_exactly_what_it_adds_and_what_does_nothing_gets_nothing() -> None:
    worth = {"a": 0.5, "b": -0.25, "c": 0.0, "d": 1.0}
    game = {town: sum(worth[name] for name in town) for town in EVERY}
    shares = explained([game] * 3, orders_of(NAMES, 4, 3)).shares(MEASURE)
    assert [share.mean for share in shares] == pytest.approx(list(worth.values()))
    assert [share.last for share in shares] == pytest.approx(list(worth.values()))
    assert sum(share.of_all for share in shares) == pytest.approx(1.0)


def test_two_that_do_nothing_alone_share_what_they_do_together() -> None:
    game = {town: float({"a", "b"} <= town) for town in EVERY}
    found = explained([game] * 2, orders_of(NAMES, 1, 2))
    both = {share.mechanism: share for share in found.shares(MEASURE)}
    assert both["a"].mean == both["b"].mean == 0.5
    assert both["a"].last == both["b"].last == 1.0


def test_nothing_is_shared_out_where_nothing_clear_emerged() -> None:
    games = [{town: sign * len(town) for town in EVERY} for sign in (1.0, -1.0)]
    assert all(np.isnan(share.of_all) for share in explained(games, orders_of(NAMES, 1, 2)).shares(MEASURE))


@given(n=st.integers(1, 6), seed=st.integers(0, 9))
def test_every_mechanism_comes_first_once_in_as_many_seeds_as_there_are_mechanisms(n: int, seed: int) -> None:
    names = tuple("abcdef"[:n])
    assert sorted(order[0] for order in orders_of(names, seed, n)) == list(names)


def test_few_seeds_take_the_same_orders_as_many() -> None:
    assert orders_of(NAMES, 7, 9)[:3] == orders_of(NAMES, 7, 3)


def two_towns(more: dict[str, object]) -> sim.Scenario:
    return sim.load("two-towns", set=more)


def small(workers: int, measures: tuple[str, ...] = (MEASURE,)) -> Explanation:
    with Brake() as brake:
        return explain(two_towns, measures=measures, months=3, replications=2, seed=5, brake=brake, workers=workers)


@pytest.mark.slow
def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    texts = [keep(small(workers), tmp_path / str(workers)).read_text() for workers in (0, 2)]
    assert texts[0] == texts[1]
    data = json.loads(texts[0])
    assert data["mechanisms"] == ["own_group", "income_gap", "prices", "screening", "uneven_tenure", "queue"]
    assert len(data["levels"][0]) == len(towns_of(data["mechanisms"]))


def test_an_ending_is_the_mean_of_the_last_months_of_an_ordinary_run() -> None:
    town = two_towns({"time.months": 30, "time.burn_in": 0})
    (level,) = Ending(town, 3, (MEASURE,))(lambda months: False)
    assert level == pytest.approx(sim.run(town, seed=3).series[MEASURE][-24:].mean(), abs=1e-12)


def test_a_town_without_money_has_nothing_to_explain() -> None:
    with Brake() as brake, pytest.raises(SimError, match="two-towns"):
        explain(lambda more: sim.load("schelling", set=more), measures=(MEASURE,), months=3, replications=2, seed=1,
                brake=brake, workers=0)  # fmt: skip


def test_one_seed_is_too_few() -> None:
    with Brake() as brake, pytest.raises(SimError):
        explain(two_towns, measures=(MEASURE,), months=3, replications=1, seed=1, brake=brake, workers=0)
