"""The listings of a month: their places on a ring, and what a seeker must know of each, packed for the cache.

Listings lie on a ring, each at a place drawn by its name; a seeker looks at places drawn by its own name and comes upon
the listing that is next. So what one sees does not depend on how the listings are numbered, and a listing more or
less changes what few see.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.draws import GOLDEN, ONE, mix, word
from sim.kernels.jit import inlined, prefetch

END_OF_RING = np.uint64(0xFFFFFFFFFFFFFFFF)
AHEAD = 16  # seekers ahead that memory is asked for
PARTS_PER_LISTING = 2
"""Parts of the ring per listing, at least: so that the first listing of a part is mostly the one that is next."""

CARD = np.dtype(
    [
        ("cost", "f4"), ("price", "f4"), ("log_m2", "f4"), ("log_income", "f4"), ("dwelling", "u4"), ("cell", "u4"),
        ("area", "u2"), ("rooms", "u1"), ("policy", "u1"), ("is_owned", "u1"), ("is_new", "u1"), ("unused", "u2"),
    ]
)  # fmt: skip
"""What a seeker looks at of a listing, in 32 bytes: half a line of the cache, where single columns would be ten lines.

As in ``Offers``; besides, the mean log income around, and the position of area and tenure in ``Tastes.by_cell``.
Numbers are unsigned, so that none can be taken for one that counts from the end.
"""


class Offers(NamedTuple):
    """The listings of a month in order of their places on the ring, every array of shape (n_listings,) unless said.

    Attributes
    ----------
    ring : uint64 array, shape (n_listings + 1,)
        Place on the ring, increasing; the last is the end of the ring.
    first : uint32 array, shape (2**bits + 1,)
        First listing at or after each of 2**bits equal parts of the ring.
    dwelling, area, tenure, policy, rooms, is_new : int32, int16, int8, uint8, uint8 and bool arrays
    log_m2 : float32 array
        Natural logarithm of the floor area in m2.
    cost, price : float32 arrays
        Monthly cost at the asking rent or price if all is borrowed, SEK per month; asking price of what is bought, SEK,
        else 0.
    fee, rate : float64 arrays
        Monthly cost at price p is ``fee + rate * p``; the rate is 0 where no price is bid.
    """

    ring: np.ndarray
    first: np.ndarray
    dwelling: np.ndarray
    area: np.ndarray
    tenure: np.ndarray
    policy: np.ndarray
    rooms: np.ndarray
    is_new: np.ndarray
    log_m2: np.ndarray
    cost: np.ndarray
    price: np.ndarray
    fee: np.ndarray
    rate: np.ndarray


def first_of_parts(places: np.ndarray) -> np.ndarray:
    """First listing at or after each of equal parts of the ring, see ``Offers``; ``places`` increase."""
    bits = (PARTS_PER_LISTING * max(len(places), 1)).bit_length()
    n_in = np.bincount((places >> np.uint64(64 - bits)).astype(np.int64), minlength=1 << bits)
    return np.append(0, np.cumsum(n_in)).astype(np.uint32)


def cards_of(offers: Offers, log_income: np.ndarray, n_tenures: int, first_owned: int) -> np.ndarray:
    """The listings as an array of ``CARD``; ``log_income`` is the mean of each area."""
    cards = np.zeros(len(offers.dwelling), CARD)
    for name in ("cost", "price", "log_m2", "dwelling", "area", "rooms", "policy", "is_new"):
        cards[name] = getattr(offers, name)
    cards["log_income"] = log_income[offers.area]
    cards["cell"] = offers.area.astype(np.int64) * n_tenures + offers.tenure
    cards["is_owned"] = offers.tenure >= first_owned
    return cards


@inlined
def sample(seekers: np.ndarray, ids: np.ndarray, offers: Offers, key: np.uint64, out: np.ndarray) -> None:
    """The listings that each seeker comes upon; one may come twice.

    Parameters
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of households.
    ids : column of all households
    offers : Offers
        One listing at least.
    key : uint64
        Stream of this month's sample.
    out : uint32 array, shape (at least n_seekers, n_seen)
        Overwritten with positions of listings.
    """
    ring, first, n_seen = offers.ring, offers.first, out.shape[1]
    n_listings, parts, shift = np.uint32(ring.size - 1), first.size - 1, np.uint64(64)
    while parts > 1:
        parts, shift = parts // 2, shift - ONE
    drawn = np.empty(n_seen, np.uint64)
    for place in range(seekers.size):
        prefetch(ids, seekers[min(place + AHEAD, seekers.size - 1)])
        start = word(key, ids[seekers[place]])
        for k in range(n_seen):
            drawn[k] = mix(start + np.uint64(k + 1) * GOLDEN)
        for k in range(n_seen):
            listing = first[drawn[k] >> shift]
            listing += np.uint32(ring[listing] < drawn[k])  # mostly that is it, with no branch to be mistaken in
            while ring[listing] < drawn[k]:
                listing += np.uint32(1)
            out[place, k] = listing if listing < n_listings else np.uint32(0)
