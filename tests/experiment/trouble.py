"""A file with a rule from outside that makes runs misbehave, in worker processes alone; what they do follows from the
threshold of the lattice: 0.1 raises, 0.2 leaves, 0.3 never ends, 0.4 eats memory, 0.5 is slow, all others are well."""

import multiprocessing
import os
import time
from dataclasses import dataclass

from sim.base.registry import rule
from sim.engine.simulation import Simulation

eaten = []


@rule("screening", "trouble")
@dataclass(frozen=True)
class Trouble:
    """Nobody uses it: a file has to mark a rule."""


well = Simulation.pass_month


def pass_month(self, **how):
    at = self.scenario.preferences.profiles[0].terms["own_group"].make().at
    if at == 0.1:
        raise ZeroDivisionError("of our own making")
    if at == 0.2:
        os._exit(7)
    while at == 0.3:
        time.sleep(0.01)
    while at == 0.4:
        eaten.append(bytearray(20_000_000))
        eaten[-1][::1000] = b"x" * 20_000
        time.sleep(0.005)
    if at == 0.5:
        time.sleep(0.1)
    well(self, **how)


if multiprocessing.parent_process() is not None:
    Simulation.pass_month = pass_month
