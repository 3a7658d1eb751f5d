"""Which areas: by a word, or by name; and what homes are worth there."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, PUBLIC_RENTAL, RENTALS

WORDS = ("all", "central", "attractive", "rich", "poor", "most_public", "fewest_public")
"""``central``: the shortest way to the centre; ``attractive``: the dearest cooperative homes at the founding; ``rich``
and ``poor``: by mean income; ``most_public`` and ``fewest_public``: by the public share of the rentals. Each but
``all`` is a third of the town's homes."""

THIRD = 1.0 / 3.0
LET_WORTH = 0.6
"""What a let home is worth, as a share of the price of a cooperative home of its size there (assumed)."""


def where(city: City, choice: str | tuple[str, ...]) -> np.ndarray:
    """Whether each area is meant, bool, shape (n_areas,)."""
    if isinstance(choice, tuple):
        return np.isin(np.asarray(city.areas.ids), choice)
    if choice == "all":
        return np.ones(city.n_areas, np.bool_)
    return _first_third(city, _score(city, choice))


def _score(city: City, word: str) -> np.ndarray:
    """By what areas are ordered, the first ones lowest."""
    if word == "central":
        return np.asarray(city.areas.travel, np.float64)
    if word == "attractive":
        return np.asarray(-city.books.founding_price[:, COOPERATIVE])
    if word in ("rich", "poor"):
        return np.asarray(city.books.log_income * (-1.0 if word == "rich" else 1.0))
    return np.asarray(public_shares(city) * (-1.0 if word == "most_public" else 1.0))


def _first_third(city: City, score: np.ndarray) -> np.ndarray:
    """Areas in the order of a score until a third of all homes stand in them; at least one."""
    order = np.argsort(score, kind="stable")
    homes = np.cumsum(city.books.places[order])
    is_meant = np.zeros(city.n_areas, np.bool_)
    is_meant[order[homes - city.books.places[order] < THIRD * homes[-1]]] = True
    return is_meant


def homes_by_tenure(city: City) -> np.ndarray:
    """Homes in every area by tenure, int64, shape (n_areas, n_tenures)."""
    return (city.stock_counts or city.counted_stock()).by_tenure


def public_shares(city: City) -> np.ndarray:
    """Public share of the rentals of every area, the city's where there are none, float64, shape (n_areas,)."""
    homes = homes_by_tenure(city)
    rented = homes[:, list(RENTALS)].sum(axis=1)
    everywhere = homes[:, PUBLIC_RENTAL].sum() / max(int(rented.sum()), 1)
    return np.where(rented > 0, homes[:, PUBLIC_RENTAL] / np.maximum(rented, 1), np.float64(everywhere))


def flat_prices(city: City) -> np.ndarray:
    """What cooperative homes cost in every area, SEK per m2, float64; the city's mean where none are sold."""
    level = city.books.price_level[:, COOPERATIVE]
    sold = level > 0
    return np.where(sold, level, level[sold].mean() if sold.any() else 0.0)


def let_values(city: City, rows: np.ndarray) -> np.ndarray:
    """What homes are worth with tenants in them, SEK, float64, shape (n_rows,)."""
    stock = city.dwellings
    return np.asarray(LET_WORTH * flat_prices(city)[stock.area[rows]] * stock.m2[rows])
