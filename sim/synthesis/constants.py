"""Constants of places, from their table: what the model does not explain."""

from __future__ import annotations

import numpy as np

from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.scenario.schema import Scenario


def constants_of(scenario: Scenario, city: City) -> tuple[np.ndarray, np.ndarray]:
    """Constants by tenure and by group, 0 where none stands: float64, (n_areas, n_tenures) and (n_areas, n_groups)."""
    names = (*TENURES, *city.groups)
    values = np.zeros((city.n_areas, len(names)))
    table = scenario.tables.get("constants")
    if table is not None:
        area = [city.areas.ids.index(text) for text in table.texts("area")]
        of = [names.index(text) for text in table.texts("of")]
        values[area, of] = table.numbers("value")
    return values[:, : len(TENURES)], values[:, len(TENURES) :]
