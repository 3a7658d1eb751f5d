"""The files of a town: a scenario built upon another town, and its three tables with a status beside each figure."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sim.base.language import say
from sim.scenario.town.figure import Figure
from sim.scenario.town.filling import Town
from sim.scenario.town.region import COLUMNS, RENTED, Region

HOUSEHOLDS = 6000
"""A town larger than this is run as a sample of so many households, unless its scale is changed (assumed)."""

HOMES_OF_A_LANDLORD = 250
"""Private rentals to a landlord (assumed): a town of 1,000 has four, never fewer than three."""

PLAIN = ("assumed", "region")
PRICES = {"cooperative": "price_flat_per_m2", "owner_occupied": "price_house_per_m2"}


@dataclass(frozen=True)
class Setting:
    """What the files need besides the town.

    Attributes
    ----------
    name, base
        Of the scenario, and of the town that it is built upon.
    income
        Mean disposable income of the base, SEK a month per consumption unit.
    relative_income
        The town's mean income over the base's; None where the table does not give both.
    folder
        What stands before the name of a table in the scenario: "" or ``lerum/``.
    is_calibrated
        Whether area constants lie beside the tables.
    """

    name: str
    base: str
    income: float
    relative_income: float | None = None
    folder: str = ""
    is_calibrated: bool = False


def title_of(town: Town, name: str) -> str:
    """The municipality, else the name of the scenario as words."""
    words = name.replace("-", " ").replace("_", " ")
    return next((one for one in town.municipality if one), words[:1].upper() + words[1:])


def scenario_text(town: Town, setting: Setting, table: str, language: str) -> str:
    """The scenario file."""
    homes = sum(town.total(row) for row in range(len(town.ids)))
    scale = 1.0 if homes <= HOUSEHOLDS else round(HOUSEHOLDS / homes, 2)
    private = sum(of_area["private_rental"].value for of_area in town.homes)
    constants = f"{{table: {setting.folder}constants.csv}}" if setting.is_calibrated else "{remove: true}"
    return say(
        "town.scenario", language, id=setting.name.replace("-", "_"), base=setting.base,
        title=json.dumps(title_of(town, setting.name), ensure_ascii=False)[1:-1], table=table, name=setting.name,
        sources="\n".join(f"  - {line}" for line in _sources(town)), scale=f"{max(scale, 0.01):g}",
        folder=setting.folder,
        incomes=_incomes(setting), companies="\n".join(f"      - {line}" for line in _companies(town, setting.name)),
        number=max(3, round(private / HOMES_OF_A_LANDLORD)), constants=constants,
    )  # fmt: skip


def _incomes(setting: Setting) -> str:
    if setting.relative_income is None:
        return ""
    note = f"{setting.relative_income:.3f} times the {setting.income:.0f} of {setting.base}"
    mean = f"value: {setting.income * setting.relative_income:.0f}, unit: SEK/month, source: table, status: estimate"
    return f'\n  incomes: {{mean: {{{mean}, note: "{note}"}}}}'


def source_ids(town: Town) -> dict[str, str]:
    """A short name for each source that the table names."""
    figures = [figure for column in town.figures.values() for figure in column]
    figures += [figure for homes in town.homes for figure in homes.values()]
    named = dict.fromkeys(figure.source for figure in figures)
    own = [source for source in named if source not in ("", "table", "boundaries", *PLAIN)]
    return {source: f"s{number}" for number, source in enumerate(own, 1)}


def _sources(town: Town) -> list[str]:
    entries = [
        ("table", "The table that the town was made of; where it names no source, whoever filled it in knows"),
        ("boundaries", "Middles and sizes of the boundaries in the GeoJSON file that the town was made with"),
        *((short, source) for source, short in source_ids(town).items()),
    ]
    return [f"{{id: {short}, kind: report, cite: {json.dumps(cite, ensure_ascii=False)}}}" for short, cite in entries]


def _companies(town: Town, name: str) -> list[str]:
    """The municipal companies by name, each with its share of the public homes, where they are."""
    public = [of_area["public_rental"].value for of_area in town.homes]
    names = [company or f"{title_of(town, name)}: allmännyttan" for company in town.companies]
    total, lines = sum(public), []
    for company in dict.fromkeys(names):
        own = [row for row, found in enumerate(names) if found == company]
        share = sum(public[row] for row in own) / total if total else len(own) / len(names)
        places = "" if len(own) == len(names) else f", areas: [{', '.join(town.ids[row] for row in own)}]"
        quoted = json.dumps(company, ensure_ascii=False)
        lines.append(f"{{name: {quoted}, share: {{value: {share!r}, source: table, status: derived}}{places}}}")
    return lines


def _about(figure: Figure, ids: dict[str, str]) -> list[str]:
    source = ids.get(figure.source, figure.source or "table")
    return [figure.status, source]


def areas_text(town: Town) -> str:
    """The table of areas."""
    ids = source_ids(town)
    columns = [name for name in ("lat", "lon", "km2", "built_from", "built_to") if name in town.figures]
    head = ["id", "name", "municipality", *_with_about(columns), *_with_about(["amenity"])]
    amenity = _amenity(town)
    rows = []
    for row, area in enumerate(town.ids):
        cells = [area, town.names[row], town.municipality[row]]
        for column in columns:
            figure = town.figures[column][row]
            digits = ".5f" if column in ("lat", "lon") else ".6g"
            cells += [f"{figure.value:{digits}}", *_about(figure, ids)]
        rows.append([*cells, f"{amenity[row]:.2f}", "estimate" if any(amenity) else "assumed", "table"])
    return _csv(head, rows)


def _with_about(columns: Iterable[str]) -> list[str]:
    return [part for column in columns for part in (column, f"{column}_status", f"{column}_source")]


def _amenity(town: Town) -> list[float]:
    """How well liked an area is: z-score of its log price of flats, weighted by homes; 0 where all are filled in."""
    prices = town.figures["price_flat_per_m2"]
    if len({figure.value for figure in prices}) == 1:
        prices = town.figures["price_house_per_m2"]
    weights, logs = [town.total(row) for row in range(len(town.ids))], [math.log(figure.value) for figure in prices]
    total = sum(weights)
    mean = sum(w * x for w, x in zip(weights, logs, strict=True)) / total
    spread = math.sqrt(sum(w * (x - mean) ** 2 for w, x in zip(weights, logs, strict=True)) / total)
    return [(x - mean) / spread if spread > 1e-9 else 0.0 for x in logs]


def stock_text(town: Town, region: Region) -> str:
    """The table of homes; persons are shared among the tenures of an area as in the region."""
    ids, money = source_ids(town), ("rent_per_m2", "price_per_m2")
    head = ["area", "tenure", *_with_about(("homes", "persons", "rooms", *money))]
    rows = []
    for row, homes in enumerate(town.homes):
        persons = town.figures["inhabitants"][row]
        expected = sum(figure.value * region.persons[tenure] for tenure, figure in homes.items())
        for tenure, figure in homes.items():
            if figure.value < 0.5:
                continue
            own = figure.value * region.persons[tenure] * persons.value / expected
            status = persons.status if persons.status == "assumed" else "estimate"
            cells = [town.ids[row], tenure, f"{figure.value:.0f}", *_about(figure, ids)]
            cells += [f"{own:.1f}", status, "table", f"{region.rooms[tenure]:.2f}", "assumed", "assumed"]
            rows.append(cells + _money(town, row, tenure, region, ids))
    return _csv(head, rows)


def _money(town: Town, row: int, tenure: str, region: Region, ids: dict[str, str]) -> list[str]:
    """Rent or fee, and price, each with status and source."""
    if tenure in RENTED:
        rent = town.figures["rent_per_m2"][row]
        return [f"{rent.value:.6g}", *_about(rent, ids), "", "", ""]
    price = town.figures[PRICES[tenure]][row]
    return [f"{region.rent[tenure]:.4g}", "assumed", "assumed", f"{price.value:.6g}", *_about(price, ids)]


def margins_text(town: Town, region: Region) -> str:
    """The table of people: born abroad and income by area as the town has them, the rest as in the region."""
    ids, rows = source_ids(town), []
    for row, figure in enumerate(town.figures["share_born_abroad"]):
        for group, share in (("born_in_sweden", 1.0 - figure.value), ("born_abroad", figure.value)):
            note = "share of persons, used for households"
            rows.append(_row("origin", "share_of_area", area=town.ids[row], group=group, value=f"{share:.4f}",
                             about=_about(figure, ids), note=note))  # fmt: skip
    known = {(one["margin"], one["age"]): float(one["value"]) for one in region.margins if one["margin"] == "age"}
    ages = {age: value for (_, age), value in known.items()} | {"65+": region.seniors}
    ages["45-64"] = 1.0 - sum(value for age, value in ages.items() if age != "45-64")
    rows += [_row("age", "share", age=age, value=f"{share:.4f}", note="as in the town it is built upon")
             for age, share in ages.items()]  # fmt: skip
    for row, figure in enumerate(town.figures.get("mean_income", ())):
        rows.append(_row("income_by_area", "index", of="income", area=town.ids[row], value=f"{figure.value:.6g}",
                         about=_about(figure, ids)))  # fmt: skip
    for one in region.margins:
        if one["margin"] == "size":
            note = "the persons of each tenure set the mean"
            rows.append(_row("size", "odds", size=one["size"], value=one["value"], note=note))
        elif one["margin"] != "age":
            rows.append([one[column] for column in COLUMNS])
    return _csv(COLUMNS, rows)


def _row(margin: str, kind: str, about: Sequence[str] = ("assumed", "assumed"), **cells: str) -> list[str]:
    named = {"margin": margin, "kind": kind, "status": about[0], "source": about[1], **cells}
    return [named.get(column, "") for column in COLUMNS]


def _csv(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([head, *rows])
    return written.getvalue()
