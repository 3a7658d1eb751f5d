"""The pages made from declarations are current, and nothing that is declared is missing from them."""

import pytest
from documents import DOCS, text_of
from generate import PAGES, stale
from pages import experiment, scenario

from sim.base.parameters import declared
from sim.measures.catalogue import MEASURES
from sim.rules import built_in
from sim.scenario import events, fields, housing, people, schema, world
from sim.scenario.section import Section

REFERENCE = DOCS / "reference"
INSIDE = {"ActSection"}
"""Sections that hold no keys of their own: what may stand there follows from the rule."""


def sections():
    """Every section that the scenario rooms declare."""
    for module in (schema, world, housing, people, events, fields):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Section) and value.__module__ == module.__name__:
                yield value


def test_the_pages_say_what_the_code_declares():
    assert stale() == [], "run: python docs/generate.py"


def test_every_section_of_a_scenario_has_its_part_of_the_page():
    listed = {model for _, model in scenario.SECTIONS}
    assert {one.__name__ for one in sections() if one not in listed} - INSIDE == set()


@pytest.mark.parametrize(
    ("page", "model"),
    [(page, model) for page in (scenario, experiment) for _, model in page.SECTIONS],
    ids=lambda one: one.__name__,
)
def test_every_key_has_a_meaning_and_no_meaning_is_left_over(page, model):
    assert page.meanings()[model.__name__].keys() == model.keys().keys()


@pytest.mark.parametrize("page", [scenario, experiment], ids=lambda page: page.__name__)
def test_no_meaning_speaks_of_a_section_that_is_gone(page):
    assert page.meanings().keys() == {model.__name__ for _, model in page.SECTIONS}


def test_every_section_of_an_experiment_stands_on_its_page():
    declared_there = {
        value
        for module in (experiment.sections, experiment.aims)
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Section) and value.__module__ == module.__name__
    }
    assert declared_there == {model for _, model in experiment.SECTIONS}


def test_every_rule_and_each_of_its_parameters_stands_on_the_page():
    page, registry = text_of(REFERENCE / "rules.md"), built_in()
    for cls in registry.all():
        part = page.partition(f"### {cls.kind}: {cls.name}\n")[2].partition("\n### ")[0]
        assert part
        assert [one.name for one in declared(cls) if f"`{one.name}`" not in part] == []


def test_every_measure_stands_on_the_page():
    page = text_of(REFERENCE / "measures.md")
    assert [one.name for one in MEASURES if one.form == "raw" and f"`{one.name}`" not in page] == []


def test_a_page_that_was_changed_by_hand_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("generate.FOLDER", tmp_path)
    monkeypatch.setattr("generate.PAGES", {"errors.md": PAGES["errors.md"]})
    assert stale() == ["errors.md"]
    (tmp_path / "errors.md").write_text("by hand", encoding="utf-8")
    assert stale() == ["errors.md"]
