"""Segregation by grouping: every index is the one of its function, and stands beside its level by chance."""

import numpy as np
import pytest

import sim
from sim.base.streams import Luck, Purpose
from sim.measures import chance
from sim.measures import segregation as seg
from sim.measures.catalogue import measure_named
from sim.measures.chance import corrected, corrected_dissimilarity
from sim.measures.memory import deal
from sim.measures.panel import Panel
from sim.measures.sorting import of_grouping, on_land
from sim.synthesis.founding import found

GROUPS = ("a", "b", "c")
COUNTS = np.random.default_rng(11).integers(5, 60, (12, 3))
TOTAL = COUNTS.sum(axis=1)
DEALT = deal(COUNTS, Luck(1).stream(Purpose.MEASURE, 0))


def panel(counts=COUNTS, groups=GROUPS, dealt=DEALT, grouping="origin"):
    taken = Panel()
    for block in of_grouping(grouping, np.asarray(counts), groups, dealt):
        taken.take_all(block)
    return taken


def value(taken, family, form="", by=""):
    return taken.values[".".join(part for part in (f"segregation.{family}.origin", form) if part) + by]


TAKEN = panel()


@pytest.mark.parametrize(
    ("family", "measure"),
    [
        ("dissimilarity", seg.dissimilarity_of_groups), ("entropy_index", seg.entropy_index),
        ("separation", seg.relative_diversity), ("gini", seg.gini_of_groups), ("divergence", seg.divergence),
        ("normalised_exposure", seg.normalised_exposure), ("squared_coefficient", seg.squared_coefficient),
        ("diversity", seg.diversity), ("interaction", seg.interaction),
    ],
)  # fmt: skip
def test_an_index_of_all_groups_is_that_of_its_function(family, measure):
    assert value(TAKEN, family) == pytest.approx(measure(COUNTS), rel=1e-12)


@pytest.mark.parametrize(
    ("family", "measure"),
    [
        ("dissimilarity", seg.dissimilarity), ("separation", seg.separation), ("gini", seg.gini),
        ("minmax", seg.minmax), ("atkinson", seg.atkinson), ("isolation", seg.isolation),
        ("share", lambda group, total: group.sum() / total.sum()),
    ],
)  # fmt: skip
def test_an_index_of_one_group_is_that_of_its_function(family, measure):
    for number, group in enumerate(GROUPS):
        found = value(TAKEN, family, by=f"@group={group}")
        assert found == pytest.approx(measure(COUNTS[:, number], TOTAL), rel=1e-12)


def test_exposure_and_concentration_are_those_of_their_functions():
    found = value(TAKEN, "exposure", by="@group=c,to=a")
    assert found == pytest.approx(seg.exposure(COUNTS[:, 2], COUNTS[:, 0], TOTAL), rel=1e-12)
    for level, share in zip(range(10, 100, 10), seg.concentration_profile(COUNTS[:, 1], TOTAL), strict=True):
        assert value(TAKEN, "concentration", by=f"@group=b,level={level}") == pytest.approx(share, rel=1e-12)


def test_levels_by_chance_are_the_formulas():
    expected = {
        "dissimilarity": chance.expected_dissimilarity_of_groups(COUNTS),
        "entropy_index": chance.expected_entropy_index(COUNTS),
        "divergence": chance.expected_entropy_index(COUNTS) * seg.diversity(COUNTS),
        **dict.fromkeys(
            ("separation", "normalised_exposure", "squared_coefficient"), chance.expected_separation(COUNTS)
        ),
    }
    if DEALT.entropy_index is not None:
        expected["entropy_index"] = DEALT.entropy_index
        expected["divergence"] = DEALT.entropy_index * seg.diversity(COUNTS)
    for family, level in expected.items():
        assert value(TAKEN, family, "chance") == pytest.approx(level, rel=1e-12), family
    for number, group in enumerate(GROUPS):
        by, one = f"@group={group}", COUNTS[:, number]
        dissimilarity = chance.expected_dissimilarity(one, TOTAL)
        assert value(TAKEN, "dissimilarity", "chance", by) == pytest.approx(dissimilarity, rel=1e-12)
        assert value(TAKEN, "minmax", "chance", by) == pytest.approx(2 * dissimilarity / (1 + dissimilarity), rel=1e-12)
        isolation = chance.expected_isolation(one, TOTAL)
        assert value(TAKEN, "isolation", "chance", by) == pytest.approx(isolation, rel=1e-12)
        assert value(TAKEN, "gini", "chance", by) == DEALT.gini_of_each[number]
        assert value(TAKEN, "atkinson", "chance", by) == DEALT.atkinson_of_each[number]
        assert value(TAKEN, "concentration", "chance", f"{by},level=20") == DEALT.concentration_of_each[number, 1]
    met = chance.expected_exposure_matrix(COUNTS)[2, 0]
    assert value(TAKEN, "exposure", "chance", "@group=c,to=a") == pytest.approx(met, rel=1e-12)


