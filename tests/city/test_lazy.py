"""The lazy set: Mesa's vocabulary, answer for answer, over rows of columns."""

import copy
import gc
import statistics
from collections import Counter
from functools import partial
from random import Random

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet
from towns import Town, newcomers, village

from sim.base.errors import AgentError
from sim.city import changes
from sim.city.agents import Household, Landlord
from sim.city.lazy import Groups, LazySet

KINDS = (Household, Landlord)


class Planner(mesa.Agent):
    """An ordinary Mesa agent, such as a user would add."""

    def __init__(self, model, budget=1.0):
        super().__init__(model)
        self.budget = budget

    def spend(self, share):
        self.budget -= share


class Office(mesa.Model):
    """A Mesa model with a town in it: what HousingModel does, without months."""

    def __init__(self, city):
        super().__init__(rng=1)
        self.city = city

    @property
    def agents(self):
        return LazySet.everybody(self, KINDS, super().agents)


@pytest.fixture
def people():
    return LazySet.everybody(Town(village()), (Household,))


@pytest.fixture
def office():
    return Office(village(spare_rows=2))


def ids(agents):
    return [agent.unique_id for agent in agents]


def mesa_set(people):
    """The same agents in a set of Mesa's own, and a list that keeps them alive."""
    kept = list(people)
    return AgentSet(kept, random=Random(1)), kept


ASKED = [
    ("select by function", lambda s: ids(s.select(lambda agent: agent.income > 15000))),
    ("select a number", lambda s: ids(s.select(at_most=2))),
    ("select one", lambda s: ids(s.select(at_most=1))),
    ("select a share", lambda s: ids(s.select(at_most=0.5))),
    ("select all as a share", lambda s: ids(s.select(at_most=1.0))),
    ("select none", lambda s: ids(s.select(at_most=0))),
    ("select some that pass", lambda s: ids(s.select(lambda agent: agent.persons > 1, at_most=2))),
    ("select everybody", lambda s: ids(s.select())),
    ("select by type", lambda s: ids(s.select(agent_type=mesa.Agent))),
    ("select another type", lambda s: ids(s.select(agent_type=Landlord))),
    ("shuffle", lambda s: ids(s.shuffle())),
    ("sort by number", lambda s: ids(s.sort("income"))),
    ("sort with ties", lambda s: ids(s.sort("adults"))),
    ("sort with ties, ascending", lambda s: ids(s.sort("adults", ascending=True))),
    ("sort by truth", lambda s: ids(s.sort("has_home", ascending=True))),
    ("sort by word", lambda s: ids(s.sort("group"))),
    ("sort by function", lambda s: ids(s.sort(lambda agent: -agent.persons, ascending=True))),
    ("map a function", lambda s: s.map(lambda agent, more: agent.persons + more, 1)),
    ("map a method", lambda s: s.map("neighbours") and [len(near) for near in s.map("neighbours")]),
    ("get", lambda s: s.get("persons")),
    ("get several", lambda s: s.get(["unique_id", "group", "area"])),
    ("get what is missing", lambda s: s.get("beauty", handle_missing="default", default_value=0)),
    ("get, with a default", lambda s: s.get("persons", handle_missing="default")),
    ("agg sum", lambda s: s.agg("persons", sum)),
    ("agg several", lambda s: s.agg("income", [min, max, len])),
    ("agg mean", lambda s: s.agg("income", np.mean)),
    ("agg a percentile", lambda s: s.agg("income", partial(np.percentile, q=90))),
    ("agg statistics", lambda s: s.agg("children", statistics.mean)),
    ("agg words", lambda s: s.agg("group", Counter)),
    ("agg truth", lambda s: s.agg("has_home", sum)),
    ("agg a lambda on a list", lambda s: s.agg("persons", lambda values: values.count(1))),
    ("group by word", lambda s: {key: ids(group) for key, group in s.groupby("group")}),
    ("group by what may be None", lambda s: {key: ids(group) for key, group in s.groupby("area")}),
    ("group by function", lambda s: s.groupby(lambda agent: agent.persons > 1).count()),
    ("group into lists", lambda s: {key: ids(group) for key, group in s.groupby("adults", result_type="list")}),
    ("groups agg", lambda s: s.groupby("group").agg("income", np.mean)),
    ("groups agg over lists", lambda s: s.groupby("group", result_type="list").agg("persons", sum)),
    ("groups map", lambda s: s.groupby("group").map(lambda group, what: group.agg(what, max), "persons")),
    ("groups map a method", lambda s: s.groupby("group").map("get", "persons")),
    ("number of groups", lambda s: len(s.groupby("tenure"))),
    ("slice", lambda s: ids(s[1:3])),
    ("length", len),
    ("iterate", ids),
    ("copy", lambda s: ids(copy.copy(s))),
]


