"""Rounds in which households choose: among their own home and some vacant ones, or by exchanging homes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.city import rounds
from sim.city.city import City
from sim.city.households import NOBODY
from sim.kernels.sequential import Turn
from sim.kernels.worths import Places, Taste, places_of
from sim.measures.bare import Surroundings, within_areas
from sim.rules.contracts import AreaTerm
from sim.rules.preference.own_group import OwnGroup
from sim.rules.preference.shapes import ROUNDING
from sim.scenario.schema import Scenario


@dataclass
class ChoiceTurns:
    """Everybody has a turn in fresh order: the mode in which theory speaks.

    Attributes
    ----------
    rules : tuple
        The terms of the preference.
    places, taste, turn : Places, Taste, Turn
        See the kernels.
    count : int64 array, shape (n_places, n_groups)
        Households by area, or by cell on a lattice.
    vacant : int32 array
        Rows of the vacant homes.
    """

    rules: tuple[Any, ...]
    places: Places
    taste: Taste
    turn: Turn
    count: np.ndarray
    vacant: np.ndarray

    def pass_round(self, city: City) -> tuple[int, int]:
        return rounds.pass_choice_round(city, self.places, self.taste, self.turn, self.count, self.vacant)

    def n_restless(self, city: City) -> int:
        rows = city.households.rows()
        if np.isinf(self.turn.content_from).all():
            return len(rows)
        return int((self._worth(city, rows) < self.turn.content_from[city.households.group[rows]]).sum())

    def around(self, city: City) -> Surroundings:
        if not city.geography.is_lattice:
            return within_areas(city)
        met = self._met(city)
        home, group = city.households.dwelling[city.households.rows()], city.households.group[city.households.rows()]
        return Surroundings(np.ones(len(home)), met[home, group], met[home].sum(axis=1))

    def _met(self, city: City) -> np.ndarray:
        """Households of each group around each place, shape (n_places, n_groups)."""
        owner = np.repeat(np.arange(len(self.count)), np.diff(self.places.start))
        seen = self.count[self.places.neighbour] * self.places.weight[:, None]
        return np.stack([np.bincount(owner, column, len(self.count)) for column in seen.T], axis=1)

    def _worth(self, city: City, rows: np.ndarray) -> np.ndarray:
        """What the own home is worth to each household, without a fresh shock."""
        here = city.households
        place, group = self.places.area[here.dwelling[rows]], here.group[rows]
        met = self._met(city)[place]
        is_around_itself = 0 if city.geography.is_lattice else 1
        like = met[np.arange(len(rows)), group] - is_around_itself
        whole = self.places.around[place] if self.taste.over_places else met.sum(axis=1) - is_around_itself
        worth = np.empty(len(rows))
        for g in range(len(city.groups)):
            mine = group == g
            share = like[mine] / np.maximum(whole[mine], ROUNDING)
            curve = np.interp(share, self.taste.knot[g], self.taste.value[g])
            worth[mine] = np.where(whole[mine] > ROUNDING, curve, self.taste.alone[g])
            if self.taste.fixed.shape[1]:
                worth[mine] += self.taste.fixed[g, here.dwelling[rows[mine]]]
        return worth


def choice_turns(city: City, scenario: Scenario, liking: OwnGroup, terms: tuple[Any, ...]) -> ChoiceTurns:
    """Turns by choice, as a scenario without money states them."""
    geography, search = city.geography, scenario.search
    area = np.arange(len(city.dwellings), dtype=np.int32) if geography.is_lattice else city.dwellings.area
    places = places_of(area, geography.start, geography.neighbour, geography.weight)
    here = city.households
    count = np.zeros((len(geography.start) - 1, len(city.groups)), np.int64)
    np.add.at(count, (area[here.dwelling[here.rows()]], here.group[here.rows()]), 1)
    content = _content_from(city, liking) if search.who == "dissatisfied" else np.full(len(city.groups), np.inf)
    takes_any = search.accept == "any"
    turn = Turn(
        1 if takes_any else search.sample, not takes_any, search.move == "swap", search.judged == "at_turn", content
    )
    scale = scenario.preferences.taste_scale if search.accept == "logit" or search.move == "swap" else 0.0
    return ChoiceTurns(terms, places, _taste(city, liking, terms, scale), turn, count, vacancies(city))


def _content_from(city: City, liking: OwnGroup) -> np.ndarray:
    """Worth from which each group is satisfied: the best that its curve has."""
    curves = [liking.by_group.get(group, liking) for group in city.groups]
    return np.array([liking.weight * (curve.best() - ROUNDING) for curve in curves])


def _taste(city: City, liking: OwnGroup, terms: tuple[Any, ...], scale: float) -> Taste:
    curves = [liking.by_group.get(group, liking) for group in city.groups]
    corners = [curve.corners() for curve in curves]
    longest = max(len(shares) for shares, _ in corners)
    knot, value = (
        np.array([[*corner[k], *[corner[k][-1]] * (longest - len(corner[k]))] for corner in corners]) for k in (0, 1)
    )
    words = {"satisfied": [curve.best() for curve in curves], "dissatisfied": [curve.worst() for curve in curves]}
    alone = np.array(words.get(str(liking.alone), [liking.alone] * len(curves)), np.float64)
    others = [term for term in terms if isinstance(term, AreaTerm) and not isinstance(term, OwnGroup)]
    fixed = sum((term.by_area(city.readonly()) for term in others), np.zeros((len(city.groups), city.n_areas)))
    by_home = fixed[:, city.dwellings.area] if others else np.zeros((len(city.groups), 0))
    is_over_places = liking.over == "places"
    return Taste(knot, liking.weight * value, liking.weight * alone, by_home, is_over_places, scale)


def vacancies(city: City) -> np.ndarray:
    """Rows of the vacant homes, int32."""
    return np.flatnonzero(city.dwellings.occupant == NOBODY).astype(np.int32)
