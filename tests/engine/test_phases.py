"""Each phase of the month asks its rules, combines what they propose, and has it applied."""

from dataclasses import replace

import numpy as np
import pytest
from cities import TENURES, Quarter, addresses, founded, scenario, town, until, vacant
from stubs import Prices, Rents, Told, engine_with, rows, starts

from sim.base.errors import ScenarioError
from sim.city import changes
from sim.city.dwellings import COOPERATIVE
from sim.city.households import NEVER, NOBODY, Cause
from sim.city.newcomers import Newcomers
from sim.city.tally import Tally
from sim.engine.market import Market
from sim.engine.phases.allocation import allocation
from sim.engine.phases.demography import demography
from sim.engine.phases.listing import listing, offers_of
from sim.engine.phases.moving import moving
from sim.engine.phases.payment import payment
from sim.engine.phases.preference import preference
from sim.engine.phases.rents import rents
from sim.engine.phases.search import search
from sim.rules.proposals import DIED, GAVE_UP, LEFT_CITY, Lives, Schedule
from sim.scenario.people import MOST_SEEN

ROOMY = {"vacancy": dict.fromkeys(TENURES, 0.15)}
SPACIOUS = town([Quarter((40, 30, 40, 20), 0.3)] * 2, stock=ROOMY)


def housed(engine, n):
    here = engine.city.households
    everybody = here.rows()
    return everybody[here.dwelling[everybody] != NOBODY][:n]


def newcomers(n, parent=-1):
    def all_(value, dtype):
        return np.full(n, value, dtype)

    return Newcomers(
        id=(1 << 61) + np.arange(n), parent=all_(parent, "i4"), group=all_(0, "u1"), profile=all_(0, "u1"),
        adults=all_(1, "u1"), children=all_(0, "u1"), birth_month=all_(-400, "i2"), income=all_(2e4, "f4"),
        log_permanent=all_(10, "f4"), log_transitory=all_(0, "f4"), savings=all_(0, "f4"), queue_since=all_(0, "i2"),
        roots=all_(-1, "i2"), cause=all_(Cause.NO_HOME, "u1"),
    )  # fmt: skip


# Demography


def test_what_befalls_households_is_applied_and_counted():
    def lives(city):
        first = city.households.rows()[:8].astype(np.int32)
        return Lives(
            resized=first[:1], adults=np.uint8([4]), children=np.uint8([2]),
            registered=first[1:2], queue_since=np.int16([-99]),
            guest=first[2:3], host=first[3:4], newcomers=newcomers(3), person_moves=5,
            left=first[5:8], left_by=np.uint8([DIED, LEFT_CITY, GAVE_UP]),
        )  # fmt: skip

    engine = engine_with(demography=(Told(lives),))
    first, n = engine.city.households.rows()[:8], engine.city.households.n_used
    names = engine.city.households.id[first]
    demography(engine)
    here, counts = engine.city.households, engine.tally.counts
    assert (here.adults[first[0]], here.children[first[0]]) == (4, 2)
    assert here.queue_since[first[1]] == -99
    assert here.n_used == n + 3 - 1 - 3
    assert not np.isin(names[[2, 5, 6, 7]], here.id[here.rows()]).any()
    assert {name: counts[name] for name in counts if counts[name]} == {
        "entered": 3, "arrived": 3, "joined": 1, "person_moves": 5, "died": 1, "left_city": 1, "gave_up": 1,
    }  # fmt: skip
    engine.city.check()


def test_each_rule_of_lives_sees_what_the_one_before_it_did():
    seen = []
    look = Told(lambda city: seen.append(city.households.n_used) or Lives())
    engine = engine_with(demography=(look, Told(Lives(newcomers=newcomers(2, parent=0))), look))
    demography(engine)
    assert seen[1] == seen[0] + 2
    assert (engine.tally.counts["entered"], engine.tally.counts["arrived"]) == (2, 0)


