"""References are made from CITATION.cff alone, name what never changes, and survive whatever stands in a title."""

import datetime
import json
import re
import warnings

import pytest
import rispy
from pybtex.database import parse_string

from qantar import citation, citation_formats, citation_templates, editions, labels
from qantar.citation import item
from qantar.citation_formats import FORMATS, cite, formatted, write
from qantar.citation_templates import Citations, fill, form_of
from qantar.labels import BOOK, KINDS, Label, UnknownLabel

warnings.filterwarnings("ignore", module="citeproc")

ABOUT = {"authors": [{"name": "The readers"}], "title": "A book", "version": "1.2.0", "date-released": datetime.date(2023, 5, 1)}
ADDRESS = ABOUT | {"url": "https://example.org/book/"}

LABELS = {
    "book": Label(BOOK, "book", "", ""),
    "chapter": Label("figures", "chapter", "chapters/figures", "Figures"),
    "section": Label("figures-deaths", "section", "chapters/figures", "The dead"),
    "figure": Label("fig-figures-killed", "figure", "chapters/figures", "The toll, to 5.5 %. Hollow rings: withdrawn."),
    "table": Label("tab-figures-killed", "table", "chapters/figures", "Claims by date"),
    "sentence": Label("s08", "sentence", "chapters/report", "Sentence s08"),
    "row": Label("F06", "row", "chapters/report", "Row F06", "figures"),
    "actor": Label("actor-kz_police", "actor", "chapters/actors", "Police"),
}
APA = {
    "book": "The readers. (2023). A book (Version 1.2.0).",
    "chapter": "The readers. (2023). Figures [Chapter figures]. In A book (Version 1.2.0).",
    "section": "The readers. (2023). The dead [Section figures-deaths of the chapter “Figures”]. In A book (Version 1.2.0).",
    "figure": "The readers. (2023). The toll, to 5.5 % [Figure fig-figures-killed of the chapter “Figures”]. In A book (Version 1.2.0).",
    "table": "The readers. (2023). Claims by date [Table tab-figures-killed of the chapter “Figures”]. In A book (Version 1.2.0).",
    "sentence": "Arabic Post (عربي بوست). (2022, January 9). [Untitled report] [Sentence s08 as numbered in A book, version 1.2.0].",
    "row": "The readers. (2023). Row F06 [Data set coding/figures.csv]. In A book (Version 1.2.0).",
    "actor": "The readers. (2023). Police [Entry actor-kz_police]. In A book (Version 1.2.0).",
}
CHICAGO = {
    "book": "The readers. 2023. A Book. Version 1.2.0.",
    "section": "The readers. 2023. “The Dead.” In A Book, version 1.2.0. Section figures-deaths of the chapter “Figures.”",
    "sentence": "Arabic Post (عربي بوست). 2022. “[Untitled report].” January 9. Sentence s08 as numbered in A book, version 1.2.0.",
    "row": "The readers. 2023. “Row F06.” In A Book, version 1.2.0. Data set coding/figures.csv.",
}
every_kind = pytest.mark.parametrize("kind", KINDS)


def made(kind: str, about: dict = ABOUT, **changes: str) -> dict:
    label = LABELS[kind]
    return item(Label(**(vars(label) | changes)), "Figures" if label.page == "chapters/figures" else "", about)


def entry(text: str) -> tuple[str, dict, dict]:
    """Key, fields and persons of the one entry of some BibTeX."""
    (key, found), = parse_string(text, "bibtex").entries.items()
    return key, dict(found.fields), dict(found.persons)


def plain(text: str) -> str:
    """What TeX prints of a field."""
    for character, written in sorted(citation_formats._TEX.items(), key=lambda pair: -len(pair[1])):
        text = text.replace(written, f"\0{ord(character)}\0")
    return re.sub("\0(\\d+)\0", lambda found: chr(int(found[1])), text.removeprefix("{").removesuffix("}"))


def letters(text: str) -> str:
    return re.sub("[.“”‘’]", "", text).lower()


