"""Editions made, checked, and put into the site: ``make release``, ``make editions``, and a step of every build.

The build unpacks every edition into ``v/<version>/``, lists them in ``v/index.html`` and, for their own pages, in
``editions.js``. Nothing in an edition ever changes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from sphinx.application import Sphinx
from sphinx.util import logging

from qantar import citation
from qantar.archive import zip_bytes
from qantar.edition_pages import edition_files
from qantar.editions import PUBLISHED, VERSION, Edition, EditionError, changed_in_history, folder, load, manifest, number
from qantar.labels import FILE, Label, read
from qantar.paths import data_folder
from qantar.phrasing import date, mark_arabic, quantity

logger = logging.getLogger(__name__)

_HEADING = re.compile(r"^## \[(?P<version>[^\]]+)\](?: - (?P<date>\S+))?\s*$", re.MULTILINE)


# ----------------------------------------------------------------------------------------------------- a release


def notes(changelog: str) -> dict[str, tuple[str, str]]:
    """What the list of changes says of each version, as Markdown, with the date of its heading."""
    parts = list(_HEADING.finditer(changelog))
    ends = [part.start() for part in parts[1:]] + [len(changelog)]
    return {p["version"]: (p["date"] or "", changelog[p.end() : end].strip()) for p, end in zip(parts, ends, strict=False)}


def source(root: Path) -> dict[str, Any]:
    """What the edition is made from: the commit and its tree, or why that can't be said."""
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True).stdout.strip()

    try:
        if git("status", "--porcelain"):
            return {"commit": None, "note": "made from a working tree with changes that are in no commit"}
        return {"commit": git("rev-parse", "HEAD"), "tree": git("rev-parse", "HEAD^{tree}")}
    except (OSError, subprocess.CalledProcessError):
        return {"commit": None, "note": "made outside a git repository"}


def release(site: Path, labels: Sequence[Label], target: Path, about: Mapping[str, Any], changelog: str, made_from: Mapping[str, Any]) -> Edition:
    """The edition that a built site becomes, written into the folder ``target``; ``about`` is what CITATION.cff says.

    Raises ``EditionError``, with nothing written, if that version is released, not newer than the last, or without a
    heading in the list of changes.
    """
    version, day = str(about["version"]), str(about["date-released"])
    before = load(target)
    _check_release(version, day, before, changelog, labels, site)
    files = edition_files(site, version)
    named = {label.id: {"kind": label.kind, "page": label.page, "title": label.title} for label in labels}
    head = {"version": version, "date": day, "title": about["title"], "source": dict(made_from)}
    text = manifest(head, files, named, before[-1] if before else None)
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{version}.zip").write_bytes(zip_bytes(files, day))
    (target / f"{version}.json").write_text(text, encoding="utf-8")
    return Edition(version, target / f"{version}.json")


def _check_release(version: str, day: str, before: list[Edition], changelog: str, labels: Sequence[Label], site: Path) -> None:
    if not VERSION.fullmatch(version):
        raise EditionError(f"CITATION.cff: {version!r} is no version; write three numbers, such as 0.1.0")
    if any(edition.version == version for edition in before):
        raise EditionError(f"CITATION.cff: edition {version} is released already and never changes; set the version of the next one")
    if before and number(version) < number(before[-1].version):
        raise EditionError(f"CITATION.cff: version {version} is older than the last edition, {before[-1].version}; set a newer one")
    known = notes(changelog)
    if version not in known:
        raise EditionError(f"CHANGELOG.md: there is no heading for version {version}; write `## [{version}] - {day}` and under it what changed")
    if known[version][0] != day:
        raise EditionError(f"CHANGELOG.md: version {version} has the date {known[version][0] or 'none'}, CITATION.cff has {day}; make them the same")
    if not (site / "index.html").exists() or not labels:
        raise EditionError(f"{site}: there is no built book; run `make book`")


# ------------------------------------------------------------------------------------------------------ the site


def unpack(found: Sequence[Edition], site: Path) -> list[str]:
    """Every edition in its folder of a site, and the list for their pages; what is wrong, a line each.

    An edition that is not as published is left out.
    """
    lines, sound = [], []
    for edition in found:
        try:
            _write(edition, site / PUBLISHED / edition.version)
            sound.append(edition)
        except EditionError as error:
            lines.append(str(error))
    (site / "editions.js").write_text(script(sound), encoding="utf-8")
    return lines


