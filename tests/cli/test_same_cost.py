"""``hemvist compare --same-cost`` says what was scaled, from what to what, and what both cost."""

import json

import pytest

LEVERS = """\
levers:
  - {id: allowance, path: payment.rules.allowance.share, min: 0, max: 1, step: 0.05, source: assumed, status: in_use,
     cost: none, label: {en: "Allowance", sv: "Bidrag"}, help: {en: "More.", sv: "Mer."}}
"""


@pytest.fixture
def dearer(small, tmp_path):
    """The same town with a higher allowance."""
    small.write_text(small.read_text() + LEVERS)
    file = tmp_path / "dearer.yaml"
    file.write_text('schema: hemvist-scenario/1\nid: dearer\nextends: small.yaml\ntitle: {en: "A dearer town"}\n'
                    "timeline: [{month: 1, set: {search.sample: 9}}]\n")  # fmt: skip
    return file


def test_the_lever_is_told_with_where_it_stood_and_stands_and_both_costs(hemvist, small, dearer):
    found = hemvist("compare", small, dearer, "--same-cost", "allowance", "-n", "2", "-j", "0")
    assert found.code == 0
    said = " ".join(found.out.split())
    assert "Equal public cost: “Allowance” (payment.rules.allowance.share) in “A dearer town” was moved" in said
    assert "from 60 %" in said
    assert "million SEK a year" in found.out
    assert found.out.index("Equal public cost") < found.out.index("compared with")


def test_programs_get_the_level_and_everything_that_was_tried(hemvist, small, dearer):
    told = json.loads(hemvist("compare", small, dearer, "--same-cost", "allowance", "-n", "2", "-j", "0", "--json").out)
    even = told["same_cost"]
    assert even["lever"] == "allowance"
    assert 0 <= even["after"] <= 1
    assert len(even["tried"]) >= 4
    assert even["interval"][0] <= even["gap"] <= even["interval"][1]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--same-cost", "allowanc"], "Did you mean 'allowance'?"),
        (["--same-cost", "allowance", "--set", "payment.rules.allowance.share=7"], "payment.rules.allowance.share"),
    ],
)
def test_a_lever_that_is_none_is_refused_before_anything_runs(hemvist, small, dearer, more, said, tmp_path):
    found = hemvist("compare", small, dearer, *more)
    assert found.code == 2
    assert said in found.err
    assert not (tmp_path / "results").exists()


def test_it_takes_two_scenarios(hemvist, small, dearer, other):
    found = hemvist("compare", small, dearer, other, "--same-cost", "allowance")
    assert found.code == 2
    assert "of two scenarios" in found.err
