"""The README keeps what it promises: its sections, its commands, its languages."""

import re

import pytest
from documents import DOCS, ROOT, text_of

from sim.experiment.file.find import shipped_names as experiment_names
from sim.scenario.find import shipped_names

README = ROOT / "README.md"


def section(title):
    """The text under a heading."""
    return text_of(README).partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(
    "title",
    [
        "Two commands", "Without make", "What you see", "How to read it", "Commands", "In Python", "Scenarios",
        "Experiments", "What it does not have", "Speed", "How to cite", "Licence", "På svenska",
    ],
)  # fmt: skip
def test_a_section_is_there_and_says_something(title):
    assert len(section(title).split()) > 10


def test_its_targets_of_make_exist():
    makefile = text_of(ROOT / "Makefile")
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)`", text_of(README)))
    assert {"run", "test", "bench"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


def test_without_make_says_the_same_as_the_makefile():
    by_hand = section("Without make")
    assert "-m pip install -c constraints.txt -e ." in by_hand
    assert "-m pip install -c constraints.txt -e .[test]" in by_hand
    compared = re.search(r"hemvist compare ([a-z -]+)", text_of(ROOT / "Makefile"))
    assert f"hemvist compare {compared[1].strip()}" in by_hand
    assert "-m pytest" in by_hand


def test_the_swedish_section_has_the_same_two_commands():
    swedish = section("På svenska")
    assert {"make run", "make test"} <= set(re.findall(r"make [a-z]+", swedish))
    assert "docs/sv/sammanfattning.md" in swedish
    assert re.search("ingen prognos", swedish)


def test_every_scenario_that_ships_is_named():
    for page in (section("Scenarios"), text_of(DOCS / "sv" / "sammanfattning.md")):
        assert [name for name in shipped_names() if f"`{name}`" not in page] == []


def test_every_experiment_that_ships_is_named():
    assert [name for name in experiment_names() if f"`{name}`" not in section("Experiments")] == []


def test_every_verb_is_in_the_table_of_commands():
    from sim.cli.group import VERBS

    assert [verb for verb in VERBS if f"`hemvist {verb}" not in section("Commands")] == []


def test_it_says_what_it_is_not():
    assert "not a forecast" in text_of(README)
    assert "ingen prognos" in text_of(DOCS / "sv" / "sammanfattning.md")


def test_no_excerpt_or_figure_is_still_to_be_filled_in():
    assert "PLACE" not in text_of(README) + text_of(DOCS / "tutorial" / "first-steps.md")
