"""Words for the reader: every sentence shown to a user lives in ``words/<language>/<room>.yaml``."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Mapping
from importlib import resources
from typing import cast

LANGUAGES = ("en", "sv")
_NUMBER = re.compile(r"-?\d+\.\d+(e[+-]\d+)?")


def preferred(environment: dict[str, str] | None = None) -> str:
    """Language of the reader: HEMVIST_LANG, else the locale, else English."""
    known = os.environ if environment is None else environment
    for name in ("HEMVIST_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = known.get(name, "")[:2].lower()
        if value in LANGUAGES:
            return value
    return "en"


@functools.cache
def words(language: str, room: str) -> dict[str, object]:
    """All sentences of one room (a file) in one language; nested maps end in text."""
    import yaml

    text = resources.files("sim.base").joinpath("words", language, f"{room}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return cast(dict[str, object], yaml.load(text, Loader=loader))


def has(key: str, language: str = "en") -> bool:
    """Whether the language files know this key."""
    return _found(key, language) is not None


def say(key: str, language: str = "en", /, **values: object) -> str:
    """The sentence of a key, ``room.some.key``, with its values filled in.

    A key without a sentence is shown as itself, so that a missing word never hides a fault.
    """
    sentence = _found(key, language)
    if sentence is None:
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        return f"{key} ({shown})" if shown else key
    return sentence.format(**values) if values else sentence


def written(values: Mapping[str, object], language: str) -> dict[str, object]:
    """Values for ``say``, numbers that are kept as text in the writing of a language: Swedish has a decimal comma.

    Examples
    --------
    >>> written({"percent": "1.57", "where": "area 7.2b", "n": 3}, "sv")
    {'percent': '1,57', 'where': 'area 7.2b', 'n': 3}
    """
    if language != "sv":
        return dict(values)
    return {
        name: value.replace(".", ",") if isinstance(value, str) and _NUMBER.fullmatch(value) else value
        for name, value in values.items()
    }


def _found(key: str, language: str) -> str | None:
    room, *rest = key.split(".")
    try:
        branch: object = words(language, room)
    except FileNotFoundError:
        return None
    for part in rest:
        if not isinstance(branch, dict) or part not in branch:
            return None
        branch = branch[part]
    return branch if isinstance(branch, str) else None
