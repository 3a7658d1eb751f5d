"""Whom the kernels of choice let apply where, against a plain account of one household and one home at a time."""

import numpy as np
import pytest

from sim.base.streams import Stream
from sim.kernels.budget import Norms, consumption_units, living_norm, net_cost, rooms_needed
from sim.kernels.choice import Applied, Extra, Keys, choose
from sim.kernels.means import NO_TIES, Credit, Demands, Means
from sim.kernels.offers import END_OF_RING, Offers, cards_of, first_of_parts, sample
from sim.kernels.tastes import ABOVE_MEANS, COST, CROWDING, DISTANCE, RELATIVE_STATUS, SPACE, Tastes
from sim.kernels.watch import Watch
from sim.kernels.who import FIRST_OWNED, Homes, Who

N_AREAS, N_TENURES, N_GROUPS, N_POLICIES, WIDTH = 5, 4, 2, 2, 3
ROUNDING = 2e-5
"""A worth is a sum of some ten numbers below 16 in single precision: each is within 16 x 2**-24, about 1e-6."""


class World:
    """A small market: 60 households, 40 of them housed, and 30 listings."""

    def __init__(self, seed, n=60, n_listings=30, kept=0.7):
        luck = np.random.default_rng(seed)
        n_homes = n + n_listings
        self.homes = Homes(luck.integers(1, 6, n_homes).astype("u1"), luck.uniform(20, 120, n_homes).astype("f4"))
        area, tenure = (
            luck.integers(0, N_AREAS, n_homes).astype("i2"),
            luck.integers(0, N_TENURES, n_homes).astype("i1"),
        )
        is_housed = np.arange(n) % 3 != 0
        home = np.where(is_housed, luck.permutation(n), -1).astype("i4")
        self.who = Who(
            id=np.arange(1, n + 1, dtype="i8"), group=luck.integers(0, N_GROUPS, n).astype("u1"),
            profile=np.zeros(n, "u1"), adults=luck.integers(1, 3, n).astype("u1"),
            children=luck.integers(0, 3, n).astype("u1"), income=luck.uniform(1e4, 6e4, n).astype("f4"),
            savings=luck.uniform(0, 6e5, n).astype("f4"), loan=luck.uniform(0, 1e6, n).astype("f4"), dwelling=home,
            area=np.where(is_housed, area[home], -1).astype("i2"),
            tenure=np.where(is_housed, tenure[home], -1).astype("i1"),
            roots=luck.integers(-1, N_AREAS, n).astype("i2"), cost=luck.uniform(4e3, 12e3, n).astype("f4"),
            moved_in=luck.integers(-100, 10, n).astype("i2"),
            queue_since=np.where(luck.random(n) < 0.5, 32767, -5).astype("i2"),
            since=luck.integers(-40, 0, n).astype("i2"),
        )  # fmt: skip
        self.seekers = np.arange(n, dtype=np.int32)
        self.offers = listed(luck, np.arange(n, n_homes, dtype=np.int32), area, tenure, self.homes)
        norms = Norms(6000.0, 4000.0, 3500.0, 0.6, 11_000.0)
        demands = Demands(
            np.array([0.0, 2.0]), np.array([np.inf, 5e4]), np.array([-np.inf, 2000.0]), np.array([True, False]),
            np.array([True, False]), np.array([NO_TIES, -20]),
        )  # fmt: skip
        level = np.where(np.arange(N_TENURES) >= FIRST_OWNED, 20_000.0, 0.0) * np.ones((N_AREAS, 1))
        self.means = Means(norms, demands, Credit(0.15, 6.0, 0.05, 0.03, 0.45), level)
        km = luck.uniform(0, 10, (N_AREAS, N_AREAS)).astype("f4")
        self.tastes = Tastes(
            luck.normal(size=(N_GROUPS, N_AREAS * N_TENURES)).astype("f4"), np.array([[3.0, 1.0, 0.8, 2.0, 0.06, 1.0]]),
            luck.normal(10.3, 0.3, N_AREAS), km, N_GROUPS, 0.5, 1.0, kept, float(np.log(8)), -60,
        )  # fmt: skip
        rank = np.argsort(luck.random((N_GROUPS, N_AREAS))) / (N_AREAS - 1)
        self.watch = Watch(rank.astype("f4"), N_GROUPS, 0.4, 0.9, 1, 0.5)
        self.keys = Keys(*(np.uint64(key) for key in luck.integers(0, 2**63, 4)))
        self.cards = cards_of(self.offers, self.tastes.log_income, N_TENURES, FIRST_OWNED)

    def choose(self, seen, extra=None):
        """What ``choose`` writes: (worth, claim) by household and listing, and what staying is worth."""
        n = len(self.seekers)
        room = Applied(
            np.empty(n, "i4"), np.empty((n, WIDTH), "i4"), np.empty((n, WIDTH), "f4"), np.empty((n, WIDTH)),
            np.empty(n, "f4"), np.empty(n), np.empty(n),
        )  # fmt: skip
        none = Extra(np.zeros((0, 0), "f4"), np.zeros(0, "f4"))
        k = choose(
            self.seekers, seen, self.who, self.homes, self.offers, self.cards, self.watch, self.means, self.tastes,
            self.keys, extra or none, room,
        )  # fmt: skip
        return Applied(*(array[:k] for array in room))


