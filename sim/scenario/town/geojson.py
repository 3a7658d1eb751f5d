"""Where areas lie, from the boundaries of a GeoJSON file: the middle and the size of each."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.base.errors import Fault, Place, ScenarioError
from sim.base.registry import nearest
from sim.scenario.tables import Table, bytes_of

KM = 111.2
"""Kilometres to a degree of latitude."""

Where = tuple[float, float, float]
"""Latitude, longitude and km2 of an area."""


def places_of(path: Path, name: str, table: Table) -> tuple[dict[str, Where], list[Fault]]:
    """Where each area of a table lies, by the name of a feature that is its own; and which are not found.

    Raises
    ------
    ScenarioError
        If the file is no GeoJSON in degrees (WGS84).
    """
    features = _features(path, name)
    known: dict[str, Any] = {}
    for feature in features:
        for text in _names(feature):
            known.setdefault(text, feature)
    faults, found = [], {}
    for row, area in enumerate(table.texts("area")):
        feature = known.get(area.casefold())
        where = _where(feature) if feature is not None else None
        if where is None:
            meant = nearest(area.casefold(), known)
            key = "geojson_area_unknown_suggest" if meant else "geojson_area_unknown"
            values: dict[str, object] = {"found": area, "file": name, "meant": meant}
            faults.append(Fault(f"town.{key}", values, table.place(row, "area")))
        else:
            found[area] = where
    return found, faults


def _features(path: Path, name: str) -> list[Any]:
    try:
        read = json.loads(bytes_of(path, name).decode("utf-8"))
    except (ValueError, RecursionError):
        raise ScenarioError.of([Fault("town.geojson_unreadable", {}, Place(name))]) from None
    features = read.get("features") if isinstance(read, dict) else None
    if not isinstance(features, list) or not features:
        raise ScenarioError.of([Fault("town.geojson_unreadable", {}, Place(name))])
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    if not points or any(abs(lon) > 180 or abs(lat) > 90 for lon, lat in points):
        raise ScenarioError.of([Fault("town.geojson_not_degrees", {}, Place(name))])
    return features


def _names(feature: Any) -> Iterator[str]:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    for value in (properties or {}).values():
        if isinstance(value, str | int):
            yield str(value).casefold()


def _rings(feature: Any) -> Iterator[list[tuple[float, float]]]:
    """The outer ring of each polygon."""
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    geometry = geometry if isinstance(geometry, dict) else {}
    corners = geometry.get("coordinates")
    polygons = {"Polygon": [corners], "MultiPolygon": corners}.get(str(geometry.get("type")))
    for polygon in polygons if isinstance(polygons, list) else ():
        try:
            yield [(float(point[0]), float(point[1])) for point in polygon[0]]
        except (TypeError, IndexError, KeyError, ValueError):
            continue


def _where(feature: Any) -> Where | None:
    """Middle and size of all polygons of a feature (shoelace formula; flat over a few kilometres)."""
    lat_sum = lon_sum = size = 0.0
    narrow = 1.0
    for ring in _rings(feature):
        twice = x = y = 0.0
        for (lon, lat), (lon_next, lat_next) in zip(ring, [*ring[1:], ring[0]], strict=True):
            cross = lon * lat_next - lon_next * lat
            twice, x, y = twice + cross, x + (lon + lon_next) * cross, y + (lat + lat_next) * cross
        if twice:
            area, narrow = abs(twice) / 2, math.cos(math.radians(y / (3 * twice)))
            size, lon_sum, lat_sum = size + area, lon_sum + area * x / (3 * twice), lat_sum + area * y / (3 * twice)
    return (lat_sum / size, lon_sum / size, size * KM * KM * narrow) if size else None
