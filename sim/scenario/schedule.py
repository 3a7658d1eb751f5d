"""Working out a timeline: each event's moves, in the order of the months, every result checked like a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from pydantic_core import PydanticCustomError

from sim.base.errors import Fault, Place
from sim.base.months import parse_month
from sim.scenario.events import Event
from sim.scenario.nodes import Node, fault_at, fault_at_key, split
from sim.scenario.paths import moved_to, placed
from sim.scenario.quantities import Quantity
from sim.scenario.rules import RuleBlock
from sim.scenario.schema import Scenario
from sim.scenario.timeline import Step, Timeline
from sim.scenario.walk import Parts, look

TIMED = ("landlords", "listing", "loans", "search", "preferences", "demography", "payment", "investment")
TIMED_OF_LANDLORD = ("rent", "price", "allocation", "screening")
MOST_MOVES = 2_000
SCALES = Quantity("share", 0.0, 1_000.0)
Check = Callable[[Node], tuple[Scenario | None, list[Fault]]]


@dataclass(frozen=True)
class Move:
    """One path that one event touches in one month.

    Attributes
    ----------
    part, of_parts
        Which of how many even steps of a ramp; 1 of 1 for what happens at once.
    gives_back
        Whether it gives back what stood there before the event.
    """

    month: int
    event: str
    how: str
    parts: Parts
    node: Node
    part: int = 1
    of_parts: int = 1
    gives_back: bool = False


@dataclass
class _Held:
    """What an event found at a path, and where a ramp goes from there."""

    node: Node | None
    old: Any
    goal: float | None = None


@dataclass
class Schedule:
    """The moves of all events, and what is wrong with how they are written."""

    start: int
    n_months: int
    moves: list[Move] = field(default_factory=list)
    acts: list[tuple[int, RuleBlock]] = field(default_factory=list)
    claims: list[tuple[Parts, int, int, str, Node]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def take(self, event: Event, node: Node, name: str) -> None:
        """One more event."""
        first = event.month if event.month is not None else cast(int, event.at) - self.start
        last = self._last(event, node, name)
        if first < 0:
            self._fault(node.child("at") or node, "event_before_start", f"{name}.at")
        elif last is not None and last < first:
            self._fault(node.child("until") or node, "event_until", f"{name}.until")
        else:
            self._months(event, node, name, first, last)

    def _last(self, event: Event, node: Node, name: str) -> int | None:
        if event.until is None or isinstance(event.until, int):
            return event.until
        return parse_month(event.until) - self.start

    def _fault(self, node: Node, fault: str, path: str, /, **values: object) -> None:
        self.faults.append(fault_at(node, fault, f"timeline.{path}", **values))

    def _months(self, event: Event, node: Node, name: str, first: int, last: int | None) -> None:
        end = last if last is not None else self.n_months - 1
        months = range(first, end + 1, event.every) if event.every else range(first, first + 1)
        if len(months) + (event.ramp or 0) > MOST_MOVES:
            self._fault(node, "timeline_too_long", name, most=MOST_MOVES)
            return
        if event.do is not None:
            self.acts += [(month, event.do) for month in months]
        for how in ("set", "add", "scale"):
            written = node.child(how)
            for path, value in ((written and written.map) or {}).items():
                if self._may_change(path, value, f"{name}.{how}.{path}"):
                    for month in months:
                        self._path(event, name, how, split(path), value, month, last)

    def _may_change(self, path: str, node: Node, told: str) -> bool:
        parts = split(path)
        of_landlord = parts[0] == "landlords" and (len(parts) < 3 or parts[2] not in TIMED_OF_LANDLORD)
        if parts[0] in TIMED and not of_landlord:
            return True
        known = ", ".join((*TIMED[1:], *(f"landlords.<id>.{part}" for part in TIMED_OF_LANDLORD)))
        self.faults.append(fault_at_key(node, "not_timed", f"timeline.{told}", path=path, known=known))
        return False

    def _path(self, event: Event, name: str, how: str, parts: Parts, node: Node, month: int, last: int | None) -> None:
        n = event.ramp or 1
        self.moves += [Move(month + part, name, how, parts, node, part + 1, n) for part in range(n)]
        gives_back = last is not None and not event.every
        if gives_back:
            self.moves.append(Move(cast(int, last) + 1, name, how, parts, node, gives_back=True))
        until = max(month + n - 1, cast(int, last)) if gives_back else month + n - 1
        self.claims.append((parts, month, until, name, node))

    def conflicts(self) -> list[Fault]:
        """A fault for each event that touches what another touches or holds in the same month."""
        by_path: dict[Parts, list[tuple[int, int, str, Node]]] = {}
        for parts, first, last, name, node in self.claims:
            by_path.setdefault(parts, []).append((first, last, name, node))
        faults = []
        for parts in by_path:
            above = [by_path.get(parts[:done], []) for done in range(1, len(parts))]
            own = by_path[parts]
            faults += _overlaps(
                sorted([*own, *(claim for some in above for claim in some)], key=lambda c: c[:2]), parts
            )
        return faults


def _overlaps(claims: list[tuple[int, int, str, Node]], parts: Parts) -> list[Fault]:
    faults = []
    held: tuple[int, int, str, Node] | None = None
    for claim in claims:
        if held is not None and claim[0] <= held[1]:
            path = ".".join(parts)
            values = {"path": path, "other": held[2], "line": held[3].line}
            faults.append(fault_at_key(claim[3], "event_conflict", f"timeline.{claim[2]}", **values))
        if held is None or claim[1] > held[1]:
            held = claim
    return faults


def timeline_of(scenario: Scenario, before: Scenario, tree: Node, check: Check) -> tuple[Timeline, list[Fault]]:
    """The timeline of a scenario, and everything that is wrong with it."""
    schedule = Schedule(scenario.time.start, scenario.time.months)
    for number, event in enumerate(scenario.events):
        node = cast(Node, tree.at(("timeline", number)))
        schedule.take(event, node, event.id or str(number))
    faults = schedule.faults + schedule.conflicts()
    if not faults and len(schedule.moves) > MOST_MOVES:
        faults = [fault_at(cast(Node, tree.at(("timeline",))), "timeline_too_long", "timeline", most=MOST_MOVES)]
    if faults:
        return Timeline(before, scenario), faults
    play = _Play(scenario, _without_plans(tree), check)
    months = sorted({move.month for move in schedule.moves} | {month for month, _ in schedule.acts})
    steps = tuple(play.month(month, schedule) for month in months)
    return Timeline(before, scenario, steps), play.faults


def _without_plans(tree: Node) -> Node:
    """What is in force in a month has no timeline and no levers of its own."""
    return tree.placed(("timeline",), None).placed(("levers",), None)


class _Play:
    """Passes the months in which something happens, and keeps the tree that results."""

    def __init__(self, scenario: Scenario, tree: Node, check: Check) -> None:
        self.scenario = scenario
        self.faults: list[Fault] = []
        self._tree = tree
        self._check = check
        self._held: dict[tuple[str, Parts], _Held] = {}

    def month(self, month: int, schedule: Schedule) -> Step:
        """What happens in one month: first what is given back, then what is new."""
        moves = [move for move in schedule.moves if move.month == month]
        done = [move for move in sorted(moves, key=lambda move: not move.gives_back) if self._moved(move)]
        acts = tuple(act for when, act in schedule.acts if when == month)
        return Step(month, self.scenario, tuple((move.event, ".".join(move.parts)) for move in done), acts)

    def _moved(self, move: Move) -> bool:
        key = (move.event, move.parts)
        if move.gives_back:
            return key in self._held and self._graft(move, self._held.pop(key).node)
        if move.part == 1:
            entry = look(self.scenario, move.parts)
            self._held[key] = _Held(self._tree.at(move.parts), entry.value if entry is not None else None)
        try:
            node = self._target(move, self._held[key])
        except PydanticCustomError as error:
            self._refused(move, error)
            return False
        return node is not None and self._graft(move, node)

    def _target(self, move: Move, held: _Held) -> Node | None:
        """What stands at the path after a move."""
        if move.how == "set" and move.of_parts == 1:
            return move.node
        if move.part == 1:
            held.goal = self._goal(move, held)
        if held.goal is None:
            return None
        number = held.old + (held.goal - held.old) * move.part / move.of_parts
        entry = look(self.scenario, move.parts)
        whole = entry is not None and entry.quantity is not None and entry.quantity.whole
        return Node(round(number) if whole else number, *_where(move.node), move.node.key)

    def _goal(self, move: Move, held: _Held) -> float | None:
        """The number where an event goes, in the house unit."""
        entry = look(self.scenario, move.parts)
        quantity = entry.quantity if entry is not None else None
        if quantity is None or isinstance(held.old, bool) or not isinstance(held.old, int | float):
            self._say(move, "event_not_a_number", found=".".join(move.parts))
            return None
        raw = move.node.plain()
        if move.how == "add":
            return float(held.old + quantity.converted(raw))
        if move.how == "scale":
            return float(held.old * cast(float, SCALES.check(raw)))
        goal = quantity.check(raw)
        if not isinstance(goal, int | float):
            self._say(move, "event_not_a_number", found=".".join(move.parts))
            return None
        return float(goal)

    def _graft(self, move: Move, node: Node | None) -> bool:
        place = self._place(move)
        tree, faults = placed(self._tree, move.parts, node, place)
        scenario, found = self._check(tree) if not faults else (None, [])
        if scenario is None:
            self.faults += faults + moved_to(found, [move.node], place)
            return False
        self._tree, self.scenario = tree, scenario
        return True

    def _refused(self, move: Move, error: PydanticCustomError) -> None:
        values = dict(cast(dict[str, Any], error.context)["values"])
        node = move.node.child(str(values.pop("at", "")) or "value") or move.node
        self.faults.append(Fault(error.type, values, node.place(self._place(move).path)))

    def _say(self, move: Move, fault: str, /, **values: object) -> None:
        self.faults.append(Fault(f"scenario.{fault}", values, self._place(move)))

    def _place(self, move: Move) -> Place:
        return move.node.place(f"timeline.{move.event}.{move.how}.{'.'.join(move.parts)}")


def _where(node: Node) -> tuple[str | None, int | None, int | None]:
    return node.file, node.line, node.column
