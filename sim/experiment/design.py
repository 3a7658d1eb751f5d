"""Designs: which points of the space of factors are run."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Literal

import numpy as np

from sim.experiment.factors import Factor

Point = dict[str, Any]
Sampled = Literal["random", "lhs", "sobol"]


def grid(factors: Sequence[Factor]) -> list[Point]:
    """Every combination of the values of all factors; the last one turns fastest."""
    return [dict(_paired(factors, values)) for values in itertools.product(*(one.spread() for one in factors))]


def zipped(factors: Sequence[Factor]) -> list[Point]:
    """First values together, second values together, and so on, as far as the shortest goes."""
    return [dict(_paired(factors, values)) for values in zip(*(one.spread() for one in factors), strict=False)]


def placed(factors: Sequence[Factor], shares: np.ndarray) -> list[Point]:
    """Points of the unit cube as points of the factors.

    Parameters
    ----------
    factors : sequence of Factor
    shares : float64 array, shape (n_points, n_factors)
        Each from 0 to 1.
    """
    return [{one.path: one.at(float(share)) for one, share in zip(factors, row, strict=True)} for row in shares]


def _paired(factors: Sequence[Factor], values: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    yield from ((one.path, value) for one, value in zip(factors, values, strict=True))


def sampled(kind: Sampled, n_factors: int, n_points: int, seed: int) -> np.ndarray:
    """Points that fill the unit cube.

    Parameters
    ----------
    kind : str
        ``random``; ``lhs``: a Latin hypercube of low centred discrepancy; ``sobol``: a scrambled Sobol sequence, whose
        first points stay the same when more are asked for.
    n_factors, n_points, seed : int

    Returns
    -------
    float64 array, shape (n_points, n_factors)
        From 0 to 1.

    References
    ----------
    Owen, A. B. (1998). Scrambling Sobol' and Niederreiter-Xing points. Journal of Complexity 14(4), 466-489.
    McKay, Beckman & Conover (1979). A comparison of three methods for selecting values of input variables.
    Technometrics 21(2), 239-245.
    """
    luck = np.random.default_rng(seed)
    if kind == "random":
        return luck.random((n_points, n_factors))
    from scipy.stats import qmc

    if kind == "lhs":
        cube = qmc.LatinHypercube(n_factors, optimization="random-cd", seed=luck)
        return np.asarray(cube.random(n_points))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a number of points that is no power of two: said by check
        return np.asarray(qmc.Sobol(n_factors, scramble=True, seed=luck).random(n_points))


def trajectories(n_factors: int, n: int, levels: int, seed: int) -> np.ndarray:
    """Morris's trajectories: each moves one factor after the other.

    Parameters
    ----------
    n_factors, n, levels, seed : int
        ``n`` trajectories of ``n_factors + 1`` points on a grid of ``levels`` per factor.

    Returns
    -------
    float64 array, shape (n * (n_factors + 1), n_factors)
        From 0 to 1.

    References
    ----------
    Morris, M. D. (1991). Factorial sampling plans for preliminary computational experiments. Technometrics 33(2),
    161-174.
    """
    from SALib.sample import morris

    return np.asarray(morris.sample(cube(n_factors), n, num_levels=levels, seed=seed))


def saltelli(n_factors: int, n: int, second_order: bool, seed: int) -> np.ndarray:
    """Points from which Sobol indices are estimated; the first blocks stay the same when more are asked for.

    Returns
    -------
    float64 array, shape (n * (n_factors + 2), n_factors), or twice as many factors if ``second_order``
        From 0 to 1.

    References
    ----------
    Saltelli, A. et al. (2010). Variance based sensitivity analysis of model output. Computer Physics Communications
    181(2), 259-270.
    """
    from SALib.sample import sobol

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return np.asarray(sobol.sample(cube(n_factors), n, calc_second_order=second_order, seed=seed))


def cube(n_factors: int) -> dict[str, Any]:
    """The unit cube, as SALib describes a problem."""
    return {"num_vars": n_factors, "names": [f"x{n}" for n in range(n_factors)], "bounds": [[0.0, 1.0]] * n_factors}


def is_power_of_two(n: int) -> bool:
    """Whether a Sobol sequence of this length is balanced."""
    return n > 0 and n & (n - 1) == 0
