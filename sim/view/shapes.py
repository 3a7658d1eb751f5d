"""Outlines of areas, drawn from their middles: what lies nearest to a middle, within a rounded reach of it."""

from __future__ import annotations

import numpy as np

CORNERS = 40
REACH = 0.95
"""How far an area stretches from its middle, in mean distances to its three nearest neighbours (assumed)."""

FARTHEST = 1.5
"""How far it stretches at most, in the reach of the middle one of all areas (assumed: no lone island fills the map)."""

NEAREST = 16


def plane(lat: np.ndarray, lon: np.ndarray) -> np.ndarray:
    """Positions in km on a flat map, north up (y grows southwards), shape (n, 2)."""
    km = 111.2
    x = (lon - lon.mean()) * km * np.cos(np.radians(lat.mean()))
    y = -(lat - lat.mean()) * km
    return np.stack([x, y], axis=1)


def outlines(points: np.ndarray) -> list[np.ndarray]:
    """A polygon around each point: its reach, cut off half-way to every neighbour.

    Parameters
    ----------
    points : float64 array, shape (n, 2)
        In km.

    Returns
    -------
    list of float64 arrays, shape (n_corners, 2)
    """
    gaps = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=2))
    order = np.argsort(gaps, axis=1, kind="stable")[:, 1 : NEAREST + 1]
    near = np.take_along_axis(gaps, order[:, :3], axis=1)
    reach = REACH * (near.mean(axis=1) if near.size else np.ones(len(points)))
    found = []
    for place, point in enumerate(points):
        radius = min(reach[place], FARTHEST * float(np.median(reach)))
        turns = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
        corners = point + radius * np.stack([np.cos(turns), np.sin(turns)], axis=1)
        for other in points[order[place]]:
            corners = _cut(corners, point, other)
        found.append(corners)
    return found


def _cut(corners: np.ndarray, point: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The part of a convex polygon that is nearer to one point than to another (Sutherland & Hodgman 1974)."""
    normal, middle = other - point, (other + point) / 2
    side = (corners - middle) @ normal
    if (side <= 0).all():
        return corners
    kept: list[np.ndarray] = []
    for here in range(len(corners)):
        there = (here + 1) % len(corners)
        if side[here] <= 0:
            kept.append(corners[here])
        if (side[here] <= 0) != (side[there] <= 0):
            kept.append(corners[here] + (corners[there] - corners[here]) * side[here] / (side[here] - side[there]))
    return np.array(kept) if kept else corners[:0]
