"""The page of agents and records: what a household, a landlord and a dwelling say, and what a run leaves behind."""

from __future__ import annotations

import pyarrow as pa

import sim
from pages.markdown import code, table
from sim.city.agents import Dwelling, Household, Landlord
from sim.city.households import Cause, Need
from sim.engine.history import Sampled
from sim.engine.model import HousingModel

HEAD = """# Agents, and what a run leaves behind

## Agents

`Household` and `Landlord` are `mesa.Agent`s. Each is a handle over a row of columns, made when somebody asks for it.
It reads, and cannot be written to: what happens is decided by the rules of the scenario. Besides the facts below a
household has `dwelling` (its home, or None), `landlord`, `neighbours()` and `is_here`; a landlord has `dwellings`,
`vacant` and `tenants`; a dwelling has `household` and `landlord`. [Working with Mesa](../how-to/mesa.md) shows them.

"""

RECORDS = """## The record

`hemvist run` writes a folder `<scenario>-<run id>`; `sim.engine.record.Record` is the same in memory. The run id is a
hash of everything that decides the numbers: scenario, tables, seed, months, and the code of the model.

| file | holds |
|---|---|
| `record.json` | where the numbers come from: scenario, run id, seed, versions, machine, founding, units, checksums |
| `scenario.yaml` | the scenario in force, resolved, in house units |
| `series.parquet` | a column `month` and one per measure; empty where a measure is undefined |
| `areas.parquet` | a row per area, at the founding and every January |
| `lettings.parquet` | a row per household that moved into a home |
| `households.parquet` | a row per followed household; only if they were asked for |

Months count from the start of the scenario. The founding is the first row: month 0, or minus the months of burn-in.
"""


def page() -> str:
    """The whole page."""
    facts = [_facts(kind) for kind in (Household, Landlord, Dwelling)]
    return "\n".join([HEAD, *facts, _words(), RECORDS, *_tables()])


def _facts(kind: type[Household] | type[Landlord] | type[Dwelling]) -> str:
    rows = [(code(name), fact.__doc__ or "") for name, fact in kind.facts.items()]
    return f"### {kind.__name__}\n\n{table(('fact', 'what it says'), rows)}"


def _words() -> str:
    causes, needs = ([code(one.name.lower()) for one in kind if one] for kind in (Cause, Need))
    return f"Causes of a search: {', '.join(causes)}. Need classes, the most pressing last: {', '.join(needs)}.\n"


def _tables() -> list[str]:
    """Columns of the three larger tables, from a record of two months."""
    scenario = sim.load("two-towns", set={"time.burn_in": 0, "time.months": 2})
    record = HousingModel(scenario, rng=1, sampled=Sampled(households=5, every=1)).run()
    return [_columns(name, getattr(record, name)) for name in ("areas", "lettings", "households")]


def _columns(name: str, of: pa.Table | None) -> str:
    rows = [(code(field.name), field.type) for field in of.schema] if of is not None else []
    return f"### {name}.parquet\n\n{table(('column', 'type'), rows)}"
