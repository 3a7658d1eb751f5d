"""What one section demands of another: no landlords without money, no search rules without landlords."""

from __future__ import annotations

from sim.base.errors import Fault
from sim.scenario.fields import TENURES
from sim.scenario.housing import OWNING_KINDS
from sim.scenario.nodes import Node, fault_at, fault_at_key

MONEY_SECTIONS = ("stock", "constants", "founding", "tenures", "landlords", "loans", "payment", "investment")
NEEDED_WITH_MONEY = ("stock", "tenures", "landlords", "loans")
BARE_SEARCH = ("who", "judged", "accept", "move")
MONEY_SEARCH = ("rules", "choosy", "top_rank", "rooms_slack", "shuns_new")
RENTAL = TENURES[:2]


def disagreements(tree: Node) -> list[Fault]:
    """Faults between sections, as far as they can be seen in what was written."""
    return [*_money(tree), *_tempo(tree), *_tenures(tree)]


def uses_money(tree: Node) -> bool:
    """Whether rents and prices exist; so they do unless ``money: false`` is written."""
    return _said(tree, "money") is not False


def _said(tree: Node, *parts: str) -> object:
    node = tree.at(parts)
    return node.value if node is not None else None


def _money(tree: Node) -> list[Fault]:
    entries = tree.map or {}
    if not uses_money(tree):
        written = [key for key in MONEY_SECTIONS if key in entries]
        return [fault_at_key(entries[key], "without_money", key, key=key) for key in written]
    faults = [fault_at(tree, "needed_with_money", key, key=key) for key in NEEDED_WITH_MONEY if key not in entries]
    if _said(tree, "space", "kind") == "lattice":
        faults = [fault_at(tree.nearest(("space", "kind")), "lattice_without_money", "space.kind")]
    elif (inline := tree.at(("space", "areas"))) is not None:
        faults.append(fault_at_key(inline, "inline_without_money", "space.areas"))
    return faults


def _tempo(tree: Node) -> list[Fault]:
    """With money both tempos share what households watch and why they look; without it each has keys of its own."""
    search, stop = tree.at(("search",)), tree.at(("time", "stop"))
    is_sequential, has_money = _said(tree, "tempo") == "sequential", uses_money(tree)
    wrong = MONEY_SEARCH if is_sequential and not has_money else BARE_SEARCH
    key, values = _whose(is_sequential, has_money)
    faults = [
        fault_at_key(node, key, f"search.{name}", key=name, **values)
        for name, node in ((search and search.map) or {}).items()
        if name in wrong
    ]
    if not (is_sequential and not has_money) and stop is not None and stop.value is not None:
        faults.append(fault_at_key(stop, key, "time.stop", key="stop", **values))
    return faults


def _whose(is_sequential: bool, has_money: bool) -> tuple[str, dict[str, str]]:
    """The sentence for a key that belongs to another kind of town, and what it belongs to."""
    if has_money and is_sequential:
        return "other_money", {"money": "false"}
    return "other_tempo", {"tempo": "monthly" if is_sequential else "sequential"}


def _tenures(tree: Node) -> list[Fault]:
    """A rental needs a landlord that lets, an owned home one that sells."""
    kinds = {name: _said(tree, "landlords", name, "kind") for name in ids(tree, "landlords")}
    faults = []
    for name in ids(tree, "tenures"):
        landlord = tree.at(("tenures", name, "landlord"))
        kind = kinds.get(str(landlord.value)) if landlord is not None else None
        if landlord is not None and isinstance(kind, str) and (name in RENTAL) == (kind in OWNING_KINDS):
            faults.append(fault_at(landlord, "tenure_and_landlord", f"tenures.{name}.landlord", tenure=name, kind=kind))
    return faults


def ids(tree: Node, *parts: str) -> tuple[str, ...]:
    """Ids of the items of a list, as far as they are written."""
    found = tree.at(parts)
    return tuple(item.id for item in (found.items if found is not None else None) or () if item.id is not None)
