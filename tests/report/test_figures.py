"""The figure: every arm has a line of its own, chance is drawn, and labels do not meet."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import comparison, record

from sim.base.language import LANGUAGES
from sim.experiment.paired import Comparison
from sim.report import figures
from sim.report.figures import figure, looks, save
from sim.report.lines import apart, line_end, smooth_paths, smoothed


@pytest.fixture(scope="module")
def drawn():
    return {language: figure(comparison(), language) for language in LANGUAGES}


def test_each_small_picture_asks_a_question_in_the_readers_language(drawn):
    titles = {language: [axes.get_title(loc="left") for axes in one.axes] for language, one in drawn.items()}
    assert len(titles["en"]) == len(titles["sv"]) == 8
    assert all(title.endswith("?") for each in titles.values() for title in each)
    assert not set(titles["en"]) & set(titles["sv"])


def test_every_arm_has_a_line_a_band_and_a_name_and_chance_a_line_of_its_own(drawn):
    income = drawn["en"].axes[0]
    assert len(income.lines) == 4 + 1
    assert len(income.collections) == 4
    names = {text.get_text().replace("\n", " ") for text in income.texts}
    assert {"today's rules", "the market", "housing as a right", "the right by need", "pure chance"} <= names


def test_lines_differ_in_colour_and_in_dash(drawn):
    lines = drawn["en"].axes[0].lines[:4]
    assert len({line.get_color() for line in lines}) == 4
    assert len({str(line._dash_pattern) for line in lines}) == 4


def test_indices_begin_at_zero(drawn):
    for axes in drawn["en"].axes[:4]:
        assert axes.get_ylim()[0] <= 0


def test_known_worlds_keep_their_colour_wherever_they_stand():
    arms = [record(name, 1) for name in ("gothenburg_market", "gothenburg_right", "mine", "other", "gothenburg")]
    colours = [look.colour for look in looks(arms, "en")]
    assert colours[:2] == ["#D55E00", "#009E73"]
    assert len(set(colours)) == 5
    assert looks([record("mine", 1)], "en")[0].colour == "#555555"
    many = [record(f"m{place}", 1) for place in range(9)]
    assert len(looks(many, "en")) == 9


def test_what_is_not_recorded_is_not_drawn_and_another_measure_steps_in():
    less = comparison()
    pairs = tuple(
        tuple(
            one.__class__(one.provenance, one.months, {"access.without_home": one.series["access.without_home"]})
            for one in pair
        )
        for pair in less.pairs
    )
    (axes,) = figure(Comparison(240, 1, 5, pairs), "en").axes
    assert axes.get_title(loc="left") == "How many have no home of their own?"


def test_a_measure_that_is_never_defined_draws_no_line_and_no_warning():
    found = figure(comparison(gaps=("access.waiting_time",)), "en")
    waiting = next(axes for axes in found.axes if "wait" in axes.get_title(loc="left"))
    assert all(np.isnan(line.get_ydata()).all() for line in waiting.lines)


def test_a_line_that_ends_early_is_named_with_a_dash():
    assert line_end(np.array([[1.0, 3.0], [3.0, 3.0]])) == (3.0, True)
    assert line_end(np.array([[1.0, np.nan]])) == (1.0, False)
    pairs = tuple((record("a", seed), record("gone", seed)) for seed in range(3))
    for _, gone in pairs:
        values = gone.series["access.waiting_time"].copy()
        values[100:] = np.nan
        gone.series["access.waiting_time"] = values
    drawn = figure(Comparison(240, 1, 3, pairs), "en")
    waiting = next(axes for axes in drawn.axes if "wait" in axes.get_title(loc="left"))
    assert any("gone”: –" in text.get_text() for text in waiting.texts)


def test_a_run_with_a_burn_in_is_drawn_from_before_the_start():
    pairs = tuple(
        tuple(one.__class__(one.provenance, one.months - 60, one.series) for one in pair) for pair in comparison().pairs
    )
    assert figure(Comparison(180, 1, 5, pairs), "en").axes[0].get_xlim() == (-5, 15)


def test_the_figure_is_kept_as_png_and_svg_and_the_same_twice(tmp_path):
    found = comparison(months=36)
    first = {path.name: path.read_bytes() for path in save(found, tmp_path, "sv")}
    again = {path.name: path.read_bytes() for path in save(found, tmp_path, "sv")}
    assert set(first) == {"figure-sv.png", "figure-sv.svg"}
    assert first["figure-sv.png"].startswith(b"\x89PNG")
    assert b"<svg" in first["figure-sv.svg"]
    assert first == again


@given(st.lists(st.tuples(st.floats(-10, 10), st.floats(0.1, 3)), min_size=1, max_size=6))
def test_names_of_lines_never_overlap_and_keep_their_order(labels):
    wanted = sorted(value for value, _ in labels)
    heights = [height for _, height in labels]
    placed = apart(wanted, heights)
    for (low, low_height), (high, high_height) in itertools.pairwise(zip(placed, heights, strict=True)):
        assert high - low >= (low_height + high_height) / 2 - 1e-9


def test_a_name_that_meets_nobody_stays_where_it_is():
    assert apart([0.0, 10.0], [1.0, 1.0]) == [0.0, 10.0]


def test_a_run_that_came_to_rest_is_drawn_as_it_ended():
    rested = record("mine", 1, months=20)
    last = rested.series["access.without_home"][-1]
    assert smooth_paths([rested], "access.without_home", 60)[0, -1] == pytest.approx(last)
    broken = rested.marked(complete=False)
    assert np.isnan(smooth_paths([broken], "access.without_home", 60)[0, -1])


def test_a_line_is_the_mean_of_the_last_twelve_months_that_are_defined():
    values = np.array([np.nan, 1.0, 3.0] + [2.0] * 20)
    smooth = smoothed(values, 25)
    assert np.isnan(smooth[0])
    assert smooth[1:3].tolist() == [1.0, 2.0]
    assert smooth[20] == 2.0
    assert smooth.shape == (25,)


def test_ticks_have_as_many_decimals_as_their_range_needs():
    assert [figures._digits(0, top) for top in (100, 2, 0.4, 0.03)] == [0, 1, 2, 3]
