"""Names in YAML find their classes: the shelves of rules, filled by whoever imports them."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import TypeVar

from sim.base.errors import RuleError, ScenarioError

Rule = TypeVar("Rule", bound=type)


def rule(kind: str, name: str) -> Callable[[Rule], Rule]:
    """Mark a class as the rule that YAML calls ``name`` on the shelf ``kind``."""

    def marked(cls: Rule) -> Rule:
        cls.kind = kind  # type: ignore[attr-defined]
        cls.name = name  # type: ignore[attr-defined]
        return cls

    return marked


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that a reader most likely meant, or None."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return close[0] if close else None


class Registry:
    """Rules by kind and name.

    Examples
    --------
    >>> @rule("rent", "free")
    ... class Free: ...
    >>> Registry([Free]).names("rent")
    ('free',)
    """

    def __init__(self, rules: Iterable[type] = ()) -> None:
        self._shelves: dict[str, dict[str, type]] = {}
        for cls in rules:
            self.add(cls)

    def add(self, cls: type) -> None:
        """Put a rule on its shelf.

        Raises
        ------
        RuleError
            If the class was not marked with ``@rule`` or its name is taken by another class.
        """
        kind, name = getattr(cls, "kind", None), getattr(cls, "name", None)
        if not isinstance(kind, str) or not isinstance(name, str):
            raise RuleError("rule.not_marked", found=cls.__name__)
        shelf = self._shelves.setdefault(kind, {})
        if shelf.get(name, cls) is not cls:
            raise RuleError("rule.name_taken", kind=kind, name=name, by=shelf[name].__name__)
        shelf[name] = cls

    def with_rules(self, rules: Iterable[type]) -> Registry:
        """A new registry that holds these rules too."""
        return Registry([*self.all(), *rules])

    def kinds(self) -> tuple[str, ...]:
        """The shelves, in alphabetical order."""
        return tuple(sorted(self._shelves))

    def names(self, kind: str) -> tuple[str, ...]:
        """Names on one shelf, in alphabetical order."""
        return tuple(sorted(self._shelves.get(kind, {})))

    def all(self) -> tuple[type, ...]:
        """Every rule, by kind and name."""
        return tuple(self._shelves[kind][name] for kind in self.kinds() for name in self.names(kind))

    def find(self, kind: str, name: str) -> type:
        """The class of a name.

        Raises
        ------
        ScenarioError
            If no rule of this kind has the name; the message says what was likely meant.
        """
        try:
            return self._shelves[kind][name]
        except KeyError:
            meant = nearest(name, self.names(kind))
            key = "rule.unknown_suggest" if meant else "rule.unknown"
            known = ", ".join(self.names(kind))
            raise ScenarioError(key, kind=kind, name=name, meant=meant, known=known) from None
