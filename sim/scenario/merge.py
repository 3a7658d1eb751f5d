"""One tree laid upon another: maps merge, lists merge by id, a new rule or kind and every quantity replace whole.

* Maps merge key by key.
* A map with another ``rule`` or ``kind`` than the one below replaces it whole: no leftovers.
* A quantity (a map with ``value``) is replaced whole, or the old source would vouch for the new number.
* Lists merge by ``id`` (a rule block without one goes by its rule) if every item on both sides has one; any other
  list, the empty one too, replaces. New items come last.
* ``remove: true`` in an item takes it away.
"""

from __future__ import annotations

from dataclasses import replace

from sim.base.errors import Fault
from sim.scenario.nodes import Node, fault_at, fault_at_key

REPLACING = ("rule", "kind", "act")


def merged(below: Node | None, above: Node) -> Node:
    """``above`` laid upon ``below``; what it removes stays marked until ``without_removed``."""
    if below is None:
        return above
    if below.map is not None and above.map is not None:
        return _merged_maps(below, above, below.map, above.map)
    if below.items is not None and above.items and _all_named(below.items) and _all_named(above.items):
        return replace(above, value=_merged_items(below.items, above.items))
    return above


def _merged_maps(below: Node, above: Node, lower: dict[str, Node], upper: dict[str, Node]) -> Node:
    if "value" in lower or "value" in upper or any(_differ(lower, upper, key) for key in REPLACING):
        return above
    entries = dict(lower)
    for key, node in upper.items():
        entries[key] = merged(lower.get(key), node)
    return replace(above, value=entries)


def _differ(lower: dict[str, Node], upper: dict[str, Node], key: str) -> bool:
    return key in lower and key in upper and lower[key].value != upper[key].value


def _all_named(items: tuple[Node, ...]) -> bool:
    return all(item.id is not None for item in items)


def _merged_items(lower: tuple[Node, ...], upper: tuple[Node, ...]) -> tuple[Node, ...]:
    by_id = {item.id: item for item in lower}
    for item in upper:
        by_id[item.id] = merged(by_id.get(item.id), item)
    return tuple(by_id.values())


def without_removed(below: Node | None, node: Node, path: str = "") -> tuple[Node | None, list[Fault]]:
    """The tree without what is marked ``remove: true``; a mark on what ``below`` does not hold is a fault."""
    if node.map is not None and "remove" in node.map:
        mark, faults = node.map["remove"], []
        if mark.value is not True:
            faults.append(fault_at(mark, "remove_true", path, found=mark.plain()))
        elif below is None:
            faults.append(fault_at_key(mark, "nothing_to_remove", path))
        return None, faults
    if node.map is not None:
        return _map_without_removed(below, node, node.map, path)
    if node.items is not None:
        return _items_without_removed(below, node, node.items, path)
    return node, []


def _map_without_removed(
    below: Node | None, node: Node, entries: dict[str, Node], path: str
) -> tuple[Node, list[Fault]]:
    kept: dict[str, Node] = {}
    faults: list[Fault] = []
    for key, inner in entries.items():
        left, found = without_removed(below.child(key) if below else None, inner, f"{path}.{key}".lstrip("."))
        faults += found
        if left is not None:
            kept[key] = left
    return replace(node, value=kept), faults


def _items_without_removed(
    below: Node | None, node: Node, items: tuple[Node, ...], path: str
) -> tuple[Node, list[Fault]]:
    kept: list[Node] = []
    faults: list[Fault] = []
    for number, item in enumerate(items):
        name = item.id if item.id is not None else str(number)
        left, found = without_removed(below.child(name) if below else None, item, f"{path}.{name}".lstrip("."))
        faults += found
        if left is not None:
            kept.append(left)
    return replace(node, value=tuple(kept)), faults


def doubled_ids(node: Node, path: str = "") -> list[Fault]:
    """A fault for each item of a list whose id (or, without one, whose rule) stands there already."""
    faults: list[Fault] = []
    children = node.map.items() if node.map is not None else _numbered(node)
    for name, inner in children:
        faults += doubled_ids(inner, f"{path}.{name}".lstrip("."))
    first: dict[str, Node] = {}
    for item in node.items or ():
        if item.id is not None and item.id in first:
            at = (item.map or {}).get("id", item)
            faults.append(fault_at(at, "doubled_id", path, id=item.id, first=first[item.id].line))
        elif item.id is not None:
            first[item.id] = item
    return faults


def _numbered(node: Node) -> list[tuple[str, Node]]:
    return [(item.id or str(number), item) for number, item in enumerate(node.items or ())]
