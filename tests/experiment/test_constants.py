"""The inversion: constants of places make a town one that stays as it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.base.errors import ScenarioError, SimError
from sim.city.dwellings import RENTALS, TENURES
from sim.engine.inversion import BOUND, GROUP_BOUND, Inversion, Observed
from sim.engine.month import Engine
from sim.engine.simulation import Simulation
from sim.experiment.brake import Brake
from sim.experiment.constants import BRANCH, Constants, Fitting, fit
from sim.experiment.paired import seeds

TERMS = "preferences.profiles.all.terms"
WITH_TERM = {f"{TERMS}.constants.weight": "1", f"{TERMS}.own_group.weight": "1"}


@pytest.fixture(scope="module")
def found() -> Constants:
    with Brake() as brake:
        constants = fit(sim.load("two-towns", set=WITH_TERM), replications=2, seed=1, months=96, brake=brake, workers=0)
    assert constants is not None
    return constants


def test_there_is_a_constant_for_every_tenure_that_an_area_has_and_every_group(found: Constants) -> None:
    scenario = sim.load("two-towns", set=WITH_TERM)
    city = Simulation.founded(scenario, 1).engine.city
    homes = Observed.of(city, np.zeros(city.n_areas)).homes
    assert (np.isnan(found.values[:, : len(TENURES)]) == (homes == 0)).all()
    assert not np.isnan(found.values[:, len(TENURES) :]).any()


def test_constants_stay_within_their_bounds(found: Constants) -> None:
    assert np.nanmax(np.abs(found.values[:, : len(TENURES)])) <= BOUND
    assert np.nanmax(np.abs(found.values[:, len(TENURES) :])) <= GROUP_BOUND


def test_the_mean_rental_of_the_town_has_the_constant_nothing() -> None:
    scenario = sim.load("two-towns", set=WITH_TERM)
    engine = Simulation.founded(scenario, 1).engine
    assert isinstance(engine, Engine)
    observed = Observed.of(engine.city, np.array([60.0, 70.0, 80.0, 90.0, 100.0, 110.0])[: engine.city.n_areas])
    inversion = Inversion(engine, observed, months=12)
    for number in range(12):
        inversion.pass_month(number)
    rented = observed.homes[:, list(RENTALS)]
    mean = (engine.city.constants.by_tenure[:, list(RENTALS)] * rented).sum() / rented.sum()
    assert mean == pytest.approx(0.0, abs=1e-9)  # none is at its bound after a year
    assert np.abs(engine.city.constants.by_tenure).max() > 0.01


def test_the_table_is_one_that_a_scenario_can_name_and_the_town_then_holds_better(
    found: Constants, tmp_path: Path
) -> None:
    (tmp_path / "constants.csv").write_text(found.csv(), encoding="utf-8")
    (tmp_path / "town.yaml").write_text(
        "schema: hemvist-scenario/1\nid: town\nextends: two-towns\ntitle: {en: Town, sv: Ort}\n"
        'sources: [{id: inversion, kind: report, cite: "inversion"}]\nconstants: {table: constants.csv}\n',
        encoding="utf-8",
    )
    drift = [_drift(sim.load(tmp_path / "town.yaml", set={**WITH_TERM, **off})) for off in (
        {}, {"preferences.profiles.all.terms.constants.weight": "0"},
    )]  # fmt: skip
    assert drift[0] < drift[1]


def _drift(scenario: object) -> float:
    """Mean distance of the groups' shares in the areas from those of the founding, after eight years, two new seeds."""
    gaps = []
    for seed in (21, 22):
        run = Simulation.founded(scenario, seed)  # type: ignore[arg-type]
        before = run.engine.city.books.count.copy()
        for _ in range(96):
            run.engine.pass_month()
        shares = [count / count.sum(axis=1, keepdims=True) for count in (before, run.engine.city.books.count)]
        gaps.append(np.abs(shares[0] - shares[1]).mean())
    return float(np.mean(gaps))


def test_prices_are_frozen_while_the_inversion_goes_on() -> None:
    engine = Simulation.founded(sim.load("two-towns", set=WITH_TERM), 3).engine
    observed = Observed.of(engine.city, np.full(engine.city.n_areas, np.nan))
    inversion = Inversion(engine, observed, 8)
    for number in range(8):
        inversion.pass_month(number)
    assert (engine.city.books.price_level == observed.price_level).all()
    engine.city.check()


def test_without_observed_waits_rentals_are_left_alone() -> None:
    engine = Simulation.founded(sim.load("two-towns", set=WITH_TERM), 3).engine
    inversion = Inversion(engine, Observed.of(engine.city, np.full(engine.city.n_areas, np.nan)), 12)
    for number in range(12):
        inversion.pass_month(number)
    assert (engine.city.constants.by_tenure[:, list(RENTALS)] == 0).all()


def test_rentals_become_dearer_to_people_where_the_observed_waits_are_long() -> None:
    engine = Simulation.founded(sim.load("two-towns", set=WITH_TERM), 3).engine
    waits = np.full(engine.city.n_areas, 60.0)
    waits[0], waits[1] = 240.0, 0.0
    inversion = Inversion(engine, Observed.of(engine.city, waits), 12)
    for number in range(12):
        inversion.pass_month(number)
    rentals = engine.city.constants.by_tenure[:, list(RENTALS)]
    assert (rentals[0] > rentals[2:].max()).all()
    assert (rentals[1] < rentals[2:].min()).all()


def test_no_city_that_was_fitted_on_is_one_that_is_judged() -> None:
    """Whatever the roots: a thousand seeds of each use, of roots 0 to 9."""
    runs, fits = ({seed for root in range(10) for seed in seeds(root, 100, branch=branch)} for branch in ((), BRANCH))
    assert len(runs) == len(fits) == 1000
    assert not runs & fits


def test_the_inversion_takes_the_seeds_of_its_branch(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def look(tasks: list[Fitting], **_: object) -> list[object]:
        taken.extend(task.seed for task in tasks)
        raise SimError("run.stopped")

    monkeypatch.setattr("sim.experiment.constants.run_all", look)
    with Brake() as brake, pytest.raises(SimError):
        fit(sim.load("two-towns", set=WITH_TERM), replications=3, seed=1, months=24, brake=brake, workers=0)
    assert tuple(taken) == seeds(1, 3, branch=BRANCH)


def test_a_town_without_the_term_is_refused() -> None:
    with Brake() as brake, pytest.raises(ScenarioError) as refused:
        fit(sim.load("two-towns"), replications=1, seed=1, months=24, brake=brake, workers=0)
    assert refused.value.key == "scenario.no_constants_term"


def test_an_inversion_that_is_called_off_gives_nothing() -> None:
    with Brake() as brake:
        brake.pulled = True
        town = sim.load("two-towns", set=WITH_TERM)
        assert fit(town, replications=1, seed=1, months=24, brake=brake, workers=0) is None
