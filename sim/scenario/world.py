"""Sections about the world that stays as it is: time, place, stock, population, sources."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator
from pydantic_core import core_schema

from sim.scenario.fields import Month, Name, Share, Table, Tenure, Text, Word, check_sum
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse, refuse_word, shown
from sim.scenario.rules import ByGroup
from sim.scenario.section import Section

Latitude = Annotated[float | None, Quantity("degree", -90.0, 90.0, optional=True, is_design=True)]
Longitude = Annotated[float | None, Quantity("degree", -180.0, 180.0, optional=True, is_design=True)]


class Source(Section):
    """Where figures come from."""

    id: Name
    kind: Annotated[Literal["statistics", "paper", "report", "law"], Word()]
    cite: str
    doi: str | None = None
    url: str | None = None
    accessed: str | None = None


class Time(Section):
    """When it starts, how long it runs, how long it settles before."""

    start: Month
    months: Annotated[int, Quantity("month", 1, 12_000, whole=True, is_design=True)]
    burn_in: Annotated[int, Quantity("month", 0, 1_200, whole=True, is_design=True)] = 0
    stop: Annotated[Literal["all_satisfied"], Word()] | None = None


class Neighbourhood(Section):
    """How far around a household looks: weights halve with every ``half_distance``, over ``reach`` areas."""

    half_distance: Annotated[float, Quantity("km", above=0.0, high=100.0)]
    reach: Annotated[int, Quantity("area", 0, 1_000, whole=True)]


class InlineArea(Section):
    """An area written in the scenario itself."""

    id: Name
    homes: Annotated[int, Quantity("home", 1, 10_000_000, whole=True, is_design=True)]
    name: str | None = None
    lat: Latitude = None
    lon: Longitude = None


class AreasSpace(Section):
    """Named areas with many homes each, from a table or written out."""

    kind: Literal["areas"]
    table: Table | None = None
    areas: tuple[InlineArea, ...] = ()
    neighbourhood: Neighbourhood | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> AreasSpace:
        if (self.table is None) == (not self.areas):
            refuse("areas_from_one")
        if (
            self.areas
            and self.neighbourhood is not None
            and any(area.lat is None or area.lon is None for area in self.areas)
        ):
            refuse("areas_without_position", at="neighbourhood")
        return self


class LatticeSpace(Section):
    """Width times height homes, each with the homes at most ``radius`` steps away as its neighbourhood."""

    kind: Literal["lattice"]
    width: Annotated[int, Quantity("home", 1, 10_000, whole=True, is_design=True)]
    height: Annotated[int, Quantity("home", 1, 10_000, whole=True, is_design=True)]
    radius: Annotated[int, Quantity("home", 1, 100, whole=True, is_design=True)] = 1
    torus: bool = False


class _OneKind:
    """A section whose keys depend on its ``kind``."""

    models: ClassVar[dict[str, type[Section]]] = {"areas": AreasSpace, "lattice": LatticeSpace}

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        written = core_schema.with_info_plain_validator_function(self._check)
        return core_schema.json_or_python_schema(handler(source), written)

    def _check(self, raw: Any, info: Any) -> Section:
        if not isinstance(raw, dict):
            refuse("not_a_map", found=shown(raw))
        if "kind" not in raw:
            refuse("missing_key", key="kind")
        if not isinstance(raw["kind"], str) or raw["kind"] not in self.models:
            refuse_word(raw["kind"], tuple(self.models), at="kind")
        return self.models[raw["kind"]].model_validate(raw, context=info.context)


Space = Annotated[AreasSpace | LatticeSpace, _OneKind()]


class Stock(Section):
    """The homes of the founding, from a table with a row per area and tenure."""

    table: Table
    vacancy: dict[Annotated[Tenure, Word()], Share] = Field(default_factory=dict)


class ConstantsTable(Section):
    """What the model does not explain about each area, found by inversion: a row per area and what it is of."""

    table: Table


class TargetsTable(Section):
    """What the town is known to be like, as bounds of what ``hemvist baseline`` reads off it; no run depends on it."""

    table: Table


class Founding(Section):
    """How far the founding follows the tables: it may be mixed, to ask what the pattern of today does by itself."""

    households: Annotated[Literal["as_tabled", "by_lot"], Word()] = "as_tabled"
    tenures: Annotated[Literal["as_tabled", "even"], Word()] = "as_tabled"
    prices: Annotated[Literal["as_tabled", "even"], Word()] = "as_tabled"
    group_incomes: Annotated[Literal["as_tabled", "equal"], Word()] = "as_tabled"

    @model_validator(mode="after")
    def _mixed_first(self) -> Founding:
        if self.households == "as_tabled":
            for key in ("tenures", "prices", "group_incomes"):
                if getattr(self, key) != "as_tabled":
                    refuse("mixed_by_lot_only", at=key, key=key)
        return self


class Group(Section):
    """A category over which segregation is measured; its size exact (``count``) or a ``share``."""

    id: Name
    label: Text | None = None
    count: Annotated[int | None, Quantity("household", 0, 100_000_000, whole=True, optional=True, is_design=True)] = (
        None
    )
    share: Annotated[float | None, Quantity("share", 0.0, 1.0, optional=True, is_design=True)] = None


class Incomes(Section):
    """Disposable income per consumption unit: its mean, and the standard deviation of its logarithm within an area.

    ``passing`` is the standard deviation of the part that soon passes.
    """

    mean: Annotated[float, Quantity("SEK/month", above=0.0, high=1e6)] = 26_000.0
    spread: Annotated[float, Quantity("log income", 0.0, 3.0)] = 0.42
    passing: Annotated[float, Quantity("log income", 0.0, 3.0)] = 0.15


class QueueAtStart(Section):
    """The queue of the founding: registered households per home, and how many keep their time after a letting."""

    registered: Annotated[float, Quantity("household/home", 0.0, 10.0)] = 0.62
    keeps: Share = 0.5


class WithoutHome(Section):
    """Households without a home of their own at the founding, per home; ``by_group`` divides them."""

    share: Annotated[float, Quantity("household/home", 0.0, 2.0)] = 0.09
    by_group: Annotated[dict[str, Share], ByGroup()] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _groups_share(self) -> WithoutHome:
        if self.by_group:
            check_sum(tuple(self.by_group.values()), at="by_group")
        return self


class Population(Section):
    """Who lives there at the founding."""

    groups: tuple[Group, ...]
    table: Table | None = None
    fill: Annotated[float | None, Quantity("share", 0.0, 1.0, optional=True, is_design=True)] = None
    placement: Annotated[Literal["exact", "independent"], Word()] = "exact"
    incomes: Incomes = Incomes()
    queue: QueueAtStart = QueueAtStart()
    without_home: WithoutHome = WithoutHome()

    @model_validator(mode="after")
    def _sizes_agree(self) -> Population:
        if not self.groups:
            refuse("no_groups", at="groups")
        counted, shared = ([getattr(group, name) is not None for group in self.groups] for name in ("count", "share"))
        if any(counted) and (any(shared) or not all(counted)):
            refuse("groups_by_count_or_share", at="groups")
        if any(counted) and self.fill is not None:
            refuse("fill_with_counts", at="fill")
        if any(shared):
            check_sum(tuple(group.share or 0.0 for group in self.groups), at="groups")
        elif not any(counted) and self.table is None:
            refuse("groups_without_size", at="groups")
        return self
