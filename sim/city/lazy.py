"""Mesa's AgentSet over rows of columns: the same vocabulary, and every set that it returns is such a set again."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import Any, Generic, Literal, NoReturn, Self, TypeVar

import numpy as np

from sim.base.errors import AgentError
from sim.city.crowd import Crowd, Kind, is_registered
from sim.city.facts import widened
from sim.city.members import OTHER, Members
from sim.city.reduce import reduced

A = TypeVar("A")
INFINITE = float("inf")


class LazySet(Crowd[A]):
    """A set of agents that speaks like Mesa's ``AgentSet``; see ``Crowd`` for who is in it.

    None of its methods returns a set of Mesa's own: these hold agents weakly, and an agent that was made on demand
    would be gone at once.
    """

    __slots__ = ()

    def select(
        self,
        filter_func: Callable[[A], bool] | None = None,
        at_most: float = INFINITE,
        inplace: bool = False,
        agent_type: type | None = None,
        *,
        mask: np.ndarray | None = None,
    ) -> Self:
        """Those who pass a function, are of a type, and where a mask is true.

        Parameters
        ----------
        filter_func : callable, optional
            Asked agent by agent; slow for whole cities, where a ``mask`` is quick.
        at_most : int or float
            Only the first so many; a float up to 1 is a share of the set.
        mask : bool array, shape (len(self),)
            In the order of the set, as ``values`` gives it: ``people.select(mask=people.values("income") < 15000)``.
        """
        if isinstance(at_most, float) and at_most <= 1.0:
            at_most = int(len(self) * at_most)
        members = self._living()
        if agent_type is not None or mask is not None:
            members = members.at(self._of_type(members, agent_type) & _checked(mask, len(members)))
        most = None if at_most == INFINITE else max(int(at_most), 0)
        if filter_func is None:
            return self._with(members.at(slice(most)), inplace)
        passing = (place for place, agent in enumerate(self._handles(members)) if filter_func(agent))
        return self._with(members.at(np.fromiter(islice(passing, most), np.int64)), inplace)

    def _of_type(self, members: Members, agent_type: type | None) -> np.ndarray:
        fits = np.ones(len(members), np.bool_)
        if agent_type is None:
            return fits
        for number, index in members.parts():
            if number == OTHER:
                fits[index] = [isinstance(members.others[row], agent_type) for row in members.rows[index]]
            else:
                fits[index] = issubclass(self._kinds[number], agent_type)
        return fits

    def shuffle(self, inplace: bool = False) -> Self:
        """The same agents in random order, by the luck of ``random``."""
        return self._with(self._shuffled(), inplace)

    def _shuffled(self) -> Members:
        members = self._living()
        order = list(range(len(members)))
        self.random.shuffle(order)
        return members.at(np.array(order, np.int64))

    def sort(self, key: Callable[[A], Any] | str, ascending: bool = False, inplace: bool = False) -> Self:
        """The same agents by an attribute or function, largest first unless ``ascending``; ties keep their order."""
        members = self._living()
        column = self._column_of(members, key) if isinstance(key, str) else None
        if column is not None and column.dtype != object:
            keys = widened(column) if column.dtype.kind != "b" else column.astype(np.int8)
            order = np.argsort(keys if ascending else -keys, kind="stable")
        else:
            values = column.tolist() if column is not None else [key(agent) for agent in self._handles(members)]  # type: ignore[operator]
            order = np.array(sorted(range(len(values)), key=values.__getitem__, reverse=not ascending), np.int64)
        return self._with(members.at(order), inplace)

    def do(self, method: Callable[..., Any] | str, *args: Any, **options: Any) -> Self:
        """Call a method, or a function with the agent first, on each."""
        for _ in self._calls(self._living(), method, args, options):
            pass
        return self

    def shuffle_do(self, method: Callable[..., Any] | str, *args: Any, **options: Any) -> Self:
        """The same in random order."""
        for _ in self._calls(self._shuffled(), method, args, options):
            pass
        return self

    def map(self, method: Callable[..., Any] | str, *args: Any, **options: Any) -> list[Any]:
        """What a method, or a function with the agent first, returns for each."""
        return list(self._calls(self._living(), method, args, options))

    def _calls(
        self, members: Members, method: Callable[..., Any] | str, args: tuple[Any, ...], options: dict[str, Any]
    ) -> Iterator[Any]:
        for agent in self._handles(members):
            if isinstance(agent, Kind) or is_registered(agent):
                call = getattr(agent, method) if isinstance(method, str) else partial(method, agent)
                yield call(*args, **options)

    def agg(self, attribute: str, func: Callable[..., Any] | Iterable[Callable[..., Any]]) -> Any:
        """What a function, or each of several, makes of an attribute of all; see ``reduced``."""
        column = self._column(attribute)
        if callable(func):
            return reduced(column, func)
        return [reduced(column, one) for one in func]

    def get(
        self,
        attr_names: str | list[str],
        handle_missing: Literal["error", "default"] = "error",
        default_value: Any = None,
    ) -> list[Any]:
        """The attribute of each agent, or a list of several attributes each."""
        if handle_missing not in ("error", "default"):
            raise ValueError(f"handle_missing is 'error' or 'default', not {handle_missing!r}")
        if not isinstance(attr_names, str):
            columns = [self.get(name, handle_missing, default_value) for name in attr_names]
            return [list(row) for row in zip(*columns, strict=True)]
        if handle_missing == "default":
            return [getattr(agent, attr_names, default_value) for agent in self]
        found: list[Any] = self._column(attr_names).tolist()
        return found

    def set(self, attr_name: str, value: Any) -> Self:
        """Set an attribute of agents that a user made; households and landlords refuse.

        Raises
        ------
        AgentError
            If a household or landlord is in the set.
        """
        for agent in self:
            setattr(agent, attr_name, value)
        return self

    def __or__(self, other: Iterable[A]) -> Self:
        return type(self)([*self, *other], self.random)

    def __and__(self, other: Iterable[A]) -> Self:
        return self.select(frozenset(other).__contains__)

    def __sub__(self, other: Iterable[A]) -> Self:
        taken = frozenset(other)
        return self.select(lambda agent: agent not in taken)

    def add(self, agent: A) -> NoReturn:
        """Refused: who is in the city is for the city to say."""
        raise AgentError("agent.set_is_shown")

    discard = remove = add

    def groupby(
        self, by: Callable[[A], Hashable] | str, result_type: Literal["agentset", "list"] = "agentset"
    ) -> Groups[A]:
        """Sets, or lists, of those with the same attribute or the same answer, in the order in which they appear."""
        members = self._living()
        if isinstance(by, str):
            keys: Iterable[Any] = self._column_of(members, by).tolist()
        else:
            keys = (by(agent) for agent in self._handles(members))
        numbers: dict[Any, int] = {}
        group = np.fromiter((numbers.setdefault(key, len(numbers)) for key in keys), np.int64, len(members))
        bounds = np.cumsum(np.bincount(group, minlength=len(numbers)))[:-1]
        chosen = np.split(np.argsort(group, kind="stable"), bounds)
        sets = {key: self._with(members.at(index)) for key, index in zip(numbers, chosen, strict=bool(numbers))}
        return Groups({key: one.to_list() for key, one in sets.items()} if result_type == "list" else dict(sets))


class Groups(Generic[A]):
    """Groups of agents by a key, with the vocabulary of Mesa's ``GroupBy``."""

    def __init__(self, groups: dict[Any, Any]) -> None:
        self.groups = groups

    def map(self, method: Callable[..., Any] | str, *args: Any, **options: Any) -> dict[Any, Any]:
        """What a method of the group, or a function with the group first, returns, by key."""
        if isinstance(method, str):
            return {key: getattr(group, method)(*args, **options) for key, group in self.groups.items()}
        return {key: method(group, *args, **options) for key, group in self.groups.items()}

    def do(self, method: Callable[..., Any] | str, *args: Any, **options: Any) -> Self:
        """Call a method of each group, or a function with the group first."""
        self.map(method, *args, **options)
        return self

    def count(self) -> dict[Any, int]:
        """How many are in each group."""
        return self.map(len)

    def agg(self, attr_name: str, func: Callable[..., Any]) -> dict[Any, Any]:
        """What a function makes of an attribute of each group."""

        def made(group: Any) -> Any:
            if isinstance(group, LazySet):
                return group.agg(attr_name, func)
            return func([getattr(agent, attr_name) for agent in group])

        return self.map(made)

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        return iter(self.groups.items())

    def __len__(self) -> int:
        return len(self.groups)


def _checked(mask: np.ndarray | None, n: int) -> np.ndarray:
    if mask is None:
        return np.ones(n, np.bool_)
    if np.shape(mask) != (n,) or np.asarray(mask).dtype != np.bool_:
        raise AgentError("agent.mask", shape=np.shape(mask), type=np.asarray(mask).dtype, n=n)
    return np.asarray(mask)
