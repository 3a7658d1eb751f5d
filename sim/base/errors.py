"""What went wrong, where, and how to mend it: one family of errors that speaks Swedish and English."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sim.base.language import say


@dataclass(frozen=True)
class Place:
    """Where in a file a fault sits; line and column count from 1, ``path`` is dotted."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    path: str = ""

    def text(self) -> str:
        """``file:line:column (path)`` with what is unknown left out."""
        where = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        if where and self.path:
            return f"{where} ({self.path})"
        return where or self.path


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: a key of ``errors`` in the language files, its values, its place."""

    key: str
    values: dict[str, object] = field(default_factory=dict)
    place: Place = field(default_factory=Place)

    def text(self, language: str = "en") -> str:
        """The sentence a reader sees, with its place in front."""
        sentence = say(f"errors.{self.key}", language, **self.values)
        where = self.place.text()
        return f"{where}: {sentence}" if where else sentence


class SimError(Exception):
    """Any fault that hemvist names itself; it keeps the key and the offending values.

    Examples
    --------
    >>> MeasureError("measure.two_groups_needed", members=0, others=7).values["others"]
    7
    """

    def __init__(self, key: str, /, **values: object) -> None:
        self.faults: tuple[Fault, ...] = (Fault(key, values),)
        super().__init__(key)

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> SimError:
        """One error that carries several faults, all of which the reader should see at once."""
        error = cls.__new__(cls)
        error.faults = tuple(faults)
        Exception.__init__(error, error.faults[0].key)
        return error

    @property
    def key(self) -> str:
        """Key of the first fault."""
        return self.faults[0].key

    @property
    def values(self) -> dict[str, object]:
        """Values of the first fault."""
        return self.faults[0].values

    def text(self, language: str = "en", most: int = 20) -> str:
        """All faults, a line each, at most ``most`` and then how many more."""
        lines = [fault.text(language) for fault in self.faults[:most]]
        if len(self.faults) > most:
            lines.append(say("errors.and_more", language, more=len(self.faults) - most))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.text("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.faults)


def _rebuilt(kind: type[SimError], faults: tuple[Fault, ...]) -> SimError:
    """An error that crossed a process border, as it was."""
    return kind.of(faults)


class ScenarioError(SimError):
    """What a user wrote in a file or on the command line cannot be used."""


class RuleError(SimError):
    """A rule broke the contract of its kind."""


class MeasureError(SimError):
    """A measure is undefined for this city."""


class CityError(SimError):
    """The books of the city do not balance: always our fault."""


class AgentError(SimError):
    """A household or landlord, shown as an agent, was asked or told what it cannot answer or do."""


class StoreError(SimError):
    """Results on disk do not belong to what is asked for: another experiment, other code, or somebody at work."""


class RecordError(SimError):
    """A record cannot be written or read."""
