"""Ctrl-C, heard once and obeyed at the end of a month."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any


class Brake:
    """Ctrl-C once: finish the month, save and stop. Twice: stop now.

    Used as a context; only the main thread of a process can hear Ctrl-C.
    """

    def __init__(self) -> None:
        self.pulled = False
        self._before: Any = None

    def __enter__(self) -> Brake:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._hear)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)

    def _hear(self, _number: int, _frame: FrameType | None) -> None:
        if self.pulled:
            raise KeyboardInterrupt
        self.pulled = True
