"""A number opens the words that it rests on: by mouse, touch and keyboard, in a small window, and without JavaScript."""

import gzip
import re

import pytest

from qantar.book.assets import STATIC
from qantar.book.evidence import block
from qantar.evidence import Places, payload

TOLL = '[data-evidence="F06"] a'
CARD = "#evidence-card"
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
LIMIT = 40_960  # bytes that all cards of a chapter may add to its page


def opened(page) -> bool:
    return page.locator(CARD).evaluate("card => card.matches(':popover-open')")


def test_a_click_shows_the_words_their_speaker_and_what_became_known(open_page):
    page = open_page("chapters/figures.html")
    page.locator(TOLL).first.click()
    card = page.locator(CARD)
    sentence = card.locator("blockquote p").first
    assert (sentence.get_attribute("lang"), sentence.get_attribute("dir")) == ("ar", "rtl")
    assert sentence.locator("mark").all_inner_texts() == ["164 شخصاً"]
    text = card.inner_text()
    assert "164 people had been killed" in text and "Ministry of Internal Affairs" in text and "announced" in text
    assert "retracted" in text and "238" in text and "9 January 2022" in text
    assert card.get_attribute("role") == "dialog" and card.get_attribute("aria-labelledby") == "evidence-title"


def test_it_is_opened_and_closed_by_keyboard_and_the_focus_comes_back(open_page):
    page = open_page("chapters/figures.html")
    page.locator(TOLL).first.focus()
    page.keyboard.press("Enter")
    assert opened(page) and page.evaluate("document.activeElement.id") == "evidence-card"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "evidence-close"
    page.keyboard.press("Escape")
    assert not opened(page) and page.evaluate("document.activeElement.closest('[data-evidence]').dataset.evidence") == "F06"


def test_the_button_and_a_click_beside_it_close_the_card(open_page):
    page = open_page("chapters/figures.html")
    page.locator(TOLL).first.click()
    page.get_by_role("button", name="Close").click()
    assert not opened(page)
    page.locator(TOLL).first.click()
    page.mouse.click(5, 5)
    assert not opened(page)


def test_a_tap_opens_it_within_a_small_window(open_page):
    page = open_page("chapters/figures.html", **PHONE)
    for name in ("F06", "F09", "figures.quantities", "C11"):
        page.locator(f'[data-evidence="{name}"] a').first.tap()
        box = page.locator(CARD).bounding_box()
        assert opened(page) and box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] >= 0 and box["y"] + box["height"] <= 640
        assert page.locator(CARD).evaluate("card => card.scrollWidth <= card.clientWidth"), name
        page.keyboard.press("Escape")


@pytest.mark.parametrize("size", [(1440, 900), (768, 500)])
def test_it_stays_within_a_larger_window_and_off_its_link(open_page, size):
    page = open_page("chapters/figures.html", viewport={"width": size[0], "height": size[1]})
    links = page.locator("[data-evidence] a")
    for number in range(0, links.count(), 5):
        links.nth(number).scroll_into_view_if_needed()
        links.nth(number).evaluate("link => link.click()")
        card = page.locator(CARD).bounding_box()
        first = links.nth(number).evaluate("link => { const r = link.getClientRects()[0]; return [r.left, r.top, r.right, r.bottom] }")
        assert card["x"] >= 0 and card["x"] + card["width"] <= size[0] and card["y"] >= 0 and card["y"] + card["height"] <= size[1]
        assert card["y"] >= first[3] or card["y"] + card["height"] <= first[1], links.nth(number).inner_text()
        page.keyboard.press("Escape")


def test_from_the_number_to_the_sentence_and_back(open_page):
    page = open_page("chapters/figures.html")
    page.locator(TOLL).first.click()
    page.get_by_role("link", name="Sentence s08 in the report").click()
    page.wait_for_url("**/report.html#s08")
    assert page.locator("#s08").is_visible()
    page.locator("#s08 summary", has_text="Used in").click()
    page.locator('#s08 a[href="figures.html#figures-finding"]').last.click()
    page.wait_for_url("**/figures.html#figures-finding")
    page.go_back()
    page.go_back()
    page.wait_for_url("**/figures.html")


