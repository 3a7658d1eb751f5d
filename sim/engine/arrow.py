"""Arrow columns from NumPy arrays, straight from their memory.

``pyarrow.array`` would do the same, but imports pandas where it is installed, and ``cast`` imports all that Arrow can
compute: half a second before the first month.
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
    gaps = None if is_null is None else _gaps(is_null)
    return pa.Array.from_buffers(kind, len(data), [gaps, pa.py_buffer(data)])


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
    encoded = [b"", *(word.encode() for word in words)]
    lengths = np.array([len(word) for word in encoded])
    which = np.maximum(np.asarray(places, np.int64), -1) + 1
    length = lengths[which]
    ends = np.cumsum(np.append(0, length), dtype=np.int32)
    begin_in_words = np.repeat((np.cumsum(lengths) - lengths)[which] - ends[:-1], length)
    letters = np.frombuffer(b"".join(encoded), np.uint8)[begin_in_words + np.arange(ends[-1])]
    gaps = _gaps(which == 0)
    return pa.Array.from_buffers(pa.string(), len(which), [gaps, pa.py_buffer(ends), pa.py_buffer(letters)])


def _gaps(is_null: np.ndarray) -> pa.Buffer | None:
    """Which positions hold something, as Arrow writes it; None where all do."""
    return pa.py_buffer(np.packbits(~is_null, bitorder="little")) if is_null.any() else None


def joined(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece."""
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def plain(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """A column of numbers as an array of its own; a gap in floating numbers is NaN."""
    whole = joined(column) if isinstance(column, pa.ChunkedArray) else column
    gaps, data = whole.buffers()
    kind = np.dtype(whole.type.to_pandas_dtype())
    values = np.frombuffer(data, kind, len(whole), whole.offset * kind.itemsize).copy()
    if whole.null_count:
        known = np.unpackbits(np.frombuffer(gaps, np.uint8), bitorder="little")
        values[known[whole.offset : whole.offset + len(whole)] == 0] = np.nan
    return values
