"""The page: which pieces stand where. Imported by the framework once it knows its settings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import solara

from sim.base.language import say
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.house import house
from sim.view.pages.board import board
from sim.view.pages.compare import compare
from sim.view.pages.explore import explore
from sim.view.pages.facts import facts
from sim.view.pages.frame import box, part
from sim.view.pages.story import story

VIEWS: dict[str, Callable[[Desk], Any]] = {
    "explore": explore, "compare": compare, "board": board, "story": story, "facts": facts,
}  # fmt: skip
"""The views in the order of their tabs."""


@solara.component
def Sending(parcel: solara.Reactive[dict[str, Any]], desk: Desk) -> Any:  # noqa: N802
    """What hands films to the browser; drawn anew for each parcel, so it stands alone."""
    return pieces.Films(parcel=parcel.value, event_got=desk.pump.got)


@solara.component
def Page() -> Any:  # noqa: N802
    """One visitor's page."""
    parcel = solara.use_memo(lambda: solara.reactive(dict[str, Any]()), [])
    _turn, set_turn = solara.use_state(0)
    router = solara.use_router()
    desk = solara.use_memo(lambda: Desk(house(), lambda: set_turn(lambda n: n + 1), parcel.set), [])
    link = _link(router.search)

    def begin() -> Any:
        desk.begin(link)
        for work in (desk.pump.run, desk.watch):
            threading.Thread(target=work, daemon=True).start()
        return desk.close

    solara.use_effect(begin, [])
    return box("div", "hv-page", [
        solara.Title(_heading(desk)),
        Sending(parcel, desk),
        pieces.Gift(gift=desk.gift),
        _bar(desk),
        box("main", "hv-body", [VIEWS[desk.view](desk)], id="hv-main"),
    ])  # fmt: skip


def _heading(desk: Desk) -> str:
    """What stands on the tab of the browser."""
    return f"Hemvist: {say(f'view.views.{desk.view}', desk.language)}"


def _link(search: str | None) -> str:
    """What a shared address says."""
    pairs = dict(pair.partition("=")[::2] for pair in (search or "").lstrip("?").split("&"))
    return pairs.get("s", "")


def _bar(desk: Desk) -> Any:
    language = desk.language
    views = [{"id": name, "title": say(f"view.views.{name}", language)} for name in VIEWS]
    return pieces.Bar(
        t=part("bar", language), views=views, view=desk.view, language=language, toast=desk.notice,
        event_go=lambda name: desk.go(name) if name in VIEWS else None, event_speak=desk.speak,
        event_undo=desk.undo, event_turn=desk.turn,
    )  # fmt: skip
