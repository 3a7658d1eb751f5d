"""``hemvist follow``."""

from __future__ import annotations

import json

from click.testing import CliRunner

from sim.cli.group import group

SHORT = ["--months", "6", "--set", "time.burn_in=0", "-q"]


def test_a_history_is_told_in_sentences() -> None:
    done = CliRunner().invoke(group("sv"), ["follow", "two-towns", "--household", "40", *SHORT])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Hushåll 40")
    assert "2026-01" in done.stdout
    assert "påhittat" in done.stdout


def test_programs_get_every_month() -> None:
    done = CliRunner().invoke(group("en"), ["follow", "two-towns", "--household", "40", "--json", *SHORT])
    assert done.exit_code == 0, done.output
    data = json.loads(done.stdout)
    assert data["household"] == 40
    assert data["cities"][0]["months"][0]["month"] == 0


def test_a_town_without_money_is_refused() -> None:
    done = CliRunner().invoke(group("en"), ["follow", "schelling"])
    assert done.exit_code != 0
    assert "two-towns" in str(done.exception)
