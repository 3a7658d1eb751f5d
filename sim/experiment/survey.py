"""What lies in the folder of an experiment: shards that can be read, and files that are broken or foreign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.experiment import shards
from sim.experiment.shards import Shard

ROOMS = ("series", "final")


@dataclass(frozen=True)
class Survey:
    """What lies in the folder.

    Attributes
    ----------
    shards : tuple of Shard
        Those that can be read, in the order of their names.
    broken, foreign : tuple of str
        Files that were cut short or damaged, and those that hemvist did not write; neither is read as data.
    """

    shards: tuple[Shard, ...]
    broken: tuple[str, ...]
    foreign: tuple[str, ...]

    def finished(self, measures: Iterable[str] = ()) -> dict[str, str]:
        """The shard of each run that has all these measures."""
        wanted = set(measures)
        return {run: one.name for one in self.shards if wanted <= set(one.measures) for run in one.run_ids}


def survey_of(folder: Path) -> Survey:
    """Look through the files of results in a folder, each by its footer alone."""
    found: dict[str, dict[str, Shard]] = {room: {} for room in ROOMS}
    broken: list[str] = []
    foreign: list[str] = []
    for room in ROOMS:
        for path in sorted((folder / room).glob("[!.]*")):
            name = f"{room}/{path.name}"
            if not (path.name.startswith("part-") and path.suffix == ".parquet"):
                foreign.append(name)
            elif (shard := shards.look(path)) is None:
                (broken if _is_ours(path) else foreign).append(name)
            else:
                found[room][path.name] = shard
    whole = [shard for name, shard in found["final"].items() if found["series"].get(name) == shard]
    return Survey(tuple(whole), tuple(broken), tuple(foreign))


def _is_ours(path: Path) -> bool:
    """Whether a file that cannot be read begins as ours do."""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PAR1" and len(path.stem) == len("part-") + 16
    except OSError:
        return False
