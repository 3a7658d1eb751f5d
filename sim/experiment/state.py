"""How far an experiment is, by what lies in its folder."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sim.base.errors import StoreError
from sim.experiment.lock import locked
from sim.experiment.store import Store


@dataclass(frozen=True)
class ArmState:
    """Planned, finished and failed runs of one arm."""

    label: dict[str, str]
    planned: int
    done: int
    failed: int


@dataclass(frozen=True)
class State:
    """How far an experiment is.

    Attributes
    ----------
    title : dict
        By language.
    arms : tuple of ArmState
    planned, done, failed : int
        Runs, each name once: two arms may share some.
    broken, foreign : tuple of str
        Files that were not read.
    is_running : bool
        Whether a process is at work in the folder.
    seconds : float
        Processor time of the finished runs.
    size : int
        Bytes of the results.
    started, stopped : str or None
    code_changes : int
        How often a change of the model was accepted.
    """

    title: dict[str, str]
    arms: tuple[ArmState, ...]
    planned: int
    done: int
    failed: int
    broken: tuple[str, ...]
    foreign: tuple[str, ...]
    is_running: bool
    seconds: float
    size: int
    started: str | None
    stopped: str | None
    code_changes: int

    @property
    def left(self) -> int:
        """Runs that are neither there nor set aside."""
        return self.planned - self.done - self.failed

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {**asdict(self), "left": self.left}


def state_of(store: Store) -> State:
    """Look at a folder.

    Raises
    ------
    StoreError
        If it holds no experiment.
    """
    import pyarrow.compute as pc

    manifest = store.manifest()
    design, survey, aside = store.design(), store.survey(), store.failures()
    done = survey.finished(manifest["measures"])
    ids, places = design.column("run_id").to_pylist(), design.column("arm").to_pylist()
    arms = []
    for number, arm in enumerate(manifest["arms"]):
        own = {run for run, place in zip(ids, places, strict=True) if place == number}
        arms.append(ArmState(arm["label"], len(own), len(own & done.keys()), len(own & aside.keys() - done.keys())))
    whole = set(ids)
    seconds = pc.sum(store.table("final", ["seconds"]).column("seconds")).as_py() if done else 0.0
    files = [path for room in ("series", "final") for path in (store.folder / room).glob("part-*.parquet")]
    return State(
        manifest["title"], tuple(arms), len(whole), len(whole & done.keys()), len(whole & aside.keys() - done.keys()),
        survey.broken, survey.foreign, _is_running(store), float(seconds or 0.0),
        sum(path.stat().st_size for path in files), manifest.get("started"), manifest.get("stopped"),
        len(manifest["code_changes"]),
    )  # fmt: skip


def _is_running(store: Store) -> bool:
    try:
        with locked(store.folder):
            return False
    except StoreError:
        return True
    except Exception:  # a folder that may only be read: nobody writes there
        return False
