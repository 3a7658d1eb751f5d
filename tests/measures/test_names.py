"""Names of measures: written and read back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.base.errors import MeasureError
from sim.measures.names import BREAKDOWNS, MeasureName

words = st.text("abz_09", max_size=6).map("w".__add__)
bases = st.lists(words, min_size=2, max_size=4).map(".".join)
breakdowns = st.dictionaries(st.sampled_from(BREAKDOWNS), words | st.integers(0, 99))


@given(base=bases, by=breakdowns)
def test_a_name_reads_back_as_it_was_written(base, by):
    name = MeasureName.of(base, **by)
    assert MeasureName.parse(str(name)) == name
    assert dict(name.by) == {key: str(value) for key, value in by.items()}


def test_the_order_in_which_breakdowns_are_written_does_not_matter():
    one, other = "access.waiting_time@group=a,income=1", "access.waiting_time@income=1,group=a"
    assert MeasureName.parse(one) == MeasureName.parse(other)
    assert str(MeasureName.parse(other)) == one


def test_swedish_groups_have_names_too():
    assert MeasureName.parse("access.crowding@group=född_utomlands").by == (("group", "född_utomlands"),)


@pytest.mark.parametrize(
    "text",
    [
        "waiting", "access.", "access.waiting@", "access.waiting@income", "access.waiting@income=",
        "access.waiting@income=1,income=2", "access.waiting@colour=red", "access.waiting@group=a b", "Access.Waiting",
        "access.waiting@=1", "",
    ],
)  # fmt: skip
def test_what_is_not_a_name_is_refused_as_it_was_written(text):
    with pytest.raises(MeasureError) as caught:
        MeasureName.parse(text)
    assert caught.value.key == "measure.name_written"
    assert caught.value.values == {"name": text}
