"""The record: read back it is the same, and a disk that fails leaves nothing half-written."""

import json
import os
import subprocess
import sys
import textwrap

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.base.errors import RecordError
from sim.engine.record import LETTINGS, Record, filled
from sim.engine.stored import foreign_files

WORDS = ("area", "tenure", "landlord", "group", "cause")


def lettings(n=4):
    places = np.arange(n) % 2
    columns = {name: np.arange(n) for name in LETTINGS.names} | dict.fromkeys(WORDS, places)
    columns["cost"] = np.where(places == 1, np.nan, 5000.5)
    columns["area"] = np.where(places == 1, -1, 0)
    return filled(LETTINGS, columns, dict.fromkeys(WORDS, ("this", "that")))


def record(complete=True, n=3, **changes):
    provenance = {
        "scenario": "two_towns",
        "run_id": "abc123",
        "seed": 7,
        "start": "2026-01",
        "planned": 3,
        "complete": complete,
        "resolved": {"scale": 0.1, "rate": 1e-5, "id": "NO", "start": "2026-01"},
        "title": {"sv": "Två städer"},
    } | changes
    series = {"segregation.h": np.linspace(0.1, 0.2, n), "access.waiting_time": np.array([np.nan, -0.0, 31.0])[:n]}
    areas = pa.table({"month": pa.array([0, 0], pa.int32()), "rent": pa.array([1.5, None], pa.float64())})
    return Record(provenance, np.arange(n), series, areas, lettings())


def test_a_record_read_back_is_the_same(tmp_path):
    whole = record()
    assert Record.load(whole.save(tmp_path / whole.name)) == whole


def test_the_folder_holds_what_it_promises(tmp_path):
    folder = record().save(tmp_path / "r")
    assert sorted(path.name for path in folder.iterdir()) == [
        "areas.parquet", "lettings.parquet", "record.json", "scenario.yaml", "series.parquet",
    ]  # fmt: skip
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


floats = st.floats(allow_nan=True, allow_infinity=True, width=64)


@settings(max_examples=30, deadline=None)
@given(values=st.lists(st.lists(floats, min_size=3, max_size=3), min_size=1, max_size=3))
def test_every_number_comes_back_to_the_bit(tmp_path_factory, values):
    series = {f"m{place}": np.array(one) for place, one in enumerate(values)}
    whole = Record({"scenario": "a", "run_id": "b", "complete": True}, np.arange(3), series)
    back = Record.load(whole.save(tmp_path_factory.mktemp("r") / "x"))
    assert [back.series[name].tobytes() for name in series] == [whole.series[name].tobytes() for name in series]


def test_a_measure_that_is_never_defined_keeps_its_type(tmp_path):
    never = Record({"scenario": "a", "run_id": "b", "complete": True}, np.arange(2), {"m": np.full(2, np.nan)})
    back = Record.load(never.save(tmp_path / "x"))
    assert back == never
    assert back.series["m"].dtype == np.float64


def test_an_undefined_month_is_a_typed_null_for_other_readers(tmp_path):
    import pyarrow.parquet as pq

    table = pq.read_table(record().save(tmp_path / "r") / "series.parquet")
    assert table.schema.field("access.waiting_time").type == pa.float64()
    assert table.column("access.waiting_time").null_count == 1


def test_two_records_differ_by_one_bit():
    one, other = record(), record()
    nudged = {**other.series, "segregation.h": np.nextafter(other.series["segregation.h"], 1)}
    assert one == other
    assert not one.same_numbers(Record(other.provenance, other.months, nudged, other.areas, other.lettings))
    assert not one.same_numbers(Record(other.provenance, other.months, other.series, None, other.lettings))
    assert one != "a record"


def test_the_numbers_cannot_be_written_over():
    with pytest.raises(ValueError, match="read-only"):
        record().series["segregation.h"][0] = 1.0


def test_a_value_is_found_by_measure_and_month():
    whole = record()
    assert whole.at("access.waiting_time", 2) == 31.0
    with pytest.raises(RecordError, match="no measure called x"):
        whole.at("x", 2)
    with pytest.raises(RecordError, match="reaches from 0 to 2"):
        whole.at("segregation.h", 99)


def test_series_of_another_length_are_refused():
    with pytest.raises(RecordError, match="2 values for 3 months"):
        Record({"complete": True}, np.arange(3), {"m": np.zeros(2)})


def test_what_json_cannot_hold_is_refused():
    with pytest.raises(RecordError, match="JSON cannot"):
        Record({"fit": float("nan")}, np.arange(0), {})
    with pytest.raises(RecordError, match="JSON cannot"):
        Record({"fit": object()}, np.arange(0), {})


def test_an_interrupted_run_keeps_its_months_and_never_replaces_a_whole_one(tmp_path):
    part = record(complete=False, n=2)
    folder = part.save(tmp_path / "r")
    assert not Record.load(folder).complete
    whole = record()
    whole.save(folder)
    part.save(folder)
    assert Record.load(folder) == whole