def test_a_rule_of_lives_cannot_write():
    def writes(city):
        city.households.income[0] = 1.0

    with pytest.raises(ValueError, match="read-only"):
        demography(engine_with(demography=(Told(writes),)))


# Rents and prices


def test_vacant_homes_are_asked_for_every_month_and_sitting_ones_once_a_year():
    rule = Rents(month_of_change=4)
    engine = engine_with(SPACIOUS, policies={0: {"rent": rule}})
    stock, here = engine.city.dwellings, engine.city.households
    mine = np.flatnonzero(stock.policy == 0)
    is_empty = stock.occupant[mine] == NOBODY
    lived_in = stock.rent[mine[~is_empty]].copy()
    rents(engine)
    assert engine.city.month_of_year == 2
    assert (stock.rent[mine[is_empty]] == 5000).all()
    np.testing.assert_array_equal(stock.rent[mine[~is_empty]], lived_in)
    engine.city.month = 3
    rents(engine)
    assert (stock.rent[mine[~is_empty]] == 6000).all()
    assert (here.cost[stock.occupant[mine[~is_empty]]] == 6000).all()
    assert [(what, month) for what, month, _ in rule.asked] == [("asking", 1), ("asking", 3), ("sitting", 3)]
    for _, _, asked in rule.asked:
        assert np.isin(asked, mine).all()


def test_only_owned_vacant_homes_of_a_seller_are_priced():
    engine = engine_with(SPACIOUS, policies={2: {"price": Prices(1.25e6)}})
    stock = engine.city.dwellings
    mine = np.flatnonzero(stock.policy == 2)
    is_empty = stock.occupant[mine] == NOBODY
    before = stock.price[mine[~is_empty]].copy()
    rents(engine)
    assert (stock.price[mine[is_empty]] == 1.25e6).all()
    np.testing.assert_array_equal(stock.price[mine[~is_empty]], before)


# Payment


def test_months_owed_and_evictions_follow_the_rules():
    class Owes:
        def owed(self, city, left):
            self.left = left.copy()
            return np.where(left < 0, 2, 0).astype(np.uint8)

    arrears, out = Owes(), Told(lambda city: np.flatnonzero(city.households.arrears == 2)[:2].astype(np.int32))
    hard = Schedule(norm_adult=40_000.0)
    engine = engine_with(arrears=arrears, eviction=out, schedule=hard)
    without = np.flatnonzero(engine.city.households.is_used & (engine.city.households.dwelling == NOBODY))
    engine.city.households.income[without] = 1e6  # they owe nothing and cannot be evicted
    payment(engine)
    here = engine.city.households
    row = housed(engine, 1)[0]
    assert arrears.left[row] == pytest.approx(here.income[row] - here.cost[row] - 40_000.0)
    assert engine.tally.counts["evicted"] == 2
    assert (here.cause == Cause.EVICTED).sum() == 2
    engine.city.check()


def test_without_rules_of_payment_nobody_owes():
    engine = engine_with(arrears=None, eviction=None, schedule=Schedule(norm_adult=1e6))
    payment(engine)
    assert engine.city.households.arrears.sum() == 0
    assert (engine.tally.allowance, engine.tally.counts["evicted"]) == (0, 0)


# Search


def test_those_without_a_home_look_and_others_only_if_they_began():
    engine = engine_with(search=())
    here = engine.city.households
    search(engine)
    np.testing.assert_array_equal(
        engine.market.seekers, np.flatnonzero(here.is_used & (here.dwelling == NOBODY)).astype(np.int32)
    )
    chosen = housed(engine, 3)
    engine.rulebook = engine_with(search=(Told(starts(chosen, until=2)),)).rulebook
    search(engine)
    assert np.isin(chosen, engine.market.seekers).all()
    assert engine.tally.counts["seekers"] == len(engine.market.seekers)
    assert engine.tally.counts["looks.life_course"] == 3
    engine.rulebook = engine_with(search=()).rulebook
    for month, looks in ((2, True), (3, False)):
        engine.city.month = month
        search(engine)
        assert np.isin(chosen, engine.market.seekers).all() == looks


