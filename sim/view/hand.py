"""What goes on inside one process of the company: it plays what it is told to, and ends when its parent ends."""

from __future__ import annotations

import os
import signal
import traceback
from dataclasses import dataclass
from typing import Any

from sim.base.errors import Fault, SimError
from sim.view.plays import Play
from sim.view.stage import Beginning, Stage, Told

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


@dataclass(frozen=True)
class Order:
    """What a process is told to play: months up to ``after`` are known; perhaps the city of month 0."""

    number: int
    play: Play
    after: int
    beginning: Beginning | None = None


@dataclass(frozen=True)
class News:
    """What a process tells: a ground or frame, or that it is over."""

    number: int
    told: Told | None = None
    is_over: bool = False
    fault: Fault | None = None


def serve(line: Any, wanted: Any) -> None:
    """Play one order after another; the one under way is called off once ``wanted`` names another number."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    stage = Stage()
    try:
        while True:
            _obey(line.recv(), stage, line, wanted)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _obey(order: Order, stage: Stage, line: Any, wanted: Any) -> None:
    fault = None
    if order.beginning is not None:
        stage.learn(order.play, order.beginning)
    try:
        stage.perform(
            order.play, order.after,
            lambda told: line.send(News(order.number, told)),
            lambda: wanted.value != order.number,
        )  # fmt: skip
    except SimError as error:
        fault = error.faults[0]
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}"
        fault = Fault("view.run_failed", {"reason": reason, "trace": traceback.format_exc()})
    line.send(News(order.number, is_over=True, fault=fault))