def test_a_foreign_file_is_named_and_never_read(tmp_path):
    whole = record()
    folder = whole.save(tmp_path / "r")
    (folder / "households.parquet").write_bytes(b"not ours")
    assert foreign_files(folder) == ("households.parquet",)
    assert Record.load(folder) == whole


@pytest.mark.parametrize("name", ["series.parquet", "areas.parquet", "lettings.parquet"])
def test_a_file_cut_short_is_named(tmp_path, name):
    folder = record().save(tmp_path / "r")
    (folder / name).write_bytes((folder / name).read_bytes()[:-5])
    with pytest.raises(RecordError, match=f"{name} is cut short"):
        Record.load(folder)


def test_a_missing_or_unreadable_file_is_named(tmp_path):
    folder = record().save(tmp_path / "r")
    (folder / "series.parquet").unlink()
    with pytest.raises(RecordError, match=r"series\.parquet is missing"):
        Record.load(folder)
    (folder / "series.parquet").mkdir()
    with pytest.raises(RecordError, match=r"series\.parquet cannot be read"):
        Record.load(folder)


def test_series_left_out_of_the_list_are_missed(tmp_path):
    folder = record().save(tmp_path / "r")
    held = json.loads((folder / "record.json").read_text())
    del held["files"]["series.parquet"]
    (folder / "record.json").write_text(json.dumps(held))
    with pytest.raises(RecordError, match=r"series\.parquet is missing"):
        Record.load(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [("{", "cannot be read"), ("[]", "is of the kind None"), ('{"schema": "other/1"}', "is of the kind other/1")],
)
def test_a_foreign_record_file_is_refused(tmp_path, text, words):
    (tmp_path / "record.json").write_text(text)
    with pytest.raises(RecordError, match=words):
        Record.load(tmp_path)


def test_a_folder_without_a_record_is_refused(tmp_path):
    with pytest.raises(RecordError, match="is not the folder of a run"):
        Record.load(tmp_path)


class Failing:
    """Lets the n-th call of the disk fail, the others through."""

    def __init__(self, monkeypatch, nth, code):
        self.left, self.code = nth, code
        for name in ("open", "write", "fsync", "replace"):
            monkeypatch.setattr(os, name, self._wrapped(getattr(os, name)))

    def _wrapped(self, call):
        def passed(*values, **named):
            self.left -= 1
            if self.left == 0:
                raise OSError(self.code, os.strerror(self.code))
            return call(*values, **named)

        return passed


@pytest.mark.parametrize(("code", "words"), [(28, "the disk is full"), (13, "may not be written to"), (5, "could not")])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_disk_that_fails_at_any_step_leaves_a_whole_record_or_none(tmp_path, monkeypatch, code, words, is_new):
    old, new, folder = record(seed=1), record(seed=2), tmp_path / "r"
    if not is_new:
        old.save(folder)
    for nth in range(1, 60):
        with monkeypatch.context() as patch:
            failing = Failing(patch, nth, code)
            try:
                new.save(folder)
            except RecordError as fault:
                assert words in str(fault)  # noqa: PT017 - whether it fails depends on the step
            else:  # a fault while the old record is swept away harms nothing
                assert Record.load(folder) == new
                if failing.left > 0:
                    break
                continue
        kept = [path.name for path in tmp_path.iterdir() if not path.name.startswith(".")]
        if kept:
            assert Record.load(folder) in (old, new)
        assert is_new or kept, "the old record is gone"
        assert not [path for path in tmp_path.iterdir() if path.name.endswith(".partial")]
        if not is_new:
            old.save(folder)
    assert nth > 20, "too few steps were made to fail"


LIMITED = """
    import resource, sys
    import numpy as np
    from sim.base.errors import RecordError
    from sim.engine.record import Record
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    series = {f"m{i}": np.random.default_rng(i).random(300) for i in range(9)}
    try:
        Record({"scenario": "a", "run_id": "b", "complete": True}, np.arange(300), series).save(sys.argv[1])
    except RecordError as fault:
        print(fault)
"""


@pytest.mark.skipif(os.name != "posix", reason="file-size limits are a thing of POSIX")
def test_a_real_process_that_meets_a_file_limit_says_so_and_leaves_nothing(tmp_path):
    old = record()
    old.save(tmp_path / "r")
    command = [sys.executable, "-c", textwrap.dedent(LIMITED), str(tmp_path / "r")]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "larger than this system allows" in said
    assert [path.name for path in tmp_path.iterdir()] == ["r"]
    assert Record.load(tmp_path / "r") == old


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "results").write_text("a file")
    with pytest.raises(RecordError, match="could not be written"):
        record().save(tmp_path / "results" / "r")
