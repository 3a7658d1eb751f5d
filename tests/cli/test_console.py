"""Speaking: colours and a moving bar only where a person looks on."""

import json
import os
import re
import subprocess
import sys

import pytest
from click.shell_completion import ShellComplete

from sim.cli import console as speaking
from sim.cli import group, options
from sim.cli.console import Console, is_watched
from sim.experiment.workers import Progress
from sim.report.tables import Row, Table

pty = pytest.importorskip("pty")


def on_a_terminal(tmp_path, environment, *arguments, **told):
    """What a process shows to somebody who sits at a terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "sim", *map(str, arguments)], cwd=tmp_path, stdin=theirs, stdout=theirs, stderr=theirs,
        env=environment | {"TERM": "xterm-256color", "COLUMNS": "100"} | told,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait() == 0
    return shown.decode(errors="replace")


def test_a_terminal_gets_a_bar_and_a_bold_table(tmp_path, environment, small):
    shown = on_a_terminal(tmp_path, environment, "run", small)
    assert "Passing months" in shown
    assert "\x1b[1" in shown
    assert "Without a home of their own" in shown


def test_no_colour_is_respected(tmp_path, environment, small):
    shown = on_a_terminal(tmp_path, environment, "run", small, "-q", NO_COLOR="1")
    assert not re.search(r"\x1b\[[\d;]*3[0-7]m", shown)


def test_a_terminal_that_can_do_little_gets_plain_lines(tmp_path, environment, small):
    shown = on_a_terminal(tmp_path, environment, "run", small, TERM="dumb")
    assert "\x1b" not in shown
    assert "-----" in shown


def test_who_watches(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    assert is_watched(Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert not is_watched(Terminal())


def steps():
    return [Progress(done, 10, 0, 1, 40.0 * done) for done in range(0, 11, 5)]


def test_a_bar_follows_the_progress(monkeypatch, capsys):
    monkeypatch.setattr(speaking, "is_watched", lambda stream: True)
    with Console("en").progress("passing") as watch:
        for progress in steps():
            watch(progress)
    Console("en").table(Table(("a", "b"), 1, [Row(("x", "1"))]))
    assert "x" in capsys.readouterr().out


def test_without_a_terminal_a_plain_line_comes_now_and_then(capsys):
    with Console("en").progress("passing") as watch:
        for progress in steps():
            watch(progress)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == ["5 of 10 months, about 200 s left", "10 of 10 months, about 0 s left"]


def test_a_quiet_console_says_nothing_about_progress(capsys):
    with Console("en", quiet=True).progress("passing") as watch:
        for progress in steps():
            watch(progress)
    Console("en", quiet=True).note("passing")
    Console("en").detail("only with -v")
    assert capsys.readouterr() == ("", "")
    Console("en", verbose=True).detail("only with -v")
    assert capsys.readouterr().err == "only with -v\n"


def test_an_undefined_number_is_null_in_data(capsys):
    Console("en").json({"a": float("nan"), "b": [float("inf"), (1.5, "ö")]})
    out = capsys.readouterr().out
    assert json.loads(out) == {"a": None, "b": [None, [1.5, "ö"]]}
    assert "ö" in out


def test_names_of_scenarios_are_completed():
    whole = ShellComplete(group.group("en"), {}, "hemvist", "_HEMVIST_COMPLETE")
    assert "two-towns" in [item.value for item in whole.get_completions(["run"], "two")]
    assert [item.value for item in whole.get_completions([], "com")] == ["compare", "completion"]


def test_wishes_of_a_command_line_become_paths_and_values():
    wishes = options.Wishes({"listing.max_applications": "3"}, months=7, scale=0.5)
    assert wishes.overrides() == {"listing.max_applications": "3", "time.months": "7", "scale": "0.5"}
    assert options.Wishes().overrides() == {}
