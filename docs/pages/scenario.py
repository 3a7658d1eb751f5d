"""The page of scenario keys: every section that a file may hold, with units, bounds and defaults."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from pages.markdown import code, number, table
from sim.scenario import dial, events, fields, housing, people, schedule, schema, world
from sim.scenario.quantities import Quantity
from sim.scenario.section import Section, quantity_of
from sim.scenario.table_forms import FORMS
from sim.scenario.tables import TableForm

SECTIONS: tuple[tuple[str, type[Section]], ...] = (
    ("The file", schema.Scenario),
    ("title, label, help", fields.Text),
    ("sources", world.Source),
    ("time", world.Time),
    ("space: areas", world.AreasSpace),
    ("space.areas", world.InlineArea),
    ("space.neighbourhood", world.Neighbourhood),
    ("space: lattice", world.LatticeSpace),
    ("table", fields.TableName),
    ("stock", world.Stock),
    ("constants", world.ConstantsTable),
    ("targets", world.TargetsTable),
    ("founding", world.Founding),
    ("population", world.Population),
    ("population.groups", world.Group),
    ("population.incomes", world.Incomes),
    ("population.queue", world.QueueAtStart),
    ("population.without_home", world.WithoutHome),
    ("tenures", housing.TenureOf),
    ("landlords", housing.Landlord),
    ("landlords.companies", housing.Company),
    ("landlords.allocation", housing.AllocationSection),
    ("landlords.allocation, rule: mixed", housing.MixedSection),
    ("landlords.allocation.parts", housing.PartSection),
    ("landlords.allocation.eligibility", housing.Eligibility),
    ("landlords.allocation.reserves", housing.Reserve),
    ("loans", housing.Loans),
    ("listing", housing.Listing),
    ("search", people.Search),
    ("preferences", people.Preferences),
    ("preferences.profiles", people.Profile),
    ("demography", people.Demography),
    ("payment", people.Payment),
    ("investment", people.Investment),
    ("dial", dial.Dial),
    ("dial.sub_dials", dial.SubDial),
    ("timeline", events.Event),
    ("levers", events.LeverSection),
    ("interventions", events.Intervention),
    ("levers.cost", events.Cost),
)

HEAD = """# Keys of a scenario

A scenario is one YAML file. [Writing one](../how-to/a-scenario.md) says how; this page lists what it may hold.
`hemvist schema --install` gives the same to your editor. `hemvist check` tells everything that is wrong with a file.

* **A figure** is a number, a text with its unit (`1.2 %`, `1.5 km`), or a map with the keys `value`, `unit`, `source`,
  `status`, `note` and `range`. Other units convert: per cent and shares, years and months, hours and minutes, km and m,
  SEK, kSEK and MSEK. A rate per year is twelve times the rate per month.
* **A path** is dotted, items of lists by their id: `landlords.private.rent.location_weight`. `--set`, the timeline and
  levers use paths.
