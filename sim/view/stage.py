"""The stage: plays a run month by month, and keeps cities on the way, so that a later change need not begin anew."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from sim.engine.history import History
from sim.engine.simulation import Simulation
from sim.view.frames import Frame, Ground, frame_of, ground_of
from sim.view.plays import Play

KEPT_EVERY = 12
"""Months between the cities that are kept (assumed: less than a second of work at the sizes that are shown)."""

MOST_BYTES = 600_000_000
"""Memory for kept cities in one process (assumed: two such processes fit on a laptop with 8 GB)."""


@dataclass(frozen=True)
class Beginning:
    """A city of month 0, founded and settled in, so that another process need not do it again."""

    city: bytes


Told = Ground | Frame | Beginning
Tell = Callable[[Told], None]
IsOff = Callable[[], bool]
Kept = tuple[Play, int]


class Stage:
    """One process's memory of the cities it has played.

    Parameters
    ----------
    most_bytes : int
        Beyond it the cities that were not used for longest are forgotten.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._cities: OrderedDict[Kept, bytes] = OrderedDict()

    def knows(self, play: Play) -> bool:
        """Whether some city of its world and seed is remembered."""
        return any((kept.world, kept.seed) == (play.world, play.seed) for kept, _ in self._cities)

    def learn(self, play: Play, beginning: Beginning) -> None:
        """Take over a city of month 0 from another process."""
        self._cities.setdefault((play.until(0), 0), beginning.city)

    def perform(self, play: Play, after: int, tell: Tell, is_off: IsOff) -> bool:
        """Play a run and tell of its beginning (if it is new), its ground, and every month after ``after``.

        Returns
        -------
        bool
            False if it was called off.

        Raises
        ------
        SimError
            If the scenario cannot be read or a rule breaks its contract.
        """
        run = self._beginning(play, after, tell, is_off)
        if run is None:
            return False
        ground = ground_of(run)
        tell(ground)
        if run.month > after:
            tell(frame_of(run, ground))
        while not run.is_over:
            if is_off():
                return False
            run.history = History()
            run.pass_month()
            if run.month > after:
                tell(frame_of(run, ground))
            if run.month % KEPT_EVERY == 0:
                self._keep(play, run)
        return True

    def _beginning(self, play: Play, after: int, tell: Tell, is_off: IsOff) -> Simulation | None:
        """The city at the latest month not beyond ``after`` that is remembered, else founded and settled in."""
        latest = max(after, 0)
        found = [key for key in self._cities if key[1] <= latest and key[0] == play.until(key[1])]
        if found:
            key = max(found, key=lambda one: one[1])
            self._cities.move_to_end(key)
            run = Simulation.restored(self._cities[key])
            if run.scenario.events or play.moves:
                run.scenario = play.scenario()
                run.engine.obey(run.scenario)
            return run
        run = Simulation.founded(play.scenario(), play.seed)
        run.burn_in(lambda _months: is_off())
        if run.month < 0:
            return None
        self._keep(play, run)
        tell(Beginning(self._cities[play.until(0), 0]))
        return run

    def _keep(self, play: Play, run: Simulation) -> None:
        key = (play.until(run.month), run.month)
        if key not in self._cities:
            self._cities[key] = run.save()
        while sum(map(len, self._cities.values())) > self.most_bytes and len(self._cities) > 1:
            self._cities.popitem(last=False)
