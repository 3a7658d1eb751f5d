"""What is measured of a town without money."""

import numpy as np
import pytest

import sim

ONE_GROUP = {
    "space.width": 6, "space.height": 5, "time.months": 2,
    "population.groups.a.share": 1.0, "population.groups.b.share": 0.0,
}  # fmt: skip


def test_a_lattice_with_one_group_only_says_why_it_has_no_segregation():
    record = sim.run(sim.load("schelling", set=ONE_GROUP), seed=1)
    assert np.isnan(record.series["segregation.dissimilarity.origin"]).all()
    assert record.provenance["undefined"]["segregation.dissimilarity.origin"] == "measure.one_group_only"
    assert record.at("theory.similarity", 0) == 1.0


def test_indices_of_a_lattice_are_those_of_its_blocks_beside_their_level_by_chance():
    record = sim.run(sim.load("schelling", set={"time.months": 1}), seed=2)
    found = {name: record.at(name, 0) for name in record.series if name.startswith("segregation.")}
    for family in ("dissimilarity", "entropy_index", "separation"):
        index, by_chance = (found[f"segregation.{family}.origin{form}"] for form in ("", ".chance"))
        assert index == pytest.approx(by_chance, rel=0.35), family  # dealt at random, so near chance: 100 blocks of 20
