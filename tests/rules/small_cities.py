"""Cities small enough to do by hand, and a crowd to try every rule on."""

import functools
import pickle

import numpy as np

from sim.base.months import parse_month
from sim.base.streams import Luck
from sim.city import changes
from sim.city.areas import Areas
from sim.city.city import ArrivalTable, City, Constants, opened_books
from sim.city.dwellings import TENURES, Dwellings
from sim.city.geography import Geography, distances, separate
from sim.city.households import NOBODY, Households
from sim.city.incomes import consumption_units, log_profile
from sim.city.landlords import Landlords
from sim.rules.proposals import Applications

START = parse_month("2026-01")
LUCK = Luck(5)
PRICES = np.array([60_000.0, 40_000.0, 20_000.0])


def town(*, homes=4, groups=("a", "b"), month=0, geography=None, tenures=(0, 1, 2, 3)) -> City:
    """Three areas on a line, ten kilometres apart, with so many vacant homes of three rooms and 60 m2 each."""
    n = len(PRICES)
    lat, lon = 57.7 + 0.09 * np.arange(n), np.full(n, 12.0)
    areas = Areas(
        ("west", "middle", "east"), ("West", "Middle", "East"), ("Town",) * n, lat, lon,
        np.array([1.0, 0.0, -1.0]), np.array([0.5, 0.0, -0.5]), np.array([5.0, 10.0, 20.0]),
    )  # fmt: skip
    stock = furnished(n, homes, tenures, month)
    books = opened_books(areas, stock, len(groups))
    owned = np.isin(np.arange(len(TENURES)), (2, 3))
    books.price_level[:] = PRICES[:, None] * owned
    books.founding_price[:] = books.price_level
    books.log_income[:] = np.log([32_000.0, 26_000.0, 20_000.0])
    links = geography or Geography(*_links(separate(n)), distances(lat, lon))
    constants = Constants(np.zeros((n, len(TENURES))), np.zeros((n, len(groups))))
    landlords = Landlords(("Landlord",), np.zeros(1, np.uint8), ("all",), ("private_company",))
    return City(
        month, START, 1.0, tuple(groups), ("all",), areas, links, stock, Households(0), landlords, books, constants,
        templates(len(groups)), LUCK, True, month - 60,
    )  # fmt: skip


def _links(geography):
    return geography.start, geography.neighbour, geography.weight


def furnished(n_areas, homes, tenures, month):
    stock = Dwellings(n_areas * homes)
    rows = stock.take(n_areas * homes)
    stock.area[rows] = rows // homes
    stock.tenure[rows] = np.asarray(tenures)[rows % len(tenures)]
    stock.rooms[rows], stock.m2[rows], stock.standard[rows] = 3, 60.0, 0.5
    stock.built[rows] = (1970 - 2026) * 12
    stock.rent[rows] = 6_000.0
    stock.vacant_since[rows] = month - 1
    return stock


def templates(n_groups, n=60):
    """Households to draw newcomers from: all ages, both groups, incomes of adults of one spread."""
    luck = np.random.default_rng(3)
    adults, children = luck.integers(1, 3, n), luck.integers(0, 3, n)
    permanent = np.log(26_000.0) + 0.4 * luck.standard_normal(n) + np.log(consumption_units(adults, 0 * children))
    return ArrivalTable(
        (np.arange(n) % n_groups).astype(np.uint8), adults.astype(np.uint8), children.astype(np.uint8),
        luck.integers(19, 85, n).astype(np.int16), permanent.astype(np.float32), np.full(n, 50_000, np.float32),
    )  # fmt: skip


def settle(city, home=None, **columns) -> int:
    """A household of one adult of forty, whose own month this is, in a home or without one; its row."""
    here = city.households
    row = int(here.take(1)[0])
    age = columns.pop("age", 40)
    given = {
        "id": row + 1, "own_month": city.month_of_year - 1, "birth_month": city.month - 12 * age - 1, "adults": 1,
        "income": 25_000.0, "savings": 50_000.0, "since": city.month - 120, "roots": NOBODY,
        "without_since": city.month - 1, **columns,
    }  # fmt: skip
    for name, value in given.items():
        getattr(here, name)[row] = value
    units = consumption_units(here.adults[row : row + 1], here.children[row : row + 1])[0]
    if "log_permanent" not in columns:
        here.log_permanent[row] = np.log(given["income"]) - log_profile(np.array([age]))[0]
    assert units >= 1.0
    if home is not None:
        rows, homes = np.array([row], np.int32), np.array([home], np.int32)
        cost = np.array([columns.get("cost", city.dwellings.rent[home])], np.float32)
        changes.move(city, rows, homes, cost, np.zeros(1, np.float32))
        for name in ("cost", "moved_in", "cause", "search_until"):
            if name in columns:
                getattr(here, name)[row] = columns[name]
    return row


def crowd() -> City:
    """A town with a crowd in it that differs in everything; a tenth have no home."""
    return pickle.loads(_crowd())


@functools.cache
def _crowd(n=240, month=0, groups=("a", "b")) -> bytes:
    city = town(homes=120, month=month, groups=groups)
    luck = np.random.default_rng(11)
    homes = luck.permutation(360)[:n]
    for k in range(n):
        home = None if k % 10 == 0 else int(homes[k])
        settle(
            city, home, id=1_000 + k, group=k % len(groups), age=int(luck.integers(18, 95)),
            own_month=int(luck.integers(0, 12)), adults=int(luck.integers(1, 4)), children=int(luck.integers(0, 5)),
            income=float(luck.lognormal(10.2, 0.5)), savings=float(luck.lognormal(10.5, 1.0)),
            queue_since=int(luck.choice([32767, month - 100, month - 30])), arrears=int(luck.integers(0, 6)),
            need=int(luck.integers(0, 4)), roots=int(luck.integers(-1, 3)),
        )  # fmt: skip
    return pickle.dumps(city)


def apply_to(homes, households, cost=6_000.0) -> Applications:
    """Applications of households to homes, position by position."""
    wanted, who = np.broadcast_arrays(np.asarray(homes, np.int32), np.asarray(households, np.int32))
    return Applications(who.copy(), wanted.copy(), np.full(len(who), cost, np.float32))


def everybody_applies(city) -> Applications:
    """All households to three vacant homes each."""
    rows = city.households.rows()
    vacant = np.flatnonzero(city.dwellings.is_vacant()).astype(np.int32)
    homes = vacant[np.arange(3 * len(rows)) * 7 % len(vacant)]
    return Applications(np.repeat(rows, 3), homes, city.dwellings.rent[homes])


def state_of(city) -> list[np.ndarray]:
    """Everything that a rule could spoil, copied."""
    tables = [*city.households.state().values(), *city.dwellings.state().values()]
    sums = [array.copy() for array in vars(city.books).values()]
    return [*tables, *sums]
