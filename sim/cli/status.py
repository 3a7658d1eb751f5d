"""``hemvist status``: how far an experiment is, and what lies in its folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import click

from sim.cli import options
from sim.cli.console import Console
from sim.cli.help import verb

EVERY = 5.0


def command(language: str) -> click.Command:
    """The verb in one language."""
    params = [
        options.folder(language),
        options.option(language, "--failures", is_flag=True),
        options.option(language, "--watch", is_flag=True),
        options.as_json(language),
        *options.loudness(language),
    ]

    def status(folder: Path, failures: bool, watch: bool, **how: Any) -> int:
        return _status(Console(language, **how), folder, failures, watch)

    return verb("status", language, status, params)


def _status(console: Console, folder: Path, failures: bool, watch: bool) -> int:
    from sim.experiment.state import state_of
    from sim.experiment.store import Store
    from sim.report.experiment import failure_lines, status_lines, status_table

    store = Store(folder)
    state = state_of(store)
    while watch and state.left and state.is_running:
        console.note("so_far", done=state.done, planned=state.planned, failed=state.failed)
        time.sleep(EVERY)
        state = state_of(store)
    if console.as_json:
        console.json({**state.plain(), **({"failures": store.failures()} if failures else {})})
        return 0
    console.table(status_table(state, console.language))
    for line in status_lines(state, console.language):
        console.data(line)
    for line in failure_lines(store.failures(), console.language) if failures else ():
        console.data(line)
    if state.left and not state.is_running:
        console.note("go_on", folder=folder, left=state.left)
    return 0