def test_the_rule_that_stands_first_is_heard_and_a_search_under_way_goes_on():
    engine = engine_with()
    one, two, three = housed(engine, 3).tolist()
    changes.look(engine.city, rows(three), np.uint8([Cause.PRICED_OUT]), np.int16([9]))
    first, second = Told(starts([one])), Told(starts([one, two, three], Cause.DISCONTENT))
    engine.rulebook = engine_with(search=(first, second)).rulebook
    search(engine)
    assert engine.city.households.cause[[one, two, three]].tolist() == [
        Cause.LIFE_COURSE, Cause.DISCONTENT, Cause.PRICED_OUT
    ]  # fmt: skip
    assert engine.city.households.search_until[three] == 9


# Listing


def test_what_stood_empty_when_the_month_began_is_listed_and_nothing_else():
    engine = engine_with(SPACIOUS)
    empty = vacant(engine.city)
    changes.vacate(engine.city, housed(engine, 2))
    listing(engine)
    assert sorted(engine.market.offers.dwelling.tolist()) == empty.tolist()
    assert engine.tally.counts["listings"] == len(empty)


def test_where_nothing_is_empty_nothing_is_offered_and_the_month_goes_on():
    engine = engine_with(town(stock={"vacancy": {}}))
    assert len(vacant(engine.city)) == 0
    for phase in (search, listing, preference, allocation, moving):
        phase(engine)
    assert engine.market.offers is None
    assert len(engine.market.holder) == 0
    assert len(engine.tally.moves["household"]) == 0


def test_where_money_costs_nothing_homes_are_still_sold_to_who_can_bid_most():
    engine = engine_with(SPACIOUS)
    engine.rulebook = replace(engine.rulebook, credit=engine.rulebook.credit._replace(user_cost=0.0))
    offers = offers_of(engine.city, engine.rulebook, vacant(engine.city).astype(np.int32))
    owned = engine.city.dwellings.tenure[offers.dwelling] >= COOPERATIVE
    assert owned.any()
    assert (offers.rate[owned] > 0).all()
    np.testing.assert_allclose(offers.cost[owned], offers.fee[owned])


def test_listings_carry_what_a_seeker_must_know_in_order_of_the_ring():
    engine = engine_with(SPACIOUS)
    city = engine.city
    offers = offers_of(city, engine.rulebook, vacant(city).astype(np.int32))
    stock, homes = city.dwellings, offers.dwelling
    assert (np.diff(offers.ring.astype(object)) > 0).all()
    owned = stock.tenure[homes] >= COOPERATIVE
    user_cost = engine.rulebook.credit.user_cost / 12
    np.testing.assert_allclose(offers.cost[~owned], stock.rent[homes[~owned]])
    np.testing.assert_allclose(
        offers.cost[owned], stock.rent[homes[owned]] + user_cost * stock.price[homes[owned]], rtol=1e-6
    )
    assert (offers.rate[owned] == user_cost).all()
    assert (offers.rate[~owned] == 0).all()
    np.testing.assert_array_equal(offers.area, stock.area[homes])
    np.testing.assert_allclose(offers.log_m2, np.log(stock.m2[homes]))
    parts = len(offers.first) - 1
    assert parts & (parts - 1) == 0
    for part in range(parts):
        begin = part * 2**64 // parts
        assert offers.first[part] == sum(int(place) < begin for place in offers.ring)


def test_a_home_is_new_for_fifteen_years():
    engine = engine_with(SPACIOUS)
    empty = vacant(engine.city).astype(np.int32)
    engine.city.dwellings.built[empty[:2]] = [engine.city.month - 179, engine.city.month - 180]
    offers = offers_of(engine.city, engine.rulebook, empty)
    new = dict(zip(offers.dwelling.tolist(), offers.is_new.tolist(), strict=True))
    assert (new[int(empty[0])], new[int(empty[1])]) == (True, False)


# Preference


