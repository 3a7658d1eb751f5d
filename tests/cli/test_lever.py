"""A lever is explained on the screen: what it moves, how far, who decides, on whose word, at what cost."""

import json

import pytest

import sim
from sim.cli.lever import HOME

PLACES = {
    "cost": {"en": "Public cost", "sv": "Offentlig kostnad"},
    "decides": {"en": "Decided by", "sv": "Beslutas av"},
}


@pytest.mark.parametrize("language", ["en", "sv"])
def test_a_lever_is_shown_with_everything_a_reader_needs(hemvist, language):
    told = hemvist("show", "lever", "renovation_cap", "--lang", language).out
    assert "investment.rules.private_renovation.cap" in told
    assert "SABO" in told
    assert "2026-11" in told
    assert all(heading[language] in told for heading in PLACES.values())
    assert ("a new law is needed" if language == "en" else "en ny lag") in told


def test_a_path_is_as_good_as_a_name_and_programs_get_the_same(hemvist):
    by_path = json.loads(hemvist("show", "lever", "investment.rules.infill.homes", "--json").out)
    by_name = json.loads(hemvist("show", "lever", "missing_tenures", "--json").out)
    assert by_path == by_name
    assert (by_name["low"], by_name["high"], by_name["cost"]["book"]) == (0, 2000, "infill")


def test_a_slip_of_the_pen_gets_a_hint(hemvist):
    found = hemvist("show", "lever", "renovation_cup")
    assert found.code == 2
    assert "renovation_cap" in found.err
    assert hemvist("show", "lever").code == 2
    assert hemvist("show", "two-towns", "renovation_cap").code == 2


def test_only_a_run_has_a_ledger(hemvist):
    found = hemvist("show", "two-towns", "--ledger")
    assert found.code == 2
    assert "two-towns" in found.err


LEVERS = sim.load(HOME).levers


@pytest.mark.parametrize("lever", LEVERS, ids=lambda lever: lever.id)
def test_a_lever_that_ships_says_who_decides_when_it_was_checked_and_what_it_costs(lever):
    assert lever.decides is not None
    assert lever.checked is not None
    assert lever.cost is not None
    assert lever.label.sv
    assert lever.help.sv
    assert not lever.is_asleep


def test_a_cost_is_booked_on_the_line_of_the_rule_that_the_lever_moves():
    of_stock = [lever for lever in LEVERS if lever.path.startswith("investment.")]
    assert len(of_stock) > 15
    assert [
        one.id for one in of_stock if not isinstance(one.cost, str) and one.cost.book != one.path.split(".")[2]
    ] == []


def test_all_levers_at_rest_are_the_rules_of_today_to_the_bit():
    few = {"time.months": 4, "time.burn_in": 2, "scale": 0.01}
    today, at_rest = (sim.run(sim.load(name, set=few), seed=3) for name in ("gothenburg", HOME))
    assert today.same_numbers(at_rest)


def test_what_one_is_told_to_type_pulls_the_lever_away_from_where_it_stands(hemvist):
    said = hemvist("show", "lever", "group_quota").out
    assert "group_quota.most.born_abroad=0.2" in said
