"""What a claim of the book rests on: the sentence and its exact words, who says so, and what was known later.

``evidence`` gathers this for anything that prose may name: a row of the coding (``F06``), a sentence (``s08``), an actor
(``tokayev``), a row of the later record (``C11``) or a named result (``figures.quantities``).
"""

from __future__ import annotations

import functools
import inspect
import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from qantar import phrasing, rows, values
from qantar.formats import first_day, items
from qantar.record import Record, sources_of
from qantar.values import Book
from qantar.voices import CUES

KINDS = {"F": "quantity", "D": "date", "E": "event", "V": "statement", "R": "reaction", "L": "relation", "M": "mention",
         "C": "later record", "T": "later record", "X": "later record"}
"""What a row is, by the letter of its ID."""

_CODE_LINES = 6  # of a function, as many as fit a small card

Span = tuple[int, int]
"""Offsets in characters from the beginning of the sentence."""


@dataclass(frozen=True)
class Evidence:
    """What stands behind one name; an empty field says that there is nothing of the sort."""

    name: str
    kind: str
    title: str
    sentence: str = ""
    spans: tuple[Span, ...] = ()
    statement: str = ""  # the row of the statements that makes somebody say it
    facts: tuple[tuple[str, str], ...] = ()
    verdict: str = ""  # the row of the verdicts
    chain: tuple[str, ...] = ()  # rows of the record, by date
    code: str = ""  # of a named result

    def rests_with(self, other: Evidence) -> bool:
        """Whether the other rests on the same words: its span overlaps this one, or lies in this whole sentence.

        An actor rests on every mention and not on the first alone: one is with itself only.
        """
        if "actor" in (self.kind, other.kind) or not self.sentence or self.sentence != other.sentence:
            return self.name == other.name
        return not self.spans or any(a < d and c < b for a, b in self.spans for c, d in other.spans)


@functools.cache
def evidence(book: Book, name: str) -> Evidence:
    """The evidence behind a name. Raises ``LookupError`` or ``ReportError`` if there is no such thing."""
    if re.fullmatch(r"s\d{2,}", name):
        return Evidence(name, "sentence", "", book.report.sentence(name).id)
    if "." in name:
        return Evidence(name, "result", "", code=_code(name))  # its title is what the prose prints
    found = rows.row(book, name)
    letter = rows.kind(name)
    if letter in rows.LATER:
        return _later(book, name, found)
    verdict = _verdict(book, found)
    return Evidence(
        name,
        KINDS.get(letter, "actor"),
        _title(book, letter, found),
        found["sentence"],
        (_span(book, found),),
        name if letter == "V" else _text(found.get("statement")),
        tuple(_facts(book, letter, found)),
        "" if verdict is None else verdict["id"],
        () if verdict is None else _chain(book.record, verdict),
    )


# ------------------------------------------------------------------------------------------- rows of the coding


def _title(book: Book, letter: str, found: pd.Series) -> str:
    if letter == "F":
        vague = "at least " if found["precision"] == "vague" else ""
        return vague + phrasing.quantity(found["value"], found["unit"])
    if letter == "M":
        return _name(book, found["actor"])
    if letter == "L":
        return f"{_name(book, found['subject'])} {found['predicate'].replace('_', ' ')} {_name(book, found['object'])}"
    return rows.printed(found)


def _facts(book: Book, letter: str, found: pd.Series) -> Iterator[tuple[str, str]]:
    """What a row says of its words, as (name, value), without what its title and its speaker tell."""
    columns = {
        "F": ("measures", "precision", "as_of", "attributed_to"), "D": ("kind", "anchor", "note"), "M": ("form",), "L": ("date",),
        "E": ("kind", "status", "voice", "agent", "patient", "place", "date"), "V": ("mode", "medium", "addressee"),
        "R": ("actor", "kind", "stance", "date"), "actor": ("name_ar", "name_kk", "name_ru", "role_en"),
    }[letter]
    for column in columns:
        if value := _text(found[column]):
            yield _LABELS.get(column, column.replace("_", " ")), _said(book, column, value)
    if letter == "actor":
        yield "named", phrasing.quantity(int((book.coding.mentions["actor"] == found["id"]).sum()), "time")


_LABELS = {"name_ar": "Arabic", "name_kk": "Kazakh", "name_ru": "Russian", "role_en": "in the report", "form": "named by",
          "as_of": "holds for", "measures": "counts"}


