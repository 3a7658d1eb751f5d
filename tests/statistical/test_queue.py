"""Queues obey what theory says of them: Little's law, and the waiting list with more demand than homes."""

import numpy as np
import pytest
from cities import Quarter, founded, passed, scenario, town, towns
from hypothesis import given, settings

import sim
from sim.city.households import NEVER, NOBODY
from sim.engine.simulation import Simulation

# A waiting list by the engine's own rules


def waiting_list(homes, arrivals, leaving, gives_up):
    """One area of rentals, all alike to everybody, let by queue time to who arrives; nobody else looks."""
    migration = {
        "rule": "migration", "arrivals": arrivals, "leaving": [leaving] * 4, "care": [0] * 4, "gives_up": gives_up,
        "registered": 1,
    }  # fmt: skip
    world = town(
        [Quarter((homes, 0, 0, 0), 0.0)], groups=("a",), stock={"vacancy": {}}, payment={"rules": []},
        demography={"rules": [migration]}, municipal={"allocation": {"rule": "queue"}}, months=1200,
        search={"sample": 255, "rules": [], "rooms_slack": 20}, listing={"max_applications": 255},
        preferences={"taste_scale": 0, "taste_kept": 0, "moving_cost": 0, "founding_best_of": 1,
                     "profiles": [{"id": "all", "terms": {}}]},
    )  # fmt: skip
    world["population"]["without_home"]["share"] = 0
    return scenario(world)


@pytest.mark.slow
@pytest.mark.parametrize(("arrivals", "leaving", "gives_up"), [(0.20, 0.08, 0.35), (0.12, 0.06, 0.20)])
def test_a_waiting_list_is_as_long_as_theory_says(arrivals, leaving, gives_up):
    """L = (arrivals - lettings) / rate of giving up, W = ln(arrivals / lettings) / rate of giving up.

    Giving up is asked once a year, so the mean hazard is 1 + rate^2 / 12 off: 1 %. In a list of L households the
    standard deviation is about sqrt((rate L + lettings) / (2 rate)), with a memory of 1 / rate years; over the years
    that are averaged four standard errors are 4 to 5 %.
    """
    years, homes = 70, 800
    simulation = founded(waiting_list(homes, arrivals, leaving, gives_up), 1)
    engine = simulation.engine
    for _ in range(round(12 * 3.5 / gives_up)):
        engine.pass_month()
    length, waits, arrived = [], [], 0
    for _ in range(12 * years):
        engine.pass_month()
        here = engine.city.households
        length.append(int((here.is_used & (here.dwelling == NOBODY)).sum()))
        waits += engine.tally.moves["waited"].tolist()
        arrived += engine.tally.counts["arrived"]
    rate_in, rate_out = arrived / years, len(waits) / years
    assert rate_in == pytest.approx(arrivals * homes, rel=1e-3)
    assert np.mean(length) == pytest.approx((rate_in - rate_out) / gives_up, rel=0.06)
    assert np.mean(waits) / 12 == pytest.approx(np.log(rate_in / rate_out) / gives_up, rel=0.06)


@pytest.mark.slow
def test_more_who_give_up_means_a_shorter_list_in_proportion():
    lengths = []
    for gives_up in (0.2, 0.4):
        simulation = founded(waiting_list(500, 0.2, 0.08, gives_up), 2)
        engine, n = simulation.engine, []
        for month in range(12 * 50):
            engine.pass_month()
            if month > 12 * 18:
                n.append(int((engine.city.households.dwelling[engine.city.households.rows()] == NOBODY).sum()))
        lengths.append(np.mean(n))
    # Each list varies by 5 % over 32 years of memory 5 or 2.5 years: four standard errors of the ratio are 12 %.
    assert lengths[0] / lengths[1] == pytest.approx(2.0, rel=0.12)


# The queue of a whole town


def registered(city):
    """Since when each registered household is in the queue, by name."""
    here = city.households
    rows = here.rows()
    rows = rows[here.queue_since[rows] != NEVER]
    return dict(zip(here.id[rows].tolist(), here.queue_since[rows].tolist(), strict=True))


class Ledger:
    """Who came into the queue when, as far as it was seen; months that those who left had been in it."""

    def __init__(self, city):
        self.since = registered(city)
        self.known = dict(self.since)

    def month(self, city):
        """After a month: how many were in the queue when it began, and months taken away by who left."""
        now, n, taken = registered(city), len(self.since), 0
        for name, since in self.since.items():
            if now.get(name) != since:
                taken += city.month - self.known.pop(name)
        for name, since in now.items():
            if self.since.get(name) != since:
                self.known[name] = city.month
        self.since = now
        return n, taken

    def age(self, month):
        """Months that those in the queue have been in it, together."""
        return sum(month - since for since in self.known.values())


@settings(max_examples=6)
@given(world=towns(burn_in=0))
def test_time_in_the_queue_is_neither_lost_nor_won(world):
    """Little's law as bookkeeping: the queue ages by a month per member and month, less what leavers take along."""
    simulation = founded(world, 3)
    city = simulation.engine.city
    ledger = Ledger(city)
    before, members, taken = ledger.age(city.month), 0, 0
    for _ in range(12):
        simulation.engine.pass_month()
        n, out = ledger.month(city)
        members, taken = members + n, taken + out
    assert ledger.age(city.month) == before + members - taken


@pytest.mark.slow
def test_littles_law_holds_for_the_queue_of_a_city():
    """L = exits a year x years that they were in it, once the queue of the founding has grown to its own age.

    Exits of five years are about 5,000, and the spread of their time is about its mean: one standard error is 1.4 %.
    """
    changes = {"scale": 0.03, "time.burn_in": 60, "time.months": 600}
    simulation = Simulation.founded(sim.load("gothenburg", set=changes), 1)
    for _ in range(60 + 25 * 12):
        simulation.engine.pass_month()
    city = simulation.engine.city
    ledger, ratios = Ledger(city), []
    for _ in range(3):
        members = taken = 0
        for _ in range(60):
            simulation.engine.pass_month()
            n, out = ledger.month(city)
            members, taken = members + n, taken + out
        ratios.append(taken / members)
    assert ratios == pytest.approx([1.0] * 3, abs=0.10)  # four standard errors, and the drift of five years
    assert np.mean(ratios) == pytest.approx(1.0, abs=0.05)


@pytest.mark.slow
def test_fewer_homes_through_the_queue_mean_longer_waits():
    """Private landlords leave the exchange: who is let a home through it has waited longer (Boplats, 2019)."""
    waits = []
    for share in (0.0, 1.0):
        parts = [
            {"id": "exchange", "share": share, "rule": "queue"},
            {"id": "own", "share": 1 - share, "rule": "lottery"},
        ]
        private = {"allocation": {"rule": "mixed", "parts": parts}}
        world = town([Quarter((200, 200, 60, 20), 0.3)] * 2, private=private, months=240)
        run = passed(founded(world, 1), 240).record()
        told = [row["waited"] for row in run.lettings.to_pylist() if row["waited"] is not None and row["month"] > 60]
        waits.append(np.mean(told))
    assert waits[0] > 1.15 * waits[1]
