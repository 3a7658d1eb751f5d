"""Each seeker comes upon some of the listings, scores what it watches and can carry, and applies to a few."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from sim.base.streams import Purpose, key_of
from sim.city.city import City
from sim.city.dwellings import COOPERATIVE, TENURES
from sim.city.households import NOBODY
from sim.engine import admitted
from sim.engine.market import Market
from sim.engine.rulebook import Rulebook
from sim.kernels.choice import Applied, Extra, Keys, choose
from sim.kernels.means import Means
from sim.kernels.offers import Offers, cards_of, sample
from sim.kernels.tastes import Tastes
from sim.kernels.watch import Watch
from sim.kernels.who import Homes, Who

if TYPE_CHECKING:
    from sim.engine.month import Engine

PART = 4096
MOST_ROOMS = 255


def who_of(city: City) -> Who:
    """Columns of the households, for kernels."""
    here = city.households
    return Who(*(getattr(here, name) for name in Who._fields))


def homes_of(city: City) -> Homes:
    """Columns of the dwellings, for kernels."""
    return Homes(*(getattr(city.dwellings, name) for name in Homes._fields))


def tastes_of(city: City, book: Rulebook, by_area: np.ndarray) -> Tastes:
    """Worth of places and weights of terms this month; ``by_area`` is the part that no tenure has a share in."""
    n_groups, taste, by_tenure = len(city.groups), book.taste, book.by_tenure(city.readonly())
    by_cell = by_area.reshape(len(by_tenure), n_groups, -1, 1) + by_tenure[:, None]
    return Tastes(
        by_cell.reshape(len(by_area), -1), book.weights(), city.books.log_income, city.geography.km, n_groups,
        float(taste.moving_cost), taste.scale, taste.kept, float(np.log(max(taste.founding_best_of, 1))),
        city.founded_at,
    )  # fmt: skip


def watch_of(by_area: np.ndarray, city: City, book: Rulebook) -> Watch:
    """Ranks of areas in the eyes of each group, and what households watch."""
    n_areas = by_area.shape[1]
    rank = by_area.argsort(axis=1).argsort(axis=1) / max(n_areas - 1, 1)
    ambition = book.ambition
    return Watch(
        rank.astype(np.float32), len(city.groups), ambition.choosy, ambition.top_rank, ambition.rooms_slack,
        ambition.shuns_new,
    )  # fmt: skip


def keys_of(city: City) -> Keys:
    """Keys of the streams of luck that seekers draw from this month."""
    seed, month = city.luck.seed, city.month
    sight, mood = key_of(seed, Purpose.SAMPLE, month), key_of(seed, Purpose.AMBITION, 0)
    lasting, passing = key_of(seed, Purpose.KEPT_TASTE, 0), key_of(seed, Purpose.TASTE, month)
    return Keys(np.uint64(sight), np.uint64(mood), np.uint64(lasting), np.uint64(passing))


def preference(engine: Engine) -> None:
    """Fill the market with what seekers apply to, of what each comes upon."""
    market, city, book = engine.market, engine.city, engine.rulebook
    seen = np.zeros((0, book.n_seen), np.uint32)
    if market.offers is not None and (any(book.foreign_terms()) or admitted.asks(book)):
        seen = np.empty((len(market.seekers), book.n_seen), np.uint32)
        sample(market.seekers, city.households.id, market.offers, keys_of(city).sample, seen)
    score(engine, seen)


def score(engine: Engine, seen: np.ndarray, watches_all: bool = False) -> None:
    """Fill the market with what seekers apply to, of some listings.

    Parameters
    ----------
    seen : uint32 array, shape (n_seekers, n_seen), or of no rows
        Positions of the listings that each seeker comes upon; without rows, they are drawn.
    watches_all : bool
        Whether seekers look at all of them.
    """
    market, city, book = engine.market, engine.city, engine.rulebook
    offers, n = market.offers, len(market.seekers)
    applied = _room(n, book.n_applications)
    if offers is None or n == 0:
        _fill(market, applied, np.zeros(0, np.int64))
        return
    by_area = book.by_area(city.readonly())
    watch, tastes, keys = watch_of(by_area, city, book), tastes_of(city, book, by_area), keys_of(city)
    if watches_all:
        watch = watch._replace(choosy=0.0, rooms_slack=MOST_ROOMS, shuns_new=0.0)
    means = Means(book.norms(), book.demands(city.month), book.credit, city.books.price_level)
    cards = cards_of(offers, city.books.log_income, len(TENURES), COOPERATIVE)
    who, homes, extra = who_of(city), homes_of(city), foreign_worth(city, book, market.seekers, offers, seen)

    def serve(part: slice) -> int:
        return choose(
            market.seekers[part], seen[part], who, homes, offers, cards, watch, means, tastes, keys,
            Extra(extra.seen[part], extra.home[part]), Applied(*(array[part] for array in applied)),
        )  # fmt: skip

    _fill(market, applied, in_parts(serve, n, engine.threads))


def _room(n: int, width: int) -> Applied:
    return Applied(
        np.empty(n, np.int32), np.empty((n, width), np.int32), np.empty((n, width), np.float32), np.empty((n, width)),
        np.empty(n, np.float32), np.empty(n), np.empty(n),
    )  # fmt: skip


def _fill(market: Market, applied: Applied, rows: np.ndarray | slice) -> None:
    market.applicants, market.listing, market.worth, market.claim, market.stay, market.purse, market.cost_weight = (
        array[rows] for array in applied
    )


def in_parts(work: Callable[[slice], int], n: int, threads: int) -> np.ndarray | slice:
    """Call ``work`` for 0 .. n, in one piece or by several threads; the result is the same to the bit.

    ``work`` is given a part of the rows, fills some from its front and says how many; all that are filled are returned.
    """
    if threads <= 1 or n <= PART:
        return slice(0, work(slice(0, n)))
    parts = [slice(begin, min(begin + PART, n)) for begin in range(0, n, PART)]
    with ThreadPoolExecutor(threads) as pool:
        filled = pool.map(work, parts)
        return np.concatenate([np.arange(part.start, part.start + k) for part, k in zip(parts, filled, strict=True)])


def foreign_worth(city: City, book: Rulebook, seekers: np.ndarray, offers: Offers, seen: np.ndarray) -> Extra:
    """Utility from pair terms that the kernel does not know, for what is seen and for the own home; empty if none.

    What a seeker may not apply to is worth nothing to it.
    """
    if not any(book.foreign_terms()) and not admitted.asks(book):
        return Extra(np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    worth, own = np.zeros(seen.shape, np.float32), np.zeros(len(seekers), np.float32)
    view, here = city.readonly(), city.households
    for profile, terms in enumerate(book.foreign_terms()):
        mine = np.flatnonzero(here.profile[seekers] == profile)
        rows, homes = np.repeat(seekers[mine], seen.shape[1]), offers.dwelling[seen[mine].ravel()]
        housed = mine[here.dwelling[seekers[mine]] != NOBODY]
        for term in terms:
            worth[mine] += term.by_pair(view, rows, homes).reshape(len(mine), -1)
            own[housed] += term.by_pair(view, seekers[housed], here.dwelling[seekers[housed]])
    admitted.close(view, book, seekers, offers, seen, worth)
    return Extra(worth, own)
