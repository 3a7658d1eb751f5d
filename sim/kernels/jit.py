"""How every kernel is compiled: one decorator, so that all keep the same promises."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import config, njit

Function = TypeVar("Function", bound=Callable[..., object])


def kernel(function: Function) -> Function:
    """Compile a module-level function: cached on disk, without the lock, no checks, the same bits every time.

    With ``NUMBA_DISABLE_JIT=1`` the function stays plain Python. Hashing needs whole numbers that wrap at 64 bits,
    as they do compiled, so NumPy's warning of it is switched off there.

    Notes
    -----
    Numba looks at the file of the kernel alone to see whether its cached code is out of date. After a change to a
    function that kernels in *other* files call, delete the ``__pycache__`` folders.
    """
    if config.DISABLE_JIT:  # type: ignore[attr-defined]  # Numba fills this module when it is imported
        return np.errstate(over="ignore")(function)
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
