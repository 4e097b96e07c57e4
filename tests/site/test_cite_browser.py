"""The cite dialog in a real browser: opened by every means, copied from, closed, on a phone and without JavaScript."""

import json

import pytest
import rispy
from pybtex.database import parse_string

from qantar import citation
from qantar.citation_formats import formatted

# The address is that of the edition, once there is one of this version.
EDITION = f"v/{citation.work()['version']}/" if citation.released(citation.work()) else ""
ADDRESS = "Permanent address" if EDITION else "Address"
FORMATS = ["APA", "Chicago", "BibTeX", "RIS", "CSL-JSON", ADDRESS]


def control(page, label: str):
    return page.locator(f'a.cite[href$="/{label}.html"]')


def dialog(page):
    return page.get_by_role("dialog")


def copied(page, name: str) -> str:
    """What the button that copies a format puts into the clipboard."""
    page.get_by_role("button", name=f"Copy {name}").click()
    page.get_by_role("button", name=f"Copy {name}").get_by_text("Copied").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def opened(open_page):
    """Opens a page and the dialog of a label on it."""

    def open_(path: str, label: str, **settings):
        page = open_page(path, **settings)
        control(page, label).click()
        dialog(page).wait_for()
        return page

    return open_


def test_the_mouse_opens_it_and_the_button_closes_it(opened):
    page = opened("chapters/figures.html", "figures-deaths")
    assert [heading.text_content() for heading in dialog(page).locator("h3").all()] == FORMATS
    assert dialog(page).get_by_role("heading", level=2).text_content().endswith("The dead")
    assert page.locator("dialog").evaluate("box => document.getElementById(box.getAttribute('aria-labelledby')).textContent").endswith("The dead")
    dialog(page).get_by_role("button", name="Close").click()
    assert not dialog(page).is_visible()


def test_a_click_beside_it_closes_it(opened):
    page = opened("chapters/figures.html", "figures-deaths")
    page.mouse.click(5, 300)
    assert not dialog(page).is_visible()


def test_touch_opens_it(open_page):
    page = open_page("chapters/figures.html", has_touch=True, viewport={"width": 360, "height": 640})
    control(page, "fig-figures-killed").tap()
    assert dialog(page).is_visible()


def test_the_keyboard_opens_it_stays_in_it_and_returns(open_page):
    page = open_page("chapters/figures.html")
    opener = control(page, "figures-deaths")
    assert opener.get_attribute("aria-haspopup") == "dialog"
    opener.focus()
    page.keyboard.press("Enter")
    dialog(page).wait_for()
    for _ in range(30):  # more than it has stops
        assert page.evaluate("document.querySelector('dialog').contains(document.activeElement) || document.activeElement === document.body")
        page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not dialog(page).is_visible()
    assert opener.evaluate("link => link === document.activeElement")


@pytest.mark.parametrize(("path", "label"), [
    ("chapters/figures.html", "figures-deaths"), ("chapters/figures.html", "fig-figures-killed"), ("chapters/figures.html", "figures"),
    ("chapters/report.html", "s08"), ("chapters/ledger.html", "C01"), ("chapters/actors.html", "actor-bandits_terrorists"),
])
def test_what_is_copied_can_be_read_and_is_what_the_files_have(opened, site, path, label):
    page = opened(path, label, permissions=["clipboard-read", "clipboard-write"])
    apa, bibtex, ris, csl = (copied(page, name) for name in ("APA", "BibTeX", "RIS", "CSL-JSON"))
    shown = dialog(page).locator(".cite-text").first.text_content()
    (key,) = parse_string(bibtex, "bibtex").entries
    (record,) = rispy.loads(ris)
    (item,) = json.loads(csl)
    assert key == record["id"] == item["id"] == label
    assert formatted(item, "apa") == shown == apa
    assert formatted(item, "chicago") == copied(page, "Chicago")
    for text, ending in ((bibtex, "bib"), (ris, "ris"), (csl, "json")):
        assert (site / "cite" / f"{label}.{ending}").read_text(encoding="utf-8") == f"{text}\n"
    assert copied(page, ADDRESS) == f"{site.as_uri()}/{EDITION}{path}#{label}"


