"""Households that come to be: what is known of them on the day they enter the city."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True)
class Newcomers:
    """Households that come to be this month, from one position to the next in every field.

    Attributes
    ----------
    id : int64 array
        Never used before: ``streams.child_id`` of a parent and the month, or of the month and a number.
    parent : int32 array
        Row of the household they come out of, -1 for arrivals.
    group, profile, adults, children : uint8 arrays
    birth_month : int16 array
        Birth of the oldest adult, months since the start.
    income : float32 array
        SEK per month, disposable.
    log_permanent, log_transitory, savings : float32 arrays
    queue_since : int16 array
        Month of registration, ``NEVER`` for none.
    roots : int16 array
        Area they come from, -1 none.
    cause : uint8 array
        Why they look, see ``Cause``.
    """

    id: np.ndarray
    parent: np.ndarray
    group: np.ndarray
    profile: np.ndarray
    adults: np.ndarray
    children: np.ndarray
    birth_month: np.ndarray
    income: np.ndarray
    log_permanent: np.ndarray
    log_transitory: np.ndarray
    savings: np.ndarray
    queue_since: np.ndarray
    roots: np.ndarray
    cause: np.ndarray


COPIED = tuple(field.name for field in fields(Newcomers) if field.name != "parent")
"""What becomes a column of the household; who its parent is goes into no column."""
