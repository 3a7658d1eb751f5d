"""A search: the front, batches that follow from the seed, fresh luck, and going on after it was stopped."""

import json
import sys

import numpy as np
import pytest
from lattices import AT

from sim.base.errors import ScenarioError, StoreError
from sim.base.language import LANGUAGES
from sim.experiment.brake import Brake
from sim.experiment.file.aims import ObjectiveSection, SearchSection
from sim.experiment.file.load import load_text
from sim.experiment.front import front
from sim.experiment.packages import found
from sim.experiment.results import Results
from sim.experiment.resume import study_of
from sim.experiment.sampler import Sampler
from sim.experiment.search import FRESH, most_runs, search, tried
from sim.experiment.store import Store
from sim.experiment.sweep import How
from sim.report import packages as shown
from sim.report.analysis import Names
from sim.report.page import page
from sim.rules import built_in

TEXT = f"""\
schema: hemvist-experiment/1
id: packages
title: {{en: "Packages", sv: "Paket"}}
set: {{space.width: 8, space.height: 8, time.months: 4}}
arms: [{{id: one, scenario: schelling}}]
design:
  kind: search
  points: 24
  seed: 4
  factors: [{{path: {AT}, min: 0.1, max: 0.8}}, {{path: population.fill, min: 0.5, max: 0.95}}]
search:
  batch: 6
  objectives: [{{measure: theory.similarity}}, {{measure: theory.satisfied, aim: highest}}]
  limits: [{{measure: theory.satisfied, min: 0.9}}]
  candidates: 4
  fresh: 3
replications: {{n: 2, root_seed: 3}}
outputs: {{measures: [theory.similarity, theory.satisfied]}}
"""


def study(*changes):
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load_text(text, built_in())


def searched(folder, *changes, **how):
    with Brake() as brake:
        return search(study(*changes), Store(folder), How(**{"workers": 0, **how}), brake)


def content(folder):
    """Everything that a search leaves: numbers, and which points were tried."""
    stores = Store(folder), Store(folder / FRESH)
    return [(one.content_hash(), one.design().to_pydict()) for one in stores]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    where = tmp_path_factory.mktemp("search") / "packages"
    searched(where)
    return where


def test_the_front_is_what_no_allowed_other_beats():
    luck = np.random.default_rng(1)
    objectives, allowed = luck.integers(0, 5, (60, 2)).astype(float), luck.random(60) < 0.7
    for place, is_best in enumerate(front(objectives, allowed)):
        beaten = any(
            allowed[k] and (objectives[k] <= objectives[place]).all() and (objectives[k] < objectives[place]).any()
            for k in range(60)
        )
        assert is_best == (allowed[place] and not beaten)


def test_a_search_that_is_stopped_three_times_ends_like_one_that_is_not(folder, tmp_path):
    made = [searched(tmp_path / "cut", limit=15) for _ in range(3)]
    assert all(one.left for one in made)
    rest = searched(tmp_path / "cut")
    assert not rest.left
    assert sum(one.made for one in made) + rest.made == rest.planned
    assert content(tmp_path / "cut") == content(folder)


def test_a_search_goes_the_same_way_with_two_workers(folder, tmp_path):
    searched(tmp_path / "two", workers=2, batch=1)
    assert content(tmp_path / "two") == content(folder)


def test_a_finished_search_runs_nothing_again_and_goes_on_from_its_folder_alone(folder):
    with Brake() as brake:
        again = search(study_of(Store(folder), built_in()), Store(folder), How(workers=0), brake)
    assert (again.made, again.left) == (0, 0)
    assert again.planned <= most_runs(study())


def test_candidates_run_on_luck_that_no_trial_had(folder):
    seeds = [set(Store(one).design().column("seed").to_pylist()) for one in (folder, folder / FRESH)]
    assert not seeds[0] & seeds[1]
    assert len(seeds[1]) == 3


