"""The ``annotated-report`` directive: the report sentence by sentence, with translation, coding and glosses.

Each sentence lists the places of the book that rest on it, with the rows that they rest on; what no chapter uses says so.

Layers are told apart by line style and position as well as by colour: names are underlined, events underlined with
waves, quantities boxed in by a solid overline, dates by a dotted one, verbs of saying underlined twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

import pandas as pd
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from qantar import coverage, phrasing, values
from qantar.book.evidence import address, places
from qantar.evidence import evidence
from qantar.report import Sentence

LAYERS = {
    "mentions": "actors", "events": "events", "figures": "quantities", "dates": "dates", "statements": "statements",
}
_TABLES = (*LAYERS, "reactions", "relations")
UNCHECKED = '<span class="unchecked">unchecked</span> '


class pending_sentence(nodes.Element):  # noqa: N801, named as docutils names nodes
    """A sentence before the places that use it are known."""


class AnnotatedReport(SphinxDirective):
    """The whole report, each sentence with its label (``s01``, ...)."""

    def run(self) -> list[nodes.Node]:
        book = values.load_book()
        made: list[nodes.Node] = [nodes.raw("", _meters(book) + _legend(), format="html")]
        for sentence in book.report.sentences:
            labelled = nodes.container("", pending_sentence(sentence=sentence.id), ids=[sentence.id], names=[sentence.id])
            self.state.document.note_explicit_target(labelled)
            made.append(labelled)
        return made


def _resolve(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Write the sentences out, now that all chapters are read."""
    book, known = values.load_book(), places(app.env)

    def uses(name: str) -> list[str]:
        found = known.of(evidence(book, name))
        return [_place(address(app, docname, place)) for place in found if place[0] != docname]

    for node in list(doctree.findall(pending_sentence)):
        sentence = book.report.sentence(node["sentence"])
        node.replace_self(nodes.raw("", _sentence(book, sentence, uses), format="html"))


def _place(found: tuple[str, str, str, str]) -> str:
    page, label = (escape(text) for text in found[:2])
    chapter, title = (phrasing.mark_arabic(text) for text in found[2:])
    return f'<a href="{page}#{label}">{chapter}{f": {title}" if title not in ("", chapter) else ""}</a>'


def marked(sentence: Sentence, coding: object) -> str:
    """The sentence as HTML, cut where spans of any layer begin or end, each piece with the classes of its layers."""
    spans = [
        (row.start, row.end, layer)
        for layer in LAYERS
        for row in _rows(coding, layer, sentence).itertuples()
    ]
    cuts = sorted({sentence.start, sentence.end, *(p for span in spans for p in span[:2])})
    pieces = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        text = escape(sentence.text[start - sentence.start : end - sentence.start], quote=False)
        layers = [layer for layer in LAYERS if any(s <= start and end <= e and kind == layer for s, e, kind in spans)]
        pieces.append(f'<span class="{" ".join(layers)}">{text}</span>' if layers else text)
    return "".join(pieces)


def _rows(coding: object, layer: str, sentence: Sentence) -> pd.DataFrame:
    table = getattr(coding, layer)
    return table[table["sentence"] == sentence.id]


def _legend() -> str:
    boxes = "".join(
        f'<label><input type="checkbox" id="show-{layer}" checked> <span class="{layer}">{name}</span></label>'
        for layer, name in LAYERS.items()
    )
    return f'<fieldset class="layers"><legend>Layers shown</legend>{boxes}</fieldset>'


def _meters(book: values.Book) -> str:
    """How much of the report is coded, and how much of it is a claim that is set beside the later record."""
    table = coverage.words(book.report, book.coding)
    shares = {
        "carry a layer of the coding": table[list(coverage.LAYERS)].any(axis=1).mean(),
        **({"stand in a claim that can be checked": coverage.claimed(book.report, book.verdicts)} if len(book.verdicts) else {}),
    }
    return "".join(
        f'<p class="coverage"><meter value="{share:.3f}" aria-label="Share of the words that {name}"></meter> {share:.0%} of its words {name}.</p>'
        for name, share in shares.items()
    )


def _use(place: str, rows: list[str]) -> str:
    """A place that rests on a sentence, with the rows that it names; none where it names the sentence alone."""
    named = f" <small>{', '.join(rows)}</small>" if rows else ""
    return f"<li>{place}{named}</li>"


def _sentence(book: values.Book, sentence: Sentence, uses: Callable[[str], list[str]]) -> str:
    rows = [row for layer in _TABLES for _, row in _rows(book.coding, layer, sentence).iterrows()]
    english = book.english.get(sentence.id)
    glosses = "".join(_words(book, sentence))
    users = {row["id"]: uses(row["id"]) for row in rows}
    list_ = f"{sentence.id}-used"
    coded = "".join(_row(row, len(users[row["id"]]), list_, row["id"] in book.unchecked) for row in rows)
    used = "".join(_use(place, [name for name, found in users.items() if place in found]) for place in uses(sentence.id))
    where = (
        f'<details class="uses" id="{list_}"><summary>Used in {phrasing.quantity(used.count("<li>"), "place")}</summary><ul>{used}</ul></details>'
        if used else '<p class="unused">No other chapter rests on this sentence.</p>'
    )
    details = f'<details><summary>Coding: {len(rows)} rows</summary><ul class="coding">{coded}</ul></details>' if rows else ""
    return (
        f'<article class="sentence {sentence.kind}" aria-label="Sentence {sentence.id}">'
        f'<a class="number" href="#{sentence.id}">{sentence.id}</a>'
        f'<p class="ar" lang="ar" dir="rtl">{marked(sentence, book.coding)}</p>'
        + (f'<p class="en">{phrasing.mark_arabic(english)}</p>' if english else "")
        + (f'<details><summary>Word by word</summary><div class="gloss" lang="ar" dir="rtl">{glosses}</div></details>' if glosses else "")
        + f"{details}{where}</article>"
    )


def _words(book: values.Book, sentence: Sentence) -> Iterator[str]:
    words = book.words
    for row in words[words["sentence"] == sentence.id].itertuples():
        lemma = f"<i>{escape(row.lemma)}</i> " if row.lemma != row.form else ""
        yield f'<span><b>{escape(row.form)}</b> {lemma}<small lang="en" dir="ltr"><abbr>{row.pos}</abbr> {escape(row.gloss_en)}</small></span>'


def _row(row: pd.Series, used: int, list_: str, unchecked: bool) -> str:
    skip = {"id", "sentence", "quote", "occurrence", "start", "end", "summary_en"}
    facts = "; ".join(
        f"{name.replace('_', ' ')}: {_fact(value)}" for name, value in row.items() if name not in skip and not pd.isna(value)
    )
    summary = row.get("summary_en")
    text = f"{summary} " if isinstance(summary, str) else ""
    uses = f'<span class="uses">; used in <a href="#{list_}">{phrasing.quantity(used, "place")}</a></span>' if used else ""
    return (
        f'<li id="{row["id"]}"><b>{row["id"]}</b> {UNCHECKED if unchecked else ""}<bdi lang="ar" dir="rtl">{escape(row["quote"])}</bdi> '
        f'{phrasing.mark_arabic(text)}<small>{phrasing.mark_arabic(facts)}{uses}</small></li>'
    )


def _fact(value: object) -> str:
    return value if isinstance(value, str) else phrasing.number(value)


def setup(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_node(pending_sentence)
    app.add_directive("annotated-report", AnnotatedReport)
    app.connect("doctree-resolved", _resolve)
