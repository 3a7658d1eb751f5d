"""One tree laid upon another."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario.merge import doubled_ids, merged, without_removed
from sim.scenario.nodes import Node
from sim.scenario.reader import read_text


def _tree(text: str, name: str = "x.yaml") -> Node:
    read = read_text(text, name)
    assert read.faults == []
    return read.node


def _merged(below: str, above: str) -> Any:
    lower = _tree(below, "below.yaml")
    tree, faults = without_removed(lower, merged(lower, _tree(above, "above.yaml")))
    assert faults == []
    assert tree is not None
    return tree.plain()


@pytest.mark.parametrize(
    ("below", "above", "result"),
    [
        ("{a: 1, b: 2}", "{b: 3, c: 4}", {"a": 1, "b": 3, "c": 4}),
        ("{a: {b: 1, c: 2}}", "{a: {c: 3}}", {"a": {"b": 1, "c": 3}}),
        ("{a: [1, 2]}", "{a: [3]}", {"a": (3,)}),
        ("{a: [{id: x, n: 1}]}", "{a: []}", {"a": ()}),
        ("{a: {b: 1}}", "{a: null}", {"a": None}),
        ("{a: [{id: x, n: 1, m: 2}]}", "{a: [{id: x, n: 3}]}", {"a": ({"id": "x", "n": 3, "m": 2},)}),
        (
            "{a: [{id: x}, {id: y}]}",
            "{a: [{id: z}, {id: x, n: 1}]}",
            {"a": ({"id": "x", "n": 1}, {"id": "y"}, {"id": "z"})},
        ),
        ("{a: [{id: x}]}", "{a: [{n: 1}]}", {"a": ({"n": 1},)}),
        ("{a: [{rule: r, n: 1}]}", "{a: [{rule: r, m: 2}]}", {"a": ({"rule": "r", "n": 1, "m": 2},)}),
        ("{a: {rule: r, n: 1}}", "{a: {rule: s, m: 2}}", {"a": {"rule": "s", "m": 2}}),
        ("{a: {rule: r, n: 1}}", "{a: {rule: r, m: 2}}", {"a": {"rule": "r", "n": 1, "m": 2}}),
        ("{a: {rule: r, n: 1}}", "{a: {m: 2}}", {"a": {"rule": "r", "n": 1, "m": 2}}),
        ("{a: {kind: areas, n: 1}}", "{a: {kind: lattice}}", {"a": {"kind": "lattice"}}),
        ("{a: {value: 1, source: s}}", "{a: {value: 2}}", {"a": {"value": 2}}),
        ("{a: {value: 1, source: s}}", "{a: {source: t}}", {"a": {"source": "t"}}),
        ("{a: {value: 1, source: s}}", "{a: 2}", {"a": 2}),
        ("{a: 2}", "{a: {value: 1}}", {"a": {"value": 1}}),
        ("{a: [{id: x}, {id: y}]}", "{a: [{id: x, remove: true}]}", {"a": ({"id": "y"},)}),
        ("{a: {b: {c: 1}, d: 2}}", "{a: {b: {remove: true}}}", {"a": {"d": 2}}),
    ],
)
def test_what_lies_above_counts(below: str, above: str, result: Any) -> None:
    assert _merged(below, above) == result


def test_each_value_keeps_the_file_that_wrote_it() -> None:
    tree = merged(_tree("a: {b: 1, c: 2}", "below.yaml"), _tree("a: {c: 3}", "above.yaml"))
    wrote = {part: node.file for part in ("b", "c") if (node := tree.at(("a", part))) is not None}
    assert wrote == {"b": "below.yaml", "c": "above.yaml"}


def test_removing_what_is_not_there_is_a_fault() -> None:
    below, above = _tree("{a: [{id: x}]}"), _tree("{a: [{id: y, remove: true}, {id: x, remove: 1}]}")
    _, faults = without_removed(below, merged(below, above))
    assert sorted(fault.key for fault in faults) == ["scenario.nothing_to_remove", "scenario.remove_true"]


def test_a_doubled_id_is_told_with_the_line_of_the_first() -> None:
    faults = doubled_ids(_tree("a:\n  - {id: x}\n  - {id: y}\n  - {id: x}\nb: [{rule: r}, {rule: r}]\n"))
    assert [(fault.place.line, fault.place.path, fault.values["first"]) for fault in faults] == [
        (4, "a", 2),
        (5, "b", 5),
    ]


_NAMES = st.sampled_from(["a", "b", "c"])
_ITEMS = st.lists(st.tuples(_NAMES, st.integers(0, 9)), max_size=3, unique_by=lambda pair: pair[0])
_LISTS = _ITEMS.map(lambda pairs: [{"id": name, "n": n} for name, n in pairs])
_TREES = st.recursive(
    st.integers(0, 9) | st.booleans() | _LISTS,
    lambda inner: st.dictionaries(_NAMES, inner, max_size=3),
    max_leaves=8,
).flatmap(lambda inner: st.dictionaries(_NAMES, st.just(inner), min_size=1, max_size=3))


def _node(tree: Any) -> Node:
    return _tree(json.dumps(tree))


@given(tree=_TREES)
def test_a_tree_upon_itself_is_itself(tree: Any) -> None:
    assert merged(_node(tree), _node(tree)).plain() == _node(tree).plain()


@given(tree=_TREES)
def test_nothing_upon_a_tree_is_the_tree(tree: Any) -> None:
    assert merged(_node(tree), Node({})).plain() == _node(tree).plain()
    assert merged(None, _node(tree)).plain() == _node(tree).plain()


@given(below=_TREES, above=_TREES)
def test_to_lay_the_same_upon_a_tree_twice_changes_nothing_more(below: Any, above: Any) -> None:
    once = merged(_node(below), _node(above))
    assert merged(once, _node(above)).plain() == once.plain()


@given(below=_TREES, above=_TREES)
def test_every_scalar_that_was_written_above_stands_in_the_result(below: Any, above: Any) -> None:
    result = merged(_node(below), _node(above))
    for parts, value in _scalars(above):
        found = result.at(parts)
        assert found is not None
        assert found.plain() == value


def _scalars(tree: Any, parts: tuple[str | int, ...] = ()) -> list[tuple[tuple[str | int, ...], Any]]:
    if isinstance(tree, dict):
        return [pair for key, inner in tree.items() for pair in _scalars(inner, (*parts, key))]
    if isinstance(tree, list):
        return [pair for item in tree for pair in _scalars(item, (*parts, item["id"]))]
    return [(parts, tree)]
