"""An ordered set of agents that are rows of columns: who is in it, what they say, and handles on demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from random import Random
from typing import Any, Generic, Self, TypeVar

import numpy as np

from sim.base.errors import AgentError
from sim.city.city import City
from sim.city.facts import Index, Shown, widened
from sim.city.members import OTHER, Members, joined

A = TypeVar("A")
CHUNK = 4096


class Kind(Shown):
    """A kind of agent: a handle over one row, and as a class the rows that all of them are made of."""

    __slots__ = ()
    model: Any
    unique_id: int

    def __init__(self, model: Any, row: int | None = None, unique_id: int | None = None) -> None:
        raise NotImplementedError

    @property
    def key(self) -> tuple[int, int]:
        """Row and persistent name."""
        raise NotImplementedError

    @property
    def is_here(self) -> bool:
        """Whether it still exists in the city."""
        return True

    @classmethod
    def count(cls, city: City) -> int:
        """How many there are."""
        raise NotImplementedError

    @classmethod
    def everybody(cls, city: City) -> Index:
        """Where they are in the columns."""
        raise NotImplementedError

    @classmethod
    def rows(cls, city: City) -> np.ndarray:
        """Their rows, int32."""
        raise NotImplementedError

    @classmethod
    def ids(cls, city: City, rows: np.ndarray) -> np.ndarray:
        """Their persistent names, int64."""
        raise NotImplementedError

    @classmethod
    def alive(cls, city: City, rows: np.ndarray, ids: np.ndarray) -> np.ndarray:
        """Whether each row still belongs to the name, bool."""
        raise NotImplementedError


class Crowd(Generic[A]):
    """An ordered set of agents.

    ``model.agents`` shows everybody at any time; a set that was chosen from it is fixed, and those who leave the city
    drop out of it.

    Parameters
    ----------
    agents : iterable
        Agents of one model, each counted once.
    random : random.Random, optional
        For shuffling; by default that of the model.
    """

    __slots__ = ("_kinds", "_members", "_model", "_others", "random")

    def __init__(self, agents: Iterable[A] = (), random: Random | None = None) -> None:
        found: list[Any] = list(dict.fromkeys(agents))
        self._model = _one_model(found)
        self.random = random if random is not None else found[0].model.random if found else Random()
        self._kinds: tuple[type[Kind], ...] = tuple(dict.fromkeys(type(one) for one in found if isinstance(one, Kind)))
        self._others: Collection[Any] = ()
        self._members: Members | None = _members_of(found, self._kinds)

    @classmethod
    def everybody(cls, model: Any, kinds: Sequence[type[Kind]], others: Collection[Any] = ()) -> Self:
        """All agents of some kinds at any time, and those that Mesa itself has registered."""
        crowd = cls((), model.random)
        crowd._model, crowd._kinds, crowd._others, crowd._members = model, tuple(kinds), others, None
        return crowd

    @classmethod
    def of_rows(cls, model: Any, kind: type[Kind], rows: np.ndarray) -> Self:
        """Those who now have these rows."""
        crowd = cls.everybody(model, (kind,))
        return crowd._with(Members(0, rows, kind.ids(model.city, rows)))

    def _with(self, members: Members, inplace: bool = False) -> Self:
        crowd = self if inplace else type(self)((), self.random)
        crowd._model, crowd._kinds, crowd._others, crowd._members = self._model, self._kinds, (), members
        return crowd

    def _living(self) -> Members:
        if self._members is None:
            return self._everybody()
        alive = self._alive(self._members)
        return self._members if alive.all() else self._members.at(alive)

    def _everybody(self) -> Members:
        parts = []
        for number, kind in enumerate(self._kinds):
            rows = kind.rows(self._model.city)
            parts.append(Members(number, rows, kind.ids(self._model.city, rows)))
        if self._others or not parts:
            parts.append(_strangers(tuple(self._others)))
        return joined(parts)

    def _alive(self, members: Members) -> np.ndarray:
        alive = np.ones(len(members), np.bool_)
        for number, index in members.parts():
            rows = members.rows[index]
            if number == OTHER:
                alive[index] = [is_registered(members.others[row]) for row in rows]
            else:
                alive[index] = self._kinds[number].alive(self._model.city, rows, members.ids[index])
        return alive

    def __len__(self) -> int:
        if self._members is None:
            return sum(kind.count(self._model.city) for kind in self._kinds) + len(self._others)
        return int(np.count_nonzero(self._alive(self._members)))

    def __iter__(self) -> Iterator[A]:
        return self._handles(self._living())

    def __contains__(self, agent: object) -> bool:
        if isinstance(agent, Kind):
            return self._shows(agent)
        if self._members is None:
            return agent in self._others
        return any(agent is other for other in self if not isinstance(other, Kind))

    def _shows(self, agent: Kind) -> bool:
        if type(agent) not in self._kinds or agent.model is not self._model or not agent.is_here:
            return False
        number = self._kinds.index(type(agent))
        return self._members is None or bool(self._members.same(number, agent.unique_id).any())

    def __getitem__(self, item: int | slice) -> Any:
        members = self._living()
        if isinstance(item, slice):
            return list(self._handles(members.at(item)))
        return next(self._handles(members.at(np.array([range(len(members))[item]]))))

    def first(self) -> A:
        """The first of them."""
        agent: A = self[0]
        return agent

    def to_list(self) -> list[A]:
        """The agents; they exist for as long as the list does."""
        return list(self)

    def __copy__(self) -> Self:
        return self._with(self._living())

    def copy(self) -> Self:
        """The same agents, in a set that stays as it is."""
        return self.__copy__()

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    @property
    def nbytes(self) -> int:
        """Bytes that the set takes beside the city's columns."""
        return 0 if self._members is None else self._members.nbytes

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {len(self)}: {', '.join(kind.__name__ for kind in self._kinds)}>"

    def _handles(self, members: Members) -> Iterator[A]:
        makers = [partial(kind, self._model) for kind in self._kinds]
        for begin in range(0, len(members), CHUNK):
            part = members.at(slice(begin, begin + CHUNK))
            rows, ids = part.rows.tolist(), part.ids.tolist()
            if isinstance(part.kinds, int) and part.kinds != OTHER:
                yield from map(makers[part.kinds], rows, ids)
                continue
            kinds = np.broadcast_to(np.asarray(part.kinds), len(part)).tolist()
            for number, row, unique_id in zip(kinds, rows, ids, strict=True):
                yield part.others[row] if number == OTHER else makers[number](row, unique_id)

    def values(self, name: str) -> np.ndarray:
        """What each agent says, in the order of the set: float64, int64, bool, or objects where it is not a number."""
        return widened(self._column(name))

    def _column(self, name: str) -> np.ndarray:
        if self._members is None and not self._others and len(self._kinds) == 1 and name in self._kinds[0].facts:
            kind = self._kinds[0]
            return kind.facts[name].column(self._model.city, kind.everybody(self._model.city))
        return self._column_of(self._living(), name)

    def _column_of(self, members: Members, name: str) -> np.ndarray:
        parts = [(index, self._part(members.at(index), number, name)) for number, index in members.parts()]
        if len(parts) == 1:
            return parts[0][1]
        whole = np.empty(len(members), object)
        for index, column in parts:
            whole[index] = objects(column.tolist())
        return whole

    def _part(self, members: Members, number: int, name: str) -> np.ndarray:
        if number != OTHER and name == "unique_id":
            return members.ids
        if number != OTHER and name in self._kinds[number].facts:
            return self._kinds[number].facts[name].column(self._model.city, members.rows)
        return objects([getattr(agent, name) for agent in self._handles(members)])


