"""How every kernel is compiled, so that all keep the same promises; and how one asks memory ahead of its use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import config, njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from sim.kernels.freshness import forget_older_code

Function = TypeVar("Function", bound=Callable[..., object])
Whole = int | np.integer[Any]
Real = float | np.floating[Any] | np.integer[Any]
"""What kernels take and give: numbers of Python outside, of one width or another inside."""

NAME = "llvm.prefetch.p0"
IS_COMPILED = not config.DISABLE_JIT  # type: ignore[attr-defined]  # Numba fills this module when it is imported
if IS_COMPILED:
    forget_older_code(Path(__file__).parent)


def kernel(function: Function) -> Function:
    """Compile a module-level function: cached on disk, without the lock, no checks, the same bits every time.

    With ``NUMBA_DISABLE_JIT=1`` the function stays plain Python. Hashing needs whole numbers that wrap at 64 bits,
    as they do compiled, so NumPy's warning of it is switched off there.

    Notes
    -----
    Numba looks at the file of the kernel alone to see whether its cached code is out of date; ``freshness`` sees to
    the others. Where ``NUMBA_CACHE_DIR`` names another folder, empty it when a kernel has changed.
    """
    if not IS_COMPILED:
        return np.errstate(over="ignore")(function)
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: Function) -> Function:
    """Like ``kernel``, but written into its callers: to hand on a dozen arrays costs more than to use them.

    Notes
    -----
    For a loop that runs millions of times, look at what comes out (``inspect_llvm``): where the function has several
    ways out, or uses an array in one branch only, each array is counted up and down at every call, some 4 ns each.
    """
    if not IS_COMPILED:
        return np.errstate(over="ignore")(function)
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy", inline="always")(function))


def _prefetch(context: Any, array: Any, index: Any) -> Any:
    """Ask memory for one element of an array (of its flat storage) that will be needed soon; changes nothing."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> None:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, NAME)  # type: ignore[no-untyped-call]
        builder.call(function, [place, number(0), number(3), number(1)])  # for reading, keep in all caches, data

    return types.void(array, index), generate


def _no_prefetch(array: np.ndarray, index: int) -> None:
    """Plain Python cannot ask ahead."""


prefetch = cast(Callable[[np.ndarray, int], None], intrinsic(_prefetch) if IS_COMPILED else _no_prefetch)
