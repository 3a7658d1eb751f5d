"""The catalogue of measures: complete, unambiguous, and explained in both languages."""

import pytest

from sim.base.errors import MeasureError
from sim.base.language import LANGUAGES, words
from sim.measures.catalogue import GROUPINGS, MEASURES, measure_named
from sim.measures.names import BREAKDOWNS, MeasureName

NAMES = [measure.name for measure in MEASURES]


def test_every_name_is_well_formed_and_stands_once():
    assert len(set(NAMES)) == len(NAMES)
    for name in NAMES:
        assert MeasureName.parse(name) == MeasureName(name)


def test_the_measures_that_others_ask_for_are_there():
    for grouping in GROUPINGS:
        for family in ("dissimilarity", "entropy_index", "separation"):
            for form in ("", ".chance", ".corrected"):
                assert f"segregation.{family}.{grouping}{form}" in NAMES
    for name in (
        "segregation.income_rank_entropy.chance", "segregation.inequality_index", "access.waiting_time",
        "access.without_home", "access.crowding", "access.vacancy", "access.turnover", "access.lettings",
        "affordability.rent_burden", "affordability.rent_burden_p90", "affordability.residual_income",
        "affordability.below_norm", "affordability.median_rent", "affordability.evictions",
        "affordability.public_cost", "displacement.evicted",
    ):  # fmt: skip
        assert name in NAMES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_measure_says_what_it_is_and_who_is_not_counted(language):
    for measure in MEASURES:
        said = (
            measure.title(language), measure.sentence(language), measure.not_counted(language),
            measure.unit_words(language),
        )  # fmt: skip
        for text in said:
            assert not text.startswith("measures."), (measure.name, text)
            assert "{" not in text, (measure.name, text)


def test_titles_tell_measures_apart():
    for language in LANGUAGES:
        titles = [measure.title(language) for measure in MEASURES]
        assert len(set(titles)) == len(titles)


def test_both_languages_have_the_same_keys_and_no_word_is_left_over():
    def keys(branch, path=""):
        if isinstance(branch, str):
            return {path}
        return {key for name, inner in branch.items() for key in keys(inner, f"{path}.{name}")}

    english, swedish = (keys(words(language, "measures")) for language in ("en", "sv"))
    assert english == swedish
    used = {f".{measure.family}.{part}" for measure in MEASURES for part in ("title", "sentence")}
    used |= {f".not_counted.{measure.leaves_out}" for measure in MEASURES}
    used |= {f".units.{measure.unit}" for measure in MEASURES}
    used |= {f".groupings.{grouping}" for grouping in GROUPINGS}
    used |= {f".forms.{form}.{part}" for form in ("chance", "corrected") for part in ("title", "sentence")}
    assert english == used


def test_every_measure_has_a_source_a_range_and_known_breakdowns():
    for measure in MEASURES:
        assert measure.source
        assert set(measure.by) <= set(BREAKDOWNS)
        if measure.low is not None and measure.high is not None:
            assert measure.low < measure.high


def test_chance_is_neither_good_nor_bad_and_a_corrected_index_may_be_negative():
    for measure in MEASURES:
        if measure.form == "chance":
            assert measure.better == "neither"
        if measure.form == "corrected":
            assert measure.low is None


def test_a_measure_is_found_by_its_name_with_or_without_a_breakdown():
    assert measure_named("access.waiting_time").unit == "months"
    assert measure_named("access.waiting_time@income=1,group=born_abroad").name == "access.waiting_time"


def test_a_name_nearly_right_gets_a_hint():
    with pytest.raises(MeasureError, match=r"Did you mean 'segregation\.dissimilarity\.origin'"):
        measure_named("segregation.disimilarity.origin")


def test_a_name_that_is_like_no_other_gets_the_list():
    with pytest.raises(MeasureError, match=r"Known: .*access\.crowding"):
        measure_named("weather.rain")


def test_a_breakdown_that_a_measure_does_not_have_is_refused():
    with pytest.raises(MeasureError, match="not broken down by 'income'"):
        measure_named("access.vacancy@income=1")
    with pytest.raises(MeasureError, match="not broken down by 'income'"):
        measure_named("access.chain_length@income=1")