def listed(luck, rows, area, tenure, homes):
    """Listings of some homes, rentals at a rent and owned ones at a price."""
    n = len(rows)
    places = np.sort(luck.integers(0, 2**64, n, dtype=np.uint64))
    owned = tenure[rows] >= FIRST_OWNED
    fee = np.where(owned, luck.uniform(2e3, 5e3, n), 0.0)
    user_cost = np.where(owned, 0.03 / 12, 1.0)
    asked = np.where(owned, luck.uniform(5e5, 4e6, n), luck.uniform(4e3, 14e3, n))
    return Offers(
        np.append(places, END_OF_RING), first_of_parts(places), rows, area[rows], tenure[rows],
        luck.integers(0, N_POLICIES, n).astype("u1"), homes.rooms[rows], luck.random(n) < 0.3, np.log(homes.m2[rows]),
        (fee + user_cost * asked).astype("f4"), np.where(owned, asked, 0.0).astype("f4"), fee,
        np.where(owned | (luck.random(n) < 0.3), user_cost, 0.0),
    )  # fmt: skip


def log(number):
    return float(np.log(number))


class OneByOne:
    """The same, of one household: written down from what the terms are said to be."""

    def __init__(self, world, row):
        self.world, self.row, who = world, row, world.who
        self.adults, self.children = int(who.adults[row]), int(who.children[row])
        self.income, self.home, self.name = float(who.income[row]), int(who.dwelling[row]), np.array([who.id[row]])
        self.units = consumption_units(self.adults, self.children)
        self.norm = living_norm(self.adults, self.children, world.means.norms)
        self.liquid = float(who.savings[row])
        if self.home >= 0 and who.tenure[row] >= FIRST_OWNED:
            worth = world.means.price_level[who.area[row], who.tenure[row]] * world.homes.m2[self.home]
            self.liquid += max(0.0, float(worth - who.loan[row]))
        self.weight = world.tastes.weight[0]

    def net(self, cost):
        return net_cost(cost, self.income, self.norm, self.world.means.norms)

    def taste(self, dwelling):
        tastes, keys = self.world.tastes, self.world.keys
        shock = 0.0
        for key, scale in ((keys.kept, tastes.kept), (keys.fresh, 1.0 - tastes.kept)):
            drawn = Stream(int(key)).pair_words(self.name, np.array([dwelling]))[0] >> np.uint64(41)
            shock -= tastes.scale * scale * log(-log((float(drawn) + 0.5) * 2.0**-23))
        return shock

    def worth(self, dwelling, area, tenure, cost, km):
        tastes, m2, rooms = self.world.tastes, self.world.homes.m2[dwelling], int(self.world.homes.rooms[dwelling])
        cell = int(area) * N_TENURES + int(tenure)
        missing = max(rooms_needed(self.adults, self.children) - rooms, 0)
        return (
            tastes.by_cell[self.world.who.group[self.row], cell]
            + self.weight[COST] * log(max(self.income - self.net(cost), 100.0))
            + self.weight[SPACE] * (log(m2) - 0.5 * log(self.adults + self.children))
            - self.weight[CROWDING] * missing
            - self.weight[RELATIVE_STATUS] * max(log(self.income / self.units) - tastes.log_income[area], 0.0)
            - self.weight[ABOVE_MEANS] * max(tastes.log_income[area] - log(self.income / self.units), 0.0)
            - self.weight[DISTANCE] * km + self.taste(dwelling)
        )  # fmt: skip

    def stay(self):
        who, tastes = self.world.who, self.world.tastes
        if self.home < 0:
            return -1e30
        worth = self.worth(self.home, who.area[self.row], who.tenure[self.row], float(who.cost[self.row]), 0.0)
        bonus = tastes.scale * tastes.kept * tastes.founding_bonus * (who.moved_in[self.row] <= tastes.founded_at)
        return worth + tastes.moving_cost + bonus

    def watches(self, listing):
        world, offers = self.world, self.world.offers
        mood = Stream(int(world.keys.ambition))
        asks, shuns = mood.uniform(self.name)[0], mood.uniform(self.name, 1)[0] < world.watch.shuns_new
        least = asks / world.watch.choosy * world.watch.top_rank if asks < world.watch.choosy else 0.0
        if world.watch.area_rank[world.who.group[self.row], offers.area[listing]] < least:
            return False
        needed = rooms_needed(self.adults, self.children) - world.watch.rooms_slack
        return offers.rooms[listing] >= needed and not (shuns and offers.is_new[listing])

    def carries(self, listing):
        offers, credit = self.world.offers, self.world.means.credit
        price = float(offers.price[listing])
        cost = float(offers.cost[listing]) - credit.user_cost / 12.0 * min(self.liquid, price)
        can_borrow = price <= self.liquid + credit.loan_to_income * 12.0 * self.income
        return self.income - self.net(cost) >= self.norm and can_borrow and price <= self.liquid / credit.down_payment

    def may(self, listing, cost):
        who, offers, demands = self.world.who, self.world.offers, self.world.means.demands
        policy, rooms = offers.policy[listing], int(offers.rooms[listing])
        if demands.floor[policy] > 0 and cost > self.income / demands.floor[policy]:
            return False
        if self.income > demands.ceiling[policy] or self.income - self.net(cost) - self.norm < demands.residual[policy]:
            return False
        if demands.member[policy] and who.queue_since[self.row] == 32767:
            return False
        is_settled = who.roots[self.row] == offers.area[listing] and who.since[self.row] <= demands.settled_by[policy]
        if demands.settled_by[policy] != NO_TIES and not is_settled:
            return False
        most = (3, 4, 6, 8, 10)[rooms - 1] if rooms <= 5 else 255
        return not demands.size_fit[policy] or self.adults + self.children <= most

    def claim(self, listing):
        offers, credit, purse = self.world.offers, self.world.means.credit, self.income - self.norm
        if offers.rate[listing] == 0:
            return 0.0
        if offers.tenure[listing] < FIRST_OWNED:
            return min(purse, credit.rent_bid_share * self.income)
        left = purse - offers.fee[listing]
        bounds = (self.liquid + left / offers.rate[listing], self.liquid + 12 * credit.loan_to_income * self.income,
                  self.liquid / credit.down_payment, self.liquid + 12 * left / credit.stress_rate)  # fmt: skip
        return min(bounds)

    def applications(self, seen):
        """Listings, worths and claims of what it applies to, best first."""
        offers, interest, found = self.world.offers, self.world.means.credit.user_cost / 12.0, {}
        for listing in {int(one) for one in seen}:
            if not (self.watches(listing) and self.carries(listing)):
                continue
            price = float(offers.price[listing])
            cost, claim = float(offers.cost[listing]) - interest * min(self.liquid, price), self.claim(listing)
            asked = price if price > 0 else float(offers.cost[listing])
            origin = self.world.who.roots[self.row]
            km = self.world.tastes.km[origin, offers.area[listing]] if origin >= 0 else 0.0
            worth = self.worth(int(offers.dwelling[listing]), offers.area[listing], offers.tenure[listing], cost, km)
            can_bid = offers.rate[listing] == 0 or claim >= asked
            if worth > self.stay() and self.may(listing, cost) and can_bid:
                found[listing] = (worth, claim)
        return sorted(((listing, *rest) for listing, rest in found.items()), key=lambda one: -one[1])[:WIDTH]


