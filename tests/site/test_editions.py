"""Promises of the pages of an edition in a browser: an old one tells of a newer one, and nothing breaks without the list."""

import shutil
from pathlib import Path

import pytest

from qantar.book.editions import release, unpack
from qantar.book.labels import Label
from qantar.editions import load

PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>X</title></head><body><a id="pst-skip-link" href="#main">Skip</a>'
    '<main id="main"><h1>X</h1><p id="F01">One.</p><p id="F02">Two.</p></main></body></html>'
)
LABELS = [Label("F01", "row", "c/x", "Row F01")]


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A site with two editions, the second without the page that the first also has."""
    folder = tmp_path_factory.mktemp("editions")
    built, out = folder / "built", folder / "out"
    (built / "c").mkdir(parents=True)
    out.mkdir()
    for name in ("index.html", "c/x.html", "c/old.html"):
        (built / name).write_text(PAGE, encoding="utf-8")
    for version, day in (("0.1.0", "2026-11-25"), ("0.2.0", "2026-12-01")):
        about = {"version": version, "date-released": day, "title": "X"}
        release(built, LABELS, folder / "editions", about, f"## [{version}] - {day}\n", {"commit": None})
        (built / "c/old.html").unlink(missing_ok=True)
    assert unpack(load(folder / "editions"), out) == []
    return out


def test_an_old_edition_tells_of_the_newest_and_leads_to_the_same_place(open_page):
    page = open_page("v/0.1.0/c/x.html#F01")
    bar = page.locator("aside.edition-bar")
    assert bar.inner_text() == "This is edition 0.1.0 of 25 November 2026. A newer one is 0.2.0."
    assert page.evaluate("document.documentElement.dataset.edition") == "0.1.0"
    assert page.evaluate("document.querySelector('.edition-bar').previousElementSibling.id") == "pst-skip-link"
    page.evaluate("location.hash = 'F02'")
    bar.get_by_role("link").click()
    assert page.url.endswith("/out/v/0.2.0/c/x.html#F02")


def test_a_page_that_the_newest_lacks_leads_to_its_front(open_page):
    page = open_page("v/0.1.0/c/old.html#F01")
    assert page.locator(".edition-bar a").get_attribute("href").endswith("/v/0.2.0/index.html")


def test_the_newest_edition_tells_of_nothing(open_page):
    page = open_page("v/0.2.0/c/x.html")
    page.wait_for_load_state()
    assert page.locator(".edition-bar").count() == 0 and page.evaluate("window.qantarEditions.length") == 2


@pytest.mark.parametrize("listed", [None, "", "window.qantarEditions = [];", "window.qantarEditions = 'x';"])
def test_without_a_list_there_is_no_bar_and_no_error(chromium, site, tmp_path, listed):
    shutil.copytree(site / "v", tmp_path / "v")
    if listed is not None:
        (tmp_path / "editions.js").write_text(listed)
    page, errors = chromium.new_page(), []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((tmp_path / "v/0.1.0/c/x.html").as_uri())
    page.wait_for_load_state()
    assert page.locator(".edition-bar").count() == 0 and page.locator("#F01").inner_text() == "One." and not errors
    page.close()
