"""Arrow columns made from memory are those that pyarrow itself would make."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from sim.engine.arrow import defined, numbers, plain, text, texts


@given(st.lists(st.integers(-(2**31), 2**31 - 1)), st.data())
def test_numbers_and_their_gaps(values, data):
    gaps = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    made = numbers(np.array(values, np.int64), pa.int32(), np.array(gaps, bool))
    assert made.equals(pa.array(values, pa.int32(), mask=np.array(gaps, bool)))


@given(st.lists(st.floats(allow_infinity=False)))
def test_what_is_not_a_number_is_a_gap(values):
    assert defined(np.array(values, float)).equals(pa.array(values, pa.float64(), from_pandas=True))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_text_in_any_writing(words):
    assert text(words).equals(pa.array(words, pa.string()))


@given(st.lists(st.integers(-1, 2)))
def test_positions_become_words(places):
    words = ["", "Göteborg", "b"]
    wanted = pa.array([None if place < 0 else words[place] for place in places], pa.string())
    assert texts(np.array(places, np.int16), words).equals(wanted)


@given(st.lists(st.one_of(st.none(), st.floats(allow_nan=False)), min_size=1), st.integers(0, 3))
def test_a_column_becomes_an_array_wherever_it_begins(values, offset):
    column = pa.array(values, pa.float64()).slice(offset)
    wanted = np.array([np.nan if value is None else value for value in values], float)[offset:]
    assert plain(column).tobytes() == wanted.tobytes()


def test_a_slice_of_a_wider_array_is_copied_right():
    assert numbers(np.arange(10)[::3], pa.int16()).to_pylist() == [0, 3, 6, 9]


def test_saving_and_reading_a_record_does_not_load_pandas(tmp_path):
    script = (
        "import sys, numpy as np\nfrom sim.engine.record import Record\n"
        "r = Record({'complete': True}, np.arange(3), {'m': np.array([1, np.nan, 2])})\n"
        f"assert Record.load(r.save({str(tmp_path / 'r')!r})) == r\nprint('pandas' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def test_a_column_in_several_pieces_is_read_as_one():
    pieces = pa.chunked_array([[1.5, None], [], [2.0]], pa.float64())
    assert np.array_equal(plain(pieces), [1.5, np.nan, 2.0], equal_nan=True)
    assert plain(pa.chunked_array([], pa.int32())).tolist() == []
