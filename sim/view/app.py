"""The page: which pieces stand where. Imported by the framework once it knows its settings."""

from __future__ import annotations

import threading
from typing import Any, cast

import solara
from solara import v

from sim.base.language import say, words
from sim.view import pieces
from sim.view.desk import Desk
from sim.view.house import house
from sim.view.levers import ORDER, as_data
from sim.view.telling import answers, bands, flags, gains

VIEWS = ("explore",)


def part(key: str, language: str) -> dict[str, Any]:
    """All sentences of one part of the page."""
    return cast(dict[str, Any], words(language, "view")[key])


def box(tag: str, name: str, children: list[Any], **attributes: str) -> Any:
    """An element of the page."""
    return v.Html(tag=tag, class_=name, children=children, attributes=attributes)


@solara.component
def Sending(parcel: solara.Reactive[dict[str, Any]], desk: Desk) -> Any:  # noqa: N802
    """What hands films to the browser; drawn anew for each parcel, so it stands alone."""
    return pieces.Films(parcel=parcel.value, event_got=desk.pump.got)


@solara.component
def Page() -> Any:  # noqa: N802
    """One visitor's page."""
    parcel = solara.use_memo(lambda: solara.reactive(dict[str, Any]()), [])
    _turn, set_turn = solara.use_state(0)
    view, set_view = solara.use_state(VIEWS[0])
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
        solara.Title(_heading(desk, view)),
        Sending(parcel, desk),
        _bar(desk, view, set_view),
        box("main", "hv-body", [explore(desk)], id="hv-main"),
    ])  # fmt: skip


def _heading(desk: Desk, view: str) -> str:
    """What stands on the tab of the browser."""
    return f"Hemvist: {say(f'view.views.{view}', desk.language)}"


def _link(search: str | None) -> str:
    """What a shared address says."""
    pairs = dict(pair.partition("=")[::2] for pair in (search or "").lstrip("?").split("&"))
    return pairs.get("s", "")


def _bar(desk: Desk, view: str, set_view: Any) -> Any:
    language = desk.language
    views = [{"id": name, "title": say(f"view.views.{name}", language)} for name in VIEWS]
    return pieces.Bar(
        t=part("bar", language), views=views, view=view, language=language, toast=desk.notice,
        event_go=lambda name: name in VIEWS and set_view(name), event_speak=desk.speak,
        event_undo=desk.undo, event_turn=lambda way: None,
    )  # fmt: skip


def explore(desk: Desk) -> Any:
    """Pull a lever, see the city answer."""
    language = desk.language
    t = part("charts", language)
    names = {"mine": say("view.map.mine", language), "base": say("view.map.base", language),
             "gap": say("view.map.gap", language)}  # fmt: skip
    lines = [{"name": "base", "title": names["base"], "tone": "base", "dash": [5, 4]},
             {"name": "mine", "title": names["mine"], "tone": "mine"}]  # fmt: skip
    if desk.is_same:
        names, lines = {"base": names["base"]}, lines[:1]
    marks = flags(desk)
    has_money = desk.scenario.money
    return box("div", "hv-explore", [
        levers(desk),
        box("div", "hv-main-col", [
            clock(desk, marks),
            box("div", "hv-side-by-side", [
                pieces.CityMap(t=part("map", language), title=say("view.map.title", language), names=names,
                               gap=["base", "mine"]),
                pieces.Charts(t=t, lines=lines, flags=[mark["month"] for mark in marks], bands=bands(desk)),
            ]),
            pieces.Answers(t=part("answers", language), answers=answers(desk), films=["base", "mine"],
                           isSame=desk.is_same),
            *([pieces.Gains(t=part("gains", language), kinds=gains(desk), isSame=desk.is_same)] if has_money else []),
            box("p", "hv-small", [say("view.caution", language)]),
        ]),
    ])  # fmt: skip


def levers(desk: Desk) -> Any:
    """The levers of the scenario that is open."""
    language, scenario = desk.language, desk.scenario
    month = scenario.time.months
    known = [{"id": source, "title": _title(desk, source)} for source in desk.house.worlds()]
    homes = desk.pairs[0][0].ground.homes if desk.pairs and desk.pairs[0][0].ground else 0
    note = say(f"view.levers.scenario_is.{scenario.status}", language)
    if homes and scenario.scale != 1:
        note += " " + say("view.levers.sample", language, one=f"{1 / scenario.scale:.0f}")
    return pieces.Levers(
        t=part("levers", language),
        levers=[as_data(state, desk.proposal, month, scenario, language) for state in desk.levers],
        headings=[[name, say(f"view.headings.{name}", language)] for name in ORDER],
        scenarios=known, scenario=desk.world.source, note=note,
        event_move=lambda told: desk.move(str(told["path"]), float(told["value"]), int(told["month"])),
        event_reset=lambda path: desk.propose(desk.proposal.without(path)),
        event_open=desk.open,
    )  # fmt: skip


def _title(desk: Desk, source: str) -> str:
    """What a scenario is called; its name where it cannot be read."""
    from sim.base.errors import SimError

    try:
        return desk.house.scenario(desk.house.worlds()[source]).title.say(desk.language)
    except SimError:
        return source


def clock(desk: Desk, marks: list[dict[str, Any]]) -> Any:
    """Run, pause, go back and forth."""
    fault = desk.fault()
    return pieces.Clock(
        t=part("clock", desk.language), flags=marks, hasUndo=bool(desk.proposal.past),
        hasRedo=bool(desk.proposal.undone), waiting=desk.waiting() or say("view.clock.loading", desk.language),
        problem=fault.text(desk.language) if fault else "", link=desk.link(), isRounds=not desk.scenario.money,
        event_undo=desk.undo, event_clear=lambda *_: desk.propose(desk.proposal.to(())),
    )  # fmt: skip
