"""What a handle can say of its row: each fact is declared once, for one row and for a whole column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, overload

import numpy as np

from sim.base.columns import Column
from sim.base.errors import AgentError
from sim.city.city import City

T = TypeVar("T")
Index = int | slice | np.ndarray
"""One row, or many: a slice, a mask over all rows, or an array of rows."""

_WIDE = {"i": np.int64, "u": np.int64, "f": np.float64}


class Fact(Generic[T]):
    """A read-only attribute of a handle, which gives a Python scalar; for a set of handles it gives an array.

    Parameters
    ----------
    read : callable
        Number or code of one row or of many: ``read(city, index)``.
    words : callable, optional
        The words that codes stand for: ``words(city)``. A negative code stands for None.
    scalar : type
        What the number of one row becomes, where there are no words.
    meaning : str
        What it says, with its unit: the help text.
    """

    def __init__(
        self,
        read: Callable[[City, Any], Any],
        words: Callable[[City], Sequence[str | None]] | None = None,
        *,
        scalar: type = int,
        meaning: str,
    ) -> None:
        self.read, self.words, self.scalar, self.__doc__ = read, words, scalar, meaning

    @overload
    def __get__(self, handle: None, owner: type) -> Self: ...
    @overload
    def __get__(self, handle: Shown, owner: type) -> T: ...
    def __get__(self, handle: Shown | None, owner: type) -> Self | T:
        if handle is None:
            return self
        city, row = handle.place()
        number = self.read(city, row)
        if self.words is None:
            return cast(T, self.scalar(number))
        return cast(T, None if number < 0 else self.words(city)[number])

    def column(self, city: City, index: Index) -> np.ndarray:
        """What many rows say: numbers in the type of their column, or words as objects."""
        numbers = np.asarray(self.read(city, index))
        if self.words is None:
            return numbers
        vocabulary = np.empty(len(self.words(city)) + 1, object)
        vocabulary[:-1] = self.words(city)
        return cast(np.ndarray, vocabulary[numbers])


def column_fact(table: str, name: str, spec: Column) -> Fact[Any]:
    """The fact that a column of a table holds, in its own unit."""
    column = attrgetter(f"{table}.{name}")
    scalar = float if np.dtype(spec.dtype).kind == "f" else int
    meaning = f"{spec.meaning}, {spec.unit}" if spec.unit else spec.meaning
    return Fact(lambda city, index: column(city)[index], scalar=scalar, meaning=meaning)


def widened(column: np.ndarray) -> np.ndarray:
    """The same numbers as float64 or int64, in which nothing overflows; booleans and objects as they are."""
    return column.astype(_WIDE.get(column.dtype.kind, column.dtype), copy=False)


class Shown:
    """Something of the city, shown by a handle that reads and never writes."""

    __slots__ = ()
    facts: ClassVar[dict[str, Fact[Any]]] = {}

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.facts = {**cls.facts, **{name: fact for name, fact in vars(cls).items() if isinstance(fact, Fact)}}

    def place(self) -> tuple[City, int]:
        """City and row that it shows."""
        raise NotImplementedError

    def __setattr__(self, name: str, value: object) -> None:
        raise AgentError("agent.read_only", kind=type(self).__name__, name=name)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # Mesa's DataCollector copies what it collects, and a copied handle would drag the city along
