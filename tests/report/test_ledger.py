"""What the public paid by line and year: sums that agree, in both languages, whatever was booked."""

import numpy as np
import pyarrow as pa

from sim.engine.record import Record
from sim.experiment.cost_lines import cost_lines, same_lines
from sim.experiment.headlines import chosen
from sim.report.ledger import as_data, by_year, ledger_table

BASE = "affordability.public_cost"
BOOKED = [
    (-1, "purchase", "municipality", "landlord", 9e6),
    (1, "purchase", "municipality", "landlord", 6e6),
    (1, "purchase", "property", "municipality", 5e6),
    (2, "building", "state", "landlord", 4e6),
    (13, "conversion", "household", "municipality", 3e6),
]


def record(series=(), lines=()):
    columns = dict(zip(("month", "line", "payer", "payee", "amount"), zip(*BOOKED, strict=True), strict=True))
    told = {"start": "2026-01", "lines": dict(lines), "scenario": "toy", "measures": {}}
    values = {name: np.ones(3) for name in series}
    return Record(told, np.arange(3), values, ledger=pa.table({name: list(column) for name, column in columns.items()}))


def test_each_year_has_what_was_paid_less_what_came_in_without_the_burn_in():
    years = by_year(record())
    assert years == {
        2026: {"purchase": {"municipality": 1e6, "state": 0.0}, "building": {"municipality": 0.0, "state": 4e6}},
        2027: {"conversion": {"municipality": -3e6, "state": 0.0}},
    }
    assert sum(row["amount"] for row in as_data(record())) == 2e6


def test_the_table_sums_by_line_year_and_payer():
    table = ledger_table(record(lines={"purchase": {"en": "Homes bought", "sv": "Köpta bostäder"}}), "en")
    assert table.columns == (
        "year",
        "building",
        "conversion",
        "Homes bought",
        "in all",
        "of it the municipality",
        "of it the state",
    )
    assert [row.cells for row in table.rows] == [
        ("2026", "4.0", "0.0", "1.0", "5.0", "1.0", "4.0"),
        ("2027", "0.0", "−3.0", "0.0", "−3.0", "−3.0", "0.0"),
        ("all years", "4.0", "−3.0", "1.0", "2.0", "−2.0", "4.0"),
    ]
    swedish = ledger_table(record(lines={"purchase": {"en": "Homes bought", "sv": "Köpta bostäder"}}), "sv")
    assert "Köpta bostäder" in swedish.columns


def test_a_run_without_a_ledger_has_an_empty_table():
    bare = Record({"start": "2026-01", "scenario": "toy"}, np.arange(2), {})
    assert [row.cells for row in ledger_table(bare, "sv").rows] == [("alla år", "0,0", "0,0", "0,0")]


def test_what_an_arm_has_no_lever_for_costs_it_nothing():
    one, other = same_lines((record([BASE, f"{BASE}@lever=a"]), record([BASE, f"{BASE}@lever=b"])))
    assert (one.series[f"{BASE}@lever=b"] == 0).all()
    assert (other.series[f"{BASE}@lever=a"] == 0).all()
    assert set(one.series) == set(other.series)
    assert cost_lines(one.series) == (f"{BASE}@lever=a", f"{BASE}@lever=b")


def test_lines_are_shown_where_there_are_several():
    assert chosen([BASE, f"{BASE}@lever=a"])["cost"] == (BASE,)
    assert chosen([BASE, f"{BASE}@lever=a", f"{BASE}@lever=b"])["cost"] == (BASE, f"{BASE}@lever=a", f"{BASE}@lever=b")
