"""Whatever is done with the stock: nobody and no home is lost, order in a file never matters, rest changes nothing."""

from collections import Counter

import pytest
from cities import differences, founded, passed, scenario, seeds, series_bytes, town, towns
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import ScenarioError
from sim.city import changes
from sim.city.households import NOBODY
from sim.city.ledger import PARTIES, PUBLIC
from sim.rules import built_in

FEW = settings(max_examples=8)
PLACES = st.sampled_from(("all", "central", "rich", "poor", "fewest_public"))


@st.composite
def investments(draw):
    """Some rules of investment, as strong as can be in towns of a hundred homes."""
    rules = [
        {"rule": "building", "homes": 40, "lead_time": 2, "areas": draw(PLACES)},
        {"rule": "building", "id": "coop", "homes": 24, "tenure": "cooperative", "lead_time": 0,
         "inclusionary_share": 0.5, "subsidy_per_m2": 4_000},
        {"rule": "infill", "homes": 20, "lead_time": 1},
        {"rule": "demolition", "homes": 60, "notice": 2, "lead_time": 1},
        {"rule": "renovation", "rate": 1.0, "age": 10, "leaves": 0.5},
        {"rule": "conversion", "rate": 1.0, "threshold": 0.2, "discount": 0.6, "areas": draw(PLACES)},
        {"rule": "purchase", "budget": 50_000_000, "areas": "all"},
        {"rule": "sale", "rate": 0.3, "areas": draw(PLACES)},
        {"rule": "dispersal", "homes": 30},
    ]  # fmt: skip
    return draw(st.lists(st.sampled_from(rules), min_size=1, unique_by=lambda rule: rule.get("id", rule["rule"])))


def invested(world, rules):
    return {**world, "investment": {"rules": rules}}


@FEW
@given(world=towns(), rules=investments(), seed=seeds)
def test_no_rule_of_investment_loses_a_household_or_a_home(world, rules, seed):
    simulation = founded(invested(world, rules), seed)
    for _ in range(8):
        city = simulation.engine.city
        homes, households = city.dwellings.n_used, city.households.n_used
        simulation.pass_month()
        counts = simulation.engine.tally.counts
        assert city.dwellings.n_used == homes + counts["homes_built"] - counts["homes_demolished"]
        left = counts["died"] + counts["left_city"] + counts["gave_up"] + counts["joined"]
        assert city.households.n_used == households - left + counts["entered"]
        city.check()


@FEW
@given(world=towns(), rules=investments(), seed=seeds)
def test_every_home_that_falls_vacant_or_is_built_is_moved_into_or_taken_down_or_vacant(world, rules, seed):
    """The identity of vacancies: at start + vacated + built = moves in + removed while vacant + at end."""
    simulation = founded(invested(world, rules), seed)
    city, given_up = simulation.engine.city, []

    def counted(city, rows):
        given_up.append(len(rows))
        vacate(city, rows)

    def n_vacant():
        return int((city.dwellings.is_used & (city.dwellings.occupant == NOBODY)).sum())

    vacate, changes.vacate = changes.vacate, counted
    try:
        for _ in range(8):
            given_up.clear()
            before = n_vacant()
            simulation.pass_month()
            tally = simulation.engine.tally
            came = before + sum(given_up) + tally.counts["homes_built"]
            assert came == len(tally.moves["household"]) + tally.counts["homes_demolished"] + n_vacant()
    finally:
        changes.vacate = vacate


@FEW
@given(world=towns(), rules=investments(), seed=seeds)
def test_where_a_rule_stands_in_the_list_makes_no_difference(world, rules, seed):
    one = passed(founded(invested(world, rules), seed), 5)
    other = passed(founded(invested(world, rules[::-1]), seed), 5)
    assert differences(one.engine.city, other.engine.city) == []
    assert series_bytes(one.record()) == series_bytes(other.record())


PULLS = [
    {"id": "builds", "month": 2, "set": {"investment.rules.building.homes": 60}},
    {"id": "buys", "month": 2, "until": 4, "set": {"investment.rules.purchase.budget": 50_000_000}},
    {"id": "renovates", "month": 1, "ramp": 3, "set": {"investment.rules.renovation.rate": 0.9}},
    {"id": "queue", "month": 3, "set": {"listing.max_applications": 2}},
]