def test_copying_works_without_the_clipboard_of_secure_pages(opened):
    page = opened("chapters/report.html", "s08", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("navigator.clipboard.writeText('before')")
    page.evaluate("Object.defineProperty(navigator.clipboard, 'writeText', {value: () => Promise.reject(new Error('no'))})")
    assert copied(page, "BibTeX").startswith("@misc{s08,")
    assert page.get_by_role("button", name="Copy BibTeX").evaluate("button => button === document.activeElement")


def test_where_nothing_can_be_copied_the_text_is_selected(opened):
    page = opened("chapters/report.html", "s08")
    page.evaluate("Object.defineProperty(navigator.clipboard, 'writeText', {value: () => Promise.reject(new Error('no'))})")
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy BibTeX").click()
    page.get_by_role("button", name="Copy BibTeX").get_by_text("Selected").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("@misc{s08,")


def test_opening_requests_nothing_and_the_files_are_there(opened, site):
    page = opened("chapters/report.html", "s08")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.keyboard.press("Escape")
    control(page, "s09").click()
    dialog(page).wait_for()
    assert not asked
    links = [link.evaluate("link => link.href") for link in dialog(page).locator("a").all()]
    assert links == [f"{site.as_uri()}/cite/{name}" for name in ("s09.bib", "s09.ris", "s09.json", "s09.html", "book.html")]


@pytest.mark.parametrize("label", ["figures-deaths", "fig-figures-killed"])
def test_it_stays_within_the_window_of_a_phone(opened, label):
    page = opened("chapters/figures.html", label, viewport={"width": 360, "height": 640})
    for summary in dialog(page).locator("summary").all():
        summary.click()
    box = page.locator("dialog").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] >= 0 and box["y"] + box["height"] <= 640
    assert page.locator(".cite-sheet").evaluate("sheet => sheet.scrollWidth <= sheet.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= 360")
    dialog(page).get_by_role("link", name="Cite the whole book").scroll_into_view_if_needed()
    assert dialog(page).get_by_role("button", name="Close").is_visible()


def test_arabic_is_marked_as_arabic(opened):
    page = opened("chapters/report.html", "s08")
    assert dialog(page).locator('.cite-text bdi[lang="ar"][dir="rtl"]').first.text_content() == "عربي بوست"


@pytest.mark.parametrize("title", ["<img src=x onerror=alert(1)></script>", "$& $1 $$ \\1", "x \ue002 \ue003 y", "\u202e{}\"'%"])
def test_a_hostile_title_is_text(open_page, title):
    page = open_page("chapters/figures.html")
    page.locator("#qantar-cite").evaluate(
        "(block, title) => { const data = JSON.parse(block.textContent); data.labels['figures-deaths'] = ['section', title]; block.textContent = JSON.stringify(data); }",
        title,
    )
    control(page, "figures-deaths").click()
    assert dialog(page).locator("h2").text_content().endswith(title) and dialog(page).locator("img, script").count() == 0
    apa = dialog(page).locator(".cite-text").first.text_content()
    assert f"). {title} [Section figures-deaths of the chapter" in apa


@pytest.mark.parametrize(("path", "labels"), [("chapters/figures.html", ["figures", "figures-deaths", "fig-figures-killed"]), ("chapters/ledger.html", ["C01"]),
                                              ("chapters/report.html", ["s08"]), ("chapters/actors.html", ["actor-tokayev"])])
def test_a_control_is_seen_and_large_enough(open_page, path, labels):
    page = open_page(path, viewport={"width": 360, "height": 640})
    for label in labels:
        box = control(page, label).bounding_box()
        assert box["width"] >= 24 and box["height"] >= 24, label
        assert control(page, label).evaluate("link => getComputedStyle(link).opacity") == "1"


def test_without_javascript_the_control_leads_to_a_page_with_all(open_page):
    page = open_page("chapters/figures.html", java_script_enabled=False)
    control(page, "figures-deaths").click()
    page.wait_for_url("**/cite/figures-deaths.html")
    assert [heading.text_content() for heading in page.locator("h2").all()] == FORMATS
    assert page.get_by_text("@incollection{figures-deaths,").is_visible()
    page.get_by_role("link", name="The dead").click()
    page.wait_for_url("**/chapters/figures.html#figures-deaths")


def test_a_click_with_a_key_held_is_left_to_the_browser(open_page):
    page = open_page("chapters/figures.html")
    with page.context.expect_page() as other:
        control(page, "figures-deaths").click(modifiers=["ControlOrMeta"])
    assert other.value.url.endswith("/cite/figures-deaths.html") and not dialog(page).is_visible()
