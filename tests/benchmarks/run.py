"""Run every benchmark against its yardstick, in turns and in one sitting, and print a table of ratios.

    python tests/benchmarks/run.py                 # three rounds of all; some minutes, most of them Mesa's
    python tests/benchmarks/run.py --only kernel --rounds 7

A ratio above 1 means that ours is quicker; the table gives its median and range over the rounds, and the median times.
Rows without a yardstick give the figure itself beside its aim. Where a yardstick needs a C compiler or a package that
is not there, its row says so. Lines of JSON go to --log.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "bench"
FLAGS = "-O3 -march=native"
NO_COMPILER = "no C compiler here (gcc, cc or clang)"


class MissingError(Exception):
    """What a yardstick needs and is not there."""


@dataclass(frozen=True)
class Figure:
    """One row without a yardstick: a figure of one of our programs, and what we aim at.

    Attributes
    ----------
    name, aim : str
    ours : tuple of str
        Command, as in ``Claim``.
    key : str
        Key of the JSON whose value is told.
    """

    name: str
    aim: str
    ours: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Claim:
    """One row: what is compared, in which unit, and what we aim at.

    Attributes
    ----------
    name, aim : str
    ours, theirs : tuple of str
        Commands; a first word ending in ``.py`` is a script beside this file, in ``.c`` a program compiled from one.
    unit : str
        Key of the JSON whose value is compared, less being better.
    times : int
        How often the pair is run in each round: more for what takes milliseconds and so is easily disturbed.
    """

    name: str
    aim: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    unit: str = "ns_per_agent_step"
    times: int = 1


def claims() -> tuple[Claim, ...]:
    """Every claim of speed, those that take longest last."""
    ours, c = "bench_schelling.py", "schelling.c"
    return (
        Claim("kernel, each judged at its turn, side 500 / C keyed", ">= 0.8", (ours, "500", "20", "turns"),
              (c, "500", "20", "keyed"), times=5),
        Claim("kernel, judged once a round, side 500 / C keyed", ">= 0.8", (ours, "500", "20", "rounds"),
              (c, "500", "20", "keyed"), times=5),
        Claim("kernel, each judged at its turn, side 2000 / C keyed", ">= 0.8", (ours, "2000", "20", "turns"),
              (c, "2000", "20", "keyed")),
        Claim("kernel, judged once a round, side 2000 / C keyed", ">= 0.8", (ours, "2000", "20", "rounds"),
              (c, "2000", "20", "keyed")),
        Claim("market month, ten listings, one application / C", ">= 0.8", ("bench_town.py", "--like-c"),
              ("housing_c.py", "--households", "490000", "--months", "24", "--draw", "each", "--taste", "pair"),
              "ns_per_searcher"),
        Claim("the same, one in twenty looks and no other rule / C", ">= 0.8", ("bench_town.py", "--plain"),
              ("housing_c.py", "--households", "490000", "--months", "24", "--draw", "each", "--taste", "pair"),
              "ns_per_searcher"),
        Claim("HousingModel, Schelling 50 x 50 / Mesa's example", "-", (ours, "50", "20", "model"),
              ("mesa_schelling.py", "50", "20")),
        Claim("HousingModel, Schelling 500 x 500 / Mesa's example", ">= 1000", (ours, "500", "20", "model"),
              ("mesa_schelling.py", "500", "20")),
    )  # fmt: skip


def figures() -> tuple[Figure, ...]:
    """Every figure that has an aim of its own; rows with one command share its runs."""
    town, start = ("bench_town.py",), ("bench_start.py",)
    return (
        Figure("Gothenburg, 490,000 households, every rule: months/s", ">= 120", town, "months_per_s"),
        Figure("the same: bytes per household", "<= 100", town, "bytes_per_household"),
        Figure("hemvist --help, s of processor time", "<= 0.1", start, "help_cpu_s"),
        Figure("hemvist run two-towns, first month, warm, s", "<= 1.5", start, "first_month_wall_s"),
    )


def compiler() -> str:
    """The C compiler: the one that CC names, or the first that is found."""
    for name in (os.environ.get("CC", ""), "gcc", "cc", "clang"):
        if name and shutil.which(name):
            return name
    raise MissingError(NO_COMPILER)


def compiled(source: str) -> str:
    """Path of the program made from a C file, made anew when the file is newer."""
    program = BUILD / Path(source).stem
    if not program.exists() or program.stat().st_mtime < (HERE / source).stat().st_mtime:
        BUILD.mkdir(parents=True, exist_ok=True)
        subprocess.run([compiler(), *FLAGS.split(), "-o", str(program), str(HERE / source), "-lm"], check=True)
    return str(program)


def measured(command: tuple[str, ...]) -> dict[str, object]:
    """Run one program in a fresh process and read the line that it prints."""
    first, rest = command[0], command[1:]
    start = [compiled(first)] if first.endswith(".c") else [sys.executable, str(HERE / first)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run([*start, *rest], capture_output=True, text=True, env=environment, cwd=ROOT, check=False)
    if done.returncode != 0:
        raise MissingError((done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1])
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def spread(values: list[float]) -> str:
    return f"{statistics.median(values):.4g} ({min(values):.4g} to {max(values):.4g})"


def row(claim: Claim, runs: list[tuple[dict, dict]]) -> str:
    """The claim's line of the table."""
    ours, theirs = ([float(run[side][claim.unit]) for run in runs] for side in (0, 1))
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    return (
        f"{claim.name:58} {spread(ratios):30} aim {claim.aim:8} "
        f"{statistics.median(ours):.4g} against {statistics.median(theirs):.4g} {claim.unit}"
    )


