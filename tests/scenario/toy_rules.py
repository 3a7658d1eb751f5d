"""A few toy rules, one of each kind, so that the reading of scenarios is tested without the real ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from sim.base.errors import ScenarioError
from sim.base.parameters import by_group, choice, flag, integer, numbers, points, quantity
from sim.base.registry import Registry, rule


@rule("rent", "utility_value")
@dataclass(frozen=True)
class UtilityValue:
    location_weight: float = quantity(0.1, unit="share", low=0, high=1, source="assumed")
    yearly_index: float = quantity(0.0, unit="share/year", low=-0.1, high=0.2, source="assumed")
    presumption: int | None = integer(None, unit="month", low=0, high=600, source="Jordabalken 12 kap. 55 c §")


@rule("rent", "market")
@dataclass(frozen=True)
class Market:
    speed: float = quantity(0.02, unit="share/month", low=0, high=0.5, source="assumed")
    sitting: str = choice("at_reletting", of=("at_reletting", "lagged"), source="assumed")
    floor: float | None = quantity(None, unit="SEK/month", low=0, source="assumed")


@rule("price", "demand")
@dataclass(frozen=True)
class Demand:
    speed: float = quantity(0.005, unit="share/month", low=0, high=0.5, source="assumed")


@rule("allocation", "queue")
@dataclass(frozen=True)
class Queue:
    internal: float = quantity(0.0, unit="share", low=0, high=1, source="assumed")


@rule("allocation", "first_acceptable")
@dataclass(frozen=True)
class FirstAcceptable:
    pass


@rule("allocation", "bidding")
@dataclass(frozen=True)
class Bidding:
    pass


@rule("allocation", "mixed")
@dataclass(frozen=True)
class Mixed:
    pass


@rule("screening", "none")
@dataclass(frozen=True)
class NoScreening:
    pass


@rule("screening", "by_group")
@dataclass(frozen=True)
class ByGroupScreening:
    accept: dict[str, float] = by_group(unit="share", low=0, high=1, source="assumed")  # noqa: RUF009


@rule("search", "life_course")
@dataclass(frozen=True)
class LifeCourse:
    hazard: float = quantity(0.012, unit="share/month", low=0, high=1, source="assumed")
    by_age: tuple[float, ...] = numbers((1.0, 0.5, 0.2), unit="share", low=0, high=2, source="assumed")


@rule("search", "forced")
@dataclass(frozen=True)
class Forced:
    on: bool = flag(True, source="assumed")
    until: int = integer(12, unit="month", low=0, high=120, source="assumed")


@rule("demography", "ageing")
@dataclass(frozen=True)
class Ageing:
    pass


@rule("payment", "arrears")
@dataclass(frozen=True)
class Arrears:
    pass


@dataclass(frozen=True)
class Shape:
    points: tuple[tuple[float, float], ...] | None = points(None, unit="utility", low=-10, high=10, source="assumed")
    shape: str | None = choice(None, of=("threshold", "linear"), source="assumed")
    at: float | None = quantity(None, unit="share", low=0, high=1, source="assumed")

    def __post_init__(self) -> None:
        if self.shape == "threshold" and self.at is None:
            raise ScenarioError("scenario.missing_key", parameter="shape", key="at")


@rule("preference", "own_group")
@dataclass(frozen=True)
class OwnGroup(Shape):
    weight: float = quantity(1.0, unit="utility", low=0, high=100, source="assumed")
    over: str = choice("occupied", of=("occupied", "places"), source="assumed")
    alone: float | str = quantity("satisfied", unit="utility", words=("satisfied", "dissatisfied"), source="assumed")
    by_group: dict[str, Shape] = by_group(of=Shape, source="assumed")  # noqa: RUF009


@rule("preference", "cost")
@dataclass(frozen=True)
class CostTerm:
    needs_money: ClassVar[bool] = True
    weight: float = quantity(1.0, unit="utility", low=0, high=100, source="assumed")


@rule("act", "build")
@dataclass(frozen=True)
class Build:
    homes: int = integer(10, unit="home", low=0, high=10_000, source="assumed")


TOYS = Registry(
    [
        UtilityValue, Market, Demand, Queue, FirstAcceptable, Bidding, Mixed, NoScreening, ByGroupScreening, LifeCourse,
        Forced, Ageing, Arrears, OwnGroup, CostTerm, Build,
    ]
)  # fmt: skip
