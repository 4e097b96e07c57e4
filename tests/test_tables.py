"""Tables as the book shows them: accessible, Arabic marked, identifiers linked; labelled, and with their data."""

import csv as reader
import io
import re

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from qantar import faults
from qantar.tables import Table, csv, show


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


def test_a_label_is_the_id_of_the_box():
    page = BeautifulSoup(show(pd.DataFrame({"x": [1]}), label="tab-figures-killed")._repr_html_(), "html.parser")
    assert page.find(id="tab-figures-killed").table and not BeautifulSoup(show(pd.DataFrame({"x": [1]}))._repr_html_(), "html.parser").div.get("id")


@pytest.mark.parametrize("label", ["killed", "tab-killed", "tab-Figures-killed", "tab-figures-", "tab-figures--x", "tab-a b-c", 'tab-a-"><b>', "tab-قتل-x", "fig-a-b"])
def test_what_cannot_be_a_label_is_said_to_be_none(label):
    with pytest.raises(ValueError, match="is no label of a table: tab-<chapter>-<what> is"):
        show(pd.DataFrame({"x": [1]}), label=label)


def test_a_list_of_faults_has_its_label_too():
    frame = pd.DataFrame({"report": ["r"], "sentence": ["s01"], "text": ["قال"], "layer": ["dates"], "expected": ["a"], "found": ["b"]})
    table = faults.listed(frame, "Faults", label="tab-validation-seen")
    assert 'id="tab-validation-seen"' in table._repr_html_() and table._repr_mimebundle_()[0]["text/csv"].startswith("report,sentence,text")


def test_the_output_of_a_cell_holds_page_text_and_data():
    table = show(pd.DataFrame({"who_did": ["a"]}), "Acts", label="tab-events-acts")
    data, about = table._repr_mimebundle_()
    assert data == {"text/html": table._repr_html_(), "text/plain": repr(table), "text/csv": "who_did\r\na\r\n"}
    assert about == {"text/csv": {"label": "tab-events-acts", "caption": "Acts"}}


HOSTILE = ["<script>alert(1)</script>", 'say "no", twice', "one\ntwo", "one\r\ntwo", "\u202eabc\u2069", "a,b;c\td", " قال ", "=1+1", "N/A"]


def test_hostile_text_survives_in_the_data_and_is_text_on_the_page():
    table = show(pd.DataFrame({"<b>head": HOSTILE}), "<i>x")
    rows = list(reader.reader(io.StringIO(table._repr_mimebundle_()[0]["text/csv"], newline="")))
    assert rows == [["<b>head"], *([text] for text in HOSTILE)]
    page = BeautifulSoup(table._repr_html_(), "html.parser")
    assert not page.find_all(["script", "i", "b"]) and [td.text for td in page.find_all("td")] == HOSTILE


FRAMES = [
    pd.DataFrame({"id": ["E01", "E02"], "n": [1, 2], "share": [0.1, 2 / 3], "words": ["قال, «نعم»", 'a "b"']}),
    pd.DataFrame({"n": pd.Series([1, None], dtype="Int64"), "told": pd.Series([True, None], dtype="boolean"), "text": ["a", None]}),
    pd.DataFrame({"number": [225.0, float("nan")], "name_en": ["Namibia", None]}),
    pd.DataFrame({"id": pd.Series([], dtype="str")}),
]


@pytest.mark.parametrize("frame", FRAMES)
def test_the_data_read_back_equal_to_the_frame(frame):
    kinds = {name: kind for name, kind in frame.dtypes.items() if kind != bool}
    back = pd.read_csv(io.StringIO(csv(frame)), dtype=kinds, true_values=["true"], false_values=["false"])
    pd.testing.assert_frame_equal(back, frame)


def test_the_data_follow_rfc_4180():
    frame = pd.DataFrame({"a": [True, False], "b": [None, 'x "y"'], "c": ["one, two", "z"]})
    assert csv(frame) == 'a,b,c\r\ntrue,,"one, two"\r\nfalse,"x ""y""",z\r\n'


def test_columns_of_one_name_keep_their_own_cells_in_the_data():
    assert csv(pd.DataFrame([[1, "a"]], columns=["x", "x"])) == "x,x\r\n1,a\r\n"
