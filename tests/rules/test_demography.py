"""Lives of households, one rule at a time."""

import dataclasses

import numpy as np
import pytest
from lives import live
from small_cities import LUCK, settle, templates, town

from sim.base.streams import Luck
from sim.city.city import ArrivalTable, City
from sim.city.households import NEVER, NOBODY, Cause
from sim.city.incomes import log_profile
from sim.rules.demography.ageing import Ageing, all_die, one_dies
from sim.rules.demography.couples import Couples
from sim.rules.demography.forming import Forming
from sim.rules.demography.income import Income
from sim.rules.demography.migration import Migration
from sim.rules.demography.persons import lasting_of_one
from sim.rules.demography.registering import Registering
from sim.rules.demography.saving import Saving
from sim.rules.proposals import DIED, GAVE_UP, LEFT_CITY

CHILDLESS = dict.fromkeys(("births_couple", "births_single"), (0.0,) * 6)
IMMORTAL = {"mortality": (0.0,) * 9}
PEACE = {"parting": (0.0,) * 4, "pairing": (0.0,) * 4}


def many(n, **columns) -> City:
    city = town(homes=n, tenures=(0,), groups=("a", "b"))
    for home in range(n):
        settle(city, home, **columns)
    return city


def templates_like(city):
    """The households that live there, as those that newcomers are drawn from and spreads are taken of."""
    here, rows = city.households, city.households.rows()
    age = here.age_years(rows, city.month).astype(np.int16)
    return ArrivalTable(
        here.group[rows], here.adults[rows], here.children[rows], age, here.log_permanent[rows], here.savings[rows]
    )


def close(share, expected, n):
    """Within four standard errors of a share over n draws."""
    return share == pytest.approx(expected, abs=4 * np.sqrt(max(expected * (1 - expected), 1e-6) / n))


# --- ageing


def test_death_rates_go_through_the_table_and_rise_with_age():
    rates = Ageing().death_rates
    assert rates[[20, 60, 90]] == pytest.approx([0.0004, 0.0058, 0.145])
    assert (np.diff(rates) >= 0).all()


@pytest.mark.parametrize("adults", [1, 2, 3])
def test_chances_of_no_one_and_all_deaths_are_those_of_independent_lives(adults):
    q = np.array([0.0, 0.1, 1.0])
    assert all_die(q, adults) == pytest.approx(q**adults)
    assert one_dies(q, adults) == pytest.approx(adults * q * (1 - q) ** (adults - 1) * (adults > 1))


def test_single_households_end_by_death_and_couples_are_widowed():
    rule = Ageing(mortality=(0.3,) * 9, **CHILDLESS)
    single, couple = many(1_000, adults=1), many(1_000, adults=2)
    ended = rule.propose(single.readonly(), LUCK)
    assert close(len(ended.left) / 1_000, 0.3, 1_000)
    assert set(ended.left_by.tolist()) == {DIED}
    assert len(ended.resized) == 0
    both = rule.propose(couple.readonly(), LUCK)
    assert close(len(both.left) / 1_000, 0.09, 1_000)
    assert close(len(both.resized) / 1_000, 0.42, 1_000)
    assert set(both.adults.tolist()) == {1}


def test_a_widow_goes_on_earning_what_one_of_two_adults_did_whatever_the_children():
    city = many(40, adults=2, children=2, income=30_000.0)
    lives = Ageing(mortality=(0.5,) * 9, **CHILDLESS).propose(city.readonly(), LUCK)
    assert lives.income == pytest.approx(30_000 / 1.51, rel=1e-5)


def test_children_are_born_to_the_young_by_what_they_have_already():
    rule = Ageing(
        births_couple=(0.2,) * 6, births_single=(0.05,) * 6, fertility=1.0, by_children=(1, 2, 0, 0), **IMMORTAL
    )
    assert close(len(rule.propose(many(1_000, age=30, adults=2).readonly(), LUCK).resized) / 1_000, 0.2, 1_000)
    assert close(len(rule.propose(many(1_000, age=30, adults=1).readonly(), LUCK).resized) / 1_000, 0.05, 1_000)
    one = rule.propose(many(1_000, age=30, adults=2, children=1).readonly(), LUCK)
    assert close(len(one.resized) / 1_000, 0.4, 1_000)
    assert set(one.children.tolist()) == {2}
    assert len(rule.propose(many(100, age=30, adults=2, children=2).readonly(), LUCK).resized) == 0


