"""Eligibility, screening, reserves and need: who may apply, who is dropped, who comes first."""

import numpy as np
import pytest
from small_cities import LUCK, apply_to, crowd, everybody_applies, settle, town

from sim.base.streams import Luck
from sim.city.households import NOBODY, Cause, Need
from sim.rules.allocation.eligibility import Eligibility, fits
from sim.rules.allocation.needs import PRIORITY_SHARE, need_classes
from sim.rules.allocation.order import ranks
from sim.rules.allocation.queue import Queue
from sim.rules.allocation.reserves import OTHERS_LATER, Reserve, reserved_for, set_aside, set_back
from sim.rules.proposals import Schedule
from sim.rules.screening.by_group import ByGroup
from sim.rules.screening.none import NoScreening

SCHEDULE = Schedule(6_000.0, 4_000.0, 3_000.0)


def may(rule, city, asked):
    return rule.may_apply(city.readonly(), asked, SCHEDULE, asked.cost).tolist()


def test_without_demands_everybody_may_apply():
    city = crowd()
    assert all(may(Eligibility(), city, everybody_applies(city)))


def test_an_income_floor_and_a_ceiling_take_those_between_and_on_them():
    city = town()
    rows = [settle(city, income=income) for income in (11_999, 12_000, 40_000, 40_001)]
    rule = Eligibility(income_floor=2.0, income_ceiling=40_000.0)
    assert may(rule, city, apply_to(0, rows)) == [False, True, True, False]


def test_residual_income_is_counted_after_rent_and_the_norm_of_the_household():
    city = town()
    single, family = settle(city, income=14_000), settle(city, income=24_000, adults=2, children=3)
    rule = Eligibility(residual_income=1_000.0)  # left after 6,000 rent: 2,000 and -1,000
    assert may(rule, city, apply_to(0, [single, family])) == [True, False]


@pytest.mark.parametrize(("rooms", "most"), [(0, 3), (1, 3), (2, 4), (3, 6), (4, 8), (5, 10), (6, 255), (9, 255)])
def test_so_many_persons_may_live_in_so_many_rooms(rooms, most):
    assert fits(np.array([most, most + 1]), np.array([rooms, rooms])).tolist() == [True, most == 255 and False]


def test_size_membership_and_ties_to_the_area():
    city = town(month=50)
    family = settle(city, adults=2, children=5, queue_since=3, roots=0, since=0)
    stranger = settle(city, roots=NOBODY, since=48)
    asked = apply_to(0, [family, stranger])
    assert may(Eligibility(size_fit=True), city, asked) == [False, True]
    assert may(Eligibility(queue_member=True), city, asked) == [True, False]
    assert may(Eligibility(local=0), city, asked) == [True, False]
    assert may(Eligibility(local=51), city, asked) == [False, False]
    assert may(Eligibility(local=0), city, apply_to(4, [family])) == [False]


def groups_apply(n=4_000):
    city = town(homes=n)
    a, b = settle(city, group=0), settle(city, group=1)
    return city, apply_to(np.tile(np.arange(n), 2), np.repeat([a, b], n))


def test_screening_drops_the_stated_share_of_a_group_and_nobody_of_the_others():
    city, asked = groups_apply()
    passes = ByGroup({"b": 0.55}).passes(city.readonly(), asked, LUCK)
    assert passes[:4_000].all()
    assert passes[4_000:].mean() == pytest.approx(0.55, abs=4 * np.sqrt(0.55 * 0.45 / 4_000))


def test_screening_of_a_household_for_a_home_is_drawn_once_for_good():
    city, asked = groups_apply(500)
    rule = ByGroup({"b": 0.5})
    before = rule.passes(city.readonly(), asked, LUCK)
    city.month += 7
    assert (rule.passes(city.readonly(), asked, LUCK) == before).all()
    assert not (rule.passes(city.readonly(), asked, Luck(6)) == before).all()


def test_a_milder_screening_drops_nobody_whom_the_harsher_one_let_pass():
    city, asked = groups_apply(500)
    harsh, mild = (ByGroup({"b": share}).passes(city.readonly(), asked, LUCK) for share in (0.4, 0.7))
    assert (mild | ~harsh).all()


@pytest.mark.parametrize("rule", [NoScreening(), ByGroup(), ByGroup({"a": 1.0, "b": 1.0})])
def test_no_screening_and_full_acceptance_let_everybody_pass(rule):
    city, asked = groups_apply(50)
    assert rule.passes(city.readonly(), asked, LUCK).all()


