"""The pages of levers: one for each lever of the scenario that has most of them, and a list of all."""

from __future__ import annotations

import functools
from collections.abc import Callable

import sim
from pages.markdown import code, table
from sim.base.language import say
from sim.cli.lever import HOME, facts, warning
from sim.scenario.levers import Lever
from sim.scenario.schema import Scenario

HEAD = f"""# Levers

What somebody may pull, each with a page of its own: what it moves and how far, who decides, where the range comes from,
whether it is lawful today, and on which line of the ledger its public cost is booked. All of them stand in the scenario
`{HOME}`, at rest; `hemvist list levers` shows them, `hemvist show lever NAME` explains one, and a timeline pulls one
from a date on. Levers that pull different paths may be combined in any order; two events that pull one path in one
month are refused.

"""
FOLDER = "levers"


@functools.cache
def _scenario() -> Scenario:
    return sim.load(HOME)


def pages() -> dict[str, Callable[[], str]]:
    """Every page by its name."""
    return {"levers.md": page, **{f"{FOLDER}/{one.id}.md": functools.partial(_page, one) for one in _scenario().levers}}


def page() -> str:
    """The list."""
    rows = [
        (f"[{one.label.say('en')}]({FOLDER}/{one.id}.md)", one.label.say("sv"), say(f"view.decides.{one.decides}"),
         say(f"view.status.{one.status}"))
        for one in _scenario().levers
    ]  # fmt: skip
    return HEAD + table(("lever", "in Swedish", "decided by", "standing"), rows)


def _page(lever: Lever) -> str:
    """One lever in both languages."""
    parts = [f"# {lever.label.say('en')}", lever.help.say("en")]
    if warning(lever, "en"):
        parts.append(f"**{warning(lever, 'en')}**")
    rows = [
        (say(f"cli.lever.{key}", "en"), code(text) if key in ("path", "pull", "timeline") else text)
        for key, text in facts(lever, _scenario(), "en")
    ]
    parts += [table(("", ""), rows), f"## {lever.label.say('sv')}", lever.help.say("sv")]
    if warning(lever, "sv"):
        parts.append(f"**{warning(lever, 'sv')}**")
    return "\n\n".join([*parts, "[All levers](../levers.md)"])