@pytest.mark.parametrize(("adults", "children"), [(1, 0), (2, 0), (2, 1), (3, 2)])
def test_a_birth_leaves_the_income_of_the_household_as_it_is_so_that_there_is_less_for_each(adults, children):
    city = many(40, age=30, adults=adults, children=children, income=30_000.0)
    born = Ageing(births_couple=(1.0,) * 6, births_single=(1.0,) * 6, fertility=1.0, by_children=(1,) * 4, **IMMORTAL)
    before = city.households.income_per_unit(city.households.rows())
    lives = live(city, born, LUCK)
    assert (lives.children == children + 1).all()
    assert lives.income == pytest.approx(30_000, rel=1e-5)
    assert (city.households.income_per_unit(city.households.rows()) < 0.95 * before).all()


def test_only_those_whose_own_month_it_is_age():
    city = many(50, own_month=5, age=99)
    assert len(Ageing().propose(city.readonly(), LUCK).left) == 0


# --- forming

LEAVES = Forming(leaving=(1.0,) * 7)


def test_a_child_that_leaves_is_a_household_without_a_home_with_roots_where_it_grew_up():
    city = town(month=300)
    parents = settle(city, 5, adults=2, children=2, age=52, group=1, income=40_000.0)
    lives = LEAVES.propose(city.readonly(), LUCK)
    assert (lives.resized.tolist(), lives.children.tolist(), lives.person_moves) == ([parents], [1], 1)
    young = lives.newcomers
    assert (young.adults.tolist(), young.children.tolist(), young.group.tolist()) == ([1], [0], [1])
    assert (young.roots.tolist(), young.cause.tolist(), young.parent.tolist()) == ([1], [Cause.NO_HOME], [parents])
    assert 18.5 * 12 <= city.month - young.birth_month[0] <= 25 * 12


def test_the_young_joined_the_queue_at_eighteen():
    city = many(400, adults=2, children=1, age=52)
    young = LEAVES.propose(city.readonly(), LUCK).newcomers
    joined = young.queue_since != NEVER
    assert close(joined.mean(), 0.85, 400)
    assert (young.queue_since[joined] == young.birth_month[joined] + 216).all()


def test_nobody_leaves_a_childless_home_and_a_third_adult_does():
    assert len(LEAVES.propose(many(50, adults=2).readonly(), LUCK).resized) == 0
    lives = dataclasses.replace(LEAVES, grown=1.0).propose(many(5, adults=3, children=1).readonly(), LUCK)
    assert (lives.adults.tolist(), lives.children.tolist()) == ([2] * 5, [1] * 5)


def test_a_child_that_leaves_takes_no_income_along_and_a_grown_one_what_it_earned():
    """Units of the adults alone: 1 and .51 are left of 1, .51 and .60."""
    with_child = many(40, adults=2, children=1, income=30_000.0)
    assert LEAVES.propose(with_child.readonly(), LUCK).income == pytest.approx(30_000, rel=1e-5)
    with_grown = dataclasses.replace(LEAVES, grown=1.0).propose(many(40, adults=3, income=30_000.0).readonly(), LUCK)
    assert with_grown.income == pytest.approx(30_000 * 1.51 / 2.11, rel=1e-5)


def test_more_children_leave_sooner_but_one_at_a_time():
    rule = Forming(leaving=(0.2,) * 7)
    few, many_ = (rule.propose(many(1_000, children=n).readonly(), LUCK) for n in (1, 3))
    assert close(len(few.resized) / 1_000, 0.2, 1_000)
    assert close(len(many_.resized) / 1_000, 1 - 0.8**3, 1_000)
    assert set(many_.children.tolist()) == {2}


def test_children_born_here_belong_to_the_first_group():
    city = many(600, adults=2, children=1, age=52, group=1)
    young = dataclasses.replace(LEAVES, keeps_group={"b": 0.35}).propose(city.readonly(), LUCK).newcomers
    assert close((young.group == 1).mean(), 0.35, 600)
    assert (LEAVES.propose(city.readonly(), LUCK).newcomers.group == 1).all()


def test_lasting_income_is_handed_on_in_part_and_its_spread_stays():
    luck = np.random.default_rng(2)
    city = town(homes=400, tenures=(0,))
    city.templates = templates(2, 2_000)
    of_one = np.log(26_000) + 0.4 * luck.standard_normal(1_200)
    for home in range(1_200):
        settle(city, home, children=1, age=52, log_permanent=of_one[home])
    young = dataclasses.replace(LEAVES, passing=0.0).propose(city.readonly(), LUCK).newcomers
    slope = np.polyfit(of_one[young.parent], young.log_permanent, 1)[0]
    assert slope == pytest.approx(0.4, abs=4 * 0.4 / np.sqrt(1_200) / 0.4)
    assert young.log_permanent.std() == pytest.approx(0.4, rel=0.1)


