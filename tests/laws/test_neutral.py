"""A rule of no strength changes nothing, to the bit; a rule that has some does."""

import pytest
from cities import ORDERS, differences, extended, founded, passed, scenario, seeds, series_bytes, town
from hypothesis import given, settings

FEW = settings(max_examples=2)
TERMS = {
    "cost": {"weight": 3}, "space": {"weight": 1, "crowding": 0.8}, "amenity": {"weight": 1},
}  # fmt: skip
IDLE_TERMS = {
    "own_group": {"weight": 0, "shape": "linear"},
    "status": {"weight": 0},
    "relative_status": {"weight": 0},
    "roots": {"per_km": 0},
    "travel": {"weight": 0},
    "service": {"weight": 0},
    "constants": {"weight": 0},
    "tenure": {},
}


def preferences(terms=TERMS, **others):
    plain = {"taste_scale": 1, "taste_kept": 1, "moving_cost": 2, "founding_best_of": 8}
    return {"preferences": {**plain, **others, "profiles": [{"id": "all", "terms": terms}]}}


def queue(**more):
    return {"allocation": {**ORDERS["queue"], **more}}


def mix(*parts):
    return {
        "allocation": {"rule": "mixed", "parts": [{"id": name, "share": share, "rule": name} for name, share in parts]}
    }


IDLE = {
    **{
        f"a weight of nothing: {name}": (preferences(), preferences({**TERMS, name: block}))
        for name, block in IDLE_TERMS.items()
    },
    "nothing set aside": (
        {"municipal": queue()},
        {"municipal": queue(reserves=[{"id": "none", "class": "priority", "share": 0.0}])},
    ),
    "everybody passes the screening": (
        {"private": {"allocation": ORDERS["first"]}},
        {"private": {"allocation": ORDERS["first"], "screening": {"rule": "by_group", "accept": {"a": 1.0, "b": 1.0}}}},
    ),
    "a floor of nothing": (
        {"private": {"allocation": {"rule": "lottery"}}},
        {"private": {"allocation": {"rule": "lottery", "eligibility": {"income_floor": 0.0}}}},
    ),
    "a ceiling that nobody reaches": (
        {"private": {"allocation": {"rule": "lottery"}}},
        {"private": {"allocation": {"rule": "lottery", "eligibility": {"income_ceiling": 1_000_000}}}},
    ),
    "rules of admission that rest": (
        {"municipal": queue()},
        {"municipal": queue(admission=[
            {"rule": "work_income", "open_share": 1}, {"rule": "residence", "months": 0},
            {"rule": "direct_offer", "share": 0}, {"rule": "counted_income", "assistance_counts": 1},
        ]), "listing": {"admission": [
            {"rule": "group_quota", "most": {"a": 1, "b": 1}}, {"rule": "settling", "kept_away": {"a": 0, "b": 0}},
        ]}},
    ),
    "an income that everybody has": (
        {"municipal": queue()},
        {"municipal": queue(admission=[{"rule": "counted_income", "assistance_counts": 0, "assistance_below": 0}])},
    ),
    "a mix of one": ({"private": {"allocation": {"rule": "lottery"}}}, {"private": mix(("lottery", 1.0))}),
    "a part of no share": (
        {"private": {"allocation": {"rule": "need"}}},
        {"private": mix(("need", 1.0), ("first_acceptable", 0.0))},
    ),
    "posted, all to who comes first": (
        {"private": {"allocation": ORDERS["first"]}},
        {"private": {"allocation": {"rule": "posted", "first_share": 1.0}}},
    ),
    "kept or fresh, a taste of no size": (
        preferences(taste_scale=0, taste_kept=0),
        preferences(taste_scale=0, taste_kept=1),
    ),
    "an index of nothing": (
        {"private": {"rent": {"rule": "indexed", "month_of_change": 3}}},
        {"private": {"rent": {"rule": "indexed", "month_of_change": 9}}},
    ),
    "discontent of no rate": (
        {"search": {"sample": 20, "rules": [{"rule": "life_course"}]}},
        {"search": {"sample": 20, "rules": [
            {"rule": "life_course"}, {"rule": "discontent", "crowding": 0, "burden": 0, "status": 0}
        ]}},
    ),
    "nobody is choosy, and nobody would be": (
        {"search": {"sample": 20, "choosy": 0.0, "top_rank": 1.0, "rules": [{"rule": "life_course"}]}},
        {"search": {"sample": 20, "choosy": 0.0, "top_rank": 0.2, "rules": [{"rule": "life_course"}]}},
    ),
    "evicted with no chance": (
        {"payment": {"rules": [{"rule": "allowance"}, {"rule": "arrears"}]}},
        {"payment": {"rules": [{"rule": "allowance"}, {"rule": "arrears"}, {"rule": "eviction", "chance": 0}]}},
    ),
}  # fmt: skip
"""Pairs of towns, of which the second has a rule that the first has not, of no strength."""

MOVING = {
    "a weight": (preferences(), preferences({**TERMS, "status": {"weight": 5}})),
    "a reserve": (
        {"municipal": queue()},
        {"municipal": queue(reserves=[{"id": "new", "class": "no_home", "share": 1.0}])},
    ),
    "a screening": (
        {"private": {"allocation": ORDERS["first"]}},
        {"private": {"allocation": ORDERS["first"], "screening": {"rule": "by_group", "accept": {"a": 1.0, "b": 0.0}}}},
    ),
    "a floor": (
        {"private": {"allocation": {"rule": "lottery"}}},
        {"private": {"allocation": {"rule": "lottery", "eligibility": {"income_floor": 9.0}}}},
    ),
    "another part": ({"private": {"allocation": {"rule": "need"}}}, {"private": mix(("lottery", 1.0))}),
    "an index": (
        {"private": {"rent": {"rule": "indexed"}}},
        {"private": {"rent": {"rule": "indexed", "yearly_index": 0.1}}},
    ),
}
"""The same with strength: without these the law above could hold for rules that nobody asks."""


def two_runs(pair, seed, months):
    return [passed(founded(town(**sections), seed), months) for sections in pair]


@pytest.mark.parametrize("what", IDLE)
@FEW
@given(seed=seeds)
def test_a_rule_of_no_strength_changes_nothing_to_the_bit(what, seed):
    without, idle = two_runs(IDLE[what], seed, 6)
    assert differences(without.engine.city, idle.engine.city) == []
    assert series_bytes(without.record()) == series_bytes(idle.record())


@pytest.mark.parametrize("what", MOVING)
def test_the_same_rule_with_strength_changes_something(what):
    without, strong = two_runs(MOVING[what], 3, 18)
    assert differences(without.engine.city, strong.engine.city) != []


@FEW
@given(seed=seeds)
def test_an_event_that_sets_what_stands_there_changes_nothing(seed):
    world = town()
    same = extended(world, timeline=[{"month": 2, "set": {"search.sample": 20}}])
    other = extended(world, timeline=[{"month": 2, "set": {"search.sample": 1}}])
    plain = passed(founded(scenario(world), seed), 8)
    assert differences(plain.engine.city, passed(founded(same, seed), 8).engine.city) == []
    assert differences(plain.engine.city, passed(founded(other, seed), 8).engine.city) != []
