"""Both languages say the same things, and the code asks for nothing that they do not say."""

import ast
import re
import string

import pytest
import yaml
from repository import SIM, modules, shown

from sim.base.errors import SimError
from sim.base.language import LANGUAGES, say

WORDS = SIM / "base" / "words"
ROOMS = sorted(path.stem for path in (WORDS / "en").glob("*.yaml"))
ERRORS = {cls.__name__ for cls in SimError.__subclasses__()} | {"SimError", "Fault"}
OF_SCENARIO = {"refuse", "fault_at", "fault_at_key"}
"""Short ways of the scenario's reader to name a fault: ``unknown_key`` is ``errors.scenario.unknown_key``."""


def leaves(branch, path=""):
    """Every sentence by its dotted key."""
    for name, below in branch.items():
        assert isinstance(name, str), f"{path}{name}: quote it, YAML reads it as {type(name).__name__}"
        if isinstance(below, dict):
            yield from leaves(below, f"{path}{name}.")
        else:
            yield f"{path}{name}", below


def sentences(language):
    read = {
        room: yaml.safe_load((WORDS / language / f"{room}.yaml").read_text(encoding="utf-8"))
        for room in (path.stem for path in sorted((WORDS / language).glob("*.yaml")))
    }
    return dict(leaves(read))


def doubled(node, path=""):
    """Keys that a mapping of a file says twice: YAML reads the last and forgets the others."""
    if isinstance(node, yaml.MappingNode):
        names = [key.value for key, _ in node.value]
        yield from (f"{path}{name}" for name in sorted(set(names)) if names.count(name) > 1)
        for key, below in node.value:
            yield from doubled(below, f"{path}{key.value}.")


SAID = {language: sentences(language) for language in LANGUAGES}


def placeholders(sentence):
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def test_there_is_a_folder_per_language():
    assert sorted(path.name for path in WORDS.iterdir() if path.is_dir()) == sorted(LANGUAGES)


def test_both_languages_have_the_same_sentences():
    assert SAID["en"].keys() ^ SAID["sv"].keys() == set()


def test_both_languages_leave_the_same_blanks():
    differ = {
        key: (placeholders(SAID["en"][key]), placeholders(SAID["sv"][key]))
        for key in SAID["en"]
        if placeholders(SAID["en"][key]) != placeholders(SAID["sv"][key])
    }
    assert differ == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_text_that_says_something(language):
    assert [key for key, sentence in SAID[language].items() if not isinstance(sentence, str) or not sentence] == []


def test_a_swedish_sentence_is_not_an_english_one():
    words = re.compile(r"\b(the|which|with|that|whose)\b", re.IGNORECASE)
    said = {key: sentence for key, sentence in SAID["sv"].items() if not key.endswith(".examples")}
    assert {key: text for key, text in said.items() if words.search(re.sub(r"{.*?}", "", text))} == {}


def called(node):
    """Name of what a call calls, and whether it is an attribute."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def patterns(expression):
    """What a key may be, as patterns: literal text, with anything in the blanks of an f-string; both arms of an if."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        return [re.escape(expression.value)]
    if isinstance(expression, ast.IfExp):
        return patterns(expression.body) + patterns(expression.orelse)
    if isinstance(expression, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".*" for part in expression.values]
        return ["".join(parts)]
    return []


def asked():
    """Every key that is asked for in the code: where, its pattern, and the values that go with it (None: unknown)."""
    for path, tree in modules():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name, where = called(node), f"{shown(path)}:{node.lineno}"
            if name == "say" and isinstance(node.func, ast.Name):
                yield from ((where, key, values_of(node)) for key in patterns(node.args[0]))
            elif name in ERRORS:
                yield from ((where, f"errors\\.{key}", values_of(node, name)) for key in patterns(node.args[0]))
            elif name in OF_SCENARIO and isinstance(node.func, ast.Name):
                position = 0 if name == "refuse" else 1
                for key in patterns(node.args[position]) if len(node.args) > position else ():
                    yield where, key_of_scenario(key), None


def key_of_scenario(key):
    return f"errors\\.{key}" if "." in key.replace(".*", "") else f"errors\\.scenario\\.{key}"


def values_of(node, name="say"):
    """Names of the values of a call, None where they cannot be read off."""
    if name == "Fault":
        known = [arg for arg in node.args[1:2] if isinstance(arg, ast.Dict)]
        if not known or any(not isinstance(key, ast.Constant) for key in known[0].keys):
            return None
        return {key.value for key in known[0].keys}
    if any(keyword.arg is None for keyword in node.keywords):
        return None
    return {keyword.arg for keyword in node.keywords}


ASKED = list(asked())


def test_the_code_asks_for_words_in_many_places():
    assert len(ASKED) > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_that_the_code_asks_for_is_said(language):
    silent = [
        f"{where}: {key}" for where, key, _ in ASKED if not any(re.fullmatch(key, said) for said in SAID[language])
    ]
    assert silent == []


def test_what_a_sentence_leaves_blank_is_given_to_it():
    empty = []
    for where, key, values in ASKED:
        plain = re.sub(r"\\(.)", r"\1", key)
        if values is not None and plain in SAID["en"]:
            missing = placeholders(SAID["en"][plain]) - values
            empty += [f"{where}: {plain} needs {', '.join(sorted(missing))}"] if missing else []
    assert empty == []


def test_every_key_written_anywhere_in_the_code_exists():
    shape = re.compile(rf"({'|'.join(ROOMS)})(\.[a-z0-9_]+)+")
    known = set(SAID["en"]) | {key.removeprefix("errors.") for key in SAID["en"]}
    branches = {key[:at] for key in known for at, sign in enumerate(key) if sign == "."}
    lost = []
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and shape.fullmatch(node.value):
                lost += [] if node.value in known | branches else [f"{shown(path)}:{node.lineno} {node.value}"]
    assert lost == []


def test_a_missing_sentence_would_be_seen():
    assert say("errors.no_such_thing", "sv", n=1) == "errors.no_such_thing (n=1)"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_no_key_stands_twice_in_a_file(language, room):
    assert list(doubled(yaml.compose("a: {b: 1, c: 2, b: 3}"))) == ["a.b"]
    assert list(doubled(yaml.compose((WORDS / language / f"{room}.yaml").read_text(encoding="utf-8")))) == []
