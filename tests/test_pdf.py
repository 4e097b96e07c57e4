"""The book as a PDF, read as a stranger would: numbers that are right, Arabic that can be found, nothing cut off."""

import io
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from lxml import etree
from pypdf import PdfReader

from qantar.book.reprint import PDF, ReprintError, chapters, paper
from qantar.export import work

MARGIN = 19 / 25.4 * 72  # at the sides, in points
MARKS = re.compile("[\u064b-\u0652\u0670\u0640\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
HTML = "{http://www.w3.org/1999/xhtml}"


def needed(tool: str, why: str) -> str:
    """The path of a program; a skip where there is none, never in CI."""
    found = shutil.which(tool)
    if not found:
        assert "CI" not in os.environ, f"CI needs {tool}: {why}"
        pytest.skip(f"there is no {tool} on this machine: {why}")
    return found


@pytest.fixture(scope="module")
def browser() -> str:
    try:
        return paper.browser()
    except ReprintError as error:
        assert "CI" not in os.environ, error
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def pdf(site, book, browser, tmp_path_factory) -> Path:
    """The PDF of the site, as `make pdf` left it there or else made now."""
    if (site / "exports" / PDF).exists():
        return site / "exports" / PDF
    target = tmp_path_factory.mktemp("pdf") / PDF
    target.write_bytes(paper.build(site, book, work.about()))
    return target


@pytest.fixture(scope="module")
def reader(pdf) -> PdfReader:
    return PdfReader(pdf)


@pytest.fixture(scope="module")
def found(site) -> list[chapters.Chapter]:
    return chapters.read(site)


def pdftotext(pdf: Path, *options: str) -> str:
    program = needed("pdftotext", "it reads the PDF; Debian has it in poppler-utils")
    return subprocess.run([program, *options, pdf, "-"], capture_output=True, check=True).stdout.decode("utf-8")


@pytest.fixture(scope="module")
def text(pdf) -> list[str]:
    """The text of each page, as pdftotext reads it."""
    return pdftotext(pdf).split("\f")[:-1]


def plain(text: str) -> str:
    """Letters and digits alone: marks have their place on the page, and lines end where they must."""
    return "".join(c for c in MARKS.sub("", unicodedata.normalize("NFKC", text)) if c.isalnum())


def in_order(page: str) -> str:
    """The text of a page with its lines of Arabic from the first word to the last.

    On a page that is mostly English pdftotext writes the runs of such a line as they stand, from left to right, each
    between marks of direction; within a run letters and words are in their order.
    """
    lines = []
    for line in page.split("\n"):
        arabic = re.search("[\u0620-\u064a]", line) and not re.search("[A-Za-z]{4}", line)
        lines.append("".join(reversed(re.split("[\u202a-\u202c]", line))) if arabic else line)
    return "\n".join(lines)


def test_it_says_what_it_is(reader, pdf):
    about = work.about()
    assert reader.metadata.title == about["title"] and reader.metadata.author == "The Qantar contributors"
    assert reader.metadata["/CreationDate"] == reader.metadata["/ModDate"] == f"D:{str(about['date-released']).replace('-', '')}000000Z"
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.xmp_metadata.dc_title["x-default"] == about["title"] and set(reader.xmp_metadata.dc_language) == {"en", "ar"}
    assert pdf.stat().st_size < 10_000_000


def test_every_face_is_in_it_as_an_outline(reader):
    kinds = {}
    for page in reader.pages:
        for font in (font.get_object() for font in page["/Resources"].get("/Font", {}).values()):
            inner = font["/DescendantFonts"][0].get_object()
            kinds[inner["/BaseFont"]] = font["/Subtype"], "/FontFile2" in inner["/FontDescriptor"] or "/FontFile3" in inner["/FontDescriptor"]
    assert kinds and all(kind == ("/Type0", True) for kind in kinds.values()), kinds
    assert {"SourceSerif4Roman-Regular", "Amiri-Regular"} <= {name.rpartition("+")[2] for name in kinds}


def test_the_outline_has_chapters_and_sections(reader, found):
    top = {item.title: n for n, item in enumerate(reader.outline) if not isinstance(item, list)}
    for chapter in found:
        below = reader.outline[top[chapter.title] + 1]
        titles = [item.title for item in below if not isinstance(item, list)]
        assert [title for title in titles if title != "Notes"] == [title for _, title in chapter.sections], chapter.name


def test_the_contents_have_the_right_numbers(reader, pdf, found):
    listed: dict[str, list[int]] = {}
    for title, number in re.findall(r"^ *(\S.*?)  +(\d+)$", pdftotext(pdf, "-layout", "-f", "4", "-l", "8"), re.MULTILINE):
        listed.setdefault(title, []).append(int(number))
    pages: dict[str, list[int]] = {}
    for item in (item for entry in reader.outline for item in (entry if isinstance(entry, list) else [entry]) if not isinstance(item, list)):
        pages.setdefault(item.title, []).append(reader.get_destination_page_number(item) + 1)
    for chapter in found:
        for title in (chapter.title, *(title for _, title in chapter.sections)):
            assert set(listed[title]) <= set(pages[title]), title
    assert sum(len(numbers) for numbers in listed.values()) >= sum(1 + len(chapter.sections) for chapter in found)


def test_every_page_after_the_title_has_its_number(text):
    assert [n for n, page in enumerate(text, 1) if n > 3 and str(n) not in MARKS.sub("", page).split()] == []


def test_every_sentence_of_the_report_can_be_found_in_order(text, book):
    whole = plain("".join(in_order(page) for page in text))
    for sentence in book.report.sentences:
        assert plain(sentence.text) in whole, sentence.id


def test_every_note_is_printed(pdf, found):
    heads = "|".join(re.escape(name) for name in ("Qantar", *(chapter.title for chapter in found)))
    pages = enumerate(pdftotext(pdf, "-raw").split("\f"), 1)
    whole = plain("".join(re.sub(rf"^({n} ({heads})|({heads}) {n})$", "", page, flags=re.MULTILINE) for n, page in pages))
    for chapter in found:
        for note in chapter.body.iter("aside"):
            said = [plain(part)[:30] for part in note.itertext() if plain(part) and not re.search("[\u0600-\u06ff]", part)]
            assert all(part in whole for part in said), said


def test_nothing_is_cut_off(pdf):
    boxes = etree.fromstring(pdftotext(pdf, "-bbox").encode(), etree.XMLParser(recover=True))
    for number, page in enumerate(boxes.iter(f"{HTML}page"), 1):
        width, height = float(page.get("width")), float(page.get("height"))
        for word in page.iter(f"{HTML}word") if number > 1 else ():
            left, right, top, bottom = (float(word.get(side)) for side in ("xMin", "xMax", "yMin", "yMax"))
            assert left >= MARGIN - 4 and right <= width - MARGIN + 4 and top >= 0 and bottom <= height, (number, word.text)


def test_what_a_link_leads_to_has_a_name_in_the_file(reader, book):
    named = {name.removeprefix("/") for name in reader.named_destinations}
    assert {"figures-deaths", "chapter-figures", "F06", "C11", *(sentence.id for sentence in book.report.sentences)} <= named


def test_prints_differ_in_nothing_once_they_are_described(browser):
    page = '<html lang="en"><head><title>x</title></head><body><h1 id="a">x</h1><p lang="ar" dir="rtl">قال</p><a href="#a">y</a></body></html>'
    first, second = (paper.described(paper.printed(browser, page), work.about()) for _ in range(2))
    assert first == second and PdfReader(io.BytesIO(first)).metadata.title == work.about()["title"]


def test_the_same_label_in_two_chapters_leads_to_its_own(site):
    found = chapters.read(site)
    before = {chapter.name: {label for label in chapter.body.xpath(".//@id")} for chapter in found}
    assert set.intersection(before["figures"], before["events"])  # such as id1
    paper.make_unique(found)
    labels = [label for chapter in found for label in chapter.body.xpath(".//@id")]
    assert len(labels) == len(set(labels))
    targets = {link[1:] for chapter in found for link in chapter.body.xpath(".//a/@href") if link.startswith("#")}
    assert targets <= set(labels)


@pytest.mark.parametrize(("named", "said"), [("", "there is no Chromium or Chrome to print with"), ("/no/such/browser", "/no/such/browser: is no program")])
def test_without_a_browser_there_is_one_clear_line(site, monkeypatch, named, said):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CHROMIUM", named)
    with pytest.raises(SystemExit) as stopped:
        paper.main(str(site))
    assert str(stopped.value).startswith(said) and "\n" not in str(stopped.value)


def test_a_browser_that_fails_is_told_of(tmp_path):
    broken = tmp_path / "browser"
    broken.write_text("#!/bin/sh\necho it is broken >&2\n")
    broken.chmod(0o755)
    with pytest.raises(ReprintError, match="did not print the book: it is broken"):
        paper.printed(str(broken), "<p>x</p>")


def test_a_title_cannot_end_the_string_of_its_running_head():
    made = paper._string('Say "no" \\ </style>')
    assert made == '"Say \\22 no\\22  \\5c  \\3c /style>"'
