"""The panel of a month: numbers by name, and why some are undefined."""

import numpy as np
import pytest

from sim.base.errors import MeasureError
from sim.measures.panel import Block, Panel


def raising():
    raise MeasureError("measure.areas_alike")


def test_numbers_are_kept_by_name_and_only_gaps_have_a_reason():
    panel = Panel()
    panel.take_all(Block.of(("a.one", "a.two"), np.array([[1.5], [np.nan]]), "measure.no_sales"))
    panel.take_all(Block(("a.three",), [0.0]))
    assert panel.values == {"a.one": 1.5, "a.two": pytest.approx(np.nan, nan_ok=True), "a.three": 0.0}
    assert panel.undefined == {"a.two": "measure.no_sales"}


def test_a_block_that_cannot_be_measured_says_why_for_each_of_its_names():
    panel = Panel()
    panel.take_all(Block.tried(("a.one", "a.two"), raising))
    panel.take_all(Block.tried(("a.three",), lambda: [2.0]))
    panel.take("a.four", raising)
    panel.take("a.five", lambda: 3)
    assert np.isnan([panel.values[name] for name in ("a.one", "a.two", "a.four")]).all()
    assert (panel.values["a.three"], panel.values["a.five"]) == (2.0, 3.0)
    assert panel.undefined == dict.fromkeys(("a.one", "a.two", "a.four"), "measure.areas_alike")


def test_a_block_whose_names_and_values_differ_in_number_is_refused():
    with pytest.raises(ValueError, match="zip"):
        Panel().take_all(Block(("a.one", "a.two"), [1.0]))
