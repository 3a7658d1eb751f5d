"""To whom a home is closed, by each rule of admission."""

import numpy as np
import pytest
from small_cities import LUCK, apply_to, crowd, everybody_applies, settle, town

from sim.city.households import NOBODY
from sim.rules import built_in
from sim.rules.admission.counted_income import CountedIncome
from sim.rules.admission.direct_offer import DirectOffer
from sim.rules.admission.group_quota import GroupQuota
from sim.rules.admission.residence import Residence
from sim.rules.admission.settling import Settling
from sim.rules.admission.work_income import WorkIncome

RULES = [rule for rule in built_in().all() if rule.kind == "admission"]


def admits(rule, city, asked):
    return rule.admits(city.readonly(), asked, LUCK).tolist()


@pytest.mark.parametrize("cls", RULES, ids=lambda cls: cls.name)
def test_a_rule_that_nothing_is_said_of_rests_and_admits_everybody(cls):
    city = crowd()
    assert cls().is_at_rest
    assert all(admits(cls(), city, everybody_applies(city)))


def test_the_work_rule_closes_its_areas_to_those_on_assistance_and_no_others():
    city = town()
    poor, working = settle(city, income=9_000), settle(city, income=30_000)
    rule = WorkIncome(areas=("west",), open_share=0.0)
    asked = apply_to([0, 0, 4], [poor, working, poor])  # the first four homes stand in the west
    assert admits(rule, city, asked) == [False, True, True]
    assert not rule.is_at_rest


def test_the_work_rule_leaves_the_stated_share_of_vacancies_open():
    city = town(homes=400)
    poor = settle(city, income=9_000)
    rule = WorkIncome(areas="all", open_share=0.2)
    is_open = admits(rule, city, apply_to(np.arange(1_200), poor))
    assert np.mean(is_open) == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / 1_200))


def test_assistance_goes_by_income_per_consumption_unit():
    city = town()
    single, family = settle(city, income=18_000), settle(city, income=18_000, adults=2, children=3)
    assert admits(WorkIncome(areas="all", open_share=0.0), city, apply_to(0, [single, family])) == [True, False]


def test_a_landlord_counts_assistance_or_does_not_for_all_its_homes():
    city = town()
    poor, working = settle(city, income=9_000), settle(city, income=30_000)
    city.dwellings.landlord[:] = np.arange(12) % 4
    asked = apply_to(np.arange(12), poor)
    found = np.array(admits(CountedIncome(assistance_counts=0.5), city, asked))
    assert all((found[landlord::4] == found[landlord]).all() for landlord in range(4))
    assert not any(admits(CountedIncome(assistance_counts=0.0), city, asked))
    assert all(admits(CountedIncome(assistance_counts=0.0), city, apply_to(np.arange(12), working)))


def test_residence_counts_from_when_one_came_to_be_a_household_of_the_town():
    city = town(month=60)
    old, just, new = (settle(city, since=since) for since in (0, 36, 37))
    assert admits(Residence(months=24), city, apply_to(0, [old, just, new])) == [True, True, False]


def test_a_child_that_leaves_a_home_in_the_town_has_lived_here():
    city = town(month=60)
    child, newcomer = settle(city, since=59, roots=1), settle(city, since=59, roots=NOBODY)
    assert admits(Residence(months=24), city, apply_to(0, [child, newcomer])) == [True, False]


def test_a_quota_turns_away_who_would_pass_it_but_not_who_lives_there():
    city = town(homes=8)
    for home in range(3):
        settle(city, home, group=0)
    inside = settle(city, 3, group=1)
    outside, other = settle(city, group=1), settle(city, group=0)
    asked = apply_to([5, 5, 5, 9], [inside, outside, other, outside])
    assert admits(GroupQuota(most={"b": 0.39}), city, asked) == [True, False, True, False]  # 2 of 5; 1 of 1
    assert admits(GroupQuota(most={"b": 0.40}), city, asked) == [True, True, True, False]


def test_newcomers_of_a_group_are_kept_away_for_so_long():
    city = town(month=60)
    new, old = settle(city, group=1, since=50, roots=NOBODY), settle(city, group=1, since=20, roots=NOBODY)
    lived, other = settle(city, group=1, since=50, roots=2), settle(city, group=0, since=50, roots=NOBODY)
    rule = Settling(areas=("west",), kept_away={"b": 1.0}, newcomer_months=36)
    assert admits(rule, city, apply_to(0, [new, old, lived, other])) == [False, True, True, True]
    assert admits(rule, city, apply_to(5, [new])) == [True]


def test_the_stated_share_of_newcomers_is_kept_away_and_each_from_every_home():
    city = town(month=60, homes=8)
    rows = [settle(city, since=50, roots=NOBODY, group=1) for _ in range(600)]
    rule = Settling(areas="all", kept_away={"b": 0.3})
    one, other = (np.array(admits(rule, city, apply_to(home, rows))) for home in (0, 9))
    assert (one == other).all()
    assert np.mean(~one) == pytest.approx(0.3, abs=4 * np.sqrt(0.21 / 600))


def test_by_direct_offer_a_household_answers_to_one_home_a_month_by_lot():
    city = town(homes=40)
    rows = [settle(city) for _ in range(60)]
    asked = apply_to(np.tile(np.arange(20), 60), np.repeat(rows, 20))
    named = np.array(admits(DirectOffer(share=1.0), city, asked)).reshape(60, 20)
    assert (named.sum(axis=1) == 1).all()
    assert len(set(named.argmax(axis=1))) > 10
    city.month += 1
    assert (np.array(admits(DirectOffer(share=1.0), city, asked)).reshape(60, 20) != named).any()


def test_half_by_direct_offer_leaves_the_choice_among_the_other_half():
    city = town(homes=400)
    row = settle(city)
    found = admits(DirectOffer(share=0.5), city, apply_to(np.arange(1_200), row))
    assert sum(found) == pytest.approx(601, abs=4 * np.sqrt(300))
