"""An explanation in words, rows and bars: what is not clear is never called clear."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.experiment.explain import orders_of, towns_of
from sim.experiment.explanation import Explanation
from sim.report.explain import figure, heading, limits, name, off_words, save, sentences, table

NAMES = ("own_group", "prices", "queue")
MEASURE, CHANCE = "segregation.dissimilarity.origin", "segregation.dissimilarity.origin.chance"
WORTH = {"own_group": 0.2, "prices": -0.05, "queue": 0.0}


def explanation(luck: float = 0.01, size: float = 1.0) -> Explanation:
    orders = orders_of(NAMES, 1, 4)
    levels = []
    for seed, order in enumerate(orders):
        noise = luck * (seed - 1.5)
        levels.append({
            town: np.array([0.1 + size * sum(WORTH[one] for one in town) + noise * len(town), 0.05])
            for town in towns_of(order)
        })  # fmt: skip
    return Explanation(sim.load("two-towns"), NAMES, (MEASURE, CHANCE), 1, 24, 4, orders, tuple(levels))


def test_what_emerged_is_said_with_both_ends_and_the_level_of_chance() -> None:
    said = list(sentences(explanation(), "en"))
    assert "0.250 with every mechanism on, 0.100 with all of them switched off, and chance alone gives 0.050" in said[1]
    assert said[2].startswith("Taste for the own group: adds 0.200 (133 %;")
    assert said[3].startswith("Prices: takes away 0.050")
    assert said[4].startswith("Queue and need: no clear share")


def test_where_nothing_clear_emerged_nothing_is_shared_out() -> None:
    said = list(sentences(explanation(luck=0.5), "en"))
    assert len(said) == 2
    assert "no clear difference" in said[1]


@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_mechanism_has_a_row_and_says_what_its_absence_means(language: str) -> None:
    found = explanation()
    rows = [row.cells[0] for row in table(found, MEASURE, language).rows]
    assert len(rows) == len(NAMES) + 3
    assert all(any(name(one, language) in row for row in rows) for one in NAMES)
    assert not any("explain." in text for text in (*off_words(found, language), *limits(found, language)))
    assert "Two towns" in heading(found, "en")


def test_only_what_is_clear_has_a_star() -> None:
    starred = [row.cells[0] for row in table(explanation(), MEASURE, "en").rows if "*" in row.cells[1]]
    assert starred == ["+ Taste for the own group", "+ Prices"]


def test_the_figure_has_a_panel_per_measure_and_a_bar_per_mechanism(tmp_path: Path) -> None:
    made = figure(explanation(), "sv")
    (axes,) = made.axes
    assert len(axes.patches) == len(NAMES)
    paths = save(explanation(), tmp_path, "sv")
    assert [path.name for path in paths] == ["figure-sv.png", "figure-sv.svg"]
    assert all(path.stat().st_size > 1000 for path in paths)
