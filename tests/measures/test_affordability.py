"""What a home costs those who live in it, and the public."""

import numpy as np
import pytest
from looking import NORMS, look, moved_in, panel_of, two_towns, village

from sim.city import changes
from sim.city.tally import Tally
from sim.kernels.budget import net_costs

BURDEN_STEP, RESIDUAL_STEP, COST_STEP = 0.01, 500.0, 100.0


@pytest.fixture(scope="module")
def town():
    """The two towns: rows with a home, their incomes, costs after allowance, fifths; and all measures."""
    city = two_towns()
    here = city.households
    rows = np.flatnonzero(here.is_used & (here.dwelling >= 0)).astype(np.int32)
    net = np.empty(len(rows), np.float32)
    net_costs(rows, here.cost, here.income, here.adults, here.children, NORMS, net)
    here.arrears[rows[::9]] = 2
    income = here.income[rows].astype(float)
    return city, rows, income, net.astype(float), look(city).fifth_of(here.income_per_unit(rows)), panel_of(city)


def parts_of(city, rows, fifth):
    here = city.households
    has_children, is_old = here.children[rows] > 0, here.age_years(rows, city.month) >= 65
    return {
        "": np.ones(len(rows), bool), f"@group={city.groups[0]}": here.group[rows] == 0, "@income=1": fifth == 0,
        "@tenure=cooperative": here.tenure[rows] == 2, "@household=families": has_children,
        "@household=single_parent": has_children & (here.adults[rows] == 1),
        "@household=elderly": is_old & ~has_children,
    }  # fmt: skip


def test_burden_and_what_is_left_are_the_medians_within_a_step(town):
    city, rows, income, net, fifth, panel = town
    for by, chosen in parts_of(city, rows, fifth).items():
        burden, left = (net / income)[chosen], (income - net)[chosen]
        found = panel.values
        assert found[f"affordability.rent_burden{by}"] == pytest.approx(np.median(burden), abs=BURDEN_STEP), by
        tail = np.quantile(burden, 0.9, method="inverted_cdf")
        assert found[f"affordability.rent_burden_p90{by}"] == pytest.approx(tail, abs=BURDEN_STEP), by
        assert found[f"affordability.residual_income{by}"] == pytest.approx(np.median(left), abs=RESIDUAL_STEP), by


def test_who_is_below_the_norm_or_behind_is_a_share_of_who_could_be(town):
    city, rows, income, net, fifth, panel = town
    here = city.households
    norm = NORMS.adult + NORMS.second_adult * (here.adults[rows] - 1.0) + NORMS.child * here.children[rows]
    below = income - net < norm - 0.5
    owes, rents = here.arrears[rows] > 0, here.tenure[rows] < 2
    for by, chosen in parts_of(city, rows, fifth).items():
        assert panel.values[f"affordability.below_norm{by}"] == pytest.approx(below[chosen].mean(), abs=1e-12), by
        if "tenure" not in by:
            expected = owes[chosen & rents].mean()
            assert panel.values[f"affordability.arrears{by}"] == pytest.approx(expected, abs=1e-12), by
    public = owes[here.tenure[rows] == 0].mean()
    assert panel.values["affordability.arrears@tenure=public_rental"] == pytest.approx(public)


def test_the_median_rent_is_that_of_tenants(town):
    city, rows, *_, panel = town
    rents, tenure = city.households.cost[rows], city.households.tenure[rows]
    for by, chosen in (("", tenure < 2), ("@tenure=private_rental", tenure == 1)):
        expected = np.median(rents[chosen])
        assert panel.values[f"affordability.median_rent{by}"] == pytest.approx(expected, abs=COST_STEP)


def test_those_who_moved_in_are_told_apart(town):
    city, rows, income, net, *_ = town
    new = np.arange(0, len(rows), 11)
    panel = panel_of(city, moved_in(city, rows[new]))
    here = city.households
    norm = NORMS.adult + NORMS.second_adult * (here.adults[rows] - 1.0) + NORMS.child * here.children[rows]
    below = (income - net < norm - 0.5)[new]
    rents = here.cost[rows[new]][here.tenure[rows[new]] < 2]
    expected = {
        "rent_burden": np.median((net / income)[new]), "rent_burden_p90": np.quantile((net / income)[new], 0.9),
        "residual_income": np.median((income - net)[new]), "below_norm": below.mean(), "median_rent": np.median(rents),
    }  # fmt: skip
    for word, number in expected.items():
        assert panel.values[f"affordability.{word}@stay=new"] == pytest.approx(number, rel=1e-5), word


def test_prices_are_those_of_the_homes_sold_this_month():
    city = village()
    city.dwellings.price[3] = 2_000_000
    panel = panel_of(city, moved_in(city, [0, 3]))
    assert panel.values["affordability.median_price"] == 2_000_000
    assert panel.values["affordability.median_price@tenure=cooperative"] == 2_000_000
    assert panel.undefined["affordability.median_price@tenure=owner_occupied"] == "measure.no_sales"


def test_evictions_and_public_cost_are_what_the_month_counted():
    tally, city = Tally(), village()
    tally.counts["evicted"] = 7
    changes.book(city, "housing_allowance", 1234.5)
    found = panel_of(city, tally).values
    assert (found["affordability.evictions"], found["affordability.public_cost"]) == (7, 1234.5)


def test_a_month_without_moves_says_so():
    panel = panel_of(village())
    assert panel.undefined["affordability.residual_income@stay=new"] == "measure.nobody_moved"
    assert panel.undefined["affordability.median_price"] == "measure.no_sales"
