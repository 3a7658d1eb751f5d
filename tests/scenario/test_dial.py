"""The dial sets what it publishes; its middle is today and its ends are the pair, to the bit."""

import pytest

import sim
from sim.base.errors import ScenarioError
from sim.scenario.dial import between, settings

FEW = {"time.months": 5, "time.burn_in": 2, "scale": 0.01}
PAIR = ("share_let_by_price", "rent_rule", "screening")
SIX = ("share_let_by_price", "rent_rule", "tenure_security", "screening", "conversion", "public_share")


def dial(**positions):
    return sim.load("gothenburg-dial", set={**FEW, **{path.replace("__", "."): at for path, at in positions.items()}})


def pair_at(position):
    return {f"dial__sub_dials__{name}__position": position for name in PAIR}


def test_there_are_six_parts_that_set_what_the_file_publishes():
    scenario = dial(dial__position=0.75)
    assert tuple(part.id for part in scenario.dial.sub_dials) == SIX
    for _, path, value in settings(scenario.dial):
        assert scenario.value(path) == pytest.approx(round(value) if path.endswith("grace") else value)


def test_between_its_settings_lie_straight_lines():
    assert [between((2.0, 4.0, 10.0), at) for at in (0, 0.25, 0.5, 0.75, 1)] == [2, 3, 4, 7, 10]


def test_a_part_moves_alone():
    moved, today = dial(dial__sub_dials__conversion__position=1), dial()
    differ = [path for _, path, _ in settings(today.dial) if moved.value(path) != today.value(path)]
    assert differ == ["investment.rules.conversion.rate", "investment.rules.public_conversion.rate"]


@pytest.mark.parametrize(
    ("positions", "other"),
    [({}, "gothenburg"), (pair_at(1), "gothenburg-market"), (pair_at(0), "gothenburg-right")],
    ids=["today", "commodity", "right"],
)
def test_the_dial_agrees_with_the_scenario_that_stands_there(positions, other):
    turned, written = sim.run(dial(**positions), seed=2), sim.run(sim.load(other, set=FEW), seed=2)
    assert turned.same_numbers(written)


@pytest.mark.parametrize("position", [0, 0.3, 0.8, 1])
def test_every_position_passes_months(position):
    model = sim.assemble(dial(dial__position=position), seed=1)
    model.run(3)
    model.city.check()


def test_what_the_dial_sets_cannot_be_set_by_hand_too():
    with pytest.raises(ScenarioError) as caught:
        dial(landlords__municipal__rent__regulated=0.5)
    assert [fault.key for fault in caught.value.faults] == ["scenario.dial_and_hand"]


@pytest.mark.parametrize(("path", "key"), [("landlords.nobody.rent.regulated", "dial_path"), ("title", "dial_path")])
def test_a_path_that_leads_to_no_number_is_refused(tmp_path, path, key):
    text = (
        "schema: hemvist-scenario/1\nid: turned\nextends: two-towns\ntitle: {en: t}\n"
        f"dial: {{sub_dials: [{{id: one, label: {{en: One}}, sets: {{{path}: [0, 1, 2]}}}}]}}\n"
    )
    file = tmp_path / "turned.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        sim.load(file)
    assert [fault.key for fault in caught.value.faults] == [f"scenario.{key}"]