@pytest.mark.filterwarnings("ignore:AgentSet.__getitem__:PendingDeprecationWarning")  # Mesa 3.5, of its own set
@pytest.mark.parametrize("ask", [ask for _, ask in ASKED], ids=[name for name, _ in ASKED])
def test_the_lazy_set_answers_as_mesas_own_set_would(people, ask):
    theirs, kept = mesa_set(people)
    assert len(kept) == 5
    assert ask(people) == ask(theirs)


def test_do_and_shuffle_do_call_in_the_order_that_mesa_would(people):
    theirs, kept = mesa_set(people)
    ours, mesas = [], []
    assert people.do(lambda agent: ours.append(agent.unique_id)) is people
    people.shuffle_do(lambda agent, log: log.append(agent.unique_id), ours)
    theirs.do(lambda agent: mesas.append(agent.unique_id))
    theirs.shuffle_do(lambda agent, log: log.append(agent.unique_id), mesas)
    assert ours == mesas
    assert len(ours) == 2 * len(kept)
    assert people.do("step") is people


@pytest.mark.parametrize(
    "choose",
    [
        lambda s: s.select(lambda agent: True), lambda s: s.select(at_most=5), lambda s: s.select(agent_type=Household),
        lambda s: s.select(mask=np.ones(5, bool)), lambda s: s.shuffle(), lambda s: s.sort("income"), copy.copy,
        copy.deepcopy, lambda s: s.copy(), lambda s: s.groupby(lambda agent: 1).groups[1],
        lambda s: s.groupby("profile").groups["all"], lambda s: s.do("step"), lambda s: s.shuffle_do("step"),
        lambda s: s | s, lambda s: s & s, lambda s: s - [],
    ],
)  # fmt: skip
def test_agents_of_a_returned_set_do_not_die_although_nobody_holds_them(people, choose):
    chosen = choose(people)
    gc.collect()
    assert type(chosen) is LazySet
    assert len(chosen) == len(list(chosen)) == 5


def test_mesas_own_set_loses_them_which_is_why_ours_exists(people):
    theirs = AgentSet(people, random=Random(1))
    gc.collect()
    assert len(theirs) == 0


def test_a_mask_chooses_in_the_order_of_the_set(people):
    rich_first = people.sort("income")
    assert ids(rich_first.select(mask=rich_first.values("income") < 20000)) == [105, 103]
    for wrong in (np.ones(4, bool), np.ones(5), [1, 0, 1, 0, 1]):
        with pytest.raises(AgentError, match="one value per agent"):
            people.select(mask=np.array(wrong))


def test_in_place_changes_the_set_itself(people):
    assert people.select(at_most=3, inplace=True) is people
    assert ids(people.sort("income", inplace=True)) == [101, 102, 103]
    shuffled = ids(people.shuffle(inplace=True))
    assert ids(people) == shuffled


