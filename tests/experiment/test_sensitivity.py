"""Sensitivity of functions whose answer is known; and holes, which are refused."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from sim.base.errors import SimError
from sim.experiment.differences import Window
from sim.experiment.file.load import section_of
from sim.experiment.file.study import shares_of
from sim.experiment.sensitivity import morris, noise, sobol

TEXT = """\
schema: hemvist-experiment/1
id: known
title: {{en: "Known"}}
arms: [{{id: one, scenario: schelling}}]
design: {{kind: {design}, seed: 3, factors: [{{path: a, min: 0, max: 1}}, {{path: b, min: 0, max: 1}},
         {{path: c, min: 0, max: 1}}]}}
replications: {{n: 2}}
"""
END = Window("last", 1, 1, 1)
MORRIS, SOBOL = "morris, trajectories: 40, levels: 6", "sobol_indices, points: 1024"


@dataclass
class Folder:
    text: str
    folder: Path = Path("somewhere")

    def experiment_text(self):
        return self.text


@dataclass
class Known:
    """Results of a function of three shares, as an experiment would have them."""

    function: object
    design: str
    lost: list = field(default_factory=list)
    luck: float = 0.0

    def __post_init__(self):
        self.store = Folder(TEXT.format(design=self.design))
        section = section_of(self.store.text)
        shares = shares_of(section, 3)
        wander = np.random.default_rng(2).normal(scale=self.luck, size=(len(shares), 2))
        self.found = self.function(*shares.T)[:, None] + wander
        factors = [{"path": path} for path in "abc"]
        design = {"kind": section.design.kind, "asked": section.design.points}
        self.manifest = {"factors": factors, "design": design}

    def values(self, measure, window):
        return self.found[None]

    def missing(self):
        return self.lost


def ishigami(a, b, c):
    x, y, z = (2 * np.pi * one - np.pi for one in (a, b, c))
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_sobol_indices_of_ishigamis_function_are_found():
    """Ishigami & Homma (1990): first 0.314, 0.442, 0; total 0.558, 0.442, 0.244.

    1024 points leave a standard error of about 0.03; four of them are allowed.
    """
    found = {one.factor: one for one in sobol(Known(ishigami, SOBOL), "m", END, 0)}
    assert [found[path].first for path in "abc"] == pytest.approx([0.314, 0.442, 0.0], abs=0.12)
    assert [found[path].total for path in "abc"] == pytest.approx([0.558, 0.442, 0.244], abs=0.12)
    assert all(one.total_low <= one.total <= one.total_high for one in found.values())


def test_the_strongest_factor_comes_first_and_a_dead_one_is_not_clear():
    found = sobol(Known(lambda a, b, c: 3 * b + a, SOBOL), "m", END, 0)
    assert [one.factor for one in found] == ["b", "a", "c"]
    assert [one.is_clear for one in found] == [True, True, False]


def test_morris_finds_slopes_and_directions_of_a_plane():
    found = {one.factor: one for one in morris(Known(lambda a, b, c: 2 * a - 5 * b, MORRIS), "m", END, 0)}
    assert [found[path].mean for path in "abc"] == pytest.approx([2.0, -5.0, 0.0])
    assert [found[path].mean_size for path in "abc"] == pytest.approx([2.0, 5.0, 0.0])
    assert [found[path].spread for path in "abc"] == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    assert [found[path].is_clear for path in "abc"] == [True, True, False]


def test_interplay_shows_as_spread():
    found = {one.factor: one for one in morris(Known(lambda a, b, c: 4 * a * b, MORRIS), "m", END, 0)}
    assert found["a"].spread > 0.5
    assert found["c"].spread == 0.0


def test_what_luck_alone_moves_is_not_clear():
    found = {one.factor: one for one in morris(Known(lambda a, b, c: 20 * a, MORRIS, luck=1.0), "m", END, 0)}
    assert [found[path].is_clear for path in "abc"] == [True, False, False]


def test_the_share_of_luck_is_told():
    """Both variances of 160 values have a relative error of 1/sqrt(80): three of the two together are 0.48."""
    assert noise(Known(lambda a, b, c: a, MORRIS), "m", END, 0).share == 0.0
    assert noise(Known(lambda a, b, c: 0 * a, MORRIS, luck=1.0), "m", END, 0).share == pytest.approx(1.0, abs=0.48)


@pytest.mark.parametrize(("design", "analysis"), [(MORRIS, morris), (SOBOL, sobol)])
def test_holes_are_refused(design, analysis):
    with pytest.raises(SimError, match=r"2 planned runs are missing \(x, y\)"):
        analysis(Known(ishigami, design, lost=["x", "y"]), "m", END, 0)
    undefined = Known(ishigami, design)
    undefined.found[5, 1] = np.nan
    with pytest.raises(SimError, match="1 runs have no value"):
        analysis(undefined, "m", END, 0)


def test_another_design_is_refused():
    with pytest.raises(SimError, match="needs 'sobol_indices'"):
        sobol(Known(ishigami, MORRIS), "m", END, 0)
    with pytest.raises(SimError, match="no variance"):
        sobol(Known(lambda a, b, c: 0 * a, SOBOL), "m", END, 0)
