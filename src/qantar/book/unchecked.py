"""A line at the head of every chapter as long as rows of the coding are an unchecked machine reading; then it is gone."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from qantar import values
from qantar.review.ledger import share_left

METHOD = "chapters/method"


def banner(left: int, rows: int, method: str) -> str:
    """The line as HTML; nothing if no row is left unchecked. ``method`` is the address of the chapter that says more, if any."""
    if not left:
        return ""
    return (
        f'<p class="unchecked-rows" role="note"><strong>Unchecked machine reading.</strong> {left:,} of {rows:,} rows of the coding were '
        f'written by a machine and have not been checked: numbers, names and tables on this page may be wrong. '
        + (f'<a href="{method}">Method</a></p>' if method else "</p>")
    )


def _add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if app.builder.format == "html" and doctree is not None and "body" in context:
        method = app.builder.get_relative_uri(page, METHOD) if METHOD in app.env.found_docs else ""
        context["body"] = banner(*share_left(values.load_book().review), method) + context["body"]


def setup(app: Sphinx) -> None:
    """Register with Sphinx; last of what changes the body, so that it stands first on the page."""
    app.connect("html-page-context", _add, priority=950)
