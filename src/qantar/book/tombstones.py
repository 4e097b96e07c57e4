"""A sign in the place of every label that is gone: what was there, since when it is gone, where its matter is now.

A page that has lost a label gets the sign at its end, with the label's id, so that an old link arrives; to a label that
moved, a script leads on. A page that is gone is written all the same, with nothing but the signs of its labels, and leads
on by itself where all of its matter is on one other page.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from qantar import anchors, citation, editions
from qantar.anchors import Anchor
from qantar.phrasing import mark_arabic
from qantar.problems import DataError

_Published = Mapping[str, Mapping[str, str]]  # version: {label: page}, oldest first


def sentence(anchor: Anchor, ledger: list[Anchor], published: _Published, version: str) -> str:
    """The sign for one label that is gone, as HTML; ``version`` is that of the book being built."""
    up = "../" * anchor.page.count("/")
    said = f"“{mark_arabic(anchor.title)}”" if anchor.title else html.escape(anchor.id)
    moved = ""
    target, last, since = anchors.successor(anchor, ledger), *_times(anchor, published, version)
    when = f" since edition {html.escape(since)}" if since else ""
    if target and target.id == anchor.id:
        moved = f' data-moved="{up}{html.escape(target.page)}.html#{html.escape(target.id)}"'
        text = f"The {anchor.kind} {said} stands on another page{when}: {_link(target, up)}."
    else:
        text = f"The {anchor.kind} {said} is gone{when}" + (f"; its matter is in {_link(target, up)}." if target else ".")
    note = f" {mark_arabic(anchor.note)}" if anchor.note else ""
    old = f' It still stands in <a href="{up}v/{last}/{anchor.page}.html#{anchor.id}">edition {last}</a>.' if last else ""
    return f'<p class="{anchors.TOMBSTONE}" id="{html.escape(anchor.id)}"{moved}>{text}{note}{old}</p>'


def _times(anchor: Anchor, published: _Published, version: str) -> tuple[str, str]:
    """The last edition that has the label on that page, and the first after it that has not; empty if none ever had it."""
    versions = list(published)
    having = [place for place, had in enumerate(versions) if published[had].get(anchor.id) == anchor.page]
    if not having:
        return "", ""
    later = [*versions, version]
    return versions[having[-1]], later[having[-1] + 1]


def _link(target: Anchor, up: str) -> str:
    return f'<a href="{up}{html.escape(target.page)}.html#{html.escape(target.id)}">{mark_arabic(target.title or target.id)}</a>'


def signs(page: str, ledger: list[Anchor], published: _Published, version: str) -> str:
    """The signs of a page as HTML, empty if it has lost nothing."""
    gone = [sentence(anchor, ledger, published, version) for anchor in ledger if anchor.status == "gone" and anchor.page == page]
    return f'<section class="tombstones" aria-label="What was here">{"".join(gone)}</section>' if gone else ""


def _load(app: Sphinx) -> None:
    """Keep the ledger and what was published for the pages to come; their faults are told at the end of the build."""
    try:
        app.qantar_ledger = anchors.load()  # type: ignore[attr-defined]
        app.qantar_published = {e.version: e.pages_of_labels for e in editions.load(editions.folder())}  # type: ignore[attr-defined]
    except (DataError, editions.EditionError):
        app.qantar_ledger, app.qantar_published = [], {}  # type: ignore[attr-defined]


def _signs(app: Sphinx, page: str) -> str:
    return signs(page, app.qantar_ledger, app.qantar_published, citation.version())  # type: ignore[attr-defined]


def _append(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if app.builder.name == "html" and page in app.env.found_docs and "body" in context:
        context["body"] += _signs(app, page)


def _stubs(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """A page for each that is gone as a whole."""
    if app.builder.name != "html":
        return
    gone = {a.page: a for a in reversed(app.qantar_ledger) if a.status == "gone" and a.page not in app.env.found_docs}  # type: ignore[attr-defined]
    for page, first in sorted(gone.items()):
        title = first.title or page
        to = {anchors.successor(a, app.qantar_ledger) for a in app.qantar_ledger if a.page == page}  # type: ignore[attr-defined]
        pages = {target.page if target else "" for target in to}
        refresh = f'<meta http-equiv="refresh" content="0; url={"../" * page.count("/")}{pages.pop()}.html">' if len(pages) == 1 and "" not in pages else ""
        yield page, {"metatags": refresh, "title": html.escape(title), "body": f"<h1>{mark_arabic(title)}</h1>{_signs(app, page)}"}, "page.html"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", _load)
    app.connect("html-page-context", _append, priority=900)
    app.connect("html-collect-pages", _stubs)
