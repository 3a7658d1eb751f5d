"""One word for one thing: words that the glossary replaces by others name nothing in the code."""

import ast
import re

from repository import SIM, modules, shown

SAID_OTHERWISE = {
    "district": "area", "zone": "area", "tract": "area",
    "firm": "landlord", "proprietor": "landlord",
    "sector": "tenure",
    "wage": "income", "salary": "income",
    "empties": "vacancy", "churn": "turnover",
    "mover": "seeker", "advert": "listing", "ad": "listing",
    "gentrification": "displacement",
    "happiness": "utility",
    "strategy": "rule", "behaviour": "rule", "behavior": "rule",
    "indicator": "measure", "metric": "measure", "kpi": "measure",
    "treatment": "arm",
    "replicate": "replication", "trial": "replication",
    "campaign": "experiment",
    "initialize": "found", "initialise": "found",
    "race": "group",
    "timestep": "month",
}  # fmt: skip
"""Of the glossary's last column, the words that mean nothing else in Python or in mathematics."""

THEIR_WORDS = {"create_trial", "add_trial"}
"""Names that another library gave what we call it by."""

NO_PLACE = {"utils", "util", "common", "misc", "types", "core", "helpers", "manager", "interfaces"}
"""Names of rooms that invite everything."""


def identifiers(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno


def words_of(name):
    """``share_of_zones`` and ``ShareOfZones`` as single words, without a plural s."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")
    return {word for part in apart for word in (part, part.removesuffix("s"))}


def test_no_name_in_the_code_uses_a_word_that_the_glossary_replaces():
    found = sorted(
        {
            f"{shown(path)}:{line} {name} (say {SAID_OTHERWISE[word]})"
            for path, tree in modules()
            for name, line in identifiers(tree)
            if name not in THEIR_WORDS
            for word in words_of(name) & SAID_OTHERWISE.keys()
        }
    )
    assert found == []


def test_no_file_is_called_by_a_word_that_invites_everything():
    assert [shown(path) for path in SIM.rglob("*") if path.stem in NO_PLACE and "__pycache__" not in path.parts] == []


def test_a_plural_in_capitals_is_recognised():
    assert "zone" in words_of("ShareOfZones")