def test_candidates_are_the_front_of_the_trials_and_all_keep_the_limits(folder):
    told, first = found(Results.of(Store(folder))), tried(Results.of(Store(folder)), study().section.search)
    assert told.packages[0].point == Results.of(Store(folder)).points()[0]
    chosen = [one.first for one in told.packages[1:]]
    assert 0 < len(chosen) <= 4
    assert all(satisfied >= 0.9 for _, satisfied in chosen)
    on_front = [(a, -b) for a, b in first.objectives[first.on_front]]
    assert all(any(np.allclose(one, other) for other in on_front) for one in chosen)


def test_with_one_replication_set_aside_a_trial_counts_as_unknown():
    aims = SearchSection(objectives=(ObjectiveSection(measure="theory.similarity"),))
    sampler = Sampler(aims, 1, 30, 2)
    shares = sampler.ask(10, np.empty((0, 1)), np.empty((0, 1)), np.empty((0, 0)))
    lost = np.full((10, 1), np.nan)
    assert sampler.ask(5, shares, lost, np.empty((10, 0))).shape == (5, 1)


def test_what_is_learned_beats_chance():
    """A bowl in four dimensions: 60 trials that learn come closer to its middle than the 60 that do not, on 8 seeds."""

    def closest(method, seed):
        aims = SearchSection(method=method, objectives=(ObjectiveSection(measure="theory.similarity"),))
        sampler, shares, values = Sampler(aims, 4, 60, seed), np.empty((0, 4)), np.empty((0, 1))
        while len(shares) < 60:
            shares = np.vstack([shares, sampler.ask(10, shares, values, np.empty((len(shares), 0)))])
            values = ((shares - 0.3) ** 2).sum(axis=1, keepdims=True)
        return float(values.min())

    pairs = [(closest("tpe", seed), closest("random", seed)) for seed in range(8)]
    assert np.mean([one for one, _ in pairs]) < 0.5 * np.mean([other for _, other in pairs])


def test_without_optuna_a_search_that_learns_says_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "optuna", None)
    with pytest.raises(ScenarioError, match=r"hemvist\[search\]"):
        searched(tmp_path / "none")
    swept = searched(tmp_path / "random", ("  batch: 6", "  batch: 6\n  method: random"), ("points: 24", "points: 6"))
    assert not swept.left


def test_a_search_that_is_not_done_has_no_front_yet(tmp_path):
    searched(tmp_path / "cut", limit=15)
    with pytest.raises(StoreError, match="not come to its end"):
        found(Results.of(Store(tmp_path / "cut")))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((", min: 0.9}", "}"), "a limit needs"),
        (("  kind: search", "  kind: random"), "belong together"),
        (("[{measure: theory.similarity}, {measure: theory.satisfied, aim: highest}]", "[]"), "at least one objective"),
        (("[theory.similarity, theory.satisfied]", "[theory.similarity]"), "not kept"),
        (("{n: 2, root_seed: 3}", "{stop: {measure: theory.similarity, on: mean, half_width: 1, max: 20}}"), "one arm"),
    ],
)
def test_a_search_that_makes_no_sense_is_told_with_its_place(change, told):
    with pytest.raises(ScenarioError, match=told) as fault:
        study(change)
    assert "experiment:" in str(fault.value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_search_found_can_be_read(folder, language):
    results = Results.of(Store(folder))
    names, told = Names(results, language), found(results)
    words = list(shown.package_sentences(told, names))
    assert len(words) >= 5
    assert not any("experiments." in one or "{" in one for one in words)
    assert shown.packages_table(told, names).plain()
    assert "<svg" in page(results, told.measures[0][1], language)


def test_no_package_within_the_limits_is_an_answer(tmp_path):
    searched(tmp_path / "none", ("min: 0.9", "min: 1.01"), ("points: 24", "points: 6"))
    results = Results.of(Store(tmp_path / "none"))
    words = list(shown.package_sentences(found(results), Names(results, "en")))
    assert any("No package kept every limit" in one for one in words)
    assert json.dumps(results.manifest)
