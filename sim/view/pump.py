"""The pump: sends films to one browser, each parcel when the one before has been taken."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sim.view.film import Film
from sim.view.parcels import Reader

PATIENCE = 1.0
"""Seconds after which a parcel that was not taken is sent again; twice as long each time it is lost in a row."""

MOST_PATIENCE = 60.0
"""A page that was closed without a word is asked this seldom."""

SHORTEST = 0.1
"""Seconds between parcels, so that fifteen pages together stay within what one process can send."""


class Pump:
    """Films by the name under which a browser keeps them, and a thread that sends what it has not.

    Parameters
    ----------
    send : callable
        Takes a parcel.
    describe : callable
        What a browser is told of a film's ground.
    """

    def __init__(self, send: Callable[[dict[str, Any]], None], describe: Callable[[Film], dict[str, Any]]) -> None:
        self._send, self._describe = send, describe
        self._readers: dict[str, Reader] = {}
        self._generations: dict[str, int] = {}
        self._told: dict[str, tuple[Any, ...]] = {}
        self._described: dict[str, int] = {}
        self._lock = threading.RLock()
        self._news, self._taken = threading.Event(), threading.Event()
        self._serial = 0
        self._is_open = True
        self._extra: dict[str, Any] = {}
        self._under_way: tuple[str, int, int, dict[str, Any]] | None = None

    def show(self, films: dict[str, Film], **extra: Any) -> None:
        """From now on show these films, by name; what a browser has of an equal beginning stays.

        Parameters
        ----------
        films : dict of str to Film
        extra : object
            Told to the browser with the next parcel.
        """
        with self._lock:
            for name in self._readers.keys() - films.keys():
                self._readers.pop(name).film.forget(self._news.set)
            for name, film in films.items():
                self._watch(name, film)
            self._extra |= {"names": list(films), **extra}
        self._news.set()

    def _watch(self, name: str, film: Film) -> None:
        before = self._readers.get(name)
        if before is not None and before.film is film:
            return
        keep = 0
        if before is not None:
            self.take_back()
            before.film.forget(self._news.set)
            one, other = before.film.play, film.play
            if (one.world, one.seed) == (other.world, other.seed):
                keep = min(before.sent, one.fork_month(other) + 1, len(film))
        self._readers[name] = Reader(film, keep)
        self._generations[name] = self._generations.get(name, 0) + 1
        self._told.pop(name, None)
        film.listen(self._news.set)

    def redescribe(self) -> None:
        """Tell the grounds again, in another language."""
        with self._lock:
            self._told.clear()
            self._described.clear()
        self._news.set()

    def got(self, serial: int) -> None:
        """The browser has taken a parcel."""
        with self._lock:
            if serial == self._serial:
                self._under_way = None
                self._taken.set()

    def close(self) -> None:
        """Send no more."""
        self._is_open = False
        for reader in self._readers.values():
            reader.film.forget(self._news.set)
        self._news.set()
        self._taken.set()

    def run(self) -> None:
        """Send until closed: what a thread does."""
        while self._is_open:
            self._news.wait(5.0)
            self._news.clear()
            patience = PATIENCE
            while self._is_open and (parcel := self.next()) is not None:
                self._taken.clear()
                self._send(parcel)
                if self._taken.wait(patience):
                    patience = PATIENCE
                    time.sleep(SHORTEST)
                else:
                    patience = min(2 * patience, MOST_PATIENCE)
                    self.take_back()

    def take_back(self) -> None:
        """The parcel under way was lost: what it held is sent again, whatever has come since."""
        with self._lock:
            if self._under_way is None:
                return
            name, generation, first, extra = self._under_way
            self._under_way = None
            self._extra = extra | self._extra
            if self._generations.get(name) == generation and name in self._readers:
                self._readers[name].sent = min(first, self._readers[name].sent)
                self._told.pop(name, None)
                self._described.pop(name, None)

    def next(self) -> dict[str, Any] | None:
        """The next parcel, None if the browser has everything."""
        with self._lock:
            for name, reader in self._in_turn():
                parcel = self._parcel(name, reader)
                if parcel is not None:
                    return parcel
            return self._sent("", 0, {"first": 0, "n": 0}, b"") if self._extra else None

    def _in_turn(self) -> list[tuple[str, Reader]]:
        """Who has been sent least comes first, so that films grow side by side."""
        return sorted(self._readers.items(), key=lambda one: one[1].sent)

    def _parcel(self, name: str, reader: Reader) -> dict[str, Any] | None:
        film, generation = reader.film, self._generations[name]
        state = (generation, film.state, film.ahead, film.ground is not None)
        if not reader.has_news and self._told.get(name) == state:
            return None
        meta, data = reader.parcel()
        if film.ground is not None and self._described.get(name) != generation:
            meta["ground"] = self._describe(film)
            self._described[name] = generation
        self._told[name] = state
        reader.sent += meta["n"]
        return self._sent(name, generation, meta, data)

    def _sent(self, name: str, generation: int, meta: dict[str, Any], data: bytes) -> dict[str, Any]:
        """A parcel with its number, and with what is to be told besides films; without a name it holds no film."""
        self._serial += 1
        self._under_way = (name, generation, meta["first"], self._extra)
        meta |= {"name": name, "gen": generation, "keep": meta["first"], "serial": self._serial, **self._extra}
        self._extra = {}
        return {"meta": meta, "data": data}
