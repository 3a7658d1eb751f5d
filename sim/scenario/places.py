"""Areas that a rule names: by a word, or one by one; those that do not exist are found once the table has been read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic_core import core_schema

from sim.scenario.refusals import refuse, shown


@dataclass(frozen=True)
class AreaChoice:
    """One of some words, or a list of ids of areas, each once."""

    words: tuple[str, ...]

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        ids = {"type": "array", "items": {"type": "string"}, "minItems": 1, "uniqueItems": True}
        return {"anyOf": [{"enum": list(self.words)}, ids]}

    def _check(self, raw: Any) -> str | tuple[str, ...]:
        if isinstance(raw, str) and raw in self.words:
            return raw
        if not isinstance(raw, tuple) or not raw or not all(isinstance(one, str) for one in raw):
            refuse("not_areas", found=shown(raw), known=", ".join(self.words))
        twice = [one for number, one in enumerate(raw) if one in raw[:number]]
        if twice:
            refuse("area_twice", at=str(raw.index(twice[0])), found=twice[0])
        return raw
