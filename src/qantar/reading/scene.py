"""What is told of the actors of a sentence: who they are, where they are named, and the words around."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from qantar.reading.phrases import actor_starts
from qantar.reading.rows import Actor
from qantar.reading.words import Word, words_of
from qantar.report import Sentence

MACHINE = "Machine transliteration."


@dataclass(eq=False, slots=True)
class Member:
    """An actor of the report: ``name`` is its fullest form, ``role`` its first title; ``id`` is set at the end."""

    kind: str
    name: str
    territory: str = ""
    english: str = ""
    note: str = MACHINE
    role: str = ""
    affiliation: Member | None = None
    id: str = ""


@dataclass(eq=False, slots=True)
class Mention:
    """A place that names an actor: offsets into the report, and the form; ``type`` is that of the reader for a name."""

    member: Member
    start: int
    end: int
    form: str
    type: str = ""


@dataclass(eq=False)
class Scene:
    """A sentence with its words, the names in it by their first word, and its mentions by their span."""

    sentence: Sentence
    words: list[Word]
    names: dict[int, tuple[Actor, int]]
    spans: dict[tuple[int, int], Mention] = field(default_factory=dict)

    @property
    def mentions(self) -> list[Mention]:
        """Its mentions as they were found."""
        return list(self.spans.values())

    @classmethod
    def of(cls, sentence: Sentence, actors: list[Actor]) -> Scene:
        """The scene of a sentence with the named mentions that were read in it."""
        words = words_of(sentence.text, sentence.start)
        return cls(sentence, words, actor_starts(words, actors))

    @functools.cached_property
    def inside(self) -> dict[int, str]:
        """Every word that is part of a name, by its index, with the type of the name."""
        return {n: actor.type for first, (actor, last) in self.names.items() for n in range(first, last)}

    def add(self, mention: Mention) -> Member:
        """Notes a mention, unless the same words are one already; the actor that the words mean."""
        return self.spans.setdefault((mention.start, mention.end), mention).member

    def holder(self, at: int) -> Member:
        """The actor whose name begins with a word."""
        return self.spans[self.names[at][0].start, self.names[at][0].end].member

    def touched(self, start: int, end: int) -> tuple[int, int]:
        """(first, after the last) of the words that a span touches."""
        first = bisect.bisect_right(self.words, start, key=lambda word: word.end)
        return first, max(first, bisect.bisect_left(self.words, end, key=lambda word: word.start))

    def within(self, start: int, end: int) -> list[Mention]:
        """The mentions between two offsets."""
        return [m for (a, b), m in self.spans.items() if start <= a and b <= end]

    def text(self, start: int, end: int) -> str:
        """The words between two offsets of the report."""
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def evidence(self, start: int, end: int) -> dict[str, Any]:
        """Sentence, quote and, where the quote stands there more than once, which it is; with its offset to sort by."""
        quote = self.text(start, end)
        found = list(places(self.sentence.text, quote))
        which = found.index(start - self.sentence.start) + 1 if len(found) > 1 else None
        return {"sentence": self.sentence.id, "quote": quote, "occurrence": which, "start": start}


def places(text: str, quote: str) -> Iterator[int]:
    """Every offset at which a quote stands in a text, as `Sentence.find` counts them: they may overlap."""
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)
