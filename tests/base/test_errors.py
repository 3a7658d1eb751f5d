"""Errors say where, what and how to mend it, in both languages, and keep what was wrong."""

import pickle

import pytest

from sim.base.errors import CityError, Fault, MeasureError, Place, ScenarioError, SimError


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place(), ""),
        (Place("a.yaml"), "a.yaml"),
        (Place("a.yaml", 3, 7), "a.yaml:3:7"),
        (Place("a.yaml", 3, 7, "time.months"), "a.yaml:3:7 (time.months)"),
        (Place(path="time.months"), "time.months"),
    ],
)
def test_a_place_is_told_as_editors_understand_it(place, text):
    assert place.text() == text


def test_an_error_speaks_both_languages_and_keeps_its_values():
    error = MeasureError("measure.two_groups_needed", members=0, others=7)
    assert error.key == "measure.two_groups_needed"
    assert error.values == {"members": 0, "others": 7}
    assert "7" in error.text("sv")
    assert error.text("sv") != error.text("en") == str(error)


def test_several_faults_are_told_at_once_a_line_each_up_to_a_limit():
    faults = [Fault("month.written", {"found": str(n)}, Place("a.yaml", n)) for n in range(1, 31)]
    error = ScenarioError.of(faults)
    lines = error.text("en", most=5).splitlines()
    assert lines[0].startswith("a.yaml:1: ")
    assert len(lines) == 6
    assert "25" in lines[-1]
    assert len(error.text("en", most=50).splitlines()) == 30
    assert isinstance(error, ScenarioError)
    assert error.key == "month.written"


def test_an_error_crosses_a_process_border_as_it_was():
    error = ScenarioError.of([Fault("month.written", {"found": "x"}, Place("a.yaml", 2, 3, "p"))] * 2)
    twin = pickle.loads(pickle.dumps(error))
    assert type(twin) is ScenarioError
    assert (twin.faults, str(twin)) == (error.faults, str(error))
    plain = pickle.loads(pickle.dumps(CityError("city.count_wrong", month=4)))
    assert (type(plain), plain.values) == (CityError, {"month": 4})


def test_a_value_may_be_called_key():
    assert SimError("scenario.missing_key", key="time").values == {"key": "time"}


def test_every_error_of_ours_is_caught_as_one():
    for kind in SimError.__subclasses__():
        with pytest.raises(SimError):
            raise kind("month.written", found="x")
