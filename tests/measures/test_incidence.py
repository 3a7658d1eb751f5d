"""Who gains and who loses: by hand, the same life twice, and two lives exchanged."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.engine.simulation import Simulation
from sim.measures.cohort import Cohort, Lives
from sim.measures.incidence import ALIKE, BETTER, RESPECTS, WORSE, incidence, left, outcomes

NAN = float("nan")


def lives(**changes: list) -> Lives:
    """Three households with a home."""
    columns: dict[str, list] = {
        "is_here": [True] * 3, "is_housed": [True] * 3, "income": [20_000.0] * 3, "cost": [6_000.0] * 3,
        "rooms_short": [0] * 3, "amenity": [0.0] * 3, "months_without": [0] * 3, "was_forced": [False] * 3,
    }  # fmt: skip
    types = {"income": np.float32, "cost": np.float32, "amenity": np.float32}
    return Lives(**{name: np.array(values, types.get(name)) for name, values in {**columns, **changes}.items()})


def cohort(n: int = 3) -> Cohort:
    zeros = [np.zeros(n, kind) for kind in (np.uint8, np.int8, np.int8, np.int8, np.int32, np.bool_)]
    return Cohort(np.arange(1, n + 1), *zeros)


@pytest.mark.parametrize(
    ("respect", "one", "other", "expected"),
    [
        ("cost", {}, {"cost": [5_500.0, 6_500.0, 6_100.0]}, [BETTER, WORSE, ALIKE]),
        ("crowding", {"rooms_short": [1, 0, 1]}, {"rooms_short": [0, 1, 1]}, [BETTER, WORSE, ALIKE]),
        ("waiting", {"months_without": [5, 0, 3]}, {"months_without": [0, 5, 3]}, [BETTER, WORSE, ALIKE]),
        ("area", {"amenity": [0.0, 1.0, 0.5]}, {"amenity": [1.0, 0.0, 0.51]}, [BETTER, WORSE, ALIKE]),
        ("staying", {"was_forced": [True, False, True]}, {"was_forced": [False, True, True]}, [BETTER, WORSE, ALIKE]),
        ("home", {"is_housed": [False, True, True]}, {"is_housed": [True, False, True]}, [BETTER, WORSE, ALIKE]),
    ],
)
def test_what_is_better_is_what_one_would_call_so(respect: str, one: dict, other: dict, expected: list[int]) -> None:
    assert outcomes(respect, lives(**one), lives(**other)).tolist() == expected


@pytest.mark.parametrize("respect", ["cost", "crowding", "area"])
def test_nothing_is_said_of_the_home_of_those_who_have_none_in_one_of_the_cities(respect: str) -> None:
    no_home: dict[str, list] = {"cost": [NAN, 1.0, 1.0], "rooms_short": [-1, 0, 0], "amenity": [NAN, 0.0, 0.0]}
    without = lives(is_housed=[False, True, True], **no_home)
    assert outcomes(respect, lives(), without)[0] == -1
    assert outcomes(respect, without, lives())[0] == -1


@pytest.mark.parametrize("respect", list(RESPECTS))
def test_nothing_is_said_of_those_who_have_left_one_of_the_cities(respect: str) -> None:
    gone = lives(is_here=[False, True, True], is_housed=[False, True, True], income=[NAN, 1.0, 1.0])
    assert outcomes(respect, lives(), gone)[0] == -1


def test_who_has_left_is_counted_both_ways() -> None:
    assert left(lives(is_here=[True, True, False]), lives(is_here=[True, False, True])) == (1, 1)


def test_counts_are_by_what_households_were_at_the_start() -> None:
    mixed = cohort()
    mixed.tenure[:] = [-1, 0, 3]
    mixed.fifth[:] = [0, 4, 4]
    counts = incidence(mixed, lives(), lives(cost=[5_000.0, 7_000.0, 7_000.0]), 2, 4)
    cost = counts[list(RESPECTS).index("cost")]
    assert cost.sum() == 3
    assert cost[BETTER, 0, 0, 4, 0] == 1
    assert cost[WORSE, 0, 4, 0, 0] == cost[WORSE, 0, 4, 3, 0] == 1


@pytest.fixture(scope="module")
def followed() -> tuple[Cohort, Simulation]:
    scenario = sim.load("two-towns", set={"time.months": 14, "time.burn_in": 0})
    run = Simulation.founded(scenario, 4, look_at=(12, 14))
    while not run.is_over:
        run.pass_month()
    assert run.history.cohort is not None
    return run.history.cohort, run


def test_everybody_present_at_the_start_is_followed(followed: tuple[Cohort, Simulation]) -> None:
    whole, run = followed
    founded = Simulation.founded(run.scenario, 4).engine.city.households
    assert whole.ids.tolist() == sorted(founded.id[founded.rows()].tolist())
    assert set(whole.looks) == {12, 14}


def test_a_look_is_what_the_city_says(followed: tuple[Cohort, Simulation]) -> None:
    whole, run = followed
    city, look = run.engine.city, whole.looks[14]
    here, rows = city.households, {int(city.households.id[row]): row for row in city.households.rows()}
    for place, name in enumerate(whole.ids.tolist()):
        assert look.is_here[place] == (name in rows)
        if name in rows:
            row = rows[name]
            assert look.is_housed[place] == (here.dwelling[row] >= 0)
            assert look.income[place] == here.income[row]
            if look.is_housed[place]:
                assert 0 <= look.cost[place] <= here.cost[row]
                assert look.amenity[place] == np.float32(city.areas.amenity[here.area[row]])


def test_months_without_a_home_and_forced_searches_only_grow(followed: tuple[Cohort, Simulation]) -> None:
    early, late = followed[0].looks[12], followed[0].looks[14]
    assert (late.months_without >= early.months_without).all()
    assert (late.months_without - early.months_without <= 2).all()
    assert late.months_without.max() > 2
    assert (late.was_forced >= early.was_forced).all()


def test_the_same_life_twice_is_alike_in_every_respect(followed: tuple[Cohort, Simulation]) -> None:
    whole = followed[0]
    counts = incidence(whole, whole.looks[14], whole.looks[14], 2, 4)
    assert counts[:, BETTER].sum() == counts[:, WORSE].sum() == 0
    assert (counts[:, ALIKE].sum(axis=(1, 2, 3, 4)) > 0).all()


def test_exchanging_the_cities_exchanges_gains_and_losses(followed: tuple[Cohort, Simulation]) -> None:
    whole = followed[0]
    there, back = (incidence(whole, one, other, 2, 4) for one, other in
                   ((whole.looks[12], whole.looks[14]), (whole.looks[14], whole.looks[12])))  # fmt: skip
    assert (there[:, BETTER] == back[:, WORSE]).all()
    assert (there[:, WORSE] == back[:, BETTER]).all()
    assert there[:, BETTER].sum() > 0


def test_being_followed_changes_nothing(followed: tuple[Cohort, Simulation]) -> None:
    plain = sim.run(followed[1].scenario, seed=4)
    assert followed[1].record().same_numbers(plain)
