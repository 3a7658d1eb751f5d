"""``hemvist baseline``: a table for readers, data for programs."""

import json

SHORT = ("--months", "12", "--scale", "0.2", "--set", "time.burn_in=12", "-n", "1", "-j", "0")


def test_a_table_is_printed_in_the_readers_language(hemvist):
    english = hemvist("baseline", "two-towns", *SHORT)
    swedish = hemvist("baseline", "two-towns", *SHORT, "--lang", "sv")
    assert english.code == swedish.code == 0
    assert "Dissimilarity by origin" in english.out
    assert "Dissimilaritet efter ursprung" in swedish.out


def test_programs_get_every_reading(hemvist):
    answer = hemvist("baseline", "two-towns", *SHORT, "--json", "-q")
    assert answer.code == 0
    found = json.loads(answer.out)
    assert found["rows"]["people.size"]["unit"] == "persons"
    assert answer.err == ""


def test_a_town_without_money_is_refused_in_words(hemvist):
    answer = hemvist("baseline", "schelling", "-n", "1", "-j", "0")
    assert answer.code == 2
    assert "without money" in answer.err
