"""The labels of chapters, sections, figures and tables, found in the chapters as they are read.

``labels(env)`` has every public label of the book in its order, those of the data too.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from qantar import citation, values
from qantar.labels import FILE, Label, of_data, write

_TABLE = re.compile(r'<div [^>]*\bid="(tab-[a-z0-9-]+)".*?(?:<caption>(.*?)</caption>|<tbody)', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class LabelFirst(SphinxTransform):
    """The label of a section before the ID that its title gives it, so that contents and permalinks use the label."""

    default_priority = 262  # right behind the transform that gives sections their labels, and Sphinx's own sorting

    def apply(self, **kwargs: Any) -> None:
        explicit = _explicit(self.document)
        for section in self.document.findall(nodes.section):
            section["ids"].sort(key=lambda label: label not in explicit)


def _explicit(document: nodes.document) -> set[str | None]:
    return {document.nameids.get(name) for name, is_explicit in document.nametypes.items() if is_explicit}


def of_doctree(document: nodes.document, page: str) -> Iterator[Label]:
    """The labelled chapters, sections, figures and tables of a page, in its order."""
    explicit = _explicit(document)
    for node in document.findall(lambda n: isinstance(n, (nodes.section, nodes.figure, nodes.table, nodes.raw))):
        if isinstance(node, nodes.raw):
            for label, caption in _TABLE.findall(node.astext()):
                yield Label(label, "table", page, _text(html.unescape(_TAG.sub("", caption))))
            continue
        kind = "chapter" if isinstance(node.parent, nodes.document) else node.tagname
        title = next((child for child in node.children if isinstance(child, (nodes.title, nodes.caption))), None)
        if title is None and isinstance(node, nodes.table):  # a table of the text is what its section is about
            title = _heading(node)
        for label in node["ids"]:
            if label in explicit or label.startswith(("fig-", "tab-")):
                yield Label(label, kind, page, _text(title.astext()) if title else "")


def labels(env: BuildEnvironment) -> list[Label]:
    """Every public label of the book: those of its pages in the order of the contents, then those of its data."""
    found = getattr(env, "qantar_labels", {})
    root = env.config.root_doc
    order = [page for page in [root, *env.toctree_includes.get(root, [])] if page in found]
    pages = [*order, *sorted(set(found) - set(order))]
    return [label for page in pages for label in found[page]] + list(of_data(values.load_book()))


def _heading(node: nodes.Node) -> nodes.title | None:
    """The title of the section that a node is in."""
    while (node := node.parent) is not None:
        if isinstance(node, nodes.section):
            return next((child for child in node.children if isinstance(child, nodes.title)), None)
    return None


def _text(title: str) -> str:
    return " ".join(title.split())


def _collect(app: Sphinx, document: nodes.document) -> None:
    if not hasattr(app.env, "qantar_labels"):
        app.env.qantar_labels = {}
    app.env.qantar_labels[app.env.docname] = list(of_doctree(document, app.env.docname))


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    getattr(env, "qantar_labels", {}).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment) -> None:
    if not hasattr(env, "qantar_labels"):
        env.qantar_labels = {}
    env.qantar_labels |= {page: found for page, found in getattr(other, "qantar_labels", {}).items() if page in set(pages)}


def _write(app: Sphinx, error: Exception | None) -> None:
    """Leave the labels with the site, for the commands that ask for them."""
    if error is None and app.builder.name == "html":
        write(labels(app.env), citation.version(), Path(app.outdir) / FILE)


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after the figures of cells have got their names."""
    app.add_transform(LabelFirst)
    app.connect("doctree-read", _collect, priority=900)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("build-finished", _write)
