"""Run every benchmark against its yardstick, in turns and in one sitting, and print a table of ratios.

    python tests/benchmarks/run.py                 # three rounds of all; some minutes, most of them Mesa's
    python tests/benchmarks/run.py --only kernel --rounds 7

A ratio above 1 means that ours is quicker; the table gives its median and range over the rounds, and the median times.
Where a yardstick needs a C compiler or a package that is not there, its row says so. Lines of JSON go to --log.
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
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD = ROOT / "build" / "bench"
FLAGS = "-O3 -march=native"
NO_COMPILER = "no C compiler here (gcc, cc or clang)"


class MissingError(Exception):
    """What a yardstick needs and is not there."""


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
    """

    name: str
    aim: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    unit: str = "ns_per_agent_step"


def claims() -> tuple[Claim, ...]:
    """Every claim of speed, those that take longest last."""
    ours, c = "bench_schelling.py", "schelling.c"
    return (
        Claim("kernel, each judged at its turn, side 500 / C keyed", ">= 0.8", (ours, "500", "20", "turns"),
              (c, "500", "20", "keyed")),
        Claim("kernel, judged once a round, side 500 / C keyed", ">= 0.8", (ours, "500", "20", "rounds"),
              (c, "500", "20", "keyed")),
        Claim("kernel, each judged at its turn, side 2000 / C keyed", ">= 0.8", (ours, "2000", "20", "turns"),
              (c, "2000", "20", "keyed")),
        Claim("kernel, judged once a round, side 2000 / C keyed", ">= 0.8", (ours, "2000", "20", "rounds"),
              (c, "2000", "20", "keyed")),
        Claim("HousingModel, Schelling 50 x 50 / Mesa's example", "-", (ours, "50", "20", "model"),
              ("mesa_schelling.py", "50", "20")),
        Claim("HousingModel, Schelling 500 x 500 / Mesa's example", ">= 1000", (ours, "500", "20", "model"),
              ("mesa_schelling.py", "500", "20")),
    )  # fmt: skip


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="only claims whose name has this in it")
    parser.add_argument("--log", type=Path, default=BUILD / "log.jsonl", help="where every line of JSON goes")
    asked = parser.parse_args()
    chosen = [claim for claim in claims() if asked.only in claim.name]
    runs: dict[str, list[tuple[dict, dict]]] = {claim.name: [] for claim in chosen}
    missing: dict[str, str] = {}
    asked.log.parent.mkdir(parents=True, exist_ok=True)
    print(machine(), flush=True)
    with asked.log.open("w", encoding="utf-8") as log:
        for _ in range(asked.rounds):
            for claim in chosen:
                if claim.name in missing:
                    continue
                try:
                    pair = (measured(claim.ours), measured(claim.theirs))
                except MissingError as why:
                    missing[claim.name] = str(why)
                    continue
                runs[claim.name].append(pair)
                log.writelines(json.dumps(run) + "\n" for run in pair)
    for claim in chosen:
        print(
            f"{claim.name:58} not run: {missing[claim.name]}" if claim.name in missing else row(claim, runs[claim.name])
        )


if __name__ == "__main__":
    main()
