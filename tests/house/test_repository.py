"""What stands in the repository besides code: papers, pins, commands; and what must not stand there."""

import re
import tomllib

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from repository import ROOT, files_of_the_repository, shown

import sim
from sim.cli.group import VERBS

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13")
TEXTS = {".py", ".yaml", ".yml", ".md", ".toml", ".txt", ".csv", ".cff", ".c", ".h", ".json", ".ipynb", ""}

FORBIDDEN = {
    "the address of a package registry": r"py[p]i\.org|python[h]osted\.org|--(extra-)?index[-]url",
    "a path of one machine": r"(?<![\w.)}])/(home|root|Users|work)[/]\w|C:[\\]",
}
"""As patterns that do not find themselves."""

BAD_ON_PURPOSE = "tests/bad/"


def texts():
    for path in files_of_the_repository():
        if path.suffix in TEXTS and path.stat().st_size < 5_000_000:
            yield path, path.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what):
    found = [f"{shown(path)}: {sign[0]}" for path, text in texts() for sign in re.finditer(FORBIDDEN[what], text)]
    assert found == []


def test_only_benchmarks_look_outside_the_repository():
    outside = "../" + "shared"
    found = {shown(path) for path, text in texts() if outside in text}
    assert {name for name in found if not name.startswith(("tests/benchmarks/", "Makefile"))} == set()


def test_texts_are_utf_8_with_plain_line_ends():
    strange = {shown(path) for path, text in texts() if "\r" in text or "\ufffd" in text or _has_tabs(path, text)}
    assert {name for name in strange if not name.startswith(BAD_ON_PURPOSE)} == set()


def _has_tabs(path, text):
    return path.suffix in {".py", ".yaml", ".yml", ".toml", ".cff"} and "\t" in text


# Papers


def test_the_citation_has_what_citations_need_and_the_version_of_the_package():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    for key in ("message", "title", "type", "authors", "version", "license", "date-released"):
        assert citation[key]
    assert citation["version"] == PROJECT["version"] == sim.__version__
    assert citation["license"] == PROJECT["license"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE"])
def test_a_paper_is_there(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


def test_the_changelog_knows_this_version():
    assert PROJECT["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# Commands


def targets():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


@pytest.mark.parametrize("paper", ["README.md", "CONTRIBUTING.md"])
def test_commands_that_a_paper_tells_to_type_exist(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    code = re.findall(r"`([^`\n]+)`", text) + re.findall(r"^(?:    |\$ )?((?:make|hemvist) .*)$", text, re.MULTILINE)
    made = {word for line in code for word in re.findall(r"\bmake ([a-z][a-z-]*)", line)}
    verbs = {word for line in code for word in re.findall(r"\bhemvist ([a-z]+)\b", line)}
    assert made - targets() == set()
    assert verbs - set(VERBS) == set()
    assert paper != "README.md" or {"run", "test"} <= made


def test_ci_runs_what_the_readme_says_and_what_it_covers():
    steps = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    covered = (ROOT / "Makefile").read_text(encoding="utf-8").partition("\ncoverage:")[2].partition("\n\n")[0]
    assert {"make lint"} < set(steps)
    assert any(step.partition("#")[0].strip() == "make coverage" for step in steps)
    assert "$(MAKE) test" in covered
    assert "NUMBA_DISABLE_JIT=1" in covered
    assert "--cov-fail-under=95" in covered


# Pins


def pins():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in (line.split("#")[0].strip() for line in lines) if line]


def needed():
    return [Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["test"]]


def test_constraints_name_versions_and_no_addresses():
    for pin in pins():
        assert pin.url is None
        assert re.fullmatch(r"==[^*]+", str(pin.specifier)), f"{pin} is not pinned to one version"


@pytest.mark.parametrize("python", PYTHONS)
def test_every_dependency_is_pinned_to_one_version_that_will_do(python):
    here = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    chosen = {}
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate(here):
            assert chosen.setdefault(canonicalize_name(pin.name), pin) is pin, f"{pin.name} is pinned twice"
    for requirement in needed():
        if requirement.marker is None or requirement.marker.evaluate(here):
            pin = chosen.get(canonicalize_name(requirement.name))
            assert pin is not None, f"{requirement.name} is not pinned for Python {python}"
            version = str(pin.specifier).removeprefix("==")
            assert requirement.specifier.contains(version), f"{pin} is not what {requirement} asks for"