def _write(edition: Edition, target: Path) -> None:
    for name, content in list(edition.contents()):
        path = target / name
        if not path.resolve().is_relative_to(target.resolve()):
            raise EditionError(f"{edition.zip}: {name} would be written outside of the edition; delete it")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def script(found: Sequence[Edition]) -> str:
    """The script that tells the pages of editions which there are, oldest first; of the newest also its pages."""
    listed: list[dict[str, Any]] = [{"version": e.version, "date": e.date, "day": date(e.date), "title": e.manifest["title"]} for e in found]
    if found:
        listed[-1] |= {"home": "index.html", "pages": found[-1].pages}
    return f"window.qantarEditions = {json.dumps(listed, ensure_ascii=False)};\n"


def overview(found: Sequence[Edition], changelog: str) -> str:
    """The list of the editions as HTML, newest first: version, day, link, and what changed."""
    known = notes(changelog)
    if not found:
        return "<h1>Editions</h1><p>No edition is published yet. When one is, it stays here as it was.</p>"
    entries = "".join(
        f'<section id="edition-{e.version.replace(".", "-")}"><h2><a href="{e.version}/index.html">Edition {e.version}</a></h2>'
        f"<p>{date(e.date)}. {mark_arabic(e.manifest['title'])}.</p>{_shown(known.get(e.version, ('', ''))[1])}</section>"
        for e in reversed(found)
    )
    return f"<h1>Editions</h1><p>Each edition stays here as it was published, with its own address. Cite the one that you have read.</p>{entries}"


def notes_as_html() -> dict[str, str]:
    """What the list of changes says of each version, as HTML."""
    return {version: _shown(text) for version, (_, text) in notes(_changelog()).items()}


def _shown(markdown: str) -> str:
    """Markdown as HTML; markup in it shows as text."""
    return MarkdownIt("commonmark", {"html": False}).render(markdown)


def _load(app: Sphinx) -> None:
    """The editions for the steps of the build; what is wrong with them is told at its end."""
    app.qantar_editions, app.qantar_edition_faults = [], []  # type: ignore[attr-defined]
    try:
        app.qantar_editions = load(folder())  # type: ignore[attr-defined]
    except EditionError as error:
        app.qantar_edition_faults = [str(error)]  # type: ignore[attr-defined]


def _changelog() -> str:
    file = data_folder().parent / "CHANGELOG.md"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _list(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        yield f"{PUBLISHED}/index", {"title": "Editions", "body": overview(app.qantar_editions, _changelog())}, "page.html"  # type: ignore[attr-defined]


def _footer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """A way from every page to the list of editions."""
    if app.builder.name == "html":
        link = f'<p class="editions-link"><a href="{"../" * page.count("/")}{PUBLISHED}/index.html">Editions</a></p>'
        context["theme_extra_footer"] = (context.get("theme_extra_footer") or "") + link


def _unpack(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    for line in app.qantar_edition_faults + unpack(app.qantar_editions, Path(app.outdir)):  # type: ignore[attr-defined]
        logger.warning("%s", line, type="qantar")


def setup(app: Sphinx) -> None:
    """Register with Sphinx; last of all, so that nothing touches what was unpacked."""
    app.connect("builder-inited", _load)
    app.connect("html-collect-pages", _list)
    app.connect("html-page-context", _footer)
    app.connect("build-finished", _unpack, priority=950)


# -------------------------------------------------------------------------------------------------- the commands


def main(command: str, build: Path = Path("_build")) -> str:
    """``release`` or ``verify``; the text that says what was done. Exits with one clear line where it can't be."""
    try:
        if command == "release":
            return _release(build)
        return verify(folder())
    except EditionError as error:
        sys.exit(str(error))


def verify(where: Path) -> str:
    """A line that says what was checked. Raises ``EditionError`` at the first edition that is not as it was published."""
    found = load(where)
    for edition in found:
        for _ in edition.contents():
            pass
    if altered := changed_in_history(where):
        raise EditionError(f"{where / altered[0]}: was changed or taken away after it was committed; take it from the repository's history")
    files = sum(len(edition.manifest["files"]) for edition in found)
    return f"{quantity(len(found), 'edition')}, {quantity(files, 'file')}: as published" if found else "no edition is published yet"


def _release(build: Path) -> str:
    root = data_folder().parent
    built, labels = read(build / "html" / FILE)
    if built and built != citation.version():
        raise EditionError(f"{build}: holds the book of version {built}, CITATION.cff says {citation.version()}; use `make release`, which builds it anew")
    made = release(build / "html", labels, folder(), citation.work(), _changelog(), source(root))
    size, commit = made.zip.stat().st_size, made.manifest["source"]["commit"]
    origin = f"commit {commit}" if commit else made.manifest["source"]["note"]
    return (
        f"Edition {made.version} of {date(made.date)}: {len(made.manifest['files'])} files, {len(made.manifest['labels'])} labels, "
        f"{size / 1e6:.1f} MB; {origin}.\nCommit data/editions/{made.zip.name} and {made.file.name}, then tag v{made.version}; neither file ever changes."
    )


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]) + "\n")
