"""Loading without the collector of garbage."""

from __future__ import annotations

import gc

import pytest

from sim.cli.loading import all_is_kept


def test_no_garbage_is_looked_for_while_loading_and_it_is_again_after_a_fault() -> None:
    states: list[bool] = []
    with pytest.raises(ZeroDivisionError), all_is_kept():
        states.append(1 // int(gc.isenabled()))
    assert states == []
    assert gc.isenabled()


def test_who_had_switched_it_off_finds_it_off() -> None:
    gc.disable()
    try:
        with all_is_kept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
