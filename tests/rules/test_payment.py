"""Allowance, arrears, eviction."""

import numpy as np
import pytest
from small_cities import LUCK, settle, town

from sim.base.streams import Luck
from sim.kernels.budget import Norms, living_norm, net_cost
from sim.rules.payment.allowance import Allowance
from sim.rules.payment.arrears import MOST, Arrears
from sim.rules.payment.eviction import Eviction


def norms():
    s = Allowance().schedule()
    return s, Norms(s.norm_adult, s.norm_second_adult, s.norm_child, s.share, s.rent_cap)


def test_the_norm_of_a_schedule_is_that_of_the_kernel():
    schedule, kernel = norms()
    for adults, children in ((1, 0), (2, 0), (1, 2), (2, 3)):
        one = schedule.norm(np.array([adults]), np.array([children]))[0]
        assert one == pytest.approx(living_norm(adults, children, kernel))
    assert schedule.norm(np.array([2]), np.array([0]))[0] == 10_061  # what a couple keeps after rent, 2024


@pytest.mark.parametrize(
    ("cost", "income", "paid"),
    [
        (8_000, 20_000, 0),  # enough is left
        (8_000, 12_000, 2_090),  # fills the gap to 6,090
        (8_000, 6_000, 4_800),  # at most sixty per cent of the cost
        (20_000, 6_000, 6_600),  # of at most 11,000
    ],
)
def test_the_allowance_fills_the_gap_up_to_a_share_of_the_capped_cost(cost, income, paid):
    _, kernel = norms()
    assert cost - net_cost(float(cost), float(income), living_norm(1, 0, kernel), kernel) == pytest.approx(paid)


def left_over(city, **by_row):
    left = np.zeros(len(city.households), np.float32)
    for row, value in by_row.items():
        left[int(row[1:])] = value
    return left


def test_a_month_is_owed_where_more_is_missing_than_can_be_done_without():
    city = town()
    for home in range(4):
        settle(city, home, savings=0.0)
    owed = Arrears(slack=2_000).owed(city.readonly(), left_over(city, r0=-2_001, r1=-2_000, r2=-1, r3=5_000))
    assert owed[:4].tolist() == [1, 0, 0, 0]


def test_savings_of_some_months_carry_a_household():
    city = town()
    settle(city, 0, savings=18_000.0)
    settle(city, 1, savings=17_999.0)
    owed = Arrears(savings_months=3).owed(city.readonly(), left_over(city, r0=-9_000, r1=-9_000))
    assert owed[:2].tolist() == [0, 1]


def test_a_good_month_pays_one_back_and_what_is_owed_has_an_end():
    city = town()
    for home, months in enumerate((3, 0, MOST)):
        row = settle(city, home, savings=0.0)
        city.households.arrears[row] = months
    owed = Arrears().owed(city.readonly(), left_over(city, r0=0, r1=0, r2=-9_000))
    assert owed[:3].tolist() == [2, 0, MOST]


def test_who_has_no_home_owes_nothing_more():
    city = town()
    settle(city, savings=0.0)
    assert Arrears().owed(city.readonly(), left_over(city, r0=-9_000))[0] == 0


def test_nobody_is_evicted_within_the_months_of_grace():
    city = town()
    for home, months in enumerate((2, 3, 9)):
        row = settle(city, home)
        city.households.arrears[row] = months
    homeless = settle(city)
    city.households.arrears[homeless] = 9
    assert Eviction(grace=3, chance=1.0).propose(city.readonly(), LUCK).tolist() == [1, 2]
    assert len(Eviction(grace=3, chance=0.0).propose(city.readonly(), LUCK)) == 0


def test_evictions_come_at_the_stated_chance():
    city = town(homes=500, tenures=(0,))
    for home in range(1_000):
        row = settle(city, home)
        city.households.arrears[row] = 5
    rule = Eviction(chance=0.1)
    share = np.mean([len(rule.propose(city.readonly(), Luck(seed))) for seed in range(5)]) / 1_000
    assert share == pytest.approx(0.1, abs=4 * np.sqrt(0.09 / 5_000))
