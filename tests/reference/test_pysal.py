"""Our indices against PySAL's, to 1e-12, where PySAL's are sound; and that each comparison can fail.

Left out as oracles, because they are not what their names say or break down: SpatialProximity, AbsoluteClustering,
RelativeClustering, DistanceDecayIsolation and DistanceDecayInteraction (nearness grows with distance), ModifiedDissim
and ModifiedGini (one draw repeated), spatial multigroup indices (smoothed totals), AbsoluteConcentration and
RelativeConcentration (0/0 on areas of equal size).
"""

import warnings

import numpy as np
import pytest

from sim.measures import segregation as ours
from sim.measures import spatial

TABLES, AREAS, GROUPS = 20, 144, 4
"""Tables compared; a square of 12 x 12 areas and four groups, as MultiLocalEntropy and its kin want them."""


@pytest.fixture(scope="module")
def pysal():
    """PySAL, imported without what it does to NumPy's warnings in the whole process."""
    before = np.geterr()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = pytest.importorskip("segregation")
        pytest.importorskip("geopandas")
    np.seterr(**before)
    return package


@pytest.fixture(scope="module")
def esda():
    before = np.geterr()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        package = pytest.importorskip("esda")
    np.seterr(**before)
    return package


class Town:
    """A town on an uneven grid, so that no two areas lie equally far from the centre."""

    def __init__(self, seed, counts=None):
        dice = np.random.default_rng(seed)
        side = int(np.sqrt(AREAS))
        self.x, self.y = (np.concatenate(([0.0], np.cumsum(dice.uniform(0.5, 1.5, side)))) for _ in range(2))
        row, column = np.divmod(np.arange(AREAS), side)
        self.corners = np.stack([self.x[column], self.y[row], self.x[column + 1], self.y[row + 1]], axis=1)
        touching = (np.abs(row[:, None] - row) <= 1) & (np.abs(column[:, None] - column) <= 1)
        self.contiguity = (touching & ~np.eye(AREAS, dtype=bool)).astype(float)
        self.counts = dice.negative_binomial(2, 0.02, (AREAS, GROUPS)) if counts is None else counts
        self.counts[0, 1] = 0  # an area that lacks a group
        self.group, self.total = self.counts[:, 0], self.counts.sum(axis=1)

    @property
    def land(self):
        return (self.corners[:, 2] - self.corners[:, 0]) * (self.corners[:, 3] - self.corners[:, 1])

    @property
    def from_centre(self):
        middle = (self.corners[:, :2] + self.corners[:, 2:]) / 2
        return np.hypot(*(middle - self.centre).T)

    @property
    def centre(self):
        return (self.x[-1] * 0.43, self.y[-1] * 0.58)

    def frame(self):
        """The same town as PySAL reads it."""
        import geopandas
        from shapely.geometry import box

        columns = {f"g{k}": self.counts[:, k].astype(float) for k in range(GROUPS)}
        columns["total"] = self.total.astype(float)
        return geopandas.GeoDataFrame(columns, geometry=[box(*corner) for corner in self.corners], crs=3006)

    def moved(self):
        """The same town after five people of the first group moved, and five people changed group."""
        counts = self.counts.copy()
        share = self.group / self.total
        gone = np.flatnonzero((counts[:, 0] >= 5) & (share > np.median(share)))[0]
        counts[gone, 0] -= 5
        counts[int(share.argmin()), 0] += 5
        changed = int(counts[:, 2].argmax())
        counts[changed, 2:4] += [-5, 5]
        other = Town.__new__(Town)
        other.__dict__.update(self.__dict__)
        other.counts, other.group, other.total = counts, counts[:, 0], counts.sum(axis=1)
        return other


