"""JSON Schema for editors, made from the same sections and the same declared parameters that check a file.

Readable as draft-07. A file that builds upon another may leave out whatever the other says, so there are two
variants of every definition: whole, and partial (where ``extends`` is written).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from sim.base.registry import Registry
from sim.scenario.housing import MIXED, AllocationSection, MixedSection
from sim.scenario.quantities import QUANTITY, quantity_schema
from sim.scenario.rules import RULE, TERMS, rule_model
from sim.scenario.schedule import TIMED
from sim.scenario.schema import Scenario
from sim.scenario.section import Section

REF = "#/definitions/"
PARTIAL = "partial."
EXTENDS = {
    "description": "A file or a scenario that ships, or a list of them: what this scenario is built upon.",
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
}
Json = dict[str, Any]


def scenario_schema(registry: Registry) -> Json:
    """The schema of scenario files that name rules of this registry."""
    builder = _Builder(registry)
    builder.add("Scenario", Scenario)
    builder.definitions["quantity"] = quantity_schema()
    for section in TIMED:
        builder.definitions["Scenario"]["properties"][section]["x-timed"] = True
    whole = builder.definitions
    partial = {PARTIAL + name: _partial(definition) for name, definition in whole.items() if name != "quantity"}
    partial[f"{PARTIAL}Scenario"]["properties"]["extends"] = EXTENDS
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "hemvist-scenario/1",
        "type": "object",
        "if": {"required": ["extends"]},
        "then": {"$ref": f"{REF}{PARTIAL}Scenario"},
        "else": {"$ref": f"{REF}Scenario"},
        "definitions": {**whole, **partial},
    }


def section_schema(format_: str, name: str, model: type[Section], registry: Registry) -> Json:
    """The schema of files of another format, made of sections too."""
    builder = _Builder(registry)
    builder.add(name, model)
    builder.definitions["quantity"] = quantity_schema()
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": format_,
        "type": "object",
        "$ref": f"{REF}{name}",
        "definitions": builder.definitions,
    }


class _Builder:
    """Collects definitions, those of rules when they are first named."""

    def __init__(self, registry: Registry) -> None:
        self.definitions: dict[str, Json] = {}
        self._registry = registry

    def add(self, name: str, model: type[Section], prefix: str = "") -> Json:
        """Define a section and everything in it."""
        schema = model.model_json_schema(ref_template=f"{REF}{prefix}{{model}}")
        self.definitions[name] = {}
        for inner, definition in schema.pop("$defs", {}).items():
            self.definitions[f"{prefix}{inner}"] = self._finished(definition)
        self.definitions[name] = self._finished(schema)
        return self.definitions[name]

    def _finished(self, schema: Any) -> Any:
        """The schema with markers of rules and quantities replaced, and without made-up titles."""
        return _mapped(schema, self._replaced)

    def _replaced(self, schema: Json) -> Json:
        if isinstance(schema.get("title"), str):
            schema = {key: value for key, value in schema.items() if key != "title"}
        if QUANTITY in schema:
            return {"$ref": f"{REF}quantity"}
        if RULE in schema:
            return {"$ref": REF + self._rules(schema[RULE], schema["key"], schema["base"])}
        if TERMS in schema:
            return self._terms(schema[TERMS])
        return schema

    def _rules(self, kind: str, key: str, base: type[Section]) -> str:
        """Name of the definition of all rules of a kind in one kind of block."""
        name = f"{kind}.{base.__name__.strip('_')}"
        if name not in self.definitions:
            self.definitions[name] = {}
            refs = [self._rule(kind, rule, key, base) for rule in self._registry.names(kind)]
            self.definitions[name] = {"anyOf": refs} if refs else {"not": {}}
        return name

    def _rule(self, kind: str, rule: str, key: str, base: type[Section]) -> Json:
        cls = self._registry.find(kind, rule)
        whole = MixedSection if base is AllocationSection and rule == MIXED else base
        name = f"{kind}.{rule}.{base.__name__.strip('_')}"
        definition = self.add(name, rule_model(cls, whole), prefix=f"{name}.")
        definition["description"] = (cls.__doc__ or "").strip().split("\n")[0]
        definition["properties"][key] = {"const": rule}
        definition["required"] = [key, *(other for other in definition.get("required", ()) if other != key)]
        return {"$ref": REF + name}

    def _terms(self, kind: str) -> Json:
        """A map whose keys are the rules of a kind."""
        properties = {}
        for rule in self._registry.names(kind):
            name = f"{kind}.{rule}"
            cls = self._registry.find(kind, rule)
            definition = self.add(name, rule_model(cls, Section), prefix=f"{name}.")
            definition["description"] = (cls.__doc__ or "").strip().split("\n")[0]
            properties[rule] = {"$ref": REF + name}
        return {"type": "object", "additionalProperties": False, "properties": properties}


def _mapped(schema: Any, change: Callable[[Json], Json]) -> Any:
    """A schema rebuilt from the inside out."""
    if isinstance(schema, dict):
        return change({key: value if key == "base" else _mapped(value, change) for key, value in schema.items()})
    return [_mapped(item, change) for item in schema] if isinstance(schema, list) else schema


def _partial(schema: Json) -> Json:
    """The same, nothing required, and with ``remove: true`` allowed in every map of fixed keys."""

    def change(part: Json) -> Json:
        if isinstance(part.get("required"), list):
            part = {key: value for key, value in part.items() if key != "required"}
        if part.get("additionalProperties") is False and isinstance(part.get("properties"), dict):
            part = {**part, "properties": {**part["properties"], "remove": {"const": True}}}
        reference = part.get("$ref")
        if isinstance(reference, str) and reference != f"{REF}quantity":
            part = {**part, "$ref": f"{REF}{PARTIAL}{reference.removeprefix(REF)}"}
        return part

    return cast(Json, _mapped(schema, change))
