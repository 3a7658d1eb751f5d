"""The month: a written list of phases, and the engine that passes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sim.city import changes
from sim.city.city import City
from sim.city.tally import Tally
from sim.engine.clock import Clock
from sim.engine.history import History
from sim.engine.market import Market
from sim.engine.phases.allocation import allocation
from sim.engine.phases.building import building
from sim.engine.phases.demography import demography
from sim.engine.phases.listing import exchange, listing
from sim.engine.phases.moving import moving
from sim.engine.phases.one_by_one import one_by_one
from sim.engine.phases.payment import payment
from sim.engine.phases.preference import preference
from sim.engine.phases.rents import rents
from sim.engine.phases.search import search
from sim.engine.rulebook import Rulebook
from sim.engine.timetable import Timetable
from sim.measures.census import Census, take_census
from sim.measures.memory import Memory
from sim.measures.monthly import month_panel
from sim.scenario.schema import Scenario


@dataclass
class Engine:
    """A city and the rules in force, ready to pass months.

    Attributes
    ----------
    city : City
    timetable : Timetable
        Which rules are in force when.
    rulebook : Rulebook
        The rules in force.
    threads : int
        Threads that share the widest loops; the result is the same to the bit.
    tally, market : Tally, Market
        What happens in the month under way, or happened in the last one.
    census : Census or None
        Who lived where when the last month ended.
    memory : Memory
        What the measures keep from month to month.
    clock : Clock
        What each phase has taken.
    """

    city: City
    timetable: Timetable
    rulebook: Rulebook
    threads: int = 1
    tally: Tally = field(default_factory=Tally)
    market: Market = field(default_factory=Market)
    census: Census | None = None
    memory: Memory = field(default_factory=Memory)
    clock: Clock = field(default_factory=Clock)

    @classmethod
    def of(cls, city: City, timetable: Timetable, threads: int = 1) -> Engine:
        """An engine for a city that has just been founded."""
        engine = cls(city, timetable, timetable.at(city.month), threads)
        engine.look_around()
        return engine

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will happen: never, in a town where people live."""
        return False

    def obey(self, scenario: Scenario) -> None:
        """Follow another scenario from the next month on."""
        self.timetable = Timetable(scenario)

    def rules(self) -> Iterator[object]:
        """Every rule in force."""
        return self.rulebook.all()

    def note(self, history: History) -> None:
        """Measure the month that has passed and remember it."""
        if self.census is not None:
            with self.clock.at("measures"):
                panel = month_panel(self.city.readonly(), self.census, self.tally, self.memory)
                history.note(self.city, self.census, self.tally, panel)

    def pass_month(self) -> None:
        """Turn to the next month and pass its phases in their order."""
        changes.turn_month(self.city)
        self.tally, self.market = Tally(), Market()
        for phase in ONE_BY_ONE if self.rulebook.is_sequential else PHASES:
            with self.clock.at(phase.name):
                phase.act(self)

    def look_around(self) -> Census:
        """Count everybody; the mean incomes that are found are what next month's seekers see."""
        self.census = take_census(self.city, self.rulebook.norms())
        changes.census(self.city, self.census.mean_log_income())
        return self.census


@dataclass(frozen=True)
class Phase:
    """One line of the month's list."""

    name: str
    act: Callable[[Engine], None]


def policy(engine: Engine) -> None:
    """The rules that the timeline sets for this month take effect, and landlords answer them."""
    engine.rulebook = engine.timetable.at(engine.city.month)
    exchange(engine)


def record(engine: Engine) -> None:
    """Count everybody, for the measures and for next month's seekers."""
    engine.look_around()


PHASES = (
    Phase("policy", policy),
    Phase("demography", demography),
    Phase("building", building),
    Phase("rents", rents),
    Phase("payment", payment),
    Phase("search", search),
    Phase("listing", listing),
    Phase("preference", preference),
    Phase("allocation", allocation),
    Phase("moving", moving),
    Phase("record", record),
)
"""The phases of the monthly tempo."""

ONE_BY_ONE = (*PHASES[: [phase.name for phase in PHASES].index("listing")], Phase("one by one", one_by_one), PHASES[-1])
"""The phases of the sequential tempo: from listing to moving, everybody takes a turn."""
