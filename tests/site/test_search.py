"""The search finds Arabic in any form and names in any spelling, and says so where it can not run."""

import csv
from pathlib import Path

import pytest

from qantar.spellings import skeleton, stem

QUERIES = [tuple(row.values()) for row in csv.DictReader(Path(__file__).with_name("queries.csv").open(encoding="utf-8"))]
DONE = "() => !['', 'Searching…'].includes(document.getElementById('search-status').textContent)"


@pytest.fixture(scope="module")
def results(chromium, address):
    """The addresses that a query finds on the page of the search, the query string taken off."""
    page = chromium.new_page()
    page.goto(f"{address}/search.html")

    def results_(query: str) -> list[str]:
        page.locator("form.search input").fill(query)
        page.locator("#search-status").evaluate("status => { status.textContent = '' }")
        page.locator("form.search button").click()
        page.wait_for_function(DONE)
        links = page.locator("#search-results a").evaluate_all("links => links.map(link => { const u = new URL(link.href); return u.pathname.split('/').pop() + u.hash })")
        return [*links, *(link.partition("#")[0] for link in links)]

    yield results_
    page.close()


def test_there_are_queries_enough():
    assert len(QUERIES) >= 60 and len(set(QUERIES)) == len(QUERIES)


@pytest.mark.parametrize(("query", "wanted"), QUERIES, ids=[f"{query}-{wanted}" for query, wanted in QUERIES])
def test_a_query_finds_what_it_must(results, query, wanted):
    assert wanted in results(query)


def test_nothing_is_found_for_what_is_not_there(results):
    assert results("zzzzqqqq") == []
    assert not [found for found in results("قسطنطينية") if "actor-" in found]  # the nearest name is not the name


def test_a_result_lands_on_the_sentence_with_its_words_marked(chromium, address):
    page = chromium.new_page()
    page.goto(f"{address}/search.html?q=احتجاج")
    page.wait_for_function(DONE)
    page.locator("#search-results .found-sentence a", has_text="s08").click()
    page.wait_for_url("**/report.html?mark=*#s08")
    assert page.locator("#s08 p.ar mark").all_inner_texts() == ["الاحتجاجات"] and page.locator("#s08").is_visible()
    page.close()


def test_the_page_turns_words_as_the_package_does(chromium, address, book):
    page = chromium.new_page()
    page.goto(f"{address}/search.html")
    forms = sorted({*book.words["form"], *book.words["lemma"]})
    assert page.evaluate("forms => forms.map(window.qantarSpellings.stem)", forms) == [stem(form) for form in forms]
    names = sorted({word for column in ("name_en", "name_ar", "name_kk", "name_ru") for name in book.coding.actors[column].dropna() for word in name.split()})
    assert page.evaluate("names => names.map(window.qantarSpellings.skeleton)", names) == [skeleton(name) for name in names]
    page.close()


def test_nothing_of_the_index_is_loaded_before_somebody_searches(chromium, address):
    page, asked = chromium.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/chapters/overview.html", wait_until="networkidle")
    assert not [url for url in asked if "pagefind" in url or "search" in url]
    page.close()


def test_from_a_folder_it_says_so_and_offers_the_lists(open_page, site, chromium):
    page = chromium.new_page()
    page.goto(f"{site.as_uri()}/search.html?q=164")
    page.wait_for_function(DONE)
    assert "does not run here" in page.locator("#search-status").inner_text()
    assert page.locator("#search-else a").first.is_visible()
    page.close()


def test_hostile_queries_are_shown_as_text(results, chromium, address):
    page, said = chromium.new_page(), []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto(f"{address}/search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20164")
    page.wait_for_function(DONE)
    assert not said and not page.locator("#search-results img").count()
    page.close()
