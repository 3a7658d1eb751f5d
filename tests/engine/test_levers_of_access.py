"""Each lever of access moves what it is meant to move; with its rule stubbed out nothing moves."""

import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from cities import Quarter, founded, passed, town

import sim
from sim.city.households import NOBODY
from sim.engine.phases import listing, moving
from sim.engine.rulebook import Rulebook
from sim.rules import built_in
from sim.rules.allocation import order
from sim.rules.allocation.eligibility import Eligibility
from sim.rules.allocation.queue import Queue
from sim.rules.screening.by_group import ByGroup

pytestmark = pytest.mark.slow  # three years of a town a lever: too much for kernels as plain Python

MONTHS = 36
SEED = 4
NORTH, SOUTH = 0, 1
QUARTERS = (
    Quarter((360, 240, 240, 36), 0.1, 1.0, 1.3),
    Quarter((360, 240, 60, 0), 0.6, -0.8, 0.75),
    Quarter((180, 180, 180, 180)),
)
PUBLIC, PRIVATE = 0, 1
ASSISTANCE, CEILING = 16_000, 30_000


@dataclass(frozen=True)
class Seen:
    """What a run leaves to be looked at."""

    moves: dict[str, np.ndarray]
    applications: int
    city: Any

    def n(self, **wanted: Any) -> int:
        """Moves of which each column holds what is wanted."""
        return int(np.logical_and.reduce([self.moves[name] == value for name, value in wanted.items()]).sum())


def poor_to_public_south(seen):
    moves = seen.moves
    return int(((moves["per_unit"] < ASSISTANCE) & (moves["policy"] == PUBLIC) & (moves["area"] == SOUTH)).sum())


def poor_to_private(seen):
    return int(((seen.moves["per_unit"] < ASSISTANCE) & (seen.moves["policy"] == PRIVATE)).sum())


def newcomers_to_public(seen):
    return seen.n(policy=PUBLIC, from_area=NOBODY)


def group_b_enters_the_south(seen):
    return seen.n(group=1, area=SOUTH) - seen.n(group=1, area=SOUTH, from_area=SOUTH)


def new_of_group_b_in_the_south(seen):
    return seen.n(group=1, area=SOUTH, from_area=NOBODY)


def applications(seen):
    return seen.applications


def locals_to_public(seen):
    moves = seen.moves
    return int(((moves["policy"] == PUBLIC) & (moves["area"] == moves["from_area"])).sum())


def without_a_home_to_public(seen):
    return seen.n(policy=PUBLIC, was_without=True)


def movers_on_to_public(seen):
    return seen.n(policy=PUBLIC, was_without=False)


def rich_to_public(seen):
    return int(((seen.moves["policy"] == PUBLIC) & (seen.moves["income"] > CEILING)).sum())


def poor_for_their_rent_to_private(seen):
    moves = seen.moves
    return int(((moves["policy"] == PRIVATE) & (moves["income"] < 4 * moves["cost"])).sum())


def private_by_queue(seen):
    return seen.n(policy=PRIVATE, by_queue=True)


def group_b_to_private(seen):
    return seen.n(policy=PRIVATE, group=1)


def children_moved_to_public(seen):
    """Children in public homes that a household moved into since the founding."""
    here = seen.city.households
    rows = here.rows()
    new = rows[(here.tenure[rows] == PUBLIC) & (here.moved_in[rows] > 0)]
    return int(here.children[new].sum())


def queue_time_of_the_newly_let(seen):
    """Months that those have in the queue who moved into a public home since the founding and registered anew."""
    here = seen.city.households
    rows = here.rows()
    new = rows[(here.tenure[rows] == PUBLIC) & (here.moved_in[rows] > 0) & here.is_registered(rows)]
    return int(here.waited(new, seen.city.month).sum())


@dataclass(frozen=True)
class Lever:
    """Sections of the town at rest and pulled, what is measured, and by what share it moves at least and at most."""

    stub: Any
    rest: dict[str, Any]
    pulled: dict[str, Any]
    target: Any
    least: float
    most: float


