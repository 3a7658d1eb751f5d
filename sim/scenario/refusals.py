"""Refusals: how the check of one value says what is wrong, so that it becomes a fault with a place."""

from __future__ import annotations

from typing import Any, NoReturn

from pydantic_core import PydanticCustomError

from sim.base.registry import nearest


def refuse(fault: str, /, **values: Any) -> NoReturn:
    """Stop the check of one value; ``at`` names the part of it that is wrong, ``fault`` a sentence of ``errors``.

    Raises
    ------
    PydanticCustomError
        Always: collected by pydantic, told as a fault by ``faults.py``.
    """
    key = fault if "." in fault else f"scenario.{fault}"
    raise PydanticCustomError(key, "{values}", {"values": values})


def refuse_unknown(key: str, known: tuple[str, ...], at: str | None = None) -> NoReturn:
    """A key that does not exist here."""
    meant = nearest(key, known)
    refuse(
        "unknown_key_suggest" if meant else "unknown_key",
        at=key if at is None else at, at_key=True, key=key, meant=meant, known=", ".join(known),
    )  # fmt: skip


def refuse_word(found: Any, known: tuple[str, ...], at: str = "") -> NoReturn:
    """A word that is none of those that may stand here."""
    meant = nearest(found, known) if isinstance(found, str) else None
    key = "not_one_of_suggest" if meant else "not_one_of"
    refuse(key, at=at, found=shown(found), meant=meant, known=", ".join(known))


def figure(value: float) -> str:
    """A number for a sentence, without digits that only rounding made."""
    return f"{value:.10g}"


def shown(raw: Any) -> str:
    """What was found, short enough for a sentence."""
    if isinstance(raw, dict):
        return "{...}"
    if isinstance(raw, list | tuple):
        return "[...]"
    if raw is None or isinstance(raw, bool):
        return {None: "null", True: "true", False: "false"}[raw]
    text = str(raw)
    return text if len(text) <= 60 else text[:57] + "..."
