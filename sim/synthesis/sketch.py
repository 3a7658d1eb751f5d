"""A small invented town, in code: six areas, two groups, all four tenures."""

from __future__ import annotations

import numpy as np

from sim.base.months import parse_month
from sim.base.streams import Luck
from sim.city.areas import Areas
from sim.city.city import City
from sim.city.geography import distances, neighbourhoods
from sim.synthesis.draws import Draws
from sim.synthesis.founding import fitted, settle
from sim.synthesis.margins import Frame, Margin
from sim.synthesis.owners import drawn_companies
from sim.synthesis.plan import (
    AGES,
    PERSONS,
    SIZES,
    TENTHS,
    Company,
    IncomePlan,
    OwnerPlan,
    PeoplePlan,
    Plan,
    PoolPlan,
    QueuePlan,
    StockPlan,
)  # fmt: skip
from sim.synthesis.population import income_scores, whole_table
from sim.synthesis.stock import blocks_of


def sketch(luck: Luck, homes: int = 2000, burn_in: int = 60) -> City:
    """A city of six areas of two towns."""
    names = ("Old Town", "Harbour", "Hill", "Station", "Garden", "Meadow")
    lat = np.array([57.70, 57.71, 57.73, 57.90, 57.91, 57.93])
    lon = np.array([11.95, 11.93, 12.00, 12.05, 12.06, 12.09])
    z = np.array([1.0, 0.5, -1.2, 0.3, 0.6, -1.2])
    areas = Areas(
        tuple(f"a{i}" for i in range(6)), names, ("West",) * 3 + ("East",) * 3, lat, lon, z, z / 2,
        np.array([3.0, 6, 15, 5, 12, 14]),
    )  # fmt: skip
    shares = np.array([[.2, .2, .6, 0], [.3, .3, .4, 0], [.6, .2, .1, .1], [.2, .3, .3, .2], [0, .1, .2, .7], [.6, .2, .1, .1]])
    counts = homes / 6 * shares
    stock = StockPlan(
        counts, np.tile([2.3, 2.3, 2.5, 5.0], (6, 1)), np.tile([115.0, 120.0, 62.0, 30.0], (6, 1)),
        np.outer(np.array([60e3, 50e3, 20e3, 40e3, 45e3, 20e3]), [0, 0, 1.0, 0.9]),
        np.array([[1900, 1940], [1930, 1990], [1965, 1975], [1940, 1960], [1950, 1990], [1965, 1975]], float),
        np.array([0.01, 0.01, 0.015, 0.015]),
    )  # fmt: skip
    owners = OwnerPlan(
        ("municipal", "private", "cooperative_sellers", "owners"),
        ("municipal_company", "private_company", "cooperative_sellers", "owner_occupiers"), (0, 1, 2, 3),
        (Company("Townhomes", 0, 1.0), *drawn_companies("Private", 1, 30), Company("Cooperatives", 2, 1.0),
         Company("Owners", 3, 1.0)),
    )  # fmt: skip
    frame = Frame(
        {
            "area": areas.ids, "tenure": ("public_rental", "private_rental", "cooperative", "owner_occupied"),
            "group": ("a", "b"), "size": SIZES, "age": AGES, "income": TENTHS,
        },
        {"size": PERSONS, "income": income_scores(0.48)},
    )  # fmt: skip
    by_area, total = counts.sum(axis=1), counts.sum()
    b = np.array([.1, .2, .6, .2, .1, .5])
    margins = (
        Margin("homes", ("area", "tenure"), counts),
        Margin("origin", ("area", "group"), np.stack([by_area * (1 - b), by_area * b], 1)),
        Margin("sizes", ("size",), np.array([.42, .29, .12, .105, .04, .015, .01]) * total),
        Margin("ages", ("age",), np.array([.17, .3, .3, .23]) * total),
        Margin("incomes", ("income",), np.full(10, total / 10)),
        Margin("income index", ("area",), np.array([1.2, 1.05, .75, 1, 1.2, .8]), of="income", is_relative=True),
        Margin("income by tenure", ("tenure",), np.array([.8, .85, 1.05, 1.35]), of="income", is_relative=True),
    )  # fmt: skip
    people = PeoplePlan(
        frame, np.ones(frame.shape), margins, IncomePlan(26_000.0, 0.48, 0.15), QueuePlan(0.62, 0.5),
        PoolPlan(0.09, np.array([0.6, 0.4])),
    )
    geography = neighbourhoods(distances(lat, lon), 1.5, 8)
    plan = Plan(parse_month("2026-01"), burn_in, 1.0, areas, geography, stock, owners, people, ("all",), np.ones(1), 0.021)
    whole = whole_table(plan, fitted(plan).table, blocks_of(plan), Draws.of(luck))
    return settle(plan, whole, luck)
