"""What a founding reads in its tables, and what it refuses, with names and numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from small_plans import shipped, table_of, two_towns_rewritten, two_towns_with

from sim.base.errors import ScenarioError
from sim.base.streams import Luck
from sim.synthesis.founding import found
from sim.synthesis.planning import plan_of


def changed(section: str, old: str, new: str) -> str:
    """A table of the two towns with a text replaced, once."""
    name = {"space": "areas", "stock": "stock", "population": "margins"}[section]
    text = "\n".join(table_of(name)) + "\n"
    assert old in text
    return text.replace(old, new, 1)


def refusal(folder: Path, section: str, table: str, **changes: object) -> str:
    with pytest.raises(ScenarioError) as caught:
        found(two_towns_with(folder, section, table, **changes), Luck(1))
    return caught.value.text("en")


def test_the_shares_of_public_homes_split_rentals(tmp_path: Path) -> None:
    table = changed("stock", "gardens,private_rental,10,20,2.4,114,,assumed,assumed\n", "")
    table = table.replace("area,tenure,homes,", "area,tenure,public_share,homes,").replace("rental,", "rental,,")
    table = table.replace("cooperative,", "cooperative,,").replace("owner_occupied,", "owner_occupied,,")
    table += "gardens,rental,0.25,40,80,2.4,114,,assumed,assumed\n"
    plan = plan_of(two_towns_with(tmp_path, "stock", table))
    assert plan.stock.homes[plan.areas.ids.index("gardens")].tolist() == [10.0, 30.0, 30.0, 260.0]


def test_rentals_in_one_row_and_in_two_are_refused(tmp_path: Path) -> None:
    table = changed("stock", "gardens,private_rental,10,20,2.4,114,,assumed,assumed\n",
                    "gardens,private_rental,10,20,2.4,114,,assumed,assumed\n")  # fmt: skip
    header, *rest = table.splitlines()
    rows = [f"{line}," for line in rest] + ["gardens,rental,40,80,2.4,114,,assumed,assumed,0.5"]
    text = refusal(tmp_path, "stock", "\n".join([f"{header},public_share", *rows]))
    assert "the area gardens has a row 'rental' and a row 'private_rental'" in text


@pytest.mark.parametrize(
    ("section", "old", "new", "said"),
    [
        ("space", "Centrum,Norrvik,57.700", "Centrum,Norrvik,", "missing in the column lat"),
        ("space", "4,1880,1940", "4,1980,1940", "ends in 1940 before it begins in 1980"),
        ("stock", "90,150,2.1,122", "90,150,,122", "missing in the column rooms"),
        ("stock", "90,150,2.1,122", "90,150,9.5,122", "cannot have 9.5 rooms on average"),
        ("stock", "90,150,2.1,122", "90,80,2.1,122", "80 persons do not fit 90 homes"),
        ("stock", "90,150,2.1,122", "90,900,2.1,122", "900 persons do not fit 90 homes"),
        ("stock", "200,350,2.3,62,56000", "200,350,2.3,62,", "missing in the column price_per_m2"),
        ("stock", "90,150,2.1,122", ",150,2.1,122", "missing in the column homes"),
        ("population", "age,share,,,,,,18-29,", "age,share,,,,,,18-30,", "'18-30' is not a value of age. Did you mean"),
        ("population", "age,share,,,,,,18-29,", "age,shares,,,,,,18-29,", "'shares' is not a value of kind"),
        ("population", "18-29,,0.17", "18-29,,0.27", "the shares of 'age' sum to 1.100"),
        ("population", "18-29,,0.17", "18-29,,-0.17", "-0.17 is less than 0"),
        ("population", "18-29,,0.17", "18-29,,", "missing in the column value"),
        ("population", "age,share,,,,,,18-29,", "age,share,,,,a,,18-29,", "the rows of 'age' are not all about"),
        ("population", "origin,share_of_area,,centre,,b,,,,0.15", "origin,share_of_area,,centre,,b,,,,0.35",
         "the shares of 'origin' sum to 1.200 for area centre"),
        ("population", "income_by_group,index,income", "income_by_group,index,rooms", "the column 'of' says 'rooms'"),
    ],
)  # fmt: skip
def test_bad_tables_are_refused_with_line_and_reason(
    tmp_path: Path, section: str, old: str, new: str, said: str
) -> None:
    text = refusal(tmp_path, section, changed(section, old, new))
    assert said in text
    assert "table.csv:" in text


def test_missing_doubled_and_unknown_areas_are_refused_by_name(tmp_path: Path) -> None:
    without = "\n".join(line for line in table_of("stock") if not line.startswith("meadow"))
    assert "meadow" in refusal(tmp_path, "stock", without)
    twice = "\n".join([*table_of("stock"), table_of("stock")[1]])
    assert "centre, public_rental" in refusal(tmp_path, "stock", twice)
    stranger = changed("stock", "meadow,public", "medow,public")
    assert "'medow'" in refusal(tmp_path, "stock", stranger)


def test_counts_that_contradict_the_homes_are_refused_with_both_totals(tmp_path: Path) -> None:
    counts = "\n".join(
        line.replace(",0.17,", ",380,").replace(",0.3,", ",600,").replace(",0.23,", ",460,")
        for line in table_of("margins")
    ).replace("age,share", "age,count")
    text = refusal(tmp_path, "population", counts)
    assert "'homes' counts 2,000 households and 'age' 2,040: they differ by 2.0 %" in text


def test_an_axis_of_which_nothing_is_known_is_refused(tmp_path: Path) -> None:
    without = "\n".join(line for line in table_of("margins") if not line.startswith("age,share"))
    assert "says nothing about age" in refusal(tmp_path, "population", without)


def test_a_share_of_an_axis_that_the_rows_do_not_name_is_refused(tmp_path: Path) -> None:
    table = "\n".join(table_of("margins")).replace("age,share,", "age,share_of_area,")
    assert "has shares of each area, but its rows name no area" in refusal(tmp_path, "population", table)


def test_a_tenure_that_nobody_lets_is_refused(tmp_path: Path) -> None:
    scenario = two_towns_rewritten(tmp_path, "  - {id: owner_occupied, landlord: owners}\n", "")
    with pytest.raises(ScenarioError) as caught:
        found(scenario, Luck(1))
    assert "310 homes of the tenure owner_occupied" in caught.value.text("en")


def test_an_index_by_area_widens_the_spread_of_the_whole_town() -> None:
    """.42 within areas; the log index of the six areas has a standard deviation of its own, weighted by homes."""
    plan = plan_of(shipped("two-towns"))
    homes = plan.stock.homes.sum(axis=1)
    logs = np.log([1.18, 1.08, 0.70, 0.98, 1.30, 0.75])
    between = np.average(logs**2, weights=homes) - np.average(logs, weights=homes) ** 2
    assert plan.people.incomes.spread == pytest.approx(np.sqrt(0.42**2 + between))


def test_without_an_index_by_area_the_town_spreads_as_its_areas(tmp_path: Path) -> None:
    table = "\n".join(line for line in table_of("margins") if not line.startswith("income_by_area"))
    assert plan_of(two_towns_with(tmp_path, "population", table)).people.incomes.spread == pytest.approx(0.42)


def test_a_company_that_keeps_to_an_unknown_area_is_refused(tmp_path: Path) -> None:
    scenario = two_towns_rewritten(tmp_path, "[centre, harbour, hill]", "[centre, port]")
    with pytest.raises(ScenarioError) as caught:
        found(scenario, Luck(1))
    assert "Norrvikshem keeps to the area 'port'" in caught.value.text("en")


def test_groups_without_a_home_are_as_the_town_where_nothing_else_is_said(tmp_path: Path) -> None:
    written = "    by_group: {a: {value: 0.6, source: assumed}, b: {value: 0.4, source: assumed}}\n"
    scenario = two_towns_rewritten(tmp_path, written, "")
    plan = plan_of(scenario)
    homes = plan.stock.homes.sum(axis=1)
    share = np.array([0.15, 0.20, 0.58, 0.22, 0.10, 0.48]) @ homes / homes.sum()
    assert plan.people.pool.by_group == pytest.approx([1 - share, share])
