"""Whole households out of a fitted table: every cell rounded up or down so that all margins stay met."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.synthesis.margins import Frame, Margin

ROUNDS = 60
"""Most passes over all blocks."""


def rounded(wanted: np.ndarray) -> np.ndarray:
    """Whole numbers whose running sums stay within one half of those of ``wanted``: no cell is off by one or more.

    Examples
    --------
    >>> rounded(np.array([0.4, 0.4, 0.4, 0.8]))
    array([0, 1, 0, 1])
    """
    return np.asarray(np.diff(np.rint(np.concatenate([[0.0], np.cumsum(wanted.ravel())]))), np.int64)


def combed(table: np.ndarray, counts: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Whole households of every cell by systematic sampling within blocks.

    Parameters
    ----------
    table : float64 array, shape (n_blocks, n_cells)
    counts : int64 array, shape (n_blocks,)
        Households of each block.
    u : float64 array, shape (n_blocks,)
        Start of each block's comb, 0 to 1.

    Returns
    -------
    int64 array, shape (n_blocks, n_cells)
        Rows sum to ``counts``; every run of neighbouring cells is within one of its expectation.

    References
    ----------
    Madow, W. G. & Madow, L. H. (1944). On the theory of systematic sampling. Ann. Math. Stat. 15(1), 1-24.
    """
    running = np.floor(np.cumsum(_expected(table, counts), axis=1) + u[:, None])
    running = np.minimum(running, counts[:, None])
    running[:, -1] = counts
    return np.asarray(np.diff(running, axis=1, prepend=0.0), np.int64)


def _expected(table: np.ndarray, counts: np.ndarray) -> np.ndarray:
    total = table.sum(axis=1, keepdims=True)
    return np.asarray(table * np.divide(counts[:, None], total, out=np.zeros_like(total), where=total > 0))


class Balance:
    """Misses of all margins, kept up to date while households change cells.

    Attributes
    ----------
    place : int64 array, shape (n_margins, n_blocks, n_cells)
        Where each cell counts in ``miss``.
    score : float64 array, shape (n_margins, n_cells)
        What a household of the cell counts for there.
    miss, weight : float64 arrays, shape (n_places,)
        What is too much, and how heavily its square weighs; 0 where nothing is known.
    """

    def __init__(self, frame: Frame, expected: np.ndarray, margins: Sequence[Margin]) -> None:
        shape = (len(margins), *expected.shape)
        self.place = np.empty(shape, np.int64)
        self.score = np.ones((shape[0], shape[2]))
        weights: list[np.ndarray] = []
        for i, margin in enumerate(margins):
            score = np.ones(frame.shape)
            if margin.of is not None:
                score = score * frame.spread(frame.scores[margin.of] / frame.scores[margin.of].mean(), (margin.of,))
            self.score[i] = score.reshape(expected.shape)[0]
            size = frame.sum_to(expected.reshape(frame.shape) * score**2, margin.axes)
            known = ~np.isnan(margin.target) & (size > 0)
            places = sum(len(w) for w in weights) + np.arange(size.size).reshape(size.shape)
            self.place[i] = np.broadcast_to(frame.spread(places, margin.axes), frame.shape).reshape(expected.shape)
            weights.append(np.divide(1.0, size, out=np.zeros_like(size), where=known).ravel())
        self.weight = np.concatenate(weights)
        self.miss = np.zeros(len(self.weight))

    def start(self, away: np.ndarray) -> None:
        """Set the misses from how far every cell is from its expectation, shape (n_blocks, n_cells)."""
        for place, score in zip(self.place, self.score, strict=True):
            self.miss += np.bincount(place.ravel(), (away * score).ravel(), len(self.miss))

    def steep(self, block: int) -> np.ndarray:
        """What one household more in each cell of a block adds, to first order, shape (n_cells,)."""
        place = self.place[:, block]
        return np.asarray((self.miss[place] * self.weight[place] * self.score).sum(axis=0))

    def exchange(self, block: int, giver: int, taker: int) -> bool:
        """Move a household from one cell of a block to another, if that brings the margins nearer."""
        places = np.concatenate([self.place[:, block, giver], self.place[:, block, taker]])
        changes = np.concatenate([-self.score[:, giver], self.score[:, taker]])
        touched, inverse = np.unique(places, return_inverse=True)
        change = np.bincount(inverse, changes, len(touched))
        gain = -(self.weight[touched] * change * (2 * self.miss[touched] + change)).sum()
        if gain <= 0:
            return False
        self.miss[touched] += change
        return True


def balanced(
    frame: Frame, table: np.ndarray, counts: np.ndarray, margins: Sequence[Margin], u: np.ndarray
) -> np.ndarray:
    """Whole households of every cell, exact by block, with all margins as near as whole numbers allow.

    A comb gives the first answer. Then households are exchanged within blocks, from a cell that was rounded up to one
    that was rounded down, as long as that brings the margins nearer: a local search for a controlled rounding.

    Parameters
    ----------
    frame : Frame
    table : float64 array, shape ``frame.shape``
        Expected households, in any total.
    counts : int64 array, shape (n_blocks,)
        Households of each block; blocks are the first two axes of the frame.
    margins : sequence of Margin
    u : float64 array, shape (n_blocks,)
        Start of each block's comb, 0 to 1.

    Returns
    -------
    int64 array, shape (n_blocks, n_cells)
        Every cell is its expectation, rounded up or down.

    References
    ----------
    Cox, L. H. (1987). A constructive procedure for unbiased controlled rounding. JASA 82(398), 520-524.
    """
    expected = _expected(table.reshape(len(counts), -1), counts)
    now = combed(expected, counts, u)
    balance = Balance(frame, expected, margins)
    balance.start(now - expected)
    for _ in range(ROUNDS):
        moved = [_improved(balance, int(block), now[block], expected[block]) for block in np.flatnonzero(counts)]
        if not any(moved):
            break
    return now


def _improved(balance: Balance, block: int, now: np.ndarray, expected: np.ndarray) -> bool:
    """Exchange, in place, one household of a block if that helps; returns whether it did."""
    steep = balance.steep(block)
    giver = int(np.where(now > expected, steep, -np.inf).argmax())
    taker = int(np.where(now < expected, steep, np.inf).argmin())
    if not (now[giver] > expected[giver] and now[taker] < expected[taker] and steep[giver] > steep[taker]):
        return False
    if not balance.exchange(block, giver, taker):
        return False
    now[giver] -= 1
    now[taker] += 1
    return True
