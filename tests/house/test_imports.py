"""The floors of the house: who may import whom, and that every room stands on one."""

import os
import subprocess
import sys
import tomllib

import grimp
import networkx as nx
import pytest
from importlinter import api  # noqa: F401 (it makes the linter ready)
from importlinter.application.use_cases import lint_imports
from repository import ROOT, SIM

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
IN_ONE_PLACE = {
    "mesa": {"sim.city.agents", "sim.engine.model"},
    "numba": {"sim.kernels.jit"},
    "click": {"sim.cli"},
    "matplotlib": {"sim.report"},
    "solara": {"sim.view"},
    "SALib": {"sim.experiment"},
    "pydantic": {"sim.scenario", "sim.experiment.file"},
}


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("sim", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None)


@pytest.mark.parametrize("contract", [contract["id"] for contract in CONTRACTS])
def test_a_contract_between_rooms_is_kept(contract, monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    kept = lint_imports(
        config_filename=str(ROOT / "pyproject.toml"), limit_to_contracts=(contract,), cache_dir=None, no_logo=True
    )
    assert kept, capsys.readouterr().out


def test_every_room_stands_on_a_floor():
    layers = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
    named = {name.strip() for layer in layers for name in layer.split("|")}
    rooms = {f"sim.{path.name}" for path in SIM.iterdir() if (path / "__init__.py").exists()}
    assert named == rooms


def test_every_kind_of_rule_is_kept_apart_from_the_others():
    kinds = next(contract["modules"] for contract in CONTRACTS if contract["id"] == "kinds")
    shelves = {f"sim.rules.{path.name}" for path in (SIM / "rules").iterdir() if (path / "__init__.py").exists()}
    assert set(kinds) == shelves


def test_no_module_imports_itself_by_way_of_others(graph):
    imports = nx.DiGraph(
        (importer, imported)
        for importer in graph.modules
        if importer.startswith("sim")
        for imported in graph.find_modules_directly_imported_by(importer)
    )
    assert [sorted(ring) for ring in nx.strongly_connected_components(imports) if len(ring) > 1] == []


@pytest.mark.parametrize("package", IN_ONE_PLACE)
def test_a_package_is_imported_only_where_it_belongs(graph, package):
    importers = graph.find_modules_that_directly_import(package) if package in graph.modules else set()
    strangers = {name for name in importers if not any(name.startswith(home) for home in IN_ONE_PLACE[package])}
    assert strangers == set()


def test_importing_the_package_brings_nothing_heavy_with_it():
    heavy = ("numpy", "numba", "mesa", "scipy", "pandas", "pyarrow", "matplotlib", "pydantic", "click")
    check = f"import sys, sim; print([name for name in {heavy} if name in sys.modules])"
    told = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COVERAGE_PROCESS_START": ""}, check=True,
    )  # fmt: skip
    assert told.stdout.strip() == "[]"
