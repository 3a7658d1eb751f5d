"""Small invented towns for the tests of the founding: as plans in arrays, and as files beside a scenario."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.base.months import parse_month
from sim.base.streams import Luck
from sim.city.areas import Areas
from sim.city.city import City
from sim.city.dwellings import TENURES
from sim.city.geography import separate
from sim.rules.shelves import built_in
from sim.scenario.load import load
from sim.scenario.schema import Scenario
from sim.synthesis.draws import Draws
from sim.synthesis.founding import fitted, settle
from sim.synthesis.margins import Frame, Margin
from sim.synthesis.plan import (
    AGES,
    AXES,
    PERSONS,
    SIZES,
    TENTHS,
    Company,
    IncomePlan,
    OwnerPlan,
    PeoplePlan,
    Plan,
    PoolPlan,
    QueuePlan,
    StockPlan,
)
from sim.synthesis.population import income_scores, whole_table
from sim.synthesis.stock import blocks_of

POLICIES = ("municipal", "private", "cooperative_sellers", "owners")
KINDS = ("municipal_company", "private_company", "cooperative_sellers", "owner_occupiers")


def plan_with(
    homes: Sequence[Sequence[float]],
    group_share: Sequence[float] | None = None,
    *,
    vacancy: float = 0.02,
    scale: float = 1.0,
    pool: float = 0.1,
    companies: Sequence[Company] = (),
) -> Plan:
    """A town with these homes by area and tenure; ``group_share`` is the share of group b in each area, None: no b."""
    counts = np.array(homes, np.float64)
    n = len(counts)
    groups = ("a",) if group_share is None else ("a", "b")
    ids = tuple(f"area{k}" for k in range(n))
    labels = dict(zip(AXES, (ids, TENURES, groups, SIZES, AGES, TENTHS), strict=True))
    frame = Frame(labels, {"size": PERSONS, "income": income_scores(0.48)})
    shares = np.zeros(n) if group_share is None else np.array(group_share, np.float64)
    by_area, total = counts.sum(axis=1), counts.sum()
    origin = np.stack([by_area * (1 - shares), by_area * shares][: len(groups)], axis=1)
    margins = (
        Margin("homes", ("area", "tenure"), counts),
        Margin("incomes", ("income",), np.full(10, total / 10)),
        Margin("origin", ("area", "group"), origin),
        Margin("sizes", ("size",), np.array([0.44, 0.28, 0.12, 0.10, 0.04, 0.01, 0.01]) * total),
        Margin("ages", ("age",), np.array([0.17, 0.30, 0.30, 0.23]) * total),
    )
    zero = np.zeros(n)
    owners = OwnerPlan(
        POLICIES, KINDS, (0, 1, 2, 3), tuple(companies) or tuple(Company(p, k, 1.0) for k, p in enumerate(POLICIES))
    )
    stock = StockPlan(
        counts, np.tile([2.3, 2.3, 2.5, 5.0], (n, 1)), np.tile([115.0, 118.0, 62.0, 28.0], (n, 1)),
        np.tile([0.0, 0.0, 40e3, 38e3], (n, 1)), np.tile([1950.0, 1980.0], (n, 1)), np.full(4, vacancy),
    )  # fmt: skip
    people = PeoplePlan(
        frame, np.ones(frame.shape), margins, IncomePlan(26_000.0, 0.48, 0.15), QueuePlan(0.62, 0.5),
        PoolPlan(pool, np.full(len(groups), 1 / len(groups))),
    )  # fmt: skip
    return Plan(
        parse_month("2026-01"), 60, scale, Areas(ids, ids, ("",) * n, zero, zero, zero, zero, zero), separate(n),
        stock, owners, people, ("all",), np.ones(1), 0.021,
    )  # fmt: skip


def city_of(plan: Plan, seed: int = 1) -> City:
    """The founded city of a plan."""
    luck = Luck(seed)
    return settle(plan, whole_table(plan, fitted(plan).table, blocks_of(plan), Draws.of(luck)), luck)


def shipped(name: str, **changes: object) -> Scenario:
    """A scenario that ships, with values at dotted paths (dots written as double underscores) changed."""
    overrides = {path.replace("__", "."): value for path, value in changes.items()}
    return load(name, built_in(), overrides=overrides)


def two_towns_with(folder: Path, section: str, table: str, **changes: object) -> Scenario:
    """The two towns with one table replaced by this text."""
    (folder / "table.csv").write_text(table, encoding="utf-8")
    text = f"schema: hemvist-scenario/1\nid: changed\nextends: two-towns\n{section}: {{table: table.csv}}\n"
    (folder / "changed.yaml").write_text(text, encoding="utf-8")
    overrides = {path.replace("__", "."): value for path, value in changes.items()}
    return load(folder / "changed.yaml", built_in(), overrides=overrides)


def table_of(section: str) -> list[str]:
    """Lines of a table of the two towns: areas, stock or margins."""
    folder = Path(__file__).parents[2] / "scenarios" / "two-towns"
    return (folder / f"{section}.csv").read_text(encoding="utf-8").splitlines()


def two_towns_rewritten(folder: Path, old: str, new: str) -> Scenario:
    """The two towns with a text of their scenario replaced, beside copies of their tables."""
    text = (Path(__file__).parents[2] / "scenarios" / "two-towns.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "two-towns").mkdir()
    for name in ("areas", "stock", "margins"):
        (folder / "two-towns" / f"{name}.csv").write_text("\n".join(table_of(name)), encoding="utf-8")
    (folder / "rewritten.yaml").write_text(text.replace(old, new), encoding="utf-8")
    return load(folder / "rewritten.yaml", built_in())