def public(rule="queue", **allocation):
    return {"municipal": {"allocation": {"rule": rule, **allocation}}}


def private(rule="first_acceptable", **allocation):
    return {"private": {"allocation": {"rule": rule, **allocation}}}


def admission(rule, **parameters):
    return {"admission": [{"rule": rule, **parameters}]}


def everywhere(rule, **parameters):
    return {"listing": admission(rule, **parameters)}


def reserve(of_class, share, **more):
    return public(**more, reserves=[{"id": "these", "class": of_class, "share": share}])


def screened(**more):
    allocation = {"rule": "first_acceptable"}
    return {"private": {"allocation": allocation, "screening": {"rule": "by_group", "accept": {"b": 0.3}, **more}}}


# How the rule of a lever is stubbed out


def admits_all(name):
    cls = built_in().find("admission", name)
    return cls, "admits", lambda self, city, applications, luck: np.ones(len(applications), np.bool_)


def nothing_set_aside():
    return order, "set_back", lambda reserves, city, applications, luck: np.zeros(len(applications))


def time_alone():
    return Queue, "rank", lambda self, city, asked, luck: city.households.waited(asked.household, city.month) * 1.0


def as_before():
    """Screening by what landlords accept, whatever is done about it."""
    plain = ByGroup.passes
    return ByGroup, "passes", lambda self, *asked: plain(ByGroup(self.accept), *asked)


def demands_nothing():
    return Rulebook, "demands", lambda self, month, plain=Rulebook.demands: plain(replace(self, policies=tuple(
        replace(policy, eligibility=Eligibility()) for policy in self.policies)), month)


def nobody_leaves():
    return listing, "away", lambda order, city, policy, luck: np.zeros(len(city.landlords), np.bool_)


def through_the_exchange(**more):
    parts = [{"id": "exchange", "share": 0.6, "rule": "queue"}, {"id": "own", "share": 0.4, "rule": "first_acceptable"}]
    return {"private": {"number": 40, "allocation": {"rule": "mixed", "parts": parts, **more}}}


def eight_applications():
    return Rulebook, "n_applications", property(lambda self: 8, lambda self, value: None)


