"""Scenario: everything that one may say, typed and frozen, in house units."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, PrivateAttr

from sim.base.errors import Fault, Place
from sim.scenario import figures, identity
from sim.scenario.dial import Dial
from sim.scenario.events import Event, Intervention, LeverSection
from sim.scenario.fields import Format, Name, Text, Word
from sim.scenario.figures import Figure
from sim.scenario.housing import Landlord, Listing, Loans, TenureOf
from sim.scenario.nodes import Node, split
from sim.scenario.people import Demography, Investment, Payment, Preferences, Search
from sim.scenario.quantities import Quantity
from sim.scenario.rules import RuleBlock
from sim.scenario.section import Section
from sim.scenario.walk import look
from sim.scenario.world import ConstantsTable, Founding, Population, Source, Space, Stock, TargetsTable, Time

if TYPE_CHECKING:
    from sim.scenario.levers import Lever
    from sim.scenario.tables import Table
    from sim.scenario.timeline import Change, Timeline


class Scenario(Section):
    """One world to run: places, homes, people, the rules of landlords and government, and what changes when."""

    silent: ClassVar[frozenset[str]] = frozenset(
        {"schema", "id", "title", "status", "pair", "sources", "interventions", "targets", "levers", "dial"}
    )

    format: Annotated[Literal["hemvist-scenario/1"], Format()] = Field(alias="schema")
    id: Name
    title: Text
    status: Annotated[Literal["illustrative", "calibrated", "historical"], Word()] = "illustrative"
    pair: Name | None = None
    sources: tuple[Source, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    time: Time
    tempo: Annotated[Literal["monthly", "sequential"], Word()] = "monthly"
    scale: Annotated[float, Quantity("share", above=0.0, high=100.0, is_design=True)] = 1.0
    money: bool = True
    space: Space
    stock: Stock | None = None
    constants: ConstantsTable | None = None
    targets: TargetsTable | None = None
    founding: Founding | None = None
    population: Population
    tenures: tuple[TenureOf, ...] = ()
    landlords: tuple[Landlord, ...] = ()
    loans: Loans | None = None
    listing: Listing = Listing()
    search: Search = Search()
    preferences: Preferences
    demography: Demography = Demography()
    payment: Payment = Payment()
    investment: Investment | None = None
    dial: Dial | None = None
    events: tuple[Event, ...] = Field(default=(), alias="timeline")
    lever_sections: tuple[LeverSection, ...] = Field(default=(), alias="levers")

    _tree: Node = PrivateAttr()
    _timeline: Timeline | None = PrivateAttr(default=None)
    _tables: dict[str, Table] = PrivateAttr(default_factory=dict)
    _levers: tuple[Lever, ...] = PrivateAttr(default=())

    @property
    def tables(self) -> dict[str, Table]:
        """The tables that the file names, by section: ``space``, ``stock``, ``population``."""
        return self._tables

    @property
    def levers(self) -> tuple[Lever, ...]:
        """What may be pulled, with ranges in house units."""
        return self._levers

    def value(self, path: str) -> Any:
        """The value at a dotted path, lists by id, defaults included.

        Raises
        ------
        KeyError
            If the path leads nowhere.
        """
        entry = look(self, split(path))
        if entry is None:
            raise KeyError(path)
        return entry.value

    def origin(self, path: str) -> Place:
        """Where a value was written, or the nearest thing around it that was (then it is a default)."""
        return self._tree.nearest(split(path)).place(path)

    def is_written(self, path: str) -> bool:
        """Whether a file says what stands at a path; what none says is a default, or comes from the timeline."""
        return self._tree.at(split(path)) is not None

    def timeline_months(self) -> tuple[int, ...]:
        """Months since the start in which something changes or is done."""
        return self._timeline.months() if self._timeline else ()

    def resolved_at(self, month: int) -> Scenario:
        """The scenario in force in a month; the same object as long as nothing changes; burn-in before month 0."""
        return self._timeline.scenario_at(month) if self._timeline else self

    def at_burn_in(self) -> Scenario:
        """In force before month 0: these people and preferences, the rules at the root of ``extends``."""
        return self.resolved_at(-1)

    def changes_at(self, month: int) -> tuple[Change, ...]:
        """What changes at the start of a month."""
        return self._timeline.changes_at(month) if self._timeline else ()

    def acts_at(self, month: int) -> tuple[RuleBlock, ...]:
        """What is done in a month."""
        return self._timeline.acts_at(month) if self._timeline else ()

    def figures(self) -> tuple[Figure, ...]:
        """Every quantity with its value, unit, source and status."""
        return figures.figures_of(self, self._tree)

    def unsourced(self) -> list[Fault]:
        """A fault for each written quantity that lacks a source or a status."""
        return figures.unsourced(self.figures())

    def resolved(self) -> dict[str, Any]:
        """Everything that can affect a result, as plain data in house units."""
        return identity.resolved(self, self._tables, self._timeline)

    def canonical_json(self) -> str:
        """The same with sorted keys, no spaces, floats by ``repr``."""
        return identity.canonical(self.resolved())

    def sha256(self) -> str:
        """Hash of the same: equal for scenarios that cannot differ in any result."""
        return identity.sha256(self.canonical_json())
