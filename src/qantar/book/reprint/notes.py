"""Evidence as notes at the end of a chapter: what the cards of its page show, as far as a file can.

A claim, a quotation, a name gets a number; a sentence and a named result are their own marks. A note has the words of the
report, their sentence and its translation, who is made to say them, and what the later record has. The data are the block
of JSON that the page gives to its cards; ``static/evidence.js`` explains its keys.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from lxml import html

from qantar.phrasing import arabic, mark_arabic

_OWN_MARK = {"sentence": "Sentences of the report", "result": "Results computed from the data"}  # and the titles of their lists
_WITHOUT = "ancestor::h1 or ancestor::h2 or ancestor::h3 or ancestor::h4"  # contents repeat headings


def add(article: html.HtmlElement, chapter: str, data: dict[str, Any]) -> None:
    """Turn each marker of evidence into a link to its note, and append the notes to the chapter."""
    cards, marks = Cards(data), {}
    for marker in article.xpath(f".//*[@data-evidence][not({_WITHOUT})]"):
        name, link = marker.get("data-evidence"), next(marker.iter("a"), None)
        if link is None:
            continue
        own = cards.kind(name) in _OWN_MARK
        if name not in marks:
            marks[name] = name if own else str(1 + sum(mark.isdigit() for mark in marks.values()))
            link.set("id", f"{chapter}-ref-{marks[name]}")
        link.set("href", f"#{chapter}-note-{marks[name]}")
        link.set("role", "doc-noteref")
        if not own:
            link.append(html.fragment_fromstring(f'<sup class="note">{marks[name]}</sup>'))
    if not marks:
        return
    lists = _list(chapter, cards, [name for name, mark in marks.items() if mark.isdigit()], marks)
    for kind, title in _OWN_MARK.items():
        if named := sorted(name for name in marks if cards.kind(name) == kind):
            lists += f"<h3>{title}</h3>{_list(chapter, cards, named, marks)}"
    article.append(html.fragment_fromstring(f'<section class="notes" role="doc-endnotes" id="{chapter}-notes"><h2>Notes</h2>{lists}</section>'))


def _list(chapter: str, cards: Cards, names: list[str], marks: dict[str, str]) -> str:
    return "".join(
        f'<aside role="doc-footnote" id="{chapter}-note-{marks[name]}"><p><a role="doc-backlink" href="#{chapter}-ref-{marks[name]}">{marks[name]}</a> '
        f"{cards.note(name)}</p></aside>"
        for name in names
    )


class Cards:
    """The cards of a page, as notes in HTML."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._data = data

    def kind(self, name: str) -> str:
        """What a name names: a sentence, a result, an actor, or a row of some kind."""
        if re.match(r"s\d", name):
            return "sentence"
        if "." in name:
            return "result"
        return self._data["kinds"][name[0]] if re.match(r"[A-Z]\d", name) else "actor"

    def _texts(self, items: list[Any]) -> list[str]:
        return [self._data["pool"][item] if isinstance(item, int) else item for item in items]

    def note(self, name: str) -> str:
        """All that the note of a name says, as HTML of one paragraph."""
        card = self._data["cards"][name]
        kind = self.kind(name)
        if kind == "result":
            return f"<code>{escape(card['code'])}</code>"
        if kind == "sentence":
            text, *english = self._data["sentences"][name]
            return " ".join([arabic(text), *map(mark_arabic, english), f"{_to('report', name, 'In the report')}."])
        title = self._texts(card.get("t", []))
        unchecked = "Unchecked machine reading." if card.get("u") else ""
        head = f"<b>{mark_arabic(title[0].rstrip('.'))}</b>, {self._named(name, kind)}." if title else f"{self._named(name, kind)}."
        if kind == "later record":
            return " ".join(filter(None, [head, self._row(name), self._bears(card)]))
        return " ".join(filter(None, [head, unchecked, self._words(card), self._said(card, kind), self._verdict(card)]))

    def _named(self, name: str, kind: str) -> str:
        if kind == "actor":
            return _to("actors", f"actor-{name}", "actor")
        return f"{kind} {_to('ledger' if kind == 'later record' else 'report', name, name)}"

    def _quote(self, card: dict[str, Any]) -> str:
        """The Arabic words that a card marks, and their sentence."""
        text, ends = self._data["sentences"][card["s"]][0], card.get("m", [])
        words = " … ".join(text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True))
        return f"{arabic(words)}, {_to('report', card['s'], card['s'])}"

    def _words(self, card: dict[str, Any]) -> str:
        if not card.get("s"):
            return ""
        _, *english = self._data["sentences"][card["s"]]
        return self._quote(card) + (f": “{mark_arabic(english[0])}”" if english else ".")

    def _said(self, card: dict[str, Any], kind: str) -> str:
        if not card.get("v"):
            return "Told in the report’s own voice." if kind in ("quantity", "event") else ""
        who, cue, meaning, mode = self._texts(self._data["speakers"][card["v"]])
        said = "Silence of" if mode == "withheld" else "Made to say it:"
        return f"{said} {escape(who)}, by {arabic(cue)}{f' ({escape(meaning)})' if meaning else ''}{', in quotation marks' if mode == 'direct' else ''}."

    def _verdict(self, card: dict[str, Any]) -> str:
        """What became of a claim, and the rows of the record behind it."""
        if not card.get("d"):
            return ""
        claim, verdict, known = self._texts(self._data["verdicts"][card["d"]])
        rows = ", ".join(_to("ledger", row, row) for row in self._data["chains"][card["d"]])
        return f"Later record: “{mark_arabic(claim)}” is <b>{escape(verdict)}</b>. {mark_arabic(known)}{f' ({rows})' if rows else ''}"

    def _bears(self, card: dict[str, Any]) -> str:
        """The claim of the report that a row of the record bears on."""
        if not card.get("d"):
            return ""
        claim, verdict, _ = self._texts(self._data["verdicts"][card["d"]])
        return f"It bears on “{mark_arabic(claim)}” ({self._quote(card)}): {escape(verdict)}."

    def _row(self, name: str) -> str:
        """What a row of the record says; one that no verdict and no topic takes up has nothing beyond its title."""
        if name not in self._data["record"]:
            return ""
        date, _, body, status, *sources = self._texts(self._data["record"][name])
        return f"{', '.join(mark_arabic(part) for part in (date, body, status) if part)}. {mark_arabic('; '.join(sources))}{'.' if sources else ''}"


def _to(chapter: str, label: str, shown: str) -> str:
    return f'<a href="{chapter}.html#{label}">{escape(shown)}</a>'
