"""What chance alone gives: closed forms, deals at random, and indices with chance taken out."""

from sim.measures.chance.closed_forms import (
    LARGEST_SHORTFALL,
    entropy_shortfall,
    expected_dissimilarity,
    expected_dissimilarity_of_each,
    expected_dissimilarity_of_groups,
    expected_entropy_index,
    expected_exposure_matrix,
    expected_isolation,
    expected_neighbourhood_sorting,
    expected_rank_order_entropy,
    expected_separation,
    expected_unbiased_separation,
)
from sim.measures.chance.correction import corrected, corrected_dissimilarity
from sim.measures.chance.density import expected_delta_of_each
from sim.measures.chance.permutation import (
    DRAWS,
    Band,
    band,
    by_chance,
    deal_areas,
    deal_households,
    share_as_high,
)

__all__ = [
    "Band", "DRAWS", "LARGEST_SHORTFALL", "band", "by_chance", "corrected", "corrected_dissimilarity", "deal_areas",
    "deal_households", "entropy_shortfall", "expected_delta_of_each", "expected_dissimilarity",
    "expected_dissimilarity_of_each", "expected_dissimilarity_of_groups", "expected_entropy_index",
    "expected_exposure_matrix", "expected_isolation", "expected_neighbourhood_sorting",
    "expected_rank_order_entropy", "expected_separation", "expected_unbiased_separation", "share_as_high",
]  # fmt: skip
