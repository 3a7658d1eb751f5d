"""Puts this folder on the path, and a small town, a server and a proposal at hand."""

import sys
from pathlib import Path

import pytest

from sim.view.house import House
from sim.view.plays import Move, Play

sys.path.insert(0, str(Path(__file__).parent))

from cast import CITY, TOWN, Here, played


@pytest.fixture(scope="session")
def town():
    """The film of a small town without any move."""
    return played(Play(TOWN))


@pytest.fixture(scope="session")
def company():
    """One memory for all tests: a film is the same whoever asks for it."""
    return Here()


@pytest.fixture
def house(tmp_path, company):
    """A server with the small city."""
    return House(CITY, 1, "en", company, tmp_path / "board", pairs=1)


@pytest.fixture
def asked():
    """A town without housing allowance from month 7 on."""
    return Play(TOWN, 1, (Move(7, "payment.rules.allowance.share", 0.0),))
