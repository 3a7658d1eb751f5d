"""Links from outside: what they name is opened only if this server has it."""

from __future__ import annotations

from sim.base.errors import SimError
from sim.view.house import House
from sim.view.levers import states
from sim.view.plays import Play
from sim.view.proposals import from_link


def opened(house: House, link: str) -> tuple[Play, str]:
    """The play of a link, and the version of hemvist that wrote it.

    Raises
    ------
    SimError
        If it is none of ours, names another scenario, or moves what is no lever of it.
    """
    play, _name, version = from_link(link)
    if play.world not in house.worlds().values():
        raise SimError("view.unknown_link", source=play.world.source)
    known = {state.lever.path for state in states(house.scenario(play.world))}
    unknown = {move.path for move in play.moves} - known
    if unknown:
        raise SimError("view.broken_link", reason=", ".join(sorted(unknown)))
    play.scenario()
    return play, version
