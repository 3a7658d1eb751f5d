"""The applications of a month, sorted by whose listings they are for."""

from __future__ import annotations

import numpy as np

from sim.kernels.jit import kernel

NONE = -1


@kernel
def sort_by_policy(
    listing: np.ndarray, policy: np.ndarray, is_wanted: np.ndarray, begin: np.ndarray, order: np.ndarray
) -> int:
    """Put the applications for some policies in the order of the policies, and within one in that of the applicants.

    Parameters
    ----------
    listing : int32 array, shape (n_applicants, n_applications)
        Positions of listings, -1 beyond the last.
    policy : uint8 array, shape (n_listings,)
    is_wanted : bool array, shape (n_policies,)
    begin : int64 array, shape (n_policies + 1,)
        Overwritten: where the applications for each policy begin; those for a policy that is not wanted are left out.
    order : int32 array, shape (at least the number of applications,)
        Overwritten with positions in ``listing``, counted row by row.

    Returns
    -------
    int
        How many applications there are for all policies.
    """
    n, width, n_policies = 0, listing.shape[1], is_wanted.size
    begin[:] = 0
    for row in range(listing.shape[0]):
        for column in range(width):
            if listing[row, column] == NONE:
                break
            begin[policy[listing[row, column]] + 1] += 1
            n += 1
    for number in range(n_policies):
        begin[number + 1] = begin[number] + (begin[number + 1] if is_wanted[number] else 0)
    following = begin[:n_policies].copy()
    for row in range(listing.shape[0]):
        for column in range(width):
            if listing[row, column] == NONE:
                break
            number = policy[listing[row, column]]
            if is_wanted[number]:
                order[following[number]] = row * width + column
                following[number] += 1
    return n
