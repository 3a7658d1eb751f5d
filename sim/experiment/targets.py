"""What a town is known to be like, and what follows for a model of it: bounds of readings, from a table."""

from __future__ import annotations

from dataclasses import dataclass

from sim.scenario.schema import Scenario


@dataclass(frozen=True)
class Target:
    """Bounds of a reading; an end that is not bounded is NaN.

    Attributes
    ----------
    row : str
        Name of the reading.
    low, high : float
        In the unit of the reading.
    of : str
        What is bounded: ``value`` the reading, ``change`` its difference to the founding, ``ratio`` their ratio.
    source, note : str
    """

    row: str
    low: float
    high: float
    of: str
    source: str
    note: str

    def is_met(self, value: float, at_founding: float) -> bool:
        """Whether a reading lies within the bounds."""
        asked = value
        if self.of == "change":
            asked -= at_founding
        elif self.of == "ratio":
            asked /= at_founding
        return not (asked < self.low or asked > self.high)


def targets_of(scenario: Scenario) -> tuple[Target, ...]:
    """The targets that a scenario names; none if it names no table of them."""
    table = scenario.tables.get("targets")
    if table is None:
        return ()
    columns = zip(
        table.texts("row"), table.numbers("low"), table.numbers("high"), table.texts("of"), table.texts("source"),
        table.texts("note"), strict=True,
    )  # fmt: skip
    return tuple(Target(row, float(low), float(high), of, source, note) for row, low, high, of, source, note in columns)