@FEW
@given(order=st.permutations(PULLS), seed=seeds)
def test_levers_commute_whatever_their_order_in_the_file(order, seed):
    resting = {"rules": [{"rule": "building", "lead_time": 1}, {"rule": "purchase", "areas": "all"},
                         {"rule": "renovation", "age": 10}]}  # fmt: skip
    one = passed(founded(town(investment=resting, timeline=PULLS), seed), 7)
    other = passed(founded(town(investment=resting, timeline=order), seed), 7)
    assert one.engine.city.ledger.lines()
    assert differences(one.engine.city, other.engine.city) == []
    assert one.record().same_numbers(other.record())


def test_two_events_that_pull_one_lever_in_one_month_are_refused():
    path = "investment.rules.building.homes"
    twice = [{"id": name, "month": 2, "set": {path: homes}} for name, homes in (("a", 5), ("b", 9))]
    with pytest.raises(ScenarioError) as caught:
        scenario(town(investment={"rules": [{"rule": "building"}]}, timeline=twice))
    assert [fault.key for fault in caught.value.faults] == ["scenario.event_conflict"]


@pytest.mark.parametrize(
    ("block", "key"),
    [
        ({"rule": "building", "areas": ["q0", "q11"]}, "scenario.invested_area_unknown_suggest"),
        ({"rule": "building", "areas": ["nowhere"]}, "scenario.invested_area_unknown"),
        ({"rule": "building", "areas": "downtown"}, "scenario.not_areas"),
        ({"rule": "building", "areas": ["q0", "q0"]}, "scenario.area_twice"),
        ({"rule": "building", "homes": -1}, "scenario.out_of_bounds"),
        ({"rule": "bilding"}, "rule.unknown_suggest"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_where_it_stands(block, key):
    with pytest.raises(ScenarioError) as caught:
        scenario(town(investment={"rules": [block]}))
    assert [fault.key for fault in caught.value.faults] == [key]
    assert caught.value.faults[0].place.line


def test_an_event_that_names_an_area_in_vain_is_refused():
    event = {"id": "there", "month": 2, "set": {"investment.rules.building.areas": ["nowhere"]}}
    with pytest.raises(ScenarioError) as caught:
        scenario(town(investment={"rules": [{"rule": "building"}]}, timeline=[event]))
    assert [fault.key for fault in caught.value.faults] == ["scenario.invested_area_unknown"]


@FEW
@given(world=towns(), rules=investments(), seed=seeds)
def test_what_one_party_pays_another_gets(world, rules, seed):
    simulation = founded(invested(world, rules), seed)
    for _ in range(4):
        simulation.pass_month()
        ledger = simulation.engine.city.ledger
        paid = {party: ledger.paid_by(party) for party in PARTIES}
        scale = max(abs(amount) for amount in paid.values())
        assert abs(sum(paid.values())) <= 1e-9 * max(scale, 1.0)


@FEW
@given(world=towns(), rules=investments(), seed=seeds)
def test_the_ledger_of_a_record_is_what_its_measures_say(world, rules, seed):
    record = passed(founded(invested(world, rules), seed), 6).record()
    costs = {name: values[1:].sum() for name, values in record.series.items() if "public_cost" in name}
    booked = Counter()
    for entry in record.ledger.to_pylist():
        for party, sign in ((entry["payer"], 1), (entry["payee"], -1)):
            if party in PUBLIC:
                amount = sign * entry["amount"]
                booked["affordability.public_cost"] += amount
                booked[f"affordability.public_cost@payer={party}"] += amount
                booked[f"affordability.public_cost@lever={entry['line']}"] += amount
    size = max([1.0, *(entry["amount"] for entry in record.ledger.to_pylist())])
    assert all(abs(booked[name] - cost) <= 1e-9 * len(record.ledger) * size for name, cost in costs.items())
    assert set(booked) <= set(costs)


@FEW
@given(seed=seeds)
def test_rules_of_investment_at_rest_are_no_rules_to_the_bit(seed):
    resting = {"rules": [{"rule": name} for name in built_in().names("investment")]}
    plain, at_rest = passed(founded(town(), seed), 6), passed(founded(town(investment=resting), seed), 6)
    assert differences(plain.engine.city, at_rest.engine.city) == []
    assert plain.record().same_numbers(at_rest.record())


def test_homes_that_stood_there_keep_their_names_and_their_luck():
    built = town(investment={"rules": [{"rule": "building", "homes": 100, "lead_time": 0}]})
    simulation = passed(founded(scenario(built), 2), 6)
    stock = simulation.engine.city.dwellings
    before = founded(scenario(built), 2).engine.city.dwellings
    n = before.n_used
    assert (stock.m2[:n] == before.m2).all()
    assert (stock.built[n:][stock.is_used[n:]] > 0).all()
    assert (stock.occupant[~stock.is_used] == NOBODY).all()
