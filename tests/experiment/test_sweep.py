"""Sweeps: nothing is computed twice, nothing is lost, and nobody's results are mixed with another's."""

import json
import shlex

import pytest
from lattices import AT, N_RUNS, TEXT, study, swept

import sim
from sim.base.errors import StoreError
from sim.cli.group import answer
from sim.experiment import manifest as manifests
from sim.experiment.brake import Brake
from sim.experiment.differences import Window
from sim.experiment.lock import locked
from sim.experiment.plan import Plan
from sim.experiment.results import Results
from sim.experiment.resume import study_of
from sim.experiment.store import Store
from sim.experiment.sweep import How, command, sweep
from sim.rules import built_in


def test_every_planned_run_is_made_once(tmp_path):
    first = swept(tmp_path)
    assert (first.planned, first.made, first.there, first.left) == (N_RUNS, N_RUNS, 0, 0)
    again = swept(tmp_path)
    assert (again.made, again.there) == (0, N_RUNS)


def test_results_are_those_of_single_runs(tmp_path):
    swept(tmp_path)
    found = Results.of(Store(tmp_path))
    months, paths = found.paths("theory.similarity")
    plan = Plan(study(), found.manifest["code"]).runs(0, 4)
    for run in (plan[0], plan[-1]):
        record = sim.assemble(study().scenario(run.arm, run.point), seed=run.seed).run()
        assert record.run_id == run.run_id
        own = paths[run.arm, run.point, run.replication]
        assert own[0] == pytest.approx(record.at("theory.similarity", 0), rel=1e-6)
        assert own[-1] == pytest.approx(record.series["theory.similarity"][-1], rel=1e-6)
    assert months.tolist() == list(range(7))


def test_the_content_is_the_same_however_it_is_packed(tmp_path):
    for name, how in (("one", {}), ("two", {"batch": 7}), ("three", {"batch": 1})):
        swept(tmp_path / name, **how)
    assert len({Store(tmp_path / name).content_hash() for name in ("one", "two", "three")}) == 1


def test_a_sweep_that_is_cut_short_goes_on_where_it_was(tmp_path):
    whole = Store(tmp_path / "whole")
    swept(whole.folder)
    parts = Store(tmp_path / "parts")
    made = [swept(parts.folder, limit=9, batch=4).made for _ in range(3)]
    assert made == [9, 9, 6]
    assert parts.content_hash() == whole.content_hash()


def test_more_replications_run_only_the_new_ones(tmp_path):
    swept(tmp_path)
    with Brake() as brake:
        more = sweep(study_of(Store(tmp_path), built_in(), replications=2), Store(tmp_path), How(workers=0), brake)
    assert (more.made, more.there) == (12, N_RUNS)
    with Brake() as brake:
        again = sweep(study_of(Store(tmp_path), built_in()), Store(tmp_path), How(workers=0), brake)
    assert (again.made, again.planned) == (0, N_RUNS + 12)


def test_a_new_title_runs_nothing_and_is_kept(tmp_path):
    swept(tmp_path)
    assert swept(tmp_path, ("Lattices", "Grids")).made == 0
    assert Store(tmp_path).manifest()["title"]["en"] == "Grids"


def test_another_value_runs_what_it_touches(tmp_path):
    swept(tmp_path)
    assert swept(tmp_path, ("population.fill: 0.7", "population.fill: 0.6")).made == N_RUNS // 2
    assert swept(tmp_path, ("0.4, 0.5]", "0.4, 0.6]")).made == N_RUNS // 3


def test_measures_asked_for_later_are_run_for(tmp_path):
    swept(tmp_path)
    assert swept(tmp_path, ("theory.satisfied]", "theory.satisfied, theory.moves]")).made == N_RUNS
    assert swept(tmp_path).made == 0


def test_arms_that_are_the_same_share_their_runs(tmp_path):
    done = swept(tmp_path, ("population.fill: 0.7", "population.fill: 0.8"))
    assert done.made == done.planned == N_RUNS // 2
    assert Results.of(Store(tmp_path)).finished().all()


