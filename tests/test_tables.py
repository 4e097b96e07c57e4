"""Tables as the book shows them: accessible, Arabic marked, identifiers linked to the page that has them."""

import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from qantar.tables import Table, show


def cells(frame: pd.DataFrame) -> list[str]:
    """The body cells of a table as HTML, row by row."""
    page = show(frame)._repr_html_()
    return re.findall(r"<td.*?</td>", page)


def cell(value: object) -> str:
    return cells(pd.DataFrame({"x": [value]}))[0]


def test_a_table_has_a_caption_headers_with_scope_and_all_its_cells():
    page = BeautifulSoup(show(pd.DataFrame({"who_did": ["a", "b"], "n": [1, 2]}), "Acts")._repr_html_(), "html.parser")
    assert page.caption.text == "Acts"
    assert [(th["scope"], th.text) for th in page.find_all("th")] == [("col", "who did"), ("col", "n")]
    assert [[td.text for td in tr.find_all("td")] for tr in page.tbody.find_all("tr")] == [["a", "1"], ["b", "2"]]


def test_a_wide_table_can_be_scrolled_with_the_keyboard_and_has_a_name():
    box = BeautifulSoup(show(pd.DataFrame({"x": [1]}), 'The "Kremlin" & others')._repr_html_(), "html.parser").div
    assert (box["tabindex"], box["role"], box["aria-label"]) == ("0", "group", 'The "Kremlin" & others')


def test_a_table_without_a_caption_still_has_a_name():
    page = BeautifulSoup(show(pd.DataFrame({"x": [1]}))._repr_html_(), "html.parser")
    assert page.caption is None and page.div["aria-label"] == "Table"


NUMBERS = [(164, "164"), (5135, "5,135"), (212_000_000.0, "212,000,000"), (0.92, "0.92"), (0.5, "0.5"), (1.0, "1"), (0.999, "1"), (-0.25, "-0.25")]


@pytest.mark.parametrize("value, expected", NUMBERS)
def test_numbers_stand_right_and_as_written_in_prose(value, expected):
    assert cell(value) == f'<td class="number">{expected}</td>'


@pytest.mark.parametrize("value", [None, float("nan"), pd.NA])
def test_missing_values_are_empty(value):
    assert cells(pd.DataFrame({"x": pd.Series([value], dtype="object")})) == ["<td></td>"]


def test_a_missing_number_is_empty():
    assert cells(pd.DataFrame({"x": pd.Series([1, None], dtype="Int64")}))[1] == "<td></td>"


def test_truth_values_are_words_not_numbers():
    assert cells(pd.DataFrame({"x": pd.Series([True, False, None], dtype="boolean")})) == ["<td>yes</td>", "<td>no</td>", "<td></td>"]


LINKS = [
    ("s07", "report.html#s07"), ("E03", "report.html#E03"), ("M118", "report.html#M118"), ("F05", "report.html#F05"),
    ("C06", "ledger.html#C06"), ("T12", "ledger.html#T12"), ("X31", "ledger.html#X31"),
]


@pytest.mark.parametrize("name, address", LINKS)
def test_an_identifier_leads_to_its_row(name, address):
    assert cell(name) == f'<td><a href="{address}">{name}</a></td>'


def test_a_list_of_identifiers_is_a_list_of_links():
    assert cell("E01;E02") == '<td><a href="report.html#E01">E01</a>; <a href="report.html#E02">E02</a></td>'


@pytest.mark.parametrize("text", ["s7", "E", "Q232", "E01 and E02", "E01;Tokayev", "KNB"])
def test_what_is_no_identifier_is_text(text):
    assert cell(text) == f"<td>{text}</td>"


def test_arabic_is_marked_and_markup_escaped_in_cells_and_caption():
    page = show(pd.DataFrame({"x": ["<b> قال"]}), "قال & others")._repr_html_()
    assert '<td>&lt;b&gt; <bdi lang="ar" dir="rtl">قال</bdi></td>' in page
    assert '<caption><bdi lang="ar" dir="rtl">قال</bdi> &amp; others</caption>' in page


def test_the_first_rows_alone_say_so():
    table = show(pd.DataFrame({"x": [1, 2, 3]}), "Counts", rows=2)
    assert len(table.frame) == 2 and table.caption == "Counts (the first 2 of 3 rows)"


@pytest.mark.parametrize("rows", [3, 9, None])
def test_a_table_that_is_shown_whole_does_not(rows):
    assert show(pd.DataFrame({"x": [1, 2, 3]}), "Counts", rows=rows).caption == "Counts"


def test_in_a_terminal_it_is_text():
    assert repr(Table(pd.DataFrame({"x": ["a"]}), "Acts")) == "Acts\nx\na"


def test_columns_of_the_same_name_do_not_collide():
    frame = pd.DataFrame([[1, "a"]], columns=["x", "x"])
    assert cells(frame) == ['<td class="number">1</td>', "<td>a</td>"]
