"""Every published address keeps leading somewhere: what the ledger and the book must say of each other."""

import io
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from qantar import anchors, citation, values
from qantar.anchors import Anchor
from qantar.book import anchors as step
from qantar.book import labels as book_labels
from qantar.book import tombstones
from qantar.labels import FILE, Label, read
from qantar.problems import DataError

ROOT = Path(__file__).parents[1]
DEAD = Anchor("figures-dead", "section", "c/figures", "The dead", "0.1.0", line=2)
F01 = Anchor("F01", "row", "c/report", "Row F01", "0.1.0", line=3)
PAGES = {"c/figures": '<section id="figures-dead"><p id="id1">…</p></section>', "c/report": '<li class="x" id="F01">164</li>'}


def labelled(*ledger: Anchor) -> list[Label]:
    return [Label(a.id, a.kind, a.page, a.title) for a in ledger if a.status == "current"]


# --------------------------------------------------------------------------------------------- against the book


def test_a_book_as_the_ledger_has_it():
    assert anchors.faults([DEAD, F01], labelled(DEAD, F01), PAGES) == []


GONE = replace(DEAD, status="gone", moved_to="F01")
FAULTS = {
    "missing": ([DEAD, F01], labelled(F01), {**PAGES, "c/figures": "<p>"},
                ["data/anchors.csv:2:id: the section figures-dead is missing from c/figures; put it back"]),
    "its page missing": ([DEAD, F01], labelled(F01), {**PAGES, "c/figures": None},
                         ["data/anchors.csv:2:page: the page c/figures is not in the book, and with it 1 of its labels (figures-dead); put it back"]),
    "only in the text of a page": ([DEAD, F01], labelled(F01), {**PAGES, "c/figures": "<p>&lt;p id=\"figures-dead\"&gt;"},
                                   ["data/anchors.csv:2:id: the section figures-dead is missing from c/figures"]),
    "twice in its page": ([DEAD, F01], labelled(DEAD, F01), {**PAGES, "c/report": PAGES["c/report"] * 2},
                          ["c/report: the id F01 stands 2 times in the page"]),
    "in another page too": ([DEAD, F01], labelled(DEAD, F01), {**PAGES, "c/figures": PAGES["c/figures"] + PAGES["c/report"]},
                            ["c/report: the id F01 stands in c/figures too"]),
    "given on two pages": ([DEAD, F01], [*labelled(DEAD, F01), Label("figures-dead", "section", "c/report", "x")], PAGES,
                           ["the label figures-dead is given on two pages, c/figures and c/report"]),
    "moved": ([DEAD, F01], labelled(replace(DEAD, page="c/report"), F01), {"c/figures": "", "c/report": "".join(PAGES.values())},
              ["data/anchors.csv:2:page: figures-dead has moved from c/figures to c/report; set status to gone and moved_to to figures-dead"]),
    "new": ([F01], labelled(DEAD, F01), PAGES,
            ["data/anchors.csv: the section figures-dead of c/figures (“The dead”) is new and not in the ledger; add it with `make anchors`"]),
    "gone and still there": ([GONE, F01], labelled(F01), PAGES, ["data/anchors.csv:2:status: figures-dead is gone by the ledger and still on c/figures"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_told_in_a_line(case):
    ledger, found, pages, expected = FAULTS[case]
    told = anchors.faults(ledger, found, pages)
    assert len(told) == len(expected) and all(line.startswith(start) and "\n" not in line for line, start in zip(told, expected, strict=True)), told


def test_a_heading_may_be_called_as_a_chapter_elsewhere():
    chapter = Anchor("figures", "chapter", "c/figures", "Figures", "0.1.0")
    pages = {"c/figures": '<section id="figures">', "c/data": '<section id="figures">'}
    assert anchors.faults([chapter], labelled(chapter), pages) == []


def test_a_sign_is_no_label():
    sign = '<p class="tombstone" id="figures-dead">The section is gone.</p>'
    assert anchors.faults([GONE, F01], labelled(F01), {**PAGES, "c/figures": sign}) == []
    assert anchors.faults([DEAD, F01], labelled(DEAD, F01), {**PAGES, "c/figures": sign})


def test_of_many_new_labels_some_are_named():
    told = anchors.faults([], [Label(f"F{n}", "row", "c/report", "") for n in range(100, 150)], {})
    assert len(told) == 21 and told[-1].startswith("data/anchors.csv: 30 more are new")


def test_what_an_edition_has_stays_in_the_ledger():
    published = {"0.1.0": [("c/figures", "figures-dead"), ("c/report", "F01")], "0.2.0": [("c/figures", "figures-dead")]}
    assert anchors.unkept([GONE, F01], published) == []
    [line] = anchors.unkept([F01, replace(DEAD, page="c/moved")], published)
    assert line.startswith("data/anchors.csv: figures-dead of c/figures is published in edition 0.1.0 and must stay in the ledger")


# --------------------------------------------------------------------------------------------- the file itself


CONTRADICTIONS = {
    "current twice": ([DEAD, replace(DEAD, page="c/report", line=3)], "anchors.csv:3:id: “figures-dead” is current on c/figures as well"),
    "current and moved": ([replace(DEAD, moved_to="F01"), F01], "anchors.csv:2:moved_to: “F01” is given for a label that is current"),
    "gone without a word": ([replace(DEAD, status="gone")], "anchors.csv:2:moved_to: is empty; say which label has the matter"),
    "gone to nowhere": ([replace(DEAD, status="gone", moved_to="x")], "anchors.csv:2:moved_to: “x” is no label of the ledger"),
    "gone in a circle": ([GONE, replace(F01, status="gone", moved_to="figures-dead")], "anchors.csv:2:moved_to: “F01” leads to no current label"),
    "used again": ([GONE, replace(DEAD, page="c/report", line=4), F01], "anchors.csv:2:moved_to: “F01” should be figures-dead, which is on c/report now"),
}


@pytest.mark.parametrize("case", CONTRADICTIONS)
def test_rows_that_contradict_each_other(case):
    ledger, expected = CONTRADICTIONS[case]
    told = [str(problem) for problem in anchors.contradictions(ledger)]
    assert told and told[0].startswith(expected), told


def test_a_bad_file_is_refused_with_line_and_column(tmp_path):
    file = tmp_path / "anchors.csv"
    file.write_text("id,kind,page,title,since,status,moved_to,note\nF 1,row,c/report,,0.1,lost,,\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        anchors.load(file)
    assert [(p.line, p.column) for p in error.value.problems] == [(2, "id"), (2, "since"), (2, "status")]


def test_the_file_gives_back_what_was_written(tmp_path):
    ledger = [replace(GONE, title="“Dead”, قتلى", note="So, \"it\" went."), F01]
    anchors.save(ledger, tmp_path / "anchors.csv")
    assert anchors.load(tmp_path / "anchors.csv") == ledger


def test_new_labels_are_added_in_the_order_of_the_book_and_nothing_changes():
    ledger = [DEAD, replace(F01, status="gone", note="Gone."), Anchor("F09", "row", "c/report", "Row F09", "0.1.0")]
    found = [Label("figures", "chapter", "c/figures", "Figures"), Label("figures-dead", "section", "c/figures", "Another title"),
             Label("F02", "row", "c/report", "Row F02"), Label("F09", "row", "c/report", "Row F09")]
    after = anchors.added(ledger, found, "0.2.0")
    assert [(a.id, a.since, a.title) for a in after] == [
        ("figures", "0.2.0", "Figures"), ("figures-dead", "0.1.0", "The dead"), ("F01", "0.1.0", "Row F01"),
        ("F02", "0.2.0", "Row F02"), ("F09", "0.1.0", "Row F09"),
    ]
    assert anchors.added(after, found, "0.3.0") == after


def test_a_label_that_moved_is_added_only_when_the_ledger_says_so():
    found = [Label("figures-dead", "section", "c/report", "The dead")]
    assert anchors.added([DEAD], found, "0.2.0") == [DEAD]
    moved = replace(DEAD, status="gone", moved_to="figures-dead")
    assert [(a.page, a.status) for a in anchors.added([moved], found, "0.2.0")] == [("c/figures", "gone"), ("c/report", "current")]


# ------------------------------------------------------------------------------------------------------- signs


def test_a_sign_says_what_when_and_where():
    made = tombstones.sentence(replace(GONE, note="See <also> قال."), [GONE, F01], {"0.1.0": {"figures-dead": "c/figures"}, "0.2.0": {}}, "0.3.0")
    assert made == (
        '<p class="tombstone" id="figures-dead">The section “The dead” is gone since edition 0.2.0; its matter is in '
        '<a href="../c/report.html#F01">Row F01</a>. See &lt;also&gt; <bdi lang="ar" dir="rtl">قال</bdi>. '
        'It still stands in <a href="../v/0.1.0/c/figures.html#figures-dead">edition 0.1.0</a>.</p>'
    )


def test_a_sign_of_a_label_that_moved_or_was_never_published():
    moved = replace(DEAD, status="gone", moved_to="figures-dead")
    here = replace(DEAD, page="c/report")
    published = {"0.1.0": {"figures-dead": "c/figures"}}
    assert "stands on another page since edition 0.2.0: <a href" in tombstones.sentence(moved, [moved, here], published, "0.2.0")
    alone = replace(DEAD, status="gone", note="It was wrong.")
    assert ">The section “The dead” is gone. It was wrong.</p>" in tombstones.sentence(alone, [alone], {}, "0.2.0")


# --------------------------------------------------------------------------------------------- builds of a tiny book


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Builds a book of two pages with the steps of the ledger: (the site, what was warned)."""
    data = tmp_path / "data"
    data.mkdir()
    shutil.copy(ROOT / "data" / "datapackage.json", data)
    monkeypatch.setenv("QANTAR_DATA", str(data))
    monkeypatch.setattr(citation, "work", lambda: {"version": "0.2.0"})
    monkeypatch.setattr(values, "load_book", lambda: None)
    monkeypatch.setattr(book_labels, "of_data", lambda book: [])
    source = tmp_path / "source"
    (source / "c").mkdir(parents=True)
    (source / "conf.py").write_text("project = 'X'\nextensions = ['qantar.book.labels', 'qantar.book.tombstones', 'qantar.book.anchors']\n")
    (source / "index.rst").write_text(".. _start:\n\nStart\n=====\n\n.. toctree::\n\n   c/figures\n")

    def build_(page: str, ledger: list[Anchor]) -> tuple[Path, list[str]]:
        (source / "c" / "figures.rst").write_text(page)
        anchors.save(ledger)
        warned, site = io.StringIO(), tmp_path / "_build" / "html"
        shutil.rmtree(site, ignore_errors=True)
        with docutils_namespace():
            Sphinx(source, source, site, tmp_path / "_build" / "trees", "html", status=None, warning=warned).build()
        return site, [line for line in warned.getvalue().splitlines() if "anchors.csv" in line or " id " in line]

    return build_


PAGE = ".. _figures:\n\nFigures\n=======\n\n.. _figures-dead:\n\nThe dead\n--------\n\nText.\n"
TINY = [Anchor("start", "chapter", "index", "Start", "0.1.0"), Anchor("figures", "chapter", "c/figures", "Figures", "0.1.0"),
        replace(DEAD, line=0)]


def test_a_build_finds_what_is_new_and_make_anchors_enters_it(build, tmp_path):
    _, warned = build(PAGE, TINY[:2])
    assert len(warned) == 1 and "the section figures-dead of c/figures (“The dead”) is new" in warned[0]
    assert step.main(tmp_path / "_build") == "data/anchors.csv: 1 new of 3 labels"
    assert [replace(a, line=0) for a in anchors.load()] == [*TINY[:2], replace(TINY[2], since="0.2.0")]
    assert step.main(tmp_path / "_build") == "data/anchors.csv: all 3 labels are in it"
    assert build(PAGE, anchors.load())[1] == []


def test_a_build_fails_for_a_label_that_is_missing_and_leaves_a_sign_for_one_that_is_gone(build):
    page = PAGE.replace("_figures-dead", "_figures-toll")
    toll = Anchor("figures-toll", "section", "c/figures", "The dead", "0.2.0")
    _, warned = build(page, [*TINY, toll])
    assert len(warned) == 1 and "data/anchors.csv:4:id: the section figures-dead is missing from c/figures" in warned[0]
    site, warned = build(page, [*TINY[:2], replace(TINY[2], status="gone", moved_to="figures-toll"), toll])
    assert warned == []
    sign = BeautifulSoup((site / "c/figures.html").read_text(encoding="utf-8"), "html.parser").find(id="figures-dead")
    assert sign.get_text() == "The section “The dead” is gone; its matter is in The dead." and sign.a["href"] == "../c/figures.html#figures-toll"


def test_a_page_that_is_gone_is_a_page_of_signs(build):
    old = [Anchor("old", "chapter", "c/old", "Old <b>", "0.1.0", "gone", "start"), Anchor("old-part", "section", "c/old", "Part", "0.1.0", "gone", "old")]
    site, warned = build(PAGE, [*TINY, *old])
    assert warned == []
    page = BeautifulSoup((site / "c/old.html").read_text(encoding="utf-8"), "html.parser")
    assert page.h1.get_text() == "Old <b>" and [sign["id"] for sign in page.select("p.tombstone")] == ["old", "old-part"]
    assert {sign.a["href"] for sign in page.select("p.tombstone")} == {"../index.html#start"}


def test_no_label_is_added_to_an_edition_that_is_released(build, tmp_path):
    build(PAGE, TINY[:2])
    (tmp_path / "data" / "editions").mkdir()
    (tmp_path / "data" / "editions" / "0.2.0.json").write_text("{}")
    with pytest.raises(SystemExit, match="1 new labels, and edition 0.2.0 is released without them"):
        step.main(tmp_path / "_build")


def test_without_a_build_there_is_nothing_to_add(tmp_path):
    with pytest.raises(SystemExit, match="the book is not built"):
        step.main(tmp_path)


# --------------------------------------------------------------------------------------------------- the real book


def test_the_built_book_is_as_the_ledger_has_it(site):
    _, found = read(site / FILE)
    start = time.perf_counter()
    assert step.check(site, found) == []
    assert time.perf_counter() - start < 1
    assert [a.id for a in anchors.added(anchors.load(), found, "9.9.9")] == [a.id for a in anchors.load()]


def test_a_label_taken_from_the_built_book_is_missed(site, tmp_path):
    _, found = read(site / FILE)
    shutil.copytree(site / "chapters", tmp_path / "chapters")
    page = tmp_path / "chapters" / "figures.html"
    page.write_text(page.read_text(encoding="utf-8").replace('id="figures-detained"', 'id="x"'), encoding="utf-8")
    (tmp_path / "chapters" / "actors.html").unlink()
    missing = step.check(tmp_path, found)
    assert any("figures-detained is missing from chapters/figures" in line for line in missing)
    assert sum("the page chapters/actors is not in the book" in line for line in missing) == 1