* **A rule block** is `{rule: NAME, parameter: ...}`. [Rules and their parameters](rules.md) has the names.
"""

TABLES = {
    "space": "the table of areas, one row per area",
    "stock": "the table of homes, one row per area and tenure",
    "constants": "what the model does not explain, one row per area and tenure or group",
    "population": "the table of margins, one figure per row",
    "targets": "what the town is known to be like, one reading of `hemvist baseline` per row",
}
ABOUT = (
    "Beside a column `x` there may be `x_status`, `x_source` and `x_note`; `status`, `source` and `note` speak of the "
    "whole row. An empty cell is unknown, never zero."
)
KEYS = Path(__file__).with_name("keys.yaml")


def meanings() -> dict[str, dict[str, str]]:
    """What each key means, by the name of its section in the code."""
    loaded: dict[str, dict[str, str]] = yaml.safe_load(KEYS.read_text(encoding="utf-8"))
    return loaded


def page() -> str:
    """The whole page."""
    timed = ", ".join(code(name) for name in schedule.TIMED)
    about = f"* **The timeline** can change what stands under {timed}; of landlords their rules.\n"
    known = meanings()
    parts = [section_page(title, model, known.get(model.__name__, {})) for title, model in SECTIONS]
    return "\n".join([HEAD + about, *parts, "## Tables\n", *(_table(name, form) for name, form in FORMS.items())])


def section_page(title: str, model: type[Section], known: dict[str, str]) -> str:
    rows = [
        (code(key), known.get(key, ""), _values(model.model_fields[name]), _default(model.model_fields[name]))
        for key, name in model.keys().items()
    ]
    return f"## {title}\n\n{table(('key', 'what it is', 'what may be written', 'default'), rows)}"


def _values(field: FieldInfo) -> str:
    quantity = quantity_of(field)
    words = _words(field.annotation)
    if quantity is not None:
        each = "for each: " if str(field.annotation).startswith("dict[") else ""
        return each + _number(quantity)
    if words:
        return ", ".join(code(word) for word in words)
    return _shape(str(field.annotation), f"{field.annotation} {field.metadata}")


def _number(quantity: Quantity) -> str:
    kind = "whole number" if quantity.whole else "number"
    has_bounds = any(end is not None for end in (quantity.low, quantity.high, quantity.above))
    limits = quantity.bounds() if has_bounds else quantity.unit
    return ", ".join(part for part in (kind, limits) if part)


def _words(annotation: Any) -> tuple[str, ...]:
    """The words of a ``Literal`` somewhere in an annotation."""
    if get_origin(annotation) is Literal:
        return tuple(str(word) for word in get_args(annotation))
    return next((found for part in get_args(annotation) if (found := _words(part))), ())


SHAPES = (
    ("windows._Written", "window"),
    ("tuple[dict", "list of maps"),
    ("tuple[typing.Any", "list of values"),
    ("TermsOf", "rule blocks by name"),
    ("_PartOf", "list, see below"),
    ("_AllocationOf", "allocation block, see below"),
    ("RuleOf", "rule block"),
    ("CalendarMonth", "YYYY-MM"),
    ("WhenMonth", "YYYY-MM, or a number of months"),
    ("NamedTable", "path of a CSV file, or a map, see below"),
    ("Reference", "id of a landlord"),
    ("fields.Text", "`{en, sv}`"),
    ("bool", "true or false"),
    ("dict[str, typing.Any]", "paths and values"),
    ("tuple[str", "list of ids"),
    ("tuple[sim", "list, see below"),
    ("sim.scenario", "map, see below"),
    ("sim.experiment", "map, see below"),
    ("fields.Id", "name in snake_case"),
    ("typing.Any", "number"),
    ("str", "text"),
)
"""What stands in a field's annotation, and what a reader calls it; the first that fits."""


def _shape(annotation: str, told: str) -> str:
    """What sort of value it is, in words."""
    if "fields.Id" in told and "tuple" not in told:
        return "name in snake_case"
    words = next(words for sign, words in SHAPES if sign in told)
    return f"list of {words}s" if words == "rule block" and annotation.startswith("tuple[") else words


def _default(field: FieldInfo) -> str:
    value = field.default
    if field.is_required() or value == "":
        return "must be written"
    if value is PydanticUndefined or value is None or value == ():
        return "nothing"
    return "its own defaults" if isinstance(value, Section) else code(number(value))


def _table(name: str, form: TableForm) -> str:
    rows = [
        (
            code(column.name),
            "text, one of " + ", ".join(code(word) for word in column.of) if column.of
            else "text" if column.number is None else _number(column.number),
            "yes" if column.needed else "",
        )
        for column in form.columns
    ]  # fmt: skip
    key = ", ".join(code(part) for part in form.key)
    said = f"### {name}.table\n\nCSV in UTF-8: {TABLES[name]}. A row is named by {key}. {ABOUT}\n\n"
    return said + table(("column", "what may stand there", "needed"), rows)
