"""An edition is the site as it was, is proved to be so, and never changes."""

import json
import re
import subprocess
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlparse

import pytest
from bs4 import BeautifulSoup

from qantar.book import editions as book
from qantar.labels import FILE, Label, read, write
from qantar.edition_pages import as_edition, edition_files, needed
from qantar.editions import Edition, EditionError, changed_in_history, load

PAGE = '<!DOCTYPE html>\n<html lang="en">\n<head><title>X</title></head><body id="a">…<a href="../v/index.html">E</a></body></html>'
ABOUT = {"version": "0.1.0", "date-released": "2026-11-24", "title": "A “book”"}
CHANGES = "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n- More.\n\n## [0.1.0] - 2026-11-24\n\n### Added\n\n- All <b>of it</b>.\n"
LABEL = Label("a", "chapter", "c/x", "X")
NEXT = ABOUT | {"version": "0.2.0", "date-released": "2026-12-01"}


@pytest.fixture
def tiny(tmp_path) -> Path:
    """A built site of one page, with things that are no part of an edition."""
    made = {"index.html": '<meta http-equiv="Refresh" content="0; url=c/x.html" />', "c/x.html": PAGE, "_static/own.css": "", "_static/left.css": "",
            ".buildinfo": "x", "v/index.html": "x", "editions.js": "x", "_images/a.svg": "<svg/>"}
    for name, text in made.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "site"


def made(site: Path, target: Path, about: dict = ABOUT, changes: str = CHANGES) -> Edition:
    return book.release(site, [LABEL], target, about, changes, {"commit": "abc"})


# --------------------------------------------------------------------------------------------------------- pages


def test_a_page_says_which_edition_it_is_of():
    page = as_edition(PAGE, "0.1.0", 1)
    soup = BeautifulSoup(page, "html.parser")
    assert (soup.html["data-edition"], soup.html["lang"]) == ("0.1.0", "en")
    assert [(s["src"], s.has_attr("defer")) for s in soup.select("head script")] == [("../../../editions.js", True), ("../_static/edition.js", True)]
    assert soup.select_one("head link")["href"] == "../_static/edition.css"
    assert soup.a["href"] == "../../../v/index.html"


REWRITTEN = [
    ('<a href="v/0.1.0/x.html#a">', 0, '<a href="../../v/0.1.0/x.html#a">'),
    ('<a class="x" href="../v/">', 1, '<a class="x" href="../../../v/">'),
    ('<a href="v/x.html">', 1, '<a href="v/x.html">'),
    ('<a href="../c/v/x.html">', 1, '<a href="../c/v/x.html">'),
    ('<a href="https://example.org/v/">', 0, '<a href="https://example.org/v/">'),
    ("<p>href=\"v/0.1.0\" in prose</p>", 1, "<p>href=\"v/0.1.0\" in prose</p>"),
]


@pytest.mark.parametrize(("page", "depth", "expected"), REWRITTEN)
def test_links_to_other_editions_lead_out_and_others_stay(page, depth, expected):
    assert as_edition(page, "0.1.0", depth) == expected


def test_only_the_first_tags_are_the_page_s_own():
    page = as_edition(PAGE.replace("…", "<pre>&lt;html> &lt;/head></pre>"), '0.1.0"><script>', 0)
    assert page.count("data-edition") == 1 and 'data-edition="0.1.0&quot;&gt;&lt;script&gt;"' in page and page.count("editions.js") == 1


def test_what_nothing_names_is_left_out():
    files = {
        "x.html": b'<link href="_static/a.css?v=1"><script src="_static/b.js"></script>', "data.bin": b"", "_static/a.css": b"url(f/font.woff2)",
        "_static/f/font.woff2": b"", "_static/f/font.ttf": b"", "_static/b.js": b'import("./c.mjs"); fetch(base + "_static/parts/")',
        "_static/c.mjs": b"", "_static/parts/p1.json": b"", "_static/b.js.map": b"", "_static/left.html": b"left.css", "_static/left.css": b"",
        "_static/f/LICENSE.txt": b"",
    }  # fmt: skip
    assert set(files) - needed(files) == {"_static/f/font.ttf", "_static/b.js.map", "_static/left.html", "_static/left.css"}


# ------------------------------------------------------------------------------------------------------- releases