@pytest.mark.parametrize("seed", range(4))
def test_everybody_applies_to_what_a_plain_account_says(seed):
    world = World(seed)
    seen = np.empty((len(world.seekers), 12), np.uint32)
    sample(world.seekers, world.who.id, world.offers, world.keys.sample, seen)
    applied = world.choose(seen)
    rows = {int(row): at for at, row in enumerate(applied.household)}
    assert 10 < len(rows) < len(world.seekers)
    for row in world.seekers:
        plain = OneByOne(world, row)
        expected = plain.applications(seen[row])
        assert (int(row) in rows) == (len(expected) > 0)
        if not expected:
            continue
        at, n = rows[int(row)], len(expected)
        assert applied.listing[at].tolist() == [listing for listing, _, _ in expected] + [-1] * (WIDTH - n)
        assert applied.worth[at, :n] == pytest.approx([worth for _, worth, _ in expected], abs=ROUNDING)
        assert applied.claim[at, :n] == pytest.approx([claim for _, _, claim in expected], rel=1e-6)
        assert applied.stay[at] == pytest.approx(plain.stay(), abs=ROUNDING)
        assert applied.purse[at] == pytest.approx(plain.income + 0.03 / 12 * plain.liquid, rel=1e-6)
        assert applied.cost_weight[at] == 3.0


