"""A parameter is declared once, with unit, bounds and source."""

from dataclasses import dataclass, field

import pytest

from sim.base.parameters import by_group, choice, declared, flag, integer, numbers, points, quantity


@dataclass(frozen=True)
class Curve:
    at: float = quantity(0.5, unit="share", low=0, high=1, source="assumed")


@dataclass(frozen=True)
class Everything:
    share: float = quantity(0.3, unit="share", low=0, high=1, source="a paper", status="recalled")
    word_or_number: float | str = quantity("best", unit="utility", words=("best", "worst"), source="assumed")
    may_be_absent: float | None = quantity(None, unit="SEK", source="assumed")
    n: int = integer(3, unit="home", low=1, high=9, source="assumed")
    no_n: int | None = integer(None, unit="home", source="assumed")
    which: str = choice("a", of=("a", "b"), source="assumed")
    is_on: bool = flag(True, source="a law", status="verified")
    bands: tuple[float, ...] = numbers((1.0, 2.0), unit="1/year", low=0, high=5, source="assumed")
    curve: tuple[tuple[float, float], ...] | None = points(None, unit="utility", source="assumed")
    of_group: dict[str, float] = by_group(unit="share", low=0, high=1, source="assumed")  # noqa: RUF009
    block_of_group: dict[str, Curve] = by_group(of=Curve, source="assumed")  # noqa: RUF009
    not_a_parameter: int = field(default=0)


SPECS = {spec.name: spec for spec in declared(Everything)}


def test_parameters_are_found_in_the_order_of_their_declaration():
    assert list(SPECS) == [name for name in Everything.__dataclass_fields__ if name != "not_a_parameter"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("share", "number"), ("n", "integer"), ("which", "choice"), ("is_on", "flag"), ("bands", "numbers"),
     ("curve", "points"), ("of_group", "by_group"), ("block_of_group", "by_group")],
)  # fmt: skip
def test_each_kind_is_known(name, kind):
    assert SPECS[name].kind == kind


def test_a_default_is_the_value_of_an_instance():
    assert Everything().share == SPECS["share"].default == 0.3
    assert Everything().of_group == {} == SPECS["of_group"].default
    assert Everything().of_group is not Everything().of_group


def test_unit_bounds_source_and_status_are_kept():
    share = SPECS["share"]
    assert (share.unit, share.low, share.high, share.source, share.status) == ("share", 0, 1, "a paper", "recalled")
    assert SPECS["n"].status == "assumed"
    assert SPECS["word_or_number"].of == ("best", "worst")
    assert SPECS["block_of_group"].block is Curve


@pytest.mark.parametrize("name", ["may_be_absent", "no_n", "curve"])
def test_a_default_of_none_may_be_left_out(name):
    assert SPECS[name].optional
    assert not SPECS["share"].optional
