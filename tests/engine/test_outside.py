"""Rules from a Python file: found by their mark, and faults told in words."""

import pickle

import pytest

from sim.base.errors import RuleError
from sim.engine.outside import import_rules

GOOD = """
from sim.base.registry import rule

@rule("rent", "free")
class Free:
    pass

@rule("rent", "dear")
class Dear:
    pass

class Helper:
    kind = name = None
"""


def test_marked_classes_are_found_once_and_can_travel(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(GOOD)
    found = import_rules(file)
    assert [cls.name for cls in found] == ["free", "dear"]
    assert import_rules(str(file)) == found
    assert pickle.loads(pickle.dumps(found[0])) is found[0]


def test_two_files_of_one_name_are_two_modules(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "mine.py").write_text(GOOD)
    one, two = (import_rules(tmp_path / folder / "mine.py")[0] for folder in ("a", "b"))
    assert one is not two


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [("missing.py", None, "no file"), ("broken.py", "1 / 0", "ZeroDivisionError"), ("bad.py", "def", "SyntaxError"),
     ("empty.py", "x = 1", "marks no rule"), ("rules.txt", "x = 1", "not a Python file")],
)  # fmt: skip
def test_faults_of_a_file_are_told(tmp_path, name, text, words):
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(RuleError, match=words):
        import_rules(tmp_path / name)


def test_a_file_that_failed_is_read_again_once_it_is_mended(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("1 / 0")
    with pytest.raises(RuleError):
        import_rules(file)
    file.write_text(GOOD)
    assert import_rules(file)
