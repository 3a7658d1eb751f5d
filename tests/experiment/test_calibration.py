"""Calibration: what is known to be true is found again, and what is not learned is not claimed."""

import numpy as np
import pytest
from click.testing import CliRunner
from lattices import AT

from sim.base.errors import ScenarioError, StoreError
from sim.base.language import LANGUAGES
from sim.cli.group import group
from sim.experiment.brake import Brake
from sim.experiment.calibration import adjusted, coverage, fit, kept_of, weighted_quantiles
from sim.experiment.file.load import load_text
from sim.experiment.results import Results
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep
from sim.report import calibration as shown
from sim.report.analysis import Names
from sim.report.page import page
from sim.rules import built_in

TRUTH = 0.42
TEXT = f"""\
schema: hemvist-experiment/1
id: fits
title: {{en: "Fits", sv: "Passar"}}
set: {{space.width: 10, space.height: 10, time.months: 6}}
arms: [{{id: one, scenario: schelling}}]
design:
  kind: random
  points: 60
  seed: 4
  factors: [{{path: {AT}, min: 0.1, max: 0.7}}]
calibrate:
  keep: 0.25
  targets:
    - {{measure: theory.similarity, window: last 3, value: SIMILAR, tolerance: 0.05, source: assumed}}
    - {{measure: theory.satisfied, window: last 1, value: SATISFIED, tolerance: 0.05, source: assumed, hold_out: true}}
replications: {{n: 3, root_seed: 3}}
outputs: {{measures: [theory.similarity, theory.satisfied]}}
"""


def written(similar=0.7, satisfied=0.95):
    return TEXT.replace("SIMILAR", repr(similar)).replace("SATISFIED", repr(satisfied))


def swept(folder, text):
    with Brake() as brake:
        sweep(load_text(text, built_in()), Store(folder), How(workers=0), brake)
    return Results.of(Store(folder))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """Draws whose targets are what the town with the true threshold gave, on other luck."""
    text = written().replace("points: 60", "points: 1").replace("root_seed: 3", "root_seed: 8")
    text = text.replace("min: 0.1, max: 0.7", f"min: {TRUTH}, max: {TRUTH + 1e-9}")
    known = swept(tmp_path_factory.mktemp("truth") / "truth", text)
    _, similar = known.paths("theory.similarity")
    _, satisfied = known.paths("theory.satisfied")
    text = written(float(similar[..., -3:].mean()), float(satisfied[..., -1].mean()))
    return swept(tmp_path_factory.mktemp("fits") / "fits", text)


def draws(n, luck, noise=0.3):
    """Two parameters, three targets: the third parameter-free, the second parameter seen by none of them."""
    shares = luck.random((n, 2))
    seen = np.column_stack([6 * (shares[:, 0] - 0.3), 4 * (shares[:, 0] - 0.3) ** 2, np.zeros(n)])
    return shares, seen + noise * luck.normal(size=(n, 3))


def test_the_true_threshold_is_found_again(results):
    found = fit(results)
    (threshold,) = found.parameters
    assert threshold.low <= TRUTH <= threshold.high
    assert threshold.narrowed > 0.3
    assert found.kept == 15
    assert found.nearest <= found.farthest


def test_a_parameter_that_no_target_sees_is_not_claimed_to_be_known():
    """1,000 draws, 100 kept: the spread of a uniform is known to about 5 per cent, three times that is allowed."""
    shares, gaps = draws(1000, np.random.default_rng(5))
    kept = np.argsort((gaps**2).mean(axis=1))[: kept_of(1000, 0.1)]
    after, weights = adjusted(shares[kept], gaps[kept])
    means = np.average(after, axis=0, weights=weights)
    spread = np.sqrt(np.average((after - means) ** 2, axis=0, weights=weights)) / shares.std(axis=0)
    assert spread[0] < 0.3
    assert spread[1] > 0.85


