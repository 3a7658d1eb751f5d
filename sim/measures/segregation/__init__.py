"""How unevenly groups live: indices of a table of counts that need no map."""

from sim.measures.segregation.concentration import concentration_of_each, concentration_profile, delta
from sim.measures.segregation.diversity import divergence, diversity, interaction
from sim.measures.segregation.evenness import (
    atkinson,
    atkinson_of_each,
    dissimilarity,
    dissimilarity_between,
    dissimilarity_of_each,
    dissimilarity_of_groups,
    entropy_index,
    gini,
    gini_of_each,
    gini_of_groups,
    lack_of_overlap,
    minmax,
)
from sim.measures.segregation.exposure import exposure, exposure_matrix, isolation, isolation_of_each
from sim.measures.segregation.local import local_divergence, local_entropy, location_quotient, map_correlation
from sim.measures.segregation.separation import (
    normalised_exposure,
    relative_diversity,
    separation,
    separation_of_each,
    squared_coefficient,
    unbiased_separation,
)
from sim.measures.segregation.together import Indices, indices

__all__ = [
    "Indices", "atkinson", "atkinson_of_each", "concentration_of_each", "concentration_profile", "delta",
    "dissimilarity", "dissimilarity_between", "dissimilarity_of_each", "dissimilarity_of_groups", "divergence",
    "diversity", "entropy_index", "exposure", "exposure_matrix", "gini", "gini_of_each", "gini_of_groups", "indices",
    "interaction", "isolation", "isolation_of_each", "lack_of_overlap", "local_divergence", "local_entropy",
    "location_quotient", "map_correlation", "minmax", "normalised_exposure", "relative_diversity", "separation",
    "separation_of_each", "squared_coefficient", "unbiased_separation",
]  # fmt: skip
