"""Applications sorted by whose listings they are for, against a plain sort."""

from __future__ import annotations

import numpy as np

from sim.kernels.by_policy import sort_by_policy


def test_applications_stand_policy_by_policy_in_the_order_of_applicants():
    luck = np.random.default_rng(3)
    policy, is_wanted = luck.integers(0, 4, 30).astype(np.uint8), np.array([True, False, True, True])
    listing = luck.integers(0, 30, (50, 5)).astype(np.int32)
    listing[np.arange(5) >= luck.integers(1, 6, 50)[:, None]] = -1
    begin, order = np.empty(5, np.int64), np.empty(listing.size, np.int32)
    n = sort_by_policy(listing, policy, is_wanted, begin, order)
    made = np.flatnonzero(listing.ravel() >= 0)
    assert n == len(made)
    whose = policy[listing.ravel()[made]]
    for number, wanted in enumerate(is_wanted):
        expected = made[whose == number] if wanted else []
        assert order[begin[number] : begin[number + 1]].tolist() == list(expected)


def test_nobody_applies():
    begin, order = np.empty(3, np.int64), np.empty(0, np.int32)
    n = sort_by_policy(np.zeros((0, 4), np.int32), np.zeros(2, np.uint8), np.ones(2, np.bool_), begin, order)
    assert (n, begin.tolist()) == (0, [0, 0, 0])
