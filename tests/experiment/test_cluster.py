"""Runs on a Dask cluster: the same content; a scheduler that dies loses nothing that was stored."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lattices import N_RUNS, TEXT, study, swept

from sim.base.errors import SimError
from sim.experiment.brake import Brake
from sim.experiment.store import Store
from sim.experiment.sweep import How, sweep

TROUBLE = Path(__file__).parent / "trouble.py"
ROOT = str(Path(__file__).parents[2])
SCHEDULER = """
import time
from distributed import LocalCluster
if __name__ == "__main__":
    made = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    print(made.scheduler_address, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def scheduler(tmp_path):
    """A scheduler with two workers, in processes of their own; its process, and its address."""
    file = tmp_path / "scheduler.py"
    file.write_text(SCHEDULER)
    process = subprocess.Popen(
        [sys.executable, str(file)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "PYTHONPATH": ROOT}, cwd=tmp_path,
    )  # fmt: skip
    yield process, process.stdout.readline().strip()
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def test_a_cluster_gives_the_same_content_and_a_scheduler_that_dies_loses_nothing(tmp_path, scheduler):
    process, address = scheduler
    swept(tmp_path / "here")
    whole = swept(tmp_path / "there", cluster=address, batch=3)
    assert (whole.made, whole.failed, whole.left) == (N_RUNS, 0, 0)
    assert Store(tmp_path / "there").content_hash() == Store(tmp_path / "here").content_hash()

    def kill(progress):
        if progress.done:
            process.kill()

    slow = ("[0.3, 0.4, 0.5]", "[0.5, 0.6]")
    with Brake() as brake:
        how = How(cluster=address, batch=2, rules=(TROUBLE,))
        cut = sweep(study(TEXT, slow), Store(tmp_path / "cut"), how, brake, kill)
    assert cut.interrupted
    assert 0 < cut.made < 16
    with pytest.raises(SimError, match="no Dask scheduler answers"):
        swept(tmp_path / "cut", slow, cluster=address)
    last = swept(tmp_path / "cut", slow)
    assert last.left == 0
    swept(tmp_path / "whole", slow)
    assert Store(tmp_path / "cut").content_hash() == Store(tmp_path / "whole").content_hash()
