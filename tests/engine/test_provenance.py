"""Where numbers come from: the name of a run follows from what decides them, and from nothing else."""

import json
import sys

import pytest

from sim.engine import provenance
from sim.engine.provenance import machine, model_code_hash, n_cores, outside_code_hash, package_versions, run_id

RESOLVED = {"scale": 0.1, "landlords": [{"id": "a"}]}


def test_the_name_of_a_run_is_the_same_for_the_same_content_in_any_order():
    one = run_id(RESOLVED, seed=1, months=3)
    assert one == run_id(dict(reversed(RESOLVED.items())), seed=1, months=3)
    assert len(one) == 24
    assert set(one) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    "other",
    [{"seed": 2}, {"months": 4}, {"tables": {"space": "x"}}, {"outside": {"mine.Rule": "y"}},
     {"resolved": {**RESOLVED, "scale": 0.2}}],
)  # fmt: skip
def test_whatever_decides_the_numbers_is_in_the_name(other):
    given = {"resolved": RESOLVED, "seed": 1, "months": 3} | other
    assert run_id(given.pop("resolved"), **given) != run_id(RESOLVED, seed=1, months=3)


def test_another_model_code_is_another_name(monkeypatch):
    before = run_id(RESOLVED, seed=1, months=3)
    monkeypatch.setattr(provenance, "model_code_hash", lambda: "other")
    assert run_id(RESOLVED, seed=1, months=3) != before


def test_the_code_is_that_of_the_model_alone(monkeypatch):
    def hashed(rooms):
        monkeypatch.setattr(provenance, "MODEL_ROOMS", rooms)
        model_code_hash.cache_clear()
        return model_code_hash()

    rooms = provenance.MODEL_ROOMS
    assert {"cli", "report", "view", "experiment"} & set(rooms) == set()
    assert hashed(rooms) == hashed(rooms)
    assert hashed(rooms) != hashed(rooms[1:])
    monkeypatch.undo()
    model_code_hash.cache_clear()


def test_rules_from_outside_are_known_by_their_source(tmp_path, monkeypatch):
    (tmp_path / "mine_of_test.py").write_text("class Rule:\n    x = 1\n")
    monkeypatch.syspath_prepend(tmp_path)
    import mine_of_test

    first = outside_code_hash([mine_of_test.Rule, dict])
    assert set(first) == {"mine_of_test.Rule", "builtins.dict"}
    (tmp_path / "mine_of_test.py").write_text("class Rule:\n    x = 2\n")
    del sys.modules["mine_of_test"]
    import linecache

    import mine_of_test as again

    linecache.checkcache()
    assert outside_code_hash([again.Rule])["mine_of_test.Rule"] != first["mine_of_test.Rule"]


def test_a_machine_tells_its_versions_in_plain_data():
    told = json.loads(json.dumps(machine()))
    assert {"python", "hemvist", "numpy", "numba", "mesa", "pyarrow"} <= set(told["versions"])
    assert told["cores"] == n_cores() >= 1
    assert package_versions(["no-such-package", "numpy"]).keys() == {"numpy"}
