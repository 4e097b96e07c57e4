"""The files to take along on the site: where they are, and the links of its pages to them.

The EPUB is made with the site. The PDF needs a browser, so that a site may be without it: in the places of its links there
are marks, and ``make pdf`` turns these into links.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from qantar.book.reprint import EPUB, PDF, ReprintError
from qantar.editions import own_pages
from qantar.export.files import write_file
from qantar.report import ReportError

FOLDER = "exports"
_ABSENT = re.compile(r'<span class="reprint-absent"(?P<hidden> hidden)? data-file="(?P<file>[^"]+)">(?P<text>.*?)</span>', re.DOTALL)


def absent(file: str, text: str, hidden: bool = False) -> str:
    """The mark in the place of a link to a file that may not be there; a hidden one does not show without the file."""
    return f'<span class="reprint-absent"{" hidden" if hidden else ""} data-file="{escape(file)}">{text}</span>'


def linked(page: str, file: str, depth: int) -> str:
    """The HTML of a page with its marks for a file turned into links; ``depth`` is the number of folders it lies in."""
    link = rf'<a class="download reference internal" href="{"../" * depth}{FOLDER}/{escape(file)}">\g<text></a>'
    return _ABSENT.sub(lambda found: found.expand(link) if found["file"] == file else found.group(), page)


def put(site: Path, file: str, content: bytes) -> Path:
    """Write a file into a built site and link to it from every page that has a mark for it, but those of editions."""
    target = site / FOLDER / file
    write_file(content, target)
    for page in own_pages(site):
        name = page.relative_to(site)
        before = page.read_text(encoding="utf-8")
        if (after := linked(before, file, len(name.parts) - 1)) != before:
            write_file(after.encode("utf-8"), page)
    return target


def _foot(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """A way from every page to the files."""
    if app.builder.name == "html":
        link = f'<a href="{"../" * page.count("/")}{FOLDER}/{EPUB}">The book as EPUB</a>'
        context["theme_extra_footer"] = (context.get("theme_extra_footer") or "") + f'<p class="along">{link} {absent(PDF, "The book as PDF", hidden=True)}</p>'


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    from qantar.book.reprint import epub  # draws the cover, which takes matplotlib
    from qantar.export import work
    from qantar.values import load_book

    try:
        write_file(epub.build(Path(app.outdir), load_book(), work.about()), Path(app.outdir) / FOLDER / EPUB)
    except (ReprintError, ReportError) as fault:
        raise ExtensionError(str(fault)) from fault


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after all pages, their faces and the other exports are in their place."""
    app.connect("html-page-context", _foot)
    app.connect("build-finished", _write, priority=920)
