"""What the documents tell to type can be typed, and the Python in them runs."""

import re
import shlex

import pytest
import yaml
from documents import DOCS, DOCUMENTS, ROOT, blocks_of, shown, text_of

import sim
from sim.base.errors import ScenarioError
from sim.cli.group import group

RUN = [path for path in DOCUMENTS if any(block.language == "python" for block in blocks_of(path))]
WRITTEN = [path for path in DOCUMENTS if any(block.language == "yaml" for block in blocks_of(path))]
TESTED_ELSEWHERE = {"README.md", "add-a-rule.md"}
"""The first below, the second in ``tests/rules/test_outside_rule.py``."""

PART = "part"
"""Beside a block of YAML: a part of a scenario, to be laid upon the one that the page writes before it."""


def put_files(path, folder):
    """Write the YAML that a page names by file, and the Python that it names by file."""
    for block in blocks_of(path):
        if block.about.endswith((".yaml", ".py")):
            (folder / block.about).write_text(block.text, encoding="utf-8")


@pytest.mark.parametrize("path", [path for path in RUN if path.name not in TESTED_ELSEWHERE], ids=shown)
def test_the_python_of_a_page_runs_from_top_to_bottom(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put_files(path, tmp_path)
    names = {"__name__": "__main__"}
    for block in blocks_of(path):
        if block.language == "python":
            exec(compile(block.text, shown(path), "exec"), names)


def test_the_python_of_the_readme_is_five_lines_and_ends_in_a_number(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (block,) = [block for block in blocks_of(ROOT / "README.md") if block.language == "python"]
    lines = [line for line in block.text.splitlines() if line.strip() and not line.startswith("import")]
    assert len(lines) <= 5
    names = {}
    exec(compile(block.text, "README.md", "exec"), names)
    assert isinstance(names["record"], sim.Record)
    assert names["record"].complete


@pytest.mark.parametrize("path", WRITTEN, ids=shown)
def test_the_scenarios_of_a_page_load(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    put_files(path, tmp_path)
    rules = [tmp_path / block.about for block in blocks_of(path) if block.about.endswith(".py")]
    base = None
    for block in blocks_of(path):
        if block.language != "yaml":
            continue
        if block.about.endswith(".yaml"):
            base = block.about
            sim.load(tmp_path / base, rules=rules)
        elif block.about == PART:
            part = {"schema": "hemvist-scenario/1", "id": "part", "extends": base, "title": {"en": "A part"}}
            text = yaml.safe_dump({**part, **yaml.safe_load(block.text)}, allow_unicode=True)
            (tmp_path / "part.yaml").write_text(text, encoding="utf-8")
            sim.load(tmp_path / "part.yaml")


def typed(path):
    """Lines that begin with the command, in blocks for a terminal."""
    for block in blocks_of(path):
        if block.language == "console":
            yield from (line for line in block.text.splitlines() if re.match(r"hemvist\b", line))


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if list(typed(path))], ids=shown)
def test_commands_can_be_parsed(path):
    for line in typed(path):
        words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
        whole = group("en")
        if words and not words[0].startswith("-"):
            context = whole.make_context("hemvist", [words[0]], resilient_parsing=True)
            whole.get_command(context, words[0]).make_context(words[0], words[1:])


def test_commands_in_the_text_of_pages_name_verbs_that_exist():
    verbs = set(group("en").list_commands(None))
    for path in DOCUMENTS:
        named = re.findall(r"`hemvist ([a-z]+)[ `]", text_of(path))
        assert set(named) - verbs == set(), shown(path)


def test_the_mistake_of_the_tutorial_is_answered_as_it_says(tmp_path):
    tutorial = DOCS / "tutorial" / "first-steps.md"
    put_files(tutorial, tmp_path)
    file = tmp_path / "my-town.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("rule: lottery", "rule: lotery"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"my-town\.yaml:\d+:\d+ .*Did you mean 'lottery'"):
        sim.load(file)
