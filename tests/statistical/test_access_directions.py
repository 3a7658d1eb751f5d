"""Where the mechanism leaves no doubt, a lever of access moves what it should: same seeds, the sign and not the size.

Five seeds, so five paired differences; a direction holds where their mean is beyond two and a half of its standard
errors (a one-sided chance of about three per cent if there were no effect, by Student's distribution with four degrees
of freedom).
"""

import numpy as np
import pytest
from cities import Quarter, founded, town

from sim.city.households import NOBODY

SEEDS = range(1, 6)
MONTHS = 60
QUARTERS = (
    Quarter((60, 200, 100, 20), 0.2, 1.0, 1.2),
    Quarter((60, 200, 40, 0), 0.5, -0.8, 0.8),
)
B = 1
POOR = 16_000


def private(**landlord):
    return {"private": {"allocation": {"rule": "first_acceptable"}, **landlord}}


def passed(seed, sections):
    """Moves of five years, and the city after them."""
    simulation = founded(town(QUARTERS, months=MONTHS, **sections), seed)
    months = []
    for _ in range(MONTHS):
        simulation.pass_month()
        months.append(simulation.engine.tally.moves)
    return {name: np.concatenate([one[name] for one in months]) for name in months[0]}, simulation.engine.city


def rises(target, rest, pulled):
    """Whether a number rises by more than luck explains."""
    differences = np.array([target(*passed(seed, pulled)) - target(*passed(seed, rest)) for seed in SEEDS])
    return differences.mean() > 2.5 * differences.std(ddof=1) / np.sqrt(len(differences))


def months_without(moves, city):
    """Mean months that the poor who stand without a home have stood so."""
    here = city.households
    rows = here.rows()
    poor = rows[(here.dwelling[rows] == NOBODY) & (here.income_per_unit(rows) < POOR)]
    return float((city.month - here.without_since[poor].astype(np.int64)).mean())


def share_of_b(moves, city):
    """Share of private lettings that go to group b."""
    return float((moves["group"][moves["policy"] == 1] == B).mean())


@pytest.mark.slow
def test_a_higher_income_floor_makes_those_below_it_wait_longer():
    floor = {"allocation": {"rule": "first_acceptable", "eligibility": {"income_floor": 3.0}}}
    assert rises(months_without, private(), private(**floor))


@pytest.mark.slow
@pytest.mark.parametrize("done", [{"accept": {"b": 1.0}}, {"enforcement": 1.0}, {"anonymous": 1.0}], ids=str)
def test_equal_treatment_gives_the_group_that_was_dropped_more_of_the_homes(done):
    dropped = {"rule": "by_group", "accept": {"b": 0.2}}
    assert rises(share_of_b, private(screening=dropped), private(screening={**dropped, **done}))


@pytest.mark.slow
def test_where_the_queue_decides_discrimination_changes_nothing():
    queue = {"allocation": {"rule": "queue"}}
    one, other = (
        passed(1, private(**queue, screening={"rule": "by_group", "accept": {"b": share}}))[0] for share in (1, 0)
    )
    assert all(np.array_equal(one[name], other[name]) for name in one)
