"""A CSV file of which single rows change: all others stay byte for byte, whatever wrote them."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qantar.review.rowfile import RowFile

ODD = b'\xef\xbb\xbfid,note\r\n"A1","two\r\nlines"\r\nA2,plain\r\n"A3","a ""word"""\r\n'
CELLS = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00\ufeff"), min_size=1, max_size=8)


def test_a_file_that_nothing_is_done_to_is_the_same():
    assert RowFile.parse(ODD).content == ODD


def test_a_change_leaves_the_other_rows_as_they_are_written():
    made = RowFile.parse(ODD).changed(1, {"note": "now, with a comma"}).content
    assert made == ODD.replace(b"A2,plain", b'A2,"now, with a comma"')


def test_a_row_is_taken_out_whole():
    assert RowFile.parse(ODD).without({0}).content == b'\xef\xbb\xbfid,note\r\nA2,plain\r\n"A3","a ""word"""\r\n'


@pytest.mark.parametrize(("before", "after"), [(b"id,note\n", b"id,note\nA1,\n"), (b"id,note", b"id,note\nA1,\n"), (b"id,note\nA0,x", b"id,note\nA0,x\nA1,\n")])
def test_a_row_is_added_at_the_end(before, after):
    assert RowFile.parse(before).added({"id": "A1"}).content == after


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), st.data())
def test_any_table_keeps_its_other_rows(rows, data):
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("id", "note"), *rows])
    file = RowFile.parse(buffer.getvalue().encode())
    place = data.draw(st.integers(0, len(rows) - 1))
    again = RowFile.parse(file.changed(place, {"note": "x\ny"}).content)
    expected = [dict(zip(("id", "note"), row, strict=True)) for row in rows]
    expected[place]["note"] = "x\ny"
    assert [dict(row.cells) for row in again.rows] == expected
    assert [row.text for n, row in enumerate(again.rows) if n != place] == [row.text for n, row in enumerate(file.rows) if n != place]