def test_reserves_take_their_shares_of_the_vacancies():
    city = town(homes=2_000)
    reserves = (Reserve("priority", "priority", 0.1, 36), Reserve("local", "local", 0.25, 36))
    number = reserved_for(reserves, city.readonly(), np.arange(6_000), LUCK)
    shares = np.bincount(number + 1, minlength=3) / 6_000
    assert shares == pytest.approx([0.65, 0.1, 0.25], abs=4 * np.sqrt(0.25 / 6_000))


def test_members_come_first_and_others_only_if_no_member_applies():
    city = town(month=100)
    urgent, patient = settle(city, need=Need.PRIORITY), settle(city, queue_since=0)
    everything = (Reserve("priority", "priority", 1.0, 36),)
    rank = ranks(Queue(), NoScreening(), everything, city.readonly(), apply_to(0, [urgent, patient]), LUCK)
    assert rank[0] > rank[1] > -np.inf
    assert rank.tolist() == [0.0, 100.0 - OTHERS_LATER]


def test_a_reserve_of_share_zero_changes_nothing_to_the_bit():
    city = crowd()
    asked, seen = everybody_applies(city), city.readonly()
    plain = ranks(Queue(), NoScreening(), (), seen, asked, LUCK)
    with_none = ranks(Queue(), NoScreening(), (Reserve("priority", "priority", 0.0, 36),), seen, asked, LUCK)
    assert (plain == with_none).all()
    assert not set_back((), seen, asked, LUCK).any()


def test_a_larger_reserve_keeps_the_vacancies_of_the_smaller():
    city = town(homes=500)
    small, large = (
        reserved_for((Reserve("n", "need", share, 36),), city.readonly(), np.arange(1_500), LUCK) == 0
        for share in (0.1, 0.3)
    )
    assert (large | ~small).all()


def test_what_is_set_aside_for_tenants_goes_by_no_queue():
    city = town(homes=2_000)
    reserves = (Reserve("first", "priority", 0.1, 36), Reserve("internal", "tenants", 0.5, 36))
    let = set_aside(reserves, "tenants", city.readonly(), np.arange(6_000), LUCK)
    assert let.mean() == pytest.approx(0.5, abs=4 * np.sqrt(0.25 / 6_000))
    assert (let == (reserved_for(reserves, city.readonly(), np.arange(6_000), LUCK) == 1)).all()
    assert not set_aside(reserves[:1], "tenants", city.readonly(), np.arange(6_000), LUCK).any()


def test_classes_of_reserves_are_who_they_say():
    city = town(month=100)
    urgent = settle(city, need=Need.PRIORITY, roots=0, since=0)
    crowded = settle(city, need=Need.CROWDED, roots=1, since=0)
    homeless = settle(city, need=Need.NO_HOME, since=90)
    longer = settle(city, need=Need.NO_HOME, since=10)
    city.dwellings.policy[[4, 5]] = 0, 1
    tenant, others_tenant = settle(city, 4, roots=1), settle(city, 5, roots=2)
    asked = apply_to(0, [urgent, crowded, homeless, longer, tenant, others_tenant])
    expected = {
        "priority": [True, False, False, False, False, False],
        "no_home": [True, False, True, True, False, False],
        "need": [True, True, True, True, False, False],
        "newcomers": [False, False, True, False, False, False],
        "local": [True, False, False, False, False, False],
        "tenants": [False, False, False, False, True, False],
    }
    seen = city.readonly()
    assert {name: Reserve("r", name, 0.1, 36).is_member(seen, asked).tolist() for name in expected} == expected


def test_need_classes_follow_from_how_households_live():
    city = town()
    content, crowded = settle(city, 0), settle(city, 1, adults=2, children=5)
    family = settle(city, children=2, cause=Cause.EVICTED)
    classes = need_classes(city.readonly(), np.array([content, crowded, family]), LUCK)
    assert classes.tolist() == [Need.NONE, Need.CROWDED, Need.PRIORITY]


def test_some_of_those_without_a_home_have_grounds_of_their_own():
    city = town()
    for _ in range(3_000):
        settle(city)
    classes = need_classes(city.readonly(), city.households.rows(), LUCK)
    assert set(classes.tolist()) == {Need.NO_HOME, Need.PRIORITY}
    error = 4 * np.sqrt(PRIORITY_SHARE * (1 - PRIORITY_SHARE) / 3_000)
    assert (classes == Need.PRIORITY).mean() == pytest.approx(PRIORITY_SHARE, abs=error)
