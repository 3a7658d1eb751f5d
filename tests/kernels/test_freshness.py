"""Compiled code never outlives a source that it was made of, its own file or another's."""

import os
import subprocess
import sys

import pytest

from sim.kernels.freshness import STAMP, forget_older_code

INNER = "from numba import njit\n@njit(cache=True)\ndef inner(x):\n    return x + {n}\n"
OUTER = "from numba import njit\nfrom inner import inner\n@njit(cache=True)\ndef outer(x):\n    return inner(x)\n"


@pytest.fixture
def kernels(tmp_path):
    """A folder of one kernel that calls another's, with what a compiler might have left."""
    (tmp_path / "inner.py").write_text(INNER.format(n=1))
    (tmp_path / "outer.py").write_text(OUTER)
    (tmp_path / "__pycache__").mkdir()
    return tmp_path


def left(kernels):
    return sorted(file.name for file in (kernels / "__pycache__").glob("*.nb*"))


def test_what_was_compiled_stays_while_no_source_changes_and_goes_when_one_does(kernels):
    assert forget_older_code(kernels)
    for name in ("outer.1.nbc", "outer.nbi"):
        (kernels / "__pycache__" / name).touch()
    assert not forget_older_code(kernels)
    assert left(kernels) == ["outer.1.nbc", "outer.nbi"]
    os.utime(kernels / "inner.py", ns=(1, 1))
    assert forget_older_code(kernels)
    assert left(kernels) == []
    assert (kernels / "__pycache__" / STAMP).is_file()


def test_a_new_file_and_one_that_is_gone_count_as_a_change(kernels):
    forget_older_code(kernels)
    (kernels / "another.py").touch()
    assert forget_older_code(kernels)
    (kernels / "another.py").unlink()
    assert forget_older_code(kernels)
    assert not forget_older_code(kernels)


def test_a_folder_that_nobody_may_write_to_is_left_alone(kernels):
    (kernels / "__pycache__").rmdir()
    (kernels / "__pycache__").write_text("in the way")
    assert forget_older_code(kernels)


@pytest.mark.slow
def test_without_it_a_kernel_goes_on_with_the_old_code_of_another_file(kernels):
    def called():
        script = "from outer import outer; print(outer(10))"
        known = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA")}
        return int(subprocess.run([sys.executable, "-c", script], cwd=kernels, env=known, capture_output=True,
                                  text=True, check=True).stdout)  # fmt: skip

    forget_older_code(kernels)
    assert called() == 11
    (kernels / "inner.py").write_text(INNER.format(n=200))
    assert called() == 11, "Numba has learnt to see this by itself: freshness.py can go"
    forget_older_code(kernels)
    assert called() == 210
