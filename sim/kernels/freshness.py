"""Compiled code of older sources is thrown away before a kernel is loaded.

Numba keeps compiled code beside the sources, and asks of each kernel whether its own file has changed. But kernels call
kernels of other files; after an update that changes one of those, it would go on running the old one, and say nothing.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

STAMP = "kernels.stamp"


def forget_older_code(sources: Path) -> bool:
    """Throw away what Numba keeps beside a folder of kernels, if one of them has changed since it was written.

    Where it may not write, nothing happens: what cannot be written was not compiled there either.

    Parameters
    ----------
    sources : Path
        Folder of the kernels; compiled code lies in its ``__pycache__``.

    Returns
    -------
    bool
        Whether something had changed.
    """
    kept = sources / "__pycache__"
    now = "\n".join(f"{file.name} {_state(file)}" for file in sorted(sources.glob("*.py")))
    with contextlib.suppress(OSError):
        stamp = kept / STAMP
        if stamp.is_file() and stamp.read_text(encoding="utf-8") == now:
            return False
        kept.mkdir(exist_ok=True)
        for pattern in ("*.nbi", "*.nbc"):
            for file in kept.glob(pattern):
                file.unlink(missing_ok=True)
        stamp.write_text(now, encoding="utf-8")
    return True


def _state(file: Path) -> str:
    known = file.stat()
    return f"{known.st_size} {known.st_mtime_ns}"
