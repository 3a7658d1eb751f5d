"""Lots drawn by name for many at once: the streams of luck, by the kernels, since rules draw for ten thousands."""

from __future__ import annotations

import numpy as np

from sim.base.streams import Luck, Purpose, key_of
from sim.kernels.lots import draw_pairs, draw_uniforms


def lots_of(luck: Luck, purpose: Purpose, month: int, ids: np.ndarray, number: int = 0) -> np.ndarray:
    """One number in [0, 1) per id, float64: what ``Stream.uniform`` gives."""
    out = np.empty(len(ids))
    draw_uniforms(_key(luck, purpose, month), ids, number, out)
    return out


def lots_of_pairs(luck: Luck, purpose: Purpose, month: int, ids: np.ndarray, others: np.ndarray) -> np.ndarray:
    """One number in [0, 1) per pair, float64: what ``Stream.pair_uniform`` gives."""
    out = np.empty(len(ids))
    draw_pairs(_key(luck, purpose, month), ids.astype(np.int64), others.astype(np.int64), out)
    return out


def _key(luck: Luck, purpose: Purpose, month: int) -> np.uint64:
    return np.uint64(key_of(luck.seed, int(purpose), month))
