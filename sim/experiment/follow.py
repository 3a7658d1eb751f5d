"""One household in one or several cities: the same life and luck, other rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from sim.base.errors import SimError
from sim.base.language import LANGUAGES
from sim.engine.arrow import joined, plain
from sim.engine.history import Sampled
from sim.engine.record import Record
from sim.experiment.brake import Brake
from sim.experiment.play import play, work
from sim.experiment.worker import Tick
from sim.experiment.workers import Watch, run_all
from sim.scenario.schema import Scenario

CANDIDATES = 200
"""Households among which one is chosen whose lives differ most between the cities (assumed)."""


@dataclass(frozen=True)
class Lived:
    """All cities on one seed, with some households followed month by month: a task for a worker."""

    scenarios: tuple[Scenario, ...]
    seed: int
    sampled: Sampled

    @property
    def months(self) -> int:
        """Months of all cities together."""
        return work(self.scenarios)

    def __call__(self, tick: Tick) -> tuple[Record, ...]:
        """A record of each city."""
        return play(self.scenarios, self.seed, tick, sampled=self.sampled)


@dataclass(frozen=True)
class Month:
    """One household in one month.

    Attributes
    ----------
    month : int
    area, tenure : str or None
        Of its home; None without one.
    dwelling : int
        -1 without a home.
    adults, children, age, rooms : int
    income, cost : float
        SEK per month; cost before allowance.
    """

    month: int
    group: str
    area: str | None
    tenure: str | None
    dwelling: int
    adults: int
    children: int
    age: int
    rooms: int
    income: float
    cost: float
    queue_time: int


@dataclass(frozen=True)
class Setting:
    """What a teller must know of a city.

    Attributes
    ----------
    titles : dict of str to str
        Title of the scenario, by language.
    start : int
        Calendar month of the start.
    areas : dict of str to str
        Names of the areas, by id.
    groups : dict of str to dict
        Labels of the groups, by id and language.
    """

    titles: dict[str, str]
    start: int
    areas: dict[str, str]
    groups: dict[str, dict[str, str]]

    @classmethod
    def of(cls, scenario: Scenario) -> Setting:
        """The setting of a scenario with money."""
        table = scenario.tables["space"]
        labels = {
            group.id: {language: group.label.say(language) for language in LANGUAGES}
            for group in scenario.population.groups if group.label is not None
        }  # fmt: skip
        return cls(
            {language: scenario.title.say(language) for language in LANGUAGES}, scenario.time.start,
            dict(zip(table.texts("id"), table.texts("name"), strict=True)), labels,
        )  # fmt: skip


@dataclass(frozen=True)
class Life:
    """One household in one city, from the start on.

    Attributes
    ----------
    setting : Setting
    household : int
    months : tuple of Month
        Every month from the start in which it is a household of the city.
    causes, waits : dict of int
        Why it moved, and its queue time in months where a queue was kept, by month of the move.
    last : int
        Last month of the run.
    """

    setting: Setting
    household: int
    months: tuple[Month, ...]
    causes: dict[int, str]
    waits: dict[int, int]
    last: int

    @property
    def stays(self) -> bool:
        """Whether it is still there at the end."""
        return bool(self.months) and self.months[-1].month == self.last


def follow(
    scenarios: Sequence[Scenario], *, seed: int, household: int | None, brake: Brake, workers: int | None = None,
    watch: Watch | None = None,
) -> tuple[Life, ...] | None:  # fmt: skip
    """The life of one household in every city; None if it was called off.

    Parameters
    ----------
    scenarios : sequence of Scenario
    seed : int
    household : int, optional
        Its id. If None: of some 200 households of the founding the one whose homes differ most between the cities, or,
        in one city, the one that moves most.

    Raises
    ------
    SimError
        If no household with this id is there at the start, or a run broke off.
    """
    sampled = Sampled(CANDIDATES, 1, () if household is None else (household,))
    (outcome,) = run_all([Lived(tuple(scenarios), seed, sampled)], brake=brake, workers=workers, watch=watch)
    if outcome.fault is not None:
        raise SimError.of([outcome.fault])
    if outcome.value is None or len(outcome.value) < len(scenarios) or not outcome.value[-1].complete:
        return None
    chosen = household if household is not None else telling(outcome.value)[0]
    lives = tuple(
        life_of(record, chosen, Setting.of(scenario))
        for record, scenario in zip(outcome.value, scenarios, strict=True)
    )
    if not all(life.months for life in lives):
        raise SimError("experiment.nobody_to_follow", household=chosen)
    return lives


def telling(records: Sequence[Record]) -> list[int]:
    """Of those followed, who is there from the start to the end of every city, whose lives differ most first.

    Raises
    ------
    SimError
        If nobody is.
    """
    tables = [_homes(record) for record in records]
    whole = set.intersection(*({name for name, homes in table.items() if len(homes) == most} for table, most in tables))
    if not whole:
        raise SimError("experiment.nobody_stays")
    lives = {name: np.array([table[name] for table, _ in tables]) for name in sorted(whole)}
    return sorted(lives, key=lambda name: -_tells(lives[name]))


def _tells(homes: np.ndarray) -> int:
    """How much there is to tell: in one city its moves, in several its months apart and how many homes it has.

    Parameters
    ----------
    homes : int array, shape (n_cities, n_months)
    """
    if len(homes) == 1:
        return int((np.diff(homes[0]) != 0).sum())
    return int((homes != homes[0]).sum() + 12 * len(np.unique(homes)))


def _homes(record: Record) -> tuple[dict[int, list[int]], int]:
    """The home of each household in every month from the start, by id, and how many months there are."""
    table = _followed(record)
    months, ids, homes = (plain(joined(table[name])) for name in ("month", "household", "dwelling"))
    found: dict[int, list[int]] = {}
    for month, name, home in zip(months.tolist(), ids.tolist(), homes.tolist(), strict=True):
        if month >= 0:
            found.setdefault(name, []).append(home)
    return found, int((record.months >= 0).sum())


def _followed(record: Record) -> pa.Table:
    if record.households is None:
        raise SimError("experiment.nobody_stays")
    return record.households


def life_of(record: Record, household: int, setting: Setting) -> Life:
    """What a record says of one followed household."""
    table = _followed(record)
    own = table.filter(pc.and_(pc.equal(table["household"], household), pc.greater_equal(table["month"], 0)))
    rows = [{key: value for key, value in row.items() if key != "household"} for row in own.to_pylist()]
    lettings = record.lettings
    moves = [] if lettings is None else lettings.filter(pc.equal(lettings["household"], household)).to_pylist()
    return Life(
        setting, household, tuple(Month(**row) for row in rows), {row["month"]: row["cause"] for row in moves},
        {row["month"]: row["waited"] for row in moves if row["waited"] is not None}, int(record.months[-1]),
    )  # fmt: skip