def machine() -> str:
    """What the figures were taken on."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    name, cpuinfo = platform.processor() or platform.machine(), Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line.split(":", 1)[1].strip() for line in cpuinfo.read_text().splitlines() if "model name" in line]
        name = names[0] if names else name
    return f"{name}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}, C {FLAGS}"


def figure_row(figure: Figure, runs: list[dict[str, object]]) -> str:
    """The figure's line of the table."""
    return f"{figure.name:58} {spread([float(str(run[figure.key])) for run in runs]):30} aim {figure.aim}"


@dataclass
class Sitting:
    """What has been measured so far; every run goes to the log.

    Attributes
    ----------
    log : open text file
    runs : dict
        Lines of JSON by command, in the order of the rounds.
    missing : dict
        Why a command cannot be run.
    """

    log: TextIO
    runs: dict[tuple[str, ...], list[dict[str, object]]] = field(default_factory=dict)
    missing: dict[tuple[str, ...], str] = field(default_factory=dict)

    def run(self, command: tuple[str, ...]) -> dict[str, object] | None:
        """Run a command once more, unless it is known that it cannot be."""
        if command in self.missing:
            return None
        try:
            found = measured(command)
        except MissingError as why:
            self.missing[command] = str(why)
            return None
        self.runs.setdefault(command, []).append(found)
        self.log.write(json.dumps(found) + "\n")
        self.log.flush()
        return found


def sit(rounds: int, chosen: list[Claim], told: list[Figure], log: TextIO) -> None:
    """Measure everything in turns and print the table."""
    sitting, pairs = Sitting(log), {claim.name: [] for claim in chosen}
    for _ in range(rounds):
        for claim in [one for one in chosen for _ in range(one.times)]:
            ours, theirs = sitting.run(claim.ours), sitting.run(claim.theirs)
            if ours and theirs:
                pairs[claim.name].append((ours, theirs))
        for command in dict.fromkeys(figure.ours for figure in told):
            sitting.run(command)
    for claim in chosen:
        why = sitting.missing.get(claim.ours) or sitting.missing.get(claim.theirs)
        print(f"{claim.name:58} not run: {why}" if why else row(claim, pairs[claim.name]))
    for figure in told:
        why = sitting.missing.get(figure.ours)
        print(f"{figure.name:58} not run: {why}" if why else figure_row(figure, sitting.runs[figure.ours]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="only rows whose name has this in it")
    parser.add_argument("--log", type=Path, default=BUILD / "log.jsonl", help="where every line of JSON goes")
    asked = parser.parse_args()
    chosen = [claim for claim in claims() if asked.only in claim.name]
    told = [figure for figure in figures() if asked.only in figure.name]
    asked.log.parent.mkdir(parents=True, exist_ok=True)
    print(machine(), flush=True)
    with asked.log.open("w", encoding="utf-8") as log:
        sit(asked.rounds, chosen, told, log)


if __name__ == "__main__":
    main()