def _said(book: Book, column: str, value: str) -> str:
    if column in ("date", "as_of"):
        return phrasing.date(value)
    if column in ("attributed_to", "agent", "patient", "place", "actor", "addressee"):
        return ", ".join(_name(book, slug) for slug in items(value))
    return value


def _span(book: Book, found: Mapping[str, Any] | pd.Series) -> Span:
    start = book.report.sentence(found["sentence"]).start
    return int(found["start"]) - start, int(found["end"]) - start


def _name(book: Book, slug: str) -> str:
    return _names(book).get(slug, slug)


@functools.cache
def _names(book: Book) -> dict[str, str]:
    return dict(zip(book.coding.actors["id"], book.coding.actors["name_en"], strict=True))


def _text(cell: Any) -> str:
    return "" if cell is None or pd.isna(cell) else str(cell)


# ------------------------------------------------------------------------------------------- the later record


def _verdict(book: Book, found: pd.Series) -> dict[str, Any] | None:
    """The verdict on a row's words: the claim that has them in it or is within them, the nearest in length.

    A quantity that stands elsewhere too has the verdict on its topic. Those whom a claim merely names have none: a
    mention must be half of the claim.
    """
    start, end, topic = int(found["start"]), int(found["end"]), _text(found.get("claim_topic"))
    near = [v for v in _verdicts(book) if v["start"] <= start and end <= v["end"] or start <= v["start"] and v["end"] <= end]
    if topic:
        near = [v for v in near if v["topic"] == topic] or [v for v in _verdicts(book) if v["topic"] == topic]
    if found["id"].startswith("M"):
        near = [v for v in near if v["end"] - v["start"] <= 2 * (end - start)]
    return min(near, key=lambda v: abs(v["end"] - v["start"] - end + start), default=None)


@functools.cache
def _verdicts(book: Book) -> list[dict[str, Any]]:
    return book.verdicts.to_dict("records")


def _chain(record: Record, verdict: Mapping[str, Any]) -> tuple[str, ...]:
    """The rows of the record that a verdict names or that are on its topic, in the order of time."""
    claims = record.claims
    named = {*items(verdict["claims"]), *claims.loc[claims["topic"] == verdict["topic"], "id"]}
    timeline = record.timeline
    days = dict(zip(claims["id"], claims["as_of"], strict=True)) | dict(zip(timeline["id"], timeline["date"], strict=True))
    return tuple(sorted(named, key=lambda name: (first_day(days[name]), name)))


def _later(book: Book, name: str, found: pd.Series) -> Evidence:
    """The evidence of a row of the record: itself, and the words of the report that it bears on, if any."""
    title = rows.printed(found) if rows.kind(name) != "C" else found["value"]
    kind, verdict = KINDS[name[0]], _bearing(book, name, _text(found.get("topic")))
    if verdict is None:
        return Evidence(name, kind, title, chain=(name,))
    return Evidence(name, kind, title, verdict["sentence"], (_span(book, verdict),), _text(verdict["statement"]),
                    verdict=verdict["id"], chain=_chain(book.record, verdict))


def _bearing(book: Book, name: str, topic: str) -> dict[str, Any] | None:
    """The verdict that a row of the record bears on: one on its topic, else one that it decides, else one that names it."""
    table = _verdicts(book)
    decided = (v for v in table if items(v["claims"])[:1] == [name])
    named = (v for v in table if name in items(v["claims"]))
    return next(itertools.chain((v for v in table if v["topic"] == topic), decided, named), None)


def _code(name: str) -> str:
    """The first lines of the function behind a named result; of a lambda what it returns."""
    source = textwrap.dedent(inspect.getsource(values.function(name))).strip()
    lines = re.sub(r"^[^\n]*?\blambda b(?:ook)?: (.*?),?$", r"\1", source, count=1).splitlines()
    return "\n".join([*lines[:_CODE_LINES], *(["…"] if len(lines) > _CODE_LINES else [])])


# ---------------------------------------------------------------------------------------------------- a page


@dataclass(frozen=True)
class Places:
    """The places of the book that rest on something: ``used`` has (name, place) pairs, a place being whatever names it."""

    book: Book
    used: tuple[tuple[str, Hashable], ...]

    @functools.cached_property
    def _evidence(self) -> list[tuple[Evidence, Hashable]]:
        known = {name: evidence(self.book, name) for name, _ in self.used}
        return [(known[name], place) for name, place in self.used]

    def of(self, card: Evidence) -> list[Hashable]:
        """The places that rest on the same words, in the order of the book, each once."""
        return list(dict.fromkeys(place for other, place in self._evidence if card.rests_with(other)))


