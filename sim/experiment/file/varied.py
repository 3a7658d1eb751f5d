"""Factors as a file writes them, made ready: ranges in house units, levers found, constraints understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import PydanticCustomError

from sim.base.errors import Fault
from sim.base.registry import nearest
from sim.experiment.factors import Factor
from sim.experiment.file.arms import Arm
from sim.experiment.file.sections import DesignSection, FactorSection
from sim.scenario.levers import Lever
from sim.scenario.nodes import Node, split
from sim.scenario.quantities import Quantity
from sim.scenario.refusals import figure
from sim.scenario.walk import known_below, look

ALL = "*"
_COMPARED = re.compile(r"\s*(\S+)\s*(<=|>=|<|>)\s*(\S.*?)\s*")


@dataclass(frozen=True)
class Constraint:
    """A factor that stays on one side of a number or of another factor."""

    left: str
    sign: str
    right: str | float

    def allows(self, point: Mapping[str, Any]) -> bool:
        """Whether a point keeps it."""
        one = point[self.left]
        other = point[self.right] if isinstance(self.right, str) else self.right
        return bool({"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[self.sign])


class Varied:
    """Makes factors and constraints of a design, and collects what is wrong with them."""

    def __init__(self, design: DesignSection, arms: Sequence[Arm], tree: Node) -> None:
        self.arms, self.tree = arms, tree
        self.faults: list[Fault] = []
        found = [one for n, written in enumerate(design.factors) for one in self._factors(written, n)]
        self.factors = tuple(self._each_once(found))
        self.constraints = tuple(self._constraints(design.constraints))
        self.rows = tuple(self._row(row, n) for n, row in enumerate(design.rows))

    def as_it_stands(self) -> dict[str, Any]:
        """The point at which nothing is changed."""
        entries = {one.path: look(self.arms[0].scenario, split(one.path)) for one in self.factors}
        return {path: None if entry is None else entry.value for path, entry in entries.items()}

    def _fault(self, key: str, parts: tuple[str | int, ...], /, **values: object) -> None:
        name = ".".join(map(str, parts))
        self.faults.append(Fault(key, values, self.tree.nearest(parts).place(name)))

    def _factors(self, written: FactorSection, number: int) -> Iterator[Factor]:
        for path, lever in self._paths(written, number):
            quantity = self._quantity(path, ("design", "factors", number, "path"))
            if quantity is not None or (written.values is not None and self._exists(path, number)):
                found = self._factor(written, path, quantity, lever, number)
                if found is not None:
                    yield found

    def _paths(self, written: FactorSection, number: int) -> Iterator[tuple[str, Lever | None]]:
        """The path of a factor, or of every lever that it means and that is awake in all arms."""
        if written.path is not None:
            yield written.path, None
            return
        shared = [
            lever for lever in self.arms[0].scenario.levers
            if all(any(other.path == lever.path and not other.is_asleep for other in arm.scenario.levers)
                   for arm in self.arms)
        ]  # fmt: skip
        chosen = [lever for lever in shared if written.lever in (ALL, lever.id, lever.path)]
        if not chosen:
            known = ", ".join(lever.id for lever in shared) or "-"
            self._fault("experiment.no_such_lever", ("design", "factors", number, "lever"), found=written.lever,
                        known=known)  # fmt: skip
        yield from ((lever.path, lever) for lever in chosen)

    def _exists(self, path: str, number: int) -> bool:
        for arm in self.arms:
            if look(arm.scenario, split(path)) is None:
                self._lost(arm, path, ("design", "factors", number, "path"))
                return False
        return True

    def _quantity(self, path: str, at: tuple[str | int, ...]) -> Quantity | None:
        """What numbers may stand at a path; a fault where an arm has no such path, or no number there."""
        entries = [look(arm.scenario, split(path)) for arm in self.arms]
        for arm, entry in zip(self.arms, entries, strict=True):
            if entry is None:
                if at[-1] == "path" and self.tree.at((*at[:-1], "values")) is None:
                    self._lost(arm, path, at)
                return None
        quantity = entries[0].quantity if entries[0] is not None else None
        if quantity is None and self.tree.at((*at[:-1], "values")) is None and at[-1] == "path":
            self._fault("experiment.factor_not_a_number", at, found=path)
        return quantity

    def _lost(self, arm: Arm, path: str, at: tuple[str | int, ...]) -> None:
        parts = split(path)
        done, known = known_below(arm.scenario, parts)
        meant = nearest(parts[len(done)], known)
        key = "scenario.path_unknown_suggest" if meant else "scenario.path_unknown"
        values = {"path": path, "found": parts[len(done)], "under": ".".join(done) or arm.id, "meant": meant}
        self.faults.append(Fault(key, {**values, "known": ", ".join(known) or "-"},
                                 self.tree.nearest(at).place(".".join(map(str, at)))))  # fmt: skip

    def _factor(
        self, written: FactorSection, path: str, quantity: Quantity | None, lever: Lever | None, number: int
    ) -> Factor | None:
        at = ("design", "factors", number)
        label = written.label or (lever.label if lever is not None else None)
        texts = {language: label.say(language) for language in ("en", "sv")} if label is not None else {}
        unit = quantity.unit if quantity is not None else ""
        if written.values is not None:
            values = tuple(self._value(one, quantity, (*at, "values", n)) for n, one in enumerate(written.values))
            return Factor(path, texts, unit, values)
        if quantity is None:
            return None
        low = lever.low if lever is not None and written.min is None else self._number(written.min, quantity, at, "min")
        high = lever.high if lever is not None and written.max is None else self._number(written.max, quantity, at,
                                                                                         "max")  # fmt: skip
        if low is None or high is None:
            return None
        if low >= high:
            self._fault("scenario.lever_empty", (*at, "max"), low=figure(low), high=figure(high))
        if written.scale == "log" and low <= 0:
            self._fault("experiment.log_of_nothing", (*at, "min"), found=figure(low))
        is_whole = written.integer or quantity.whole
        return Factor(path, texts, unit, None, low, high, written.steps, written.scale == "log", is_whole)

    def _number(self, raw: Any, quantity: Quantity, at: tuple[str | int, ...], name: str) -> float | None:
        try:
            value = quantity.converted(raw)
        except PydanticCustomError as error:
            self._told(error, (*at, name))
            return None
        if quantity.is_outside(value):
            self._fault("scenario.out_of_bounds", (*at, name), found=figure(value), bounds=quantity.bounds())
        return value

    def _value(self, raw: Any, quantity: Quantity | None, at: tuple[str | int, ...]) -> Any:
        """A value in the house unit where it is a number; words stay as they are."""
        if quantity is None or raw is None or (isinstance(raw, str) and raw in quantity.words):
            return raw
        try:
            return quantity.check(raw)
        except PydanticCustomError as error:
            self._told(error, at)
            return raw

    def _told(self, error: PydanticCustomError, at: tuple[str | int, ...]) -> None:
        values = dict((error.context or {})["values"])
        values.pop("at", None)
        values.pop("at_key", None)
        self._fault(error.type, at, **values)

    def _each_once(self, found: Sequence[Factor]) -> Iterator[Factor]:
        seen: set[str] = set()
        for one in found:
            if one.path in seen:
                self._fault("experiment.factor_twice", ("design", "factors"), path=one.path)
            else:
                seen.add(one.path)
                yield one

    def _constraints(self, texts: Sequence[str]) -> Iterator[Constraint]:
        paths = {factor.path: factor for factor in self.factors}
        for number, text in enumerate(texts):
            match = _COMPARED.fullmatch(text)
            at = ("design", "constraints", number)
            if match is None or match[1] not in paths:
                self._fault("experiment.constraint_written", at, found=text, known=", ".join(paths) or "-")
            elif match[3] in paths:
                yield Constraint(match[1], match[2], match[3])
            else:
                quantity = self._quantity(match[1], at)
                number_of = None if quantity is None else self._number(_plain(match[3]), quantity, at, "")
                if number_of is not None:
                    yield Constraint(match[1], match[2], number_of)

    def _row(self, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        """A point that is written out."""
        point = {}
        for path, raw in row.items():
            at = ("design", "rows", number, path)
            quantity = self._quantity(path, at)
            for arm in self.arms:
                if quantity is None and look(arm.scenario, split(path)) is None:
                    self._lost(arm, path, at)
                    break
            point[path] = self._value(raw, quantity, at)
        return point


def _plain(text: str) -> Any:
    """A number as YAML would read it, with or without a unit."""
    try:
        return float(text)
    except ValueError:
        return text
