"""Small random towns as domain words: what Hypothesis draws, and how to look at a city from outside."""

import atexit
import copy
import csv
import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import yaml
from hypothesis import strategies as st

import sim
from sim.city import changes
from sim.city.dwellings import TENURES
from sim.city.households import NOBODY
from sim.city.tally import Tally
from sim.engine.market import Market
from sim.engine.month import PHASES
from sim.engine.simulation import Simulation

TEMPLATE = Path(__file__).parents[2] / "scenarios" / "two-towns.yaml"
FOLDER = Path(tempfile.mkdtemp(prefix="towns-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

SIZES = {"1": 0.38, "2": 0.3, "3": 0.13, "4": 0.12, "5": 0.04, "6": 0.02, "7+": 0.01}
AGES = {"18-29": 0.2, "30-44": 0.3, "45-64": 0.3, "65+": 0.2}
QUEUE = {"rule": "queue", "eligibility": {"size_fit": True, "queue_member": True}}
ORDERS = {
    "queue": QUEUE,
    "lottery": {"rule": "lottery"},
    "need": {"rule": "need"},
    "first": {"rule": "first_acceptable"},
    "posted": {"rule": "posted", "first_share": 0.5, "eligibility": {"income_floor": 2.0}},
    "bids": {"rule": "bidding"},
    "reserved": {**QUEUE, "reserves": [{"id": "priority", "class": "priority", "share": 0.3},
                                       {"id": "new", "class": "newcomers", "share": 0.3}]},
    "mixed": {"rule": "mixed", "parts": [{"id": "exchange", "share": 0.5, "rule": "queue"},
                                         {"id": "own", "share": 0.5, "rule": "first_acceptable"}]},
}  # fmt: skip
"""Ways to hand out rentals."""
RENTS = {"value": {"rule": "utility_value"}, "market": {"rule": "market"}, "index": {"rule": "indexed"}}
SCREENING = {"rule": "by_group", "accept": {"a": 1.0, "b": 0.5}}


@dataclass(frozen=True)
class Quarter:
    """An area of a town: homes by tenure, the share of its households that belong to group b, its worth."""

    homes: tuple[int, int, int, int] = (30, 20, 30, 10)
    share_of_b: float = 0.3
    amenity: float = 0.0
    income: float = 1.0


QUARTERS = (
    Quarter((24, 12, 30, 6), 0.1, 1.0, 1.2),
    Quarter((40, 20, 10, 0), 0.6, -0.8, 0.75),
    Quarter((10, 14, 20, 20), 0.3, 0.2, 1.05),
)


def town(quarters=QUARTERS, *, groups=("a", "b"), months=24, burn_in=0, **sections):
    """A scenario of so many areas, as plain data: ``two-towns`` with its own places and people.

    Sections named replace those of the template; ``municipal`` and ``private`` are merged into the landlords.
    """
    data = copy.deepcopy(_template())
    data["time"] = {"start": "2026-01", "months": months, "burn_in": burn_in}
    data["population"]["groups"] = [{"id": group} for group in groups]
    data["population"]["without_home"]["by_group"] = {group: 1 / len(groups) for group in groups}
    public, private = data["landlords"][:2]
    del public["companies"], private["screening"]
    private["number"] = 3
    terms = data["preferences"]["profiles"][0]["terms"]
    terms["own_group"]["by_group"] = {g: p for g, p in terms["own_group"]["by_group"].items() if g in groups}
    for landlord, name in ((public, "municipal"), (private, "private")):
        landlord.update(sections.pop(name, {}))
    data.update(sections)
    return {**data, "tables": _tables(tuple(quarters), groups)}


@cache
def _template():
    return yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))


def _tables(quarters, groups):
    areas = [
        {"id": f"q{i}", "lat": 57.7 + i / 100, "lon": 12.0, "amenity": q.amenity, "built_from": 1930 + 10 * i,
         "built_to": 1960 + 10 * i}
        for i, q in enumerate(quarters)
    ]  # fmt: skip
    stock = [
        {"area": f"q{i}", "tenure": tenure, "homes": n, "rooms": 2.4 if t < 3 else 4.5,
         "rent_per_m2": 110 if t < 2 else 60, "price_per_m2": round(30_000 * (1 + q.amenity / 4)) if t > 1 else None}
        for i, q in enumerate(quarters) for t, (tenure, n) in enumerate(zip(TENURES, q.homes, strict=True))
    ]  # fmt: skip
    shares = [(q.share_of_b, 1 - q.share_of_b) if len(groups) == 2 else (1.0,) for q in quarters]
    margins = [
        {"margin": "origin", "kind": "share_of_area", "area": f"q{i}", "group": group, "value": share}
        for i, of_area in enumerate(shares) for group, share in zip(reversed(groups), of_area, strict=True)
    ]  # fmt: skip
    margins += [{"margin": "size", "kind": "share", "size": size, "value": value} for size, value in SIZES.items()]
    margins += [{"margin": "age", "kind": "share", "age": age, "value": value} for age, value in AGES.items()]
    margins += [
        {"margin": "income", "kind": "index", "of": "income", "area": f"q{i}", "value": q.income}
        for i, q in enumerate(quarters)
    ]
    return {"areas": areas, "stock": stock, "margins": margins}


