"""Where experiments are: a bare name is one that ships, anything else is a path.

Shipped experiments lie in ``experiments/`` beside ``sim/`` in a clone, and in ``sim/experiments/`` in an installed
wheel.
"""

from __future__ import annotations

from pathlib import Path

from sim.base.errors import ScenarioError
from sim.base.registry import nearest
from sim.scenario.find import is_bare, shown_path


def shipped_folder(package: Path | None = None) -> Path:
    """The folder of the experiments that ship; ``package`` is the folder of ``sim``."""
    here = package or Path(__file__).resolve().parents[2]
    installed = here / "experiments"
    return installed if installed.is_dir() else here.parent / "experiments"


def shipped_names() -> tuple[str, ...]:
    """Names of the experiments that ship, in alphabetical order."""
    return tuple(sorted(path.stem for path in shipped_folder().glob("*.yaml")))


def find(name: str) -> Path:
    """The file that a name means.

    Raises
    ------
    ScenarioError
        If there is no such experiment; the names that ship are told.
    """
    if not is_bare(name):
        if not Path(name).is_file():
            raise ScenarioError("scenario.file_missing", found=shown_path(Path(name)))
        return Path(name)
    path = shipped_folder() / f"{name}.yaml"
    if not path.is_file():
        known = shipped_names()
        meant = nearest(name, known)
        key = "experiment.name_unknown_suggest" if meant else "experiment.name_unknown"
        raise ScenarioError(key, found=name, meant=meant, known=", ".join(known) or "-")
    return path