def test_an_edition_holds_the_site_and_says_what_it_holds(tiny, tmp_path):
    edition = made(tiny, tmp_path / "e")
    assert sorted(edition.manifest["files"]) == ["_images/a.svg", "_static/edition.css", "_static/edition.js", "c/x.html", "index.html"]
    assert edition.read("c/x.html").decode() == as_edition(PAGE, "0.1.0", 1)
    assert edition.manifest["labels"] == {"a": {"kind": "chapter", "page": "c/x", "title": "X"}}
    assert (edition.date, edition.manifest["previous"], edition.manifest["source"]) == ("2026-11-24", None, {"commit": "abc"})
    assert edition.pages == ["c/x.html", "index.html"]


def test_one_site_gives_the_same_bytes(tiny, tmp_path):
    first, second = made(tiny, tmp_path / "1"), made(tiny, tmp_path / "2")
    assert first.zip.read_bytes() == second.zip.read_bytes() and first.file.read_bytes() == second.file.read_bytes()


REFUSED = [
    (ABOUT, CHANGES, "CITATION.cff: edition 0.1.0 is released already"),
    (NEXT | {"version": "0.0.9"}, CHANGES, "CITATION.cff: version 0.0.9 is older than the last edition, 0.1.0"),
    (NEXT | {"version": "2"}, CHANGES, "CITATION.cff: '2' is no version"),
    (NEXT | {"version": "0.3.0"}, CHANGES, "CHANGELOG.md: there is no heading for version 0.3.0"),
    (NEXT | {"date-released": "2026-12-02"}, CHANGES, "CHANGELOG.md: version 0.2.0 has the date 2026-12-01, CITATION.cff has 2026-12-02"),
]


@pytest.mark.parametrize(("about", "changes", "message"), REFUSED)
def test_what_can_not_be_an_edition_is_refused_and_nothing_written(tiny, tmp_path, about, changes, message):
    made(tiny, tmp_path / "e")
    before = {path.name: path.read_bytes() for path in (tmp_path / "e").iterdir()}
    with pytest.raises(EditionError, match=re.escape(message)):
        made(tiny, tmp_path / "e", about, changes)
    assert {path.name: path.read_bytes() for path in (tmp_path / "e").iterdir()} == before


def test_a_book_that_is_not_built_is_no_edition(tmp_path):
    with pytest.raises(EditionError, match="there is no built book; run `make book`"):
        made(tmp_path / "nothing", tmp_path / "e")


def test_a_book_built_for_another_version_is_not_released(tmp_path, monkeypatch):
    write([LABEL], "9.9.9", tmp_path / "html" / FILE)
    with pytest.raises(SystemExit, match=r"holds the book of version 9\.9\.9, CITATION\.cff says"):
        book.main("release", tmp_path)


# ----------------------------------------------------------------------------------------------- nothing changes


@pytest.fixture
def two(tiny, tmp_path) -> Path:
    """A folder with two editions."""
    made(tiny, tmp_path / "e")
    made(tiny, tmp_path / "e", NEXT)
    return tmp_path / "e"


def rezip(file: Path, change) -> None:
    with zipfile.ZipFile(file) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def edit(file: Path, change) -> None:
    found = json.loads(file.read_text(encoding="utf-8"))
    change(found)
    file.write_text(json.dumps(found), encoding="utf-8")