ONE_GROUP = {
    "Dissim": lambda town: ours.dissimilarity(town.group, town.total),
    "Gini": lambda town: ours.gini(town.group, town.total),
    "Entropy": lambda town: ours.entropy_index(np.stack([town.group, town.total - town.group], axis=1)),
    "Isolation": lambda town: ours.isolation(town.group, town.total),
    "Interaction": lambda town: ours.exposure(town.group, town.total - town.group, town.total),
    "CorrelationR": lambda town: ours.separation(town.group, town.total),
    "Atkinson": lambda town: ours.atkinson(town.group, town.total, shape=0.5),
    "MinMax": lambda town: ours.minmax(town.group, town.total),
    "Delta": lambda town: ours.delta(town.group, town.land),
    "SpatialDissim": lambda town: spatial.border_adjusted_dissimilarity(town.group, town.total, town.contiguity),
    "AbsoluteCentralization": lambda town: spatial.absolute_centralisation(town.group, town.land, town.from_centre),
    "RelativeCentralization": lambda town: spatial.relative_centralisation(town.group, town.total, town.from_centre),
}
ALL_GROUPS = {
    "MultiDissim": lambda town: ours.dissimilarity_of_groups(town.counts),
    "MultiGini": lambda town: ours.gini_of_groups(town.counts),
    "MultiInfoTheory": lambda town: ours.entropy_index(town.counts),
    "MultiRelativeDiversity": lambda town: ours.relative_diversity(town.counts),
    "MultiNormExposure": lambda town: ours.normalised_exposure(town.counts),
    "MultiSquaredCoefVar": lambda town: ours.squared_coefficient(town.counts),
    "MultiDivergence": lambda town: ours.divergence(town.counts),
    "MultiDiversity": lambda town: ours.diversity(town.counts),
    "SimpsonsInteraction": lambda town: ours.interaction(town.counts),
}
LOCAL = {
    "MultiLocationQuotient": lambda town: ours.location_quotient(town.counts),
    "MultiLocalEntropy": lambda town: ours.local_entropy(town.counts),
}
EVERY = [("singlegroup", name) for name in ONE_GROUP] + [("multigroup", name) for name in ALL_GROUPS]
EVERY += [("local", name) for name in LOCAL]


def theirs(package, shelf, name, town):
    """PySAL's value; MinMax writes into the table it gets, so each index gets a fresh one."""
    index = getattr(getattr(package, shelf), name)
    frame, groups = town.frame(), [f"g{k}" for k in range(GROUPS)]
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if shelf == "multigroup":
            return np.asarray(index(frame, groups).statistic)
        if shelf == "local":
            return np.asarray(index(frame, groups).statistics)
        centred = {"center": town.centre} if name.endswith("Centralization") else {}
        return np.asarray(index(frame, "g0", "total", **centred).statistic)


@pytest.mark.parametrize(("shelf", "name"), EVERY)
def test_an_index_equals_that_of_pysal(pysal, shelf, name):
    own = (ONE_GROUP | ALL_GROUPS | LOCAL)[name]
    for seed in range(TABLES):
        town = Town(seed)
        assert own(town) == pytest.approx(theirs(pysal, shelf, name, town), rel=0, abs=1e-12), seed


@pytest.mark.parametrize(("shelf", "name"), EVERY)
def test_the_comparison_breaks_when_five_people_move(pysal, shelf, name):
    own = (ONE_GROUP | ALL_GROUPS | LOCAL)[name]
    town = Town(0)
    assert np.abs(own(town.moved()) - theirs(pysal, shelf, name, town)).max() > 1e-7


def test_importing_pysal_left_the_warnings_of_numpy_alone(pysal, esda):
    assert np.geterr()["divide"] == "warn"
    assert np.geterr()["invalid"] == "warn"


def test_morans_i_equals_that_of_esda(esda):
    from libpysal.weights import W

    for seed in range(TABLES):
        town = Town(seed)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            links = W({area: list(np.flatnonzero(row)) for area, row in enumerate(town.contiguity)})
            their = esda.Moran(town.group / town.total, links, transformation="b", permutations=0).I
        assert spatial.morans_i(town.group, town.total, town.contiguity) == pytest.approx(their, rel=0, abs=1e-12)
        moved = town.moved()
        assert abs(spatial.morans_i(moved.group, moved.total, moved.contiguity) - their) > 1e-7
