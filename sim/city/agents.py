"""Households and landlords as Mesa agents: a handle over a row of columns, made when somebody asks for one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, cast

import mesa
import numpy as np

from sim.base.errors import AgentError
from sim.city.city import City
from sim.city.crowd import Kind
from sim.city.facts import Index, widened
from sim.city.households import NOBODY
from sim.city.lazy import LazySet
from sim.city.shown import DwellingFacts, HouseholdFacts, LandlordFacts

ALIVE_CHUNK = 1 << 17


class Handle(Kind, mesa.Agent):  # type: ignore[misc]
    """A Mesa agent that shows a row of the city of ``model``; it is not registered there and holds no values."""

    __slots__ = ("_id", "_row", "model")
    _id: int
    _row: int
    pos: ClassVar[None] = None

    def __init__(self, model: Any, row: int | None = None, unique_id: int | None = None) -> None:
        if row is None:
            raise AgentError("agent.made_by_hand", kind=type(self).__name__)
        _set_model(self, model)
        _set_row(self, row)
        _set_id(self, unique_id)

    @property
    def unique_id(self) -> int:  # type: ignore[override]
        """Persistent name, never used for anybody else."""
        return self._id

    @property
    def key(self) -> tuple[int, int]:
        """Row and persistent name."""
        return self._row, self._id

    def place(self) -> tuple[City, int]:
        """City and row that it shows."""
        return self.model.city, self._row

    def remove(self) -> None:
        """Refused: who leaves the city is decided by its rules."""
        raise AgentError("agent.not_removed", kind=type(self).__name__)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Handle):
            return NotImplemented
        return self._id == other._id and type(self) is type(other) and self.model is other.model

    def __hash__(self) -> int:
        return hash(self._id)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.model, self._row, self._id)


_set_model, _set_row, _set_id = (vars(Handle)[slot].__set__ for slot in ("model", "_row", "_id"))


class Household(HouseholdFacts, Handle):
    """Who live and pay together.

    Every attribute reads the column at that moment. A handle of a household that has left says so, whoever has its
    row now.
    """

    __slots__ = ()

    @property
    def is_here(self) -> bool:
        """Whether it still lives in the city, with or without a home."""
        return bool(self.model.city.households.id[self._row] == self._id)

    def place(self) -> tuple[City, int]:
        """City and row that it shows.

        Raises
        ------
        AgentError
            If the household has left the city, ended, or joined another.
        """
        city: City = self.model.city
        if city.households.id[self._row] != self._id:
            raise AgentError("agent.household_left", id=self._id, month=city.month)
        return city, self._row

    @property
    def dwelling(self) -> Dwelling | None:
        """Its home, or None."""
        city, row = self.place()
        home = int(city.households.dwelling[row])
        return None if home == NOBODY else Dwelling(self.model, home)

    @property
    def landlord(self) -> Landlord | None:
        """Who lets, or sold, its home."""
        home = self.dwelling
        return None if home is None else home.landlord

    def neighbours(self) -> LazySet[Household]:
        """The other households of its area; on a lattice those on the cells around."""
        city, row = self.place()
        if city.geography.is_lattice:
            return LazySet.of_rows(self.model, Household, _on_cells_around(city, row))
        here, area = city.households, int(city.households.area[row])
        near = np.zeros(city.n_areas + 1, np.bool_)  # the last is for those without a home, and stays false
        if area != NOBODY:
            near[_around(city, area)] = True
        rows = np.flatnonzero(near[here.area] & here.is_used)
        return LazySet.of_rows(self.model, Household, rows[rows != row].astype(np.int32))

    def __repr__(self) -> str:
        if not self.is_here:
            return f"<Household {self._id}: not in the city>"
        where = " in ".join(filter(None, (self.tenure, self.area))) if self.has_home else "no home"
        return f"<Household {self._id}: {self.group}, {self.persons} persons, {self.income:.0f} SEK a month, {where}>"

    @classmethod
    def count(cls, city: City) -> int:
        return city.households.n_used

    @classmethod
    def everybody(cls, city: City) -> Index:
        here = city.households
        return slice(None) if here.n_used == len(here) else here.is_used

    @classmethod
    def rows(cls, city: City) -> np.ndarray:
        return city.households.rows()

    @classmethod
    def ids(cls, city: City, rows: np.ndarray) -> np.ndarray:
        return cast(np.ndarray, city.households.id[rows])

    @classmethod
    def alive(cls, city: City, rows: np.ndarray, ids: np.ndarray) -> np.ndarray:
        alive = np.empty(len(rows), np.bool_)
        for begin in range(0, len(rows), ALIVE_CHUNK):  # what is gathered stays in the cache
            part = slice(begin, begin + ALIVE_CHUNK)
            np.equal(city.households.id[rows[part]], ids[part], out=alive[part])
        return alive


class Landlord(LandlordFacts, Handle):
    """Who lets or sells. Its ``unique_id`` is negative, so that it is never that of a household."""

    __slots__ = ()

    @property
    def dwellings(self) -> Homes:
        """The homes it lets or sold."""
        stock = self.model.city.dwellings
        return Homes(self.model, np.flatnonzero(stock.is_used & (stock.landlord == self._row)))

    @property
    def vacant(self) -> Homes:
        """Those of its homes in which nobody lives."""
        return self.dwellings.vacant

    @property
    def tenants(self) -> LazySet[Household]:
        """The households that live in its homes."""
        return self.dwellings.households

    def __repr__(self) -> str:
        return f"<Landlord {self._id}: {self.name}, {self.kind}>"

    @classmethod
    def count(cls, city: City) -> int:
        return len(city.landlords)

    @classmethod
    def everybody(cls, city: City) -> Index:
        return slice(None)

    @classmethod
    def rows(cls, city: City) -> np.ndarray:
        return np.arange(len(city.landlords), dtype=np.int32)

    @classmethod
    def ids(cls, city: City, rows: np.ndarray) -> np.ndarray:
        return -1 - rows.astype(np.int64)

    @classmethod
    def alive(cls, city: City, rows: np.ndarray, ids: np.ndarray) -> np.ndarray:
        return np.ones(len(rows), np.bool_)


class Dwelling(DwellingFacts):
    """A home, shown: every attribute reads the column at that moment."""

    __slots__ = ("model", "row")
    model: Any
    row: int

    def __init__(self, model: Any, row: int) -> None:
        object.__setattr__(self, "model", model)
        object.__setattr__(self, "row", row)

    def place(self) -> tuple[City, int]:
        """City and row that it shows; no home is recycled, so the row is the name."""
        return self.model.city, self.row

    @property
    def household(self) -> Household | None:
        """Who lives there, or None."""
        city, row = self.place()
        occupant = int(city.dwellings.occupant[row])
        return None if occupant == NOBODY else Household(self.model, occupant, int(city.households.id[occupant]))

    @property
    def landlord(self) -> Landlord | None:
        """Who lets or sells it; None on a lattice, where nobody does."""
        city, row = self.place()
        landlord = int(city.dwellings.landlord[row])
        return Landlord(self.model, landlord, -1 - landlord) if city.has_money else None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dwelling):
            return NotImplemented
        return self.row == other.row and self.model is other.model

    def __hash__(self) -> int:
        return hash(self.row)

    def __reduce__(self) -> tuple[object, ...]:
        return Dwelling, (self.model, self.row)

    def __repr__(self) -> str:
        return f"<Dwelling {self.row}: {self.tenure} in {self.area}, {self.rooms} rooms, {self.m2:.0f} m2>"


class Homes(Sequence[Dwelling]):
    """Some dwellings, in the order of their rows; each is made when it is asked for."""

    def __init__(self, model: Any, rows: np.ndarray) -> None:
        self.model, self.rows = model, rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, item: Any) -> Any:
        if isinstance(item, slice):
            return Homes(self.model, self.rows[item])
        return Dwelling(self.model, int(self.rows[item]))

    def values(self, name: str) -> np.ndarray:
        """What each dwelling says: float64, int64, bool, or words."""
        return widened(Dwelling.facts[name].column(self.model.city, self.rows))

    @property
    def vacant(self) -> Homes:
        """Those in which nobody lives."""
        return Homes(self.model, self.rows[self.values("is_vacant")])

    @property
    def households(self) -> LazySet[Household]:
        """Who live in them."""
        occupants = self.model.city.dwellings.occupant[self.rows]
        return LazySet.of_rows(self.model, Household, occupants[occupants != NOBODY])

    def __repr__(self) -> str:
        return f"<{len(self)} dwellings>"


def _on_cells_around(city: City, row: int) -> np.ndarray:
    """Rows of the households on the cells around a household's home, int32."""
    home, near = int(city.households.dwelling[row]), city.geography
    if home == NOBODY:
        return np.zeros(0, np.int32)
    rows = city.dwellings.occupant[near.neighbour[near.start[home] : near.start[home + 1]]]
    return np.asarray(np.sort(rows[rows != NOBODY]), np.int32)


def _around(city: City, area: int) -> Any:
    is_cell = city.geography.km.size == 0 and city.books.places[area] == 1
    if not is_cell:
        return area
    links = city.geography.start[area : area + 2]
    return city.geography.neighbour[links[0] : links[1]]
