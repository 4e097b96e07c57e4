"""The code behind the named results, as pages of the book with a line for a line, so that a number leads to its function."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from sphinx.application import Sphinx

from qantar import values

FOLDER = "code"


class source_reference(nodes.reference):  # noqa: N801, named as docutils names nodes
    """A link to a line of the code; its address is known when a page is written."""


def source_link(name: str, text: str) -> nodes.Node:
    """A link to the function behind a named result. Raises ``KeyError`` if there is no such result."""
    module, line = values.place(name)
    return source_reference(text, text, internal=True, page=f"{FOLDER}/{module}", anchor=f"L-{line}")


def page(module: str) -> str:
    """The source of a module of the package as HTML, each line with its number and an anchor (``L-12``)."""
    code = Path(inspect.getfile(importlib.import_module(f"qantar.{module}"))).read_text(encoding="utf-8")
    layout = HtmlFormatter(linenos="inline", lineanchors="L", anchorlinenos=True, wrapcode=True)
    return f"<h1>qantar.{module}</h1>\n{highlight(code, PythonLexer(), layout)}"


def _pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        for module in values.MODULES:
            yield f"{FOLDER}/{module}", {"title": f"qantar.{module}", "body": page(module)}, "page.html"


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Give the links their addresses; a book that has no pages of code keeps the words alone."""
    for node in list(doctree.findall(source_reference)):
        if app.builder.name == "html":
            uri = f"{app.builder.get_relative_uri(docname, node['page'])}#{node['anchor']}"
            node.replace_self(nodes.reference("", "", *node.children, internal=True, refuri=uri))
        else:
            node.replace_self(node.children)


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.add_node(source_reference)
    app.connect("html-collect-pages", _pages)
    app.connect("doctree-resolved", _resolve)
