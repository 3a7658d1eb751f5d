"""Drive housing.c from the command line: an invented town, some months, processor time per searcher.

    python housing_c.py --households 500000 --areas 300 --months 60 --rule bid
    python housing_c.py --households 200000 --months 60 --check

Needs NumPy and a C compiler. The library is built in --build when housing.c or the flags have changed.
Prints one line of JSON. Only the months are timed (processor time of this thread); building the town is not.
"""

import argparse
import ctypes
import hashlib
import json
import pathlib
import resource
import subprocess
import time

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
# -ffast-math less the re-ordering of sums: as fast here, and the same bits every time
FLAGS = "-O3 -march=native -fno-math-errno -fno-trapping-math -fno-signed-zeros -ffinite-math-only"
RULES = ("bid", "queue", "lottery", "points")
PHASES = ("table", "searchers", "choose", "allocate", "move", "indices")
DWELLING = np.dtype(
    [("rent", "f4"), ("quality", "f4"), ("id", "u4"), ("area", "u2"), ("rooms", "u1"), ("tenure", "u1")]
)
SIZES = ("households", "areas", "groups", "dwellings", "vacancies")
COLUMNS = (  # the pointers of `town`, in its order
    "income", "group", "persons", "home", "registered", "points",
    "stock", "occupant", "vacant", "listing",
    "count", "total", "income_sum", "amenity", "attraction",
    "searcher", "choice", "priority", "best", "winner", "won",
)  # fmt: skip


class Town(ctypes.Structure):
    _fields_ = (
        [(name, ctypes.c_int64) for name in SIZES]
        + [(name, ctypes.c_void_p) for name in COLUMNS]
        + [("seed", ctypes.c_uint64), ("search_share", ctypes.c_float)]
        + [(name, ctypes.c_int32) for name in ("rule", "draw", "taste")]
    )


def library(cc: str, flags: str, build: pathlib.Path) -> ctypes.CDLL:
    source = HERE / "housing.c"
    name = hashlib.sha256(source.read_bytes() + f"{cc} {flags}".encode()).hexdigest()[:16]
    built = build / f"libhousing-{name}.so"
    if not built.exists():
        build.mkdir(parents=True, exist_ok=True)
        subprocess.run([cc, *flags.split(), "-shared", "-fPIC", "-o", str(built), str(source), "-lm"], check=True)
    lib = ctypes.CDLL(str(built.resolve()))
    lib.month.restype = ctypes.c_int64
    lib.month.argtypes = [ctypes.POINTER(Town), ctypes.c_int64, ctypes.c_void_p, ctypes.c_void_p]
    return lib


def found(households: int, areas: int, vacancy: float, search_share: float) -> dict[str, np.ndarray]:
    """An invented town: four groups, lognormal incomes and rents, homes spread evenly over the areas."""
    rng = np.random.default_rng(1)
    n, d = households, round(households * (1 + vacancy))
    stock = np.zeros(d, DWELLING)
    stock["rent"] = np.exp(rng.normal(0, 0.2, d)) * 7000
    stock["quality"] = rng.normal(0, 0.3, d)
    stock["id"] = np.arange(d)
    stock["area"] = rng.integers(0, areas, d)
    stock["rooms"] = rng.integers(1, 6, d)
    places = rng.permutation(d).astype("i4")
    t = {
        "income": np.exp(rng.normal(10.2, 0.5, n)).astype("f4"),
        "group": rng.choice(4, n, p=[0.6, 0.2, 0.12, 0.08]).astype("u1"),
        "persons": rng.integers(1, 6, n, dtype="u1"),
        "home": places[:n].copy(),
        "registered": -rng.integers(0, 240, n, dtype="i2"),
        "points": rng.integers(1, 101, n, dtype="u1"),
        "stock": stock,
        "occupant": np.full(d, -1, "i4"),
        "vacant": places[n:].copy(),
        "listing": np.zeros(d - n, DWELLING),
        "amenity": rng.normal(0, 0.3, areas).astype("f4"),
        "attraction": np.zeros((4, areas), "f4"),
    }
    t["occupant"][t["home"]] = np.arange(n, dtype="i4")
    t |= counted(t, areas)
    most = int(n * min(1, search_share * 1.2)) + 1000
    t |= {"searcher": np.zeros(most, "u4"), "choice": np.zeros(most, "i4"), "priority": np.zeros(most, "f4")}
    t |= {"best": np.zeros(d - n, "u8"), "winner": np.zeros(d - n, "i4"), "won": np.zeros(d - n, "i4")}
    return t


