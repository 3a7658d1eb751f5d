"""Your proposal: which levers are moved when, with undo and redo, a link, and the scenario file that says the same."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import dataclass, replace

import yaml

from sim import __version__
from sim.base.errors import SimError
from sim.view.plays import Move, Play, World, timeline

LONGEST_LINK = 2_000
MOST_UNPACKED = 64_000
MOST_MOVES = 200


@dataclass(frozen=True)
class Proposal:
    """Moves with what came before and what was undone.

    Attributes
    ----------
    moves : tuple of Move
        In the order of the months; a path at most once a month.
    past, undone : tuple of tuples of Move
        What undo and redo go to, the next one last.
    """

    moves: tuple[Move, ...] = ()
    past: tuple[tuple[Move, ...], ...] = ()
    undone: tuple[tuple[Move, ...], ...] = ()

    def moved(self, move: Move, standing: float | None) -> Proposal:
        """With one lever moved; a move back to what stands there anyway is no move.

        Parameters
        ----------
        move : Move
        standing : float or None
            What the lever stands at just before that month.
        """
        others = tuple(one for one in self.moves if (one.month, one.path) != (move.month, move.path))
        moves = others if move.value == standing else tuple(sorted((*others, move)))
        return self.to(moves)

    def without(self, path: str) -> Proposal:
        """With one lever where it stands today; the others stay."""
        return self.to(tuple(move for move in self.moves if move.path != path))

    def to(self, moves: tuple[Move, ...]) -> Proposal:
        """With other moves, which can be undone."""
        if moves == self.moves:
            return self
        return Proposal(moves, (*self.past, self.moves)[-50:])

    def undo(self) -> Proposal:
        """One change back."""
        if not self.past:
            return self
        return Proposal(self.past[-1], self.past[:-1], (*self.undone, self.moves))

    def redo(self) -> Proposal:
        """The change that was undone last."""
        if not self.undone:
            return self
        return Proposal(self.undone[-1], (*self.past, self.moves), self.undone[:-1])

    def value(self, path: str, month: int, today: float | None) -> float | None:
        """What a lever stands at in a month."""
        found = [move.value for move in self.moves if move.path == path and move.month <= month]
        return found[-1] if found else today


def as_link(play: Play, name: str = "") -> str:
    """A play as a short text for an address, see ``from_link``.

    Examples
    --------
    >>> from_link(as_link(Play(World("two-towns")), "Table 3"))[:2]
    (Play(world=World(source='two-towns', overrides=()), seed=1, moves=()), 'Table 3')
    """
    data = {
        "v": __version__, "s": play.world.source, "o": play.world.overrides, "r": play.seed, "n": name,
        "m": [[move.month, move.path, move.value] for move in play.moves],
    }  # fmt: skip
    packed = zlib.compress(json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def from_link(text: str) -> tuple[Play, str, str]:
    """The play, its name, and the version of hemvist that wrote it.

    Nothing in it is believed: whoever plays it loads and checks the scenario like a file.

    Raises
    ------
    SimError
        If it is none of ours, or too long.
    """
    try:
        if len(text) > LONGEST_LINK:
            raise ValueError("too long")
        unpacking = zlib.decompressobj()
        raw = unpacking.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), MOST_UNPACKED)
        if not unpacking.eof:
            raise ValueError("cut off")
        data = json.loads(raw)
        moves = tuple(sorted(Move(int(month), str(path), float(value)) for month, path, value in data["m"]))
        overrides = tuple((str(path), str(value)) for path, value in data["o"])
        play = Play(World(str(data["s"]), overrides), int(data["r"]), moves)
        if len(moves) > MOST_MOVES or any(move.month < 1 for move in moves):
            raise ValueError("moves")
        return play, str(data["n"])[:80], str(data["v"])[:20]
    except (ValueError, KeyError, TypeError, zlib.error, RecursionError) as error:
        raise SimError("view.broken_link", reason=str(error)) from error


def as_yaml(play: Play, name: str) -> str:
    """The scenario file that ``hemvist run`` plays to the same end."""
    data: dict[str, object] = {
        "schema": "hemvist-scenario/1",
        "id": "our_proposal",
        "extends": play.world.source,
        "title": {"en": name, "sv": name},
    }
    for path, value in play.world.overrides:
        _put(data, path.split("."), yaml.safe_load(value))
    if play.moves:
        data["timeline"] = timeline(play.moves)
    head = f"# hemvist run our-proposal.yaml --seed {play.seed}\n"
    return head + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)


def _put(data: dict[str, object], parts: list[str], value: object) -> None:
    for part in parts[:-1]:
        below = data.setdefault(part, {})
        if not isinstance(below, dict):
            return
        data = below
    data[parts[-1]] = value


def renamed(play: Play, world: World) -> Play:
    """The same moves in another world."""
    return replace(play, world=world)
