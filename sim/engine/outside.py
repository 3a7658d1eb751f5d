"""Rules that a researcher wrote outside the package, read from a Python file."""

from __future__ import annotations

import hashlib
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from sim.base.errors import RuleError


def import_rules(file: Path | str) -> tuple[type, ...]:
    """The rules marked with ``@rule`` in a Python file, which is run for this.

    Raises
    ------
    RuleError
        If the file is missing, cannot be run, or marks no rule.
    """
    path = Path(file).resolve()
    if not path.is_file():
        raise RuleError("rule.file_missing", path=str(file))
    module = _module(path)
    found = tuple(value for value in vars(module).values() if _is_rule(value, module))
    if not found:
        raise RuleError("rule.file_without_rules", path=str(file))
    return found


def _module(path: Path) -> ModuleType:
    """The file as a module whose name follows from its path, so that its rules can travel between processes."""
    name = f"hemvist_rules_{path.stem}_{hashlib.sha256(str(path).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise RuleError("rule.file_not_python", path=str(path))
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as fault:
        del sys.modules[name]
        reason = f"{type(fault).__name__}: {fault}"
        raise RuleError("rule.file_fails", path=str(path), reason=reason) from fault
    return module


def _is_rule(value: object, module: ModuleType) -> bool:
    is_own = isinstance(value, type) and value.__module__ == module.__name__
    return is_own and isinstance(getattr(value, "kind", None), str) and isinstance(getattr(value, "name", None), str)
