"""The files of a site that are no pages of the book: the way in, what robots are told, the map, the feed of editions.

A site map must have full addresses (sitemaps.org), so it is made where the book has one: ``url`` in ``CITATION.cff``, or
``BOOK_URL`` in the environment of the build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from qantar import citation
from qantar.book import concordance, feed
from qantar.book.head import address
from qantar.editions import PUBLISHED


def front(root: str, title: str) -> str:
    """The page at the top of the site, which leads on to the first of the book."""
    here = address(f"{root}.html")
    canonical = f'\n<link rel="canonical" href="{escape(here)}">' if here else ""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>{canonical}\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="description" content="{escape(title)}">\n<link rel="icon" href="data:,">\n'
        f'<meta http-equiv="refresh" content="0; url={root}.html">\n</head>\n'
        f'<body><main><h1><a href="{root}.html">{escape(title)}</a></h1></main></body>\n</html>\n'
    )


def robots() -> str:
    """What robots may read, which is everything, and where the map is."""
    found = address("sitemap.xml")
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {found}\n" if found else "")


def sitemap(pages: Iterable[str], changes: Mapping[str, str]) -> str:
    """The map of the site as XML (sitemaps.org, version 0.9); ``changes`` are days by page."""
    entries = "".join(
        f"<url><loc>{escape(address(f'{page}.html'))}</loc>{f'<lastmod>{changes[page]}</lastmod>' if page in changes else ''}</url>\n"
        for page in pages
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    from qantar.book.editions import notes_as_html  # here, for it is run as a program too

    site, about = Path(app.outdir), citation.work()
    files = {
        "index.html": front(app.config.root_doc, str(about["title"])),
        "robots.txt": robots(),
        feed.FILE: feed.atom(app.qantar_editions, notes_as_html(), about),  # type: ignore[attr-defined]
    }
    if address():
        pages = [*sorted(app.env.found_docs), concordance.PAGE, f"{PUBLISHED}/index"]
        files["sitemap.xml"] = sitemap(pages, app.qantar_changes)  # type: ignore[attr-defined]
    for name, text in files.items():
        (site / name).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", _write)
