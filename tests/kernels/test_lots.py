"""Lots for whole arrays are those of the streams of luck, bit by bit."""

from __future__ import annotations

import numpy as np
import pytest

from sim.base.streams import Luck, Purpose, key_of
from sim.kernels.lots import draw_pairs, draw_uniforms, draw_words

STREAM = Luck(5).stream(Purpose.TIES, 9)
KEY = np.uint64(key_of(5, int(Purpose.TIES), 9))
IDS = np.random.default_rng(1).integers(0, 2**62, 200)


def test_words_are_those_of_the_stream():
    out = np.empty(200, np.uint64)
    draw_words(KEY, IDS, out)
    assert (out == STREAM.words(IDS)).all()


@pytest.mark.parametrize("number", [0, 1, 7])
def test_numbers_are_those_of_the_stream(number):
    out = np.empty(200)
    draw_uniforms(KEY, IDS, number, out)
    assert (out == STREAM.uniform(IDS, number)).all()


def test_numbers_of_pairs_are_those_of_the_stream_also_for_months_before_the_founding():
    others, out = np.random.default_rng(2).integers(-700, 700, 200), np.empty(200)
    draw_pairs(KEY, IDS, others, out)
    assert (others < 0).any()
    assert (out == STREAM.pair_uniform(IDS, others)).all()
