"""Names in YAML find their classes, and a name that is not known is met with one that is."""

import pytest

from sim.base.errors import RuleError, ScenarioError
from sim.base.registry import Registry, nearest, rule


@rule("allocation", "queue")
class Queue: ...


@rule("allocation", "lottery")
class Lottery: ...


@rule("rent", "queue")
class OddRent: ...


SHELVES = Registry([Queue, OddRent, Lottery])


def test_a_name_is_found_on_its_shelf():
    assert SHELVES.find("allocation", "queue") is Queue
    assert SHELVES.find("rent", "queue") is OddRent


def test_shelves_and_names_are_told_in_order():
    assert SHELVES.kinds() == ("allocation", "rent")
    assert SHELVES.names("allocation") == ("lottery", "queue")
    assert SHELVES.names("nothing") == ()
    assert SHELVES.all() == (Lottery, Queue, OddRent)


@pytest.mark.parametrize(
    ("kind", "name", "key", "meant"),
    [("allocation", "que", "rule.unknown_suggest", "queue"), ("allocation", "xyz", "rule.unknown", None),
     ("price", "queue", "rule.unknown", None)],
)  # fmt: skip
def test_an_unknown_name_is_refused_with_what_was_meant_and_what_is_known(kind, name, key, meant):
    with pytest.raises(ScenarioError) as caught:
        SHELVES.find(kind, name)
    assert (caught.value.key, caught.value.values["meant"]) == (key, meant)
    assert name in str(caught.value)


def test_a_rule_may_be_added_twice_but_its_name_only_once():
    assert Registry([Queue, Queue]).all() == (Queue,)

    @rule("allocation", "queue")
    class Another: ...

    with pytest.raises(RuleError, match="Queue") as caught:
        Registry([Queue, Another])
    assert caught.value.key == "rule.name_taken"


def test_what_is_no_rule_is_refused():
    with pytest.raises(RuleError, match="int") as caught:
        Registry([int])
    assert caught.value.key == "rule.not_marked"


def test_rules_from_outside_leave_the_shelves_of_the_house_alone():
    @rule("rent", "free")
    class Free: ...

    assert SHELVES.with_rules([Free]).find("rent", "free") is Free
    assert "free" not in SHELVES.names("rent")


def test_the_nearest_word_is_near():
    assert nearest("quue", ("queue", "lottery")) == "queue"
    assert nearest("zzz", ("queue", "lottery")) is None
