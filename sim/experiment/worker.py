"""What goes on inside one worker process: a task, its progress, and an end when the parent ends."""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sim.base.errors import Fault, SimError
from sim.engine.outside import import_rules

WAITING, RUNNING, FINISHED = range(3)
SOON, AT_ONCE = 1, 2
WATCH_EVERY = 0.5

Tick = Callable[[int], bool]


class Task(Protocol):
    """A piece of work that can travel to another process.

    ``months`` is how much of it there is. It calls ``tick(n)`` whenever ``n`` months more are done; once that
    returns True it should stop soon and return what it has.
    """

    @property
    def months(self) -> int: ...

    def __call__(self, tick: Tick, /) -> Any: ...


@dataclass(frozen=True)
class Outcome:
    """What became of a task: a value, or a fault that is ours or the machine's; neither if it was called off."""

    value: Any = None
    fault: Fault | None = None


_done: Any = None
_marks: Any = None
_stop: Any = None


def begin(done: Any, marks: Any, stop: Any, parent: int, rules: tuple[Path, ...]) -> None:
    """What a worker does first: know the shared counters, leave Ctrl-C to the parent, and not outlive it."""
    global _done, _marks, _stop
    _done, _marks, _stop = done, marks, stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for file in rules:
        import_rules(file)


def _end_with(parent: int) -> None:
    while os.getppid() == parent and _stop.value != AT_ONCE:
        time.sleep(WATCH_EVERY)
    os._exit(1)


def work(place: int, task: Task) -> Outcome:
    """Do the task at this place of the list, and let the parent see how far it is."""

    def tick(months: int) -> bool:
        _done[place] += months
        return bool(_stop.value)

    _marks[place] = RUNNING
    outcome = attempt(task, tick)
    _marks[place] = FINISHED
    return outcome


def attempt(task: Task, tick: Tick) -> Outcome:
    """A fault that the user can mend passes through; any other is part of the result."""
    try:
        return Outcome(task(tick))
    except SimError:
        raise
    except Exception:
        return Outcome(fault=Fault("experiment.run_failed", {"trace": traceback.format_exc()}))
