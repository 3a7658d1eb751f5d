"""Sentences: the interval is always there, nothing clear is never called clear, and nothing is foretold."""

import re

import numpy as np
import pytest
from invented import MARKET, comparison, record

from sim.base.errors import Fault
from sim.experiment.differences import Window, difference
from sim.experiment.headlines import chosen
from sim.experiment.paired import Comparison
from sim.report.sentences import (
    drifts,
    has_market,
    is_income_by_tenure,
    limits,
    sentence,
    sentences,
    who_is_missing,
)

YEAR_20 = Window("year", 20, 229, 240)
ORIGIN = "segregation.dissimilarity.origin"


def said(baselines, values, measure=ORIGIN, language="en", window=YEAR_20):
    one = difference(measure, "arm", window, np.array(baselines), np.array(values))
    return sentence(one, "the market", "today's rules", "Dissimilarity, origin", language)


def test_a_clear_difference_is_said_with_its_size_its_interval_and_its_pairs():
    luck = np.linspace(0.3, 0.4, 8)
    assert said(luck, luck + 0.034 + np.linspace(-0.016, 0.016, 8)) == (
        "Dissimilarity, origin: after 20 years 0.034 higher under the market than under today's rules "
        "(95 % interval 0.025 to 0.043, 8 pairs)."
    )


def test_a_lower_value_is_said_without_minus_signs():
    text = said([0.4, 0.5, 0.6], [0.3, 0.4, 0.5001])
    assert "0.100 lower" in text
    assert "−" not in text


def test_an_interval_that_covers_zero_is_no_clear_difference_from_lower_to_higher():
    text = said([0.4, 0.5, 0.6], [0.5, 0.5, 0.5])
    assert "no clear difference between the market and today's rules" in text
    assert re.search(r"from 0\.\d+ lower to 0\.\d+ higher", text)


def test_one_pair_cannot_say_anything_and_a_dropped_pair_is_counted():
    text = said([0.4, np.nan], [0.5, 0.5])
    assert "it cannot be said" in text
    assert "1 pairs are left out" in text


@pytest.mark.parametrize(
    ("measure", "words"),
    [("access.waiting_time", "14.0 months longer"), ("access.seekers", "14.0 households a month more"),
     ("affordability.residual_income", "14 SEK a month higher"),
     ("segregation.inequality_index", "14.0 index points higher"),
     ("access.without_home", "1,400.0 percentage points higher")],
)  # fmt: skip
def test_each_unit_has_its_own_words(measure, words):
    assert words in said([1.0, 2.0, 3.0], [15.0, 16.001, 17.0], measure)


def test_a_short_run_is_told_by_its_last_months():
    assert "over the last 9 months" in said([1.0, 2.0], [1.0, 2.1], window=Window("last", 9, 1, 9))


def test_every_arm_gets_a_sentence_for_every_headline_it_has():
    found = list(sentences(comparison(), "en"))
    assert len(found) == 6 * 3
    assert all("95 % interval" in text for text in found)
    assert not any(word in text for text in found for word in ("will ", "forecast", "predict"))


def test_a_turn_of_the_sign_is_told():
    pairs = tuple((record("a", seed), record("b", seed, 0.5, turn=True)) for seed in range(6))
    found = list(sentences(Comparison(240, 1, 6, pairs), "en", (ORIGIN,)))
    assert re.search(r"The sign turns in year 1\d: before that", found[0])


def all_limits(found, language="en"):
    measures = tuple(name for names in chosen(found.measures).values() for name in names)
    return "\n".join(limits(found, measures, language))


def test_limits_are_told_with_every_comparison():
    text = all_limits(comparison())
    assert "5 of 5 pairs of runs, 240 months, scale 0.10, first seed 1" in text
    assert "not a forecast" in text
    assert "mean of the twelve months" in text
    assert "Nothing is built" in text
    assert "less than five years" not in text
    assert re.search(r"\d+ differences are shown; about \d+ of them", text)
    assert re.search(r"Common luck: the variance of a difference is 0\.\d\d", text)
    assert "ingen prognos" in all_limits(comparison(), "sv")


def test_a_short_comparison_says_so_and_an_interrupted_one_too():
    short = all_limits(comparison(months=24))
    assert "less than five years" in short
    stopped = comparison()
    stopped = Comparison(stopped.months, 1, 9, stopped.pairs, (Fault("experiment.worker_died", {"times": 3}),), True)
    assert "Stopped before the end: 5 of 9 pairs" in all_limits(stopped)
    assert "1 of 9 pairs could not be finished" in all_limits(stopped)


def two(n=5, **provenance):
    """Two arms that differ in nothing."""
    pairs = tuple((record("a", seed, **provenance), record("b", seed, **provenance)) for seed in range(n))
    return Comparison(240, 1, n, pairs)


def test_a_town_without_landlords_has_no_dial():
    assert "Nothing is built" not in all_limits(two())
    assert "Nothing is built" in all_limits(two(resolved={"landlords": MARKET}))


def test_the_drift_of_the_baseline_is_told_from_founding_to_end():
    told = "\n".join(drifts(two(), "en"))
    assert re.search(r"Drift under “The a”: Dissimilarity, origin 0\.\d+ at the start, 0\.\d+ at the end", told)


def test_income_by_tenure_in_a_market_run_carries_its_caution():
    found = comparison()
    with_tenure = "\n".join(limits(found, ("affordability.rent_burden@tenure=public_rental",), "en"))
    assert "Caution" in with_tenure
    assert "Caution" not in "\n".join(limits(found, (ORIGIN,), "en"))
    assert "Caution" not in "\n".join(limits(two(), ("affordability.rent_burden@tenure=public_rental",), "en"))


def test_which_measures_tell_of_income_by_tenure():
    assert is_income_by_tenure("affordability.rent_burden@tenure=cooperative")
    assert is_income_by_tenure("segregation.dissimilarity.tenure")
    assert not is_income_by_tenure("access.vacancy@tenure=cooperative")
    assert not is_income_by_tenure("affordability.rent_burden@income=1")


def test_a_market_is_one_for_rented_homes():
    assert has_market([record("a", 1, resolved={"landlords": MARKET})])
    owners = [{"id": "owners", "price": {"rule": "demand"}, "allocation": {"rule": "bidding"}}]
    assert not has_market([record("a", 1, resolved={"landlords": owners}), record("b", 1)])


def test_who_is_missing_is_said_once_for_all_it_concerns():
    found = list(
        who_is_missing((ORIGIN, "segregation.inequality_index", "access.waiting_time", "old.measure"), "en", {})
    )
    assert len(found) == 2
    assert found[0].startswith("Dissimilarity, origin; Inequality index, lowest and highest incomes. Not counted:")
