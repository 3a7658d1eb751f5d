"""Who gets a home, and how long it takes."""

import numpy as np
import pytest
from looking import look, moved_in, panel_of, two_towns, village

from sim.city.dwellings import TENURES
from sim.city.tally import Tally
from sim.measures.access import CAUSES


def housed_rows(city):
    return np.flatnonzero(city.households.is_used & (city.households.dwelling >= 0))


def test_waits_at_letting_are_medians_of_those_let_by_queue():
    city = two_towns()
    rows = housed_rows(city)[::5]
    luck = np.random.default_rng(3)
    waited, by_queue = luck.integers(0, 400, len(rows)), luck.random(len(rows)) < 0.6
    tally = moved_in(city, rows, waited=waited, by_queue=by_queue)
    found, here = panel_of(city, tally).values, city.households
    fifth = look(city).fifth_of(here.income_per_unit(rows))
    single = (here.children[rows] > 0) & (here.adults[rows] == 1)
    parts = {
        "": by_queue, f"@group={city.groups[1]}": by_queue & (here.group[rows] == 1),
        "@income=2": by_queue & (fifth == 1),
        "@tenure=public_rental": by_queue & (here.tenure[rows] == 0), "@household=single_parent": by_queue & single,
    }  # fmt: skip
    for by, chosen in parts.items():
        assert found[f"access.lettings_by_queue{by}"] == chosen.sum()
        assert found[f"access.waiting_time{by}"] == pytest.approx(np.median(waited[chosen]))
        assert found[f"access.waiting_time_p90{by}"] == pytest.approx(np.quantile(waited[chosen], 0.9))
    assert found["access.lettings"] == len(rows)


def test_without_a_letting_there_is_no_wait():
    panel = panel_of(village())
    assert np.isnan(panel.values["access.waiting_time"])
    assert panel.undefined["access.waiting_time@income=1"] == "measure.nobody"
    assert panel.values["access.lettings"] == 0


def test_waiting_so_far_is_the_median_of_those_who_look_and_are_in_the_queue():
    city = two_towns()
    here = city.households
    rows = here.rows()
    looks = rows[(here.dwelling[rows] < 0) & here.is_registered(rows)]
    found = panel_of(city).values
    waited = here.waited(looks, city.month)
    assert found["access.waiting_so_far"] == pytest.approx(np.median(waited), abs=1.0)  # a step is a month
    of_group = waited[here.group[looks] == 1]
    assert found[f"access.waiting_so_far@group={city.groups[1]}"] == pytest.approx(np.median(of_group), abs=1.0)


def test_those_without_a_home_and_the_crowded_are_shares_of_who_could_be():
    city = two_towns()
    here = city.households
    rows = here.rows()
    without, fifth = here.dwelling[rows] < 0, look(city).fifth_of(here.income_per_unit(rows))
    found = panel_of(city).values
    assert found["access.without_home"] == pytest.approx(without.mean())
    assert found["access.without_home@income=1"] == pytest.approx(without[fifth == 0].mean())
    assert found["access.without_home_count"] == without.sum()
    rows = rows[~without]
    persons = here.persons(rows)
    needed = np.where(persons > 1, 1 + np.ceil(here.adults[rows] / 2) + np.ceil(here.children[rows] / 2), 1)
    crowded = needed > city.dwellings.rooms[here.dwelling[rows]]
    assert found["access.crowding"] == pytest.approx(crowded.mean())
    families = here.children[rows] > 0
    assert found["access.crowding@household=families"] == pytest.approx(crowded[families].mean())
    for number, tenure in enumerate(TENURES):
        of_tenure = crowded[here.tenure[rows] == number]
        assert found[f"access.crowding@tenure={tenure}"] == pytest.approx(of_tenure.mean())


def test_vacancy_and_turnover_are_against_all_homes():
    city = village()
    panel = panel_of(city, moved_in(city, [0, 3]))
    found = panel.values
    assert found["access.vacancy"] == 3 / 7
    assert found["access.vacancy@tenure=private_rental"] == 1 / 2
    assert found["access.turnover"] == 12 * 2 / 7
    assert found["access.turnover@tenure=cooperative"] == 12 / 2
    assert panel.undefined["access.vacancy@tenure=owner_occupied"] == "measure.no_homes"


def test_seekers_applications_and_chains_are_what_the_month_counted():
    tally = Tally()
    tally.counts.update({"seekers": 9, "looks.evicted": 2, "applications": 30, "listings": 4, "turned_away": 3})
    tally.chains = np.array([1, 4])
    found = panel_of(village(), tally).values
    assert (found["access.seekers"], found["access.seekers@cause=evicted"]) == (9, 2)
    assert found["access.applications_per_listing"] == 7.5
    assert found["access.chain_length"] == 2.5
    assert found["access.turned_away"] == 3
    assert sum(found[f"access.seekers@cause={cause}"] for cause in CAUSES) == 2


def test_a_month_without_listings_or_chains_says_so():
    reasons = panel_of(village()).undefined
    assert reasons["access.applications_per_listing"] == "measure.no_listings"
    assert reasons["access.chain_length"] == "measure.no_chains"


def test_persons_move_with_their_household_or_alone():
    """Households 102 (four persons) and 104 (three) move, two persons leave a household, one joins another: of 11."""
    city = village()
    tally = moved_in(city, [1, 3])
    tally.counts.update({"person_moves": 2, "joined": 1})
    found = panel_of(city, tally).values
    assert found["access.person_moves"] == 3
    assert found["access.moving_rate"] == pytest.approx(12 * (4 + 3 + 3) / 11)