def test_the_regression_comes_closer_than_rejection_alone():
    luck, off_plain, off_adjusted = np.random.default_rng(6), [], []
    for _ in range(40):
        shares, gaps = draws(300, luck, noise=0.05)
        kept = np.argsort((gaps**2).mean(axis=1))[:60]
        after, weights = adjusted(shares[kept], gaps[kept])
        off_plain.append(np.abs(shares[kept, 0] - 0.3).mean())
        off_adjusted.append(np.average(np.abs(after[:, 0] - 0.3), weights=weights))
    assert np.mean(off_adjusted) < 0.5 * np.mean(off_plain)


def test_moved_draws_stay_within_what_was_held_to_be_possible():
    shares, gaps = draws(200, np.random.default_rng(7))
    after, weights = adjusted(shares, 10 * gaps)
    assert ((after >= 0) & (after <= 1)).all()
    assert (weights > 0).all()


def test_intervals_hold_synthetic_truths_as_often_as_they_should():
    """150 truths at 0.9: chance alone leaves a standard deviation of 0.024; three of them are allowed, and 0.02 more,

    since the regression is of so many draws only.
    """
    luck = np.random.default_rng(8)
    shares, gaps = draws(1500, luck)
    found = coverage(shares, gaps, luck.choice(1500, 150, replace=False), 0.1, 0.9)
    assert np.abs(found - 0.9).max() < 3 * 0.024 + 0.02


def test_what_is_held_out_chooses_no_draw(results, tmp_path):
    other = swept(tmp_path / "other", written(0.7, 0.1))
    again = swept(tmp_path / "again", written(0.7, 0.9))
    one, two = fit(other), fit(again)
    assert one.parameters == two.parameters
    assert not one.targets[1].is_met


def test_quantiles_count_weights():
    values, weights = np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 98.0])
    assert weighted_quantiles(values, weights, (0.5,))[0] > 2.9


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("hold_out: true", "hold_out: false"), None),
        (("tolerance: 0.05, source: assumed}", "tolerance: 0, source: assumed}"), "tolerance"),
        (("last 3, value", "last 3, hold_out: true, value"), "at least one target"),
        (("  kind: random\n  points: 60\n  seed: 4", "  kind: grid"), "draws its points at random"),
    ],
)
def test_a_calibration_that_makes_no_sense_is_told(change, told):
    old, new = change
    assert old in written()
    text = written().replace(old, new, 1)
    if told is None:
        assert load_text(text, built_in()).section.calibrate is not None
        return
    with pytest.raises(ScenarioError, match=told):
        load_text(text, built_in())


def test_too_few_draws_are_no_calibration(tmp_path):
    with pytest.raises(StoreError, match="at least 20"):
        fit(swept(tmp_path, written().replace("points: 60", "points: 8")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_can_be_read(results, language):
    found, names = fit(results), Names(results, language)
    words = list(shown.fit_sentences(found, names, results.months))
    assert len(words) >= 5
    assert not any("experiments." in one or "{" in one for one in words)
    assert shown.fit_table(found, names, results.months).plain()
    html = page(results, found_window(results), language)
    assert all(one.split(":")[0] in html for one in words[:1])


def found_window(results):
    from sim.experiment.file.windows import window_of

    return window_of("last 3", results.months)


def test_the_command_runs_the_draws_and_tells_what_fits(tmp_path):
    file = tmp_path / "fits.yaml"
    file.write_text(written(), encoding="utf-8")
    done = CliRunner().invoke(group("en"), ["calibrate", str(file), "-j", "0", "-o", str(tmp_path / "results")])
    assert done.exit_code == 0, done.output
    assert "the 15 nearest to the targets kept" in " ".join(done.stdout.split())
    table = CliRunner().invoke(group("en"), ["analyse", str(tmp_path / "results" / "fits")])
    assert table.exit_code == 0
    assert "held out" in table.stdout
    drawn = CliRunner().invoke(group("en"), ["plot", str(tmp_path / "results" / "fits"), "calibration"])
    assert drawn.exit_code == 0


def test_options_of_the_constants_are_refused_for_an_experiment(tmp_path):
    from sim.cli.mistakes import Mistake

    with pytest.raises(Mistake, match="calibrate_written"):
        group("en").main(["calibrate", "some.yaml", "--months", "30"], standalone_mode=False)
