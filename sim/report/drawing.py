"""Figures as files: the same figure gives the same bytes, and each is written whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from sim.base.disk import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.figure import Figure

DATELESS: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}


def _settings() -> AbstractContextManager[None]:
    """One font, and nothing in a file that differs from one time to the next."""
    from matplotlib import rc_context

    return rc_context({"svg.hashsalt": "hemvist", "svg.fonttype": "path", "font.family": "DejaVu Sans"})


def picture(figure: Figure, ending: str, **layout: Any) -> bytes:
    """A figure as the bytes of a file of this ending: png, svg or pdf."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with _settings():
        FigureCanvasAgg(figure)
        data = io.BytesIO()
        figure.savefig(data, format=ending, metadata=DATELESS.get(ending, {"Software": None}), **layout)
    return data.getvalue()


def save(draw: Callable[[], Figure], folder: Path, language: str) -> list[Path]:
    """Draw a figure and write it as PNG and SVG, named by its language."""
    with _settings():
        figure = draw()
    paths = []
    for ending in ("png", "svg"):
        paths.append(folder / f"figure-{language}.{ending}")
        write_whole(paths[-1], picture(figure, ending))
    return paths