def test_applications_are_few_fall_in_worth_and_beat_staying():
    engine = engine_with(SPACIOUS, n_applications=3)
    for phase in (search, listing, preference):
        phase(engine)
    market = engine.market
    assert market.listing.shape == (len(market.applicants), 3)
    asked = market.listing >= 0
    assert asked.any()
    worth = np.where(asked, market.worth, -np.inf)
    assert (worth[:, 1:] <= worth[:, :-1]).all()
    assert (worth[asked] > np.broadcast_to(market.stay[:, None], worth.shape)[asked]).all()
    for row in market.listing:
        known = row[row >= 0]
        assert len(np.unique(known)) == len(known)


def test_a_term_from_outside_is_asked_for_pairs_and_counts():
    class Loves:
        """A term that the kernel does not know: one dwelling is worth the world."""

        weight = 1.0

        def __init__(self, dwelling):
            self.dwelling = dwelling

        def by_pair(self, city, households, dwellings):
            return np.where(dwellings == self.dwelling, 1000.0, 0.0)

    plain = engine_with(SPACIOUS)
    loved = int(vacant(plain.city)[0])
    fond = engine_with(SPACIOUS, terms=((*plain.rulebook.terms[0], Loves(loved)),))
    for engine in (plain, fond):
        for phase in (search, listing, preference):
            phase(engine)
    first = fond.market.listing[:, 0]
    lovers = first[first >= 0]
    homes = fond.market.offers.dwelling[lovers]
    before = plain.market.listing[:, 0]
    assert (homes == loved).sum() > (plain.market.offers.dwelling[before[before >= 0]] == loved).sum()
    assert fond.market.worth[fond.market.listing[:, 0] >= 0, 0].max() > 900


def test_nobody_leaves_a_home_that_a_term_from_outside_makes_worth_the_world():
    class AtHome:
        weight = 1.0

        def by_pair(self, city, households, dwellings):
            return np.where(city.households.dwelling[households] == dwellings, 1000.0, 0.0)

    plain = engine_with(SPACIOUS)
    chosen = housed(plain, 40)
    look = (Told(starts(chosen)),)
    stay = engine_with(SPACIOUS, search=look, terms=((*plain.rulebook.terms[0], AtHome()),))
    for phase in (search, listing, preference):
        phase(stay)
    assert np.isin(chosen, stay.market.seekers).all()
    assert not np.isin(chosen, stay.market.applicants).any()
    assert len(stay.market.applicants) > 0


@pytest.mark.parametrize("down_payment", [0.0, 0.5])
def test_who_has_nothing_saved_can_borrow_it_all_only_where_no_down_payment_is_asked(down_payment):
    world = town([Quarter((10, 10, 60, 0))] * 2, stock=ROOMY)
    world["loans"]["down_payment"] = down_payment
    engine = engine_with(world)
    engine.city.households.savings[:], engine.city.households.loan[:] = 0, 1e9
    for phase in (rents, search, listing, preference, allocation, moving):
        phase(engine)
    tenures = engine.tally.moves["tenure"]
    assert (tenures < COOPERATIVE).any()
    assert (tenures >= COOPERATIVE).any() == (down_payment == 0)


def test_a_seeker_may_see_as_many_homes_as_fit_and_no_more():
    search_all = {"sample": MOST_SEEN, "rules": []}
    engine = engine_with(town([Quarter((90, 60, 90, 60))] * 3, stock={"vacancy": dict.fromkeys(TENURES, 0.6)},
                              search=search_all, listing={"max_applications": 300}))  # fmt: skip
    for phase in (search, listing, preference, allocation, moving):
        phase(engine)
    engine.city.check()
    assert (engine.market.listing >= 0).sum(axis=1).max() > 60
    with pytest.raises(ScenarioError, match="256"):
        scenario(town(search={**search_all, "sample": MOST_SEEN + 1}))


# Allocation and moving


