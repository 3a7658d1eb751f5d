"""Where the time went, as a table."""

import pytest

from sim.base.language import LANGUAGES
from sim.engine.clock import Clock
from sim.engine.month import ONE_BY_ONE, PHASES
from sim.report.profile import ONCE, part_name, profile_data, profile_table

PARTS = (*ONCE, "measures", "round", *(phase.name for phase in (*PHASES, *ONE_BY_ONE)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_of_a_run_is_called_something(language):
    assert all(part_name(part, language)[0].isupper() for part in PARTS)
    assert part_name("a phase of my own", language) == "a phase of my own"


def test_a_table_gives_seconds_share_and_what_each_time_took():
    table = profile_table(Clock({"founding": 1.0, "search": 3.0}, {"founding": 1, "search": 4}), "en")
    assert [row.cells for row in table.rows] == [
        ("Once",), ("Founding the town", "1.00", "25.0", "1,000.0"),
        ("Every month",), ("Who looks for a home", "3.00", "75.0", "750.0"),
    ]  # fmt: skip
    assert "4.00" in table.caption


def test_a_run_that_took_no_time_has_a_table_too():
    assert "0.0" in profile_table(Clock({"search": 0.0}, {"search": 1}), "en").plain()


def test_programs_are_told_the_same():
    assert profile_data(Clock({"search": 3.0}, {"search": 4})) == {"search": {"seconds": 3.0, "times": 4}}
