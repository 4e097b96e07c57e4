"""Nothing that axe-core knows to be in the way of a reader: on every page, in light and dark, on a desk and a phone."""

from pathlib import Path

import axe_playwright_python
import pytest

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PAGES = [f"chapters/{path.stem}.html" for path in sorted((Path(__file__).parents[2] / "chapters").glob("*.md"))] + ["concordance.html", "cite/F06.html", "cite/figures-deaths.html", "search.html", "404.html", "v/index.html", "code/figures.html"]
RUN = '() => axe.run(document, {resultTypes: ["violations"]})'


def faults(page) -> list[tuple[str, str]]:
    page.evaluate(AXE)
    return [(found["id"], node["html"][:200]) for found in page.evaluate(RUN)["violations"] for node in found["nodes"]]


@pytest.fixture(params=["light", "dark"])
def window(request, chromium, site):
    """Opens pages of the site in a window of some width, in light or dark."""
    contexts = []

    def window_(path: str, width: int):
        # axe is no script of the book's, so that its policy would not let it in.
        context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=request.param, bypass_csp=True)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site.as_uri()}/{path}")
        return page

    yield window_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_in_the_way(window, path, width):
    assert not faults(window(path, width))


def test_nor_in_a_card(window):
    page = window("chapters/figures.html", 360)
    page.locator('[data-evidence="F06"] a').first.click()
    assert not faults(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_every_window_a_small_one_and_a_large_magnification_too(open_page, path):
    page = open_page(path, viewport={"width": 320, "height": 640})
    for width in (320, 660, 768, 930, 1024, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), width


def test_everything_is_reached_by_keyboard_in_the_order_of_the_page(open_page):
    page = open_page("chapters/figures.html", viewport={"width": 1440, "height": 900})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_nothing_on_a_page_moves_by_itself(open_page):
    page = open_page("chapters/figures.html")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0 }).length"
    assert page.evaluate(moving) == 0
