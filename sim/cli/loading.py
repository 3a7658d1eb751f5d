"""Loading code and scenarios without being held up by the collector of garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def all_is_kept() -> Iterator[None]:
    """Inside, Python does not look for garbage: next to nothing of what is loaded is any.

    Some 400 searches through all that is there already took a tenth of the time to the first month.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
