"""References are made from CITATION.cff alone, and name what never changes: labels, sentence numbers, rows."""

import datetime

import pytest

from qantar import citation, load_report
from qantar.report import ReportError

ABOUT = {"authors": [{"name": "The readers"}], "title": "A book", "version": "1.2.0", "date-released": datetime.date(2023, 5, 1)}


def test_the_book():
    assert citation.book(ABOUT) == "The readers. A book. Version 1.2.0, 1 May 2023."


def test_persons_are_named_with_their_family_name_first():
    about = ABOUT | {"authors": [{"family-names": "Ali", "given-names": "Mona"}, {"family-names": "Berg", "given-names": "Jan"}]}
    assert citation.book(about).startswith("Ali, Mona; Berg, Jan. A book.")


@pytest.mark.parametrize("day", ["2023-05-01", datetime.date(2023, 5, 1)])
def test_the_day_may_be_quoted(day):
    assert "1 May 2023" in citation.book(ABOUT | {"date-released": day})


def test_an_address_stands_at_the_end_and_a_doi_before_others():
    about = ABOUT | {"url": "https://example.org/book"}
    assert citation.book(about).endswith("1 May 2023. https://example.org/book.")
    assert citation.book(about | {"doi": "10.1/x"}).endswith(" 10.1/x.")


def test_parts_name_their_permanent_labels():
    assert citation.section("figures-deaths", "The dead", ABOUT).startswith("“The dead” (section figures-deaths). In: The readers.")
    assert citation.row("F06", "figures.csv", ABOUT).startswith("Row F06 of figures.csv. In: The readers.")


def test_a_sentence_is_its_publishers():
    assert citation.sentence(load_report(), "s08", ABOUT).startswith("Arabic Post (عربي بوست), 9 January 2022, sentence s08. As numbered in:")


def test_a_reference_shows_its_arabic_as_arabic():
    page = citation.sentence(load_report(), "s08", ABOUT)._repr_html_()
    assert page.startswith('<p>Arabic Post (<bdi lang="ar" dir="rtl">عربي بوست</bdi>), 9 January 2022')


def test_a_sentence_that_is_not_there_is_refused():
    with pytest.raises(ReportError, match="no sentence 's99'"):
        citation.sentence(load_report(), "s99", ABOUT)


def test_bibtex():
    assert citation.bibtex(ABOUT).splitlines() == [
        "@misc{qantar2023,", "  author = {{The readers}},", "  title = {{A book}},", "  version = {1.2.0},", "  year = {2023},",
        "  date = {2023-05-01},", "}",
    ]


def test_the_book_itself_is_cited_from_its_own_file():
    about = citation.work()
    assert about["title"] in citation.book() and str(about["version"]) in citation.book()
