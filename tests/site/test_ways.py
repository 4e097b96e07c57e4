"""Finding the way: three ways of reading, the margin, contents that show where one is, what is not there, what moved."""

import functools
import http.server
import shutil
import threading

import pytest


WIDE = {"viewport": {"width": 1440, "height": 900}}


def shown(page, selector: str) -> int:
    return sum(item.is_visible() for item in page.locator(selector).all())


def test_the_switch_shows_the_story_alone_method_or_code(open_page):
    page = open_page("chapters/figures.html")
    state = lambda: (page.locator("#figures-reading").is_visible(), shown(page, "details.code"), shown(page, ".cell_input pre"))  # noqa: E731
    assert state() == (True, 0, 0)
    page.get_by_label("Story").check()
    assert state() == (False, 0, 0) and page.locator("#figures-deaths").is_visible()
    page.get_by_label("with code").check()
    cells = page.locator(".cell").count()
    assert state() == (True, cells, cells)


def test_the_choice_of_a_way_is_kept_and_the_keyboard_reaches_it(open_page):
    page = open_page("chapters/figures.html")
    page.get_by_label("with method").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".cell_input pre >> visible=true")
    page.wait_for_timeout(500)  # the browser hands what a page keeps to the next one's process in its own time
    page.goto(page.url.replace("figures", "events"))
    assert page.get_by_label("with code").is_checked() and shown(page, ".cell_input pre")
    assert page.evaluate("Object.keys(localStorage)") == ["reading"]


def test_without_scripts_each_fold_opens_by_hand(open_page):
    page = open_page("chapters/figures.html", java_script_enabled=False)
    assert not page.locator(".ways").is_visible() and page.locator("#figures-reading p").first.is_visible()
    code = page.locator("details.code").first
    assert not code.locator("pre").is_visible()
    code.locator("summary").click()
    assert code.locator("pre").is_visible()


def test_a_folded_table_says_what_it_holds(open_page):
    page = open_page("chapters/figures.html")
    fold = page.locator("details.table").first
    assert fold.locator("summary").inner_text() == "Table: Claims on the number of dead, by date"
    assert not fold.locator("table").is_visible()
    fold.locator("summary").click()
    assert fold.locator("table").is_visible()


def test_a_link_to_what_is_folded_or_left_out_shows_it(open_page):
    page = open_page("chapters/figures.html")
    page.get_by_label("Story").check()
    for name in ("figures-reading", "tab-figures-killed"):
        assert not page.locator(f"#{name}").is_visible()
        page.goto(f"{page.url.partition('#')[0]}#{name}")
        page.wait_for_selector(f"#{name}", state="visible", timeout=5000)


def test_the_margin_has_the_words_and_what_became_of_the_claim(open_page):
    page = open_page("chapters/figures.html", **WIDE)
    note = page.locator(".margin-note", has_text="164 شخصاً").first
    assert "s08 · retracted" in note.inner_text() and note.locator("bdi[lang=ar][dir=rtl]").count() == 1
    line = page.locator('#figures-finding [data-evidence="F06"]').first.bounding_box()
    assert abs(note.bounding_box()["y"] - line["y"]) < 30
    boxes = [item.bounding_box() for item in page.locator(".margin-note").all() if item.is_visible()]
    assert all(one["y"] + one["height"] <= two["y"] + 1 for one, two in zip(boxes, boxes[1:], strict=False))
    assert all(box["x"] + box["width"] <= 1440 for box in boxes)
    note.click()
    assert page.locator("#evidence-card").is_visible()


def test_a_narrow_window_has_no_margin(open_page):
    page = open_page("chapters/figures.html", viewport={"width": 1100, "height": 900})
    assert not shown(page, ".margin-note")


def test_the_contents_show_the_chapter_and_the_section_in_view(open_page):
    page = open_page("chapters/figures.html", **WIDE)
    assert page.locator('.contents [aria-current="page"]').inner_text() == "Figures"
    page.evaluate("document.getElementById('figures-damage').scrollIntoView()")
    page.wait_for_selector('.contents a[href="#figures-damage"][aria-current]')


def test_any_claim_is_two_clicks_from_the_overview(open_page, book):
    """One to a chapter, by the contents, and one on the claim."""
    page = open_page("chapters/overview.html", **WIDE)
    pages = set(page.locator(".contents a").evaluate_all("links => links.map(a => a.href.split('#')[0])"))
    reached = set()
    for address in sorted(pages):
        page.goto(address)
        reached |= set(page.locator("[data-evidence]").evaluate_all("found => found.map(e => e.dataset.evidence)"))
        reached |= set(page.locator("li[id], article.sentence").evaluate_all("found => found.map(e => e.id || e.parentElement.id)"))
    for table in ("figures", "events", "statements", "reactions", "dates"):
        assert set(getattr(book.coding, table)["id"]) <= reached, table


@pytest.fixture
def sub_path(site, tmp_path):
    """The site below a path of a server that shows 404.html for what is not there, as hosts of static pages do."""
    below = tmp_path / "some where" / "qantar"
    below.parent.mkdir()
    below.symlink_to(site, target_is_directory=True)

    class Host(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def send_error(self, code: int, *_: object, **__: object) -> None:
            text = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/some%20where/qantar"
    server.shutdown()


@pytest.mark.parametrize("asked, meant", [
    ("chapters/figure-deaths.html", "chapters/figures.html#figures-deaths"), ("cite/deep/er/reactions", "chapters/reactions.html#reactions"),
    ("voices", "chapters/voices.html#voices"),
])
def test_what_is_not_there_leads_back_from_any_depth(chromium, sub_path, asked, meant):
    page = chromium.new_page()
    assert page.goto(f"{sub_path}/{asked}").status == 404
    assert f"{sub_path}/{meant}" in page.locator("#near a").evaluate_all("links => links.map(a => a.href)")
    home = page.get_by_role("link", name="Qantar: one report, read closely").first
    assert home.evaluate("a => a.href") == f"{sub_path}/chapters/overview.html"
    home.click()
    assert page.locator("h1").inner_text().startswith("Qantar")
    page.close()


def test_what_moved_to_another_page_is_led_to(chromium, site, tmp_path):
    shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns("v", "cite", "downloads", "exports", "_downloads"))
    path = tmp_path / "site" / "chapters" / "citing.html"
    sign = '<p class="tombstone" id="figures-old" data-moved="figures.html#figures-deaths">The section stands on another page.</p>'
    path.write_text(path.read_text(encoding="utf-8").replace("</article>", sign + "</article>", 1), encoding="utf-8")
    page = chromium.new_page()
    page.goto(f"{path.as_uri()}#figures-old")
    page.wait_for_url("**/figures.html#figures-deaths")
    page.close()


