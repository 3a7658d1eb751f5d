"""What travels to the browser: the months of a film that it has not yet, as float32, and what they mean."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from sim.base.language import say
from sim.measures.catalogue import measure_named
from sim.report.numbers import style
from sim.report.titles import not_counted, title, unit
from sim.view.film import Film
from sim.view.frames import BARE_CHARTS, CHARTS, MORE, Ground
from sim.view.shapes import outlines, plane

MOST_FLOATS = 60_000
"""Numbers in one parcel (240 kB), so that a late joiner is served in a few steps."""


@dataclass
class Reader:
    """What one browser has of a film."""

    film: Film
    sent: int = 0

    @property
    def has_news(self) -> bool:
        """Whether there are months that it has not."""
        return len(self.film) > self.sent

    def parcel(self) -> tuple[dict[str, Any], bytes]:
        """The next months as meta data and bytes: for each month its layers by place, then its measures."""
        ground = self.film.ground
        if ground is None or not self.has_news:
            return self._meta(0), b""
        width = len(ground.layers) * ground.n_places + len(ground.measures)
        beyond = min(len(self.film), self.sent + max(1, MOST_FLOATS // width))
        n = beyond - self.sent
        places = self.film.places(self.sent, beyond).reshape(n, -1)
        values = self.film.values(self.sent, beyond)
        rows = np.concatenate([places, values], axis=1)
        return self._meta(n), np.ascontiguousarray(rows, "<f4").tobytes()

    def _meta(self, n: int) -> dict[str, Any]:
        film = self.film
        return {"first": self.sent, "n": n, "state": film.state, "ahead": film.ahead}


def ground_data(ground: Ground, labels: dict[str, str], language: str) -> dict[str, Any]:
    """What stays as it is in a film, for the browser."""
    points = plane(ground.lat, ground.lon) if len(ground.lat) else np.zeros((0, 2))
    shapes = [np.round(shape, 2).tolist() for shape in outlines(points)] if len(points) else []
    return {
        "names": list(ground.names), "points": np.round(points, 2).tolist(), "shapes": shapes,
        "height": ground.shape[0], "width": ground.shape[1], "nPlaces": ground.n_places,
        "layers": [layer_data(layer, labels, language) for layer in ground.layers],
        "measures": list(ground.measures),
        "charts": [measure_data(name, ground, labels, language) for name in charts_of(ground)],
        "more": [measure_data(name, ground, labels, language) for name in MORE_CHARTS if name in ground.measures],
        "start": ground.start, "months": ground.months, "homes": ground.homes,
    }  # fmt: skip


MORE_CHARTS = tuple(name for name in MORE if not name.endswith(".chance"))
"""Measures that a story may draw too."""


def charts_of(ground: Ground) -> list[str]:
    """The measures that are drawn as small charts."""
    return [name for name in dict.fromkeys((*CHARTS, *BARE_CHARTS)) if name in ground.measures]


LAYER_UNITS = {"income": (1.0, 0), "rent": (1.0, 0), "price": (0.001, 1)}
"""Factor and decimals of layers that are no share."""

BREAKS = {
    "low_income": (0.10, 0.17, 0.23, 0.32), "group": (0.12, 0.22, 0.32, 0.45), "rentals": (0.15, 0.35, 0.55, 0.75),
    "income": (24000.0, 27000.0, 30000.0, 34000.0), "rent": (105.0, 115.0, 125.0, 140.0),
    "price": (25000.0, 35000.0, 45000.0, 60000.0), "vacant": (0.005, 0.01, 0.02, 0.04),
}  # fmt: skip
"""Where the five colours of a map meet (chosen so that today's Gothenburg fills all five): never moved by a run."""


SMOOTHED = {"access.waiting_time": 12}
"""Measures of what happens in a month, drawn as means over so many months."""


def layer_data(layer: str, labels: dict[str, str], language: str) -> dict[str, Any]:
    """A layer of the map: its name, how its numbers are shown, where its colours meet."""
    last = list(labels.values())[-1] if labels else say("view.layers.group_b", language)
    factor, decimals = LAYER_UNITS.get(layer, (100.0, 0))
    return {
        "id": layer,
        "title": say(f"view.layers.{layer}", language, group=last.lower() if last[1:2].islower() else last),
        "unit": say(f"view.layer_units.{layer if layer in LAYER_UNITS else 'share'}", language),
        "gapUnit": say(f"view.layer_units.{layer if layer in LAYER_UNITS else 'points'}", language),
        "factor": factor, "decimals": decimals, "breaks": list(BREAKS.get(layer, ())),
        "labels": list(labels.values()) if layer == "cell" else [],
    }  # fmt: skip


def measure_data(name: str, ground: Ground, labels: dict[str, str], language: str) -> dict[str, Any]:
    """A measure for a chart: what it is called, how its numbers are shown, which other is its level by chance."""
    base, _, by = name.partition("@")
    chance = f"{base}.chance" + (f"@{by}" if by else "")
    how = style(unit(name))
    smooth = SMOOTHED.get(base, 1)
    said = title(name, language, labels)
    if smooth > 1:
        said = say("view.charts.smoothed", language, of=said, months=smooth)
    return {
        "id": name, "title": said, "at": ground.measures.index(name),
        "chance": ground.measures.index(chance) if chance in ground.measures else -1,
        "factor": how.factor, "decimals": how.decimals, "gapDecimals": how.gap_decimals,
        "unit": _unit_words(how.words, language), "gapUnit": _unit_words(how.gap_words, language),
        "smooth": smooth, "most": measure_named(name).high or 0,
        "notCounted": not_counted(name, language),
    }  # fmt: skip


def _unit_words(key: str, language: str) -> str:
    """Words of a unit alone, as they stand behind a number."""
    return say(f"report.units.{key}", language, number="").strip() if key else ""


@dataclass
class Readers:
    """All films that one page watches, by the name under which the browser keeps them."""

    by_name: dict[str, Reader] = field(default_factory=dict)

    def watch(self, name: str, film: Film) -> None:
        """Watch a film under a name; another film begins anew."""
        if name not in self.by_name or self.by_name[name].film is not film:
            self.by_name[name] = Reader(film)