# --- couples


def test_one_of_a_couple_that_parts_keeps_the_home_and_the_other_looks_for_one():
    city = town(month=100)
    couple = settle(city, 4, adults=2, children=1, age=35, income=40_000.0, queue_since=7)
    rule = Couples(parting=(1.0,) * 4, children_stay=1.0, registered=1.0, passing=0.0, alike=1.0)
    lives = rule.propose(city.readonly(), LUCK)
    assert (lives.resized.tolist(), lives.adults.tolist(), lives.children.tolist()) == ([couple], [1], [1])
    other = lives.newcomers
    assert (other.adults.tolist(), other.children.tolist(), other.cause.tolist()) == ([1], [0], [Cause.SEPARATED])
    assert (other.roots.tolist(), other.queue_since.tolist()) == ([1], [7])
    assert lives.income[0] == pytest.approx(40_000 / 1.51, rel=1e-4)
    assert other.income[0] == pytest.approx(40_000 / 1.51, rel=1e-4)


def test_where_children_do_not_stay_they_go_with_who_leaves():
    city = many(30, adults=2, children=2, age=35)
    lives = Couples(parting=(1.0,) * 4, children_stay=0.0).propose(city.readonly(), LUCK)
    assert set(lives.children.tolist()) == {0}
    assert set(lives.newcomers.children.tolist()) == {2}


def test_a_couple_that_forms_earns_the_same_with_children_or_without():
    """They share it with the children: nobody earns more for having some."""
    found = []
    for children in (0, 2):
        city = many(2, children=children, income=20_000.0)
        lives = Couples(pairing=(1.0,) * 4, alike=1.0).propose(city.readonly(), LUCK)
        found.append(float(lives.income[0]))
    assert found == pytest.approx([20_000 * 1.51] * 2, rel=1e-4)


def test_two_singles_live_in_the_larger_of_their_homes():
    city = town()
    city.dwellings.m2[1] = 90
    small, large = settle(city, 0, income=20_000.0), settle(city, 1, income=30_000.0)
    lives = Couples(pairing=(1.0,) * 4, alike=1.0).propose(city.readonly(), LUCK)
    assert (lives.guest.tolist(), lives.host.tolist()) == ([small], [large])
    assert lives.income[0] == pytest.approx(np.sqrt(20_000 * 30_000) * 1.51, rel=1e-4)


def test_who_has_a_home_takes_in_who_has_none():
    city = town()
    without, housed = settle(city), settle(city, 3)
    lives = Couples(pairing=(1.0,) * 4).propose(city.readonly(), LUCK)
    assert (lives.guest.tolist(), lives.host.tolist()) == ([without], [housed])


def test_pairs_are_within_a_group_and_near_in_age_where_that_is_asked():
    luck = np.random.default_rng(4)
    city = town(homes=200, tenures=(0,))
    for home in range(400):
        settle(city, home, group=home % 2, age=int(luck.integers(20, 80)))
    lives = Couples(pairing=(1.0,) * 4, within_group=1.0, age_gap=0.0).propose(city.readonly(), LUCK)
    here = city.households
    assert len(lives.guest) == 200
    assert (here.group[lives.guest] == here.group[lives.host]).all()
    gap = here.birth_month[lives.guest].astype(int) - here.birth_month[lives.host]
    assert np.abs(gap).max() < 2 * 60  # of one band of five years; the odd one of a band goes with one of the next
    assert np.abs(gap).mean() < 24
    assert not set(lives.guest.tolist()) & set(lives.host.tolist())


def test_like_finds_like_in_income_as_far_as_it_is_asked_to():
    """Of neighbours in a row by income and chance: correlations of 1,000 pairs, give or take .1 (three errors)."""
    luck = np.random.default_rng(7)
    found = {}
    for alike in (0.0, 0.5, 1.0):
        city = town(homes=1000, tenures=(0,))
        for home, log_income in enumerate(luck.normal(10, 0.4, 2000)):
            settle(city, home, age=40, income=float(np.exp(log_income)))
        city.templates = templates_like(city)
        lives = Couples(pairing=(1.0,) * 4, within_group=0.0, age_gap=0.0, alike=alike).propose(city.readonly(), LUCK)
        one, other = (city.households.log_permanent[rows] for rows in (lives.guest, lives.host))
        found[alike] = np.corrcoef(one, other)[0, 1]
    assert found == pytest.approx({0.0: 0.0, 0.5: 0.5, 1.0: 1.0}, abs=0.1)


