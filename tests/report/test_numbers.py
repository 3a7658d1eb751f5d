"""Numbers in the writing of a language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.language import LANGUAGES, has
from sim.measures.catalogue import MEASURES
from sim.report.numbers import STYLES, bare, level, number, shown, shown_gap, style


@pytest.mark.parametrize(
    ("value", "decimals", "english", "swedish"),
    [(1234.5, 1, "1,234.5", "1 234,5"), (-0.0004, 3, "0.000", "0,000"), (-0.0006, 3, "−0.001", "−0,001"),
     (float("nan"), 3, "–", "–"), (1e6, 0, "1,000,000", "1 000 000")],
)  # fmt: skip
def test_each_language_has_its_own_signs(value, decimals, english, swedish):
    assert number(value, decimals, "en") == english
    assert number(value, decimals, "sv").replace("\N{NO-BREAK SPACE}", " ") == swedish


def test_a_sign_is_shown_where_it_is_asked_for():
    assert number(2.0, 1, "en", sign=True) == "+2.0"
    assert number(0.0, 1, "en", sign=True) == "0.0"
    assert number(-2.0, 1, "en", sign=True) == "−2.0"


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_what_is_written_is_the_number(value, decimals):
    for language in LANGUAGES:
        text = number(value, decimals, language).replace("−", "-")
        plain = text.replace(",", "") if language == "en" else text.replace("\N{NO-BREAK SPACE}", "").replace(",", ".")
        assert float(plain) == pytest.approx(value, abs=0.5000001 * 10**-decimals)


def test_a_share_is_shown_in_per_cent_and_its_differences_in_percentage_points():
    assert shown(0.123, "share", "en") == "12.3 %"
    assert shown_gap(0.02, "share", "en") == "2.0 percentage points"
    assert shown_gap(-0.02, "share", "sv", sign=True) == "−2,0 procentenheter"
    assert (level(0.123, "share", "en"), bare(0.02, "share", "en", sign=True)) == ("12.3", "+2.0")
    assert shown(float("nan"), "share", "en") == "–"


def test_every_unit_of_the_catalogue_has_a_style_and_words():
    for measure in MEASURES:
        assert measure.unit in STYLES
        assert all(has(f"report.columns.{measure.unit}", language) for language in LANGUAGES)
        assert all(has(f"report.more.{style(measure.unit).more}.lower", language) for language in LANGUAGES)


def test_an_unknown_unit_is_shown_like_an_index():
    assert shown(0.5, "parsecs", "en") == "0.500"
