"""Every part of every page can be cited where it stands, and what a page and its files give is one and the same."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import rispy
from bs4 import BeautifulSoup
from pybtex.database import parse_string

from qantar import citation, labels
from qantar.book import cite as pages
from qantar.book import page_metadata
from qantar.citation_formats import FILES, FORMATS, formatted
from qantar.citation_templates import Citations, fill
from qantar.cli import main
from qantar.labels import Label

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted(path.stem for path in (ROOT / "chapters").glob("*.md"))
LIMIT = 15_000  # bytes that a page may spend on its citations, the controls not counted


@cache
def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture
def page(site, request) -> BeautifulSoup:
    return soup(site / "chapters" / f"{request.param}.html")


@pytest.fixture(scope="session")
def built(site) -> dict[str, Label]:
    return {label.id: label for label in labels.read(site / labels.FILE)[1]}


every_page = pytest.mark.parametrize("page", CHAPTERS, indirect=True)


def cited(page: BeautifulSoup) -> list[str]:
    return [link["href"].removeprefix("../cite/").removesuffix(".html") for link in page.select("a.cite")]


def shown(data: dict, label: Label) -> dict[str, str]:
    """The texts that the script makes of the data of a page."""
    kind, title, *forms = data["labels"].get(label.id) or [label.kind, ""]
    forms = [*(forms[0] if forms else []), *[None] * len(FORMATS)]
    file = data["rows"].get(label.id.rstrip("0123456789"), "")
    return {
        form: forms[n][0] if isinstance(forms[n], list) else fill(data["templates"][kind][n], title if forms[n] is None else forms[n], label.id, file)
        for n, form in enumerate(FORMATS)
    }


# --------------------------------------------------------------------------------------------------- the pages


@every_page
def test_every_heading_figure_and_table_with_a_label_has_a_control(page):
    for heading in page.select("article section > :is(h1, h2, h3, h4)"):
        assert heading.select_one("a.cite")["href"] == f"../cite/{heading.parent['id']}.html"
    for part in page.select('article figure[id^="fig-"]'):
        assert part.select_one("figcaption a.cite")["href"] == f"../cite/{part['id']}.html"
    for part in page.select('article [id^="tab-"]'):
        assert f"../cite/{part['id']}.html" in [link["href"] for link in page.select("a.cite")], part["id"]


@every_page
def test_every_label_of_a_page_has_one_control_and_every_control_a_name(page, built, request):
    name = f"chapters/{request.node.callspec.params['page']}"
    assert sorted(cited(page)) == sorted(label.id for label in built.values() if label.page == name)
    for link in page.select("a.cite"):
        assert link.get_text() == "cite" and re.match(r"Cite: \S|Cite [A-Z]+\d+$", link["aria-label"])
        assert "…" not in link["aria-label"] and "\n" not in link["aria-label"]


def test_controls_stand_with_what_they_cite(site):
    report, ledger, actors = (soup(site / "chapters" / f"{name}.html") for name in ("report", "ledger", "actors"))
    assert report.find(id="s08").select_one("article > a.number + a.cite")["href"] == "../cite/s08.html"
    assert report.find(id="F06").select_one("li > a.cite:last-child")["href"] == "../cite/F06.html"
    assert ledger.find(id="C01").find_parent("td").select_one("a.cite")["href"] == "../cite/C01.html"
    assert actors.find(id="actor-tokayev").find_parent("dt").select_one("a.cite")["href"] == "../cite/actor-tokayev.html"


def test_a_label_in_no_place_known_has_its_control_before_it():
    label = Label("tab-x-y", "table", "x", "T")
    made = pages.with_controls('<p>a</p><div id="tab-x-y"><table><tbody></tbody></table></div>', {"tab-x-y": label}, "../")
    assert made == f'<p>a</p>{pages.control(label, "../")}<div id="tab-x-y"><table><tbody></tbody></table></div>'
    captioned = '<div class="table-scroll" id="tab-x-y"><table class="qantar"><caption>T <b>b</b></caption></table></div>'
    assert f"T <b>b</b> {pages.control(label, '../')}</caption>" in pages.with_controls(captioned, {"tab-x-y": label}, "../")


@every_page
def test_a_page_gives_what_the_files_give_and_in_little_space(page, built, site):
    block = page.find(id="qantar-cite")
    assert len(block.string.encode()) <= LIMIT
    data = json.loads(block.string)
    for name in cited(page):
        texts = shown(data, built[name])
        for form, ending in FILES.items():
            assert (site / "cite" / f"{name}.{ending}").read_text(encoding="utf-8") == f"{texts[form]}\n"
        static = soup(site / "cite" / f"{name}.html")
        assert [part.get_text() for part in static.select(".cite-text, pre")] == list(texts.values())


# --------------------------------------------------------------------------------------------------- the files


def test_every_label_has_its_page_and_files_and_they_can_be_read(site, built):
    folder = site / "cite"
    expected = {f"{name}.{ending}" for name in ["book", *built] for ending in ("html", *FILES.values())} | {"labels.json"}
    assert {path.name for path in folder.iterdir()} == expected
    assert len({name.casefold() for name in expected}) == len(expected), "some file systems do not tell A from a"
    for name in ["book", *built]:
        (key,) = parse_string((folder / f"{name}.bib").read_text(encoding="utf-8"), "bibtex").entries
        (record,) = rispy.loads((folder / f"{name}.ris").read_text(encoding="utf-8"))
        (item,) = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert key == record["id"] == item["id"] and record["title"] == item["title"], name
        assert name in (key, "book")


def test_the_files_give_the_reference_that_is_shown(site, built):
    for name in [*list(built)[::29], "figures-deaths", "s08", "F06", "actor-tokayev", "book"]:
        (item,) = json.loads((site / "cite" / f"{name}.json").read_text(encoding="utf-8"))
        texts = [part.get_text() for part in soup(site / "cite" / f"{name}.html").select(".cite-text")]
        assert texts == [formatted(item, "apa"), formatted(item, "chicago")]


def test_a_static_page_needs_no_script_and_leads_back(site, built):
    for name in [*list(built)[::97], "s08", "book"]:
        page = soup(site / "cite" / f"{name}.html")
        assert page.html["lang"] == "en" and page.html["dir"] == "ltr" and not page.select("script")
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        for link in page.select("a[href], link[href]"):
            target, _, fragment = link["href"].partition("#")
            assert (site / "cite" / target.split("?")[0]).resolve().exists(), link
            assert not fragment or soup((site / "cite" / target).resolve()).find(id=fragment), link
        for text in page.find_all(string=re.compile("[\u0620-\u064a]")):
            assert text.parent.name == "bdi" and (text.parent["lang"], text.parent["dir"]) == ("ar", "rtl")


def test_a_released_edition_is_where_a_citation_leads(monkeypatch):
    label = Label("figures-deaths", "section", "chapters/figures", "The dead")
    citations = Citations([label], citation.work())
    monkeypatch.setattr(citation, "released", lambda about: False)
    here = pages.data_for(citations, label.page, {label.id: label}, "../")
    assert (here["permalink"], here["address"]) == ("", "Address")
    monkeypatch.setattr(citation, "released", lambda about: True)
    version = citation.work()["version"]
    there = pages.data_for(citations, label.page, {label.id: label}, "../")
    assert (there["permalink"], there["address"]) == (f"../v/{version}/chapters/figures.html", "Permanent address")
    assert f'<a href="../v/{version}/chapters/figures.html#figures-deaths">' in pages.static_page(citations, label, "x", "y")
    citations.about = {**citations.about, "url": "https://example.org"}
    assert pages.data_for(citations, label.page, {}, "../")["permalink"] == f"https://example.org/v/{version}/chapters/figures.html"


# ------------------------------------------------------------------------------------------------- the command


@pytest.mark.parametrize("name", ["book", "figures", "figures-deaths", "fig-figures-killed", "s08", "F06", "C01", "actor-detained_5135"])
@pytest.mark.parametrize("style", FORMATS)
def test_the_command_prints_what_the_page_has(site, name, style, capsys):
    assert main(["cite", name, "--style", style]) == 0
    static = soup(site / "cite" / f"{name}.html")
    assert capsys.readouterr().out == static.select(".cite-text, pre")[FORMATS.index(style)].get_text() + "\n"


def test_the_command_lists_every_label(built, capsys):
    assert main(["cite", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "book\tbook\tthe whole book" and "figures-deaths\tsection\tThe dead" in lines
    assert [line.split("\t")[0] for line in lines[1:]] == list(built)


@pytest.mark.parametrize(("arguments", "complaint"), [
    (["figures-death"], "qantar: there is no label 'figures-death': near are figures-deaths"),
    (["qqqqqq\x1b[2J"], "qantar: there is no label 'qqqqqq\\x1b[2J': `qantar cite --list` lists them"),
    ([], "qantar: no label: name what to cite, or list the labels with --list"),
])
def test_a_wrong_label_gets_one_line(arguments, complaint, built, capsys):
    assert main(["cite", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == "" and err.count("\n") == 1 and err.startswith(complaint)


def test_the_command_needs_neither_sphinx_nor_the_data_for_a_chapter(built):
    import subprocess
    import sys

    code = "import sys, qantar.cli as c; c.main(['cite', 'figures-deaths']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {name.partition(".")[0] for name in done.stderr.split()} & {"sphinx", "docutils", "pandas", "pandera", "matplotlib"}


# ------------------------------------------------------------------------------------------------- metadata


def tags(page: BeautifulSoup) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag in page.select("head meta[name^=citation_]"):
        found.setdefault(tag["name"], []).append(tag["content"])
    return found


@every_page
def test_reference_managers_read_a_chapter_of_the_book(page, built, request):
    name = request.node.callspec.params["page"]
    found, about = tags(page), citation.work()
    expected = {
        "citation_author": [author["name"] for author in about["authors"]], "citation_language": ["en"],
        "citation_publication_date": [citation.day(about).replace("-", "/")], "citation_keywords": about["keywords"],
    }
    if name == "overview":
        expected["citation_title"] = [about["title"]]
    else:
        title = next(label.title for label in built.values() if label.kind == "chapter" and label.page == f"chapters/{name}")
        expected |= {"citation_title": [title], "citation_inbook_title": [about["title"]]}
    assert found == expected and not page.select(".Z3988")


@pytest.mark.parametrize("name", ["figures", "report"])
def test_a_public_reader_of_such_tags_finds_title_author_and_day(site, name):
    from trafilatura import extract_metadata

    found = extract_metadata((site / "chapters" / f"{name}.html").read_text(encoding="utf-8"))
    about = citation.work()
    assert found.title == tags(soup(site / "chapters" / f"{name}.html"))["citation_title"][0]
    assert about["authors"][0]["name"].lower() in found.author.lower() and found.date == citation.day(about)


def graph(page: BeautifulSoup):
    """The JSON-LD of a page as a graph; the context of schema.org stands in for itself, for nothing is fetched."""
    from rdflib import Graph

    data = json.loads(page.select_one('script[type="application/ld+json"]').string)
    assert data.pop("@context") == "https://schema.org"
    return Graph().parse(data=json.dumps({"@context": {"@vocab": "https://schema.org/"}} | data), format="json-ld", publicID="https://example.org/chapters/x.html")


@every_page
def test_search_engines_read_a_chapter_of_a_book(page, request):
    from rdflib import RDF, Literal, Namespace

    schema, found, about = Namespace("https://schema.org/"), graph(page), citation.work()
    (whole,) = found.subjects(RDF.type, schema.Book)
    assert found.value(whole, schema.name) == Literal(about["title"])
    part = whole
    if request.node.callspec.params["page"] != "overview":
        (part,) = found.subjects(RDF.type, schema.Chapter)
        assert found.value(part, schema.isPartOf) == whole and found.value(part, schema.name) == Literal(tags(page)["citation_title"][0])
    assert found.value(part, schema.version) == Literal(str(about["version"])) and found.value(part, schema.inLanguage) == Literal("en")
    assert found.value(found.value(part, schema.author), schema.name) == Literal(about["authors"][0]["name"])
    assert {str(licence) for licence in found.objects(part, schema.license)} == {f"https://spdx.org/licenses/{name}" for name in about["license"]}


def test_the_data_chapter_describes_a_data_set_whose_files_are_there(site):
    from rdflib import RDF, Namespace

    schema, found = Namespace("https://schema.org/"), graph(soup(site / "chapters" / "data.html"))
    (data,) = found.subjects(RDF.type, schema.Dataset)
    files = {str(found.value(file, schema.contentUrl)) for file in found.objects(data, schema.distribution)}
    assert len(files) > 20 and all((site / "chapters" / file).exists() for file in files)
    assert {str(found.value(file, schema.encodingFormat)) for file in found.objects(data, schema.distribution)} >= {"text/csv", "application/json"}


def test_an_address_and_a_doi_are_told_where_there_are_any(monkeypatch):
    monkeypatch.setattr(citation, "released", lambda about: False)
    about = citation.work() | {"url": "https://example.org", "doi": "10.5281/zenodo.1"}
    citations = Citations([Label("figures", "chapter", "chapters/figures", "Figures")], about)
    made = page_metadata.tags(citations, "chapters/figures", False, "")
    assert 'name="citation_public_url" content="https://example.org/chapters/figures.html#figures"' in made
    assert 'name="citation_doi" content="10.5281/zenodo.1"' in made
    assert page_metadata.tags(citations, "search", False, "") == ""
    citations.labels["data"] = Label("data", "chapter", "chapters/data", "Data")
    made = page_metadata.tags(citations, "chapters/data", False, '<a href="../_downloads/1/x.csv">')
    assert '"contentUrl":"https://example.org/_downloads/1/x.csv"' in made
