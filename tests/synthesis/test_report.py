"""What a founding says of itself, in both languages."""

from __future__ import annotations

import json

import pytest
from small_plans import shipped

from sim.base.language import LANGUAGES, words
from sim.base.streams import Luck
from sim.synthesis.founding import found
from sim.synthesis.report import ASSUMED, sentences, shown


def test_a_report_is_plain_data_that_json_can_hold() -> None:
    _, report = found(shipped("two-towns"), Luck(1))
    assert json.loads(json.dumps(report)) == report


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_has_its_words_and_its_numbers(language: str) -> None:
    _, report = found(shipped("gothenburg", scale="0.05"), Luck(1))
    told = sentences(report, language)
    assert len(told) == 5 + len(ASSUMED)
    assert not any("founding." in sentence or "{" in sentence for sentence in told)
    assert "17 492" in " ".join(told)


def test_a_report_counts_homes_households_and_figures() -> None:
    city, report = found(shipped("two-towns"), Luck(1))
    assert report["homes"] == city.dwellings.n_used == 2025
    assert report["households"] == 2180
    assert report["without_home"] == 180
    assert report["figures"] == {"assumed": sum(report["figures"].values())}  # type: ignore[attr-defined]


def test_in_gothenburg_every_status_occurs() -> None:
    _, report = found(shipped("gothenburg", scale="0.05"), Luck(1))
    assert set(report["figures"]) == {"verified", "derived", "recalled", "estimate", "assumed"}  # type: ignore[call-overload]
    assert report["figures"]["verified"] > 400  # type: ignore[index]


def test_both_languages_know_the_same_sentences() -> None:
    english, swedish = (words(language, "founding") for language in ("en", "sv"))
    assert {branch: set(english[branch]) for branch in english} == {branch: set(swedish[branch]) for branch in swedish}  # type: ignore[call-overload]
    assert set(english["assumed"]) == set(ASSUMED)  # type: ignore[call-overload]


def test_thousands_are_set_apart() -> None:
    assert shown(1234567) == "1 234 567"
