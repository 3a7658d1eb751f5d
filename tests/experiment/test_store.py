"""The folder of an experiment: what is cut short, foreign or doubled is seen, named, and never read as data."""

import json

import numpy as np
import pytest
from lattices import N_RUNS, study, swept

from sim.base.errors import RecordError, StoreError
from sim.experiment import shards
from sim.experiment.file.load import load_text
from sim.experiment.shards import Outcome
from sim.experiment.state import state_of
from sim.experiment.store import Store

MEASURES = ("m", "n")


def outcome(run_id, n=5, value=1.0):
    values = np.full((n, 2), value)
    values[0, 1] = np.nan
    return Outcome(run_id, np.arange(n, dtype=np.int32), values, False, 0.5, 100.0, "c" * 64)


@pytest.fixture
def store(tmp_path):
    made = Store(tmp_path)
    made.add([outcome("a"), outcome("b", 3)], MEASURES)
    made.add([outcome("c", 4, 2.0)], MEASURES)
    return made


def test_what_was_written_is_read_back(store):
    table = store.table("series", ["month", "m", "n"])
    assert table.column("run_id").to_pylist().count("b") == 3
    assert table.column("n").null_count == 3
    final = {row["run_id"]: row for row in store.table("final", ["months", "m", "seconds"]).to_pylist()}
    assert final["c"] == {"run_id": "c", "months": 3, "m": 2.0, "seconds": 0.5}


def test_a_run_counts_only_when_series_and_final_values_are_there(store):
    name = next(iter(store.survey().shards)).name
    (store.folder / "final" / name).unlink()
    assert len(store.survey().finished()) < 3
    assert set(store.survey().finished()) in ({"c"}, {"a", "b"})


def test_a_file_that_was_cut_short_is_named_and_its_runs_are_missing(store):
    path = next((store.folder / "series").glob("part-*"))
    path.write_bytes(path.read_bytes()[:-20])
    survey = store.survey()
    assert survey.broken == (f"series/{path.name}",)
    assert len(survey.finished()) < 3


def test_foreign_files_are_named_and_never_read(store):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"run_id": ["x"], "m": [1.0]}), store.folder / "final" / "part-0123456789abcdef.parquet")
    (store.folder / "series" / "notes.txt").write_text("mine")
    (store.folder / "series" / ".part-half.partial").write_bytes(b"PAR1")
    survey = store.survey()
    assert set(survey.broken + survey.foreign) == {"final/part-0123456789abcdef.parquet", "series/notes.txt"}
    assert set(survey.finished()) == {"a", "b", "c"}


def test_a_bit_that_flipped_is_an_error_and_no_number(store):
    path = max((store.folder / "series").glob("part-*"), key=lambda one: one.stat().st_size)
    data = bytearray(path.read_bytes())
    data[40] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(RecordError):
        store.table("series", ["month", "m", "n"])


def test_packing_changes_nothing_and_leaves_one_file(store):
    before = store.content_hash()
    store.compact(MEASURES)
    assert store.content_hash() == before
    assert [len(list((store.folder / room).glob("part-*"))) for room in ("series", "final")] == [1, 1]


def test_a_run_that_lies_there_twice_is_one_run(store):
    before = store.content_hash()
    store.add([outcome("a"), outcome("c", 4, 2.0)], MEASURES)
    assert store.content_hash() == before
    store.compact(MEASURES)
    assert store.content_hash() == before


def test_a_packing_that_broke_off_between_new_and_old_loses_nothing(store, monkeypatch):
    before = store.content_hash()
    monkeypatch.setattr("pathlib.Path.unlink", lambda path, missing_ok=False: (_ for _ in ()).throw(OSError()))
    store.compact(MEASURES)
    assert store.content_hash() == before


def test_large_packs_hold_a_thousand_runs(tmp_path):
    store = Store(tmp_path)
    for start in range(0, 1500, 300):
        store.add([outcome(f"{n:05d}", 1) for n in range(start, start + 300)], MEASURES)
    store.compact(MEASURES)
    assert sorted(len(one.run_ids) for one in store.survey().shards) == [500, 1000]


def test_a_shard_without_a_measure_does_not_count_for_it(store):
    assert set(store.survey().finished(["m"])) == {"a", "b", "c"}
    assert store.survey().finished(["m", "another"]) == {}


@pytest.mark.parametrize("data", ["", "[]", '{"schema": "other/1"}'])
def test_a_manifest_that_is_none_is_told(tmp_path, data):
    (tmp_path / "manifest.json").write_text(data)
    with pytest.raises(StoreError):
        Store(tmp_path).manifest()
    with pytest.raises(StoreError, match="holds no experiment"):
        Store(tmp_path / "nowhere").manifest()


def test_the_state_counts_each_arm_and_names_strange_files(tmp_path):
    swept(tmp_path, limit=10)
    (tmp_path / "final" / "x.csv").write_text("1")
    state = state_of(Store(tmp_path))
    assert (state.planned, state.done, state.left) == (N_RUNS, 10, 14)
    assert sum(arm.done for arm in state.arms) == 10
    assert state.foreign == ("final/x.csv",)
    assert not state.is_running


def test_a_failed_run_is_set_aside_with_a_file_and_run_again_only_when_asked(tmp_path):
    store = Store(tmp_path)
    swept(tmp_path, limit=20)
    missing = next(run for run in _planned(tmp_path) if run not in store.survey().finished())
    store.fail(missing, {"reason": "raised"})
    assert swept(tmp_path).left == 0
    assert state_of(store).failed == 1
    assert swept(tmp_path).made == 0
    assert swept(tmp_path, only_failed=True).made == 1
    assert store.failures() == {}


def _planned(folder):
    return Store(folder).design().column("run_id").to_pylist()


def test_the_plan_holds_words_and_numbers(tmp_path):
    text = study().text.replace("[0.3, 0.4, 0.5]", "[0.3, 0.4]")
    text = text.replace("factors: [", "factors: [{path: search.accept, values: [any]}, ")
    swept(tmp_path, text=text)
    assert load_text(text, study().registry).points[0]["search.accept"] == "any"
    row = Store(tmp_path).design().to_pylist()[0]
    assert row["search.accept"] == "any"
    assert row["preferences.profiles.all.terms.own_group.at"] == 0.3


def test_sums_are_those_of_the_files(tmp_path):
    swept(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["files"] == Store(tmp_path).sums()
    assert len(manifest["files"]) == 2


def test_a_look_at_nothing_is_none(tmp_path):
    assert shards.look(tmp_path / "nothing") is None