# ------------------------------------------------------------------------------------------------------- kinds


@every_kind
def test_apa(kind):
    assert write(made(kind), "apa") == APA[kind]


@pytest.mark.parametrize("kind", CHICAGO)
def test_chicago(kind):
    assert write(made(kind), "chicago") == CHICAGO[kind]


@every_kind
def test_bibtex_is_read_with_the_label_as_its_key(kind):
    key, fields, persons = entry(write(made(kind), "bibtex"))
    assert key == ("book2023" if kind == "book" else LABELS[kind].id)
    assert plain(fields["title"]) == made(kind)["title"]
    assert plain(str(persons["author"][0])) == made(kind)["author"][0]["literal"]
    assert fields["year"] == fields["date"][:4] == ("2022" if kind == "sentence" else "2023")
    assert ("booktitle" in fields) == (kind not in ("book", "sentence"))


@pytest.mark.parametrize(("title", "key"), [("Qantar: one Arabic report", "qantar2023"), ("The day of X", "report2023"), ("مقتل 18 شخصاً", "report2023")])
def test_the_key_of_the_book_is_a_word_of_its_title(title, key):
    assert citation.item(about=ABOUT | {"title": title})["id"] == key


@every_kind
def test_ris_is_read(kind):
    (found,) = rispy.loads(write(made(kind), "ris"))
    assert found["title"] == made(kind)["title"] and found["authors"] == [made(kind)["author"][0]["literal"]]
    assert found["date"] == ("2022/01/09" if kind == "sentence" else "2023/05/01")
    assert found["type_of_reference"] in ("BOOK", "CHAP", "ELEC") and "urls" not in found


@every_kind
def test_csl_json_gives_the_same_reference(kind):
    (found,) = json.loads(write(made(kind), "csl"))
    assert found == made(kind) and formatted(found, "apa") == APA[kind]


def test_an_address_leads_to_the_label_and_takes_its_place():
    address = "https://example.org/book/chapters/figures.html#figures-deaths"
    assert write(made("section", ADDRESS), "apa").endswith(f"[Section of the chapter “Figures”]. In A book (Version 1.2.0). {address}")
    assert entry(write(made("section", ADDRESS), "bibtex"))[1]["url"] == address
    assert rispy.loads(write(made("section", ADDRESS), "ris"))[0]["urls"] == [address]
    assert "figures-deaths" not in write(made("chapter", ADDRESS), "apa")


def test_no_address_is_invented():
    assert not [kind for kind in KINDS for form in FORMATS if "http" in write(made(kind), form)]
    assert write(made("book", ABOUT | {"repository-code": "https://example.org/code"}), "apa").endswith("https://example.org/code")


def test_the_address_of_a_released_version_is_its_edition(tmp_path, monkeypatch):
    monkeypatch.setattr(editions, "data_folder", lambda: tmp_path)
    assert not citation.released(ABOUT)
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions" / "1.2.0.json").write_text("{}")
    assert citation.released(ABOUT) and not citation.released(ABOUT | {"version": "1.2"})
    assert made("section", ADDRESS)["URL"] == "https://example.org/book/v/1.2.0/chapters/figures.html#figures-deaths"
    assert made("book", ADDRESS)["URL"] == "https://example.org/book/v/1.2.0/"


def test_a_doi_is_the_books_and_a_part_has_it_only_without_an_address():
    about = ADDRESS | {"doi": "10.5281/zenodo.1"}
    assert write(made("book", about), "apa").endswith("https://doi.org/10.5281/zenodo.1")
    assert "DOI" not in made("section", about) and "DOI" not in made("sentence", about)
    assert made("section", ABOUT | {"doi": "10.5281/zenodo.1"})["DOI"] == "10.5281/zenodo.1"


def test_persons_have_two_names():
    about = ABOUT | {"authors": [{"family-names": "Ali", "given-names": "Mona"}, {"family-names": "Berg", "given-names": "Jan"}]}
    assert write(made("book", about), "apa").startswith("Ali, M., & Berg, J. (2023).")
    assert [str(person) for person in entry(write(made("book", about), "bibtex"))[2]["author"]] == ["Ali, Mona", "Berg, Jan"]
    assert rispy.loads(write(made("book", about), "ris"))[0]["authors"] == ["Ali, Mona", "Berg, Jan"]


