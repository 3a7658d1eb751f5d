"""A measure: what it is called, its unit and range, which way is better, who is not counted, where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sim.base.language import say

Better = Literal["low", "high", "neither"]
Form = Literal["raw", "chance", "corrected"]


@dataclass(frozen=True)
class Measure:
    """One number that the engine can record; its sentences stand in the language files under ``measures``.

    Attributes
    ----------
    family : str
        Words with dots between; the name, but for the grouping and the form.
    unit : str
        A key of ``measures.units``.
    low, high : float or None
        Least and largest value; None where there is none.
    better : str
        Whether a low or a high value is what people wish for, or neither.
    leaves_out : str
        Who is not counted: a key of ``measures.not_counted``.
    source : str
        Where the definition comes from.
    by : tuple of str
        By what it can be broken down, see ``names.BREAKDOWNS``.
    grouping : str
        Whose segregation: origin, income or tenure; empty where the measure has none.
    form : str
        The number itself (raw), its level by chance, or the number with chance taken out.
    """

    family: str
    unit: str
    low: float | None
    high: float | None
    better: Better
    leaves_out: str
    source: str
    by: tuple[str, ...] = ()
    grouping: str = ""
    form: Form = "raw"

    @property
    def name(self) -> str:
        """Base of its name in YAML, files and code, for example ``segregation.dissimilarity.origin.chance``."""
        form = "" if self.form == "raw" else self.form
        return ".".join(part for part in (self.family, self.grouping, form) if part)

    def title(self, language: str = "en") -> str:
        """A few words, for an axis or a row."""
        return self._said("title", language)

    def sentence(self, language: str = "en") -> str:
        """What it is, in one plain sentence."""
        return self._said("sentence", language)

    def not_counted(self, language: str = "en") -> str:
        """Who is not counted in it, in one plain sentence."""
        return say(f"measures.not_counted.{self.leaves_out}", language)

    def unit_words(self, language: str = "en") -> str:
        """The unit, for an axis."""
        return say(f"measures.units.{self.unit}", language)

    def _said(self, part: str, language: str) -> str:
        grouping = say(f"measures.groupings.{self.grouping}", language) if self.grouping else ""
        text = say(f"measures.{self.family}.{part}", language, grouping=grouping)
        return text if self.form == "raw" else say(f"measures.forms.{self.form}.{part}", language, of=text)
