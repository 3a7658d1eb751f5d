"""The command itself: languages, help, mistakes, and a start that loads nothing heavy."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import sim
from sim.base.language import LANGUAGES, words
from sim.cli import group
from sim.cli.group import VERBS, language_of

ROOT = Path(__file__).parents[2]
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x9b]")


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_every_help_speaks_both_languages_examples_first(hemvist, verb):
    english = hemvist(*filter(None, [verb]), "--help", "--lang", "en")
    swedish = hemvist(*filter(None, [verb]), "-h", "--lang=sv")
    assert english.code == swedish.code == 0
    assert 0 < english.out.index("Examples:") < english.out.index("Usage:") < english.out.index("Options:")
    assert 0 < swedish.out.index("Exempel:") < swedish.out.index("Så skrivs det:") < swedish.out.index("Tillval:")
    assert not re.search(r"Show this|Usage|Options|\bcli\.", swedish.out)
    assert not re.search(r"\bcli\.", english.out)


def test_without_a_verb_there_is_help(hemvist):
    said = hemvist()
    assert said.code == 0
    assert all(verb in said.out for verb in VERBS)


def leaves(branch, path=""):
    if isinstance(branch, dict):
        return {leaf for key, inner in branch.items() for leaf in leaves(inner, f"{path}.{key}")}
    return {(path, tuple(sorted(set(re.findall(r"\{(\w+)\}", branch)))))}


@pytest.mark.parametrize("room", ["cli", "report"])
def test_both_languages_have_the_same_keys_and_values(room):
    assert leaves(words("en", room)) == leaves(words("sv", room))


def test_help_loads_nothing_heavy():
    asked = "import sys\nfrom sim.cli.group import answer\nanswer(['--help'])\nprint(*sorted(sys.modules))"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    loaded = set(said.splitlines()[-1].split())
    assert "click" in loaded
    heavy = {"numpy", "pydantic", "mesa", "scipy", "numba", "pyarrow", "matplotlib", "rich", "sim.engine.record"}
    assert not heavy & loaded


def test_the_version_is_the_one_of_the_package(hemvist):
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert declared.get("version", sim.__version__) == sim.__version__
    assert hemvist("--version").out == f"hemvist {sim.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "language"),
    [(["--lang", "sv", "run"], "sv"), (["run", "--lang=sv"], "sv"), (["run", "--lang", "de"], "en"), ([], "en")],
)
def test_the_language_is_found_wherever_it_stands(monkeypatch, arguments, language):
    monkeypatch.setenv("HEMVIST_LANG", "en")
    assert language_of(arguments) == language


def test_the_language_of_the_reader_is_taken_from_the_environment(monkeypatch):
    monkeypatch.setenv("HEMVIST_LANG", "sv")
    assert language_of(["run"]) == "sv"


MISTAKES = [
    (["rnu"], "no verb 'rnu'. Did you mean 'run'?"),
    (["qqq"], "no verb 'qqq'. Verbs: run, compare"),
    (["run"], "SCENARIO is missing"),
    (["--nonsense"], "no option --nonsense"),
    (["run", "two-towns", "--sed", "3"], "Did you mean --seed?"),
    (["run", "two-towns", "extra"], "more than was asked for: extra"),
    (["run", "two-towns", "--seed", "-1"], "--seed must be a whole number from 0"),
    (["run", "two-towns", "--seed", "x"], "--seed must be a whole number"),
    (["run", "two-towns", "--months", "0"], "--months must be a whole number from 1 to 12000"),
    (["run", "two-towns", "--scale", "nan"], "--scale must be a number above 0, at most 100"),
    (["run", "two-towns", "--scale", "inf"], "--scale must be a number above 0"),
    (["run", "two-towns", "--scale", "0"], "--scale must be a number above 0"),
    (["run", "two-towns", "--set", "x"], "not written as PATH=VALUE"),
    (["run", "two-towns", "--set", "=1"], "not written as PATH=VALUE"),
    (["run", "two-towns", "--set", "a=1", "--set", "a=2"], "a is set twice"),
    (["run", "two-towns", "--months", "3", "--set", "time.months=4"], "time.months is set twice"),
    (["run", "two-towns", "--seed"], "--seed needs a value"),
    (["run", "two-towns", "--json=3"], "--json needs a value, or was given one"),
    (["run", "two-towns", "--lang", "de"], "--lang must be one of: en, sv"),
    (["list", "ghosts"], "WHAT must be one of: scenarios"),
    (["compare", "two-towns", "schelling", "-n", "1"], "--replications must be a whole number from 2"),
    (["show", "two-towns", "--cite", "--phases"], "only one of these at a time: --phases, --cite"),
    (["new", "scenario", "My Town"], "cannot be the name of a scenario"),
]


@pytest.mark.parametrize(
    ("arguments", "said"), MISTAKES, ids=lambda value: "_".join(value)[:40] if isinstance(value, list) else ""
)
def test_a_mistake_is_told_with_a_way_out_and_nothing_is_written(hemvist, tmp_path, arguments, said):
    found = hemvist(*arguments)
    assert found.code == 2
    assert said in found.err
    assert found.out == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "_said"),
    [one for one in MISTAKES if "de" not in one[0]],
    ids=lambda value: "_".join(value)[:40] if isinstance(value, list) else "",
)
def test_mistakes_are_told_in_swedish_too(hemvist, monkeypatch, arguments, _said):
    english = hemvist(*arguments).err
    swedish = (
        hemvist(*arguments, "--lang=sv").err if arguments[-1] != "--seed" else hemvist("--lang=sv", *arguments).err
    )
    assert swedish
    assert swedish != english
    assert not re.search(r"\b(must|missing|there is|Did you)\b", swedish)


def test_a_fault_of_ours_is_confessed(hemvist, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("sim.cli.doctor.LOOKS", (fail,))
    found = hemvist("doctor")
    assert found.code == 1
    assert "ZeroDivisionError: ours" in found.err
    assert "Traceback" not in found.err
    monkeypatch.setattr("sim.cli.finding.load", fail)
    assert "Traceback" in hemvist("check", "two-towns", "-v").err


def test_ctrl_c_is_130(hemvist, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.doctor.LOOKS", (interrupt,))
    found = hemvist("doctor")
    assert found.code == 130
    assert "Interrupted" in found.err


def test_piped_output_has_no_control_characters(process):
    for arguments in (["--help"], ["list"], ["doctor"], ["rnu"], ["list", "measures", "--lang", "sv"]):
        said = process(*arguments)
        assert not CONTROL.search(said.out + said.err)
    assert "Väntetid" in said.out or "Kötid" in said.out


def test_a_reader_who_has_had_enough_is_no_fault(tmp_path):
    command = f"{sys.executable} -m sim list measures --json | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""


def test_the_console_script_ends_with_the_code(process):
    assert process("doctor", "--json").code == 0
    assert process("rnu").code == 2
    assert json.loads(process("list", "--json").out)


def test_completion_scripts_call_back_and_are_answered(hemvist, process):
    for shell in ("bash", "zsh", "fish"):
        script = hemvist("completion", shell)
        assert script.code == 0
        assert "_HEMVIST_COMPLETE" in script.out
    verbs = process(_HEMVIST_COMPLETE="bash_complete", COMP_WORDS="hemvist ru", COMP_CWORD="1")
    assert verbs.out == "plain,run\n"
    names = process(_HEMVIST_COMPLETE="bash_complete", COMP_WORDS="hemvist run two", COMP_CWORD="2")
    assert "plain,two-towns" in names.out


def test_every_verb_has_words_in_every_language():
    for language in LANGUAGES:
        assert set(words(language, "cli")["verbs"]) == {"hemvist", *group.VERBS}
