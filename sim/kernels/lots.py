"""Luck for whole arrays of names: what ``sim.base.streams.Stream`` gives, in one sweep."""

from __future__ import annotations

import numpy as np

from sim.kernels.draws import another, pair_word, uniform, word
from sim.kernels.jit import kernel


@kernel
def draw_words(key: np.uint64, ids: np.ndarray, out: np.ndarray) -> None:
    """Sixty-four random bits per id; ``out`` (uint64) is overwritten."""
    for place in range(ids.size):
        out[place] = word(key, ids[place])


@kernel
def draw_uniforms(key: np.uint64, ids: np.ndarray, number: int, out: np.ndarray) -> None:
    """One number in [0, 1) per id; ``number`` tells several draws apart; ``out`` (float64) is overwritten."""
    for place in range(ids.size):
        drawn = word(key, ids[place])
        out[place] = uniform(another(drawn, number) if number > 0 else drawn)


@kernel
def draw_pairs(key: np.uint64, ids: np.ndarray, others: np.ndarray, out: np.ndarray) -> None:
    """One number in [0, 1) per pair of an id and another number; ``out`` (float64) is overwritten."""
    for place in range(ids.size):
        out[place] = uniform(pair_word(key, ids[place], others[place]))
