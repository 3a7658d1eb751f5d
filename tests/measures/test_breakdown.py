"""For whom a measure is taken: rows summed from a table of cells."""

import numpy as np

from sim.city.dwellings import TENURES
from sim.measures.breakdown import breakdown, ratios

SHAPE = (2, 4, 4, 5)
TABLE = np.random.default_rng(4).integers(0, 50, SHAPE)
BY = breakdown(("a", "b"), TENURES)


def test_rows_are_everybody_then_each_word_of_each_axis():
    assert BY.by[0] == {}
    assert [next(iter(by.items())) for by in BY.by[1:]] == [
        ("group", "a"), ("group", "b"), *(("tenure", tenure) for tenure in TENURES), ("household", "families"),
        ("household", "single_parent"), ("household", "elderly"), *(("income", str(fifth)) for fifth in range(1, 6)),
    ]  # fmt: skip


def test_sums_are_those_of_the_cells_that_a_row_names():
    found = dict(zip(BY.names("access.crowding"), BY.sums(TABLE), strict=True))
    assert found["access.crowding"] == TABLE.sum()
    assert found["access.crowding@group=b"] == TABLE[1].sum()
    assert found["access.crowding@tenure=cooperative"] == TABLE[:, 2].sum()
    assert found["access.crowding@household=families"] == TABLE[:, :, :2].sum()
    assert found["access.crowding@household=single_parent"] == TABLE[:, :, 1].sum()
    assert found["access.crowding@household=elderly"] == TABLE[:, :, 2].sum()
    assert found["access.crowding@income=5"] == TABLE[..., 4].sum()


def test_what_lies_behind_the_cells_is_summed_for_each_position():
    steps = np.random.default_rng(5).integers(0, 9, (*SHAPE, 3))
    found = BY.sums(steps)
    assert found.shape == (len(BY.by), 3)
    assert (found[0] == steps.sum(axis=(0, 1, 2, 3))).all()
    assert (found[-1] == steps[:, :, :, 4].sum(axis=(0, 1, 2))).all()


def test_axes_that_a_table_does_not_have_are_left_out():
    by = breakdown(("a", "b"), with_types=False)
    assert [list(one) for one in by.by] == [[], ["group"], ["group"], *[["income"]] * 5]
    assert by.sums(np.ones((2, 5))).tolist() == [10, 5, 5, 2, 2, 2, 2, 2]


def test_the_same_rows_are_made_once():
    assert breakdown(("a", "b"), TENURES) is BY
    assert BY.names("access.crowding") is BY.names("access.crowding")


def test_a_share_of_nobody_is_not_a_number():
    assert ratios(np.array([1, 0]), np.array([4, 0])).tolist()[0] == 0.25
    assert np.isnan(ratios(np.array([1, 0]), np.array([4, 0]))[1])
