"""Where the time of a run goes: to the founding, to each phase of the month, to the measures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass
class Clock:
    """Time by part, in the order in which the parts first came.

    It belongs to the one who runs a city, not to the city: a copy that is saved, restored or forked starts at 0.

    Attributes
    ----------
    seconds : dict of str to float
        What each part has taken so far.
    times : dict of str to int
        How often it has come.

    Examples
    --------
    >>> clock = Clock()
    >>> with clock.at("search"):
    ...     pass
    >>> clock.times
    {'search': 1}
    """

    seconds: dict[str, float] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def at(self, part: str) -> Iterator[None]:
        """Add what happens here to a part, whether it ends well or not."""
        began = perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + perf_counter() - began
            self.times[part] = self.times.get(part, 0) + 1

    def __reduce__(self) -> tuple[object, ...]:
        return Clock, ()
