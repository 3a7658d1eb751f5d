"""HousingModel is a Mesa model: clock, agents, collectors, batch runs, and a city that goes on from where it was."""

import copy
import pickle
import re
import warnings
from importlib.metadata import version
from pathlib import Path

import mesa
import numpy as np
import pytest
from mesa.batchrunner import batch_run
from toytown import PlainToy, ToyModel, toy

import sim
from sim.base.errors import AgentError, RecordError
from sim.city.agents import Household, Landlord
from sim.city.lazy import LazySet
from sim.engine.model import HousingModel, seed_of
from sim.engine.simulation import Simulation

IS_33 = version("mesa").startswith("3.3.")


class Planner(mesa.Agent):
    """An ordinary Mesa agent that a user registers."""

    def __init__(self, model):
        super().__init__(model)
        self.seen = []

    def step(self):
        self.seen.append(len(self.model.agents))


@pytest.fixture
def model():
    return HousingModel(toy())


def incomes(model):
    return model.agents_by_type[Household].get(["unique_id", "income"])


def test_a_housing_model_is_a_mesa_model_with_a_city(model):
    assert isinstance(model, mesa.Model)
    assert (model.seed, model.month, model.steps, model.running) == (1, 0, 0, True)
    assert model.city is model.engine.city
    assert model.random.random() == HousingModel(toy()).random.random()
    assert model.rng.random() == HousingModel(toy()).rng.random()


def test_a_step_is_a_month_and_the_last_one_ends_the_run(model):
    for month in range(1, 7):
        assert model.running
        model.step()
        assert (model.month, model.steps) == (month, month)
    assert not model.running
    assert HousingModel(toy(months=0)).running is False


def test_mesas_own_loops_pass_the_same_months():
    stepped, looped = HousingModel(toy()), HousingModel(toy())
    stepped.run()
    looped.run_model()
    assert incomes(looped) == incomes(stepped)
    if not IS_33:
        timed = HousingModel(toy())
        timed.run_for(4)
        timed.run_until(6)
        assert (timed.month, timed.time, timed.running) == (6, 6.0, False)
        assert incomes(timed) == incomes(stepped)


def test_run_passes_so_many_months_and_never_more_than_are_left(model):
    assert model.run(2).months.tolist() == [0, 1, 2]
    assert not model.record.complete
    record = model.run(100)
    assert (record.months[-1], record.complete, model.steps) == (6, True, 6)
    assert model.run().months[-1] == 6


@pytest.fixture
def founding(monkeypatch):
    """What was asked of a scenario by name; its founding is the village, three months before the start."""
    asked = []

    def scenario(world, rules, changes):
        asked.append((world, rules, changes))
        return changes

    def founded(changes, seed, *, threads, sampled):
        asked.append((threads, sampled))
        return toy(seed, changes.get("time.months", 6), burn_in=3)

    monkeypatch.setattr("sim.engine.model._scenario", scenario)
    monkeypatch.setattr(Simulation, "founded", founded)
    return asked


def test_a_world_is_founded_by_name_seed_and_changes(founding):
    model = HousingModel(world="two-towns", rng=7, months=4, scale=0.5, threads=2, **{"listing.max_applications": 3})
    assert founding == [("two-towns", (), {"time.months": 4, "scale": 0.5, "listing.max_applications": 3}), (2, None)]
    assert (model.seed, model.month, model.run().months[-1]) == (7, 0, 4)


def test_the_months_before_the_start_are_passed_at_once_unless_asked_for(founding):
    model = HousingModel("two-towns")
    assert (model.month, model.steps) == (0, 0)
    assert model.datacollector.get_model_vars_dataframe()["month"].tolist() == [0]
    early = HousingModel("two-towns", burn_in=False)
    assert (early.month, early.steps) == (-3, 0)
    early.step()
    assert (early.month, early.steps) == (-2, 1)