def test_values_are_wide_enough_to_reckon_with(people):
    assert people.values("children").dtype == np.int64
    assert people.values("income").dtype == np.float64
    assert people.values("has_home").dtype == np.bool_
    assert people.values("unique_id").tolist() == ids(people)
    assert people.values("dwelling")[0].row == 0


def test_sums_of_small_numbers_do_not_overflow_and_sums_of_many_lose_no_digits():
    town = Town(village())
    town.city.households.children[:] = 200
    people = LazySet.everybody(town, (Household,))
    assert people.agg("children", sum) == people.agg("children", np.sum) == 1000
    town.city.households.income[:] = [2**24, 1, 1, 1, 1]  # in float32 the ones would vanish
    assert people.agg("income", sum) == people.agg("income", np.sum) == 2**24 + 4
    assert people.agg("income", np.cumsum)[-1] == 2**24 + 4
    assert type(people.agg("income", np.mean)) is float


def test_membership_indexing_and_length(people):
    first = people[0]
    assert first in people
    assert first in people.select(at_most=1)
    assert people[-1] not in people.select(at_most=1)
    assert people.first() == first
    assert ids(people[1:3]) == [102, 103]
    assert [people[np.int64(2)].unique_id] == [103]
    with pytest.raises(IndexError):
        people[5]
    assert 101 not in people
    assert Landlord(first.model, 0, -1) not in people
    assert Household(Town(village()), 0, 101) not in people
    assert "5" in repr(people)


def test_sets_can_be_joined_cut_and_subtracted(people):
    rich, large = people.select(lambda one: one.income > 15000), people.select(lambda one: one.persons > 2)
    assert ids(rich | large) == [101, 102, 104]
    assert ids(large | rich) == [102, 104, 101]
    assert ids(rich & large) == [102, 104]
    assert ids(rich - large) == [101]


def test_the_constructor_takes_agents_and_their_luck(people):
    luck = Random(3)
    again = type(people)(people, random=luck)
    assert again.random is luck
    assert ids(again) == ids(people)
    assert type(people)(people.to_list()).random is people.random
    assert len(LazySet([people[0], people[0]])) == 1
    assert (len(LazySet()), list(LazySet())) == (0, [])
    with pytest.raises(AgentError, match="agents of one model"):
        LazySet([people[0], Household(Town(village()), 0, 101)])


def test_nobody_is_added_taken_out_or_set(people):
    for refused in (people.add, people.discard, people.remove):
        with pytest.raises(AgentError, match="added to or taken out"):
            refused(people[0])
    with pytest.raises(AgentError, match="cannot be set"):
        people.set("income", 0)
    with pytest.raises(ValueError, match="handle_missing"):
        people.get("income", handle_missing="ignore")
    with pytest.raises(AttributeError):
        people.get("beauty")


def test_a_whole_city_follows_the_city_and_a_choice_only_loses_who_leaves():
    town = Town(village())
    people = LazySet.everybody(town, (Household,))
    choice = people.select(at_most=3)
    changes.leave(town.city, np.array([0], np.int32))
    changes.enter(town.city, newcomers([900, 901], 1, 9000.0))
    assert ids(people) == [900, 102, 103, 104, 105, 901]
    assert ids(choice) == [102, 103]
    assert len(choice) == 2
    assert choice.agg("income", list) == [20000, 10000]
    assert choice.groupby("group").count() == {"born_abroad": 2}


def test_a_recycled_row_never_impersonates_the_one_who_had_it():
    town = Town(village())
    people = LazySet.everybody(town, (Household,))
    kept, choice = people[0], people.select(at_most=1)
    changes.leave(town.city, np.array([0], np.int32))
    changes.enter(town.city, newcomers([900], 1, 9000.0))
    stranger = people[0]
    assert stranger.key[0] == kept.key[0]
    assert (stranger.unique_id, kept.unique_id) == (900, 101)
    assert stranger != kept
    assert kept not in people
    assert stranger not in choice
    assert (len(choice), choice.get("income")) == (0, [])


