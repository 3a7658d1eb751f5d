"""The command line, called in this process or in one of its own."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.cli.group import answer

ROOT = str(Path(__file__).parents[2])


@dataclass
class Answer:
    """Exit code, and what was said on both streams."""

    code: int
    out: str
    err: str


@pytest.fixture
def hemvist(capsys, monkeypatch, tmp_path):
    """Call the command in an empty folder, in English unless another language is asked for."""
    monkeypatch.setenv("HEMVIST_LANG", "en")
    monkeypatch.chdir(tmp_path)

    def call(*arguments):
        code = answer([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return call


@pytest.fixture
def environment():
    """What a process of its own needs to know: where the code is, and to speak English."""
    known = {name: value for name, value in os.environ.items() if not name.startswith(("HEMVIST", "LC_", "LANG"))}
    return known | {"PYTHONPATH": ROOT, "HEMVIST_LANG": "en"}


@pytest.fixture
def process(tmp_path, environment):
    """Call the command as a user does: a real process, its output piped."""

    def call(*arguments, **told):
        done = subprocess.run(
            [sys.executable, "-m", "sim", *map(str, arguments)], cwd=tmp_path, capture_output=True, timeout=300,
            env=environment | told, check=False,
        )  # fmt: skip
        return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


SMALL = """\
schema: hemvist-scenario/1
id: small
extends: two-towns
title: {en: "A small town", sv: "En liten ort"}
time: {months: 3, burn_in: 2}
"""


@pytest.fixture
def small(tmp_path):
    """A scenario that runs in a moment."""
    file = tmp_path / "small.yaml"
    file.write_text(SMALL)
    return file


@pytest.fixture
def other(tmp_path):
    """The same town under another rule."""
    file = tmp_path / "other.yaml"
    file.write_text(SMALL.replace("small", "other") + "listing: {max_applications: 1}\n")
    return file
