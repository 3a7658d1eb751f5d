"""The face of the package: names that are brought when they are asked for."""

import runpy
import subprocess
import sys

import pytest

import sim


def test_every_name_of_the_face_is_there():
    assert sim.Record.__name__ == "Record"
    assert sim.HousingModel.__name__ == "HousingModel"
    assert all(callable(getattr(sim, name)) for name in ("assemble", "load", "run"))
    assert set(sim.__all__) <= set(dir(sim))


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = sim.nothing


def test_importing_the_package_costs_nothing():
    said = subprocess.run(
        [sys.executable, "-c", "import sys, sim; print(len([m for m in sys.modules if m.startswith('sim')]))"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert said.strip() == "1"


def test_python_m_sim_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["sim", "--version"])
    with pytest.raises(SystemExit) as end:
        runpy.run_module("sim", run_name="__main__")
    assert end.value.code == 0
    assert capsys.readouterr().out == f"hemvist {sim.__version__}\n"
