"""Promises of the built site: Arabic is marked as Arabic, figures speak, tables have labels and data."""

import csv
import hashlib
import json
import re
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

ROOT = Path(__file__).parents[2]
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))
ARABIC = re.compile("[\u0620-\u064a]")
LABEL = re.compile(r"^\(([a-z0-9-]+)\)=$")


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def page(site, request) -> BeautifulSoup:
    return soup(site / "chapters" / f"{request.param}.html")


every_page = pytest.mark.parametrize("page", CHAPTERS, indirect=True)


@every_page
def test_ids_are_unique(page):
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)), [i for i in ids if ids.count(i) > 1]


@every_page
def test_arabic_is_marked_as_arabic(page):
    article = page.select_one("article.bd-article")
    for text in article.find_all(string=ARABIC):
        if text.find_parent(["pre", "code", "script", "style"]):
            continue
        home = text.find_parent(lang=True)
        assert home["lang"] == "ar", text


@every_page
def test_every_picture_says_what_it_shows(page):
    for image in page.select("article.bd-article img"):
        assert len(image.get("alt", "")) > 20 and ".svg" not in image["alt"], image


@every_page
def test_every_heading_has_its_own_label(page):
    for heading in page.select("article.bd-article section > :is(h1, h2, h3)"):
        assert not re.fullmatch(r"id\d+", heading.parent["id"]), heading


@every_page
def test_no_cell_failed_or_warned(page):
    assert not page.select(".stderr, .traceback")


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_heading_in_the_source_has_a_label_before_it(name):
    lines = (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8").split("\n")
    fenced = False
    for before, line in zip(["", *lines], lines, strict=False):
        fenced ^= line.startswith("```")
        if not fenced and re.match(r"#+ ", line):
            label = LABEL.match(before)
            assert label and label[1].startswith(name), line


@pytest.mark.parametrize("name", CHAPTERS)
def test_cells_are_short_and_define_nothing(name):
    text = (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8")
    for cell in re.findall(r"^```\{code-cell\}.*?\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        code = re.sub(r"\A---\n.*?^---\n", "", cell, flags=re.DOTALL | re.MULTILINE)
        lines = [line for line in code.split("\n") if line.strip() and not line.startswith(":")]
        assert len(lines) <= 12 and not re.search(r"^\s*(def|class|import re)\b|rcParams", code, re.MULTILINE), code


def test_the_front_page_leads_to_the_book(site):
    assert "chapters/overview.html" in (site / "index.html").read_text(encoding="utf-8")


def test_the_annotated_report_has_every_sentence_and_row(site, book):
    page = soup(site / "chapters" / "report.html")
    for sentence in book.report.sentences:
        target = page.find(id=sentence.id)
        shown = target.find_next(class_="sentence").select_one("p.ar")
        assert shown.get_text() == sentence.text and (shown["lang"], shown["dir"]) == ("ar", "rtl")
    assert not [row for table in book.coding.tables().values() for row in table["id"] if row[0].isupper() and not page.find(id=row)]


@every_page
def test_every_table_has_a_label_of_its_chapter(page, request):
    name = request.node.callspec.params["page"]
    for table in page.select("article.bd-article table"):
        labels = [tag["id"] for tag in [table, *table.parents] if tag.get("id", "").startswith("tab-")]
        assert labels and labels[0].startswith(f"tab-{name}-"), table


def test_no_two_tables_or_figures_of_the_book_share_a_label(site):
    labels = [tag["id"] for name in CHAPTERS for tag in soup(site / "chapters" / f"{name}.html").select('[id^="tab-"], [id^="fig-"]')]
    assert labels and len(labels) == len(set(labels)), [label for label in labels if labels.count(label) > 1]


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_shown_table_and_figure_in_the_source_has_a_label(name):
    text = (ROOT / "chapters" / f"{name}.md").read_text(encoding="utf-8")
    labels = re.findall(rf'label="(tab-{name}-[a-z0-9-]+)"\)$', text, re.MULTILINE)
    assert len(labels) == len(re.findall(r"^(?:show|faults\.listed)\(", text, re.MULTILINE)) == len(set(labels))
    assert len(re.findall(r"^\w+\.\w+_figure\(", text, re.MULTILINE)) == len(re.findall(rf"^    name: fig-{name}-[a-z0-9-]+$", text, re.MULTILINE))


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_foot_of_a_chapter_offers_all_that_its_receipt_names(site, name):
    foot = soup(site / "chapters" / f"{name}.html").select_one("article.bd-article footer.rerun")
    folder = site / "downloads" / name
    paper = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    offered = {Path(a["href"]).name for a in foot.select("a[download]")}
    assert offered == {path.name for path in folder.iterdir()} and {p["file"] for p in paper["products"]} < offered
    for product in paper["products"]:
        assert hashlib.sha256((folder / product["file"]).read_bytes()).hexdigest() == product["sha256"]
    assert paper["inputs"]["code"][:12] in foot.text and paper["inputs"]["chapter"][:12] in foot.text


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_data_of_a_table_have_its_rows(site, name):
    page = soup(site / "chapters" / f"{name}.html")
    for path in (site / "downloads" / name).glob("*.csv"):
        table = page.find(id=path.stem)
        table = table if table.name == "table" else table.table
        rows = [row for row in table.select("tbody > tr") if not row.find("th", scope="rowgroup")]
        with path.open(encoding="utf-8", newline="") as file:
            assert len(list(csv.DictReader(file))) == len(rows), path


def test_a_reference_to_a_table_arrives(site):
    from sphinx.util.inventory import InventoryFile

    with (site / "objects.inv").open("rb") as file:
        labels = InventoryFile.load(file, "", lambda base, uri: uri)["std:label"]
    assert labels["tab-figures-killed"][2:] == ("chapters/figures.html#tab-figures-killed", "Claims on the number of dead, by date")