def written(data):
    """The path of a town that has been written to disk, with its tables."""
    name = hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
    folder = FOLDER / name
    if not folder.exists():
        folder.mkdir()
        data = copy.deepcopy(data)
        for table, section in (("areas", "space"), ("stock", "stock"), ("margins", "population")):
            _write_table(folder / f"{table}.csv", data["tables"][table])
            data[section]["table"] = f"{table}.csv"
        del data["tables"]
        text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
        (folder / "town.yaml").write_text(text, encoding="utf-8")
    return folder / "town.yaml"


def _write_table(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        table.writeheader()
        table.writerows(rows)


def scenario(data, **changes):
    """The scenario of a town, checked; ``changes`` by dotted path, two underscores for a dot."""
    return _loaded(written(data), tuple(sorted((path.replace("__", "."), value) for path, value in changes.items())))


@cache
def _loaded(path, changes):
    return sim.load(path, set=dict(changes))


def extended(data, **sections):
    """A scenario built upon a town: another world with the same beginning."""
    root = written(data)
    head = {"schema": "hemvist-scenario/1", "id": "child", "extends": "town.yaml", "title": {"en": "child"}}
    child = {**head, **sections}
    name = hashlib.sha256(json.dumps(child, sort_keys=True).encode()).hexdigest()[:12]
    path = root.parent / f"{name}.yaml"
    path.write_text(yaml.safe_dump(child), encoding="utf-8")
    return _loaded(path, ())


_SAVED = {}


def founded(world, seed=1):
    """A fresh simulation of a town in the month of its founding; the founding itself is made once."""
    loaded = scenario(world) if isinstance(world, dict) else world
    key = (id(loaded), seed)
    if key not in _SAVED:
        _SAVED[key] = loaded, Simulation.founded(loaded, seed).save()
    return Simulation.restored(_SAVED[key][1])


def passed(simulation, months):
    """The same simulation so many months later."""
    for _ in range(months):
        simulation.pass_month()
    return simulation


def until(simulation, phase):
    """Begin the next month and pass its phases up to one, that one too; returns the engine."""
    engine = simulation.engine
    changes.turn_month(engine.city)
    engine.tally, engine.market = Tally(), Market()
    for step in PHASES:
        step.act(engine)
        if step.name == phase:
            return engine
    raise KeyError(phase)


# What Hypothesis draws

seeds = st.integers(0, 2**32)
shares = st.sampled_from((0.0, 0.1, 0.3, 0.5, 0.9))


@st.composite
def quarters(draw):
    """Homes of every tenure, or of some, and enough of them for a household or two to have none."""
    homes = draw(st.tuples(*[st.sampled_from((0, 4, 12, 25))] * 4).filter(lambda n: sum(n) >= 12))
    return Quarter(homes, draw(shares), draw(st.sampled_from((-1.0, 0.0, 0.5))), draw(st.sampled_from((0.8, 1.0, 1.2))))


@st.composite
def towns(draw, **sections):
    """A town of one to four areas, with any rule for rents and for who gets a rental."""
    places = draw(st.lists(quarters(), min_size=1, max_size=4))
    orders, rents = (st.sampled_from(list(shelf.values())) for shelf in (ORDERS, RENTS))
    public, private = ({"allocation": draw(orders), "rent": draw(rents)} for _ in range(2))
    if draw(st.booleans()):
        private["screening"] = SCREENING
    return town(places, municipal=public, private=private, **sections)


# What a city looks like from outside


def columns(city):
    """Every column of households and dwellings, the order of empty rows, and the books: all of the state, as bytes."""
    state = {f"households.{name}": column.tobytes() for name, column in city.households.state().items()}
    state |= {f"dwellings.{name}": column.tobytes() for name, column in city.dwellings.state().items()}
    state |= {f"sites.{name}": column.tobytes() for name, column in city.sites.state().items()}
    state |= {f"books.{name}": column.tobytes() for name, column in vars(city.books).items()}
    return state | {"month": city.month, "ledger": tuple(sorted(city.ledger.total.items()))}


def differences(one, other):
    """Names of the columns in which two cities differ."""
    first, second = columns(one), columns(other)
    return sorted(name for name in first if first[name] != second[name])


def series_bytes(record):
    """The series of a record to the bit."""
    return {name: values.tobytes() for name, values in record.series.items()}


def addresses(city):
    """Home of each household by its persistent name, -1 without a home."""
    here = city.households
    rows = here.rows()
    return dict(zip(here.id[rows].tolist(), here.dwelling[rows].tolist(), strict=True))


def lived_in(city):
    """Names of those who live in each dwelling: a set per dwelling, asked of the households alone."""
    homes = {}
    for name, home in addresses(city).items():
        if home != NOBODY:
            homes.setdefault(home, set()).add(name)
    return homes


def vacant(city):
    """Rows of the dwellings that say they are vacant."""
    stock = city.dwellings
    return np.flatnonzero(stock.is_used & (stock.occupant == NOBODY))
