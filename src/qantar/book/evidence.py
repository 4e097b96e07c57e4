"""Evidence cards: each link of the prose that rests on a row carries its name, and the page has what the cards show.

The cards are drawn by ``static/evidence.js`` from one block of JSON in the page; nothing is fetched when one opens. The
links themselves lead to the sentence, the row or the code, so that all works without JavaScript, on paper and in EPUB.
A chapter whose front matter says ``evidence: report`` has cards that keep to the report, without the later record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.writers.html5 import HTML5Translator

from qantar import values
from qantar.evidence import Places, evidence, payload

Place = tuple[str, str]
"""A document and the label of a section in it."""


class Marker(nodes.inline):
    """An inline element of the prose that rests on something, and the name of that."""

    def __init__(self, name: str = "", *children: nodes.Node, **attributes: Any) -> None:
        super().__init__("", "", *children, **attributes)
        self["evidence"] = name


def _visit(translator: HTML5Translator, node: Marker) -> None:
    attributes = {"data-evidence": node["evidence"]}
    if "value" not in node["classes"] and (sentence := evidence(values.load_book(), node["evidence"]).sentence):
        attributes["data-sentence"] = sentence  # what paper shows of the card
    translator.body.append(translator.starttag(node, "span", "", **attributes))


def _depart(translator: HTML5Translator, node: Marker) -> None:
    translator.body.append("</span>")


# ------------------------------------------------------------------------------------ which place rests on what


def section_of(node: nodes.Node) -> str:
    """The label of the section that a node is in."""
    while node.parent is not None:
        node = node.parent
        if isinstance(node, nodes.section):
            return node["ids"][0]
    return ""


def _uses(env: BuildEnvironment) -> dict[str, list[tuple[str, str]]]:
    """By document, each name that it rests on with the label of the section."""
    if not hasattr(env, "qantar_uses"):
        env.qantar_uses = {}
    return env.qantar_uses


def _collect(app: Sphinx, document: nodes.document) -> None:
    found = [(marker["evidence"], section_of(marker)) for marker in document.findall(Marker)]
    _uses(app.env)[app.env.docname] = list(dict.fromkeys(found))


def _forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    _uses(env).pop(page, None)


def _merge(app: Sphinx, env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment) -> None:
    _uses(env).update({page: found for page, found in _uses(other).items() if page in set(pages)})


def _write_again(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page, where any page's uses changed: cards and the report name the places of the whole book."""
    before, env.qantar_uses_written = getattr(env, "qantar_uses_written", None), dict(_uses(env))
    return [] if before == _uses(env) else sorted(_uses(env))


def places(env: BuildEnvironment) -> Places:
    """Which place of the book rests on what, in the order of the contents."""
    uses = _uses(env)
    key = repr(uses)
    if getattr(env.app, "qantar_places", ("", None))[0] != key:
        order = [page for page in _order(env) if page in uses]
        env.app.qantar_places = key, Places(values.load_book(), tuple((name, (page, label)) for page in order for name, label in uses[page]))
    return env.app.qantar_places[1]


def _order(env: BuildEnvironment) -> list[str]:
    listed = env.toctree_includes.get(env.config.root_doc, [])
    return [env.config.root_doc, *listed, *sorted(set(env.found_docs) - {env.config.root_doc, *listed})]


def address(app: Sphinx, page: str, place: Place) -> tuple[str, str, str, str]:
    """A place as seen from a page: the address of its document, its label, the titles of its chapter and its own."""
    document, label = place
    title = next((found.title for found in getattr(app.env, "qantar_labels", {}).get(document, []) if found.id == label), "")
    return app.builder.get_relative_uri(page, document), label, app.env.titles[document].astext(), title


# ------------------------------------------------------------------------------------------------- the pages


def block(data: object, name: str) -> str:
    """Data as an inert element of a page; no text in it can end the element."""
    return f'<script type="application/json" id="{name}">{inert(data)}</script>'


def inert(data: object) -> str:
    """Data as JSON that can stand in an element of a page."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _add_cards(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    used = dict.fromkeys(name for name, _ in _uses(app.env).get(page, []))
    if app.builder.name == "html" and used:
        book = values.load_book()
        later = app.env.metadata[page].get("evidence") != "report"
        data = payload(book, used, places(app.env), lambda place: address(app, page, place), later)
        data["pages"] = {name: app.builder.get_relative_uri(page, f"chapters/{name}") for name in ("report", "ledger", "actors")}
        context["body"] += block(data, "qantar-evidence")


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    plain = (lambda translator, node: None,) * 2
    app.add_node(Marker, html=(_visit, _depart), latex=plain, text=plain, man=plain, texinfo=plain)
    app.connect("doctree-read", _collect, priority=900)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("env-updated", _write_again)
    app.connect("html-page-context", _add_cards)
