"""The market of one month: what is on offer, who looks, who applies where, who gets what."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from sim.kernels.offers import Offers


@dataclass
class Market:
    """Filled by the phases from search to allocation, emptied by moving.

    Attributes
    ----------
    seekers : int32 array, shape (n_seekers,)
        Rows of the households that look.
    offers : Offers or None
        The listings, None where there is nothing on offer.
    applicants : int32 array, shape (n_applicants,)
        Rows of those of them that apply to something.
    listing, worth, claim : int32, float32, float64 arrays, shape (n_applicants, n_applications)
        Applications, best first; see ``sim.kernels.matching.Applications``.
    stay, purse, cost_weight : float32 and float64 arrays, shape (n_applicants,)
    asked : float64 array, shape (n_listings,)
        Asking rent (SEK per month) or price (SEK).
    holder : int32 array, shape (n_listings,)
        Position of the applicant that gets each listing, -1 nobody.
    price : float64 array, shape (n_listings,)
        Rent or price after the matching.
    """

    seekers: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    offers: Offers | None = None
    applicants: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    listing: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.int32))
    worth: np.ndarray = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    claim: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    stay: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    purse: np.ndarray = field(default_factory=lambda: np.zeros(0))
    cost_weight: np.ndarray = field(default_factory=lambda: np.zeros(0))
    asked: np.ndarray = field(default_factory=lambda: np.zeros(0))
    holder: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    price: np.ndarray = field(default_factory=lambda: np.zeros(0))
