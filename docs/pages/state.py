"""The page of state variables: every column of households and dwellings, and the other tables of a city."""

from __future__ import annotations

import inspect
from dataclasses import fields

from pages.markdown import code, docstring, table
from sim.base.columns import Table
from sim.base.language import say
from sim.base.streams import Purpose
from sim.city.areas import Areas
from sim.city.city import Books
from sim.city.dwellings import Dwellings
from sim.city.households import Households
from sim.city.landlords import Landlords
from sim.city.sites import Sites
from sim.engine.month import ONE_BY_ONE, PHASES

HEAD = """# State variables and phases

Everything that is true of a city in one month, and the list of what happens in a month. Months count from the start of
the scenario; earlier ones are negative.
"""


def page() -> str:
    """The whole page."""
    tables = {"Households": Households, "Dwellings": Dwellings, "Sites, where homes are being built": Sites}
    columns = [_columns(title, kind) for title, kind in tables.items()]
    others = [_fields("Areas", Areas), _fields("Landlords", Landlords), _fields("Books, kept up to date", Books)]
    return "\n".join([HEAD, *columns, *others, _phases(), _purposes()])


def _columns(title: str, kind: type[Table]) -> str:
    rows = [(code(name), one.meaning, one.unit, one.dtype) for name, one in kind.columns.items()]
    return f"## {title}\n\n{table(('column', 'what it holds', 'unit', 'type'), rows)}"


def _fields(title: str, kind: type) -> str:
    """Fields of a dataclass with what its docstring says of them."""
    said = _attributes(kind)
    rows = [(code(one.name), said.get(one.name, "")) for one in fields(kind)]
    return f"## {title}\n\n{docstring(kind).partition(chr(10))[0]}\n\n{table(('field', 'what it holds'), rows)}"


def _attributes(kind: type) -> dict[str, str]:
    """Type line and text of each attribute in a numpydoc docstring, by its name."""
    found: dict[str, str] = {}
    names: list[str] = []
    lines = (inspect.getdoc(kind) or "").partition("----------\n")[2].splitlines()
    for line in lines:
        text = line.strip()
        if not text:
            continue
        if not line.startswith(" "):
            left, _, right = text.partition(" : ")
            names = [name.strip() for name in left.split(",")]
            found |= dict.fromkeys(names, right)
        else:
            found |= {name: f"{found[name]}. {text}" for name in names}
    return found


def _phases() -> str:
    rows = [(place, phase.name, say(f"cli.show.phases.{phase.name}")) for place, phase in enumerate(PHASES, 1)]
    other = ", ".join(phase.name for phase in ONE_BY_ONE)
    text = f"## Phases of a month\n\n{table(('', 'phase', 'what happens'), rows)}"
    return f"{text}\nIn the sequential tempo: {other}.\n"


def _purposes() -> str:
    names = ", ".join(code(purpose.name.lower()) for purpose in Purpose)
    return f"## Purposes of luck\n\nA draw follows from seed, purpose, month and id. The purposes: {names}.\n"