def test_corrected_indices_have_the_levels_beside_them_taken_out():
    for family, adjust in (("dissimilarity", corrected_dissimilarity), ("entropy_index", corrected),
                           ("separation", corrected)):  # fmt: skip
        expected = adjust(value(TAKEN, family), value(TAKEN, family, "chance"))
        assert value(TAKEN, family, "corrected") == pytest.approx(expected, rel=1e-12)
    of_b = [value(TAKEN, "dissimilarity", form, "@group=b") for form in ("", "chance", "corrected")]
    assert of_b[2] == pytest.approx(corrected_dissimilarity(*of_b[:2]), rel=1e-12)


def test_a_level_by_chance_stands_beside_every_index_that_the_catalogue_gives_one():
    for name in TAKEN.values:
        base, at, by = name.partition("@")
        if measure_named(name).form == "raw":
            try:
                measure_named(f"{base}.chance{at}{by}")
            except Exception:
                assert base.split(".")[1] in ("share", "diversity", "interaction")
            else:
                assert f"{base}.chance{at}{by}" in TAKEN.values


def test_the_same_names_are_taken_whoever_lives_there():
    alone, absent = COUNTS * [1, 0, 0], COUNTS * [1, 1, 0]
    for counts in (alone, absent, 0 * COUNTS):
        assert panel(counts).values.keys() == TAKEN.values.keys()


def test_a_group_without_members_is_undefined_and_the_others_are_as_if_it_were_not_named():
    taken, without = panel(COUNTS * [1, 0, 1]), panel(COUNTS[:, [0, 2]], ("a", "c"), None)
    for name, number in without.values.items():
        if name not in without.undefined:
            assert taken.values[name] == pytest.approx(number, rel=1e-12)
    gone = [name for name in taken.values if "group=b" in name or "to=b" in name]
    assert {taken.undefined[name] for name in gone} == {"measure.group_empty"}


def test_one_group_alone_is_undefined_and_says_so():
    taken = panel(COUNTS * [0, 1, 0])
    reasons = {taken.undefined[name] for name in taken.values if "group=b" in name and "to=" not in name}
    assert reasons == {"measure.one_group_only"}
    assert taken.undefined["segregation.dissimilarity.origin"] == "measure.one_group_only"
    nobody = panel(0 * COUNTS)
    assert nobody.undefined["segregation.entropy_index.origin"] == "measure.nobody"
    assert np.isnan(list(nobody.values.values())).all()


def test_without_a_deal_the_levels_that_need_one_are_undefined():
    taken = panel(dealt=None)
    assert {name for name, reason in taken.undefined.items() if reason == "measure.not_dealt"} == {
        name for name in taken.values
        if ".chance" in name and name.split(".")[1] in ("gini", "atkinson", "concentration")
    }  # fmt: skip


def test_where_chance_alone_separates_nothing_is_left_to_correct():
    taken = panel(np.eye(3, dtype=int), dealt=None)
    assert taken.values["segregation.separation.origin.chance"] == 1.0
    assert taken.undefined["segregation.separation.origin.corrected"] == "measure.chance_is_complete"


def land(counts, km2):
    taken = Panel()
    for block in on_land("origin", counts, GROUPS, km2):
        taken.take_all(block)
    return taken


def test_on_equal_land_a_group_is_as_dense_as_it_is_spread():
    taken = land(np.array([[10, 10, 0], [0, 10, 0]]), np.array([2.0, 2.0]))
    assert taken.values["segregation.delta.origin@group=a"] == 0.5
    assert taken.values["segregation.delta.origin@group=b"] == 0.0
    names = (f"segregation.delta.origin{form}@group=c" for form in ("", ".chance"))
    assert taken.undefined == dict.fromkeys(names, "measure.group_empty")


def test_where_no_table_tells_of_land_density_is_unknown():
    taken = land(COUNTS, None)
    assert set(taken.undefined.values()) == {"measure.no_land"}
    assert len(taken.undefined) == 2 * len(GROUPS)
    assert set(land(0 * COUNTS, np.ones(12)).undefined.values()) == {"measure.group_empty"}


def test_the_land_of_gothenburg_is_in_its_table():
    city = found(sim.load("gothenburg", set={"scale": 0.02, "time.burn_in": 0}), Luck(1))[0]
    assert city.areas.km2.sum() == pytest.approx(448, rel=0.05)  # land by Statistics Sweden; lakes are in the table
    shares = city.areas.km2 / city.areas.km2.sum()
    assert shares[city.areas.names.index("Östra Angered")] > 0.1