@pytest.mark.parametrize("day", ["2023-05-01", datetime.date(2023, 5, 1)])
def test_the_day_may_be_quoted(day):
    assert made("book", ABOUT | {"date-released": day})["issued"] == {"date-parts": [[2023, 5, 1]]}


def test_the_title_of_a_figure_is_the_first_sentence_of_its_caption():
    titles = {"F1 by set, with 95 % intervals; crosses.": "F1 by set, with 95 % intervals; crosses", "": "[Untitled figure]",
              "Up to 0.5 of all. Source: us.": "Up to 0.5 of all", "One line": "One line"}
    assert {text: citation.title(Label("fig-x-y", "figure", "x", text)) for text in titles} == titles


def test_a_reference_shows_its_arabic_as_arabic():
    assert cite(LABELS["sentence"])._repr_html_().startswith('<p>Arabic Post (<bdi lang="ar" dir="rtl">عربي بوست</bdi>). (2022')


def test_the_book_itself_is_cited_from_its_own_file():
    about = citation.work()
    assert about["title"] in cite() and str(about["version"]) in cite()


# ---------------------------------------------------------------------------------------------- hostile titles

HOSTILE = [
    "</script><script>alert(1)</script>", '<span class="nocase">x</span> <i>y</i>', "{unbalanced", "closed} too", "50 % & #1_a $x$ ~^",
    'He said "no" and ‘yes’', "\\input{x} \\", "two\nlines\r\nand more\u2028 here", "\u202eturned\u202c \u2066around\u2069", "قنطر & كازاخستان",
    "Who? Why?", "Ends with a point.", "@misc{x, title={y}}", "TY  - BOOK", "$& $1 \\1 \\g<0>", "a\x00b\x1bc", "x \ue001 \ue002", "'", "“Bandits and terrorists”",
]
hostile = pytest.mark.parametrize("title", HOSTILE)


@hostile
def test_a_hostile_title_survives_every_format(title):
    shown = citation.clean(title)
    found = made("section", title=title)
    assert found["title"] == shown and "\n" not in shown
    assert json.loads(write(found, "csl"))[0]["title"] == shown
    assert rispy.loads(write(found, "ris"))[0]["title"] == shown
    assert plain(entry(write(found, "bibtex"))[1]["title"]) == shown
    # Styles change points and quotation marks at the seams, Chicago capitals too, and nothing else.
    assert shown.rstrip(".") in write(found, "apa") and letters(shown) in letters(write(found, "chicago"))


@hostile
def test_a_page_fills_in_exactly_what_was_computed(title):
    label = Label("figures-deaths", "section", "chapters/figures", title)
    citations = Citations([LABELS["chapter"], label], ABOUT)
    texts, data = citations.texts(label), json.loads(json.dumps(citations.page(label.page, [LABELS["chapter"], label])))
    assert texts == {form: write(made("section", title=title), form) for form in FORMATS}
    assert filled(data, label) == texts


def filled(data: dict, label: Label) -> dict[str, str]:
    """What the script of the page makes of its data."""
    kind, title, *forms = data["labels"].get(label.id) or [label.kind, label.title]
    forms = [*(forms[0] if forms else []), *[None] * len(FORMATS)]
    file = data["rows"].get(label.id.rstrip("0123456789"), "")
    return {
        name: forms[n][0] if isinstance(forms[n], list) else fill(data["templates"][kind][n], title if forms[n] is None else forms[n], label.id, file)
        for n, name in enumerate(FORMATS)
    }


