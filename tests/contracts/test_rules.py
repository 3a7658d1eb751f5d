"""What every registered rule promises by being registered."""

import dataclasses

import numpy as np
import pytest
from small_cities import LUCK, crowd, everybody_applies, settle, state_of

from sim.base.language import LANGUAGES, has
from sim.base.parameters import declared
from sim.base.registry import Registry
from sim.base.streams import Luck
from sim.city.households import Cause
from sim.city.newcomers import Newcomers
from sim.rules import built_in
from sim.rules.allocation.mixed import Mixed, Part
from sim.rules.allocation.queue import Queue
from sim.rules.proposals import Lettings, Sales, Schedule

RULES = built_in().all()
NO_ARGUMENTS = {Mixed: lambda: Mixed((Part("all", 1.0, Queue()),))}


def name_of(rule):
    return f"{rule.kind}.{rule.name}"


def made(cls):
    return NO_ARGUMENTS.get(cls, cls)()


every_rule = pytest.mark.parametrize("cls", RULES, ids=name_of)


def answers(rule, city, luck):
    """Everything that a rule says about a city, by question."""
    seen = city.readonly()
    rows = seen.dwellings.rows()
    asked = everybody_applies(seen)
    vacant = np.flatnonzero(seen.dwellings.is_vacant()).astype(np.int32)
    money = np.linspace(0, 9_000, len(vacant)).astype(np.float32)
    questions = {
        "propose": lambda: rule.propose(seen, luck),
        "asking": lambda: rule.asking(seen, vacant, luck),
        "sitting": lambda: rule.sitting(seen, rows, luck),
        "level": lambda: rule.level(seen, level_of(rule, vacant, money)),
        "by_area": lambda: rule.by_area(seen),
        "by_tenure": lambda: rule.by_tenure(seen),
        "by_pair": lambda: rule.by_pair(seen, asked.household, asked.dwelling),
        "rank": lambda: rule.rank(seen, asked, luck),
        "passes": lambda: rule.passes(seen, asked, luck),
        "admits": lambda: rule.admits(seen, asked, luck),
        "may_apply": lambda: rule.may_apply(seen, asked, Schedule(6_000.0), asked.cost),
        "is_member": lambda: rule.is_member(seen, asked),
        "owed": lambda: rule.owed(seen, np.linspace(-9_000, 9_000, len(seen.households)).astype(np.float32)),
        "pays": lambda: rule.pays(seen),
        "rescued": lambda: rule.rescued(seen, seen.households.rows(), luck),
        "assessed": lambda: rule.assessed(seen, rows),
        "candidates": lambda: rule.candidates(seen, luck),
        "schedule": lambda: rule.schedule(),
        "coefficients": lambda: rule.coefficients(),
    }
    return {question: ask() for question, ask in questions.items() if callable(getattr(rule, question, None))}


def level_of(rule, vacant, money):
    return Sales(vacant, money, money) if rule.kind == "price" else Lettings(vacant, money, 2 * money)


def parts(answer):
    """The arrays and numbers inside an answer."""
    if dataclasses.is_dataclass(answer):
        found = [getattr(answer, field.name) for field in dataclasses.fields(answer)]
        return [part for value in found for part in parts(value)]
    return list(answer.items()) if isinstance(answer, dict) else [answer]


def same(one, other):
    pairs = list(zip(parts(one), parts(other), strict=True))
    return all(np.array_equal(a, b) if isinstance(a, np.ndarray) else a == b for a, b in pairs)


@every_rule
def test_it_answers_at_least_one_question(cls):
    assert answers(made(cls), crowd(), LUCK)


@every_rule
def test_it_leaves_the_city_as_it_is_to_the_bit(cls):
    city = crowd()
    before = state_of(city)
    answers(made(cls), city, LUCK)
    assert all(np.array_equal(a, b) for a, b in zip(before, state_of(city), strict=True))


@every_rule
def test_it_says_the_same_twice(cls):
    city, luck = crowd(), Luck(9)
    one, other = answers(made(cls), city, luck), answers(made(cls), crowd(), luck)
    assert all(same(one[question], other[question]) for question in one)


SHAPES = {
    "asking": ("vacant", np.float32), "sitting": ("dwellings", np.float32), "level": ("areas_tenures", np.float64),
    "by_area": ("groups_areas", np.float64), "by_tenure": ("areas_tenures", np.float64),
    "by_pair": ("applications", np.float64), "rank": ("applications", np.float64), "passes": ("applications", np.bool_),
    "admits": ("applications", np.bool_),
    "may_apply": ("applications", np.bool_), "is_member": ("applications", np.bool_), "owed": ("households", np.uint8),
    "pays": ("households", np.float32), "rescued": ("existing", np.bool_), "assessed": ("dwellings", np.float32),
}  # fmt: skip


