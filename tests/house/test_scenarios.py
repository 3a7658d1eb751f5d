"""Every scenario that lies in the repository founds a city and passes three months, before and after its start."""

import pytest
import yaml
from repository import ROOT, shown

import sim

FILES = sorted([*(ROOT / "scenarios").glob("*.yaml"), *(ROOT / "experiments").glob("**/scenarios/*.yaml")])
SMALL, SMALL_TOWN = 0.01, 0.02
SHIPPED = {
    "schelling", "two-towns", "gothenburg", "gothenburg-market", "gothenburg-right", "gothenburg-right-need",
    "gothenburg-levers", "gothenburg-dial", "lerum", "kungsbacka", "stenungsund", "lilla-edet", "alingsas",
    "trollhattan", "falkenberg",
}  # fmt: skip


def scale_of(path):
    if path.stem.startswith("gothenburg"):
        return {"scale": SMALL}
    return {"scale": SMALL_TOWN} if (path.parent / path.stem / "table.csv").is_file() else {}


def test_what_is_promised_is_shipped():
    assert {path.stem for path in FILES} >= SHIPPED


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_scenario_passes_three_months(path):
    burn_in = yaml.safe_load(path.read_text(encoding="utf-8")).get("time", {}).get("burn_in")
    settles = {"time.burn_in": 2} if burn_in or path.stem.startswith("gothenburg-") else {}
    scenario = sim.load(path, set={"time.months": 3, **scale_of(path), **settles})
    model = sim.assemble(scenario, seed=1)
    record = model.run()
    model.city.check()
    assert record.complete
    assert record.months[-1] == 3
    assert record.provenance["scenario"] == scenario.id
    assert model.city.households.n_used > 100


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_scenario_says_where_its_figures_come_from(path):
    assert sim.load(path).unsourced() == []


@pytest.mark.parametrize("path", FILES, ids=shown)
def test_a_scenario_has_a_title_in_both_languages(path):
    title = sim.load(path).title
    assert title.say("en")
    assert title.say("sv")
