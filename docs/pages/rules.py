"""The page of rules: every rule by its kind, with its parameters."""

from __future__ import annotations

from typing import Any

from pages.markdown import cell, code, docstring, number, source_of, table
from sim.base.language import say
from sim.base.parameters import Parameter, declared
from sim.rules import built_in

KINDS = {
    "rent": "What a landlord charges: `landlords.<id>.rent`.",
    "price": "What owned homes cost: `landlords.<id>.price`.",
    "allocation": "Who gets which home: `landlords.<id>.allocation`. Every block of this kind may also hold "
    "`eligibility` and `reserves`, see [the keys of a scenario](scenario.md).",
    "admission": "To whom a home is closed, by known rules: a list in `landlords.<id>.allocation.admission`, "
    "or in `listing.admission` for all homes. All of them must admit; one at rest is not asked.",
    "screening": "Whom a landlord drops before ranking, where it chooses freely: `landlords.<id>.screening`.",
    "search": "Who begins to look for a home: a list in `search.rules`.",
    "preference": "The named terms of utility: a map in `preferences.profiles.<id>.terms`. A term that is not written "
    "is switched off.",
    "demography": "How households come, change and go: a list in `demography.rules`, asked in its order.",
    "investment": "What landlords, developers and the municipality do with the stock: a list in `investment.rules`. "
    "Where a rule stands in the list makes no difference.",
    "payment": "How a home is paid, and what follows where it is not: a list in `payment.rules`.",
}
"""Shelves that a scenario names rules of; the others are blocks of ``allocation``."""

HEAD = """# Rules and their parameters

A rule *proposes*: it reads a city and returns an array. The engine decides what comes of it. In a scenario a rule is
named by its file: `rule: queue` is `sim/rules/allocation/queue.py`.

**How to read the tables.** *Default* holds where a scenario says nothing. *Source* says where the default comes from;
*assumed* means that nobody has measured it. *Status* is how well it is known: `verified` in the named source, `derived`
from verified figures, `recalled` without a source at hand, `estimate`, or `assumed`. `hemvist list rules` shows the
same on your screen, and [a rule of your own](../how-to/add-a-rule.md) joins them.

"""


def page() -> str:
    """The whole page."""
    registry = built_in()
    parts = [HEAD]
    for kind, about in KINDS.items():
        parts.append(f"## {kind}\n\n{about}\n")
        parts += [_rule(registry.find(kind, name)) for name in registry.names(kind)]
    return "\n".join(parts)


def _rule(cls: Any) -> str:
    key = f"parameters.{cls.kind}.{cls.name}"
    about = say(f"{key}._about")
    parts = [f"### {cls.kind}: {cls.name}", about, docstring(cls, beside=about), f"File: {source_of(cls)}"]
    return "\n\n".join([*(part for part in parts if part), _parameters(declared(cls), key)])


def _parameters(specs: tuple[Parameter, ...], key: str) -> str:
    rows = [
        (code(one.name), say(f"{key}.{one.name}"), _values(one), number(one.default), one.source, one.status)
        for one in specs
    ]
    if not rows:
        return "No parameters.\n"
    return table(("parameter", "what it is", "unit and bounds", "default", "source of the default", "status"), rows)


def _values(spec: Parameter) -> str:
    """What may be written."""
    if spec.kind == "choice":
        words = ", ".join(code(word) for word in spec.of)
        return f"one of {words}" + (" or none" if spec.optional else "")
    if spec.kind == "flag":
        return "true or false"
    if spec.kind == "areas":
        return f"one of {', '.join(code(word) for word in spec.of)}, or a list of ids of areas"
    if spec.block is not None:
        return f"a block for some groups, with {', '.join(code(one.name) for one in declared(spec.block))}"
    return cell(_kind(spec) + _unit(spec) + _bounds(spec) + _or(spec))


def _kind(spec: Parameter) -> str:
    if spec.kind == "numbers":
        return f"{len(spec.default)} numbers"
    words = {"integer": "whole number", "points": "points [share, worth]", "by_group": "a number for some groups"}
    return words.get(spec.kind, "number")


def _unit(spec: Parameter) -> str:
    return f", {spec.unit}" if spec.unit not in ("", "1") else ""


def _bounds(spec: Parameter) -> str:
    if spec.low is None and spec.high is None:
        return ""
    low, high = ("" if end is None else f"{end:g}" for end in (spec.low, spec.high))
    return f", {low} to {high}" if low and high else f", from {low}" if low else f", up to {high}"


def _or(spec: Parameter) -> str:
    return "".join(f", or `{word}`" for word in (*spec.of, *(("null",) if spec.optional else ())))
