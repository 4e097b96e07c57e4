"""A book made by `qantar new` from a report of the validation set, in a real browser: from files and over HTTP."""

import functools
import http.server
import threading

import pytest
from newbook import build, new_book

PAGES = ("overview", "report", "events", "actors", "figures", "reactions", "voices", "method", "codebook", "data", "citing", "references")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A new book, built, with a sentence in a chapter that rests on rows, as its author would write it."""
    folder = new_book(tmp_path_factory.mktemp("new") / "book", "v03", title="Talks in the city")
    chapter = folder / "chapters" / "figures.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("(figures-reading)=", "It counts {claim}`F01.full` first.\n\n(figures-reading)=", 1), encoding="utf-8")
    build(folder, "-W", "--keep-going")
    return folder


@pytest.fixture(scope="module")
def served(book):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(book / "_build" / "html"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def page(chromium):
    context, faults = chromium.new_context(), []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("requestfailed", lambda request: faults.append(request.url))
    yield opened
    context.close()
    assert not faults, faults


@pytest.mark.parametrize("where", ["file", "http"])
def test_every_page_opens_and_says_that_nobody_checked_it(book, served, page, where):
    root = (book / "_build" / "html").as_uri() if where == "file" else served
    for name in PAGES:
        page.goto(f"{root}/chapters/{name}.html")
        banner = page.locator(".unchecked-rows")
        assert banner.is_visible() and "Unchecked machine reading" in banner.inner_text(), name
        assert page.locator("h1").first.is_visible()


def test_the_arabic_is_there_from_right_to_left(book, page):
    page.goto(f"{(book / '_build' / 'html').as_uri()}/chapters/report.html")
    sentence = page.locator("article.sentence p.ar").first
    raw = (book / "data/report/report.txt").read_text(encoding="utf-8")
    assert sentence.inner_text() in raw and sentence.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.evaluate("document.fonts.check('16px Amiri', 'ق')")


def test_a_card_says_that_its_row_is_unchecked(book, page):
    page.goto(f"{(book / '_build' / 'html').as_uri()}/chapters/figures.html")
    page.locator("[data-evidence=F01] a").click()
    card = page.locator("#evidence-card")
    assert card.is_visible() and "Unchecked machine reading" in card.inner_text()
    words = card.locator("blockquote [lang=ar] mark").inner_text()
    assert words and words in (book / "data/report/report.txt").read_text(encoding="utf-8")
    assert card.locator("blockquote p").count() == 1  # there is no translation, and no empty place for one


def test_a_sentence_opens_from_the_overview(book, page):
    page.goto(f"{(book / '_build' / 'html').as_uri()}/chapters/overview.html")
    page.locator("[data-evidence=s01] a").first.click()
    assert "s01" in page.locator("#evidence-card").inner_text()


def test_the_rows_of_the_report_are_marked_one_by_one(book, page):
    page.goto(f"{(book / '_build' / 'html').as_uri()}/chapters/report.html")
    rows = page.locator("ul.coding > li").count()
    assert rows and page.locator("ul.coding > li .unchecked").count() == rows


def test_the_search_finds_a_sentence(book, served, page):
    raw = (book / "data/report/report.txt").read_text(encoding="utf-8")
    word = max(raw.split(maxsplit=12)[:12], key=len).strip("،.؛:\"«»")
    page.goto(f"{served}/search.html?q={word}")
    page.locator("#search-results .found-sentence a").first.wait_for(timeout=15_000)


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window(book, page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for name in PAGES:
        page.goto(f"{(book / '_build' / 'html').as_uri()}/chapters/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
