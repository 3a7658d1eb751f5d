"""Nothing is called clear from one run, or where the spread of the pairs covers the difference."""

import pytest
from cast import film

from sim.experiment.differences import Window
from sim.view.verdicts import band, headline_measures, verdict, verdicts

LAST = Window("last", 12, 1, 12)


def pairs(gaps):
    return [(film(1.0), film(1.0 + gap)) for gap in gaps]


@pytest.mark.parametrize(
    ("gaps", "word"),
    [
        ([0.5], "too_few"),
        ([0.5, 0.6], "too_few"),
        ([0.5, 0.6, 0.55], "higher"),
        ([-0.5, -0.6, -0.55], "lower"),
        ([0.5, -0.6, 0.1], "no_clear_difference"),
    ],
)
def test_a_difference_is_clear_only_where_the_pairs_carry_it(gaps, word):
    assert verdict("m", pairs(gaps), LAST).word == word


def test_a_pair_that_is_not_done_does_not_count():
    some = [*pairs([0.5, 0.6]), (film(1.0), film(9.0, months=5))]
    assert {one.found.pairs for one in verdicts(("m",), some, 12)} == {2}


def test_a_band_spans_the_films_month_by_month():
    low, high = band("m", [film(1.0), film(3.0), film(2.0)])
    assert low.tolist() == [1.0] * 13
    assert high.tolist() == [3.0] * 13
    assert band("m", [film(1.0)])[0].size == 0


def test_each_answer_has_the_first_measure_that_a_town_has():
    assert headline_measures(("theory.satisfied", "theory.similarity")) == {
        "segregation": "theory.similarity", "access": "theory.satisfied",
    }  # fmt: skip