def test_one_comes_upon_the_listing_that_is_next_on_the_ring():
    world = World(1)
    seen = np.empty((len(world.seekers), 40), np.uint32)
    sample(world.seekers, world.who.id, world.offers, world.keys.sample, seen)
    places, stream = world.offers.ring[:-1], Stream(int(world.keys.sample))
    for k in range(40):
        drawn = stream.words(world.who.id, k + 1)
        assert (seen[:, k] == np.searchsorted(places, drawn) % len(places)).all()


@pytest.mark.parametrize("n_listings", [1, 2, 30, 5000])
def test_first_listings_of_parts_are_those_that_a_search_finds(n_listings):
    places = np.sort(np.random.default_rng(n_listings).integers(0, 2**64, n_listings, dtype=np.uint64))
    first = first_of_parts(places)
    starts = np.arange(len(first) - 1, dtype=np.uint64) << np.uint64(65 - len(first).bit_length())
    assert len(first) > 2 * n_listings
    assert (first[:-1] == np.searchsorted(places, starts)).all()
    assert first[-1] == n_listings


@pytest.mark.parametrize("n_seen", [1, 20, 9000])
def test_what_is_drawn_on_the_way_is_what_sample_draws(n_seen):
    """However much one sees: 9,000 homes are more than are judged in one sweep otherwise."""
    world = World(2)
    world.seekers = world.seekers[: 60 if n_seen < 100 else 12]
    seen = np.empty((len(world.seekers), n_seen), np.uint32)
    sample(world.seekers, world.who.id, world.offers, world.keys.sample, seen)
    given, drawn = world.choose(seen), world.choose(np.zeros((0, n_seen), np.uint32))
    known = given.listing >= 0
    assert known.any()
    for name in Applied._fields:
        one, other = getattr(given, name), getattr(drawn, name)
        assert (one == other)[known if one.ndim == 2 else slice(None)].all()


def test_a_worth_from_outside_is_added_to_what_is_seen_and_to_the_own_home():
    world = World(3)
    seen = np.tile(np.arange(30, dtype=np.uint32), (len(world.seekers), 1))
    favourite, homely = np.zeros(seen.shape, "f4"), np.zeros(len(world.seekers), "f4")
    favourite[:, 7] = 1000.0
    homely[world.who.dwelling >= 0] = 2000.0
    fond = world.choose(seen, Extra(favourite, np.zeros_like(homely)))
    plain = {int(row) for row, listed in zip(*world.choose(seen)[:2], strict=True) if 7 in listed}
    assert plain < {int(row) for row in fond.household[fond.listing[:, 0] == 7]}
    stay = world.choose(seen, Extra(favourite, homely))
    assert (world.who.dwelling[stay.household] < 0).all()


def test_of_two_tastes_the_one_that_is_kept_is_the_same_every_month():
    world = World(4, kept=1.0)
    seen = np.tile(np.arange(30, dtype=np.uint32), (len(world.seekers), 1))
    today = world.choose(seen)
    world.keys = world.keys._replace(fresh=np.uint64(99))
    assert (world.choose(seen).worth == today.worth)[today.listing >= 0].all()