def test_everybody_who_is_given_a_home_moves_in_and_says_so():
    engine = engine_with(SPACIOUS)
    before = addresses(engine.city)
    for phase in (search, listing, preference, allocation, moving):
        phase(engine)
    moves = engine.tally.moves
    assert len(moves["household"]) > 0
    after = addresses(engine.city)
    for name, home in zip(moves["household"].tolist(), moves["dwelling"].tolist(), strict=True):
        assert after[name] == home != before[name]
    assert moves["was_without"].any()
    np.testing.assert_array_equal(moves["policy"], engine.city.dwellings.policy[moves["dwelling"]])
    assert (moves["cost"] > 0).all()
    engine.city.check()


@pytest.mark.parametrize(("keeps", "since"), [(0.0, NEVER), (1.0, 1)])
def test_who_is_let_a_home_by_its_queue_time_loses_it_and_may_register_anew(keeps, since):
    engine = engine_with(SPACIOUS, keep_queue_time=keeps)
    for phase in (search, listing, preference, allocation, moving):
        phase(engine)
    moves, here = engine.tally.moves, engine.city.households
    row_of = {int(name): row for row, name in enumerate(here.id)}
    used = [row_of[int(name)] for name in moves["household"][moves["by_queue"]]]
    assert len(used) > 0
    assert (here.queue_since[used] == since).all()
    assert moves["by_queue"][moves["policy"] == 0].all()
    assert not moves["by_queue"][moves["policy"] >= 2].any()
    assert (moves["waited"][moves["by_queue"]] > 0).any()


def test_a_chain_goes_on_in_the_home_that_is_left():
    engine = engine_with(SPACIOUS)
    mover, home = int(housed(engine, 1)[0]), int(vacant(engine.city)[0])
    old = int(engine.city.households.dwelling[mover])
    changes.link(engine.city, rows(home), np.int16([4]))
    engine.market = Market(rows(mover), offers_of(engine.city, engine.rulebook, rows(home)), rows(mover))
    engine.market.holder, engine.market.price = rows(0), np.array([float(engine.city.dwellings.rent[home])])
    engine.market.asked = engine.market.price.copy()
    moving(engine)
    assert engine.city.dwellings.link[[home, old]].tolist() == [0, 5]
    assert len(engine.tally.chains) == 0
    homeless = int(np.flatnonzero(engine.city.households.is_used & (engine.city.households.dwelling == NOBODY))[0])
    engine.tally = Tally()
    engine.market = Market(rows(homeless), offers_of(engine.city, engine.rulebook, rows(old)), rows(homeless))
    engine.market.holder, engine.market.price = rows(0), np.array([float(engine.city.dwellings.rent[old])])
    engine.market.asked = engine.market.price.copy()
    moving(engine)
    assert engine.tally.chains.tolist() == [6]


def test_levels_answer_to_what_was_sold_in_the_tenure_of_the_seller():
    prices = Prices(2e5)
    engine = engine_with(SPACIOUS, policies={2: {"price": prices}})
    before = engine.city.books.price_level.copy()
    for phase in (rents, search, listing, preference, allocation, moving):
        phase(engine)
    (sales,) = prices.sales
    sold, stock = sales.paid > 0, engine.city.dwellings
    assert sold.any()
    assert (stock.policy[sales.dwelling] == 2).all()
    assert (sales.asked == 2e5).all()
    assert (sales.paid[sold] >= 2e5).all()
    assert (stock.occupant[sales.dwelling[sold]] != NOBODY).all()
    assert (stock.occupant[sales.dwelling[~sold]] == NOBODY).all()
    np.testing.assert_array_equal(engine.city.books.price_level[:, COOPERATIVE], before[:, COOPERATIVE] + 1)
    assert (engine.city.books.price_level[:, 0] == before[:, 0]).all()


def test_a_month_up_to_its_middle_is_a_month_of_the_whole_list():
    engine = until(founded(SPACIOUS, 3), "moving")
    assert engine.city.month == 1
    assert len(engine.tally.moves["household"]) == len(engine.market.holder[engine.market.holder != NOBODY])
