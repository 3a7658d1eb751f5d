"""The page of the Python face: what a notebook calls, as its docstrings say it."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import sim
from sim.engine.history import Sampled

HEAD = """# The Python face

Five names are all that a notebook needs: `sim.load`, `sim.assemble`, `sim.run`, `sim.HousingModel`, `sim.Record`.
Everything else may change between versions.

"""


def page() -> str:
    """The whole page."""
    functions = [_entry(f"sim.{name}", getattr(sim, name)) for name in ("load", "assemble", "run")]
    classes = [_class("sim.HousingModel", sim.HousingModel), _class("sim.Record", sim.Record)]
    return "\n".join([HEAD, *functions, *classes, _entry("sim.engine.history.Sampled", Sampled)])


def _entry(name: str, thing: object, level: str = "##") -> str:
    doc = inspect.getdoc(thing) or ""
    return f"{level} {name}\n\n```text\n{name.rpartition('.')[2]}{_signature(thing)}\n\n{doc}\n```\n"


def _signature(thing: object) -> str:
    return str(inspect.signature(thing)).replace("'", "") if callable(thing) else ""


def _class(name: str, cls: type) -> str:
    return "\n".join([_entry(name, cls), *_members(name, cls)])


def _members(name: str, cls: type) -> Iterator[str]:
    """Own public methods and properties, in the order in which they stand."""
    for member, value in vars(cls).items():
        if member.startswith("_"):
            continue
        if isinstance(value, property):
            yield f"### {name}.{member}\n\n{(inspect.getdoc(value) or '').replace('``', '`')}\n"
        elif isinstance(value, classmethod):
            yield _entry(f"{name}.{member}", getattr(cls, member), "###")
        elif inspect.isfunction(value):
            yield _entry(f"{name}.{member}", value, "###")
