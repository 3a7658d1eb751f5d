"""One number out of a column: in NumPy where the function is NumPy's, as Mesa does it for any other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from sim.city.facts import widened

_LIKE: tuple[tuple[object, Callable[..., Any]], ...] = ((sum, np.sum), (min, np.min), (max, np.max))
_SUMMING = (np.mean, np.sum, np.std, np.var, np.nanmean, np.nansum, np.nanstd, np.nanvar)
_PICKING = (len, np.size, np.min, np.max, np.median, np.nanmin, np.nanmax, np.nanmedian)


def reduced(column: np.ndarray, function: Callable[..., Any]) -> Any:
    """What a function makes of a column, as a Python scalar where it is one.

    A function of NumPy or SciPy gets an array in which nothing overflows or loses digits; any other gets a list of
    Python scalars, as from Mesa: ``statistics.mean`` of NumPy's integers would be rounded down.

    Examples
    --------
    >>> reduced(np.array([200, 100], np.uint8), sum)
    300
    """
    if column.dtype == object:
        return function(column.tolist())
    known: Callable[..., Any] = next((ours for theirs, ours in _LIKE if function is theirs), function)
    if _is_in(known, _SUMMING):
        result = known(column, dtype=np.float64) if column.dtype.kind == "f" else known(column)
    elif _is_in(known, _PICKING):
        result = known(column)
    elif _is_numeric(known):
        result = known(widened(column))
    else:
        result = known(column.tolist())
    return result.item() if isinstance(result, np.generic) else result


def _is_in(function: object, known: tuple[object, ...]) -> bool:
    return any(function is one for one in known)


def _is_numeric(function: object) -> bool:
    if isinstance(function, partial):
        return _is_numeric(function.func)
    owner = getattr(function, "__self__", function)
    module = getattr(owner, "__module__", None) or type(owner).__module__
    return module.partition(".")[0] in ("numpy", "scipy")
