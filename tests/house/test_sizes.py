"""Files and functions stay small enough to be read at one sitting."""

import ast

from repository import SIM, modules, shown

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_AN_INIT = 40

LONG_FILES: dict[str, int] = {}
"""What is longer today, and how long: these may shrink and must not grow."""

LONG_FUNCTIONS: dict[str, int] = {}
"""A loop that a compiler reads as one: taking it apart costs speed, or so it has been measured."""


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions():
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{shown(path)}:{node.name}", node.end_lineno - node.lineno + 1


def test_files_are_under_300_lines():
    sizes = {shown(path): lines(path) for path, _ in modules()}
    too_long = {name: n for name, n in sizes.items() if n > LONG_FILES.get(name, MOST_LINES_OF_A_FILE)}
    assert too_long == {}


def test_functions_are_under_60_lines():
    too_long = {name: n for name, n in functions() if n > LONG_FUNCTIONS.get(name, MOST_LINES_OF_A_FUNCTION)}
    assert too_long == {}


def test_what_has_become_short_is_no_exception_any_more():
    sizes = {shown(path): lines(path) for path, _ in modules()}
    longest = dict(sorted(functions(), key=lambda one: one[1]))
    assert [name for name in LONG_FILES if sizes.get(name, 0) <= MOST_LINES_OF_A_FILE] == []
    assert [name for name in LONG_FUNCTIONS if longest.get(name, 0) <= MOST_LINES_OF_A_FUNCTION] == []


def test_a_package_only_hands_on_names():
    assert [shown(path) for path in SIM.rglob("__init__.py") if lines(path) > MOST_LINES_OF_AN_INIT] == []


def test_every_file_says_what_it_is_for():
    silent = [shown(path) for path, tree in modules() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_everything_public_says_what_it_is():
    silent = []
    for path, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                silent += [] if ast.get_docstring(node) else [f"{shown(path)}:{node.name}"]
    assert silent == []
