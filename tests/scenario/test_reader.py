"""Reading YAML strictly: values, places, and the budget of bytes, nodes and depth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sim.base.errors import ScenarioError
from sim.scenario import reader
from sim.scenario.reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_bytes, read_file, read_text
from sim.scenario.scalars import scalar_of


def _plain(text: str) -> Any:
    read = read_text(text, "x.yaml")
    assert read.faults == []
    return read.node.plain()


def _refused(text: str | bytes) -> tuple[str, int | None, int | None]:
    with pytest.raises(ScenarioError) as caught:
        read_bytes(text, "x.yaml") if isinstance(text, bytes) else read_text(text, "x.yaml")
    place = caught.value.faults[0].place
    return caught.value.key.removeprefix("scenario."), place.line, place.column


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("010", 10),
        ("12:30", "12:30"),
        ("1e3", 1000.0),
        ("-.5", -0.5),
        ("2030-01", "2030-01"),
        ("2030-01-01", "2030-01-01"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
        ("12345678901234567890", 12345678901234567890.0),
        ("'yes'", "yes"),
        ("y", "y"),
        ("1.2 %", "1.2 %"),
    ],
)
def test_a_word_means_what_it_looks_like(written: str, meant: object) -> None:
    found = _plain(f"a: {written}")["a"]
    assert found == meant
    assert type(found) is type(meant)


@pytest.mark.parametrize("word", ["yes", "No", "NO", "on", "Off"])
def test_a_word_that_might_be_true_or_false_is_refused(word: str) -> None:
    assert scalar_of(word) == (word, "true_or_false")


@pytest.mark.parametrize("word", [".nan", ".NaN", ".inf", "-.Inf", "1e400"])
def test_what_is_not_finite_is_refused(word: str) -> None:
    read = read_text(f"a: {word}", "x.yaml")
    assert [fault.key for fault in read.faults] == ["scenario.not_finite"]
    assert not isinstance(read.node.plain()["a"], float)


def test_every_value_and_key_knows_its_line_and_column() -> None:
    node = read_text("a: 1\nbé:\n  - {c: [x, 😀, y]}\n", "x.yaml").node
    found = node.at(("bé", 0, "c", 2))
    assert found is not None
    assert (found.value, found.line, found.column) == ("y", 3, 16)
    inner = node.at(("bé", 0, "c"))
    assert inner is not None
    assert inner.key == (3, 6)


def test_what_is_wrong_but_readable_is_told_all_at_once() -> None:
    read = read_text("a: yes\na: 1\nb: !x 2\nc: {<<: 3}\nd: *e\n", "x.yaml")
    told = [(fault.key.removeprefix("scenario."), fault.place.line, fault.place.path) for fault in read.faults]
    assert told == [
        ("true_or_false", 1, "a"),
        ("duplicate_key", 2, "a"),
        ("tag", 3, "b"),
        ("merge_key", 4, "c"),
        ("alias_unknown", 5, "d"),
    ]
    assert read.faults[1].values["first"] == 1


def test_an_alias_is_read_where_it_stands_and_told_where_it_was_written() -> None:
    node = read_text("a: &x [1, 2]\nb: *x\n", "x.yaml").node
    assert node.plain() == {"a": (1, 2), "b": (1, 2)}
    found = node.at(("b", 1))
    assert found is not None
    assert found.line == 1


def test_a_key_may_carry_an_anchor() -> None:
    assert _plain("&k a: 1\nb: *k\n") == {"a": 1, "b": "a"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ("empty", None, None)),
        ("# nothing\n", ("empty", None, None)),
        ("a: [1,\n", ("syntax", 2, 1)),
        ("a:\n\t- 1\n", ("tab", 2, 1)),
        ("a: 1\n---\nb: 2\n", ("several_documents", 2, 1)),
        ("a: x\x07y", ("control_character", 1, 5)),
        ("a: &a {b: *a}", ("alias_of_itself", 1, 11)),
        (b"a: 1\nb: \xe5\n", ("not_utf8", 2, 4)),
    ],
)
def test_what_cannot_be_read_says_where(text: str | bytes, told: tuple[str, int | None, int | None]) -> None:
    assert _refused(text) == told


def test_an_alias_is_no_key() -> None:
    read = read_text("a: &x k\n? *x\n: 2\nb: 1\n", "x.yaml")
    assert [(fault.key, fault.place.line) for fault in read.faults] == [("scenario.key_not_text", 2)]
    assert read.node.plain()["b"] == 1


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read_bytes(b"\xef\xbb\xbfa: 1", "x.yaml").node.plain() == {"a": 1}


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 5000, "a: " + "[" * 41 + "]" * 41, "{a: " * 41])
def test_depth_stops_at_the_budget(text: str) -> None:
    assert _refused(text)[0] == "too_deep"


def test_what_is_just_deep_enough_is_read() -> None:
    depth = MAX_DEPTH - 1
    found = _plain("[" * depth + "1" + "]" * depth)
    for _ in range(depth):
        (found,) = found
    assert found == 1


def test_depth_counts_through_aliases() -> None:
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 60))]
    assert _refused("\n".join(lines))[0] == "too_deep"


def test_nodes_are_counted_as_if_aliases_were_written_out(monkeypatch: pytest.MonkeyPatch) -> None:
    ten = ", ".join(["x"] * 10)
    bomb = f"a0: &a0 [{ten}]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30))
    made = 0

    class Counted(reader.Node):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            nonlocal made
            made += 1
            super().__init__(*args, **kwargs)

    monkeypatch.setattr(reader, "Node", Counted)
    assert _refused(bomb)[0] == "too_many_nodes"
    assert made < 200


def test_a_long_list_stops_at_the_budget_and_a_shorter_one_does_not() -> None:
    assert len(_plain("[" + "1," * (MAX_NODES - 1) + "]")) == MAX_NODES - 1
    assert _refused("[" + "1," * MAX_NODES + "]")[0] == "too_many_nodes"


def test_no_more_than_the_budget_of_bytes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(ScenarioError) as caught:
        read_file(path)
    assert caught.value.key == "scenario.too_large"
    assert caught.value.values["most"] == 1024
    with pytest.raises(ScenarioError, match="larger than 0 KiB"):
        read_text("a: 1" * 10, "x.yaml", max_bytes=20)


def test_a_folder_and_a_missing_file_say_why(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(ScenarioError) as caught:
            read_file(path, "mine.yaml")
        assert caught.value.key == "scenario.not_readable"
        assert caught.value.faults[0].place.file == "mine.yaml"


def test_without_libyaml_the_same_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_LOADER", yaml.SafeLoader)
    assert _plain("a: [1, {b: 'c'}]\n") == {"a": (1, {"b": "c"})}
    assert _refused("a: b: c") == ("syntax", 1, 5)


_TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Cn", "Zl", "Zp"]), max_size=8)
_FLOATS = st.floats(allow_nan=False, allow_infinity=False)
_SCALARS = st.none() | st.booleans() | st.integers(-(10**14), 10**14) | _FLOATS | _TEXTS
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(_TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(tree=_TREES)
def test_json_is_read_as_what_it_says(tree: Any) -> None:
    assert _plain(json.dumps({"top": tree}, ensure_ascii=False))["top"] == tree
