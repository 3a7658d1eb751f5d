"""Proposals that a page has laid aside under a name, to go back to or to go on from."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.view.plays import Move, World

MOST = 20
MOST_LETTERS = 60

Laid = tuple[World, tuple[Move, ...]]


@dataclass
class Shelf:
    """Names and what they stand for; a name that is used again stands for the later one.

    Attributes
    ----------
    laid : dict of str to a world and its moves
    """

    laid: dict[str, Laid] = field(default_factory=dict)

    def lay(self, name: str, world: World, moves: tuple[Move, ...]) -> None:
        """Lay a proposal aside; the oldest makes room.

        Examples
        --------
        >>> shelf = Shelf()
        >>> shelf.lay(" Ours ", World("two-towns"), ())
        >>> list(shelf.laid)
        ['Ours']
        """
        short = name.strip()[:MOST_LETTERS]
        if short:
            self.laid.pop(short, None)
            self.laid[short] = (world, moves)
            while len(self.laid) > MOST:
                del self.laid[next(iter(self.laid))]

    def of(self, world: World) -> list[str]:
        """Names of what was laid aside in a world, the latest first."""
        return [name for name, (where, _) in reversed(self.laid.items()) if where == world]
