"""Tables: the same content for a pipe and for a terminal."""

import io
import re

from invented import comparison, record
from rich.console import Console

from sim.experiment.headlines import chosen
from sim.report.compare import as_data, heading
from sim.report.run import as_data as run_data
from sim.report.run import run_table, run_words, values
from sim.report.sections import sections_of
from sim.report.tables import Row, Table, comparison_table


def small():
    found = comparison()
    return found, chosen(found.measures)


def test_a_plain_table_fits_its_width_and_has_no_control_signs():
    found, sections = small()
    for language in ("en", "sv"):
        text = comparison_table(found, sections, language).plain(110)
        assert max(len(line) for line in text.splitlines()) <= 110
        assert not re.search(r"[\x00-\x09\x0b-\x1f]", text)


def test_every_measure_is_shown_at_every_horizon():
    found, sections = small()
    text = comparison_table(found, sections, "en").plain()
    n = sum(len(names) for names in sections.values())
    for words in ("year 2 ", "year 10 ", "year 20 ", "last 24 m"):
        assert text.count(words) == n


def test_a_star_stands_where_the_interval_leaves_out_zero():
    found, sections = small()
    clear = sum(
        one.verdict in ("higher", "lower")
        for names in sections.values() for name in names for arm in (1, 2, 3) for one in found.contrast(name, arm).at
    )  # fmt: skip
    text = comparison_table(found, sections, "en").plain()
    assert len(re.findall(r"± [\d.,]+\*", text)) == clear > 0


def test_an_undefined_difference_is_a_dash():
    found = comparison(gaps=("access.without_home",))
    text = comparison_table(found, {"access": ("access.without_home",)}, "en").plain()
    assert "–" in text
    assert "nan" not in text


def rendered(table, **settings):
    console = Console(file=io.StringIO(), width=130, **settings)
    console.print(table.rich())
    return console.file.getvalue()


def test_a_terminal_shows_the_same_numbers_bold_where_they_are_clear():
    found, sections = small()
    table = comparison_table(found, sections, "en")
    on_terminal = rendered(table, force_terminal=True, color_system="standard")
    plain = rendered(table)
    assert "\x1b[1m" in on_terminal
    assert "\x1b" not in plain
    assert re.findall(r"[+−]\d[\d.,]* ± [\d.,]+", plain) == re.findall(r"[+−]\d[\d.,]* ± [\d.,]+", table.plain(130))


def test_a_title_and_a_caption_stand_around_the_rows():
    table = Table(("a", "b"), 1, [Row(("head",)), Row(("x", "1"))], "The title", "The caption")
    lines = table.plain(40).splitlines()
    assert (lines[0], lines[-1]) == ("The title", "The caption")
    assert "HEAD" in lines
    assert "The title" in rendered(table)


def test_what_is_asked_for_is_put_under_its_heading():
    found = comparison()
    asked = ("affordability.rent_burden@income=1", "access.without_home", "not.recorded")
    assert sections_of(found.measures, asked) == {"cost": (asked[0],), "access": (asked[1],)}
    assert sections_of(found.measures) == chosen(found.measures)


def test_a_heading_names_all_arms():
    assert heading(comparison(), "en") == (
        "The market, housing as a right and the right by need compared with today's rules"
    )
    assert heading(comparison(shifts=(0.0, 0.1)), "sv") == "Bostaden som vara jämfört med dagens regler"


def test_data_for_programs_has_every_arm_and_window():
    found = comparison()
    told = as_data(found, {"access": ("access.without_home",)})
    assert [one["arm"] for one in told["differences"]] == [
        "gothenburg_market",
        "gothenburg_right",
        "gothenburg_right_need",
    ]
    assert all(len(one["at"]) == 4 for one in told["differences"])


def test_a_run_is_shown_at_its_founding_its_start_and_its_end():
    one = record("mine", 1)
    assert set(values(one, "segregation.dissimilarity.origin")) == {"founding", "end", "chance"}
    text = run_table(one, "en").plain()
    assert re.search(r"Dissimilarity, origin \(index\) +0\.3\d\d +0\.3\d\d +0\.0[23]\d", text)
    assert "240 months from 2026-01, scale 0.10, seed 1." in "\n".join(run_words(one, "en"))


def test_a_run_that_was_stopped_says_how_far_it_came():
    assert "Stopped after 240 of 999 months" in "\n".join(
        run_words(record("mine", 1, complete=False, planned=999), "en")
    )


def test_a_run_that_came_to_rest_is_shown_as_it_ended():
    rested = record("mine", 1, planned=999)
    assert values(rested, "access.without_home")["end"] == rested.series["access.without_home"][-1]
    assert "came to rest after 240 months" in "\n".join(run_words(rested, "en"))


def test_data_of_a_run_has_none_where_nothing_is_defined():
    told = run_data(record("mine", 1, gaps=("access.without_home",)))
    assert told["measures"]["access.without_home"] == {"founding": None, "end": None, "chance": None}
