"""How much of a report its coding covers: the words of each sentence, and the layers they carry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.report import Report

LAYERS = ("statements", "figures", "dates", "events", "mentions")
"""The layers that words can carry, the one that shows on top first."""

_LOOK = {  # layer: (colour, marker, name)
    "mentions": (plotting.REPORT, "s", "actors"),
    "events": (plotting.RECORD, "D", "events"),
    "figures": (plotting.GOLD, "o", "quantities"),
    "dates": (plotting.PLUM, "^", "dates"),
    "statements": (plotting.OLIVE, "v", "saying"),
}


def words(report: Report, coding: Annotations) -> pd.DataFrame:
    """Every word of the report with the layers it carries: ``sentence, n, word`` and a truth value a layer."""
    spans = {
        layer: {s: list(zip(t["start"], t["end"], strict=True)) for s, t in getattr(coding, layer).groupby("sentence")}
        for layer in LAYERS
    }
    return pd.DataFrame([
        {"sentence": sentence.id, "n": n, "word": word.text}
        | {layer: any(a < word.end and word.start < b for a, b in spans[layer].get(sentence.id, ())) for layer in LAYERS}
        for sentence in report.sentences
        for n, word in enumerate(sentence.words, 1)
    ])


def by_sentence(report: Report, coding: Annotations) -> pd.DataFrame:
    """Words and coded words of each sentence, with the share in percent: ``sentence, kind, words, coded, share``."""
    table = words(report, coding)
    table["coded"] = table[list(LAYERS)].any(axis=1)
    made = table.groupby("sentence", sort=False).agg(words=("n", "size"), coded=("coded", "sum")).reset_index()
    made.insert(1, "kind", [s.kind for s in report.sentences])
    made["share"] = [phrasing.share(c, w) for c, w in zip(made["coded"], made["words"], strict=True)]
    return made


def by_layer(report: Report, coding: Annotations) -> pd.DataFrame:
    """Rows of each layer and the words they cover: ``layer, rows, words, share``."""
    table = words(report, coding)
    return pd.DataFrame([
        {"layer": _LOOK[layer][2], "rows": len(getattr(coding, layer)), "words": int(table[layer].sum()),
         "share": phrasing.share(table[layer].sum(), len(table))}
        for layer in reversed(LAYERS)
    ])


def claimed(report: Report, verdicts: pd.DataFrame) -> float:
    """The share of the report's words that stand in a claim which the later record is asked about, between 0 and 1."""
    spans = {sentence: list(zip(t["start"], t["end"], strict=True)) for sentence, t in verdicts.groupby("sentence")}
    within = [
        any(a < word.end and word.start < b for a, b in spans.get(sentence.id, ()))
        for sentence in report.sentences
        for word in sentence.words
    ]
    return sum(within) / len(within)


def bare_sentences(report: Report, coding: Annotations) -> list[str]:
    """The sentences in which no word carries a layer."""
    table = by_sentence(report, coding)
    return table.loc[table["coded"] == 0, "sentence"].tolist()


@plotting.styled
def coverage_figure(report: Report, coding: Annotations) -> plotting.Figure:
    """The report as a weave: a row a sentence, a mark a word, read from the right as the Arabic is."""
    table = words(report, coding)
    coded = int(table[list(LAYERS)].any(axis=1).sum())
    drawn, ax = plotting.axes(6.4, (
        f"Each of the report's {len(table)} words as a mark, one row for each of {len(report.sentences)} sentences, read from the right; "
        f"{coded} words ({phrasing.share(coded, len(table))}) carry a coded actor, event, quantity, date or verb of saying."))
    order = {s.id: place for place, s in enumerate(report.sentences)}
    rows = table["sentence"].map(order)
    bare = ~table[list(LAYERS)].any(axis=1)
    ax.plot(table["n"][bare], rows[bare], linestyle="", marker="_", markersize=4, color=plotting.RULE)
    taken = bare.copy()
    for layer in LAYERS:
        shown = table[layer] & ~taken
        colour, marker, name = _LOOK[layer]
        ax.plot(table["n"][shown], rows[shown], linestyle="", marker=marker, markersize=5, color=colour, label=name)
        taken |= shown
    ax.set_xlim(51, -0.5)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.yaxis.tick_right()
    ax.set_yticks(range(len(order)), list(order), fontsize=8)
    ax.set_xticks([])
    plotting.bare(ax)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=5, handletextpad=0.2, columnspacing=1.2)
    return drawn


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "words": lambda book: len(words(book.report, book.coding)),
    "sentences": lambda book: sum(s.kind == "sentence" for s in book.report.sentences),
    "headings": lambda book: sum(s.kind == "heading" for s in book.report.sentences),
    "characters": lambda book: len(book.report.text),
    "paragraphs": lambda book: len({s.line for s in book.report.sentences if s.kind == "sentence"}),
    "coded_words": lambda book: int(by_sentence(book.report, book.coding)["coded"].sum()),
    "share": lambda book: phrasing.share(by_sentence(book.report, book.coding)["coded"].sum(), len(words(book.report, book.coding))),
    "claimed": lambda book: phrasing.share(claimed(book.report, book.verdicts), 1),
    "bare_sentences": lambda book: len(bare_sentences(book.report, book.coding)),
    "rows": lambda book: sum(len(t) for t in book.coding.tables().values()),
    "lemmas": lambda book: book.words["lemma"].nunique(),
    "mentions": lambda book: len(book.coding.mentions),
    "events": lambda book: len(book.coding.events),
    "dates": lambda book: len(book.coding.dates),
    "statements": lambda book: len(book.coding.statements),
}
