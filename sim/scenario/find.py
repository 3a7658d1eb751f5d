"""Where scenarios are: a bare name is one that ships, a path is relative to the file that names it.

On the command line a bare name that does not ship is ``NAME.yaml`` where the user stands, or in the folder
``NAME`` there.

Shipped scenarios lie in ``scenarios/`` beside ``sim/`` in a clone, and in ``sim/scenarios/`` in an installed wheel.
Nothing is read outside the project of the scenario (the nearest folder above it with one of ``MARKS``, else its own
folder) and the shipped scenarios.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import nearest

MARKS = (".hemvist", "pyproject.toml", ".git")
ENDINGS = (".yaml", ".yml")


def shipped_folder(package: Path | None = None) -> Path:
    """The folder of the scenarios that ship; ``package`` is the folder of ``sim``."""
    here = package or Path(__file__).resolve().parents[1]
    installed = here / "scenarios"
    return installed if installed.is_dir() else here.parent / "scenarios"


def shipped_names(folder: Path | None = None) -> tuple[str, ...]:
    """Names of the scenarios that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in (folder or shipped_folder()).glob("*.yaml")))


def is_bare(name: str) -> bool:
    """Whether a name has neither folders nor an ending, and so means a scenario that ships."""
    return not name.endswith(ENDINGS) and "/" not in name and os.sep not in name


@dataclass(frozen=True)
class Fence:
    """The folders out of which files may be read."""

    roots: tuple[Path, ...]

    @classmethod
    def around(cls, file: Path | None) -> Fence:
        """The project of a file (none for a text without a file), and the scenarios that ship."""
        project = () if file is None else (project_of(file),)
        return cls((*project, shipped_folder().resolve()))

    def holds(self, path: Path) -> bool:
        """Whether a file lies inside, links followed."""
        return any(path.resolve().is_relative_to(root) for root in self.roots)


def project_of(file: Path) -> Path:
    """The nearest folder above a file that is marked as a project, else the file's own folder."""
    own = file.resolve().parent
    return next((folder for folder in (own, *own.parents) if any((folder / mark).exists() for mark in MARKS)), own)


def find(name: str, beside: Path | None, fence: Fence | None, place: Place | None = None) -> Path:
    """The file that a name means.

    Parameters
    ----------
    name
        A bare name, or a path.
    beside
        Folder that a path is relative to; None where there is no file that names it.
    fence
        Where it must lie; None for a file that the user named.
    place
        Where the name was written.

    Raises
    ------
    ScenarioError
        If there is no such scenario (the names that ship are told), or it lies outside the fence.
    """
    where = place or Place()
    if is_bare(name):
        path = shipped_folder() / f"{name}.yaml"
        own = [Path(f"{name}.yaml"), Path(name) / f"{name}.yaml"] if beside is None and fence is None else []
        path = next((one for one in (path, *own) if one.is_file()), path)
        if not path.is_file():
            raise ScenarioError.of([_unknown_name(name, where)])
        return path
    path = Path(name) if beside is None else beside / name
    if fence is not None and (beside is None or not fence.holds(path)):
        raise ScenarioError.of([Fault("scenario.outside_project", {"found": name}, where)])
    if not path.is_file():
        raise ScenarioError.of([Fault("scenario.file_missing", {"found": shown_path(path)}, where)])
    return path


def _unknown_name(name: str, place: Place) -> Fault:
    known = shipped_names()
    meant = nearest(name, known)
    key = "scenario.name_unknown_suggest" if meant else "scenario.name_unknown"
    return Fault(key, {"found": name, "meant": meant, "known": _listed(known)}, place)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "-"


def shown_path(path: Path) -> str:
    """A path as a reader knows it: relative to where they stand, if it lies below."""
    full, here = path.resolve(), Path.cwd()
    return str(full.relative_to(here)) if full.is_relative_to(here) else str(full)
