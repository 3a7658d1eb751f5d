"""Small scenarios for the tests, with the toy rules of ``toy_rules.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toy_rules import TOYS

from sim.scenario.load import load, load_text
from sim.scenario.schema import Scenario

LATTICE = """
schema: hemvist-scenario/1
id: small
title: {en: "Small"}
sources: [{id: paper, kind: paper, cite: "A paper"}]
time: {start: 2026-01, months: 60}
money: false
space: {kind: lattice, width: 4, height: 3}
population: {fill: 0.75, groups: [{id: a, share: 0.5}, {id: b, share: 0.5}]}
search:
  sample: {value: 5, source: paper, status: verified}
  rules: [{rule: life_course, hazard: 12 %/year}, {rule: forced, on: false}]
preferences:
  taste_scale: {value: 0.5, source: assumed}
  profiles:
    - id: all
      terms:
        own_group: {weight: 2, points: [[0, -1], [0.5, 0]], by_group: {b: {points: [[0, 0]]}}}
"""

TOWN = """
schema: hemvist-scenario/1
id: town
title: {en: "Town", sv: "Stad"}
time: {start: 2026-01, months: 60, burn_in: 12}
space: {kind: areas, table: areas.csv}
stock: {table: stock.csv}
population: {groups: [{id: a, share: 0.5}, {id: b, share: 0.5}]}
tenures: [{id: public_rental, landlord: municipal}, {id: cooperative, landlord: sellers}]
landlords:
  - id: municipal
    kind: municipal_company
    companies: [{name: One, share: 0.25}, {name: Two, share: 0.75, areas: [east]}]
    rent: {rule: utility_value, location_weight: 0.2}
    allocation:
      rule: mixed
      eligibility: {income_floor: 2.2, size_fit: true}
      reserves: [{id: first, class: priority, share: 10 %}]
      parts: [{id: exchange, share: 0.4, rule: queue, internal: 20 %}, {id: own, share: 0.6, rule: first_acceptable}]
    screening: {rule: by_group, accept: {a: 1, b: 80 %}}
  - {id: sellers, kind: cooperative_sellers, price: {rule: demand}, allocation: {rule: bidding}}
loans: {down_payment: 15 %, loan_to_income: 6, stress_rate: 5 %, user_cost: 3 %}
search: {rules: [{rule: life_course}]}
preferences: {profiles: [{id: all, terms: {cost: {weight: 3}}}]}
demography: {rules: [{rule: ageing}]}
payment: {rules: [{rule: arrears}]}
"""

AREAS = "id,lat,lon,amenity\nwest,57.7,11.9,0.5\neast,57.8,12.0,..\n"
STOCK = "area,tenure,homes,status\nwest,public_rental,100,verified\neast,cooperative,50,estimate\n"


def lattice(extra: str = "", **overrides: Any) -> Scenario:
    """The lattice, with more keys written below it and values set."""
    return load_text(LATTICE + extra, TOYS, overrides={path.replace("__", "."): v for path, v in overrides.items()})


def town_files(folder: Path, extra: str = "") -> Path:
    """The files of the town in a folder."""
    for name, text in (("town.yaml", TOWN + extra), ("areas.csv", AREAS), ("stock.csv", STOCK)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "town.yaml"


def town(folder: Path, extra: str = "") -> Scenario:
    """The town, read from its files."""
    return load(town_files(folder, extra), TOYS)
