"""Nobody who may have a home, and comes before who gets it, is passed over; nobody is worse off than at home."""

import math

import numpy as np
import pytest
from cities import ORDERS, Quarter, founded, passed, seeds, town, towns, until
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.city.households import NEVER, NOBODY
from sim.kernels.budget import net_costs
from sim.rules.allocation.reserves import reserved_for
from sim.rules.contracts import Applications

FEW = settings(max_examples=8)
ROUNDING = 1e-3
"""Utility that single precision may lose: worths are about 40 units with 24 bits, 5e-6 each, and are added up."""
CROWDED = Quarter((40, 25, 25, 10), 0.4)
FULL = {"vacancy": dict.fromkeys(("public_rental", "private_rental", "cooperative", "owner_occupied"), 0.06)}


def market_after(world, seed, months):
    """The market of a month when everything has been given away, before anybody moves."""
    engine = until(passed(founded(world, seed), months), "allocation")
    return engine, engine.market


def cost_of_more(market, seeker, listing, price):
    """Utility that a seeker loses where a bid home costs ``price`` and not what was asked."""
    offers = market.offers
    extra = offers.rate[listing] * (price - market.asked[listing])
    if extra <= 0:
        return 0.0
    left = market.purse[seeker] - offers.fee[listing] - offers.rate[listing] * market.asked[listing]
    return -market.cost_weight[seeker] * math.log1p(-extra / left) if left > extra else math.inf


def outcomes(market):
    """What each seeker has in the end: the utility of the home it is given, at its price, or of staying."""
    value = market.stay.astype(np.float64).copy()
    for listing, seeker in enumerate(market.holder):
        if seeker != NOBODY:
            column = int(np.flatnonzero(market.listing[seeker] == listing)[0])
            loss = cost_of_more(market, seeker, listing, market.price[listing])
            value[seeker] = market.worth[seeker, column] - loss
    return value


def applications(market):
    """Seeker, column and listing of every application."""
    for seeker, column in zip(*np.nonzero(market.listing >= 0), strict=True):
        yield int(seeker), int(column), int(market.listing[seeker, column])


@FEW
@given(world=towns(stock=FULL), seed=seeds, months=st.integers(0, 4))
def test_nobody_gets_a_home_that_is_worse_than_staying(world, seed, months):
    market = market_after(world, seed, months)[1]
    if market.offers is None:
        return
    value = outcomes(market)
    assert (value >= market.stay - ROUNDING).all()
    holders = market.holder[market.holder != NOBODY]
    assert len(np.unique(holders)) == len(holders)


@FEW
@given(world=towns(stock=FULL), seed=seeds, months=st.integers(0, 4))
def test_nobody_is_passed_over_for_a_home_by_somebody_who_comes_later(world, seed, months):
    """Claims hold the landlord's order: screened out is minus infinity, outside a reserve is far behind."""
    market = market_after(world, seed, months)[1]
    if market.offers is None:
        return
    value = outcomes(market)
    for seeker, column, listing in applications(market):
        claim, holder = market.claim[seeker, column], market.holder[listing]
        wants = market.worth[seeker, column] > value[seeker] + ROUNDING
        if market.offers.rate[listing] > 0 or not wants or claim == -np.inf:
            continue
        assert holder != NOBODY
        at = int(np.flatnonzero(market.listing[holder] == listing)[0])
        assert market.claim[holder, at] >= claim


@FEW
@given(world=towns(stock=FULL), seed=seeds, months=st.integers(0, 4))
def test_nobody_left_out_would_pay_more_than_the_price_and_a_step(world, seed, months):
    market = market_after(world, seed, months)[1]
    if market.offers is None:
        return
    value = outcomes(market)
    for seeker, column, listing in applications(market):
        offers, claim = market.offers, market.claim[seeker, column]
        if not offers.rate[listing] > 0 or market.holder[listing] == seeker:
            continue
        step = max(0.01 * market.asked[listing], 1.0)
        price = market.price[listing] + (step if market.holder[listing] != NOBODY else 0.0)
        worth = market.worth[seeker, column] - cost_of_more(market, seeker, listing, price)
        assert claim < price or worth <= value[seeker] + ROUNDING


@FEW
@given(world=towns(stock=FULL), seed=seeds, months=st.integers(0, 4))
def test_nobody_pays_more_than_it_can_nor_less_than_is_asked(world, seed, months):
    market = market_after(world, seed, months)[1]
    if market.offers is None:
        return
    for listing, seeker in enumerate(market.holder):
        assert market.price[listing] >= market.asked[listing]
        if seeker == NOBODY or market.offers.rate[listing] == 0:
            assert market.price[listing] == market.asked[listing]
            continue
        column = int(np.flatnonzero(market.listing[seeker] == listing)[0])
        assert market.price[listing] <= market.claim[seeker, column]


