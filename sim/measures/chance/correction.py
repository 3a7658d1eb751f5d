"""An index with the level of pure chance taken out; always shown beside the raw one."""

from __future__ import annotations

from sim.base.errors import MeasureError


def corrected(observed: float, expected: float) -> float:
    """How far an index stands above chance, as a share of how far it could; for entropy index and separation.

    Parameters
    ----------
    observed, expected : float
        The index, and its level by chance; 0 to 1.

    Returns
    -------
    float
        0 is chance, 1 complete separation; negative when more even than chance. Dimensionless.

    Raises
    ------
    MeasureError
        If chance alone gives complete separation.

    References
    ----------
    Winship, C. (1977). A revaluation of indexes of residential segregation. Social Forces 55(4), 1058-1066.

    Examples
    --------
    >>> corrected(0.75, 0.5)
    0.5
    """
    if expected >= 1.0:
        raise MeasureError("measure.chance_is_complete")
    return (observed - expected) / (1.0 - expected)


def corrected_dissimilarity(observed: float, expected: float) -> float:
    """Dissimilarity above chance as a share of what is possible above, or below it as a share of what is below.

    Parameters
    ----------
    observed, expected : float
        The dissimilarity, and its level by chance; 0 to 1.

    Returns
    -------
    float
        -1 (exactly even) to 0 (chance) to 1 (complete separation). Dimensionless.

    Raises
    ------
    MeasureError
        If chance alone gives complete separation.

    References
    ----------
    Carrington, W. J. & Troske, K. R. (1997). On measuring segregation in samples with small units. Journal of
    Business & Economic Statistics 15(4), 402-409.

    Examples
    --------
    >>> corrected_dissimilarity(0.05, 0.1)
    -0.5
    """
    if observed >= expected:
        return corrected(observed, expected)
    return (observed - expected) / expected