def test_the_card_leads_to_the_row_the_code_and_the_other_places(open_page):
    page = open_page("chapters/figures.html")
    page.locator(TOLL).first.click()
    assert page.locator(CARD).get_by_role("link", name="Row F06 in the data").get_attribute("href") == "report.html#F06"
    assert "overview.html#overview-findings" in [a.get_attribute("href") for a in page.locator(f"{CARD} ul a").all()]
    page.keyboard.press("Escape")
    page.locator('[data-evidence="figures.quantities"] a').first.click()
    page.get_by_role("link", name="The code").click()
    line = page.url.rpartition("#")[2]
    assert "len(book.coding.figures)" in page.locator(f"#{line}").evaluate("anchor => (anchor.closest('span') || anchor.parentElement).innerText")


def test_without_javascript_every_link_arrives(open_page, site):
    page = open_page("chapters/figures.html", java_script_enabled=False)
    targets = {a.get_attribute("href") for a in page.locator("[data-evidence] a").all()}
    assert "report.html#s08" in targets and len(targets) > 30
    for target in targets:
        path, _, label = target.partition("#")
        text = (site / "chapters" / path).resolve().read_text(encoding="utf-8")
        assert re.search(rf'(id|name)="{re.escape(label)}"', text), target
    page.locator(TOLL).first.click()
    page.wait_for_url("**/report.html#s08")


def test_on_paper_the_sentence_stands_behind_the_number(open_page):
    page = open_page("chapters/figures.html")
    page.emulate_media(media="print")
    assert page.locator('[data-evidence="F06"]').first.evaluate("link => getComputedStyle(link, '::after').content") == '" [s08]"'
    assert page.locator('[data-evidence="F06"]').first.get_attribute("data-sentence") == "s08"


def test_nothing_is_fetched_and_it_takes_a_frame(open_page):
    page = open_page("chapters/codebook.html")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    links = page.locator("[data-evidence] a")
    times = [
        links.nth(number).evaluate("link => { const t = performance.now(); link.click(); document.body.offsetHeight; return performance.now() - t }")
        for number in range(0, 60, 3)
    ]
    assert not fetched and sorted(times)[len(times) // 2] < 16.7, times


def test_the_cards_of_no_chapter_are_heavy(site):
    sizes = {}
    for path in sorted((site / "chapters").glob("*.html")):
        found = re.search(r'<script type="application/json" id="qantar-evidence">.*?</script>', path.read_text(encoding="utf-8"), re.DOTALL)
        sizes[path.stem] = len(found[0].encode()) if found else 0
    assert len(sizes) > 10 and max(sizes.values()) <= LIMIT, sizes
    assert sum((STATIC / f"evidence.{kind}").stat().st_size for kind in ("js", "css")) < 20_000
    assert len(gzip.compress((STATIC / "evidence.js").read_bytes())) < 5_000


def test_hostile_text_is_shown_as_text(chromium, hostile, tmp_path):
    bad, name, text = hostile
    data = payload(bad, [name], Places(bad, ((name, "x"),)), lambda place: ("other.html", "x", text, text)) | {"pages": {"report": "r", "ledger": "l", "actors": "a"}}
    page_text = f'<!DOCTYPE html><meta charset="utf-8"><p><span data-evidence="{name}"><a href="#x">x</a></span></p>{block(data, "qantar-evidence")}<script src="evidence.js"></script>'
    (tmp_path / "page.html").write_text(page_text, encoding="utf-8")
    (tmp_path / "evidence.js").write_bytes((STATIC / "evidence.js").read_bytes())
    page = chromium.new_page()
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.goto((tmp_path / "page.html").as_uri())
    page.locator("a").first.click()
    card = page.locator(CARD)
    assert not said and not card.locator("script").count() and not card.locator("dd b").count()
    assert card.locator("mark").text_content() == text and text in card.locator("h2").text_content()
    assert text in card.locator("ul a").text_content()
    page.close()
