"""All measures of one month, by the names of the catalogue, from its census and its events."""

from __future__ import annotations

from sim.city.city import City
from sim.city.tally import Tally
from sim.measures.access import access
from sim.measures.affordability import affordability
from sim.measures.census import Census
from sim.measures.displacement import displacement
from sim.measures.first_homes import first_homes
from sim.measures.memory import Memory
from sim.measures.moved import those_who_moved
from sim.measures.panel import Blocks, Panel
from sim.measures.sorting import sorting, tables_of
from sim.measures.sorting_of_incomes import sorting_of_incomes
from sim.measures.sorting_of_persons import sorting_of_persons
from sim.measures.sorting_on_the_map import sorting_on_the_map

__all__ = ["Panel", "month_panel"]


def month_panel(city: City, census: Census, tally: Tally, memory: Memory | None = None) -> Panel:
    """Everything that is measured each month.

    Parameters
    ----------
    city : City
        Read only.
    census : Census
        Of this month's end.
    tally : Tally
        What happened this month.
    memory : Memory, optional
        What is kept from one month of this city to the next; without one, levels by chance are dealt anew, which
        takes longer.
    """
    panel = Panel()
    for block in _blocks(city, census, tally, Memory() if memory is None else memory):
        panel.take_all(block)
    return panel


def _blocks(city: City, census: Census, tally: Tally, memory: Memory) -> Blocks:
    tables = tables_of(census)
    memory.refresh(city, tables, census.tables.by_rank)
    yield from sorting(city, tables, memory)
    yield from sorting_of_incomes(census, memory)
    yield from sorting_of_persons(census, city.groups)
    yield from sorting_on_the_map(city, tables, memory)
    moved = those_who_moved(city, census, tally)
    yield from access(city, census, tally, moved)
    yield from first_homes(city, census, tally, moved, memory.first_homes)
    yield from affordability(city, census, tally, moved)
    yield from displacement(city, tally, moved)