LEVERS = {
    # nobody of them any more; at rest so many do
    "work_income": Lever(
        admits_all("work_income"), public(),
        public(**admission("work_income", areas=["q1"], open_share=0, assistance_below=ASSISTANCE)),
        poor_to_public_south, -1, -1,
    ),
    "counted_income": Lever(
        admits_all("counted_income"), private(),
        private(**admission("counted_income", assistance_counts=0, assistance_below=ASSISTANCE)), poor_to_private, -1,
        -1,
    ),
    # who came in these three years cannot; who was without a home at the founding, and never had one, still can
    "residence": Lever(
        admits_all("residence"), public(rule="lottery"),
        public(rule="lottery", **admission("residence", months=60)), newcomers_to_public, -1, -0.4,
    ),
    "group_quota": Lever(
        admits_all("group_quota"), {}, everywhere("group_quota", most={"b": 0.3}), group_b_enters_the_south, -1, -1,
    ),
    "settling": Lever(
        admits_all("settling"), {}, everywhere("settling", areas=["q1"], kept_away={"b": 1}),
        new_of_group_b_in_the_south, -1, -0.7,
    ),
    "direct_offer": Lever(
        admits_all("direct_offer"), public(), public(**admission("direct_offer", share=1)), applications, -0.9, -0.1,
    ),
    # of forty landlords, seven in ten leave in a year
    "leaving_the_exchange": Lever(
        nobody_leaves(), through_the_exchange(), through_the_exchange(leaves=0.7), private_by_queue, -0.8, -0.3,
    ),
    "need_share": Lever(
        nothing_set_aside(), reserve("need", 0), reserve("need", 1), movers_on_to_public, -1, -0.2,
    ),
    "newcomer_share": Lever(
        nothing_set_aside(), reserve("newcomers", 0, rule="lottery"), reserve("newcomers", 0.5, rule="lottery"),
        newcomers_to_public, 0.2, 9,
    ),
    "local_share": Lever(nothing_set_aside(), reserve("local", 0), reserve("local", 0.5), locals_to_public, 0.3, 9),
    "social_contracts": Lever(
        nothing_set_aside(), reserve("no_home", 0), reserve("no_home", 1), movers_on_to_public, -1, -0.5,
    ),
    "income_ceiling": Lever(
        demands_nothing(), public(), public(eligibility={"income_ceiling": CEILING}), rich_to_public, -1, -1,
    ),
    "income_floor": Lever(
        demands_nothing(), private(), private(eligibility={"income_floor": 4}), poor_for_their_rent_to_private, -1, -1,
    ),
    "max_applications": Lever(
        eight_applications(), {}, {"listing": {"max_applications": 1}}, applications, -0.95, -0.5,
    ),
    "need_as_time": Lever(time_alone(), public(), public(need=600), movers_on_to_public, -1, -0.2),
    "children_as_time": Lever(time_alone(), public(), public(children=600), children_moved_to_public, 0.3, 9),
    "ties_as_time": Lever(time_alone(), public(), public(local=600), locals_to_public, 0.3, 9),
    "home_as_time": Lever(time_alone(), public(), public(in_home=10), movers_on_to_public, 0.3, 9),
    "kept_queue_time": Lever(
        (moving, "_use_queue_time", lambda engine, used: None), {"listing": {"keep_queue_time": 1}},
        {"listing": {"keep_queue_time": 1, "kept_time": 1}}, queue_time_of_the_newly_let, 1, 99,
    ),
    # three of ten are accepted, but who applies to eight homes is seldom turned away from all of them
    "enforcement": Lever(as_before(), screened(), screened(enforcement=1), group_b_to_private, 0.15, 3),
    "anonymous": Lever(as_before(), screened(), screened(anonymous=1), group_b_to_private, 0.15, 3),
}  # fmt: skip


@cache
def _seen(key, months):
    world = town(QUARTERS, months=60, **dict(_WORLDS[key]))
    simulation = founded(world, SEED)
    passed, n = [], 0
    for _ in range(months):
        simulation.pass_month()
        passed.append(simulation.engine.tally.moves)
        n += simulation.engine.tally.counts["applications"]
    simulation.engine.city.check()
    return Seen({name: np.concatenate([one[name] for one in passed]) for name in passed[0]}, n, simulation.engine.city)


_WORLDS = {}


def seen(sections, months=MONTHS, fresh=False):
    """What a town of these sections leaves; runs are kept, but for those made with a stub."""
    key = repr(sections)
    _WORLDS[key] = copy.deepcopy(sections)
    return (_seen.__wrapped__ if fresh else _seen)(key, months)


@pytest.mark.slow
@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_moves_its_own_target(name):
    lever = LEVERS[name]
    rest, pulled = lever.target(seen(lever.rest)), lever.target(seen(lever.pulled))
    assert rest >= 8  # enough that a share says something
    assert lever.least <= pulled / rest - 1 <= lever.most


@pytest.mark.parametrize("name", LEVERS)
def test_without_its_rule_a_lever_moves_nothing(name, monkeypatch):
    lever = LEVERS[name]
    monkeypatch.setattr(*lever.stub, raising=False)
    rest, pulled = (seen(one, months=8, fresh=True) for one in (lever.rest, lever.pulled))
    assert all(np.array_equal(rest.moves[key], pulled.moves[key]) for key in rest.moves)


def test_at_rest_the_levers_leave_gothenburg_as_it_is_to_the_bit():
    def homes(name):
        small = sim.load(name, set={"scale": 0.01, "time.months": 6, "time.burn_in": 3})
        here = passed(founded(small, SEED), 9).engine.city.households
        return here.dwelling.tobytes(), here.queue_since.tobytes()

    assert homes("gothenburg-levers") == homes("gothenburg")


def test_every_rule_of_admission_has_a_lever_that_is_tested():
    assert set(built_in().names("admission")) <= set(LEVERS)
