"""A row is found by its name and printed by its column; what is not there is refused by name."""

import pytest

from qantar import rows

PRINTED = {
    ("F06", ""): "164",
    ("F06", "full"): "164 people",
    ("F07", "full"): "212 million dollars",
    ("F08", "words"): "two",
    ("C06", "words"): "225",
    ("D03", "value"): "about 1992",
    ("D04", "value.short"): "6 January",
    ("E07", ""): "Massimov is arrested.",
    ("C06", ""): "225",
    ("C06", "as_of"): "15 January 2022",
    ("V04", "quote"): "أكد",
}


@pytest.mark.parametrize(("name", "column"), PRINTED)
def test_a_role_prints_what_its_row_holds(book, name, column):
    assert rows.printed(rows.row(book, name), column) == PRINTED[name, column]


def test_an_actor_is_printed_by_name(book):
    assert rows.printed(rows.row(book, "tokayev")) == "Kassym-Jomart Tokayev"


@pytest.mark.parametrize("name", ["F99", "E999", "nobody", "C0"])
def test_a_row_that_is_not_there(book, name):
    with pytest.raises(rows.UnknownRow, match=f"there is no row '{name}'"):
        rows.row(book, name)


def test_a_column_that_is_not_there(book):
    with pytest.raises(rows.UnknownRow, match="F06 has no column 'colour'"):
        rows.printed(rows.row(book, "F06"), "colour")
