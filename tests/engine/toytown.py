"""A village that passes months without any rules: every month somebody leaves and a stranger takes the row."""

from types import SimpleNamespace

import mesa
import numpy as np
from towns import newcomers, village

from sim.base.streams import Luck, Purpose
from sim.city import changes
from sim.city.agents import Household
from sim.engine.history import History
from sim.engine.model import HousingModel, seed_of
from sim.engine.record import Record
from sim.engine.simulation import Simulation


class Toy(Simulation):
    """Stands for a simulation of a scenario."""

    def note(self):
        """Two measures, one of which the founding does not have."""
        city = self.engine.city
        panel = {"access.without_home": float((city.households.dwelling[city.households.rows()] < 0).sum())}
        if self.history.panels:
            panel["affordability.income"] = float(city.households.income.sum())
        self.history.months.append(city.month)
        self.history.panels.append(panel)

    def pass_month(self):
        city = self.engine.city
        changes.turn_month(city)
        oldest = int(np.argmin(np.where(city.households.is_used, city.households.id, 2**62)))
        changes.leave(city, np.array([oldest], np.int32))
        name = np.array([1000 + city.month])
        income = 1e4 * (1 + city.luck.stream(Purpose.INCOME, city.month).uniform(name))
        changes.enter(city, newcomers(name, 1, income))
        self.note()

    def record(self):
        provenance = {"scenario": "toy", "run_id": "0", "seed": self.seed, "complete": self.is_over}
        names = {name: None for panel in self.history.panels for name in panel}
        series = {name: np.array([panel.get(name, np.nan) for panel in self.history.panels]) for name in names}
        return Record(provenance, np.array(self.history.months), series)


def toy(seed=1, months=6, burn_in=0):
    """The village at its founding."""
    city = village()
    city.luck, city.month, city.founded_at = Luck(seed), -burn_in, -burn_in
    engine = SimpleNamespace(city=city, is_settled=False)
    simulation = Toy(SimpleNamespace(time=SimpleNamespace(months=months)), seed, engine, History())
    simulation.note()
    return simulation


class ToyModel(HousingModel):
    """What a researcher writes to let Mesa's batch_run collect from agents."""

    def __init__(self, world="village", rng=None, months=6):
        super().__init__(world if isinstance(world, Simulation) else toy(seed_of(rng), months))
        self.datacollector = mesa.DataCollector(
            model_reporters={"month": "month", "households": count, "seed": "seed"},
            agent_reporters={"income": income},
        )
        self.datacollector.collect(self)


class PlainToy(HousingModel):
    """The village without a collector of its own."""

    def __init__(self, world="village", rng=None, months=6):
        super().__init__(world if isinstance(world, Simulation) else toy(seed_of(rng), months))


def count(model):
    """Households in the city."""
    return len(model.agents_by_type[Household])


def income(agent):
    """Income, where the agent has one."""
    return getattr(agent, "income", None)
