"""Towns to measure: one that is founded from its tables, one by hand, and what a month of either says."""

import functools
import pickle

import numpy as np
from towns import village

import sim
from sim.base.streams import Luck
from sim.city.tally import LETTING_COLUMNS, Tally
from sim.kernels.budget import Norms
from sim.measures.census import take_census
from sim.measures.monthly import month_panel
from sim.synthesis.founding import found

NORMS = Norms(6090.0, 3971.0, 3500.0, 0.6, 11_000.0)


@functools.cache
def _founded():
    return pickle.dumps(found(sim.load("two-towns", set={"time.burn_in": 0}), Luck(3))[0])


def two_towns():
    """The two towns at their founding: some 2,000 households."""
    return pickle.loads(_founded())


def look(city):
    """Its census."""
    return take_census(city, NORMS)


def panel_of(city, tally=None, memory=None):
    """All measures of a month."""
    return month_panel(city.readonly(), look(city), tally or Tally(), memory)


def moved_in(city, rows, **told):
    """The tally of a month in which some households moved into the homes that they have now."""
    here, stock, rows = city.households, city.dwellings, np.asarray(rows)
    homes = here.dwelling[rows]
    columns = {
        "household": here.id[rows], "dwelling": homes, "area": stock.area[homes], "tenure": stock.tenure[homes],
        "policy": stock.policy[homes], "by_queue": stock.tenure[homes] < 2, "waited": np.zeros(len(rows)),
        "group": here.group[rows], "income": here.income[rows], "per_unit": here.income_per_unit(rows),
        "cause": np.ones(len(rows)), "cost": here.cost[rows], "from_area": here.area[rows],
        "from_tenure": here.tenure[rows], "was_without": np.zeros(len(rows)), **told,
    }  # fmt: skip
    tally = Tally()
    tally.moves = {name: np.asarray(columns[name]).astype(dtype) for name, dtype in LETTING_COLUMNS.items()}
    return tally


__all__ = ["NORMS", "look", "moved_in", "panel_of", "two_towns", "village"]
