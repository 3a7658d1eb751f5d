"""Numbers with units: what converts, what does not, and what the error says."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from sim.scenario.quantities import Quantity
from sim.scenario.units import convertible, factor


def _refused(quantity: Quantity, raw: Any) -> tuple[str, dict[str, Any]]:
    with pytest.raises(PydanticCustomError) as caught:
        quantity.check(raw)
    context = caught.value.context
    assert context is not None
    return caught.value.type.removeprefix("scenario."), context["values"]


@pytest.mark.parametrize(
    ("unit", "raw", "value"),
    [
        ("share", "1.2 %", 0.012),
        ("share", "1.2%", 0.012),
        ("share", {"value": 5, "unit": "%"}, 0.05),
        ("share/month", "12 %", 0.12),
        ("share/month", "12 %/year", 0.01),
        ("share/month", {"value": "12 %", "unit": "share/year"}, 0.01),
        ("share/month", {"value": 0.24, "unit": "share/year", "source": "assumed"}, 0.02),
        ("share/year", {"value": 0.01, "unit": "share/month"}, 0.12),
        ("SEK/month", "6000 SEK/year", 500.0),
        ("SEK/month", "6 tkr/month", 6000.0),
        ("SEK/month", {"value": 1.2, "unit": "MSEK/year"}, 100_000.0),
        ("SEK/m2/month", {"value": 1440, "unit": "SEK/m2/year"}, 120.0),
        ("minute", "1.5 hours", 90.0),
        ("km", "500 m", 0.5),
        ("month", "2 years", 24.0),
        ("home/year", {"value": 10, "unit": "home/month"}, 120.0),
        ("", 3, 3.0),
        ("times_rent", {"value": 2.2, "unit": "times_rent"}, 2.2),
    ],
)
def test_a_quantity_is_converted_into_the_unit_of_its_field(unit: str, raw: Any, value: float) -> None:
    assert Quantity(unit).check(raw) == pytest.approx(value, rel=1e-15)


@pytest.mark.parametrize(
    ("unit", "raw", "key", "said"),
    [
        ("share/month", "3 km", "unit_wrong", {"found": "km", "known": "share/month, share/year, %/month, %/year"}),
        ("share/month", {"value": 2, "unit": "share"}, "unit_wrong", {"found": "share", "at": "unit"}),
        ("month", "5 %", "unit_wrong", {"found": "%", "known": "month, year"}),
        ("month", "5 minutes", "unit_wrong", {"found": "minutes"}),
        ("", "5 km", "unit_none", {"found": "km"}),
        ("km", "1,5 km", "decimal_comma", {"right": "1.5 km"}),
        ("km", "far", "not_a_number", {"found": "far", "unit": "km"}),
        ("", "far", "not_a_bare_number", {"found": "far"}),
        ("km", "5", "quoted_number", {"found": "5"}),
        ("km", True, "not_a_number", {"found": "true"}),
        ("km", None, "not_a_number", {"found": "null"}),
        ("km", (1, 2), "not_a_number", {"found": "[...]"}),
        ("km", float("nan"), "not_finite", {}),
        ("km", "1e999 km", "not_finite", {}),
        ("km", {"value": 1, "unit": 3}, "not_text", {"at": "unit"}),
        ("km", {"value": "1 m", "unit": "km"}, "unit_twice", {"found": "m", "unit": "km"}),
        ("km", {"unit": "km"}, "quantity_without_value", {}),
        ("km", {"value": 1, "sorce": "x"}, "unknown_key_suggest", {"meant": "source", "at": "sorce"}),
        ("km", {"value": 1, "status": "guess"}, "not_one_of", {"at": "status"}),
        ("km", {"value": 1, "range": 2}, "range_of_two", {"at": "range"}),
        ("km", {"value": 1, "range": (2, 3)}, "value_outside_range", {"at": "range", "low": "2"}),
    ],
)
def test_what_does_not_convert_is_refused_with_what_would(unit: str, raw: Any, key: str, said: dict[str, Any]) -> None:
    found, values = _refused(Quantity(unit), raw)
    assert found == key
    assert {name: values[name] for name in said} == said


def test_bounds_are_in_the_house_unit_and_both_allowed() -> None:
    share = Quantity("share", 0.0, 1.0)
    assert (share.check(0), share.check("100 %")) == (0.0, 1.0)
    assert _refused(share, "101 %") == ("out_of_bounds", {"at": "", "found": "1.01", "bounds": "0 ... 1 share"})
    assert _refused(Quantity("km", above=0.0), 0)[1]["bounds"] == "> 0 km"
    assert _refused(Quantity("km", above=0.0, high=2.0), 3)[1]["bounds"] == "> 0, <= 2 km"
    assert _refused(Quantity("", low=1.0), 0)[1]["bounds"] == ">= 1"
    assert _refused(Quantity("", high=1.0), 2)[1]["bounds"] == "<= 1"
    assert _refused(share, {"value": 0.5, "range": (0.4, 1.2)})[0] == "out_of_bounds"


def test_whole_numbers_are_integers_and_nothing_between() -> None:
    whole = Quantity("month", 0, whole=True)
    assert type(whole.check("1 year")) is int
    assert whole.check(3.0) == 3
    assert _refused(whole, 1.5) == ("not_whole", {"at": "", "found": "1.5"})


def test_null_and_words_stand_in_for_a_number_only_where_they_may() -> None:
    assert Quantity("km", optional=True).check(None) is None
    assert Quantity("km", optional=True).check({"value": None, "source": "assumed"}) is None
    words = Quantity("utility", words=("satisfied", "dissatisfied"))
    assert words.check("satisfied") == "satisfied"
    assert words.check({"value": "satisfied", "source": "assumed"}) == "satisfied"
    assert words.check(2) == 2.0
    assert _refused(words, "satisfid")[1]["meant"] == "satisfied"


def test_a_rise_is_converted_without_a_look_at_the_bounds() -> None:
    assert Quantity("share", 0.0, 1.0).converted("-5 %") == -0.05
    assert Quantity("km", 0.0).converted({"value": -500, "unit": "m"}) == -0.5


@pytest.mark.parametrize("unit", ["share", "share/month", "SEK/m2/month", "km", "month", "minute", "times_rent"])
def test_every_unit_that_is_offered_converts(unit: str) -> None:
    for known in convertible(unit):
        there, back = factor(known, unit), factor(unit, known)
        assert there is not None
        assert back is not None
        assert there * back == 1


@given(value=st.floats(-1e9, 1e9), unit=st.sampled_from(["share/month", "SEK/month", "month", "km"]))
def test_what_is_written_in_any_offered_unit_is_the_same_quantity(value: float, unit: str) -> None:
    for known in convertible(unit):
        ratio = factor(unit, known)
        assert ratio is not None
        written = float(Fraction(value) * ratio)
        assert Quantity(unit).check({"value": written, "unit": known}) == pytest.approx(value, rel=1e-12, abs=1e-12)
