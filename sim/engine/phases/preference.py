"""Each seeker sees a sample of the listings, scores it, and applies to a few."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose, key_of
from sim.city.city import City
from sim.city.households import NOBODY
from sim.engine.rulebook import Rulebook
from sim.kernels.choice import Homes, Offers, Tastes, Watch, Who, choose, sample

if TYPE_CHECKING:
    from sim.engine.month import Engine

CHUNK = 4096


def who_of(city: City) -> Who:
    """Columns of the households, for kernels."""
    here = city.households
    return Who(*(getattr(here, name) for name in Who._fields))


def homes_of(city: City) -> Homes:
    """Columns of the dwellings, for kernels."""
    return Homes(*(getattr(city.dwellings, name) for name in Homes._fields))


def tastes_of(city: City, book: Rulebook) -> Tastes:
    """Worth of places and weights of terms this month."""
    seen, taste = city.readonly(), book.taste
    bonus = float(np.log(max(taste.founding_best_of, 1)))
    return Tastes(
        book.by_area(seen), book.by_tenure(seen), book.weights(), city.books.log_income, city.geography.km, taste.scale,
        taste.kept, bonus, city.founded_at,
    )  # fmt: skip


def watch_of(by_area: np.ndarray, book: Rulebook) -> Watch:
    """Ranks of areas in the eyes of each group, and what households watch."""
    n_areas = by_area.shape[1]
    rank = by_area.argsort(axis=1).argsort(axis=1) / max(n_areas - 1, 1)
    ambition = book.ambition
    return Watch(
        rank.astype(np.float32), ambition.choosy, ambition.top_rank, ambition.rooms_slack, ambition.shuns_new
    )


def preference(engine: Engine) -> None:
    """Draw what each seeker sees, and fill the market with what it applies to."""
    market, city, book = engine.market, engine.city, engine.rulebook
    n = len(market.seekers)
    seen = np.full((n, book.n_seen), -1, np.int32)
    if market.offers is not None and n > 0:
        who, offers, n_groups = who_of(city), market.offers, len(city.groups)
        watch = watch_of(book.by_area(city.readonly()), book)
        drawn = np.uint64(key_of(city.luck.seed, Purpose.SAMPLE, city.month))
        mood = np.uint64(key_of(city.luck.seed, Purpose.AMBITION, 0))
        in_chunks(
            lambda begin, end: sample(market.seekers, begin, end, who, offers, n_groups, watch, drawn, mood, seen),
            n, engine.threads,
        )  # fmt: skip
    score(engine, seen)


def score(engine: Engine, seen: np.ndarray) -> None:
    """Fill the market with what each seeker applies to, of what it sees.

    Parameters
    ----------
    seen : int32 array, shape (n_seekers, n_seen)
        Positions of listings, -1 for none.
    """
    market, city, book = engine.market, engine.city, engine.rulebook
    n, width = len(market.seekers), book.n_applications
    market.listing = np.full((n, width), -1, np.int32)
    market.worth, market.claim = np.empty((n, width), np.float32), np.empty((n, width))
    market.stay, market.purse, market.cost_weight = np.empty(n, np.float32), np.empty(n), np.empty(n)
    offers = market.offers
    if offers is None or n == 0:
        return
    extra, extra_home = foreign_worth(city, book, market.seekers, offers, seen)
    who, homes, norms, tastes = who_of(city), homes_of(city), book.norms(), tastes_of(city, book)
    demands = book.demands(city.month)
    kept = np.uint64(key_of(city.luck.seed, Purpose.KEPT_TASTE, 0))
    fresh = np.uint64(key_of(city.luck.seed, Purpose.TASTE, city.month))
    in_chunks(
        lambda begin, end: choose(
            market.seekers, begin, end, seen, who, homes, offers, norms, tastes, demands, book.credit,
            city.books.price_level, len(city.groups), book.taste.moving_cost, extra, extra_home, kept, fresh,
            market.listing, market.worth, market.claim, market.stay, market.purse, market.cost_weight,
        ),
        n, engine.threads,
    )  # fmt: skip


def in_chunks(work: Callable[[int, int], None], n: int, threads: int) -> None:
    """Call ``work(begin, end)`` over 0 .. n, in one piece or by several threads; the result is the same to the bit."""
    if threads <= 1 or n <= CHUNK:
        work(0, n)
        return
    begins = range(0, n, CHUNK)
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda begin: work(begin, min(begin + CHUNK, n)), begins))


def foreign_worth(
    city: City, book: Rulebook, seekers: np.ndarray, offers: Offers, seen: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Utility from pair terms that the kernel does not know, for what is seen and for the own home; empty if none."""
    if not any(book.foreign_terms()):
        return np.zeros((0, 0), np.float32), np.zeros(0, np.float32)
    worth = np.zeros(seen.shape, np.float32)
    own = np.zeros(len(seekers), np.float32)
    view, here = city.readonly(), city.households
    for profile, terms in enumerate(book.foreign_terms()):
        mine = here.profile[seekers] == profile
        place, column = np.nonzero((seen >= 0) & mine[:, None])
        housed = np.flatnonzero(mine & (here.dwelling[seekers] != NOBODY))
        for term in terms:
            worth[place, column] += term.by_pair(view, seekers[place], offers.dwelling[seen[place, column]])
            own[housed] += term.by_pair(view, seekers[housed], here.dwelling[seekers[housed]])
    return worth, own