def test_batch_run_varies_paths_of_the_scenario(founding):
    paths = {"world": ["a", "b"], "listing.max_applications": [1, 2], "months": 2}
    rows = batch(HousingModel, 1, parameters=paths)
    assert len(rows) == 4
    assert {(row["world"], row["listing.max_applications"]) for row in rows} == {("a", 1), ("a", 2), ("b", 1), ("b", 2)}


def test_the_agents_are_the_households_the_landlords_and_whom_a_user_adds(model):
    planner = Planner(model)
    assert len(model.agents) == 9
    assert model.agent_types == [Household, Landlord, Planner]
    assert {kind: len(agents) for kind, agents in model.agents_by_type.items()} == {
        Household: 5,
        Landlord: 3,
        Planner: 1,
    }
    assert type(model.agents_by_type[Household].select(lambda one: one.income > 15000)) is LazySet
    assert model.agents_by_type[Household].agg("income", np.mean) == 29000
    assert planner in model.agents
    planner.remove()
    assert len(model.agents) == 8
    with pytest.raises(AttributeError):
        model.agents = []


def test_agents_of_a_user_step_beside_the_city(model):
    planner = Planner(model)
    for _ in range(3):
        model.step()
        model.agents.shuffle_do("step")
    assert planner.seen == [9, 9, 9]


def test_agents_of_a_user_have_only_public_ways_in_and_out(model):
    Planner.create_agents(model, 3)
    assert len(model.agents_by_type[Planner]) == 3
    model.remove_all_agents()
    assert len(model.agents.select(agent_type=Planner)) == 0
    assert len(model.agents_by_type[Household]) == 5


def test_a_household_is_found_by_its_name_as_long_as_it_is_here(model):
    family = model.household(101)
    assert family.income == 40000
    model.step()
    assert not family.is_here
    for nobody in (101, 999, -1):
        with pytest.raises(AgentError, match="lives in this city"):
            model.household(nobody)
    assert model.household(1001).area is None


def test_mesas_datacollector_collects_from_the_city_and_its_agents():
    collector = mesa.DataCollector(
        model_reporters={
            "month": "month", "mean": lambda m: m.agents_by_type[Household].agg("income", np.mean),
            "rich": lambda m: len(m.agents_by_type[Household].select(lambda one: one.income > 30000)),
            "set": lambda m: m.agents_by_type[Household].select(at_most=1),
        },
        agent_reporters={"type": lambda one: type(one).__name__},
        agenttype_reporters={
            Household: {"income": "income", "home": "dwelling"}, Landlord: {"homes": lambda one: len(one.dwellings)},
        },
    )  # fmt: skip
    model = HousingModel(toy(), datacollector=collector)
    model.run(3)
    frame = collector.get_model_vars_dataframe()
    assert frame["month"].tolist() == [0, 1, 2, 3]
    assert frame["mean"][0] == 29000
    assert frame["rich"].tolist() == [2, 1, 1, 1]
    assert collector.get_agent_vars_dataframe().groupby("Step").size().tolist() == [8, 8, 8, 8]
    households = collector.get_agenttype_vars_dataframe(Household)
    assert households.loc[(0, 102), "income"] == 20000
    assert sorted(households.loc[3].index) == [104, 105, 1001, 1002, 1003]
    assert households.index.is_unique
    assert collector.get_agenttype_vars_dataframe(Landlord).loc[0]["homes"].tolist() == [3, 2, 2]


def test_without_a_collector_of_ones_own_the_measures_of_the_record_are_collected(model):
    model.run(3)
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame["month"].tolist() == [0, 1, 2, 3]
    assert frame["access.without_home"].tolist() == model.record.series["access.without_home"].tolist()
    assert np.isnan(frame["affordability.income"][0])
    assert model.datacollector is model.datacollector
    model.step()
    assert len(model.datacollector.get_model_vars_dataframe()) == 5


def batch(model, n, **options):
    """Mesa's batch_run, with the words of its version for repetitions."""
    repeated = {"iterations": n} if IS_33 else {"rng": [None] * n}
    return batch_run(model, max_steps=4, display_progress=False, **{**repeated, **options})


