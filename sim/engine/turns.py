"""How a round passes in a town without money: who moves, in what order, and what it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from sim.base.errors import ScenarioError
from sim.city import rounds
from sim.city.city import City
from sim.engine.choices import choice_turns, vacancies
from sim.kernels.cells import AROUND, FIRST, GROUP, Lattice, count_states, found_cells, restless_table, table_for
from sim.measures.bare import Surroundings
from sim.rules.preference.own_group import OwnGroup
from sim.rules.preference.shapes import ROUNDING
from sim.scenario.schema import Scenario
from sim.scenario.world import LatticeSpace

N_PACKED = 1024
"""States that a packed cell can be in, see ``kernels.cells.found_cells``."""


class Turns(Protocol):
    """One way in which a round passes."""

    rules: tuple[Any, ...]
    vacant: np.ndarray

    def pass_round(self, city: City) -> tuple[int, int]:
        """Pass one round; how many wanted to move, and how many moved."""

    def n_restless(self, city: City) -> int:
        """How many would move now."""

    def around(self, city: City) -> Surroundings:
        """Who has how many neighbours now."""


@dataclass
class LatticeTurns:
    """Schelling's classic rule: who is dissatisfied must move to a random vacant cell.

    Attributes
    ----------
    rules : tuple
        The taste, alone.
    lattice : Lattice
    state : uint16 array
        What surrounds every cell, see ``kernels.cells.found_cells``.
    vacant : int32 array
    is_restless : uint8 array
        See ``kernels.cells.restless_table``.
    is_judged_at_turn : bool
    counted : int64 array, shape (N_PACKED,), or None
        How many cells are in each of the packed states; None until it is asked for after a round.
    """

    rules: tuple[Any, ...]
    lattice: Lattice
    state: np.ndarray
    vacant: np.ndarray
    is_restless: np.ndarray
    is_judged_at_turn: bool
    counted: np.ndarray | None = None

    def pass_round(self, city: City) -> tuple[int, int]:
        self.counted = None
        return rounds.pass_lattice_round(
            city, self.lattice, self.state, self.vacant, self.is_restless, self.is_judged_at_turn
        )

    def n_restless(self, city: City) -> int:
        if self.state.ndim == 1:
            return int(self._packed_table @ self._packed())
        group, like, around = self._lived_in()
        return int(self.is_restless[group, like, around].sum())

    def around(self, city: City) -> Surroundings:
        if self.state.ndim == 1:
            bits = np.arange(N_PACKED)
            who, one, two = bits >> 8, bits & 15, (bits >> 4) & 15
            return Surroundings(self._packed() * (who > 0), np.where(who == 1, one, two), one + two)
        group, like, _ = self._lived_in()
        cells = self.state[self.state[:, GROUP] > 0]
        return Surroundings(np.ones(len(group), np.int64), like, cells[:, FIRST:].sum(axis=1, dtype=np.int64))

    def _packed(self) -> np.ndarray:
        """How many cells are in each of the packed states, counted once between two rounds."""
        if self.counted is None:
            self.counted = np.zeros(N_PACKED, np.int64)
            count_states(self.state, self.counted)
        return self.counted

    @cached_property
    def _packed_table(self) -> np.ndarray:
        return table_for(self.state, self.is_restless)

    def _lived_in(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Group (from 1), like neighbours, and number that the share is taken of, of every cell that is lived in."""
        cells = self.state[self.state[:, GROUP] > 0].astype(np.int64)
        group = cells[:, GROUP]
        return group, cells[np.arange(len(cells)), AROUND + group], cells[:, AROUND]


def turns_of(city: City, scenario: Scenario) -> Turns:
    """How rounds pass in a scenario without money.

    Raises
    ------
    ScenarioError
        If its tempo is another than the sequential one.
    """
    if scenario.tempo != "sequential":
        raise ScenarioError("scenario.turns_without_money")
    terms = tuple(_terms(scenario))
    taste = next((term for term in terms if isinstance(term, OwnGroup)), OwnGroup(weight=0.0))
    space, search = scenario.space, scenario.search
    must_move = search.who == "dissatisfied" and search.accept == "any" and search.move == "one"
    if not (must_move and isinstance(space, LatticeSpace)):
        return choice_turns(city, scenario, taste, terms)
    lattice = Lattice(space.width, space.height, space.radius, space.torus, taste.over == "places")
    state = found_cells(lattice, city.dwellings.occupant, city.households.group, len(city.groups))
    restless = restless_by(lattice, taste, city.groups)
    return LatticeTurns(terms, lattice, state, vacancies(city), restless, search.judged == "at_turn")


def _terms(scenario: Scenario) -> Iterator[Any]:
    for profile in scenario.preferences.profiles:
        for block in profile.terms.values():
            yield block.make()


def restless_by(lattice: Lattice, taste: OwnGroup, groups: tuple[str, ...]) -> np.ndarray:
    """Who is dissatisfied: below the best worth of its group's curve; see ``kernels.cells.restless_table``."""
    curves = [taste.by_group.get(group, taste) for group in groups]
    if all(curve.shape == "threshold" for curve in curves):
        alone = {"satisfied": 1.0, "dissatisfied": 0.0}.get(str(taste.alone), 0.0)
        lonely = [max(alone, curve.at) if alone else -1.0 for curve in curves]
        return restless_table(lattice, [curve.at for curve in curves], lonely)
    most = (2 * lattice.radius + 1) ** 2 - 1
    like, around = np.arange(most + 1)[:, None], np.arange(most + 1)[None, :]
    table = np.zeros((1 + len(groups), most + 1, most + 1), np.uint8)
    for number, curve in enumerate(curves, start=1):
        table[number] = curve.worth(like / np.maximum(around, 1)) < curve.best() - ROUNDING
        table[number, 0, 0] = taste.alone == "dissatisfied"
    return table
