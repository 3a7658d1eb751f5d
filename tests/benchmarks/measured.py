"""What a benchmark measures around its work, and the one line of JSON that it prints."""

from __future__ import annotations

import json
import platform
import resource
import time
from collections.abc import Callable


def timed(work: Callable[[], object]) -> dict[str, float]:
    """Processor and wall time of some work, s."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {"cpu_s": round(time.process_time() - cpu, 5), "wall_s": round(time.perf_counter() - wall, 5)}


def tell(**facts: object) -> None:
    """Print one line: the facts, what ran them, and the most memory that the process has held."""
    import numba
    import numpy

    versions = {"python": platform.python_version(), "numba": numba.__version__, "numpy": numpy.__version__}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"program": "hemvist", **facts, **versions, "max_rss_mib": peak}))
