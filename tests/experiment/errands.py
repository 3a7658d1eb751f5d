"""Small tasks for worker processes; a module of its own, so that a process can import it."""

import os
import signal
import time
from dataclasses import dataclass

from sim.base.errors import RecordError


@dataclass(frozen=True)
class Square:
    """Squares a number, a month at a time."""

    number: int
    months: int = 3

    def __call__(self, tick):
        for _ in range(self.months):
            tick(1)
        return self.number**2, os.environ.get("OMP_NUM_THREADS", "")


@dataclass(frozen=True)
class Broken:
    """Raises what is our own fault."""

    months: int = 1

    def __call__(self, tick):
        raise ZeroDivisionError("of our own making")


@dataclass(frozen=True)
class DiskFull:
    """Meets what the user has to mend."""

    months: int = 1

    def __call__(self, tick):
        raise RecordError("record.disk_full", path="x", reason="no space")


@dataclass(frozen=True)
class Killed:
    """Dies at once, ``times`` times; a file remembers how often."""

    memory: str
    times: int
    months: int = 1

    def __call__(self, tick):
        with open(self.memory, "a+") as file:
            file.seek(0)
            deaths = len(file.read())
            if deaths < self.times:
                file.write("x")
                file.flush()
                os.kill(os.getpid(), signal.SIGKILL)
        return "alive"


@dataclass(frozen=True)
class Endless:
    """Ticks until it is asked to stop; leaves its process id in a file."""

    memory: str
    months: int = 100

    def __call__(self, tick):
        with open(self.memory, "a") as file:
            file.write(f"{os.getpid()}\n")
        n = 0
        while not tick(1):
            n += 1
            time.sleep(0.01)
        return n
