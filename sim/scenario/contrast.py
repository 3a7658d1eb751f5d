"""What differs between two scenarios, or between two months of one, path by path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.scenario.schema import Scenario

ABSENT = object()
BURN_IN = "burn_in_rules"


def differences(one: Scenario, two: Scenario) -> Iterator[tuple[str, Any, Any]]:
    """Every path at which two scenarios differ, with both values; ``ABSENT`` where a scenario has no such path.

    The rules of a burn-in are compared where either scenario has others for it than for its own months.
    """
    data = (one.resolved(), two.resolved())
    written = [each.pop(BURN_IN, {}) for each in data]
    yield from contrast(*data)
    for section in {**written[0], **written[1]}:
        before, after = (rules.get(section, each[section]) for rules, each in zip(written, data, strict=True))
        yield from contrast(before, after, f"{BURN_IN}.{section}")


def changes(scenario: Scenario) -> Iterator[tuple[int, str, Any, Any, str]]:
    """What the timeline changes: month since the start, path, value before and after, event."""
    from sim.scenario.walk import plain

    for month in scenario.timeline_months():
        for change in scenario.changes_at(month):
            for path, old, new in contrast(plain(change.old), plain(change.new), change.path):
                yield month, path, old, new, change.event


def contrast(one: Any, two: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The same for plain data: maps key by key, lists of named items name by name, all else as a whole.

    Examples
    --------
    >>> list(contrast({"a": 1, "b": [{"id": "c", "d": 2}]}, {"a": 1, "b": [{"id": "c", "d": 3}]}))
    [('b.c.d', 2, 3)]
    """
    left, right = _entries(one), _entries(two)
    if left is None or right is None:
        if one != two:
            yield path, one, two
        return
    for key in {**left, **right}:
        inner = f"{path}.{key}" if path else key
        yield from contrast(left.get(key, ABSENT), right.get(key, ABSENT), inner)


def _entries(data: Any) -> dict[str, Any] | None:
    """What lies inside, by name; nothing inside what is absent or an empty list; None for a value of its own."""
    if isinstance(data, dict):
        return {str(key): value for key, value in data.items()}
    if data is ABSENT or data == []:
        return {}
    if isinstance(data, list) and any(isinstance(item, dict) for item in data):
        return {str(item.get("id", place)): _unnamed(item) for place, item in enumerate(data)}
    return None


def _unnamed(item: Any) -> Any:
    return {key: value for key, value in item.items() if key != "id"} if isinstance(item, dict) else item


def as_written(value: Any) -> str:
    """A value as a scenario would have it; a dash for what it has not.

    Examples
    --------
    >>> as_written(None), as_written(True), as_written(0.5), as_written(["east", 2]), as_written({"rule": "none"})
    ('null', 'true', '0.5', '[east, 2]', '{rule: none}')
    """
    if value is ABSENT:
        return "-"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list | tuple):
        return f"[{', '.join(as_written(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {as_written(item)}' for key, item in value.items())}}}"
    return f"{value:.12g}" if isinstance(value, float) else str(value)
