"""Three ways of reading a chapter: the story alone, with method, with code.

Each cell's code, each table that the chapter folds, and each section on method stands in a disclosure of HTML. These work
by themselves; where scripts run, the switch below the title shows and hides them all, and keeps the choice.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

METHOD = "-reading"  # how the label of a section ends that says how the chapter reads the text
_HTML = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
_TAG = re.compile(r"<a class=\"cite\".*?</a>|<[^>]+>", re.DOTALL)


class Fold(nodes.General, nodes.Element):
    """A disclosure: ``part`` is what it holds (code, table, method), ``title`` its line."""


def _open(self: HTML5Translator, node: Fold) -> None:
    shown = " open" if node["part"] == "method" else ""
    self.body.append(f'<details class="fold {node["part"]}"{shown}><summary>{escape(node["title"])}</summary>\n')


def _close(self: HTML5Translator, node: Fold) -> None:
    self.body.append("</details>\n")


def caption(node: nodes.Node) -> str:
    """The caption of the first table in the output of a cell, as plain text; empty if there is none."""
    for raw in node.findall(nodes.raw):
        if found := _HTML.search(raw.astext()):
            return " ".join(unescape(_TAG.sub("", found[1])).split())
    return ""


class FoldChapters(SphinxPostTransform):
    """Put what is not the story into disclosures, in pages alone; done before MyST-NB would hide what cells' tags name."""

    default_priority = 198
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Fold the page."""
        for cell in list(self.document.findall(nodes.container)):
            if cell.get("nb_element") == "cell_code":
                self._fold(cell)
        for section in list(self.document.findall(nodes.section)):
            if any(name.endswith(METHOD) for name in section["ids"]):
                section[1:] = [Fold("", *section.children[1:], part="method", title="Method")]

    def _fold(self, cell: nodes.container) -> None:
        hidden = cell.attributes.pop("hide_mode", None) or ""
        for child in list(cell.children):
            element = child.get("nb_element")
            if element == "cell_code_source":
                cell.replace(child, Fold("", child, part="code", title="Code"))
            elif element == "cell_code_output" and "output" in hidden:
                title = caption(child)
                cell.replace(child, Fold("", child, part="table", title=f"Table: {title}" if title else "Output"))


def _offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the switch below the title of a page that has something to fold."""
    parts = {fold["part"] for fold in doctree.findall(Fold)} if doctree else set()
    context["qantar_ways"] = [
        ("story", "Story"), *([("method", "with method")] if "method" in parts else []), *([("code", "with code")] if "code" in parts else []),
    ] if parts & {"method", "code"} else []


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(Fold, html=(_open, _close))
    app.add_post_transform(FoldChapters)
    app.connect("html-page-context", _offer)
