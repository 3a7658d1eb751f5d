"""Loading a scenario with every rule there is: those of this house, of installed packages, and of the caller."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sim.base.registry import Registry
from sim.engine.outside import import_rules
from sim.rules import built_in, installed
from sim.scenario.load import load as load_with
from sim.scenario.schema import Scenario


def registry(rules: Iterable[type | Path | str] = ()) -> Registry:
    """All rules, and those given: classes marked with ``@rule``, or Python files that mark some.

    Raises
    ------
    RuleError
        If a file is missing, fails, or marks no rule; or if two rules have one name.
    """
    outside: list[type] = []
    for one in rules:
        outside += [one] if isinstance(one, type) else import_rules(one)
    return built_in().with_rules([*installed(), *outside])


def load(
    world: Path | str, *, rules: Iterable[type | Path | str] = (), set: Mapping[str, object] | None = None
) -> Scenario:
    """A scenario by the name of one that ships, or by path.

    Parameters
    ----------
    world : str or Path
        ``"two-towns"``, or the path of a file.
    rules : iterable
        Rules from outside the package that it names: classes, or Python files.
    set : mapping of str to object
        Values by dotted path, as ``--set`` takes them: ``{"landlords.private.rent.yearly_index": "2 %"}``.

    Raises
    ------
    ScenarioError
        With everything that is wrong, each with its place.

    Examples
    --------
    >>> load("two-towns", set={"time.months": 24}).time.months
    24
    """
    return load_with(world, registry(rules), overrides=dict(set or {}))
