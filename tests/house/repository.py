"""Where things are in the repository, and what its Python files say."""

import ast
import os
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SIM = ROOT / "sim"
SKIPPED = {"build", "dist", "results", "__pycache__", "node_modules"}
SHOWN_DOTS = {".ci", ".gitignore", ".github"}


def files_of_the_repository():
    """Every file that is kept: neither hidden (but for the CI) nor made by a tool."""
    for folder, names, files in os.walk(ROOT):
        names[:] = [name for name in names if not _is_left_out(Path(folder) / name)]
        yield from (Path(folder) / name for name in files if not name.startswith(".") or name in SHOWN_DOTS)


def _is_left_out(folder):
    is_hidden = folder.name.startswith(".") and folder.name not in SHOWN_DOTS
    is_environment = (folder / "pyvenv.cfg").exists()
    return is_hidden or is_environment or folder.name in SKIPPED or folder.name.endswith(".egg-info")


@cache
def modules():
    """Every Python file of the package with its syntax tree."""
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(SIM.rglob("*.py")))


def shown(path):
    """A path as a reader of the repository writes it."""
    return path.relative_to(ROOT).as_posix()


def module_name(path):
    """``sim.city.city`` of ``sim/city/city.py``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
