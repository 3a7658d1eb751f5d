"""The scenario appoints its rules: names and numbers in YAML become objects that can be asked."""

import numpy as np
import pytest
from cities import Quarter, founded, scenario, town

from sim.city.dwellings import TENURES
from sim.engine.appoint import rulebook
from sim.kernels.means import NO_TIES
from sim.kernels.tastes import COEFFICIENTS, CROWDING, DISTANCE, SPACE
from sim.rules.allocation.eligibility import Eligibility
from sim.rules.allocation.mixed import Mixed
from sim.rules.allocation.reserves import Reserve
from sim.rules.demography.ageing import Ageing
from sim.rules.preference.cost import Cost
from sim.rules.proposals import Schedule
from sim.rules.rent.market import MarketRent
from sim.rules.screening.by_group import ByGroup
from sim.rules.screening.none import NoScreening

PRIVATE = {
    "rent": {"rule": "market", "speed": "10 %"},
    "allocation": {
        "rule": "mixed",
        "eligibility": {"income_floor": 2.5, "income_ceiling": 90_000, "residual_income": 500, "local": 12},
        "parts": [{"id": "one", "share": 0.25, "rule": "queue"}, {"id": "two", "share": 0.75, "rule": "lottery"}],
        "reserves": [{"id": "kept", "class": "newcomers", "share": 0.2, "newcomer_months": 24}],
    },
    "screening": {"rule": "by_group", "accept": {"b": 0.4}},
}


@pytest.fixture(scope="module")
def book():
    return rulebook(scenario(town(private=PRIVATE)))


def test_policies_stand_in_the_order_of_the_landlords(book):
    assert [policy.id for policy in book.policies] == ["municipal", "private", "cooperative_sellers", "owners"]
    assert book.policy_of_tenure == (0, 1, 2, 3)


def test_a_landlord_has_the_rules_and_numbers_that_are_written(book):
    private = book.policies[1]
    assert private.rent == MarketRent(speed=0.1)
    assert private.price is None
    assert private.screening == ByGroup({"b": 0.4})
    assert private.eligibility == Eligibility(2.5, 90_000, 500, False, False, 12)
    assert isinstance(private.allocation, Mixed)
    assert [(part.id, part.share) for part in private.allocation.parts] == [("one", 0.25), ("two", 0.75)]
    assert private.reserves == (Reserve("kept", "newcomers", 0.2, 24),)


def test_what_is_not_written_is_nothing(book):
    public, sellers = book.policies[0], book.policies[2]
    assert isinstance(public.screening, NoScreening)
    assert sellers.rent is None
    assert sellers.price is not None
    assert sellers.eligibility == Eligibility()


def test_demands_are_written_so_that_a_kernel_can_ask_them(book):
    demands = book.demands(month=30)
    assert demands.floor.tolist() == [0, 2.5, 0, 0]
    assert demands.ceiling.tolist() == [np.inf, 90_000, np.inf, np.inf]
    assert demands.residual.tolist() == [-np.inf, 500, -np.inf, -np.inf]
    assert demands.size_fit.tolist() == [True, False, False, False]
    assert demands.member.tolist() == [True, False, False, False]
    assert demands.settled_by.tolist() == [NO_TIES, 30 - 12, NO_TIES, NO_TIES]


def test_terms_become_weights_of_the_kernel_and_tables_of_places(book):
    weights = book.weights()
    assert weights.shape == (1, len(COEFFICIENTS))
    assert weights[0, [SPACE, CROWDING, DISTANCE]].tolist() == [1.0, 0.8, 0.06]
    city = founded(town(private=PRIVATE), 1).engine.city
    assert book.by_area(city).shape == (2, 3)
    assert book.by_tenure(city).shape == (1, 3, len(TENURES))
    assert not any(book.foreign_terms())


def test_numbers_of_search_listing_and_taste_are_kept(book):
    assert (book.n_seen, book.n_applications, book.keep_queue_time) == (20, 8, 0.5)
    assert (book.taste.scale, book.taste.kept, book.taste.moving_cost, book.taste.founding_best_of) == (1, 1, 2, 8)
    assert book.credit.down_payment == 0.15
    assert not book.is_sequential


def test_every_rule_is_told_once(book):
    rules = list(book.all())
    assert Cost(3) in rules
    assert any(isinstance(rule, Ageing) for rule in rules)
    assert sum(isinstance(rule, ByGroup) for rule in rules) == 1


def test_without_payment_nobody_is_paid_and_nobody_owes():
    empty = rulebook(scenario(town(payment={"rules": []})))
    assert empty.schedule == Schedule()
    assert (empty.arrears, empty.eviction) == (None, None)
    assert empty.norms() == (0, 0, 0, 0, 0)


def test_a_tenure_that_nobody_has_has_no_policy():
    world = town([Quarter((30, 20, 20, 0))])
    world["tenures"] = world["tenures"][:3]
    world["landlords"] = world["landlords"][:3]
    assert rulebook(scenario(world)).policy_of_tenure == (0, 1, 2, -1)
