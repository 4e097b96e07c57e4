"""What a page says of itself to search engines and to those who share it: description, address, card, feed."""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from qantar import citation
from qantar.book import cards, feed
from qantar.export import work

LENGTH = 160  # characters of a description that are shown elsewhere


def opening(doctree: nodes.document) -> str:
    """The first paragraph of a page's own prose as plain text, cut after a word."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            text = " ".join(paragraph.astext().split())
            return text if len(text) <= LENGTH else f"{text[:LENGTH].rpartition(' ')[0].rstrip(',;:')}…"
    return ""


def address(page: str = "") -> str:
    """The full address of a page or file of the site, empty while the book has no address."""
    base = work.address(citation.work())
    return base and base + page


def tags(page: str, title: str, description: str, root: str, card: str) -> str:
    """The tags as HTML. What needs a full address is left out while the book has none."""
    lines = [f'<link rel="alternate" type="application/atom+xml" title="Editions" href="{root}{feed.FILE}">']
    if description:
        lines.append(f'<meta name="description" content="{escape(description)}">')
    said = [("og:title", title), ("og:description", description), ("og:type", "article"), ("og:site_name", citation.work()["title"])]
    if here := address(f"{page}.html"):
        lines.append(f'<link rel="canonical" href="{escape(here)}">')
        said += [("og:url", here), *([("og:image", address(card)), ("og:image:alt", title)] if card else [])]
        lines.append('<meta name="twitter:card" content="summary_large_image">')
    lines += [f'<meta property="{name}" content="{escape(content)}">' for name, content in said if content]
    return "\n".join(["", *lines])


def _add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    title = nodes.Text(context.get("title") or "").astext()
    description = opening(doctree) if doctree else ""
    card = cards.name(page) if doctree else ""
    context["metatags"] = context.get("metatags", "") + tags(page, title, description or f"{title}: a page of {citation.work()['title']}", "../" * page.count("/"), card)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _add)
