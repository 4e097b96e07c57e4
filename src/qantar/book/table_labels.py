"""Tables can be pointed at: each has a label, which is its ``id`` on the page and a target of references.

A table made by a cell is HTML, of which Sphinx knows nothing; here its label is made known to it. A table without a
label, with one of another chapter, or with one that is taken, is a warning.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from docutils import nodes
from myst_nb.core.render import MimeData, MimeRenderPlugin, NbElementRenderer
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

_BOX = re.compile(r'<div class="table-scroll"(?: id="(?P<label>[^"]*)")?[^>]*><table[^>]*>(?:<caption>(?P<caption>.*?)</caption>)?', re.DOTALL)


class DataOfTables(MimeRenderPlugin):
    """Passes over the CSV in the output of a cell: pages show the table's HTML."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = ()

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        return [] if data.mime_type == "text/csv" else None


def tables(doctree: nodes.document) -> Iterator[tuple[nodes.Element, str, str]]:
    """Each table of a chapter: its node, its label (empty if it has none), its caption as plain text."""
    for node in doctree.findall(lambda n: isinstance(n, (nodes.raw, nodes.table))):
        if isinstance(node, nodes.table):
            labels = [name for name in node["ids"] if name.startswith("tab-")]
            title = next(iter(node.findall(nodes.title)), None)
            yield node, labels[0] if labels else "", title.astext() if title else ""
        elif "html" in node["format"]:
            for found in _BOX.finditer(node.astext()):
                caption = html.unescape(re.sub(r"<[^>]+>", "", found["caption"] or ""))
                yield node, found["label"] or "", caption


def problem(label: str, chapter: str, taken: bool) -> str:
    """What is wrong with the label of a table, in one line; an empty string if nothing is."""
    if not label:
        return f"a table has no label; tab-{chapter}-<what> would be one: show(..., label=\"...\"), or (...)= before a table of the text"
    if not label.startswith(f"tab-{chapter}-"):
        return f"the label {label!r} of a table does not begin with tab-{chapter}-, as those of this chapter do"
    return f"the label {label!r} is that of another table too" if taken else ""


def _register(app: Sphinx, doctree: nodes.document) -> None:
    docname = app.env.docname
    std = app.env.get_domain("std")
    seen: set[str] = set()
    for node, label, caption in tables(doctree):
        other = std.anonlabels.get(label, (docname, ""))[0] != docname
        if wrong := problem(label, docname.rpartition("/")[2], other or label in seen):
            logger.warning(wrong, location=node, type="qantar")
            continue
        seen.add(label)
        std.anonlabels[label] = docname, label
        if caption:
            std.labels[label] = docname, label, caption


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _register)
