"""An intervention laid upon a town changes what it says and nothing else, and says what it is."""

import pytest

import sim
from sim.base.errors import ScenarioError
from sim.scenario.contrast import differences
from sim.scenario.laid import seen_from, shipped_interventions

TOWNS = ("gothenburg", "two-towns")
SMALL = {"gothenburg": {"scale": 0.01}, "two-towns": {"scale": 0.2}}
OURS = """
schema: hemvist-scenario/1
id: ours
title: {en: "Ours", sv: "Vårt"}
interventions:
  - {id: ours, title: {en: "Ours", sv: "Vårt"}, place: {en: "Here", sv: "Här"}, years: "2026-",
     done: {en: "A lot.", sv: "Mycket."}, known: {en: "Little.", sv: "Lite."}, left_out: {en: "None.", sv: "Inget."},
     standing: theory, source: assumed, status: recalled}
listing: {max_applications: {value: 3, source: assumed}}
"""


@pytest.mark.parametrize("name", shipped_interventions())
@pytest.mark.parametrize("town", TOWNS)
def test_an_intervention_that_ships_runs_three_months_on_any_town(town, name):
    quick = {"time.months": 3, "time.burn_in": 1, **SMALL[town]}
    model = sim.assemble(sim.load(f"{town}+{name}", set=quick), seed=1)
    assert model.run().complete
    model.city.check()


@pytest.mark.parametrize("name", shipped_interventions())
def test_an_intervention_says_what_was_done_in_both_languages_and_whence_each_figure(name):
    laid = sim.load(f"gothenburg+{name}")
    one = laid.interventions[-1]
    assert one.id == name
    for text in (one.title, one.place, one.done, one.known, one.left_out):
        assert text.sv is not None
    assert one.source in {source.id for source in laid.sources}
    assert laid.unsourced() == []


@pytest.mark.parametrize("name", shipped_interventions())
def test_an_intervention_changes_something_and_the_town_keeps_its_name_people_and_burn_in(name):
    town, laid = sim.load("gothenburg"), sim.load(f"gothenburg+{name}")
    changed = {path.partition(".")[0] for path, *_ in differences(town, laid)}
    assert changed
    assert changed <= {"investment", "landlords", "payment", "timeline", "listing", "burn_in_rules"}
    assert laid.title.say("sv").startswith("Göteborg + ")
    assert laid.id == f"gothenburg_{name}"
    assert laid.at_burn_in().landlords == town.at_burn_in().landlords


def test_several_are_laid_in_their_order_and_all_are_told():
    laid = sim.load("two-towns+frihamnen+social_contracts")
    assert [one.id for one in laid.interventions] == ["frihamnen", "social_contracts"]
    assert laid.value("investment.rules.frihamnen_low.homes") == 55
    assert laid.value("landlords.municipal.allocation.reserves.priority.share") == pytest.approx(0.05)
    assert laid.sha256() == sim.load("two-towns+social_contracts+frihamnen").sha256()


def test_a_file_of_ones_own_is_laid_by_its_path_and_may_have_a_plus_in_its_name(tmp_path):
    (tmp_path / "ours.yaml").write_text(OURS, encoding="utf-8")
    assert sim.load(f"two-towns+{tmp_path / 'ours.yaml'}").value("listing.max_applications") == 3
    own = tmp_path / "mine+yours.yaml"
    own.write_text("schema: hemvist-scenario/1\nid: x\nextends: two-towns\ntitle: {en: A, sv: B}\n", encoding="utf-8")
    assert sim.load(str(own)).id == "x"


def test_an_experiment_leads_to_the_files_that_it_names(tmp_path):
    assert seen_from("two-towns+frihamnen", tmp_path) == "two-towns+frihamnen"
    assert seen_from("a.yaml+b.yaml+frihamnen", tmp_path) == f"{tmp_path / 'a.yaml'}+{tmp_path / 'b.yaml'}+frihamnen"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("two-towns+frihamn", "scenario.intervention_unknown_suggest"),
        ("two-towns+qqqqqqqq", "scenario.intervention_unknown"),
        ("two-towns+no/such.yaml", "scenario.file_missing"),
        ("two-town+frihamnen", "scenario.name_unknown_suggest"),
    ],
)
def test_a_name_that_is_none_is_refused_with_what_was_meant(name, key):
    with pytest.raises(ScenarioError) as fault:
        sim.load(name)
    assert [one.key for one in fault.value.faults] == [key]


def test_a_fault_is_told_at_its_line_in_the_intervention(tmp_path):
    file = tmp_path / "ours.yaml"
    file.write_text(OURS.replace("max_applications: {value: 3", "max_applications: {value: 0"), encoding="utf-8")
    with pytest.raises(ScenarioError) as fault:
        sim.load(f"two-towns+{file}")
    place = fault.value.faults[0].place
    assert place.file.endswith("ours.yaml")
    assert place.line == 9


def test_two_interventions_that_change_one_path_in_one_month_are_refused(tmp_path):
    event = "timeline: [{id: ID, month: 5, set: {listing.max_applications: {value: N, source: assumed}}}]\n"
    for number, name in enumerate(("first", "second"), 4):
        text = OURS.replace("ours", name).replace("listing: {max_applications: {value: 3, source: assumed}}\n", "")
        (tmp_path / f"{name}.yaml").write_text(text + event.replace("ID", name).replace("N", str(number)), "utf-8")
    with pytest.raises(ScenarioError):
        sim.load(f"two-towns+{tmp_path / 'first.yaml'}+{tmp_path / 'second.yaml'}")
