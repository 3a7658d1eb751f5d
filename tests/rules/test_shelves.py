"""The shelves: what is on them, and what others may put there."""

import subprocess
import sys
from importlib import metadata

import pytest

from sim.base.errors import ScenarioError
from sim.rules import built_in, installed
from sim.rules.shelves import GROUP, MODULES


def test_a_rule_in_a_scenario_is_the_name_of_a_file():
    registry = built_in()
    for kind, files in MODULES.items():
        assert set(files) == set(registry.names(kind))
        for name in files:
            assert registry.find(kind, name).__module__ == f"sim.rules.{kind}.{name}"


def test_a_slip_of_the_pen_is_named_with_what_was_meant():
    with pytest.raises(ScenarioError, match="Did you mean 'queue'"):
        built_in().find("allocation", "que")


def test_importing_the_room_imports_no_rule():
    code = "import sys, sim.rules; print([m for m in sys.modules if m.startswith('sim.rules.') and m.count('.') > 2])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_rules_of_other_packages_come_from_entry_points(monkeypatch):
    class Point:
        def load(self):
            return str

    def points(group):
        return [Point()] if group == GROUP else []

    monkeypatch.setattr("sim.rules.shelves.entry_points", points)
    assert installed() == (str,)
    assert metadata.entry_points(group=GROUP) is not None
