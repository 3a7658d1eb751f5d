"""Runs that wait, runs that are being made, and runs that are set aside after too many strikes."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sim.experiment.plan import Run

LONG = 10.0
"""Seconds that a batch should take (assumed): long enough that handing it out costs nothing, short enough to lose."""
MOST = 250


@dataclass(frozen=True)
class Strike:
    """Why a run failed once: a word of ``sweep.reasons``, and what is known beside."""

    reason: str
    trace: str = ""


class Queue:
    """Hands out batches, and remembers what became of each run.

    Parameters
    ----------
    runs : iterable of Run
        Each name once.
    strikes : int
        How often a run may fail before it is set aside.
    set_aside : callable
        Told of a run that is, with all its strikes.
    batch : int, optional
        Runs in a batch; as many as take about ten seconds unless it is given.
    n_workers : int
        Among how many the runs are shared out.
    """

    def __init__(
        self,
        runs: Iterable[Run],
        *,
        strikes: int,
        set_aside: Callable[[Run, Sequence[Strike]], None],
        batch: int | None = None,
        n_workers: int = 1,
    ) -> None:
        self._waiting = deque(runs)
        self._suspects: deque[Run] = deque()
        self._strikes: dict[str, list[Strike]] = {}
        self._set_aside, self._most_strikes, self._batch = set_aside, strikes, batch
        self._n_workers = max(1, n_workers)
        self.n_planned = len(self._waiting)
        self.n_done = self.n_failed = 0
        self._seconds = 0.0
        self.closed = False

    @property
    def n_left(self) -> int:
        """Runs that have not been handed out, or came back."""
        return len(self._waiting) + len(self._suspects)

    def next(self) -> tuple[Run, ...]:
        """A batch, empty if none waits; who failed before comes last and alone."""
        if self.closed:
            return ()
        if self._waiting:
            return tuple(self._waiting.popleft() for _ in range(min(self._size(), len(self._waiting))))
        return (self._suspects.popleft(),) if self._suspects else ()

    def _size(self) -> int:
        if self._batch is not None:
            return self._batch
        share = max(1, len(self._waiting) // (2 * self._n_workers))
        if not self.n_done:
            return min(4, share)
        return max(1, min(MOST, share, int(LONG * self.n_done / max(self._seconds, 1e-9))))

    def stored(self, run_ids: Sequence[str], seconds: Sequence[float]) -> None:
        """Runs are on disk."""
        self.n_done += len(run_ids)
        self._seconds += sum(seconds)

    def give_back(self, runs: Iterable[Run]) -> None:
        """Runs that were handed out and not made, through no fault of theirs."""
        self._waiting.extendleft(reversed(list(runs)))

    def suspect(self, runs: Iterable[Run]) -> None:
        """One of these runs did harm, and nobody knows which: they come again, last and one by one."""
        self._suspects.extend(runs)

    def strike(self, run: Run, strike: Strike) -> None:
        """A run failed: it comes again, unless it was once too often."""
        known = self._strikes.setdefault(run.run_id, [])
        known.append(strike)
        if len(known) >= self._most_strikes:
            self.n_failed += 1
            self._set_aside(run, known)
        else:
            self._suspects.append(run)

    def close(self) -> None:
        """Hand out nothing more."""
        self.closed = True
