"""The pieces of the page that are written for the browser: each is a file of the folder ``page``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import solara

Call = Callable[[Any], None] | None


@solara.component_vue("page/Films.vue", vuetify=False)
def Films(parcel: dict[str, Any] = {}, event_got: Call = None) -> None:  # noqa: B006, N802
    """Takes the months of films as they come; draws nothing."""


@solara.component_vue("page/Gift.vue", vuetify=False)
def Gift(gift: dict[str, Any] = {}) -> None:  # noqa: B006, N802
    """Lays a file with the visitor's downloads; draws nothing."""


@solara.component_vue("page/Bar.vue", vuetify=False)
def Bar(  # noqa: N802
    t: dict[str, Any], views: list[dict[str, str]], view: str, language: str, toast: str = "",
    event_go: Call = None, event_speak: Call = None, event_undo: Call = None, event_turn: Call = None,
) -> None:  # fmt: skip
    """Name, views, language, help and keys."""


@solara.component_vue("page/Levers.vue", vuetify=False)
def Levers(  # noqa: N802
    t: dict[str, Any], levers: list[dict[str, Any]], headings: list[list[str]], scenarios: list[dict[str, str]],
    scenario: str, note: str, laid: list[str], event_move: Call = None, event_reset: Call = None,
    event_open: Call = None, event_lay: Call = None, event_fetch: Call = None,
) -> None:  # fmt: skip
    """The levers, by heading."""


@solara.component_vue("page/Clock.vue", vuetify=False)
def Clock(  # noqa: N802
    t: dict[str, Any], flags: list[dict[str, Any]], hasUndo: bool | None, hasRedo: bool | None,  # noqa: N803
    waiting: str, problem: str, link: str, isRounds: bool, takes: list[list[str]], event_undo: Call = None,  # noqa: N803
    event_clear: Call = None, event_take: Call = None,
) -> None:  # fmt: skip
    """Run, pause, go back and forth; the flags of the changes."""


@solara.component_vue("page/CityMap.vue", vuetify=False)
def CityMap(  # noqa: N802
    t: dict[str, Any], title: str, names: dict[str, str], gap: list[str], told: list[str], heads: list[str] = [],  # noqa: B006
    want: str = "", isShared: bool = False,  # noqa: N803
) -> None:  # fmt: skip
    """A map of one film, or of the difference between two."""


@solara.component_vue("page/Charts.vue", vuetify=False)
def Charts(  # noqa: N802
    t: dict[str, Any], lines: list[dict[str, Any]], flags: list[int], bands: dict[str, Any], isRounds: bool,  # noqa: N803
    only: list[str] = [], hidesFuture: bool = False,  # noqa: B006, N803
) -> None:  # fmt: skip
    """Small charts of the measures; in a story what comes later is not shown before it has been played."""


@solara.component_vue("page/Answers.vue", vuetify=False)
def Answers(t: dict[str, Any], answers: list[dict[str, Any]], films: list[str], isSame: bool) -> None:  # noqa: N802, N803
    """The three answers: segregation, access, cost."""


@solara.component_vue("page/Gains.vue", vuetify=False)
def Gains(  # noqa: N802
    t: dict[str, Any], kinds: list[dict[str, Any]], films: list[str], isSame: bool,  # noqa: N803
) -> None:  # fmt: skip
    """Who gets it better and who worse."""


@solara.component_vue("page/Sides.vue", vuetify=False)
def Sides(  # noqa: N802
    t: dict[str, Any], scenarios: list[dict[str, str]], laid: list[dict[str, str]], sides: list[str],
    event_choose: Call = None,
) -> None:  # fmt: skip
    """Which two scenarios are compared."""


@solara.component_vue("page/Story.vue", vuetify=False)
def Story(  # noqa: N802
    t: dict[str, Any], stories: list[dict[str, str]], story: str, title: str, text: str, notes: str, at: int, n: int,
    event_turn: Call = None, event_tell: Call = None, event_try: Call = None,
) -> None:  # fmt: skip
    """The words of a step, and the way on."""


@solara.component_vue("page/Board.vue", vuetify=False)
def Board(  # noqa: N802
    t: dict[str, Any], cards: list[dict[str, Any]], moved: list[str], answers: list[list[str]], guessed: bool,
    mayKeep: bool, isHost: bool, isShown: bool, problem: str, towns: dict[str, Any], all: dict[str, Any],  # noqa: N803
    lacks: list[str], event_guess: Call = None,
    event_keep: Call = None, event_vote: Call = None, event_take: Call = None, event_host: Call = None,
) -> None:  # fmt: skip
    """All tables' cards, and one's own."""


@solara.component_vue("page/Dial.vue", vuetify=False)
def Dial(t: dict[str, Any], dial: dict[str, Any], event_turn: Call = None, event_use: Call = None) -> None:  # noqa: N802
    """One number between a right and a commodity, and what it sets."""


@solara.component_vue("page/Steps.vue", vuetify=False)
def Steps(t: dict[str, Any], walk: dict[str, Any], event_begin: Call = None) -> None:  # noqa: N802
    """One rule at a time, and what each step did."""


@solara.component_vue("page/Follow.vue", vuetify=False)
def Follow(  # noqa: N802
    t: dict[str, Any], told: dict[str, Any], event_begin: Call = None, event_another: Call = None,
    event_cancel: Call = None,
) -> None:  # fmt: skip
    """One household, side by side."""


@solara.component_vue("page/Effects.vue", vuetify=False)
def Effects(t: dict[str, Any], map: dict[str, Any]) -> None:  # noqa: N802
    """What each lever does by itself, sorted as a host wishes."""


@solara.component_vue("page/Facts.vue", vuetify=False)
def Facts(  # noqa: N802
    t: dict[str, Any], title: str, rows: list[dict[str, str]], shares: list[dict[str, Any]], limits: list[str],
    provenance: str, lacks: list[str], isHost: bool, problem: str, event_lack: Call = None,  # noqa: N803
    event_unlack: Call = None,
) -> None:  # fmt: skip
    """Every figure, with filters; what the model cannot say, and what the room misses in it."""
