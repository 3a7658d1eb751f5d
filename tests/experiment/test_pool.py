"""Processes may raise, leave, hang, eat memory or be killed: the sweep ends, loses nothing, and says what happened."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lattices import AT, TEXT, swept

from sim.experiment.store import Store

ROOT = str(Path(__file__).parents[2])
TROUBLE = Path(__file__).parent / "trouble.py"
WAIT = 120.0
"""Seconds after which something that should have happened has not; on a busy machine a process takes some to start."""


def with_points(points, n=2):
    return TEXT.replace("[0.3, 0.4, 0.5]", points).replace("n: 4", f"n: {n}")


def begun(folder, *more):
    """A sweep in a process of its own."""
    (folder / "e.yaml").write_text(with_points("[0.5, 0.6]", 8))
    arguments = ["sweep", "e.yaml", "-o", ".", "-j", "2", "--batch", "3", "--rules", str(TROUBLE), *more]
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": ROOT, "HEMVIST_LANG": "en"},
    )  # fmt: skip


def until(true):
    """Wait for something to become true."""
    end = time.monotonic() + WAIT
    while not (found := true()):
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)
    return found


def workers_of(process):
    """Process ids of those that a driver has started and that run our code."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def is_alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def n_stored(folder):
    return len(Store(folder / "lattices").survey().finished())


@pytest.fixture(scope="module", autouse=True)
def _compiled(tmp_path_factory):
    """Kernels lie compiled on disk before any process has to be quick."""
    swept(tmp_path_factory.mktemp("compiled"), limit=1)


def troubled(folder, points, limits, n=1, **how):
    """A sweep of one arm over some points, all but 0.6 of which make trouble; and what was set aside, by threshold."""
    other = '  - {id: other, scenario: schelling, set: {population.fill: 0.7}}\n'
    text = with_points(points, n).replace(other, "") + f"limits: {{{limits}}}\n"
    done = swept(folder, text=text, rules=(TROUBLE,), **how)
    return done, {told["point"][AT]: told for told in Store(folder).failures().values()}


def test_runs_that_raise_or_end_their_process_are_tried_again_then_set_aside(tmp_path):
    done, aside = troubled(tmp_path, "[0.1, 0.2, 0.6]", "retries: 1, max_failures: 1", workers=2)
    assert (done.made, done.failed, done.left) == (1, 2, 0)
    assert {at: (told["reason"], told["attempts"]) for at, told in aside.items()} == {
        0.1: ("raised", 2), 0.2: ("died", 2),
    }  # fmt: skip
    assert "of our own making" in aside[0.1]["fault"]
    assert "exit code 7" in aside[0.2]["fault"]
    for at, told in aside.items():
        assert told["command"].startswith("hemvist run schelling --seed ")
        assert f"--set {AT}={at}" in told["command"]


def test_a_run_that_never_ends_is_ended(tmp_path):
    done, aside = troubled(tmp_path, "[0.3, 0.6]", "timeout: 0.15, retries: 0, max_failures: 1", workers=1)
    assert (done.made, done.failed) == (1, 1)
    assert aside[0.3]["reason"] == "too_long"


@pytest.mark.skipif(sys.platform != "linux", reason="memory of a process is read from /proc")
def test_a_run_that_eats_memory_is_ended(tmp_path):
    done, aside = troubled(tmp_path, "[0.4, 0.6]", "memory: 0.8, retries: 0, max_failures: 1", workers=1)
    assert (done.made, done.failed) == (1, 1)
    assert aside[0.4]["reason"] == "too_large"


def test_too_many_failures_stop_the_sweep(tmp_path):
    done, _ = troubled(tmp_path, "[0.1, 0.6]", "retries: 0, max_failures: 5 %", n=20, workers=1, batch=4)
    assert done.gave_up
    assert 2 <= done.failed < 20
    assert done.left > 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_killing_workers_and_drivers_loses_nothing_and_leaves_no_orphan(tmp_path):
    driver = begun(tmp_path)
    workers = until(lambda: n_stored(tmp_path) and workers_of(driver))
    os.kill(workers[0], signal.SIGKILL)
    until(lambda: workers[0] not in workers_of(driver) and len(workers_of(driver)) == 2)
    workers = workers_of(driver)
    os.kill(driver.pid, signal.SIGKILL)
    driver.communicate()
    until(lambda: not any(is_alive(pid) for pid in workers))
    kept = n_stored(tmp_path)
    assert 0 < kept < 32

    again = begun(tmp_path)
    until(lambda: n_stored(tmp_path) > kept)
    again.send_signal(signal.SIGINT)
    _, said = again.communicate(timeout=WAIT)
    assert again.returncode == 130, said.decode()
    assert b"hemvist resume" in said

    last = begun(tmp_path)
    _, said = last.communicate(timeout=WAIT)
    assert last.returncode == 0, said.decode()
    assert n_stored(tmp_path) == 32
    swept(tmp_path / "whole", text=with_points("[0.5, 0.6]", 8))
    assert Store(tmp_path / "lattices").content_hash() == Store(tmp_path / "whole").content_hash()


def test_two_workers_and_any_batch_give_the_same_content(tmp_path):
    swept(tmp_path / "here")
    swept(tmp_path / "two", workers=2, batch=7)
    assert Store(tmp_path / "here").content_hash() == Store(tmp_path / "two").content_hash()


def test_a_worker_with_other_code_is_refused(tmp_path, monkeypatch):
    from sim.base.errors import StoreError
    from sim.experiment import sweep

    monkeypatch.setattr(sweep, "model_code_hash", lambda: "f" * 64)
    with pytest.raises(StoreError, match="another model"):
        swept(tmp_path, workers=1)
