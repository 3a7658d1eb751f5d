"""The shipped Gothenburg: its margins are met, and it looks as the facts say it should."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from small_plans import shipped

from sim.base.streams import Luck
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, OWNER_OCCUPIED, TENURES
from sim.city.households import NEVER, NOBODY
from sim.city.incomes import consumption_units
from sim.measures.income import rank_order_entropy
from sim.measures.segregation.evenness import dissimilarity
from sim.scenario.quantities import STATUSES
from sim.scenario.schema import Scenario
from sim.synthesis.founding import found
from sim.synthesis.plan import Plan
from sim.synthesis.planning import plan_of

FOLDER = Path(__file__).parents[2] / "scenarios" / "gothenburg"


@dataclass(frozen=True)
class Founded:
    scenario: Scenario
    plan: Plan
    city: City
    report: dict[str, object]

    @property
    def housed(self) -> np.ndarray:
        return np.flatnonzero(self.city.households.dwelling != NOBODY)

    def by_area(self, rows: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
        here = self.city.households
        return np.bincount(here.area[rows], None if weights is None else weights[rows], self.city.n_areas)


@cache
def gothenburg(scale: float) -> Founded:
    scenario = shipped("gothenburg", scale=str(scale))
    city, report = found(scenario, Luck(7))
    return Founded(scenario, plan_of(scenario), city, report)


def rows_of(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def within(got: np.ndarray, wanted: np.ndarray, least: float) -> np.ndarray:
    """Whether each figure is met within half a per cent, or within so many where that is more."""
    return np.abs(got - wanted) <= np.maximum(0.005 * np.abs(wanted), least)


def test_at_full_scale_homes_by_area_and_tenure_are_the_published_ones() -> None:
    """Every row of the stock table, to the home: 54,149 houses, 83,746 cooperative homes, 135,990 rentals."""
    founded = gothenburg(1)
    here, ids = founded.city.households, founded.city.areas.ids
    n = np.zeros((len(ids), len(TENURES)), int)
    np.add.at(n, (here.area[founded.housed], here.tenure[founded.housed]), 1)
    for row in rows_of("stock"):
        got = n[ids.index(row["area"])]
        tenure = row["tenure"]
        assert (got[:2].sum() if tenure == "rental" else got[TENURES.index(tenure)]) == int(row["homes"])
    assert n.sum(axis=0)[2:].tolist() == [83_746, 54_149]
    assert n[:, :2].sum() == 135_990


def test_at_full_scale_persons_by_area_and_tenure_are_the_published_ones() -> None:
    """Within half a per cent, or within six persons: a household cannot be cut, and some rows are two cells here."""
    founded = gothenburg(1)
    here, ids = founded.city.households, founded.city.areas.ids
    persons = np.zeros((len(ids), len(TENURES)))
    rows = founded.housed
    np.add.at(persons, (here.area[rows], here.tenure[rows]), here.persons(rows))
    for row in rows_of("stock"):
        got = persons[ids.index(row["area"])]
        total = got[:2].sum() if row["tenure"] == "rental" else got[TENURES.index(row["tenure"])]
        wanted = float(row["persons"])
        assert within(np.array([total]), np.array([wanted]), 6)[0], row


def test_at_full_scale_every_margin_is_met_within_half_a_per_cent() -> None:
    """By the cells of the table: origin, sizes, ages, seniors by area, incomes by area, group, tenure and age.

    The mean size of a cell of a few hundred homes moves by more when one household is cut to a whole one, so persons
    have a test of their own.
    """
    founded = gothenburg(1)
    misses = {miss["margin"]: miss["largest"] for miss in founded.report["founded"]}  # type: ignore[attr-defined]
    assert set(misses) == {
        "homes", "incomes", "persons", "origin", "size", "age", "senior",
        "income_by_area", "income_by_group", "income_by_tenure", "income_by_age", "income_by_size",
    }  # fmt: skip
    assert misses.pop("persons") < 0.02
    assert max(misses.values()) <= 0.005


def test_at_a_tenth_margins_of_the_whole_town_are_within_sampling_error() -> None:
    """A category of n households that were drawn at random would be off by sqrt(n); twice that is allowed."""
    founded = gothenburg(0.1)
    here = founded.city.households
    persons = np.minimum(here.persons(founded.housed), 7)
    sizes = np.bincount(persons, minlength=8)[1:]
    shares = np.array([float(row["value"]) for row in rows_of("margins") if row["margin"] == "size"])
    assert (np.abs(sizes - shares * len(persons)) <= 2 * np.sqrt(shares * len(persons))).all()
    abroad = founded.by_area(founded.housed[here.group[founded.housed] == 1])
    wanted = np.array([float(r["value"]) for r in rows_of("margins") if r["group"] == "born_abroad" and r["area"]])
    homes = founded.by_area(founded.housed)
    assert (np.abs(abroad - wanted * homes) <= 2 * np.sqrt(wanted * homes) + 1).all()


def test_dissimilarity_by_origin_is_that_of_the_table() -> None:
    """Households: .311, as the table weighted by homes; persons: .33 in the table, and near it here."""
    founded = gothenburg(1)
    here = founded.city.households
    share = np.array([float(r["value"]) for r in rows_of("margins") if r["group"] == "born_abroad" and r["area"]])
    homes = founded.plan.stock.homes.sum(axis=1)
    in_table = dissimilarity(share * homes, homes)
    is_abroad = founded.housed[here.group[founded.housed] == 1]
    of_households = dissimilarity(founded.by_area(is_abroad), founded.by_area(founded.housed))
    assert in_table == pytest.approx(0.311, abs=0.001)
    assert of_households == pytest.approx(in_table, abs=0.001)
    persons = here.persons(np.arange(len(here))).astype(float)
    of_persons = dissimilarity(founded.by_area(is_abroad, persons), founded.by_area(founded.housed, persons))
    assert of_persons == pytest.approx(0.33, abs=0.015)


def test_dissimilarity_by_tenure_is_that_of_the_published_table() -> None:
    """Persons in rentals against owners .397, in houses against all others .593 (the city's figures of 2025)."""
    founded = gothenburg(1)
    here, rows = founded.city.households, founded.housed
    persons = here.persons(np.arange(len(here))).astype(float)
    everybody = founded.by_area(rows, persons)
    owners = founded.by_area(rows[here.tenure[rows] >= COOPERATIVE], persons)
    houses = founded.by_area(rows[here.tenure[rows] == OWNER_OCCUPIED], persons)
    assert dissimilarity(owners, everybody) == pytest.approx(0.397, abs=0.002)
    assert dissimilarity(houses, everybody) == pytest.approx(0.593, abs=0.005)


def test_incomes_are_sorted_between_areas_as_the_income_index_says() -> None:
    """Rank-order segregation of income per consumption unit, households: about .11 (.112 from the index)."""
    founded = gothenburg(1)
    here, rows = founded.city.households, founded.housed
    per_unit = here.income[rows] / consumption_units(here.adults[rows], here.children[rows])
    bins = (np.argsort(np.argsort(per_unit, kind="stable"), kind="stable") * 100) // len(rows)
    by_bin = np.zeros((founded.city.n_areas, 100))
    np.add.at(by_bin, (here.area[rows], bins), 1)
    assert rank_order_entropy(by_bin) == pytest.approx(0.112, abs=0.006)


def test_crowding_in_rentals_is_about_a_fifth_of_persons() -> None:
    """Recalled for Gothenburg: 20 % (17-23) in multi-family housing; .18 in the first rough model's rentals."""
    founded = gothenburg(1)
    here, rows = founded.city.households, founded.housed
    lets = rows[here.tenure[rows] < COOPERATIVE]
    persons = here.persons(lets)
    assert 0.17 <= persons[here.need[lets] > 0].sum() / persons.sum() <= 0.23


def test_special_homes_are_left_out_and_counted() -> None:
    report = gothenburg(1).report
    assert report["left_out"] == 17_492
    assert report["left_out_unknown_in"] == 8


def test_municipal_companies_have_their_shares_and_gardstensbostader_keeps_to_its_area() -> None:
    founded = gothenburg(1)
    stock, names = founded.city.dwellings, founded.city.landlords.names
    public = stock.tenure == 0
    shares = {name: (stock.landlord[public] == names.index(name)).mean() for name in names[:4]}
    assert shares == pytest.approx(
        {"Poseidon": 0.36, "Bostadsbolaget": 0.33, "Familjebostäder": 0.27, "Gårdstensbostäder": 0.04}, abs=0.02
    )
    local = stock.area[stock.landlord == names.index("Gårdstensbostäder")]
    assert {founded.city.areas.names[a] for a in np.unique(local)} == {"Norra Angered"}


def test_there_are_at_least_thirty_private_landlords_of_unequal_size() -> None:
    founded = gothenburg(1)
    stock = founded.city.dwellings
    sizes = np.sort(np.unique(stock.landlord[stock.tenure == 1], return_counts=True)[1])
    assert len(sizes) >= 30
    assert sizes[-1] > 5 * sizes[0]


def test_waits_in_the_queue_reach_back_as_the_registered_numbers_do() -> None:
    """No published distribution of the registered exists; their number at three dates bounds it: see ``lives``."""
    founded = gothenburg(1)
    here, now = founded.city.households, founded.city.founded_at
    joined = here.queue_since != NEVER
    years = (now - here.queue_since[joined].astype(int)) / 12
    assert 5 < years.mean() < 9
    assert (years > 17).mean() < 0.12


def test_every_figure_in_the_tables_has_a_status_and_a_source() -> None:
    """Its own, in a column beside it, or its row's; and the source is one that the scenario names."""
    sources = {source.id for source in gothenburg(0.1).scenario.sources} | {"assumed"}
    about = ("_status", "_source", "_note")
    words = {"id", "name", "part", "municipality", "area", "tenure", "margin", "kind", "of", "group", "size", "age"}
    for name in ("areas", "stock", "margins"):
        for row in rows_of(name):
            for column, cell in row.items():
                if column.endswith(about) or column in {*words, "income", "status", "source", "note"} or not cell:
                    continue
                assert (row.get(f"{column}_status") or row["status"]) in STATUSES, (name, column)
                assert (row.get(f"{column}_source") or row["source"]) in sources, (name, column)