@every_rule
def test_arrays_have_the_shape_and_type_of_the_contract(cls):
    city = crowd()
    sizes = {
        "vacant": (int(city.dwellings.is_vacant().sum()),), "dwellings": (len(city.dwellings),),
        "areas_tenures": (3, 4), "groups_areas": (2, 3), "applications": (len(everybody_applies(city)),),
        "households": (len(city.households),), "existing": (city.households.n_used,),
    }  # fmt: skip
    for question, answer in answers(made(cls), city, LUCK).items():
        if question in SHAPES:
            size, dtype = SHAPES[question]
            assert (answer.shape, answer.dtype) == (sizes[size], dtype), question
            assert dtype is np.bool_ or np.isfinite(answer).all(), question


@every_rule
def test_a_proposal_has_the_types_of_the_contract_and_names_rows_that_exist(cls):
    city = crowd()
    proposal = answers(made(cls), city, LUCK).get("propose")
    if proposal is None:
        return
    if isinstance(proposal, np.ndarray):
        assert proposal.dtype == np.int32
        assert city.households.is_used[proposal].all()
        return
    for field in dataclasses.fields(proposal):
        value = getattr(proposal, field.name)
        if field.name in ("rows", "resized", "earning", "saving", "registered", "guest", "host", "left"):
            assert value.dtype == np.int32, field.name
            assert city.households.is_used[value].all(), field.name
            assert len(np.unique(value)) == len(value), field.name
    assert_newcomers(getattr(proposal, "newcomers", None), city)


def assert_newcomers(newcomers, city):
    if newcomers is None:
        return
    types = {field.name: getattr(newcomers, field.name).dtype for field in dataclasses.fields(Newcomers)}
    columns = city.households.columns
    assert {name: dtype for name, dtype in types.items() if name in columns} == {
        name: np.dtype(columns[name].dtype) for name in types if name in columns
    }
    assert len({len(getattr(newcomers, field.name)) for field in dataclasses.fields(Newcomers)}) == 1
    assert (newcomers.id >= 2**62).all()
    assert set(newcomers.cause.tolist()) <= {Cause.NO_HOME, Cause.SEPARATED}


@every_rule
def test_it_is_frozen_and_holds_parameters_only(cls):
    assert cls.__dataclass_params__.frozen
    rule = made(cls)
    with pytest.raises(dataclasses.FrozenInstanceError):
        rule.anything = 1


@every_rule
def test_every_parameter_has_a_source_and_a_default_within_its_bounds(cls):
    for spec in declared(cls):
        assert spec.source.strip(), spec.name
        assert (spec.status == "assumed") == spec.source.startswith("assumed"), spec.name
        if spec.kind in ("number", "integer", "numbers") and spec.default is not None:
            values = spec.default if isinstance(spec.default, tuple) else (spec.default,)
            numbers = [value for value in values if not isinstance(value, str)]
            assert all(spec.low is None or value >= spec.low for value in numbers), spec.name
            assert all(spec.high is None or value <= spec.high for value in numbers), spec.name
        if spec.kind == "choice":
            assert spec.optional or spec.default in spec.of, spec.name


@every_rule
@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_say_what_it_is_and_what_its_parameters_mean(cls, language):
    keys = [f"parameters.{cls.kind}.{cls.name}.{name}" for name in ("_about", *(spec.name for spec in declared(cls)))]
    assert [key for key in keys if not has(key, language)] == []


@pytest.mark.parametrize("cls", [rule for rule in RULES if rule.kind in ("search", "payment")], ids=name_of)
def test_one_household_more_leaves_the_luck_of_the_others_alone(cls):
    city, larger = crowd(), crowd()
    settle(larger, age=23, id=77, arrears=6)
    one, other = answers(made(cls), city, LUCK), answers(made(cls), larger, LUCK)
    proposal, wider = one.get("propose"), other.get("propose")
    if proposal is None:
        return
    mine = proposal if isinstance(proposal, np.ndarray) else proposal.rows
    theirs = wider if isinstance(wider, np.ndarray) else wider.rows
    newcomer = larger.households.n_used - 1
    assert set(mine.tolist()) == set(theirs.tolist()) - {newcomer}


@pytest.mark.parametrize("cls", [rule for rule in RULES if rule.kind == "preference"], ids=name_of)
def test_a_term_of_weight_zero_is_worth_nothing(cls):
    strengths = {spec.name: 0.0 for spec in declared(cls) if spec.name in ("weight", "crowding")}
    worths = {name: worth for name, worth in answers(cls(**strengths), crowd(), LUCK).items() if name.startswith("by_")}
    assert worths
    assert not any(worth.any() for worth in worths.values())


def test_a_registry_of_all_rules_is_made_again_without_quarrel():
    assert Registry(RULES).all() == built_in().all()