DEMANDS = {
    "income_floor": st.sampled_from((None, 1.5, 3.0)), "income_ceiling": st.sampled_from((None, 30_000)),
    "residual_income": st.sampled_from((None, 4_000)), "size_fit": st.booleans(), "queue_member": st.booleans(),
    "local": st.sampled_from((None, 0, 24)),
}  # fmt: skip


@settings(max_examples=15)
@given(asked=st.fixed_dictionaries(DEMANDS), seed=seeds)
def test_nobody_applies_who_does_not_meet_the_demands(asked, seed):
    """The choice kernel asks what the rule of eligibility asks, which is written anew in plain NumPy."""
    world = town([CROWDED] * 3, stock=FULL, municipal={"allocation": {"rule": "lottery", "eligibility": asked}})
    engine = until(founded(world, seed), "preference")
    market, city, book = engine.market, engine.city, engine.rulebook
    seekers, columns = np.nonzero(market.listing >= 0)
    listed = market.listing[seekers, columns]
    mine = market.offers.policy[listed] == 0
    rows, homes = market.applicants[seekers[mine]], market.offers.dwelling[listed[mine]]
    applications = Applications(rows, homes, market.offers.cost[listed[mine]])
    net, here = np.empty(len(rows), np.float32), city.households
    net_costs(np.arange(len(rows)), applications.cost, *(getattr(here, name)[rows] for name in PAYS), book.norms(), net)
    assert book.policies[0].eligibility.may_apply(city.readonly(), applications, book.schedule, net).all()


PAYS = ("income", "adults", "children")


@pytest.mark.parametrize("months", [0, 1_200])
def test_ties_to_the_place_are_asked_for_by_months(months):
    world = town(
        [CROWDED] * 3, stock=FULL, municipal={"allocation": {"rule": "lottery", "eligibility": {"local": months}}}
    )
    moves = passed(founded(world, 1), 2).record().lettings.column("landlord").to_pylist()
    assert ("municipal" in moves) == (months == 0)


# The same from outside: queue time alone, asked of the households and not of the claims


def waited(engine, seeker):
    here = engine.city.households
    since = int(here.queue_since[engine.market.applicants[seeker]])
    return 0 if since == NEVER else engine.city.month - since


@FEW
@given(seed=seeds)
def test_in_a_queue_who_has_waited_longest_of_those_who_want_a_home_gets_it(seed):
    world = town([CROWDED] * 3, stock=FULL, municipal={"allocation": {"rule": "queue"}})
    engine, market = market_after(world, seed, 0)
    value, asked = outcomes(market), 0
    for seeker, column, listing in applications(market):
        if market.offers.policy[listing] != 0 or market.worth[seeker, column] <= value[seeker] + ROUNDING:
            continue
        asked += 1
        assert waited(engine, market.holder[listing]) >= waited(engine, seeker)
    assert asked > 0


@FEW
@given(seed=seeds)
def test_what_is_set_aside_goes_to_its_class_before_anybody_else(seed):
    reserve = {"id": "new", "class": "no_home", "share": 0.5}
    order = {"rule": "queue", "reserves": [reserve]}
    engine, market = market_after(town([CROWDED] * 2, stock=FULL, municipal={"allocation": order}), seed, 0)
    city, value = engine.city, outcomes(market)
    reserves = engine.rulebook.policies[0].reserves
    number = reserved_for(reserves, city.readonly(), market.offers.dwelling, city.luck)
    is_free = city.households.need[market.applicants] >= 2
    for seeker, column, listing in applications(market):
        if market.offers.policy[listing] != 0 or market.worth[seeker, column] <= value[seeker] + ROUNDING:
            continue
        holder = market.holder[listing]
        if number[listing] == 0 and is_free[seeker] != is_free[holder]:
            assert is_free[holder]
        else:
            assert waited(engine, holder) >= waited(engine, seeker)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_whom_a_landlord_screens_out_gets_none_of_its_homes(chance):
    screening = {"rule": "by_group", "accept": {"a": 1.0, "b": chance}}
    private = {"allocation": ORDERS["first"], "screening": screening}
    simulation, let = founded(town([CROWDED] * 2, stock=FULL, private=private), 4), {0: 0, 1: 0}
    for _ in range(12):
        simulation.pass_month()
        moves = simulation.engine.tally.moves
        for group in moves["group"][moves["policy"] == 1]:
            let[int(group)] += 1
    assert let[0] > 0
    assert (let[1] > 0) == (chance > 0)