@hostile
def test_a_hostile_title_is_text_in_html(title):
    from bs4 import BeautifulSoup

    from qantar.book import cite as pages
    from qantar.book.evidence import block

    label = Label("figures-deaths", "section", "chapters/figures", title)
    citations = Citations([Label("figures", "chapter", "chapters/figures", title), label], ABOUT | {"title": title})
    page = BeautifulSoup(pages.static_page(citations, label, "x", "y"), "html.parser")
    assert not page.select("script, i, span") and citation.clean(title) in page.get_text()
    control = BeautifulSoup(pages.control(label, "../"), "html.parser")
    assert len(control.select("*")) == 1 and control.a["aria-label"] == f"Cite: {citation.clean(title)}"
    inert = block(citations.page(label.page, [label]), "qantar-cite")
    assert inert.count("<") == 2
    tags = BeautifulSoup(pages.page_metadata.tags(citations, "chapters/figures", False, ""), "html.parser")
    assert tags.select_one("[name=citation_title]")["content"] == citation.clean(title) and len(tags.select("script")) == 1
    assert json.loads(tags.script.string)["name"] == citation.clean(title)


# --------------------------------------------------------------------------------------------------- templates


def test_a_text_that_is_not_of_the_template_is_kept_whole():
    sign = citation_templates.TITLE
    assert form_of("A “The Dead.” B", f"A “{sign}.” B", "x") == "The Dead"
    assert form_of("A “Who?” B", f"A “{sign}.” B", "x") is None
    assert form_of("A B", "A B", "x") == "" and form_of("A C", "A B", "x") is None
    texts = {form: "A “Who?” B" for form in FORMATS}
    made_entry = citation_templates.entry(Label("x", "section", "p", "Who?"), dict.fromkeys(FORMATS, f"A “{sign}.” B"), texts)
    assert made_entry == ["section", "Who?", [["A “Who?” B"]] * len(FORMATS)]


def test_rows_and_sentences_are_filled_in_as_the_styles_make_them(book):
    found = [label for label in labels.of_data(book) if label.kind in citation_templates.BY_NAME]
    citations = Citations(found, citation.work())
    for label in found[3::37]:
        assert citations.texts(label) == {form: cite(label, form=form) for form in FORMATS}, label


def test_a_table_whose_texts_are_not_alike_is_made_row_by_row(monkeypatch):
    rows = [Label(f"F{n:02}", "row", "chapters/report", f"Row F{n:02}", "figures") for n in range(1, 5)]
    made = citation_formats.formatted
    monkeypatch.setattr(citation_formats, "formatted", lambda item, style: made(item, style) + item["title"].lower())
    citations = Citations(rows, ABOUT)
    data = citations.page("chapters/report", rows)
    for label in rows:
        assert filled(data, label) == citations.texts(label) and citations.texts(label)["apa"].endswith(label.title.lower())


def test_what_the_styles_made_before_is_not_made_again(monkeypatch):
    first = Citations([LABELS["chapter"], LABELS["section"]], ABOUT)
    texts = first.texts(LABELS["section"])
    monkeypatch.setattr(citation_formats, "formatted", None)
    again = Citations([LABELS["chapter"], LABELS["section"]], ABOUT, first.used)
    assert again.texts(LABELS["section"]) == texts and again.used == first.used


# ------------------------------------------------------------------------------------------------------ labels


def test_labels_of_the_data_need_no_built_book(monkeypatch, tmp_path):
    monkeypatch.setattr(labels, "built_file", lambda: tmp_path / "none.json")
    labels.known.cache_clear()
    assert labels.find("s08") == LABELS["sentence"] and labels.find("F06") == LABELS["row"] and labels.find("book").kind == "book"
    with pytest.raises(UnknownLabel, match=r"no label 's99': near are .*s09.*; labels of chapters are known once the book is built"):
        labels.find("s99")
    labels.known.cache_clear()


def test_labels_are_written_and_read(tmp_path):
    file = tmp_path / "labels.json"
    labels.write(LABELS.values(), "1.2.3", file)
    assert labels.read(file) == ("1.2.3", list(LABELS.values()))
    assert labels.read(tmp_path / "none.json") == ("", [])
    assert labels.chapter_of(LABELS["section"], labels.read(file)[1]) == "Figures"
