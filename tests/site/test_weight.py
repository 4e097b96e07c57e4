"""What a visit costs: bytes and requests. Measured in a real browser over HTTP."""

import gzip
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlparse

import pytest

PAGES = sorted(path.stem for path in (Path(__file__).parents[2] / "chapters").glob("*.md"))


@dataclass(frozen=True)
class Visit:
    addresses: list[str]
    plain: int  # bytes as they are
    packed: int  # bytes with gzip, as servers send text


@pytest.fixture
def visit(chromium, address):
    """Visits pages one after the other in one fresh browser profile; what each brought over the line."""
    context, known = chromium.new_context(), set()

    def visit_(name: str) -> Visit:
        page, bodies = context.new_page(), []
        page.on("response", lambda response: None if response.url in known else bodies.append((response.url, response.body())))
        page.goto(f"{address}/{name}", wait_until="networkidle")
        for image in page.locator("img[loading=lazy]").all():
            image.scroll_into_view_if_needed()
        page.close()
        known.update(url for url, _ in bodies)  # the browser has them now
        texts = ("html", "css", "js", "svg")
        packed = [len(gzip.compress(body)) if urlparse(url).path.rpartition(".")[2] in texts else len(body) for url, body in bodies]
        return Visit([url for url, _ in bodies], sum(len(body) for _, body in bodies), sum(packed))

    yield visit_
    context.close()


# A chapter with one figure keeps to 150 kB packed and 400 kB plain. The report is longer: every word of it has a gloss, and
# every row of its coding a line.
@pytest.mark.parametrize("name, plain", [("overview", 400_000), ("report", 470_000), ("validation", 400_000), ("voices", 400_000), ("figures", 420_000)])
def test_a_first_visit_is_light(visit, name, plain):
    first, figures = visit(f"chapters/{name}.html"), (Path(__file__).parents[2] / f"chapters/{name}.md").read_text("utf-8").count("name: fig-")
    assert first.packed <= 150_000 + 15_000 * (figures - 1) and first.plain <= plain and len(first.addresses) <= 12, (first.packed, first.plain, first.addresses)


@pytest.mark.parametrize("name", ["report", "validation", "voices", "reactions", "codebook"])
def test_the_next_chapter_brings_little_more(visit, name):
    visit("chapters/overview.html")
    assert visit(f"chapters/{name}.html").packed <= 60_000


def test_the_choice_of_light_or_dark_is_kept_from_page_to_page(chromium, address):
    context = chromium.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(f"{address}/chapters/overview.html")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("button", name="Light or dark").click()
    dark = page.evaluate(colour)
    page.goto(f"{address}/chapters/figures.html")
    assert light != dark == page.evaluate(colour)
    context.close()


def test_the_policy_forbids_scripts_that_are_not_the_books(open_page, site):
    page = open_page("chapters/overview.html")
    assert "script-src 'self' 'sha256-" in page.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    for name in PAGES:
        text = (site / "chapters" / f"{name}.html").read_text(encoding="utf-8")
        assert " onclick=" not in text and " onload=" not in text and "document.write" not in text
