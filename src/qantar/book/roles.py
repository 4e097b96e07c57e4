"""Roles bound to rows: a number, name or date in the prose is printed from the row it rests on, and links to it.

=================  =====================================================  ==========================
role               names                                                  prints
=================  =====================================================  ==========================
``claim``          a row of the coding: F, D, V, R, L, M, E               its value
``event``          an event (E)                                           its summary
``actor``          an actor's slug                                        its English name
``sentence``       a sentence (s07)                                       its number
``later``          a row of the later record: C, T, X                     its value, with citations
``value``          a named result (events.passives)                       the result
``ar``             Arabic words                                           the words, marked as Arabic
``quote``          a row of the coding                                    its Arabic words
``typed``          a number that is no datum, only the author's own       itself (see ``bare_numbers``)
=================  =====================================================  ==========================

``ID.column`` prints that column of the row (``F07.unit``), ``F07.full`` the number with its unit, ``F08.words`` a small
number in words; ``words <ID>`` prints the given words with the link;
``<ID>`` with ``later`` prints the citations alone.
"""

from __future__ import annotations

import re

import pandas as pd
from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from qantar import phrasing, values
from qantar.arabic import contains_arabic
from qantar.book.evidence import Marker
from qantar.book.sources import source_link
from qantar.report import ReportError
from qantar.rows import UnknownRow, printed, row

logger = logging.getLogger(__name__)

_EXPLICIT = re.compile(r"^(?P<text>.*?)\s*<(?P<target>[^<>]+)>$", re.DOTALL)
_NAME = re.compile(r"[A-Z]\d+(\.\w+)*")


class _BookRole(SphinxRole):
    """A role whose content names something of the book; what it names, or an error with file and line."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        match = _EXPLICIT.match(self.text)
        words, target = (match["text"], match["target"]) if match else ("", self.text)
        try:
            if _NAME.fullmatch(words):
                raise UnknownRow(f"would print the name {words!r} as words; write {target!r} alone, or other words")
            return self.render(values.load_book(), words, target.strip()), []
        except (LookupError, ReportError) as error:
            logger.warning("%s: %s", self.name, error.args[0], location=self.get_location(), type="qantar")
            return [nodes.problematic(self.rawtext, self.rawtext)], []

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        raise NotImplementedError


def link(label: str, content: Node, kind: str, name: str = "") -> Node:
    """A link to a label anywhere in the book; Sphinx reports it if the label does not exist.

    With a name, the link opens the evidence behind it.
    """
    reference = addnodes.pending_xref(
        "", nodes.inline("", "", content), refdomain="std", reftype="ref", reftarget=label.lower(), refexplicit=True, refwarn=True,
    )
    # Sphinx keeps the text of a reference only, so that it is Arabic must be said around it.
    arabic_too = ["ar"] if "ar" in content.get("classes", []) else []
    made = Marker(name) if name else nodes.inline()
    made += reference
    made["classes"] += ["evidence", kind, *arabic_too]
    return made


def arabic(text: str) -> Node:
    """Arabic words within a line, marked as Arabic and kept in their own direction."""
    return nodes.inline(text, text, classes=["ar"])


class RowRole(_BookRole):
    """``claim``, ``event``: a row of the coding, linked to its sentence in the report chapter."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        name, _, column = target.partition(".")
        found = row(book, name)
        text = words or printed(found, column)
        content = arabic(text) if column in ("quote", "name_ar") or not words and printed(found) == found.get("quote") else nodes.inline("", text)
        return [link(found["sentence"], content, self.name, name)]


class ActorRole(_BookRole):
    """``actor``: a name, linked to the actor's entry."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        name, _, column = target.partition(".")
        found = row(book, name)
        text = words or printed(found, column)
        content = arabic(text) if column == "name_ar" else nodes.inline("", text)
        return [link(f"actor-{name}", content, "actor", name)]


class SentenceRole(_BookRole):
    """``sentence``: a sentence's number, linked to it."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        return [link(book.report.sentence(target).id, nodes.inline("", words or target), "sentence", target)]


class QuoteRole(_BookRole):
    """``quote``: the Arabic words that a row rests on, linked to their sentence."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        found = row(book, target)
        return [link(found["sentence"], arabic(found["quote"]), "quote", target)]


class LaterRole(_BookRole):
    """``later``: a row of the later record, linked to its entry, with the citations it rests on."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        name, _, column = target.partition(".")
        found = row(book, name)
        cited = self.citations(found["sources"])
        if self.text.startswith("<"):
            return cited
        return [link(name, nodes.inline("", words or printed(found, column)), "later", name), *cited]

    def citations(self, keys: str) -> list[Node]:
        if pd.isna(keys):
            return []
        cite = self.env.get_domain("cite").role("p")
        assert cite is not None
        found, _ = cite("cite:p", self.rawtext, keys.replace(";", ","), self.lineno, self.inliner, {}, [])
        return list(found)


class ValueRole(_BookRole):
    """``value``: a named result, linked to the function that computes it."""

    def render(self, book: values.Book, words: str, target: str) -> list[Node]:
        made = Marker(target)
        made += source_link(target, words or values.text(target, book))
        made["classes"] += ["evidence", "value"]
        return [made]


class ArabicRole(SphinxRole):
    """``ar``: Arabic words in the prose."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [arabic(self.text)], []


def _mark_arabic(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark every Arabic word as Arabic: docutils nodes have no attribute for a language and a direction."""
    if app.builder.format != "html":
        return
    for node in list(doctree.findall(nodes.Text)):
        if not contains_arabic(node) or isinstance(node.parent, (nodes.raw, nodes.literal, nodes.literal_block)):
            continue
        made = phrasing.arabic(node) if _within_role(node) else phrasing.mark_arabic(node)
        node.parent.replace(node, nodes.raw("", made, format="html"))


def _close_up(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Set the raised numbers of citations right behind the word, also where the source has a space before them."""
    for node in doctree.findall(nodes.inline):
        if "bibtex-citation" in node["classes"] and (place := node.parent.index(node)):
            before = node.parent[place - 1]
            if isinstance(before, nodes.Text):
                node.parent[place - 1] = nodes.Text(before.rstrip())  # by place: a line end equals every other one


def _within_role(node: Node) -> bool:
    """Whether the text is the content of a role that holds Arabic words and nothing else."""
    while (node := node.parent) is not None and isinstance(node, (nodes.inline, nodes.reference)):
        if "ar" in node["classes"]:
            return True
    return False


def setup(app: Sphinx) -> None:
    """Register the roles with Sphinx."""
    for name in ("claim", "event"):
        app.add_role(name, RowRole())
    app.add_role("actor", ActorRole())
    app.add_role("sentence", SentenceRole())
    app.add_role("quote", QuoteRole())
    app.add_role("later", LaterRole())
    app.add_role("value", ValueRole())
    app.add_role("ar", ArabicRole())
    app.connect("builder-inited", lambda app: values.load_book())  # bad data end the build here, with all their faults
    app.connect("doctree-resolved", _close_up, priority=800)
    app.connect("doctree-resolved", _mark_arabic, priority=900)
