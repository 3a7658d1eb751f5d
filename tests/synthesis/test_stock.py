"""Dwellings and landlords of the founding."""

from __future__ import annotations

import numpy as np
import pytest
from small_plans import city_of, plan_with

from sim.base.streams import Luck
from sim.city.dwellings import OWNER_OCCUPIED
from sim.synthesis.draws import Drawn, Draws
from sim.synthesis.owners import drawn_companies
from sim.synthesis.plan import Company
from sim.synthesis.stock import NEW, blocks_of, furnish

HOMES = [(400, 200, 300, 100), (0, 300, 100, 600)]


def test_mean_rooms_of_every_block_are_those_of_the_plan() -> None:
    """Drawn evenly: a block of n homes is off by at most a room in n, and vacant homes are drawn with the others."""
    plan = plan_with(HOMES, [0.2, 0.4])
    stock = furnish(plan, blocks_of(plan), Draws.of(Luck(1)))
    for area in (0, 1):
        for tenure in range(4):
            rooms = stock.rooms[(stock.area == area) & (stock.tenure == tenure)]
            if len(rooms):
                assert rooms.mean() == pytest.approx(plan.stock.rooms[area, tenure], abs=6 / len(rooms) + 0.005)


def test_houses_are_larger_and_cost_more_than_flats() -> None:
    city = city_of(plan_with(HOMES, [0.2, 0.4]))
    stock = city.dwellings
    house = stock.tenure == OWNER_OCCUPIED
    assert stock.m2[house].mean() > 1.5 * stock.m2[~house].mean()
    assert stock.price[house].mean() > 1.5 * stock.price[stock.tenure == 2].mean()


def test_per_square_metre_small_and_new_rentals_cost_more() -> None:
    stock = city_of(plan_with([(3000, 0, 0, 0)])).dwellings
    per_m2 = stock.rent / stock.m2
    is_new = stock.built > -60 - 12 * NEW
    old = ~is_new
    assert per_m2[old & (stock.rooms == 1)].mean() > per_m2[old & (stock.rooms == 4)].mean()
    assert per_m2[is_new].mean() > 1.3 * per_m2[old].mean()


def test_most_homes_were_built_in_the_main_period_and_all_before_the_founding() -> None:
    city = city_of(plan_with(HOMES, [0.2, 0.4]))
    years = (city.start + city.dwellings.built.astype(int)) // 12
    assert 0.75 <= ((years >= 1950) & (years <= 1980)).mean() <= 0.85
    assert city.dwellings.built.max() < city.founded_at


def test_vacant_homes_come_on_top_of_those_lived_in() -> None:
    city = city_of(plan_with(HOMES, [0.2, 0.4], vacancy=0.1))
    assert city.dwellings.is_vacant().sum() == pytest.approx(2000 / 9, abs=1)
    vacant = city.dwellings.vacant_since[city.dwellings.is_vacant()]
    assert (vacant <= city.founded_at).all()
    assert vacant.min() >= city.founded_at - 30


def test_named_companies_share_their_homes_and_local_ones_keep_to_their_areas() -> None:
    companies = (
        Company("Everywhere", 0, 0.7), Company("Here only", 0, 0.3, (1,)), *drawn_companies("Private", 1, 30),
        Company("Cooperatives", 2, 1.0), Company("Owners", 3, 1.0),
    )  # fmt: skip
    plan = plan_with([(1000, 3000, 10, 10), (1000, 0, 10, 10)], [0.1, 0.1], companies=companies)
    city = city_of(plan)
    stock = city.dwellings
    public = stock.tenure == 0
    local = stock.landlord == 1
    assert local[public].mean() == pytest.approx(0.3, abs=0.03)  # to an estate or two of thirty homes
    assert set(stock.area[local]) == {1}
    assert len(np.unique(stock.landlord[stock.tenure == 1])) >= 28  # of a hundred estates among thirty landlords
    assert (stock.landlord[stock.tenure == 3] == len(companies) - 1).all()


def test_local_companies_alone_have_everything_they_can_have() -> None:
    companies = tuple(Company(f"Local {k}", k, 1.0, (0,)) for k in range(4))
    city = city_of(plan_with([(20, 20, 20, 20), (5, 5, 5, 5)], [0.1, 0.1], companies=companies))
    assert (city.dwellings.landlord == city.dwellings.tenure).all()


def test_drawn_landlords_fall_in_size_with_their_rank() -> None:
    shares = np.array([company.share for company in drawn_companies("Private", 1, 30)])
    assert shares.sum() == pytest.approx(1.0)
    assert (np.diff(shares) < 0).all()


def test_even_draws_hit_every_part_of_the_range_once() -> None:
    block = np.repeat([0, 1], [7, 5])
    u = Draws.of(Luck(2)).even(Drawn.ROOMS, np.arange(12), block)
    assert sorted(np.floor(u[:7] * 7).astype(int)) == list(range(7))
    assert sorted(np.floor(u[7:] * 5).astype(int)) == list(range(5))


def test_one_home_more_leaves_the_draws_of_the_others_alone() -> None:
    draws = Draws.of(Luck(2))
    few, many = (draws.uniform(Drawn.M2, np.arange(n)) for n in (10, 11))
    assert (few == many[:10]).all()
