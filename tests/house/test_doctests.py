"""Examples in docstrings are run."""

import doctest
from importlib import import_module

import pytest
from repository import module_name, modules

WITH_EXAMPLES = [module_name(path) for path, _ in modules() if ">>>" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_say_the_truth(name):
    result = doctest.testmod(import_module(name), optionflags=doctest.ELLIPSIS)
    assert result.failed == 0


def test_there_are_examples():
    assert len(WITH_EXAMPLES) > 10