TAMPERED = {
    "a page": (lambda e: rezip(e / "0.1.0.zip", lambda f: f.update({"c/x.html": b"other"})), "0.1.0.zip: c/x.html is not the file that the manifest names"),
    "a file more": (lambda e: rezip(e / "0.1.0.zip", lambda f: f.update({"more": b""})), "0.1.0.zip: more is not both in it and in the manifest"),
    "a file less": (lambda e: rezip(e / "0.1.0.zip", lambda f: f.pop("index.html")), "0.1.0.zip: index.html is not both in it and in the manifest"),
    "no archive": (lambda e: (e / "0.1.0.zip").write_bytes(b"x" * 99), "0.1.0.zip: can't be read"),
    "half an archive": (lambda e: (e / "0.1.0.zip").write_bytes((e / "0.1.0.zip").read_bytes()[:-40]), "0.1.0.zip: can't be read"),
    "an older manifest": (lambda e: edit(e / "0.1.0.json", lambda m: m.update(title="Other")), "0.1.0.json: has changed since edition 0.2.0"),
    "a sum": (lambda e: edit(e / "0.2.0.json", lambda m: m["files"].update({"c/x.html": "0" * 64})), "0.2.0.zip: c/x.html is not the file"),
    "the chain": (lambda e: edit(e / "0.2.0.json", lambda m: m.update(previous=None)), "0.2.0.json: the edition before it should be 0.1.0, and it names none"),
    "a version": (lambda e: edit(e / "0.2.0.json", lambda m: m.update(version="0.3.0")), "0.2.0.json: the manifest is of version 0.3.0, not 0.2.0"),
    "a part": (lambda e: edit(e / "0.2.0.json", lambda m: m.pop("labels")), "0.2.0.json: the manifest has no sound labels"),
    "a label": (lambda e: edit(e / "0.2.0.json", lambda m: m["labels"].update(b={})), "0.2.0.json: the manifest has no sound labels"),
    "no manifest": (lambda e: (e / "0.2.0.json").write_text("{"), "0.2.0.json: the manifest can't be read"),
    "half an edition": (lambda e: (e / "0.2.0.json").unlink(), "0.2.0.zip: has no 0.2.0.json beside it"),
    "an edition less": (lambda e: [path.unlink() for path in e.glob("0.1.0.*")], "0.2.0.json: the edition before it should be none, and it names 0.1.0"),
    "another name": (lambda e: (e / "0.2.0.zip").rename(e / "new.zip"), "0.2.0.json: has no 0.2.0.zip beside it"),
}


def test_editions_are_as_published(two):
    assert book.verify(two) == "2 editions, 10 files: as published"
    assert [edition.version for edition in load(two)] == ["0.1.0", "0.2.0"]


@pytest.mark.parametrize("case", TAMPERED)
def test_what_was_tampered_with_is_named(two, case):
    tamper, message = TAMPERED[case]
    tamper(two)
    with pytest.raises(EditionError) as error:
        book.verify(two)
    assert message in str(error.value) and "\n" not in str(error.value)


def test_versions_are_in_the_order_of_their_numbers(tiny, tmp_path):
    for version, day in (("0.9.0", "2026-11-24"), ("0.10.0", "2026-11-25")):
        made(tiny, tmp_path / "e", ABOUT | {"version": version, "date-released": day}, f"## [{version}] - {day}\n")
    assert [edition.version for edition in load(tmp_path / "e")] == ["0.9.0", "0.10.0"]


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words], cwd=folder, check=True, capture_output=True)


def test_an_edition_that_was_committed_never_changed(two, tiny):
    git(two.parent, "init", "-q", ".")
    git(two.parent, "add", "e")
    git(two.parent, "commit", "-qm", "Two editions")
    assert changed_in_history(two) == []
    made(tiny, two, ABOUT | {"version": "0.3.0"}, "## [0.3.0] - 2026-11-24\n")
    git(two.parent, "add", "e")
    git(two.parent, "commit", "-qm", "A third")
    assert changed_in_history(two) == []
    for path in two.glob("0.3.0.*"):
        path.unlink()
    assert changed_in_history(two) == ["0.3.0.json", "0.3.0.zip"]
    with pytest.raises(EditionError, match=r"0\.3\.0\.json: was changed or taken away after it was committed"):
        book.verify(two)
    git(two.parent, "add", "-A")
    git(two.parent, "commit", "-qm", "Take it away")
    made(tiny, two, ABOUT | {"version": "0.3.0", "title": "Other"}, "## [0.3.0] - 2026-11-24\n")
    git(two.parent, "add", "-A")
    git(two.parent, "commit", "-qm", "And make it anew")
    assert changed_in_history(two) == ["0.3.0.json", "0.3.0.zip"]


def test_the_editions_of_the_book_are_as_published():
    assert "as published" in book.verify(book.folder()) or not load(book.folder())


# ------------------------------------------------------------------------------------------------------- the site


def test_editions_are_unpacked_and_listed(two, tmp_path):
    site = tmp_path / "out"
    site.mkdir()
    assert book.unpack(load(two), site) == []
    assert (site / "v/0.1.0/c/x.html").read_text(encoding="utf-8") == as_edition(PAGE, "0.1.0", 1)
    listed = json.loads((site / "editions.js").read_text(encoding="utf-8").removeprefix("window.qantarEditions = ").removesuffix(";\n"))
    assert [(e["version"], e["day"], e["title"]) for e in listed] == [("0.1.0", "24 November 2026", "A “book”"), ("0.2.0", "1 December 2026", "A “book”")]
    assert "pages" not in listed[0] and listed[1]["pages"] == ["c/x.html", "index.html"]


