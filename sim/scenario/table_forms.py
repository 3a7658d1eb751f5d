"""What the tables of a scenario hold, by section, and what one table demands of another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sim.base.errors import Fault, Place
from sim.base.registry import nearest
from sim.scenario.fields import TENURES
from sim.scenario.quantities import Quantity
from sim.scenario.tables import ColumnForm, Table, TableForm


def _number(name: str, low: float | None = 0.0, high: float | None = None, needed: bool = False) -> ColumnForm:
    return ColumnForm(name, Quantity("", low, high), needed)


RENTAL = "rental"
"""Public and private rentals together, divided by ``public_share``."""

AREAS = TableForm(
    (
        ColumnForm("id", needed=True),
        ColumnForm("name"),
        ColumnForm("part"),
        ColumnForm("municipality"),
        _number("lat", -90.0, 90.0, needed=True),
        _number("lon", -180.0, 180.0, needed=True),
        ColumnForm("km2", Quantity("", above=0.0)),
        _number("amenity", None),
        _number("service", None),
        _number("travel_minutes"),
        _number("built_from", 1000.0, 2100.0),
        _number("built_to", 1000.0, 2100.0),
        _number("homes_special_left_out"),
        _number("sale_price_per_m2"),
        _number("queue_years"),
        _number("same_address", 0.0, 1.0),
    ),
    key=("id",),
)

STOCK = TableForm(
    (
        ColumnForm("area", needed=True),
        ColumnForm("tenure", needed=True, of=(*TENURES, RENTAL)),
        _number("homes", needed=True),
        _number("persons"),
        _number("public_share", 0.0, 1.0),
        _number("rooms"),
        _number("rent_per_m2"),
        _number("price_per_m2"),
    ),
    key=("area", "tenure"),
)

MARGINS = TableForm(
    (
        ColumnForm("margin", needed=True),
        ColumnForm("kind", needed=True),
        ColumnForm("of"),
        ColumnForm("area"),
        ColumnForm("tenure"),
        ColumnForm("group"),
        ColumnForm("size"),
        ColumnForm("age"),
        ColumnForm("income"),
        _number("value", None, needed=True),
    ),
    key=("margin", "area", "tenure", "group", "size", "age", "income"),
)

CONSTANTS = TableForm(
    (ColumnForm("area", needed=True), ColumnForm("of", needed=True), _number("value", -3.0, 3.0, needed=True)),
    key=("area", "of"),
)
"""``of`` is a tenure or a group; values are in units of utility and bounded."""

TARGETS = TableForm(
    (
        ColumnForm("row", needed=True),
        _number("low", None),
        _number("high", None),
        ColumnForm("of", needed=True, of=("value", "change", "ratio")),
    ),
    key=("row",),
)
"""``row`` is a reading of ``hemvist baseline``; ``of`` says what is bounded: it, or its change since the founding."""

FORMS: Mapping[str, TableForm] = {
    "space": AREAS, "stock": STOCK, "constants": CONSTANTS, "population": MARGINS, "targets": TARGETS,
}  # fmt: skip


def disagreements(tables: Mapping[str, Table], groups: tuple[str, ...]) -> Iterable[Fault]:
    """Areas that only one table knows, and groups that the scenario does not list."""
    areas = tables["space"].texts("id") if "space" in tables else None
    for section in ("stock", "constants", "population"):
        if section in tables and areas is not None:
            yield from _unknown(tables[section], "area", areas)
    if "stock" in tables and areas is not None:
        yield from _without_homes(tables["stock"], areas)
    if "constants" in tables:
        yield from _unknown(tables["constants"], "of", (*TENURES, *groups))
    if "population" in tables:
        yield from _unknown(tables["population"], "group", groups)


def _unknown(table: Table, column: str, known: tuple[str, ...]) -> Iterable[Fault]:
    for row, text in enumerate(table.texts(column)):
        if text and text not in known:
            meant = nearest(text, known)
            key = f"table_{column}_unknown_suggest" if meant else f"table_{column}_unknown"
            yield table.fault(row, column, key, found=text, meant=meant)


def _without_homes(stock: Table, areas: tuple[str, ...]) -> Iterable[Fault]:
    missing = [area for area in areas if area not in set(stock.texts("area"))]
    if missing:
        shown = ", ".join(missing[:10]) + (", ..." if len(missing) > 10 else "")
        yield Fault("scenario.table_areas_missing", {"missing": shown, "n": len(missing)}, Place(stock.name))