def test_incomes_keep_their_spread_when_singles_pair_and_couples_part():
    """2,000 singles, standard deviation .4: that of 1,000 couples and of 2,000 singles again is within three errors."""
    luck = np.random.default_rng(8)
    city = town(homes=1000, tenures=(0,))
    for home, log_income in enumerate(luck.normal(10, 0.4, 2000)):
        settle(city, home, age=40, income=float(np.exp(log_income)))
    city.templates = templates_like(city)

    def spread():
        return lasting_of_one(city, city.households.rows()).std()

    before = spread()
    live(city, Couples(pairing=(1.0,) * 4, within_group=0.0), LUCK)
    assert (city.households.adults[city.households.rows()] == 2).all()
    assert spread() == pytest.approx(before, rel=3 / np.sqrt(2 * 1000) + 0.02)
    live(city, Couples(parting=(1.0,) * 4, pairing=(0.0,) * 4), LUCK)
    assert (city.households.adults[city.households.rows()] == 1).all()
    assert spread() == pytest.approx(before, rel=3 / np.sqrt(2 * 2000) + 0.02)


def test_an_odd_single_stays_single():
    city = many(7)
    lives = Couples(pairing=(1.0,) * 4, within_group=1.0).propose(city.readonly(), LUCK)
    assert len(lives.guest) == 3


def test_in_peace_nothing_happens():
    lives = Couples(**PEACE).propose(many(60, adults=2).readonly(), LUCK)
    assert len(lives.resized) + len(lives.guest) + len(lives.newcomers.id) == 0


def test_a_pair_that_is_made_and_one_that_parts_leave_the_books_in_order():
    city = many(120, adults=1)
    live(city, Couples(pairing=(0.5,) * 4), LUCK)
    live(city, Couples(parting=(0.5,) * 4, pairing=(0.0,) * 4), LUCK)
    city.check()


# --- migration


def test_arrivals_are_an_even_stream_that_depends_on_homes_and_month_alone():
    rule, city, empty = Migration(arrivals=0.11), many(400), town(homes=400)
    numbers = []
    for month in range(24):
        city.month = empty.month = month
        numbers.append(rule.n_arrivals(city))
        assert rule.n_arrivals(empty) == numbers[-1]
    assert sum(numbers) == pytest.approx(2 * 0.11 * 1_200, abs=1)
    assert max(numbers) - min(numbers) <= 1


def test_arrivals_are_the_same_households_whatever_the_city_is_like():
    rule = Migration(arrivals=0.5)
    one, other = (rule.propose(city.readonly(), LUCK).newcomers for city in (many(300), town(homes=300)))
    assert (one.id == other.id).all()
    assert (one.income == other.income).all()
    assert (one.roots == NOBODY).all()


def test_arrivals_are_drawn_by_the_weights_of_age_and_group():
    city = town(homes=4_000)
    rule = Migration(arrivals=1.0, arrival_weights=(1, 1, 1, 1, 0), group_weights={"b": 3.0})
    arrivals = rule.newcomers(city.readonly(), LUCK)
    assert (city.month - arrivals.birth_month < 66 * 12).all()
    young = city.templates.age < 65
    weight = np.where(city.templates.group == 1, 3.0, 1.0) * young
    assert close((arrivals.group == 1).mean(), weight[city.templates.group == 1].sum() / weight.sum(), len(arrivals.id))


def test_the_housed_leave_by_age_and_those_without_a_home_give_up():
    rule = Migration(arrivals=0.0, leaving=(0.5, 0.1, 0.1, 0.1), care=(0.0,) * 4, gives_up=1.0)
    young = rule.propose(many(1_000, age=25).readonly(), LUCK)
    assert close(len(young.left) / 1_000, 1 - np.exp(-0.5), 1_000)
    assert set(young.left_by.tolist()) == {LEFT_CITY}
    city = town()
    for _ in range(600):
        settle(city)
    stopped = rule.propose(city.readonly(), LUCK)
    assert close(len(stopped.left) / 600, 1 - np.exp(-1.0), 600)
    assert set(stopped.left_by.tolist()) == {GAVE_UP}


