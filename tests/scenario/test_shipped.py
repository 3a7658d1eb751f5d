"""What ships loads by its bare name, from any folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.rules import built_in
from sim.scenario.find import shipped_names
from sim.scenario.load import load

RULES = built_in()


@pytest.mark.parametrize("name", shipped_names())
def test_a_scenario_that_ships_loads_by_its_name_from_any_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario = load(name, RULES)
    assert scenario.id == name.replace("-", "_")
    assert scenario.title.sv is not None


def test_the_lattice_is_that_of_mesas_example() -> None:
    scenario = load("schelling", RULES)
    assert scenario.space.kind == "lattice"
    assert (scenario.space.width, scenario.space.height, scenario.space.radius, scenario.space.torus) == (
        50,
        50,
        1,
        False,
    )
    assert (scenario.population.fill, scenario.population.placement) == (0.8, "independent")
    search = scenario.search
    assert (search.who, search.judged, search.accept, search.move) == ("dissatisfied", "once_a_round", "any", "one")
    term = scenario.preferences.profiles[0].terms["own_group"]
    assert (term.parameters["at"], term.parameters["alone"], term.parameters["over"]) == (
        0.4,
        "dissatisfied",
        "occupied",
    )