def test_batch_run_runs_it_and_reads_the_measures():
    rows = batch(PlainToy, 2, parameters={"world": ["village"], "months": [3, 8]}, data_collection_period=1)
    assert len({row["RunId"] for row in rows}) == 4
    short = [row for row in rows if row["months"] == 3 and row["iteration"] == 0]
    assert [row["month"] for row in short][:3] == [0, 1, 2]
    assert {"access.without_home", "affordability.income", "world"} <= rows[0].keys()
    assert all(row["Step"] == row["month"] for row in rows)
    assert max(row["month"] for row in rows) == 4
    last = [row["affordability.income"] for row in rows if row["month"] == 2]
    assert len(set(last)) == 4  # None as seed is a new seed each time


def test_batch_run_reads_agents_in_their_own_month():
    rows = batch(ToyModel, 1, parameters={"rng": [5]} if IS_33 else {}, **({} if IS_33 else {"rng": [5]}))
    assert len(rows) == 8
    assert {row["month"] for row in rows} == {4}
    assert {row["seed"] for row in rows} == {5}
    twin = ToyModel(rng=5)
    twin.run(4)
    assert {row["AgentID"]: row["income"] for row in rows if row["AgentID"] > 0} == dict(incomes(twin))


def test_batch_run_in_other_processes_gives_the_same():
    asked = {"parameters": {"rng": [3, 4]}} if IS_33 else {"parameters": {}, "rng": [3, 4]}
    here = batch(ToyModel, 1, **asked)
    there = batch(ToyModel, 1, number_processes=2, **asked)
    key = lambda row: (row["RunId"], row["AgentID"])  # noqa: E731
    assert sorted(there, key=key) == sorted(here, key=key)


def test_a_seed_is_a_whole_number_and_none_is_a_new_one():
    assert (seed_of(7), seed_of(np.int64(7)), type(seed_of(np.int64(7)))) == (7, 7, int)
    assert len({seed_of(None) for _ in range(5)}) == 5
    for wrong in (-1, 1.5, True, "1", np.random.default_rng(1)):
        with pytest.raises(AgentError, match="not a seed"):
            seed_of(wrong)


def test_the_model_is_made_without_a_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        HousingModel(toy()).run()


def test_a_city_that_has_begun_takes_no_changes_of_its_scenario():
    with pytest.raises(AgentError, match=r"time\.months, landlords\.municipal\.rent\.location_weight"):
        HousingModel(toy(), months=3, **{"landlords.municipal.rent.location_weight": 0.5})


@pytest.mark.parametrize("go_on", [
    lambda model: HousingModel.restore(model.save()), lambda model: model.fork(), copy.deepcopy,
    lambda model: pickle.loads(pickle.dumps(model)),
], ids=["restored", "forked", "copied", "pickled"])  # fmt: skip
def test_a_city_goes_on_from_where_it_was_to_the_bit(model, go_on):
    model.run(2)
    twin = go_on(model)
    assert (twin.month, twin.seed, twin.running) == (2, 1, True)
    assert twin.city is not model.city
    model.run()
    assert twin.month == 2  # what the one does is not done to the other
    assert twin.run().same_numbers(model.record)
    assert incomes(twin) == incomes(model)


def test_what_is_restored_is_of_the_class_that_was_asked(model):
    assert type(ToyModel.restore(model.save())) is ToyModel
    assert type(ToyModel().fork()) is ToyModel
    with pytest.raises(RecordError):
        HousingModel.restore(b"no city")


def test_handles_of_two_cities_are_two_handles_of_one_family(model):
    twin = model.fork()
    assert model.household(103) != twin.household(103)
    assert model.household(103).unique_id == twin.household(103).unique_id
    assert model.household(103) in model.agents
    assert model.household(103) not in twin.agents


def test_nothing_private_of_mesa_is_touched_and_no_set_is_asked_what_it_is():
    sources = Path(sim.__file__).parent.rglob("*.py")
    assert not [
        path.name
        for path in sources
        if re.search(r"isinstance\([^)]*AgentSet|_all_agents|agent_id_counter|_user_step", path.read_text())
    ]
