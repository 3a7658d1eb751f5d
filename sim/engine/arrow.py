"""Arrow columns from NumPy arrays, straight from their memory.

``pyarrow.array`` would do the same, but imports pandas where it is installed: half a second before the first month.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa


def numbers(values: np.ndarray, kind: pa.DataType, is_null: np.ndarray | None = None) -> pa.Array:
    """A column of numbers.

    Parameters
    ----------
    values : array, shape (n,)
        Cast to ``kind``.
    kind : pyarrow.DataType
        A type of fixed width that NumPy knows.
    is_null : bool array, shape (n,), optional
        Where the column is empty.
    """
    data = np.ascontiguousarray(values, kind.to_pandas_dtype())
    mask = None
    if is_null is not None and is_null.any():
        mask = pa.py_buffer(np.packbits(~is_null, bitorder="little"))
    return pa.Array.from_buffers(kind, len(data), [mask, pa.py_buffer(data)])


def defined(values: np.ndarray) -> pa.Array:
    """A column of float64 that is empty where the values are not numbers."""
    return numbers(values, pa.float64(), np.isnan(values))


def text(words: Sequence[str]) -> pa.Array:
    """A column of text."""
    encoded = [word.encode() for word in words]
    ends = np.cumsum([0, *(len(word) for word in encoded)], dtype=np.int32)
    return pa.Array.from_buffers(pa.string(), len(encoded), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))])


def texts(places: np.ndarray, words: Sequence[str]) -> pa.Array:
    """A column of text given as positions in ``words``; a negative position is empty."""
    places = np.asarray(places, np.int32)
    is_null = places < 0
    indices = numbers(np.where(is_null, 0, places), pa.int32(), is_null)
    return pa.DictionaryArray.from_arrays(indices, text(words)).cast(pa.string())


def plain(column: pa.ChunkedArray) -> np.ndarray:
    """A column of numbers as an array of its own; a gap in floating numbers is NaN."""
    whole = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    gaps, data = whole.buffers()
    kind = np.dtype(whole.type.to_pandas_dtype())
    values = np.frombuffer(data, kind, len(whole), whole.offset * kind.itemsize).copy()
    if whole.null_count:
        known = np.unpackbits(np.frombuffer(gaps, np.uint8), bitorder="little")
        values[known[whole.offset : whole.offset + len(whole)] == 0] = np.nan
    return values
