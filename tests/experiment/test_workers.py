"""Runs over processes: one result for any number of them, and an end to each."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from errands import Broken, DiskFull, Endless, Killed, Square

from sim.base.errors import RecordError, SimError
from sim.experiment.brake import Brake
from sim.experiment.workers import Progress, run_all

HERE = str(Path(__file__).parent)


def values(outcomes):
    return [outcome.value for outcome in outcomes]


def test_results_come_in_order_whoever_does_the_work():
    tasks = [Square(number, months=number) for number in range(5)]
    here = [value[0] for value in values(run_all(tasks, brake=Brake(), workers=0))]
    there = [value[0] for value in values(run_all(tasks, brake=Brake(), workers=2))]
    assert here == there == [0, 1, 4, 9, 16]


def test_a_worker_computes_with_one_thread_and_the_parent_keeps_its_own(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    assert values(run_all([Square(3)], brake=Brake(), workers=1)) == [(9, "1")]
    assert os.environ["OMP_NUM_THREADS"] == "7"


def test_no_tasks_no_work():
    assert run_all([], brake=Brake()) == []


@pytest.mark.parametrize("workers", [0, 1])
def test_progress_is_told_up_to_the_end(workers):
    seen = []
    run_all([Square(1, months=4), Square(2, months=6)], brake=Brake(), workers=workers, watch=seen.append)
    assert (seen[-1].done, seen[-1].planned, seen[-1].finished, seen[-1].tasks) == (10, 10, 2, 2)
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert seen[-1].seconds_left == 0


def test_a_fault_of_ours_is_a_result_and_the_others_go_on():
    for workers in (0, 2):
        broken, whole = run_all([Broken(), Square(2)], brake=Brake(), workers=workers)
        assert "of our own making" in broken.fault.values["trace"]
        assert whole.value[0] == 4


@pytest.mark.parametrize("workers", [0, 2])
def test_a_fault_the_user_can_mend_ends_it_all_at_once(workers):
    with pytest.raises(RecordError, match="the disk is full"):
        run_all([DiskFull(), *(Square(n) for n in range(4))], brake=Brake(), workers=workers)


def test_a_task_whose_process_dies_is_done_again(tmp_path):
    tasks = [Square(1), Killed(str(tmp_path / "a"), times=1), Square(3)]
    one, killed, three = values(run_all(tasks, brake=Brake(), workers=2))
    assert (one[0], killed, three[0]) == (1, "alive", 9)


def test_a_task_that_kills_three_processes_is_given_up_and_its_neighbours_are_not(tmp_path):
    tasks = [Killed(str(tmp_path / "a"), times=99), Square(2), Square(3)]
    killer, two, three = run_all(tasks, brake=Brake(), workers=2)
    assert killer.fault.key == "experiment.worker_died"
    assert (two.value[0], three.value[0]) == (4, 9)


def test_processes_that_cannot_begin_are_a_fault_with_advice(tmp_path):
    with pytest.raises(SimError, match="before they had begun"):
        run_all([Square(1)], brake=Brake(), workers=1, rules=[tmp_path / "missing.py"])


def test_rules_from_a_file_are_known_to_the_workers(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        "from sim.base.registry import rule\n@rule('rent', 'free')\nclass Free: ...\nopen(__file__ + '.seen', 'w')"
    )
    run_all([Square(1)], brake=Brake(), workers=1, rules=[file])
    assert Path(f"{file}.seen").exists()


@pytest.mark.parametrize("workers", [0, 2])
def test_the_brake_ends_running_tasks_early_and_calls_off_the_rest(tmp_path, workers):
    brake = Brake()
    threading.Timer(3.0 if workers else 0.2, lambda: setattr(brake, "pulled", True)).start()
    tasks = [Endless(str(tmp_path / "pids")), *(Endless(str(tmp_path / "pids")) for _ in range(4))]
    outcomes = run_all(tasks, brake=brake, workers=workers)
    assert values(outcomes)[0] > 0
    assert values(outcomes)[-1] is None
    assert outcomes[-1].fault is None


DRIVER = """
    import sys
    sys.path.insert(0, {here!r})
    from errands import Endless
    from sim.experiment.brake import Brake
    from sim.experiment.workers import run_all
    if __name__ == "__main__":
        with Brake() as brake:
            print(run_all([Endless({memory!r}), Endless({memory!r})], brake=brake, workers=2), flush=True)
"""


@pytest.fixture
def driver(tmp_path):
    """A real process that drives two workers, once both of them are at work."""
    script, memory = tmp_path / "driver.py", tmp_path / "pids"
    script.write_text(textwrap.dedent(DRIVER.format(here=HERE, memory=str(memory))))
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": root}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert soon(lambda: memory.exists() and len(memory.read_text().split()) == 2)
    yield process, [int(pid) for pid in memory.read_text().split()]
    if process.poll() is None:
        process.kill()
    process.communicate()


def soon(is_so, limit=30):
    """Wait for it, generously."""
    end = time.monotonic() + limit
    while not is_so() and time.monotonic() < end:
        time.sleep(0.05)
    return is_so()


def is_gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@needs_proc
def test_no_worker_outlives_a_killed_parent(driver):
    process, pids = driver
    process.kill()
    assert soon(lambda: all(is_gone(pid) for pid in pids))


@needs_proc
def test_ctrl_c_once_keeps_what_is_done(driver):
    process, pids = driver
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert said.count(b"Outcome(value=") == 2
    assert b"value=None" not in said
    assert soon(lambda: all(is_gone(pid) for pid in pids))


@needs_proc
def test_ctrl_c_twice_stops_at_once(driver):
    process, pids = driver
    os.killpg(process.pid, signal.SIGSTOP)  # so that both signals are there before the first is obeyed
    process.send_signal(signal.SIGINT)
    os.killpg(process.pid, signal.SIGCONT)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert soon(lambda: all(is_gone(pid) for pid in pids))


def test_the_second_ctrl_c_is_an_interrupt():
    before = signal.getsignal(signal.SIGINT)  # a shell that runs this in the background ignores the signal
    with Brake() as brake:
        signal.raise_signal(signal.SIGINT)
        assert brake.pulled
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_brake_in_another_thread_leaves_signals_alone():
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def use():
        with Brake() as brake:
            seen.append((signal.getsignal(signal.SIGINT), brake.pulled))

    thread = threading.Thread(target=use)
    thread.start()
    thread.join()
    assert seen == [(before, False)]


def test_how_long_it_takes_is_said_once_the_speed_can_be_told():
    def left(done):
        return Progress(done, 1_000, 0, 1, 10.0).seconds_left

    assert left(0) is None
    assert left(19) is None
    assert left(20) == 490.0
    assert left(1_000) == 0.0