def counted(t: dict[str, np.ndarray], areas: int) -> dict[str, np.ndarray]:
    area = t["stock"]["area"][t["home"]]
    count = np.zeros((areas, 4), "i4")
    np.add.at(count, (area, t["group"]), 1)
    return {"count": count, "total": count.sum(1).astype("i4"), "income_sum": np.bincount(area, t["income"], areas)}


def check(t: dict[str, np.ndarray], areas: int, dissimilarity: float) -> None:
    """The books: one home each, nobody twice, counts as a recount, D as computed anew."""
    n, d = len(t["home"]), len(t["stock"])
    assert (t["occupant"][t["home"]] == np.arange(n)).all()
    assert (t["occupant"][t["vacant"]] == -1).all()
    assert len(np.unique(np.concatenate([t["home"], t["vacant"]]))) == d
    again = counted(t, areas)
    assert (again["count"] == t["count"]).all()
    assert (again["total"] == t["total"]).all()
    assert np.allclose(again["income_sum"], t["income_sum"])
    one, rest = t["count"][:, 0], t["total"] - t["count"][:, 0]
    assert abs(0.5 * np.abs(one / one.sum() - rest / rest.sum()).sum() - dissimilarity) < 1e-12


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--households", type=int, default=500_000)
    p.add_argument("--areas", type=int, default=300)
    p.add_argument("--months", type=int, default=60)
    p.add_argument("--rule", choices=RULES, default="bid")
    p.add_argument("--draw", choices=("skip", "each"), default="skip", help="who searches: skipping, or a draw each")
    p.add_argument("--taste", choices=("logit", "pair"), default="logit", help="one draw, or a shock for each home")
    p.add_argument("--vacancy", type=float, default=0.03)
    p.add_argument("--search-share", type=float, default=0.05)
    p.add_argument("--seed", type=int, default=12345)
    p.add_argument("--check", action="store_true", help="check the books at the end")
    p.add_argument("--cc", default="gcc")
    p.add_argument("--flags", default=FLAGS)
    p.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/bench"), help="folder for the library")
    a = p.parse_args()
    if not 0 < a.search_share <= 1 or a.vacancy <= 0 or not 1 <= a.areas <= 65_535 or min(a.households, a.months) < 1:
        p.error("shares must be positive, areas 1..65535, households and months at least 1")
    lib = library(a.cc, a.flags, a.build)
    columns = found(a.households, a.areas, a.vacancy, a.search_share)
    town = Town(a.households, a.areas, 4, len(columns["stock"]), len(columns["vacant"]))
    for name in COLUMNS:
        setattr(town, name, columns[name].ctypes.data)
    town.seed, town.search_share, town.rule = a.seed, a.search_share, RULES.index(a.rule)
    town.draw, town.taste = int(a.draw == "each"), int(a.taste == "pair")
    ns, out, searchers, moved = np.zeros(len(PHASES)), np.zeros(3), 0, 0
    cpu, wall = time.thread_time(), time.perf_counter()
    for month in range(1, a.months + 1):
        moved += lib.month(town, month, ns.ctypes.data, out.ctypes.data)
        searchers += int(out[2])
    cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
    if a.check:
        check(columns, a.areas, out[0])
    per_household = sum(columns[k].itemsize for k in COLUMNS[:6]) + (DWELLING.itemsize + 4) * (1 + a.vacancy)
    print(json.dumps({
        "program": "c", "model": "housing", "households": a.households, "areas": a.areas, "months": a.months,
        "rule": a.rule, "draw": a.draw, "taste": a.taste, "flags": a.flags,
        "cpu_s": round(cpu, 3), "wall_s": round(wall, 3), "ns_per_searcher": round(cpu * 1e9 / searchers, 1),
        "ns_per_household_month": round(cpu * 1e9 / a.households / a.months, 2),
        "phases_ns_per_searcher": {k: round(v / searchers, 1) for k, v in zip(PHASES, ns, strict=True)},
        "moved_per_searcher": round(moved / searchers, 3), "dissimilarity": round(out[0], 4),
        "entropy_index": round(out[1], 5), "bytes_per_household": round(per_household, 1),
        "max_rss_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "books": "checked" if a.check else "not checked",
    }))  # fmt: skip


if __name__ == "__main__":
    main()
