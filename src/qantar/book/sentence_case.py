"""A named result that begins a heading or a sentence begins with a capital: *Two readings*, where its value is *two*.

In a heading it is plain text: menus repeat headings as links, and a link can't hold another.
"""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

_BLOCKS = (nodes.title, nodes.paragraph, nodes.caption)
_ENDED = re.compile(r"(?:^|[.?!…][)\]\"'”’]*\s)\s*[(\[\"'“‘]*$")


def capitalise(block: nodes.Element) -> None:
    """Give a capital to every result in a block of text that stands at the beginning of it or of a sentence."""
    before = ""
    for text in list(block.findall(nodes.Text)):
        if text[:1].islower() and _ENDED.search(before) and _is_result(text, block):
            text.parent.replace(text, nodes.Text(text[0].upper() + text[1:]))
        before += text


def plain(title: nodes.Element) -> None:
    """Leave of every result in a heading its text alone."""
    for node in [node for node in title.findall(nodes.inline) if "value" in node["classes"]]:
        node.parent.replace(node, nodes.Text(node.astext()))


def _is_result(node: nodes.Node, block: nodes.Element) -> bool:
    while (node := node.parent) is not block:
        if "value" in node["classes"]:
            return True
    return False


class SentenceCase(SphinxTransform):
    """Runs before Sphinx collects the titles, so that menus and references have them as they are printed."""

    default_priority = 800

    def apply(self, **kwargs: object) -> None:
        for block in list(self.document.findall(lambda node: isinstance(node, _BLOCKS))):
            capitalise(block)
            if isinstance(block, nodes.title):
                plain(block)


def setup(app: Sphinx) -> None:
    """Register the transform with Sphinx."""
    app.add_transform(SentenceCase)