def test_the_very_old_move_to_care():
    rule = Migration(arrivals=0.0, leaving=(0.0,) * 4, care=(0.0, 0.0, 0.0, 1.0))
    assert len(rule.propose(many(50, age=89).readonly(), LUCK).left) == 0
    assert close(len(rule.propose(many(500, age=92).readonly(), LUCK).left) / 500, 1 - np.exp(-1.0), 500)


# --- income and queue


def test_income_follows_the_profile_of_age_where_nothing_passes():
    city = many(20, age=25, income=20_000.0)
    city.month += 120
    lives = Income(passing=0.0).propose(city.readonly(), LUCK)
    growth = np.exp(log_profile(np.array([35])) - log_profile(np.array([25])))[0]
    assert lives.income == pytest.approx(np.full(20, 20_000 * growth), rel=1e-4)
    assert (lives.log_permanent == city.households.log_permanent[lives.earning]).all()


def test_the_passing_part_keeps_its_spread_and_fades_as_stated():
    city = many(3_000)
    city.households.log_transitory[:3_000] = 0.2 * np.random.default_rng(1).standard_normal(3_000)
    before = city.households.log_transitory[:3_000].copy()
    after = Income(persistence=0.6, passing=0.2).propose(city.readonly(), LUCK).log_transitory
    assert after.std() == pytest.approx(0.2, rel=4 / np.sqrt(2 * 3_000))
    assert np.corrcoef(before, after)[0, 1] == pytest.approx(0.6, abs=4 / np.sqrt(3_000))


def test_the_queue_is_joined_and_left_at_the_stated_rates():
    rule = Registering(joins=0.2, leaves=0.1, joins_without_home=0.9)
    outside = rule.propose(many(1_000).readonly(), LUCK)
    assert close(len(outside.registered) / 1_000, 0.2, 1_000)
    assert (outside.queue_since == 0).all()
    inside = rule.propose(many(1_000, queue_since=-50).readonly(), LUCK)
    assert close(len(inside.registered) / 1_000, 0.1, 1_000)
    assert (inside.queue_since == NEVER).all()


def test_without_a_home_many_join_and_nobody_leaves_the_queue():
    city = town()
    for k in range(800):
        settle(city, queue_since=-9 if k % 2 else NEVER)
    lives = Registering(joins_without_home=0.7, leaves=1.0).propose(city.readonly(), LUCK)
    assert (lives.registered % 2 == 0).all()
    assert close(len(lives.registered) / 400, 0.7, 400)


def test_every_rule_at_rest_proposes_nothing():
    city = many(100, adults=2, children=1, age=30)
    rules = (
        Ageing(**CHILDLESS, **IMMORTAL), Forming(leaving=(0.0,) * 7, grown=0.0), Couples(**PEACE),
        Registering(joins=0.0, joins_without_home=0.0, leaves=0.0),
        Migration(arrivals=0.0, leaving=(0.0,) * 4, care=(0.0,) * 4),
    )  # fmt: skip
    for rule in rules:
        lives = rule.propose(city.readonly(), Luck(3))
        touched = [lives.resized, lives.earning, lives.registered, lives.guest, lives.left]
        assert not any(len(rows) for rows in touched), rule
        assert lives.newcomers is None or len(lives.newcomers.id) == 0


# --- saving


def test_savings_settle_where_what_is_put_aside_is_used_up():
    city = many(3, income=20_000.0, cost=6_000.0, savings=0.0)
    rule = Saving(puts_aside=0.07, uses_up=0.05)
    for _ in range(400):
        live(city, rule, LUCK)
    assert city.households.savings[:3] == pytest.approx(0.07 / 0.05 * 12 * 14_000, rel=1e-3)


def test_who_pays_more_for_its_home_saves_less_and_nobody_saves_what_it_has_not():
    city = town()
    cheap, dear = settle(city, 0, cost=4_000.0, savings=0.0), settle(city, 1, cost=12_000.0, savings=0.0)
    beyond, without = settle(city, 2, cost=30_000.0, savings=0.0), settle(city, savings=0.0)
    saved = dict(zip((cheap, dear, beyond, without), Saving().propose(city.readonly(), LUCK).savings, strict=True))
    assert saved[cheap] == pytest.approx(0.07 * 12 * 21_000)
    assert saved[cheap] > saved[without] > saved[dear] > saved[beyond] == 0


def test_loans_are_paid_off_by_their_share():
    city = town()
    row = settle(city, 2)
    city.households.loan[row] = 1_000_000
    assert Saving(pays_off=0.02).propose(city.readonly(), LUCK).loan == pytest.approx([980_000])
