"""The one table of which a town is made: a row per area, columns that a municipality has at hand."""

from __future__ import annotations

from sim.base.language import LANGUAGES, say
from sim.scenario.quantities import Quantity
from sim.scenario.tables import ABOUT, ColumnForm, TableForm

POSITIVE = Quantity("", above=0.0)
COUNT = Quantity("", 0.0)
SHARE = Quantity("share", 0.0, 1.0)
YEAR = Quantity("", 1000.0, 2100.0)

TOWN = TableForm(
    (
        ColumnForm("area", needed=True),
        ColumnForm("municipality"),
        ColumnForm("company"),
        ColumnForm("homes_public", COUNT),
        ColumnForm("homes_private", COUNT),
        ColumnForm("homes_rental", COUNT),
        ColumnForm("homes_cooperative", COUNT),
        ColumnForm("homes_owned", COUNT),
        ColumnForm("households", COUNT),
        ColumnForm("inhabitants", COUNT),
        ColumnForm("share_born_abroad", SHARE),
        ColumnForm("mean_income", POSITIVE),
        ColumnForm("gothenburg_income", POSITIVE),
        ColumnForm("rent_per_m2", POSITIVE),
        ColumnForm("price_flat_per_m2", POSITIVE),
        ColumnForm("price_house_per_m2", POSITIVE),
        ColumnForm("lat", Quantity("", -90.0, 90.0)),
        ColumnForm("lon", Quantity("", -180.0, 180.0)),
        ColumnForm("built_from", YEAR),
        ColumnForm("built_to", YEAR),
    ),
    key=("area",),
)

SHARES = ("share_born_abroad",)
NUMBERS = tuple(column.name for column in TOWN.columns if column.number is not None)


def heading(column: str, language: str) -> str:
    """Name of a column, as the template has it."""
    return say(f"town.columns.{column}.name", language)


def column_of(text: str) -> str:
    """The column that a heading means, in either language; the heading itself where it means none.

    Examples
    --------
    >>> column_of("Andel utrikes f\u00f6dda"), column_of("homes_owned_source"), column_of("Ans")
    ('share_born_abroad', 'homes_owned_source', 'Ans')
    """
    written = "_".join(text.casefold().split())
    for column in (*TOWN.names(), *ABOUT):
        names = {column, *("_".join(heading(column, language).casefold().split()) for language in LANGUAGES)}
        if written in names:
            return column
        for word in ABOUT:
            endings = {word, *(heading(word, language).casefold() for language in LANGUAGES)}
            if column not in ABOUT and written in {f"{name}_{ending}" for name in names for ending in endings}:
                return f"{column}_{word}"
    return text


def template(language: str) -> str:
    """A table to fill in: each column explained, and three invented areas to be written over."""
    columns = [*TOWN.names(), "source"]
    lines = [f"# {line}" for line in say("town.template.head", language).splitlines()]
    lines += [f"# {heading(column, language)}: {say(f'town.columns.{column}.help', language)}" for column in columns]
    lines.append(",".join(heading(column, language) for column in columns))
    lines += say("town.template.rows", language).splitlines()
    return "\n".join(lines) + "\n"
