"""Words for the reader, in the language of the reader."""

import pytest

from sim.base import language
from sim.base.language import has, preferred, say


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "sv"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8", "LC_ALL": "en_GB"}, "en"),
        ({"LANG": "sv_SE", "HEMVIST_LANG": "en"}, "en"),
        ({"LC_MESSAGES": "SV"}, "sv"),
        ({"LC_ALL": "C", "LANG": "sv_SE"}, "sv"),
    ],
)
def test_the_language_follows_the_environment(environment, expected):
    assert preferred(environment) == expected


def test_the_environment_of_the_process_is_asked_when_none_is_given(monkeypatch):
    monkeypatch.setenv("HEMVIST_LANG", "sv")
    assert preferred() == "sv"


def test_a_sentence_is_said_with_its_values():
    said = say("errors.month.written", "en", found="2026-13")
    assert "2026-13" in said
    assert said != say("errors.month.written", "sv", found="2026-13")
    assert has("errors.month.written", "sv")


@pytest.mark.parametrize(
    "key", ["errors.nothing.here", "errors.month", "no_such_room.key", "errors", "errors.month.written.x"]
)
def test_a_key_without_a_sentence_is_shown_as_itself(key):
    assert not has(key)
    assert say(key) == key
    assert say(key, "sv", n=3) == f"{key} (n=3)"


def test_a_sentence_without_values_keeps_its_braces(monkeypatch):
    monkeypatch.setattr(language, "words", lambda language, room: {"plain": "a {brace}"})
    assert say("room.plain") == "a {brace}"
    assert say("room.plain", brace=1) == "a 1"
