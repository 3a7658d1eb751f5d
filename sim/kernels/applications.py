"""What the matching is told: who applies where, what each seeker can bear, and how each listing is given away."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kernels.jit import kernel

RANKED = 0  # the landlord ranks who applies
BID = 1  # sold at a rising price; utility falls with the logarithm of what is left to live on
BID_LINEAR = 2  # sold at a rising price; utility falls in proportion to it

NONE = -1


class Applications(NamedTuple):
    """Who applies where: a row per seeker, a column per application, the best first.

    The columns of each seeker fall in ``worth``, those without a listing last: ``by_falling_worth`` does that.

    Attributes
    ----------
    listing : int32 array, shape (n_seekers, width)
        Position of the listing, -1 for no application.
    worth : float32 array, shape (n_seekers, width)
        Utility of the home at its asking price.
    claim : float64 array, shape (n_seekers, width)
        Ranked listing: the landlord's order, higher first. Bid listing: the most the seeker can pay, SEK.
        Minus infinity, on either: it may not have the home.
    """

    listing: np.ndarray
    worth: np.ndarray
    claim: np.ndarray


class Seekers(NamedTuple):
    """What the matching knows of each seeker, every array of shape (n_seekers,).

    Attributes
    ----------
    stay : float32 array
        Utility of staying (or going without); an offer must exceed it.
    tie : uint64 array
        Breaks equal claims, higher first, and settles the order of bidding: a hash of the household's id.
    purse : float64 array
        SEK per month that can go to housing: income less the norm of living. Used by ``BID``.
    cost_weight : float64 array
        Worth of one unit of the logarithm of residual income (``BID``), or of one SEK per month (``BID_LINEAR``).
    """

    stay: np.ndarray
    tie: np.ndarray
    purse: np.ndarray
    cost_weight: np.ndarray


class Listings(NamedTuple):
    """What the matching knows of each listing, every array of shape (n_listings,).

    Attributes
    ----------
    kind : uint8 array
        ``RANKED``, ``BID`` or ``BID_LINEAR``; the other fields are read for bid listings only.
    asking : float64 array
        Asking price, the least it is sold for, SEK (SEK per month for a tenancy).
    increment : float64 array
        Step of the bidding, in the unit of the price, greater than 0.
    fee, rate : float64 arrays
        Monthly cost at price p is ``fee + rate * p``, SEK per month.
    """

    kind: np.ndarray
    asking: np.ndarray
    increment: np.ndarray
    fee: np.ndarray
    rate: np.ndarray


@kernel
def by_falling_worth(applications: Applications) -> None:
    """Put the columns of every seeker, in place, in the order that ``match`` needs; of equals the first stays first."""
    listing, worth, claim = applications.listing, applications.worth, applications.claim
    for seeker in range(listing.shape[0]):
        for column in range(1, listing.shape[1]):
            here, value, right = listing[seeker, column], worth[seeker, column], claim[seeker, column]
            gap = column
            while gap > 0 and here != NONE and (listing[seeker, gap - 1] == NONE or worth[seeker, gap - 1] < value):
                listing[seeker, gap], worth[seeker, gap] = listing[seeker, gap - 1], worth[seeker, gap - 1]
                claim[seeker, gap] = claim[seeker, gap - 1]
                gap -= 1
            listing[seeker, gap], worth[seeker, gap], claim[seeker, gap] = here, value, right
