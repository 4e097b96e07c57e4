"""What can be cited: every public label of the book, with its kind, its page and its title.

Labels of chapters, sections, figures and tables are found in the chapters as they are read; sentences, rows and actors
come from the data. ``labels(env)`` has them all, in the order of the book.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from qantar import values
from qantar.annotations import LAYERS

KINDS = ("chapter", "section", "figure", "table", "sentence", "row", "actor")

_TABLE = re.compile(r'<div [^>]*\bid="(tab-[a-z0-9-]+)".*?(?:<caption>(.*?)</caption>|<tbody)', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, order=True)
class Label:
    """A public label: ``kind`` is one of ``KINDS``, ``page`` a document such as ``chapters/events``."""

    id: str
    kind: str
    page: str
    title: str
    table: str = ""  # of a row: the table that it is in, as datapackage.json calls it


def of_doctree(document: nodes.document, page: str) -> Iterator[Label]:
    """The labelled chapters, sections, figures and tables of a page, in its order."""
    explicit = {document.nameids.get(name) for name, is_explicit in document.nametypes.items() if is_explicit}
    for node in document.findall(lambda n: isinstance(n, (nodes.section, nodes.figure, nodes.table, nodes.raw))):
        if isinstance(node, nodes.raw):
            for label, caption in _TABLE.findall(node.astext()):
                yield Label(label, "table", page, _text(html.unescape(_TAG.sub("", caption))))
            continue
        kind = "chapter" if isinstance(node.parent, nodes.document) else node.tagname
        title = next((child for child in node.children if isinstance(child, (nodes.title, nodes.caption))), None)
        for label in node["ids"]:
            if label in explicit or label.startswith(("fig-", "tab-")):
                yield Label(label, kind, page, _text(title.astext()) if title else "")


def of_data(book: values.Book) -> Iterator[Label]:
    """The sentences of the report, the rows of the coding and of the later record, and the actors."""
    for sentence in book.report.sentences:
        yield Label(sentence.id, "sentence", "chapters/report", f"Sentence {sentence.id}")
    for layer in LAYERS:
        table = getattr(book.coding, layer)
        if layer == "actors":
            for row in table.itertuples():
                yield Label(f"actor-{row.id}", "actor", "chapters/actors", row.name_en)
        else:
            yield from _rows(table["id"], "chapters/report", layer)
    for name, table in (("claims", "claims"), ("timeline", "timeline"), ("reactions", "international")):
        yield from _rows(getattr(book.record, name)["id"], "chapters/ledger", table)


def labels(env: BuildEnvironment) -> list[Label]:
    """Every public label of the book: those of its pages in the order of the contents, then those of its data."""
    found = getattr(env, "qantar_labels", {})
    root = env.config.root_doc
    order = [page for page in (root, *env.toctree_includes.get(root, [])) if page in found]
    pages = [*order, *sorted(set(found) - set(order))]
    return [label for page in pages for label in found[page]] + list(of_data(values.load_book()))


def _rows(ids: Iterable[str], page: str, table: str) -> Iterator[Label]:
    for row_id in ids:
        yield Label(row_id, "row", page, f"Row {row_id}", table)


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


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after the figures of cells have got their names."""
    app.connect("doctree-read", _collect, priority=900)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
