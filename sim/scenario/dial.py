"""The dial between home as a right and home as a commodity: a few sub-dials, each with the settings that it publishes.

0 is the right, 0.5 today's rules, 1 the commodity. Each sub-dial lists the paths that it sets with their three values;
between them lie straight lines. What a dial sets takes the place of what the rest of the scenario says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

from sim.base.errors import Fault
from sim.scenario.fields import Name, Text
from sim.scenario.nodes import Node, Parts, fault_at, split
from sim.scenario.paths import placed
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import refuse
from sim.scenario.section import Section
from sim.scenario.walk import look

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

Position = Annotated[float, Quantity("share", 0.0, 1.0, is_design=True)]
OwnPosition = Annotated[float | None, Quantity("share", 0.0, 1.0, optional=True, is_design=True)]
TODAY = 0.5


@dataclass(frozen=True)
class Three:
    """The values of a path at the right end, today and at the commodity end."""

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> object:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: object, handler: object) -> dict[str, object]:
        return {"type": "array", "items": {"type": "number"}, "minItems": 3, "maxItems": 3}

    @staticmethod
    def _check(raw: object) -> tuple[float, ...]:
        three = raw if isinstance(raw, tuple) and len(raw) == 3 else ()
        if not three or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in three):
            refuse("dial_three")
        return tuple(float(one) for one in three)


class SubDial(Section):
    """One part of the dial: it follows the dial unless it has a position of its own."""

    id: Name
    label: Text
    position: OwnPosition = None
    sets: dict[str, Annotated[tuple[float, ...], Three()]]


class Dial(Section):
    """One number for all sub-dials: 0 the right, 0.5 today, 1 the commodity."""

    position: Position = TODAY
    sub_dials: tuple[SubDial, ...]

    def stands_at(self, part: SubDial) -> float:
        """Position of a sub-dial."""
        return self.position if part.position is None else part.position


def between(values: tuple[float, ...], position: float) -> float:
    """A value on the straight lines from the right by today to the commodity.

    Examples
    --------
    >>> between((0.0, 1.0, 3.0), 0.75)
    2.0
    """
    low, high, way = (*values[:2], position / TODAY) if position <= TODAY else (*values[1:], position / TODAY - 1.0)
    return (1.0 - way) * low + way * high


def settings(dial: Dial) -> Iterator[tuple[SubDial, str, float]]:
    """Every path that a dial sets, and to what."""
    for part in dial.sub_dials:
        for path, values in part.sets.items():
            yield part, path, between(values, dial.stands_at(part))


def _figure(number: float, at: Node) -> Node:
    """A figure as a dial sets it: where it is published, and assumed."""
    return replace(at, value={"value": replace(at, value=number), "source": replace(at, value="assumed")})


def turned(tree: Node, scenario: Scenario, by_hand: set[Parts]) -> tuple[Node, list[Fault]]:
    """The tree with what its dial sets, and what is wrong with that.

    Parameters
    ----------
    tree : Node
    scenario : Scenario
        What the tree says before the dial is turned.
    by_hand : set
        Paths that somebody sets beside it: they may not be those of the dial.
    """
    faults: list[Fault] = []
    for part, path, value in settings(scenario.dial) if scenario.dial is not None else ():
        where = ("dial", "sub_dials", part.id, "sets", path)
        node, parts = tree.nearest(where), split(path)
        entry = look(scenario, parts)
        if entry is None or entry.quantity is None:
            faults.append(fault_at(node, "dial_path", ".".join(where), path=path))
        elif parts in by_hand:
            faults.append(fault_at(node, "dial_and_hand", ".".join(where), path=path, dial=part.id))
        else:
            number = round(value) if entry.quantity.whole else value
            if entry.value != number:
                tree, found = placed(tree, parts, _figure(number, node), node.place(path))
                faults += found
    return tree, faults