def test_a_baseline_of_another_experiment_is_taken_over(tmp_path):
    swept(tmp_path / "lattices")
    done = swept(tmp_path / "new", ("id: lattices", "id: new"), ("fill: 0.7", "fill: 0.6"), cache=tmp_path)
    assert (done.there, done.made) == (N_RUNS // 2, N_RUNS // 2)


def test_sobol_points_can_be_added(tmp_path):
    sobol = ("grid, factors: [{path: " + AT + ", values: [0.3, 0.4, 0.5]}]",
             "sobol, points: 4, factors: [{path: " + AT + ", min: 0.2, max: 0.6}]")  # fmt: skip
    swept(tmp_path / "few", sobol)
    with Brake() as brake:
        more = study_of(Store(tmp_path / "few"), built_in(), points=4)
        assert sweep(more, Store(tmp_path / "few"), How(workers=0), brake).made == 4 * 2 * 4
    swept(tmp_path / "many", sobol, ("points: 4", "points: 8"))
    assert Store(tmp_path / "few").content_hash() == Store(tmp_path / "many").content_hash()


def test_own_luck_of_each_point_differs(tmp_path):
    common = {(run.replication, run.seed) for run in Plan(study(), "x").runs(0, 4)}
    own = Plan(study(TEXT, ("root_seed: 3", "root_seed: 3, common: false")), "x").runs(0, 4)
    assert len(common) == 4
    assert len({run.seed for run in own}) == 4 * 3
    assert {run.seed for run in own if run.arm == 0} == {run.seed for run in own if run.arm == 1}


# Whose results


def test_another_experiment_is_refused(tmp_path):
    swept(tmp_path)
    with pytest.raises(StoreError, match="not 'stranger'"):
        swept(tmp_path, ("id: lattices", "id: stranger"))


def test_another_model_is_refused_unless_that_is_accepted_and_then_noted(tmp_path, monkeypatch):
    swept(tmp_path, limit=6)
    monkeypatch.setattr(manifests, "model_code_hash", lambda: "f" * 64)
    with pytest.raises(StoreError, match="accept-code-change"):
        swept(tmp_path)
    done = swept(tmp_path, accept=True)
    assert (done.there, done.left) == (6, 0)
    assert [change["code"] for change in Store(tmp_path).manifest()["code_changes"]] == ["f" * 64]
    assert swept(tmp_path).made == 0


def test_a_scenario_that_changed_is_noticed_when_going_on(tmp_path):
    file, scenario = tmp_path / "e.yaml", tmp_path / "s.yaml"
    scenario.write_text("schema: hemvist-scenario/1\nid: s\nextends: schelling\ntitle: {en: S}\n")
    file.write_text(TEXT.replace("scenario: schelling", "scenario: s.yaml"))
    from sim.experiment.file.load import load

    with Brake() as brake:
        sweep(load(file, built_in()), Store(tmp_path / "r"), How(workers=0), brake)
    scenario.write_text(scenario.read_text() + "population: {fill: 0.75}\n")
    with pytest.raises(StoreError, match="has changed since"):
        study_of(Store(tmp_path / "r"), built_in())


def test_only_one_driver_at_a_time(tmp_path):
    with locked(tmp_path), pytest.raises(StoreError, match="somebody is at work"):
        swept(tmp_path)


def test_somebody_who_pulls_the_brake_loses_nothing_that_was_finished(tmp_path):
    brake, done = Brake(), []

    def watch(progress):
        done.append(progress.done)
        brake.pulled = progress.done >= 8

    first = sweep(study(), Store(tmp_path), How(workers=0, batch=4), brake, watch)
    assert first.interrupted
    assert first.made == 8
    assert swept(tmp_path).made == N_RUNS - 8


# Stopping


STOP = ("n: 4", "stop: {measure: theory.similarity, half_width: HALF, min: 10, max: 30, batch: 10, window: last 1}")
ONE_POINT = (", values: [0.3, 0.4, 0.5]", ", values: [0.4]")


def test_replications_go_on_until_the_interval_is_narrow_enough(tmp_path):
    easy = swept(tmp_path / "easy", STOP, ONE_POINT, ("HALF", "1.0"))
    assert (easy.reached, easy.planned) == (True, 20)
    hard = swept(tmp_path / "hard", STOP, ONE_POINT, ("HALF", "0.0001"))
    assert (hard.reached, hard.planned) == (False, 60)
    assert len(hard.widths) == 1


def test_the_stopping_point_does_not_depend_on_how_the_work_was_shared(tmp_path):
    whole = swept(tmp_path / "a", STOP, ONE_POINT, ("HALF", "0.05"))
    for _ in range(9):
        parts = swept(tmp_path / "b", STOP, ONE_POINT, ("HALF", "0.05"), limit=7)
        if not parts.left and parts.reached is not None:
            break
    assert Store(tmp_path / "a").content_hash() == Store(tmp_path / "b").content_hash()
    assert whole.widths == parts.widths


# What is kept


def test_the_manifest_says_where_the_numbers_come_from(tmp_path):
    swept(tmp_path)
    found = Store(tmp_path).manifest()
    for key in ("experiment", "arms", "factors", "code", "versions", "platform", "cores", "root_seed", "started",
                "stopped", "packages_sha256", "experiment_sha256", "argv"):  # fmt: skip
        assert found[key] not in (None, ""), key
    assert (found["planned"], found["done"], found["failed"]) == (N_RUNS, N_RUNS, 0)
    assert found["unlike"] == ["population"]
    assert (tmp_path / "experiment.yaml").read_text() == TEXT
    for arm in found["arms"]:
        assert (tmp_path / "scenarios" / f"{arm['sha256']}.yaml").is_file()
    json.dumps(found, allow_nan=False)


def test_values_are_kept_as_often_as_asked_and_always_at_the_end(tmp_path):
    swept(tmp_path, ("theory.satisfied]", "theory.satisfied], every: 4"), ("months: 6", "months: 7"))
    months, paths = Results.of(Store(tmp_path)).paths("theory.satisfied")
    assert months.tolist() == [0, 4, 7]
    assert (paths == paths).all()


def test_months_that_are_not_kept_need_not_be_measured(tmp_path):
    measures = [
        "segregation.dissimilarity.origin", "segregation.inequality_index", "segregation.income_rank_entropy",
        "segregation.isolation.income@group=1", "segregation.morans_i.origin@group=a",
        "segregation.spatial_entropy_index.origin",
    ]  # fmt: skip
    kept = ", ".join(f'"{name}"' for name in measures)
    text = TEXT.partition("set:")[0] + (
        "set: {time.months: 7, time.burn_in: 3}\narms: [{id: one, scenario: two-towns}]\n"
        f"replications: {{n: 1, root_seed: 5}}\noutputs: {{measures: [{kept}], every: 3}}\n"
    )
    swept(tmp_path, text=text)
    found, own = Results.of(Store(tmp_path)), study(text)
    run = Plan(own, found.manifest["code"]).runs(0, 1)[0]
    record = sim.assemble(own.scenario(0, 0), seed=run.seed).run()
    for name in measures:
        months, paths = found.paths(name)
        assert months.tolist() == [0, 3, 6, 7]
        assert paths[0, 0, 0] == pytest.approx([record.at(name, month) for month in (0, 3, 6, 7)], rel=1e-6)


def test_a_window_is_the_mean_of_its_months(tmp_path):
    swept(tmp_path)
    found = Results.of(Store(tmp_path))
    _, paths = found.paths("theory.similarity")
    window = Window("last", 3, 4, 6)
    assert found.values("theory.similarity", window) == pytest.approx(paths[..., 4:7].mean(axis=-1))


def test_the_command_of_a_run_repeats_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    run = Plan(study(), sim.assemble("schelling", seed=1).run().provenance["model_code_hash"]).runs(0, 1)[-1]
    typed = shlex.split(command(study(), run))
    assert typed[:2] == ["hemvist", "run"]
    assert answer([*typed[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["folder"].endswith(run.run_id)
