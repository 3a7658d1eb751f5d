"""Inside one worker process, looked at from this one."""

import os
import signal
from types import SimpleNamespace

import pytest
from errands import Broken, DiskFull, Square

from sim.base.errors import RecordError
from sim.experiment import worker


@pytest.fixture
def begun(monkeypatch, tmp_path):
    """A worker that has begun, without the thread that would end this process."""
    before = signal.getsignal(signal.SIGINT)
    threads = []
    monkeypatch.setattr(
        worker.threading, "Thread", lambda **how: threads.append(how) or SimpleNamespace(start=lambda: None)
    )
    (tmp_path / "mine.py").write_text("from sim.base.registry import rule\n@rule('rent', 'free')\nclass Free: ...")
    done, marks, stop = [0, 0, 0], [0, 0, 0], SimpleNamespace(value=0)
    worker.begin(done, marks, stop, os.getppid(), (tmp_path / "mine.py",))
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    assert threads[0]["daemon"]
    yield done, marks, stop
    signal.signal(signal.SIGINT, before)


def test_a_task_is_marked_counted_and_done(begun):
    done, marks, _ = begun
    assert worker.work(1, Square(3, months=5)).value[0] == 9
    assert done == [0, 5, 0]
    assert marks == [worker.WAITING, worker.FINISHED, worker.WAITING]


def test_a_fault_of_ours_is_an_outcome_and_one_of_the_users_is_not(begun):
    assert worker.work(0, Broken()).fault.key == "experiment.run_failed"
    with pytest.raises(RecordError):
        worker.work(0, DiskFull())


@pytest.mark.parametrize(("parent", "stop"), [(-1, 0), (None, worker.AT_ONCE)])
def test_a_worker_ends_with_its_parent_or_when_it_is_told(begun, monkeypatch, parent, stop):
    begun[2].value = stop
    monkeypatch.setattr(worker.os, "_exit", lambda code: (_ for _ in ()).throw(SystemExit(code)))
    with pytest.raises(SystemExit) as end:
        worker._end_with(os.getppid() if parent is None else parent)
    assert end.value.code == 1


def test_a_worker_waits_as_long_as_its_parent_lives(begun, monkeypatch):
    naps = []

    def nap(seconds):
        naps.append(seconds)
        begun[2].value = worker.AT_ONCE if len(naps) == 3 else 0

    monkeypatch.setattr(worker.time, "sleep", nap)
    monkeypatch.setattr(worker.os, "_exit", lambda code: None)
    worker._end_with(os.getppid())
    assert len(naps) == 3