def objects(values: Sequence[Any]) -> np.ndarray:
    """An array of just these objects, whatever they are."""
    array = np.empty(len(values), object)
    for place, value in enumerate(values):
        array[place] = value
    return array


def is_registered(agent: Any) -> bool:
    """Whether an agent that a user made still belongs to its model."""
    return bool(agent in agent.model.agents)


def _strangers(others: tuple[Any, ...]) -> Members:
    return Members(OTHER, np.arange(len(others), dtype=np.int32), np.zeros(len(others), np.int64), others)


def _members_of(agents: list[Any], kinds: tuple[type[Kind], ...]) -> Members:
    if not kinds:
        return _strangers(tuple(agents))
    keys = [one.key if isinstance(one, Kind) else (place, 0) for place, one in enumerate(agents)]
    numbers = [kinds.index(type(one)) if isinstance(one, Kind) else OTHER for one in agents]
    rows, ids = np.array([row for row, _ in keys], np.int32), np.array([name for _, name in keys], np.int64)
    everyone = slice(None)
    return Members(np.array(numbers, np.uint8), rows, ids, tuple(agents)).at(everyone)


def _one_model(agents: list[Any]) -> Any:
    models = {id(agent.model): agent.model for agent in agents}
    if len(models) > 1:
        raise AgentError("agent.two_models", models=len(models))
    return next(iter(models.values()), None)
