"""Data and assumptions: every figure with its source and standing, and what the model does not have."""

from __future__ import annotations

from typing import Any

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.figures import figures_data, shares
from sim.view.meeting import host, lack
from sim.view.pages.frame import box, caution, part


def facts(desk: Desk) -> Any:
    """The view."""
    language, scenario = desk.language, desk.scenario
    rows = figures_data(scenario, language)
    return box("div", "hv-main-col hv-wide", [
        pieces.Facts(
            t=part("facts", language), title=scenario.title.say(language), rows=rows,
            shares=shares(rows, language), limits=list(part("limits", language).values()),
            provenance=say("view.facts.provenance", language, seed=desk.seed, version=desk.version,
                           sha=scenario.sha256()[:12]),
            lacks=list(desk.house.board.lacks), isHost=desk.is_host,
            problem=desk.problem.text(language) if desk.problem is not None else "",
            event_lack=lambda text: lack(desk, str(text)),
            event_unlack=lambda text: host(desk, {"what": "unlack", "text": str(text)}),
        ),
        caution(desk),
    ])  # fmt: skip