def test_an_edition_that_is_not_as_published_is_told_and_left_out(two, tmp_path):
    rezip(two / "0.1.0.zip", lambda files: files.update({"c/x.html": b"other"}))
    (tmp_path / "out").mkdir()
    [line] = book.unpack(load(two), tmp_path / "out")
    assert "0.1.0.zip: c/x.html" in line and "0.1.0" not in (tmp_path / "out" / "editions.js").read_text()
    assert not (tmp_path / "out" / "v" / "0.1.0").exists()


def test_no_file_is_written_outside_of_an_edition(tiny, tmp_path):
    edition = made(tiny, tmp_path / "e")
    bad = {"../../evil.html": b"x"}
    rezip(edition.zip, lambda files: (files.clear(), files.update(bad)))
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    edit(edition.file, lambda m: m.update(files=dict.fromkeys(bad, digest)))
    (tmp_path / "out").mkdir()
    [line] = book.unpack(load(tmp_path / "e"), tmp_path / "out")
    assert "would be written outside" in line and not list(tmp_path.rglob("evil.html"))


def test_without_an_edition_all_works(tmp_path):
    assert load(tmp_path / "none") == [] and book.unpack([], tmp_path) == []
    assert (tmp_path / "editions.js").read_text() == "window.qantarEditions = [];\n"
    assert "No edition is published yet" in book.overview([], "") and book.verify(tmp_path / "none") == "no edition is published yet"


def test_the_list_of_editions_says_what_changed_and_shows_markup_as_text(two):
    page = BeautifulSoup(book.overview(load(two), CHANGES), "html.parser")
    assert [h.get_text() for h in page.select("h2")] == ["Edition 0.2.0", "Edition 0.1.0"]
    assert [a["href"] for a in page.select("h2 a")] == ["0.2.0/index.html", "0.1.0/index.html"]
    assert page.select("li")[1].get_text() == "All <b>of it</b>." and "24 November 2026" in page.get_text()


def test_the_list_of_changes_is_cut_at_its_headings():
    assert book.notes(CHANGES) == {"Unreleased": ("", ""), "0.2.0": ("2026-12-01", "- More."), "0.1.0": ("2026-11-24", "### Added\n\n- All <b>of it</b>.")}


# --------------------------------------------------------------------------------------------------- the real book


@pytest.fixture(scope="module")
def files(site) -> dict[str, bytes]:
    return edition_files(site, "7.7.7")


def local(page: str, address: str, files: dict[str, bytes]) -> str | None:
    """The file of an edition that an address in a file of it means; ``None`` if it leads to the site around or elsewhere."""
    parts = urlparse(address)
    if parts.scheme or parts.netloc or not parts.path:
        return None
    found: list[str] = page.split("/")[:-1]
    outside = 0
    for part in unquote(parts.path).split("/"):
        if part == ".." and found:
            found.pop()
        elif part == "..":
            outside += 1
        elif part not in ("", "."):
            found.append(part)
    if outside:
        assert outside == 2 and (found[0] == "v" or found == ["editions.js"]), f"{page}: {address}"
        return None
    return "/".join(found)


def test_every_link_of_an_edition_of_the_book_resolves_within_it(files):
    missing = []
    for name in files:
        if name.endswith(".html"):
            soup = BeautifulSoup(files[name], "lxml")
            addresses = [tag.get(key) for key in ("href", "src", "poster", "data") for tag in soup.select(f"[{key}]") if tag.name != "base"]
        elif name.endswith(".css"):
            addresses = [a.strip("\"'") for a in re.findall(r"url\(([^)]+)\)", files[name].decode("utf-8"))]
        else:
            continue
        missing += [(name, address) for address in addresses if (target := local(name, address, files)) is not None and target not in files]
    assert not missing


def test_every_page_of_an_edition_of_the_book_names_it_and_the_site_itself_none(site, files):
    pages = [name for name in files if name.endswith(".html") and name != "index.html"]
    assert len(pages) > 15 and all(b'data-edition="7.7.7"' in files[name] for name in pages)
    assert not [name for name in pages if b"data-edition=" in (site / name).read_bytes() or b"edition.js" in (site / name).read_bytes()]


def test_every_label_of_the_book_is_in_its_edition(site, files):
    version, labels = read(site / FILE)
    assert version and len(labels) > 700
    assert not [label for label in labels if f' id="{label.id}"'.encode() not in files[f"{label.page}.html"]]
