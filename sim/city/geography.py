"""What lies near what: distances, and neighbourhood weights in compressed sparse rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

EARTH_RADIUS_KM = 6371.0


@dataclass(frozen=True)
class Geography:
    """Links between areas.

    Attributes
    ----------
    start : int64 array, shape (n_areas + 1,)
        Area ``a`` owns entries ``start[a]:start[a + 1]`` of the next two arrays.
    neighbour, weight : int32 and float64 arrays, shape (n_links,)
        Index and weight of each neighbour, itself included; the weights of an area sum to 1.
    km : float32 array, shape (n_areas, n_areas)
        Distances; an empty array where distance has no meaning.
    is_lattice : bool
        Whether the links are between dwellings, the cells of a lattice: then ``start`` has one entry more than there
        are dwellings, nobody is its own neighbour, and every weight is 1.
    """

    start: np.ndarray
    neighbour: np.ndarray
    weight: np.ndarray
    km: np.ndarray
    is_lattice: bool = False


def distances(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Great-circle distances in km, float32, shape (n, n).

    References
    ----------
    Sinnott, R. W. (1984). Virtues of the haversine. Sky and Telescope 68(2), 159.

    Examples
    --------
    >>> float(distances(np.array([57.0, 58.0]), np.array([12.0, 12.0]))[0, 1].round())
    111.0
    """
    phi, lam = np.radians(lat), np.radians(lon)
    half = np.sin((phi[:, None] - phi) / 2) ** 2
    half += np.cos(phi[:, None]) * np.cos(phi) * np.sin((lam[:, None] - lam) / 2) ** 2
    km: np.ndarray = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return km.astype(np.float32)


def neighbourhoods(km: np.ndarray, half_distance: float, reach: int) -> Geography:
    """Weights that halve with every ``half_distance`` km, over an area and its ``reach`` nearest neighbours."""
    n = len(km)
    nearest = np.argsort(km, axis=1, kind="stable")[:, : min(reach + 1, n)]
    weight = 0.5 ** (np.take_along_axis(km, nearest, axis=1).astype(np.float64) / half_distance)
    weight /= weight.sum(axis=1, keepdims=True)
    start = np.arange(n + 1, dtype=np.int64) * nearest.shape[1]
    return Geography(start, nearest.ravel().astype(np.int32), weight.ravel(), km)


def separate(n: int) -> Geography:
    """Every area a world of its own."""
    index = np.arange(n, dtype=np.int32)
    km = np.zeros((0, 0), np.float32)
    return Geography(np.arange(n + 1, dtype=np.int64), index, np.ones(n), km)
