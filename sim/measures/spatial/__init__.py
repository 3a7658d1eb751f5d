"""Measures of where areas lie: across borders, among the nearest, in clusters, near the centre."""

from sim.measures.spatial.centralisation import absolute_centralisation, relative_centralisation
from sim.measures.spatial.chance import (
    effective_sizes,
    expected_morans_i,
    expected_spatial_dissimilarity,
    expected_spatial_entropy_index,
    expected_spatial_relative_diversity,
)
from sim.measures.spatial.clustering import border_adjusted_dissimilarity, decay_isolation, morans_i, spatial_proximity
from sim.measures.spatial.surroundings import (
    nearest,
    nearest_profile,
    order_by_distance,
    spatial_dissimilarity,
    spatial_entropy_index,
    spatial_relative_diversity,
    surrounding_shares,
)
from sim.measures.spatial.weights import Weights, biweight, distances_between, linked, proximity

__all__ = [
    "Weights", "absolute_centralisation", "biweight", "border_adjusted_dissimilarity", "decay_isolation",
    "distances_between", "effective_sizes", "expected_morans_i", "expected_spatial_dissimilarity",
    "expected_spatial_entropy_index", "expected_spatial_relative_diversity", "linked", "morans_i", "nearest",
    "nearest_profile", "order_by_distance", "proximity", "relative_centralisation", "spatial_dissimilarity",
    "spatial_entropy_index", "spatial_proximity", "spatial_relative_diversity", "surrounding_shares",
]  # fmt: skip
