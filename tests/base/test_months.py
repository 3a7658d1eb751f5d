"""Months are whole numbers inside and YYYY-MM for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.errors import ScenarioError
from sim.base.months import parse_month, show_month


@given(st.integers(1000 * 12, 9999 * 12 + 11))
def test_a_month_that_is_shown_is_read_back(calendar):
    assert parse_month(show_month(calendar)) == calendar


def test_the_turn_of_a_year_is_one_month():
    assert parse_month("2026-01") - parse_month("2025-12") == 1
    assert show_month(parse_month("2025-12") + 1) == "2026-01"


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-13", "2026-00", "26-01", "2026-1", "2026-01-01", " 2026-01", "２０２６-01x"]
)
def test_what_is_no_month_is_refused_with_what_was_found(text):
    with pytest.raises(ScenarioError) as caught:
        parse_month(text)
    assert caught.value.values == {"found": text}