def test_empty_rows_of_the_table_are_nobody(office):
    people = LazySet.everybody(office, (Household,))
    assert len(office.city.households) == 7
    assert len(people) == 5
    assert people.agg("income", np.mean) == 29000
    assert people.agg("area", len) == 5


def test_a_set_of_everybody_is_composed_of_all_kinds_of_agents(office):
    planner = Planner(office)
    assert [type(agent).__name__ for agent in office.agents] == ["Household"] * 5 + ["Landlord"] * 3 + ["Planner"]
    assert len(office.agents) == 9
    assert planner in office.agents
    assert office.agents[0] in office.agents
    assert office.agents[6].unique_id == -2
    assert ids(office.agents.select(agent_type=Landlord)) == [-1, -2, -3]
    assert list(office.agents.select(agent_type=Planner)) == [planner]
    assert planner in office.agents.select(agent_type=Planner)
    assert planner not in office.agents.select(agent_type=Household)
    assert office.agents.groupby(type).count() == {Household: 5, Landlord: 3, Planner: 1}
    assert office.agents.get("unique_id")[-2:] == [-3, planner.unique_id]
    assert office.agents.get("budget", handle_missing="default")[-2:] == [None, 1.0]
    with pytest.raises(AttributeError):
        office.agents.get("income")


def test_a_mixed_set_can_be_shuffled_sorted_and_chosen_from(office):
    Planner(office, budget=5.0)
    everybody = office.agents
    assert sorted(ids(everybody.shuffle())) == sorted(ids(everybody))
    by_name = everybody.sort(lambda agent: type(agent).__name__, ascending=True)
    assert ids(by_name) == ids(everybody)
    assert ids(by_name.select(mask=by_name.values("unique_id") < 0)) == [-1, -2, -3]
    assert len(everybody.select(lambda agent: hasattr(agent, "budget"))) == 1
    assert len(LazySet(everybody)) == 9


def test_agents_of_a_user_are_called_set_and_dropped_as_in_mesa(office):
    first, second = Planner(office), Planner(office)
    planners = office.agents.select(agent_type=Planner)
    planners.do("spend", 0.25).set("mood", "good")
    assert (first.budget, second.mood) == (0.75, "good")

    def ends(agent):
        second.remove()
        return agent

    assert planners.map(ends) == [first]  # the second is gone before it is its turn
    assert list(planners) == [first]
    assert len(office.agents) == 9
    gc.collect()
    assert list(office.agents.select(agent_type=Planner)) == [first]


def test_only_strangers_can_be_in_a_set_too(office):
    planner = Planner(office)
    alone = LazySet([planner])
    assert (len(alone), alone[0], alone.agg("budget", sum)) == (1, planner, 1.0)
    assert planner in alone


def test_a_fixed_set_takes_twelve_bytes_a_household_and_everybody_takes_none(office):
    people = LazySet.everybody(office, (Household,))
    assert people.nbytes == 0
    assert people.select().nbytes == 12 * 5
    assert office.agents.select().nbytes == 13 * 8


def test_what_is_asked_of_everybody_makes_no_handle(people, monkeypatch):
    def made(*_):
        raise AssertionError("a handle was made")

    monkeypatch.setattr(Household, "__init__", made)
    assert people.agg("income", np.mean) == 29000
    assert people.groupby("group").agg("persons", sum) == {"born_in_sweden": 5, "born_abroad": 6}
    assert people.sort("income").select(mask=people.sort("income").values("income") > 15000).get("persons") == [3, 2, 4]
    assert len(people.shuffle().select(at_most=0.4)) == 2
    with pytest.raises(AssertionError):
        people[0]


def test_groups_speak_like_mesas_groups(people):
    groups = people.groupby("group")
    assert type(groups) is Groups
    seen = []
    assert groups.do("shuffle").do(lambda group: seen.append(len(group))) is groups
    assert seen == [2, 3]
    assert LazySet().groupby("group").count() == {}
