"""Every figure is listed with how well it is known, in both languages."""

import pytest

from sim.base.language import LANGUAGES, has
from sim.scenario.find import shipped_names
from sim.view.figures import STATUSES, figures_data, shares
from sim.view.plays import World
from sim.view.units import key

CITY = World("gothenburg").scenario()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_has_a_value_and_a_standing_in_words(language):
    rows = figures_data(CITY, language)
    assert len(rows) == len(CITY.figures()) > 100
    assert all(row["value"] and row["statusShown"] and "view." not in row["statusShown"] for row in rows)
    assert {row["status"] for row in rows} <= set(STATUSES)


def test_shares_count_every_figure_once():
    rows = figures_data(CITY, "en")
    told = shares(rows, "en")
    assert sum(one["n"] for one in told) == len(rows)
    assert sum(one["share"] for one in told) == pytest.approx(1)


def test_a_verified_figure_names_its_source_and_an_assumed_one_none():
    by_path = {row["path"]: row for row in figures_data(CITY, "en")}
    assert "SCB" in by_path["landlords.municipal.rent.per_m2"]["source"]
    assert by_path["listing.max_applications"]["source"] == ""
    assert by_path["listing.max_applications"]["decides"] == "municipality"



def test_a_share_is_read_in_per_cent_and_a_count_with_its_word():
    by_path = {row["path"]: row["value"] for row in figures_data(CITY, "sv")}
    assert by_path["listing.max_applications"] == "8"
    assert by_path["loans.down_payment"] == "15 %"
    assert by_path["loans.loan_to_income"].endswith("årsinkomster")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", shipped_names())
def test_every_unit_of_a_scenario_that_ships_has_words(name, language):
    scenario = World(name).scenario()
    units = {figure.unit for figure in scenario.figures()} | {lever.unit for lever in scenario.levers}
    assert [unit for unit in sorted(units) if not has(key(unit), language)] == []
