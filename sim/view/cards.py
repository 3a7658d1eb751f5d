"""The workshop's board: proposals that tables have kept, on disk, with what they guessed and what came out."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sim.base.disk import ready, write_whole
from sim.base.errors import SimError

FORMAT = "hemvist-board/1"
MOST_CARDS = 200
MOST_LETTERS = 60
MOST_LACKS, LONGEST_LACK = 100, 200
GUESSES = ("higher", "lower", "no_clear_difference")


@dataclass(frozen=True)
class Outcome:
    """What pairs of runs say of one answer over the last months, against today's rules.

    Attributes
    ----------
    measure, word : str
        As in ``verdicts``.
    mean, low, high : float
        In the unit of the measure.
    pairs : int
    """

    measure: str
    word: str
    mean: float
    low: float
    high: float
    pairs: int


@dataclass(frozen=True)
class Card:
    """A proposal that a table has kept. Tables have names, people have none.

    Attributes
    ----------
    id, table, title, link : str
        The link restores the proposal.
    moved : tuple of str
        What was pulled, as the table read it.
    guess : dict of str to str
        By answer, one of ``GUESSES``.
    is_blind : bool
        Whether the guess was locked before the run had ended.
    outcome : dict of str to Outcome
        By answer.
    votes : int
    picture : tuple of int
        Class of each area on the map of differences, see ``thumbnails``; empty where there is none.
    """

    id: str
    table: str
    title: str
    link: str
    moved: tuple[str, ...] = ()
    guess: dict[str, str] = field(default_factory=dict)
    is_blind: bool = False
    outcome: dict[str, Outcome] = field(default_factory=dict)
    votes: int = 0
    picture: tuple[int, ...] = ()


class Board:
    """All cards of a workshop, the same for every page; each change is on disk before anybody sees it.

    Attributes
    ----------
    folder : Path
    pin : str
        Lets a host show the guesses and take cards away.
    is_shown : bool
        Whether all see all guesses.
    lacks : tuple of str
        What the room misses in the model.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.pin, self.is_shown = folder, f"{secrets.randbelow(10_000):04d}", False
        self._lock = threading.Lock()
        self._listeners: list[Callable[[], None]] = []
        self.cards, self.lacks = self._read()

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return self.folder / "board.json"

    def listen(self, call: Callable[[], None]) -> None:
        """Have it called after each change."""
        self._listeners.append(call)

    def forget(self, call: Callable[[], None]) -> None:
        """Call it no more."""
        self._listeners = [one for one in self._listeners if one != call]

    def keep(self, card: Card) -> str:
        """One more card, and its id; texts are cut to what fits on one.

        Raises
        ------
        SimError
            If the board is full, or the disk is.
        """
        with self._lock:
            if len(self.cards) >= MOST_CARDS:
                raise SimError("view.board_full", most=MOST_CARDS)
            short = replace(
                card, id=secrets.token_hex(4), table=card.table[:MOST_LETTERS], title=card.title[:MOST_LETTERS]
            )
            self._write((*self.cards, short))
        self._tell()
        return short.id

    def refresh(self, card: str, outcome: dict[str, Outcome]) -> None:
        """More pairs of runs have ended: say what they say."""
        with self._lock:
            cards = tuple(replace(one, outcome=outcome) if one.id == card else one for one in self.cards)
            if cards == self.cards:
                return
            self._write(cards)
        self._tell()

    def lack(self, text: str) -> None:
        """One more thing that the model does not have; the same is not said twice.

        Raises
        ------
        SimError
            If the list is full, or the disk is.
        """
        short = " ".join(text.split())[:LONGEST_LACK]
        with self._lock:
            if not short or short in self.lacks:
                return
            if len(self.lacks) >= MOST_LACKS:
                raise SimError("view.board_full", most=MOST_LACKS)
            self._write(self.cards, (*self.lacks, short))
        self._tell()

    def unlack(self, text: str) -> None:
        """Take something off that list."""
        with self._lock:
            self._write(self.cards, tuple(one for one in self.lacks if one != text))
        self._tell()

    def vote(self, card: str) -> None:
        """One more dot on a card."""
        with self._lock:
            self._write(tuple(replace(one, votes=one.votes + (one.id == card)) for one in self.cards))
        self._tell()

    def is_host(self, pin: str) -> bool:
        """Whether somebody knows the host's number."""
        return hmac.compare_digest(pin.encode(), self.pin.encode())

    def show_guesses(self, is_shown: bool) -> None:
        """Let all see all guesses, or only those of their own table."""
        self.is_shown = is_shown
        self._tell()

    def remove(self, card: str | None) -> None:
        """Take a card away, or all of them."""
        with self._lock:
            self._write(tuple(one for one in self.cards if card is not None and one.id != card))
        self._tell()

    def best(self, answer: str, is_high_better: bool) -> str | None:
        """The card that does best on one answer, among those with a clear difference that is an improvement."""
        wished = "higher" if is_high_better else "lower"
        found = [card for card in self.cards if answer in card.outcome and card.outcome[answer].word == wished]
        return max(found, key=lambda card: abs(card.outcome[answer].mean)).id if found else None

    def _tell(self) -> None:
        for call in tuple(self._listeners):
            call()

    def _write(self, cards: tuple[Card, ...], lacks: tuple[str, ...] | None = None) -> None:
        lacks = self.lacks if lacks is None else lacks
        ready(self.folder)
        data = {"schema": FORMAT, "cards": [asdict(card) for card in cards], "lacks": lacks}
        write_whole(self.file, json.dumps(data, ensure_ascii=False, indent=1, allow_nan=True).encode())
        self.cards, self.lacks = cards, lacks

    def _read(self) -> tuple[tuple[Card, ...], tuple[str, ...]]:
        if not self.file.exists():
            return (), ()
        try:
            data = json.loads(self.file.read_text(encoding="utf-8"))
            if data["schema"] != FORMAT:
                raise ValueError(data["schema"])
            return tuple(_card(card) for card in data["cards"]), tuple(str(one) for one in data.get("lacks", ()))
        except (OSError, ValueError, KeyError, TypeError) as fault:
            raise SimError("view.broken_board", file=self.file, reason=str(fault)) from fault


def _card(data: dict[str, Any]) -> Card:
    outcome = {answer: Outcome(**found) for answer, found in data.pop("outcome").items()}
    picture = tuple(int(one) for one in data.get("picture", ()))
    return Card(**{**data, "moved": tuple(data["moved"]), "outcome": outcome, "picture": picture})
