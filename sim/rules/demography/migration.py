"""Households come to the city and leave it; some who find no home give up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.base.parameters import by_group, numbers, quantity
from sim.base.registry import rule
from sim.base.streams import Luck, Purpose, Stream, child_id
from sim.city.city import City
from sim.city.households import NEVER, NOBODY, Cause
from sim.city.newcomers import Newcomers
from sim.rules.demography.persons import SAVED_MONTHS, income_of
from sim.rules.happening import by_age, chance, happens
from sim.rules.proposals import GAVE_UP, LEFT_CITY, Lives
from sim.rules.sources import ROUGH

LEAVING_BANDS = (30, 40, 65)
CARE_BANDS = (80, 85, 90)
ARRIVAL_BANDS = (25, 30, 40, 65)
TEMPLATE, PASSING, REGISTERED, BIRTHDAY = 1, 2, 3, 4


@rule("demography", "migration")
@dataclass(frozen=True)
class Migration:
    """Arrivals are a fixed stream, drawn from the households of the founding by age; they depend on nothing else.

    The stock of homes is fixed, and what balances it is the way out of those without a home: with inflow e beyond
    what free homes take, the share without a home settles at U = e / (gives_up + rate of finding one). So ``gives_up``
    near 0 means a line that grows without end.
    """

    arrivals: float = quantity(
        0.075, unit="1/home/year", low=0, high=1,
        source="assumed; with the young and the parted about .11 new households per home and year",
    )  # fmt: skip
    arrival_weights: tuple[float, ...] = numbers(
        (6.0, 6.0, 1.8, 0.5, 0.05), unit="1", low=0, high=100,
        source="assumed: how often a household under 25, 30, 40, 65, older of the founding is drawn",
    )  # fmt: skip
    leaving: tuple[float, ...] = numbers(
        (0.136, 0.08, 0.024, 0.01), unit="1/year", low=0, high=5,
        source="assumed; held in a first rough model: who has a home, under 30, 40, 65, older",
    )  # fmt: skip
    care: tuple[float, ...] = numbers(
        (0.0, 0.02, 0.05, 0.12), unit="1/year", low=0, high=5,
        source="assumed: moves to homes for the old, which the stock leaves out, under 80, 85, 90, older",
    )  # fmt: skip
    gives_up: float = quantity(0.35, unit="1/year", low=0.01, high=10, source=ROUGH)
    group_weights: dict[str, float] = by_group(  # noqa: RUF009
        unit="1", low=0, high=100, source="assumed: who is not named has weight 1"
    )
    passing: float = quantity(0.15, unit="1", low=0, high=1, source="assumed: as at the founding")
    registered: float = quantity(0.5, unit="share", low=0, high=1, source="assumed: of arrivals, when they come")

    def propose(self, city: City, luck: Luck) -> Lives:
        """Who comes and who leaves this month."""
        here, rows = city.households, city.due()
        housed = here.dwelling[rows] != NOBODY
        mine, others = rows[housed], rows[~housed]
        rate = by_age(self.leaving, LEAVING_BANDS) + by_age(self.care, CARE_BANDS)
        gone = mine[happens(city, luck, Purpose.LEAVING, mine, np.zeros(len(mine), np.uint8), chance(rate)[None])]
        given_up = np.full((1, 1), chance(np.array(self.gives_up)))
        stops = others[happens(city, luck, Purpose.EXIT, others, np.zeros(len(others), np.uint8), given_up)]
        left = np.concatenate([gone, stops]).astype(np.int32)
        left_by = np.repeat(np.array([LEFT_CITY, GAVE_UP], np.uint8), [len(gone), len(stops)])
        return Lives(newcomers=self.newcomers(city, luck), left=left, left_by=left_by)

    def n_arrivals(self, city: City) -> int:
        """Households that come this month: an even stream, so that no month's number depends on luck or city.

        What is built later brings nobody to town by itself.
        """
        per_month = self.arrivals * (city.founded_homes or city.dwellings.n_used) / 12.0
        return int(np.floor(per_month * (city.month + 1)) - np.floor(per_month * city.month))

    def newcomers(self, city: City, luck: Luck) -> Newcomers:
        """Arrivals of this month, each drawn by its number in the month."""
        n = self.n_arrivals(city)
        numbers_ = np.arange(n, dtype=np.int64)
        stream, table = luck.stream(Purpose.ARRIVING, city.month), city.templates
        drawn = self._templates(city, stream, numbers_)
        age = 12.0 * (table.age[drawn] + stream.uniform(numbers_, BIRTHDAY))
        birth_month = city.month - age.astype(np.int64)
        transitory = self.passing * stream.normal(numbers_, PASSING)
        permanent = table.log_permanent[drawn]
        income = income_of((city.month - birth_month) // 12, permanent, transitory)
        joins = stream.uniform(numbers_, REGISTERED) < self.registered
        return Newcomers(
            id=child_id(numbers_, city.month, number=2), parent=np.full(n, -1, np.int32), group=table.group[drawn],
            profile=np.zeros(n, np.uint8), adults=table.adults[drawn], children=table.children[drawn],
            birth_month=birth_month.astype(np.int16), income=income, log_permanent=permanent,
            log_transitory=transitory.astype(np.float32),
            savings=np.maximum(table.savings[drawn], SAVED_MONTHS * income).astype(np.float32),
            queue_since=np.where(joins, city.month, NEVER).astype(np.int16), roots=np.full(n, NOBODY, np.int16),
            cause=np.full(n, Cause.NO_HOME, np.uint8),
        )  # fmt: skip

    def _templates(self, city: City, stream: Stream, numbers_: np.ndarray) -> np.ndarray:
        """A template for each arrival, by weights of age and group."""
        table = city.templates
        band = np.searchsorted(ARRIVAL_BANDS, table.age, side="right")
        by_origin = np.array([self.group_weights.get(group, 1.0) for group in city.groups])
        steps = np.cumsum(np.asarray(self.arrival_weights)[band] * by_origin[table.group])
        found = np.searchsorted(steps, stream.uniform(numbers_, TEMPLATE) * steps[-1], side="right")
        return np.asarray(np.minimum(found, len(steps) - 1))
