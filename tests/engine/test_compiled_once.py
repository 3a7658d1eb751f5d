"""Every kernel is compiled for one kind of arguments, so that a run waits for it once."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCRIPT = """
import json, sys
from sim.engine.load import load
from sim.engine.simulation import Simulation

run = Simulation.founded(load("two-towns", set={"time.burn_in": 0}), 1)
for _ in range(13):
    run.pass_month()
of_kernels = [module for name, module in sys.modules.items() if name.startswith("sim.kernels")]
found = {name: value for module in of_kernels for name, value in vars(module).items()}
print(json.dumps({name: len(value.signatures) for name, value in found.items() if hasattr(value, "signatures")}))
"""


def test_a_year_of_a_town_compiles_no_kernel_twice():
    """A table that may not be written, say, is another kind of argument than one that may."""
    known = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    said = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, env=known).stdout
    times = json.loads(said)
    assert {name: n for name, n in times.items() if n > 1} == {}
    if os.environ.get("NUMBA_DISABLE_JIT") != "1":
        assert times["choose"] == times["match"] == times["struck"] == 1
