"""Every file of tests/bad says what is wrong with it: where, what, and what was likely meant, all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.base.errors import Fault, ScenarioError
from sim.base.language import has
from sim.rules import built_in
from sim.scenario.load import load

BAD = Path(__file__).parents[1] / "bad"
RULES = built_in()


def _expected() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in (BAD / "expected.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, *fault = line.split(" ")
            found.setdefault(name, []).append(tuple(fault))
    return found


EXPECTED = _expected()


def _faults(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(ScenarioError) as caught:
        load(path, RULES)
    return caught.value.faults


def _told(fault: Fault, name: str) -> tuple[str, ...]:
    place = fault.place
    file = Path(str(place.file)).relative_to("tests/bad").as_posix()
    at = f"{place.line}:{place.column}" if place.line else "-"
    return "-" if file == name else file, at, place.path or "-", fault.key, str(fault.values.get("meant") or "-")


@pytest.fixture(autouse=True)
def _at_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BAD.parents[1])


def test_every_bad_file_is_expected_to_say_something() -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in BAD.glob("*.yaml"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_bad_file_tells_all_its_faults_with_line_and_column_and_suggestion(name: str) -> None:
    assert [_told(fault, name) for fault in _faults(BAD / name)] == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_fault_is_a_sentence_in_both_languages(name: str) -> None:
    for fault in _faults(BAD / name):
        for language in ("en", "sv"):
            assert has(f"errors.{fault.key}", language), fault.key
            assert "errors." not in fault.text(language)
            assert "{" not in fault.text(language).replace("{...}", "").replace("{book: NAM", "")


def test_what_a_reader_sees_names_file_line_column_path_and_what_was_meant() -> None:
    first = _faults(BAD / "rule_parameters.yaml")[0].text("en")
    where, what = first.split(": ", 1)
    assert where == "tests/bad/rule_parameters.yaml:5:40 (landlords.private.rent.sped)"
    assert what.startswith("'sped' is not a key here. Did you mean 'speed'? Known: rule,")
    assert "Menade du 'speed'?" in _faults(BAD / "rule_parameters.yaml")[0].text("sv")
