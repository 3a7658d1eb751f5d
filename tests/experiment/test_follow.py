"""One household in several cities: its life is the same, and what is told is what the records say."""

from __future__ import annotations

import pytest

import sim
from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.follow import Life, follow
from sim.report.story import Words, differences, heading, story

SHORT = {"time.months": 24, "time.burn_in": 2}
OTHER = {**SHORT, "landlords.municipal.allocation.rule": "lottery", "landlords.private.screening": {"rule": "none"}}


def cities() -> list[sim.Scenario]:
    return [sim.load("two-towns", set=changes) for changes in (SHORT, OTHER)]


def lives(household: int | None = None, n: int = 2) -> tuple[Life, ...]:
    with Brake() as brake:
        found = follow(cities()[:n], seed=1, household=household, brake=brake, workers=0)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pair() -> tuple[Life, ...]:
    return lives()


def test_the_life_is_the_same_in_every_city_and_the_homes_are_not(pair: tuple[Life, ...]) -> None:
    one, other = pair
    assert one.household == other.household
    for here, there in zip(one.months, other.months, strict=True):
        assert (here.month, here.group, here.adults, here.children, here.age) == (
            there.month, there.group, there.adults, there.children, there.age
        )  # fmt: skip
        assert here.income == there.income
    assert [month.dwelling for month in one.months] != [month.dwelling for month in other.months]


def test_who_is_chosen_is_there_from_the_start_to_the_end(pair: tuple[Life, ...]) -> None:
    for life in pair:
        assert [month.month for month in life.months] == list(range(25))
        assert life.stays


def test_a_household_asked_for_is_the_one_that_is_followed(pair: tuple[Life, ...]) -> None:
    assert lives(pair[0].household) == pair


def test_nobody_can_be_followed_who_is_not_there() -> None:
    with pytest.raises(SimError, match="999999"):
        lives(999_999)


def test_every_move_is_told_with_its_month_place_and_cost(pair: tuple[Life, ...]) -> None:
    for life in pair:
        words = Words(life.setting, "en")
        told = list(story(life, "en"))
        moves = [now for before, now in zip(life.months, life.months[1:], strict=False)
                 if before.dwelling != now.dwelling and now.dwelling >= 0]  # fmt: skip
        said = [one for one in told if "moves to" in one]
        assert len(said) == len(moves)
        for now, one in zip(moves, said, strict=True):
            assert one.startswith(words.date(now.month))
            assert life.setting.areas[str(now.area)] in one
            assert f"{round(now.cost):,}" in one


@pytest.mark.parametrize("language", ["en", "sv"])
def test_no_key_is_left_in_what_is_told(pair: tuple[Life, ...], language: str) -> None:
    told = [heading(pair, language), *differences(pair, language)]
    told += [one for life in pair for one in story(life, language)]
    assert not any("story." in one or "report." in one for one in told)


def test_one_city_alone_tells_of_a_household_that_moves() -> None:
    (life,) = lives(n=1)
    assert len({month.dwelling for month in life.months}) > 1
