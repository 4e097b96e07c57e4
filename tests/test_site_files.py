"""What a site says of itself to machines: last changes, descriptions, full addresses, the map, the feed."""

import subprocess
import xml.etree.ElementTree as ET

import pytest
from docutils.frontend import get_default_settings
from docutils.utils import new_document
from docutils import nodes

from qantar import citation
from qantar.book import feed, head, history, not_found, site_files
from qantar.editions import folder, load
from qantar.labels import Label

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def published(monkeypatch):
    """The book as it is where it has an address."""
    about = dict(citation.work()) | {"url": "https://example.org/qantar/"}
    monkeypatch.setattr(citation, "work", lambda: about)


@pytest.fixture
def repository(tmp_path):
    def git(*words: str, day: str = "2026-01-02") -> None:
        when = f"{day}T12:00:00+00:00"
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words], cwd=tmp_path, check=True, capture_output=True,
                       env={"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(tmp_path)})

    git("init")
    (tmp_path / "chapters").mkdir()
    for name, day in (("a", "2026-01-02"), ("b", "2026-02-03"), ("a", "2026-03-04")):
        path = tmp_path / "chapters" / f"{name}.md"
        path.write_text(day, encoding="utf-8")
        git("add", ".")
        git("commit", "-m", day, day=day)
    return tmp_path


def test_the_last_change_of_a_page_is_that_of_its_source(repository):
    assert history.last_changes(repository) == {"chapters/a": "2026-03-04", "chapters/b": "2026-02-03"}


def test_without_a_whole_history_nothing_is_said(repository, tmp_path_factory):
    assert history.last_changes(tmp_path_factory.mktemp("bare")) == {}
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    subprocess.run(["git", "clone", "--depth", "1", f"file://{repository}", str(shallow)], check=True, capture_output=True)
    assert history.last_changes(shallow) == {}


def test_a_description_is_the_first_paragraph_of_the_prose_cut_after_a_word():
    page = new_document("x", get_default_settings())
    page += nodes.section("", nodes.title("", "T"), nodes.block_quote("", nodes.paragraph("", "Not this.")), nodes.paragraph("", "word " * 60))
    found = head.opening(page)
    assert found.startswith("word word") and found.endswith("word…") and len(found) <= head.LENGTH + 1


def test_full_addresses_are_left_out_while_the_book_has_none():
    tags = head.tags("chapters/x", 'A "title"', "What & why", "../", "cards/x.png")
    assert "og:url" not in tags and "canonical" not in tags and "og:image" not in tags
    assert 'href="../editions.atom"' in tags and 'content="What &amp; why"' in tags and "&quot;title&quot;" in tags
    assert "Sitemap" not in site_files.robots()


def test_a_published_page_names_its_address_and_its_card(published):
    tags = head.tags("chapters/x", "T", "D", "../", "cards/x.png")
    assert '<link rel="canonical" href="https://example.org/qantar/chapters/x.html">' in tags
    assert '<meta property="og:image" content="https://example.org/qantar/cards/x.png">' in tags
    assert "Sitemap: https://example.org/qantar/sitemap.xml" in site_files.robots()


def test_the_map_has_full_addresses_and_days_where_they_are_known(published):
    tree = ET.fromstring(site_files.sitemap(["chapters/a", "concordance"], {"chapters/a": "2026-03-04"}))
    assert [loc.text for loc in tree.findall("s:url/s:loc", MAP)] == ["https://example.org/qantar/chapters/a.html", "https://example.org/qantar/concordance.html"]
    assert [day.text for day in tree.findall("s:url/s:lastmod", MAP)] == ["2026-03-04"]


def test_the_feed_has_what_atom_asks_for_and_an_entry_an_edition(site):
    editions = load(folder())
    tree = ET.parse(site / feed.FILE).getroot()
    for element in ("title", "id", "updated", "author/a:name"):
        assert tree.find(f"a:{element}", ATOM).text
    entries = tree.findall("a:entry", ATOM)
    assert [entry.find("a:title", ATOM).text for entry in entries] == [f"Edition {edition.version}" for edition in reversed(editions)]
    names = [entry.find("a:id", ATOM).text for entry in entries]
    assert len(set(names)) == len(names) and all(name.startswith("urn:uuid:") for name in names)
    for entry in entries:
        assert (site / entry.find("a:link", ATOM).get("href")).is_file()
        assert entry.find("a:updated", ATOM).text.endswith("T00:00:00Z")


def test_an_identifier_in_the_feed_does_not_change_with_the_build():
    about = {"title": "X", "date-released": "2026-01-01", "authors": [{"name": "A"}]}
    assert feed.atom([], {}, about) == feed.atom([], {}, about)
    assert "urn:uuid:" in feed.atom([], {}, about)


def test_the_front_page_leads_on_without_a_script(site):
    assert 'http-equiv="refresh" content="0; url=chapters/overview.html"' in (site / "index.html").read_text(encoding="utf-8")


def test_titles_cannot_break_the_page_for_what_is_not_there():
    found = [Label("a", "chapter", "chapters/a", 'Say <b>"no"</b> & قال')]
    made = not_found.page(found, ["chapters"], 'A <i> & "b"', '/x"y/')
    assert "<b>" not in made.partition("<main>")[2].partition('<script type="application/json"')[0] and '<bdi lang="ar"' in made
    assert 'href="/x&#34;y/chapters/a.html"' in made and "A &lt;i&gt;" in made


def test_the_feed_has_authors_of_every_kind():
    about = {"title": "X", "date-released": "2026-01-01", "authors": [{"family-names": "Alpha"}, {"given-names": "B.", "name-particle": "van", "family-names": "C"}, {"name": "Body"}]}
    names = [name.text for name in ET.fromstring(feed.atom([], {}, about)).findall("a:author/a:name", ATOM)]
    assert names == ["Alpha", "B. van C", "Body"]
