"""Towns small enough to know everybody, built by hand out of the tables."""

from random import Random
from types import SimpleNamespace

import numpy as np

from sim.base.streams import Luck
from sim.city import changes
from sim.city.areas import Areas
from sim.city.city import ArrivalTable, City, Constants, opened_books
from sim.city.dwellings import COOPERATIVE, PRIVATE_RENTAL, PUBLIC_RENTAL, TENURES, Dwellings
from sim.city.geography import Geography, distances, neighbourhoods
from sim.city.households import NEVER, Cause, Households
from sim.city.landlords import Landlords

IN_SWEDEN, ABROAD = 0, 1
GROUPS = ("born_in_sweden", "born_abroad")
TOWNHOMES, PRIVATE, SELLERS = range(3)


def newcomers(ids, group, income, adults=1, children=0, age=40, queue_since=NEVER):
    """Columns of households that arrive; a single value stands for all."""
    n = len(ids)
    zero = np.zeros(n)

    def each(value, dtype):
        return np.broadcast_to(np.asarray(value, dtype), n).copy()

    return SimpleNamespace(
        id=np.array(ids, np.int64), group=each(group, "u1"), profile=each(0, "u1"), adults=each(adults, "u1"),
        children=each(children, "u1"), birth_month=each(np.multiply(age, -12), "i2"), income=each(income, "f4"),
        log_permanent=zero, log_transitory=zero, savings=zero, queue_since=each(queue_since, "i2"),
        roots=each(-1, "i2"), cause=each(Cause.NO_HOME, "u1"),
    )  # fmt: skip


def empty_city(areas, geography, dwellings, landlords, n_rows, has_money=True):
    """A city in which nobody lives yet."""
    n = len(areas)
    none = np.zeros(0)
    constants = Constants(np.zeros((n, len(TENURES))), np.zeros((n, len(GROUPS))))
    return City(
        month=0, start=2026 * 12, scale=1.0, groups=GROUPS, profiles=("all",), areas=areas, geography=geography,
        dwellings=dwellings, households=Households(n_rows), landlords=landlords,
        books=opened_books(areas, dwellings, len(GROUPS)), constants=constants,
        templates=ArrivalTable(none, none, none, none, none, none), luck=Luck(1), has_money=has_money,
    )  # fmt: skip


def named_areas(names):
    """Areas a tenth of a degree apart."""
    n = len(names)
    lat, zero = 57.7 + np.arange(n) / 10, np.zeros(n)
    return Areas(tuple(f"a{i}" for i in range(n)), tuple(names), ("Town",) * n, lat, np.full(n, 12.0), zero, zero, zero)


def village(spare_rows=0):
    """Five households in three areas of seven homes; household 105 has no home, home 4 and 6 are vacant.

    ====  ==============  ======  =======  ======================  ========
    id    group           income  persons  home                    cost
    ====  ==============  ======  =======  ======================  ========
    101   born_in_sweden  40000   2        0, North, public        8000
    102   born_abroad     20000   4        1, North, public        7000
    103   born_abroad     10000   1        2, North, private       5000
    104   born_in_sweden  60000   3        3, South, cooperative   6000
    105   born_abroad     15000   1        none
    ====  ==============  ======  =======  ======================  ========
    """
    areas = named_areas(["North", "South", "West"])
    stock = Dwellings(7)
    rows = stock.take(7)
    stock.area[rows] = [0, 0, 0, 1, 1, 2, 2]
    stock.tenure[rows] = [PUBLIC_RENTAL] * 2 + [PRIVATE_RENTAL, COOPERATIVE, PUBLIC_RENTAL, PRIVATE_RENTAL, COOPERATIVE]
    stock.landlord[rows] = [TOWNHOMES, TOWNHOMES, PRIVATE, SELLERS, TOWNHOMES, PRIVATE, SELLERS]
    stock.policy[rows] = stock.landlord[rows]
    stock.rooms[rows], stock.m2[rows] = [2, 3, 1, 4, 2, 2, 3], [60, 75, 30, 100, 55, 50, 80]
    stock.rent[rows], stock.vacant_since[rows] = [8000, 7000, 5000, 6000, 6500, 7500, 4000], 0
    landlords = Landlords(
        ("Townhomes", "Private 1", "Sellers"), np.array([0, 1, 2], np.uint8), ("municipal", "private", "sellers"),
        ("municipal_company", "private_company", "cooperative_sellers"),
    )  # fmt: skip
    geography = neighbourhoods(distances(areas.lat, areas.lon), 1.5, 2)
    city = empty_city(areas, geography, stock, landlords, 5 + spare_rows)
    people = newcomers(
        [101, 102, 103, 104, 105], [0, 1, 1, 0, 1], [40e3, 20e3, 10e3, 60e3, 15e3], [2, 2, 1, 2, 1], [0, 2, 0, 1, 0],
        [40, 35, 25, 50, 20], [-24, -6, NEVER, NEVER, -1],
    )  # fmt: skip
    there = changes.enter(city, people)
    settle(city, there[:4], [0, 1, 2, 3])
    return city


def settle(city, rows, homes):
    """Households move into homes at their rent."""
    rows, homes = np.array(rows, np.int32), np.array(homes, np.int32)
    changes.move(city, rows, homes, city.dwellings.rent[homes], np.zeros(len(rows), np.float32))


def lattice(side, n_households):
    """A torus of cells, one home each, the first so many lived in, groups in turn."""
    n = side * side
    cells = np.arange(n).reshape(side, side)
    around = [
        np.roll(cells, (up - 1, left - 1), (0, 1)).ravel() for up, left in np.ndindex(3, 3) if (up, left) != (1, 1)
    ]
    neighbour = np.stack(around, axis=1).astype(np.int32)
    geography = Geography(np.arange(n + 1) * 8, neighbour.ravel(), np.full(8 * n, 1 / 8), np.zeros((0, 0), np.float32))
    stock = Dwellings(n)
    stock.area[stock.take(n)] = np.arange(n)
    landlords = Landlords((), np.zeros(0, np.uint8), (), ())
    city = empty_city(named_areas([f"cell {i}" for i in range(n)]), geography, stock, landlords, n_households, False)
    ids = np.arange(1, n_households + 1)
    rows = changes.enter(city, newcomers(ids, ids % 2, 0.0))
    settle(city, rows, np.arange(n_households))
    return city


class Town:
    """The least that handles need of a model."""

    def __init__(self, city, seed=1):
        self.city, self.random = city, Random(seed)
