"""The how-to on adding a rule does what it says, word for word."""

import re
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.base.errors import ScenarioError

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-rule.md"


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    rules, _ = blocks("python")
    (tmp_path / "my_rules.py").write_text(rules, encoding="utf-8")
    (tmp_path / "my-town.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_rule_of_rent_and_the_taste_are_short():
    for one in re.split(r"\n@rule", blocks("python")[0])[1:]:
        written = [line for line in one.splitlines() if line.strip() and '"""' not in line]
        assert len(written) <= 10


def test_a_scenario_that_names_them_runs_and_follows_them(folder):
    scenario = sim.load("my-town.yaml", rules=["my_rules.py"], set={"time.burn_in": 1})
    model = sim.assemble(scenario, seed=1)
    model.run(2)
    here, stock = model.city.households, model.city.dwellings
    new = here.dwelling[here.is_used & (here.moved_in == model.month) & (here.tenure == 1)]
    assert len(new) > 0
    assert stock.rent[new] == pytest.approx(125 * stock.m2[new], rel=1e-5)


def test_the_lines_for_python_work_as_they_stand(folder):
    names = {}
    lines = (
        blocks("python")[1]
        .replace("months=12", "months=1")
        .replace('rules=["my_rules.py"])', 'rules=["my_rules.py"], set={"time.burn_in": 0})')
    )
    exec(lines, names)
    assert names["record"].months[-1] == 1


def test_without_the_file_the_name_is_unknown_and_said_so(folder):
    with pytest.raises(ScenarioError, match="old_houses"):
        sim.load("my-town.yaml")


def test_the_taste_is_worth_its_weight(folder):
    scenario = sim.load("my-town.yaml", rules=["my_rules.py"], set={"time.burn_in": 0})
    model = sim.assemble(scenario, seed=1)
    taste = scenario.preferences.profiles[0].terms["old_houses"].make()
    homes = model.city.dwellings.rows()[:200]
    worth = taste.by_pair(model.city.readonly(), np.zeros(200, np.int32), homes)
    assert set(np.unique(worth)) <= {0.0, 1.5}
