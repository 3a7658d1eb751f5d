"""Faults: what pydantic found, told with the place in the file where it stands."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from sim.base.errors import Fault
from sim.scenario.nodes import Node, Parts, dotted
from sim.scenario.refusals import shown

_KEYS = {
    "missing": "missing_key",
    "model_type": "not_a_map",
    "dict_type": "not_a_map",
    "tuple_type": "not_a_list",
    "string_type": "not_text",
    "bool_type": "not_true_or_false",
}


def faults_of(error: ValidationError, tree: Node) -> list[Fault]:
    """A fault for each error, in the order of the file."""
    return [_fault(dict(found), tree) for found in error.errors(include_url=False)]


def _fault(found: dict[str, Any], tree: Node) -> Fault:
    context = found.get("ctx") or {}
    values = dict(context.get("values", {}))
    parts, at_key = _parts(found["loc"], str(values.pop("at", "") or ""))
    at_key |= bool(values.pop("at_key", False))
    node, path = tree.nearest(parts), dotted(tree, parts)
    place = node.key_place(path) if at_key and tree.at(parts) is node else node.place(path)
    if "." in found["type"]:
        return Fault(found["type"], values, place)
    return Fault(f"scenario.{_KEYS.get(found['type'], 'other')}", _said(found, parts), place)


def _parts(loc: tuple[str | int, ...], at: str) -> tuple[Parts, bool]:
    """The path of an error; ``[key]`` is pydantic's way to say that the key itself is wrong."""
    at_key = bool(loc) and loc[-1] == "[key]"
    parts = loc[:-1] if at_key else loc
    return (*parts, *(at.split(".") if at else ())), at_key


def _said(found: dict[str, Any], parts: Parts) -> dict[str, object]:
    return {
        "found": shown(found["input"]),
        "key": parts[-1] if parts else "",
        "problem": found["msg"],
    }