def payload(
    book: Book, names: Iterable[str], places: Places, address: Callable[[Any], tuple[str, str, str, str]], later: bool = True
) -> dict[str, Any]:
    """All that the cards of a page show, each sentence, speaker, verdict and row of the record once.

    Without ``later`` the cards keep to the report and leave out the later record.

    ``address`` gives the page of a place, its label, the title of the chapter and its own. A text that occurs more than
    once stands in ``pool``, and its number where it occurs. ``static/evidence.js`` explains the keys.
    """
    cards = {name: evidence(book, name) for name in names}
    if not later:
        cards = {name: replace(card, verdict="", chain=()) for name, card in cards.items()}
    verdicts = book.verdicts.set_index("id")
    found = {name: places.of(card) for name, card in cards.items()}
    chains = {card.verdict: card.chain for card in cards.values() if card.verdict}
    kept = {place: number for number, place in enumerate(dict.fromkeys(p for some in found.values() for p in some))}
    return _pooled({
        "cards": {name: _compact(card, [kept[place] for place in found[name]], name in book.unchecked) for name, card in cards.items()},
        "sentences": {s: [book.report.sentence(s).text, *filter(None, [book.english.get(s)])] for s in _each(c.sentence for c in cards.values())},
        "speakers": {v: _speaker(book, v) for v in _each(c.statement for c in cards.values())},
        "verdicts": {k: list(verdicts.loc[k, ["report_says", "verdict", "what_is_known"]]) for k in chains},
        "chains": {k: list(chain) for k, chain in chains.items()},
        "record": {r: _recorded(book, r) for r in _each(r for c in cards.values() for r in c.chain)},
        "places": [list(address(place)) for place in kept],
    }) | {"kinds": KINDS}


def _pooled(data: dict[str, Any]) -> dict[str, Any]:
    """The data with every text in a list that occurs in several replaced by its number in ``pool``."""
    count = Counter(text for value in data.values() for text in _listed(value))
    # The commonest first: their numbers are the shortest. Very short texts are no longer than a number.
    pool = {text: n for n, text in enumerate(text for text, times in count.most_common() if times > 1 and len(text) > 3)}

    def swap(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: swap(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [pool.get(item, item) if isinstance(item, str) else swap(item) for item in value]
        return value

    return {name: swap(value) for name, value in data.items()} | {"pool": list(pool)}


def _listed(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, (list, tuple)):
        return
    else:
        yield from (item for item in value if isinstance(item, str))
    for item in value:
        yield from _listed(item)


def _each(names: Iterable[str]) -> list[str]:
    return sorted(set(names) - {""})


def _compact(card: Evidence, places: list[int], unchecked: bool) -> dict[str, Any]:
    """A card without what it has not, under short keys; facts as one list of names and values by turns."""
    whole = {"t": [card.title] if card.title else [], "s": card.sentence, "m": [n for span in card.spans for n in span],
             "v": card.statement, "f": [text for fact in card.facts for text in fact], "d": card.verdict,
             "code": card.code, "p": places, "u": unchecked}
    return {key: value for key, value in whole.items() if value}


def _speaker(book: Book, name: str) -> list[str]:
    """Who is made to speak, by which Arabic words, what they mean, and the mode."""
    found = rows.row(book, name)
    speaker = _name(book, found["speaker"]) if _text(found["speaker"]) else "nobody named"
    return [speaker, found["quote"], CUES.get(found["cue"], ("",))[0], found["mode"]]


def _recorded(book: Book, name: str) -> list[str]:
    """A row of the record: date, value or happening, body, status, and each source."""
    found = rows.row(book, name)
    letter = rows.kind(name)
    date = phrasing.date(_text(found["as_of" if letter == "C" else "date"]))
    alone = ", one source" if letter == "C" and found["single_source"] else ""
    body, status = (found["body"], found["status"] + alone) if letter == "C" else (_text(found.get("actor")), "")
    value = found["value"] if letter == "C" else rows.printed(found)
    sources = [] if not _text(found["sources"]) else [
        " ".join([source.author, *([source.date[:4]] if isinstance(source.date, str) else ["n.d."])])
        for source in sources_of(book.record, found["sources"]).itertuples()
    ]
    return [date, value, body, status, *dict.fromkeys(sources)]
