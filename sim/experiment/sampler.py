"""Which packages a search tries next, as shares of the way between the ends of each factor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from sim.base.errors import ScenarioError
from sim.experiment import design as designs
from sim.experiment.file.aims import SearchSection

STARTING = 10
"""Packages, at least, that fill the space before the search begins to learn (the default of Optuna)."""


class Sampler:
    """Asks for batches of packages; a batch follows from the seed and from what came before, and from nothing else."""

    def __init__(self, aims: SearchSection, n_factors: int, n_points: int, seed: int) -> None:
        self.aims, self.n_factors, self.seed = aims, n_factors, seed
        n_filling = n_points if aims.method == "random" else min(n_points, STARTING)
        kind: designs.Sampled = "random" if aims.method == "random" else "sobol"
        self.filling = designs.sampled(kind, n_factors, n_filling, seed)
        if aims.method == "tpe":
            _optuna()

    def ask(self, n: int, shares: np.ndarray, objectives: np.ndarray, overshoot: np.ndarray) -> np.ndarray:
        """So many packages more.

        Parameters
        ----------
        n : int
        shares : float64 array, shape (n_tried, n_factors)
            Packages tried so far.
        objectives : float64 array, shape (n_tried, n_objectives)
            What they gave, less is better; NaN where a run failed.
        overshoot : float64 array, shape (n_tried, n_limits)
            By how much they broke each limit.

        Returns
        -------
        float64 array, shape (n, n_factors)

        References
        ----------
        Bergstra, J., Bardenet, R., Bengio, Y. & Kegl, B. (2011). Algorithms for hyper-parameter optimization. NIPS 24.
        Ozaki, Y. et al. (2022). Multiobjective tree-structured Parzen estimator. JAIR 73, 1209-1250.
        """
        first = self.filling[len(shares) : len(shares) + n]
        n_learned = n - len(first)
        if not n_learned:
            return first
        return np.vstack([first, self._learned(n_learned, shares, objectives, overshoot)])

    def _learned(self, n: int, shares: np.ndarray, objectives: np.ndarray, overshoot: np.ndarray) -> np.ndarray:
        optuna = _optuna()
        from optuna.trial import create_trial

        names = [f"f{place}" for place in range(self.n_factors)]
        spans = {name: optuna.distributions.FloatDistribution(0.0, 1.0) for name in names}
        seed = int(np.random.SeedSequence(self.seed, spawn_key=(len(shares),)).generate_state(1)[0])
        with _silent(optuna):
            sampler = optuna.samplers.TPESampler(seed=seed, n_startup_trials=1, multivariate=True, constant_liar=True)
            study = optuna.create_study(directions=["minimize"] * objectives.shape[1], sampler=sampler)
            known = ~(np.isnan(objectives).any(axis=1) | np.isnan(overshoot).any(axis=1))
            for row in np.flatnonzero(known):
                broken = {str(k): float(value) for k, value in enumerate(overshoot[row])}
                study.add_trial(create_trial(
                    params=dict(zip(names, map(float, shares[row]), strict=True)), distributions=spans,
                    values=[float(value) for value in objectives[row]], constraints=broken or None,
                ))  # fmt: skip
            asked = [study.ask(spans) for _ in range(n)]
        return np.array([[one.params[name] for name in names] for one in asked])


def _optuna() -> Any:
    """The library that learns; it is an extra."""
    try:
        import optuna
    except ImportError:
        raise ScenarioError("experiment.no_optuna") from None
    return optuna


@contextmanager
def _silent(optuna: Any) -> Iterator[None]:
    """Without its log, and without its notes on what is experimental."""
    import warnings

    level = optuna.logging.get_verbosity()
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        optuna.logging.set_verbosity(level)
