"""Iterative proportional fitting: a table of many dimensions that meets all its margins, of counts and of means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.base.errors import Fault, ScenarioError
from sim.synthesis.margins import Frame, Margin, Miss, level, miss_of, reconcile

MET = 0.005
"""Largest relative miss at which a margin counts as met (assumed)."""

CLOSE = 2e-5
"""Relative miss at which fitting stops."""

ROUNDS, STALLED = 2000, 0.999
"""Most rounds; a round that leaves more than this share of a miss that is small enough is the last."""


@dataclass(frozen=True)
class Fit:
    """A fitted table, the misses of its margins and the rounds it took."""

    table: np.ndarray
    misses: tuple[Miss, ...]
    rounds: int


def fit(frame: Frame, pattern: np.ndarray, margins: Sequence[Margin], met: float = MET) -> Fit:
    """Fit a table to margins, keeping the associations of a pattern wherever the margins are silent.

    Parameters
    ----------
    frame : Frame
    pattern : float64 array, shape ``frame.shape``
        Odds to start from; a zero stays a zero.
    margins : sequence of Margin
        The first must be of counts and complete: it sets the total.
    met : float
        Largest relative miss that is accepted.

    Raises
    ------
    ScenarioError
        If two margins contradict each other by more than one per cent, a margin asks for households where the
        pattern has none, or no table meets them all.

    References
    ----------
    Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when the
    expected marginal totals are known. Ann. Math. Stat. 11(4), 427-444. For means: Ireland, C. T. & Kullback, S.
    (1968). Contingency tables with given marginals. Biometrika 55(1), 179-188.

    Examples
    --------
    >>> frame = Frame({"row": ("a", "b"), "column": ("x", "y")})
    >>> rows = Margin("rows", ("row",), np.array([4.0, 6.0]))
    >>> columns = Margin("columns", ("column",), np.array([5.0, 5.0]))
    >>> fit(frame, np.ones((2, 2)), [rows, columns]).table
    array([[2., 2.],
           [3., 3.]])
    """
    agreed = reconcile(frame, margins)
    _refuse_impossible(frame, pattern, agreed)
    table = pattern * (agreed[0].target.sum() / pattern.sum())
    misses, rounds, worst, before = _missed(frame, table, agreed), 0, np.inf, np.inf
    while worst > CLOSE and rounds < ROUNDS and (worst > met or worst < STALLED * before):
        for margin in agreed:
            _pull(frame, table, margin)
        misses, rounds, before = _missed(frame, table, agreed), rounds + 1, worst
        worst = max(miss.largest for miss in misses)
    _refuse_missed(misses, met)
    return Fit(table, misses, rounds)


def _missed(frame: Frame, table: np.ndarray, margins: Sequence[Margin]) -> tuple[Miss, ...]:
    return tuple(miss_of(frame, table, margin) for margin in margins)


def _pull(frame: Frame, table: np.ndarray, margin: Margin) -> None:
    """Scale a table, in place, so that it meets one margin."""
    if margin.of is None:
        now = frame.sum_to(table, margin.axes)
        wanted = np.clip(now, margin.target * (1 - margin.slack), margin.target * (1 + margin.slack))
        known = ~np.isnan(margin.target) & (now > 0)
        table *= frame.spread(np.divide(wanted, now, out=np.ones_like(now), where=known), margin.axes)
        return
    axes = tuple(axis for axis in frame.axes if axis in margin.axes or axis == margin.of)
    at = axes.index(margin.of)
    counts = np.moveaxis(frame.sum_to(table, axes), at, -1)
    tilt = tilts(counts, frame.scores[margin.of], level(margin, counts.sum(axis=-1)))
    table *= frame.spread(np.ascontiguousarray(np.moveaxis(tilt, -1, at)), axes)


def tilts(counts: np.ndarray, scores: np.ndarray, wanted: np.ndarray, steps: int = 6) -> np.ndarray:
    """Factors exp(a + b x score) that keep every cell's count and bring its mean score to its target.

    Parameters
    ----------
    counts : float64 array, shape (..., n_scores)
    scores : float64 array, shape (n_scores,)
    wanted : float64 array, shape (...)
        Mean scores; NaN leaves a cell as it is.

    Returns
    -------
    float64 array, shape (..., n_scores)
        Found by Newton's method on b, steps bounded so that far targets are approached over several calls.
    """
    total = counts.sum(axis=-1)
    known = ~np.isnan(wanted) & (total > 0)
    goal, slope = np.where(known, wanted, 0.0), np.zeros(total.shape)
    centred = (scores - scores.mean()) / max(float(np.ptp(scores)), 1e-12)
    aim = (goal - scores.mean()) / max(float(np.ptp(scores)), 1e-12)
    for _ in range(steps):
        tilted = counts * np.exp(slope[..., None] * centred)
        mass = np.where(known, tilted.sum(axis=-1), 1.0)
        mean = (tilted @ centred) / mass
        variance = np.maximum((tilted @ centred**2) / mass - mean**2, 1e-6)
        slope = np.clip(slope + np.where(known, np.clip((aim - mean) / variance, -3.0, 3.0), 0.0), -30.0, 30.0)
    tilt = np.exp(slope[..., None] * centred)
    scale = np.divide(total, (counts * tilt).sum(axis=-1), out=np.ones_like(total), where=known)
    return np.where(known[..., None], tilt * scale[..., None], 1.0)


def _refuse_impossible(frame: Frame, pattern: np.ndarray, margins: Sequence[Margin]) -> None:
    """Refuse households where the pattern has none, and means beyond the scores there are."""
    faults: list[Fault] = []
    for margin in margins:
        possible = frame.sum_to(pattern, margin.axes) > 0
        told: dict[str, object] = {"margin": margin.name}
        if margin.of is None:
            key, bad = "founding.nobody_possible", ~possible & (np.nan_to_num(margin.target) > 0)
        else:
            scores = frame.scores[margin.of]
            beyond = (margin.target < scores.min()) | (margin.target > scores.max())
            key, bad = "founding.mean_out_of_reach", possible & beyond & (not margin.is_relative)
            told |= {"low": f"{scores.min():g}", "high": f"{scores.max():g}", "of": margin.of}
        for at in np.argwhere(bad):
            where, wanted = frame.where(margin.axes, [int(i) for i in at]), margin.target[tuple(at)]
            faults.append(Fault(key, {**told, "where": where, "wanted": f"{wanted:g}"}))
    if faults:
        raise ScenarioError.of(faults)


def _refuse_missed(misses: Sequence[Miss], met: float) -> None:
    faults = [
        Fault("founding.margin_missed", {
            "margin": miss.margin, "where": miss.where, "wanted": f"{miss.wanted:.6g}", "got": f"{miss.got:.6g}",
            "percent": f"{100 * miss.largest:.2f}", "allowed": f"{100 * met:g}",
        })
        for miss in misses if miss.largest > met
    ]  # fmt: skip
    if faults:
        raise ScenarioError.of(faults)
