"""How soon those who begin to look without a home have one."""

from collections import Counter

import numpy as np
import pytest
from looking import look, moved_in, village
from towns import newcomers, settle

import sim
from sim.city import changes
from sim.city.tally import Tally
from sim.engine.simulation import Simulation
from sim.measures.first_homes import AT_RISK, GONE, HOUSED, YEARS, FirstHomes, first_homes, shares_housed
from sim.measures.moved import those_who_moved


def table(at_risk, housed, gone):
    """Events of a single row, the same in every year of looking."""
    return np.array([[[float(number)] * YEARS] for number in (at_risk, housed, gone)])


def test_an_even_chance_gives_the_share_that_compound_chances_give():
    found = shares_housed(table(1_000, 20, 0))[0]
    assert found == pytest.approx([1 - 0.98 ** (12 * year) for year in range(1, YEARS + 1)])


def test_who_leaves_first_has_not_got_a_home():
    found = shares_housed(table(1_000, 20, 30))[0]
    assert found == pytest.approx([0.4 * (1 - 0.95 ** (12 * year)) for year in range(1, YEARS + 1)])


def test_each_year_of_looking_has_its_own_chance():
    events = table(100, 0, 0)
    events[HOUSED, 0, 1], events[AT_RISK, 0, 3:] = 10.0, 0.0
    found = shares_housed(events)[0]
    assert found[0] == 0.0
    assert found[1:] == pytest.approx(1 - 0.9**12)


def test_where_everybody_gets_a_home_at_once_the_share_is_whole():
    assert (shares_housed(table(7, 7, 0)) == 1.0).all()


def test_where_nobody_began_to_look_nothing_can_be_said():
    events = table(5, 1, 1)
    events[:, 0, 0] = 0.0
    assert np.isnan(shares_housed(events)).all()


def observed(city, kept, tally=None):
    tally = tally or Tally()
    census = look(city)
    found = {}
    for block in first_homes(city, census, tally, those_who_moved(city, census, tally), kept):
        found.update(zip(block.names, block.values, strict=True))
    return found


def test_events_of_a_month_are_those_that_happened():
    city, kept = village(spare_rows=4), FirstHomes()
    assert np.isnan(list(observed(city, kept).values())).all()
    changes.turn_month(city)
    old = city.households.rows()
    changes.evict(city, old[:1])  # 101 begins to look, and still does when the month ends
    fast = changes.enter(city, newcomers([201, 202], [0, 1], 30e3))
    settle(city, fast[:1], [4])  # 201 comes and gets a home at once; 202 comes and looks
    settle(city, old[4:5], [6])  # 105 gets a home after a month of looking
    tally = moved_in(city, [fast[0], old[4]], was_without=[True, True])
    found = observed(city, kept, tally)
    (events,) = kept.months
    assert events[:, 0, 0].tolist() == [4, 2, 0]
    assert events[:, :, 1:].sum() == 0
    assert found["access.housed_within_1_year"] == pytest.approx(1 - 0.5**12)
    assert found["access.housed_within_1_year@group=born_abroad"] == pytest.approx(1 - 0.5**12)
    assert found["access.housed_within_1_year@group=born_in_sweden"] == pytest.approx(1 - 0.5**12)
    changes.turn_month(city)
    changes.leave(city, fast[1:])
    observed(city, kept)
    assert kept.months[1][:, 0, 0].tolist() == [2, 0, 1]


def test_only_the_last_twelve_months_count():
    city, kept = village(), FirstHomes()
    for _ in range(15):
        observed(city, kept)
        changes.turn_month(city)
    assert len(kept.months) == 12
    # 105 came at month 0, and looks in its second year from month 12 on
    assert [int(month[AT_RISK, 0].argmax()) for month in kept.months] == [0] * 9 + [1] * 3


def test_a_whole_run_counts_what_a_look_at_every_household_counts():
    run = Simulation.founded(sim.load("two-towns", set={"time.burn_in": 0, "scale": 0.3}), 4)
    before, months = standing(run.engine.city), []
    for _ in range(14):
        run.pass_month()
        city = run.engine.city
        now, housed = standing(city), {int(one) for one in city.households.id[city.households.dwelling >= 0]}
        event = Counter()
        for one, since in before.items():
            year = (city.month - since) // 12
            event[AT_RISK, year] += 1
            if now.get(one) != since:
                event[HOUSED if one in housed or one in now else GONE, year] += 1
        moves = run.engine.tally.moves
        at_once = set(moves["household"][moves["was_without"]].tolist()) & housed - before.keys()
        event[AT_RISK, 0] += len(at_once) + sum(since == city.month for since in now.values())
        event[HOUSED, 0] += len(at_once)
        months.append(event)
        before = now
    kept = np.sum(run.engine.memory.first_homes.months, axis=0)[:, 0]
    counted = sum(months[-12:], Counter())
    assert kept[HOUSED].sum() > 25
    assert kept[GONE].sum() > 5
    assert {key: number for key, number in np.ndenumerate(kept) if number} == {
        key: number for key, number in counted.items() if key[1] < YEARS
    }


def standing(city):
    here = city.households
    rows = np.flatnonzero(here.is_used & (here.dwelling < 0))
    return dict(zip(here.id[rows].tolist(), here.without_since[rows].tolist(), strict=True))
