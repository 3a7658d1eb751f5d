"""What a room takes home: the proposal as a scenario file, the numbers as a table, the page as a picture."""

from __future__ import annotations

import csv
import io
import itertools
import secrets
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.base.language import say
from sim.base.months import show_month
from sim.report.numbers import number
from sim.report.snapshot import AreaMap, Lines, Snapshot, snapshot
from sim.view.desk import Desk
from sim.view.film import Film
from sim.view.parcels import charts_of, layer_data, measure_data
from sim.view.plays import Play
from sim.view.proposals import as_yaml
from sim.view.shapes import outlines, plane
from sim.view.telling import answers, flags

KINDS = ("yaml", "csv", "png")
MIMES = {"yaml": "application/yaml", "csv": "text/csv", "png": "image/png"}
HEAD = ("scenario", "seed", "month", "date", "area", "measure", "value")


@dataclass(frozen=True)
class Takeaway:
    """A file for the visitor.

    Attributes
    ----------
    name, mime : str
    data : bytes
    """

    name: str
    mime: str
    data: bytes


def takeaway(desk: Desk, kind: str, month: int = 0, layer: str = "") -> Takeaway | None:
    """What is on the page as a file; None of a kind there is not, or before there is anything.

    Parameters
    ----------
    desk : Desk
    kind : str
        One of ``KINDS``.
    month : int
        Where the clock of the page stands.
    layer : str
        What its map shows.
    """
    films = _films(desk)
    if kind not in KINDS or (kind != "yaml" and not films):
        return None
    data = {
        "yaml": lambda: as_yaml(_proposed(desk), say("view.map.mine", desk.language)).encode(),
        "csv": lambda: table(films).encode("utf-8-sig"),
        "png": lambda: snapshot(_snapshot(desk, films, month, layer)),
    }[kind]()
    return Takeaway(f"hemvist-{desk.view}-{_proposed(desk).world.source.split('/')[-1]}.{kind}", MIMES[kind], data)


def give(desk: Desk, told: dict[str, Any]) -> threading.Thread:
    """Make what a visitor asked for, beside the page, and hand it to the browser.

    Parameters
    ----------
    desk : Desk
    told : dict
        ``kind``, ``month`` and ``layer`` as the browser has them.

    Returns
    -------
    Thread
        What makes it.
    """

    def work() -> None:
        found = takeaway(desk, str(told["kind"]), int(told["month"]), str(told["layer"]))
        if found is not None:
            desk.gift = {"serial": secrets.token_hex(4), "name": found.name, "mime": found.mime, "data": found.data}
            desk.changed()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _films(desk: Desk) -> list[Film]:
    """What is on the page, the baseline first, each once."""
    films = [film for film in desk.on_screen.first or () if film.ground is not None and len(film)]
    return list({id(film): film for film in films}.values())


def _proposed(desk: Desk) -> Play:
    return desk.compared()[1] if desk.view == "compare" else desk.play


def table(films: list[Film]) -> str:
    """Every measure of each month, and every layer of the map of each year, one number a row.

    The first columns say whose: the scenario, with the number of changes laid upon it, and the seed.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for film in films:
        writer.writerows(_rows(film))
    return text.getvalue()


def _rows(film: Film) -> list[tuple[Any, ...]]:
    ground, play = film.ground, film.play
    if ground is None:
        return []
    who = play.world.source + (f" + {len(play.moves)}" if play.moves else "")
    values, places = film.values(), film.places(0, len(film))
    rows = []
    for month in range(len(film)):
        head = (who, play.seed, month, show_month(ground.start + month))
        told = [("", name, value) for name, value in zip(ground.measures, values[month], strict=True)]
        if month % 12 == 0 and ground.names:
            told += [(area, layer, value) for at, layer in enumerate(ground.layers)
                     for area, value in zip(ground.names, places[month, at], strict=True)]  # fmt: skip
        rows += [(*head, area, name, f"{value:.6g}") for area, name, value in told if value == value]
    return rows


def _snapshot(desk: Desk, films: list[Film], month: int, layer: str) -> Snapshot:
    language, ground = desk.language, films[0].ground
    assert ground is not None
    month = min(max(month, 0), *(len(film) - 1 for film in films))
    titles = [desk.house.scenario(film.play.world).title.say(language) for film in films]
    names = tuple(titles)
    if desk.view != "compare":
        names = (say("view.map.base", language), say("view.map.mine", language))
    return Snapshot(
        title=" | ".join(dict.fromkeys(titles)),
        subtitle=_subtitle(desk, month),
        foot=say("view.take.foot", language, version=desk.version, seed=desk.seed,
                 scenario=_proposed(desk).world.source),
        map=_map(desk, films[-1], month, layer),
        charts=tuple(_lines(desk, name, films) for name in charts_of(ground)),
        answers=tuple((one["heading"], _answer(one)) for one in answers(desk)),
        names=(names[0], names[-1]), chance=say("view.charts.chance", language), start=ground.start / 12,
        now=(ground.start + month) / 12, language=language,
    )  # fmt: skip


def _subtitle(desk: Desk, month: int) -> str:
    when = show_month(desk.scenario.time.start + month)
    moved = [flag["text"] for flag in flags(desk)] if desk.view == "explore" else []
    return " ".join([say("view.take.when", desk.language, when=when), *(f"{text}." for text in moved)])


def _answer(one: dict[str, Any]) -> str:
    said = [said["text"] for said in one["says"]] or [one["pending"]]
    return "\n".join([one["title"], *said, one["notCounted"]])


def _map(desk: Desk, film: Film, month: int, layer: str) -> AreaMap | None:
    ground = film.ground
    if ground is None or not ground.names:
        return None
    at = ground.layers.index(layer) if layer in ground.layers else 0
    data = layer_data(ground.layers[at], desk.labels(), desk.language)
    if not data["breaks"]:
        return None
    return AreaMap(
        data["title"], tuple(outlines(plane(ground.lat, ground.lon))), film.places(month, month + 1)[0, at],
        tuple(data["breaks"]), _legend(data, desk.language), ground.names,
    )  # fmt: skip


def _legend(data: dict[str, Any], language: str) -> tuple[str, ...]:
    """Words for the five colours."""
    ends = [f"{number(end * data['factor'], data['decimals'], language)} {data['unit']}" for end in data["breaks"]]
    below, to, above = (say(f"view.map.{word}", language) for word in ("below", "to", "above"))
    between = [f"{low} {to} {high}" for low, high in itertools.pairwise(ends)]
    return (f"{below} {ends[0]}", *between, f"{ends[-1]} {above}")


def _lines(desk: Desk, name: str, films: list[Film]) -> Lines:
    ground = films[0].ground
    assert ground is not None
    data = measure_data(name, ground, desk.labels(), desk.language)
    paths = [_smooth(film.values()[:, data["at"]] * data["factor"], data["smooth"]) for film in films]
    chance = films[0].values()[:, data["chance"]] * data["factor"] if data["chance"] >= 0 else np.zeros(0)
    return Lines(
        data["title"], data["unit"], paths[0], paths[1] if len(paths) > 1 else np.zeros(0), chance, data["decimals"]
    )


def _smooth(values: np.ndarray, months: int) -> np.ndarray:
    """Means over so many months backwards, of what is defined."""
    if months <= 1:
        return values
    found = np.full(len(values), np.nan)
    for month in range(len(values)):
        some = values[max(0, month - months + 1) : month + 1]
        some = some[~np.isnan(some)]
        found[month] = some.mean() if len(some) else np.nan
    return found
