"""Time the commands that a user waits for, each in a fresh process with warm caches of compiled code.

    python bench_start.py

Python keeps its own compiled code too, even where the surroundings say that it should not: users have it.
Prints one line of JSON: processor and wall time, s, of ``hemvist --help``, of the first month of ``two-towns``, and of
all its years; the median of five after one to warm up. ``--cold`` adds the first month with nothing compiled yet.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured import tell

ROOT = Path(__file__).resolve().parent.parent.parent
COMMANDS = {
    "help": ("--help",),
    "first_month": ("run", "two-towns", "--months", "1"),
    "all_years": ("run", "two-towns"),
}


def spent(command: tuple[str, ...], environment: dict[str, str]) -> tuple[float, float]:
    """Processor and wall time of one run of a command, s."""
    with tempfile.TemporaryDirectory() as folder:
        where = ("--out", folder, "--quiet") if command[0] == "run" else ()
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "sim", *command, *where], cwd=ROOT, env=environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def cold() -> float:
    """Wall time of the first month where no kernel has been compiled, s."""
    folder = tempfile.mkdtemp()
    try:
        return spent(COMMANDS["first_month"], os.environ | {"NUMBA_CACHE_DIR": folder})[1]
    finally:
        shutil.rmtree(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true")
    asked = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    facts: dict[str, float] = {}
    for name, command in COMMANDS.items():
        spent(command, dict(os.environ))
        times = [spent(command, dict(os.environ)) for _ in range(5)]
        facts[f"{name}_cpu_s"] = round(statistics.median(cpu for cpu, _ in times), 3)
        facts[f"{name}_wall_s"] = round(statistics.median(wall for _, wall in times), 3)
    if asked.cold:
        facts["cold_first_month_wall_s"] = round(cold(), 2)
    tell(model="start", **facts)


if __name__ == "__main__":
    main()
