"""The ``quotation`` directive: a sentence of the report with its translation; of a row, with its words marked."""

from __future__ import annotations

from html import escape

from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from qantar import values
from qantar.book.roles import link
from qantar.evidence import Span, evidence
from qantar.report import ReportError

logger = logging.getLogger(__name__)


class Quotation(SphinxDirective):
    """A sentence (``s08``) or the sentence of a row (``F06``), in Arabic and in English; ``:class: epigraph`` sets it large."""

    required_arguments = 1
    option_spec = {"class": directives.class_option}

    def run(self) -> list[Node]:
        book, name = values.load_book(), self.arguments[0]
        try:
            card = evidence(book, name)
            sentence = book.report.sentence(card.sentence)
        except (LookupError, ReportError) as error:
            logger.warning("quotation: %s", error.args[0], location=self.get_location(), type="qantar")
            return [nodes.problematic(name, name)]
        arabic = f'<p lang="ar" dir="rtl">{marked(sentence.text, card.spans)}</p>'
        english = [nodes.paragraph("", book.english[sentence.id])] if sentence.id in book.english else []
        source = nodes.paragraph("", "", link(sentence.id, nodes.inline("", sentence.id), "sentence", name))
        return [nodes.block_quote("", nodes.raw("", arabic, format="html"), *english, source, classes=["quotation", *self.options.get("class", [])])]


def marked(text: str, spans: tuple[Span, ...]) -> str:
    """A sentence as HTML with some spans of it marked."""
    pieces, seen = [], 0
    for start, end in spans:
        pieces += [escape(text[seen:start], quote=False), f"<mark>{escape(text[start:end], quote=False)}</mark>"]
        seen = end
    return "".join([*pieces, escape(text[seen:], quote=False)])


def setup(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_directive("quotation", Quotation)
