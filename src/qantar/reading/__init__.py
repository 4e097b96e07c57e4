"""The machine reader: any Arabic report to the same layers, by lexicons, grammar and orthography alone.

One pass over the text, sentence by sentence; what a later sentence needs to know of earlier ones (names, the last
speaker) is kept in a `State` of bounded size. The reader never sees the hand coding. Each layer is a module with a
``find``.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from qantar.reading import dates, events, names, quantities, reactions, statements
from qantar.reading.installed import Installed
from qantar.reading.rows import Actor, Date, Event, Quantity, Reaction, Statement
from qantar.reading.source import sentences_in
from qantar.reading.words import Word, words_of
from qantar.report import Report, Sentence, sentences_of

__all__ = ["LAYERS", "Sentences", "State", "read_layers", "read_sentence", "read_sentences"]

LAYERS = ("quantities", "dates", "actors", "statements", "events", "reactions")
# The country of a report is that of its opening: so many sentences.
_OPENING = 12
# Characters; the longest sentence of our reports has 290.
_LONGEST = 3000
_LAST_SPACE = re.compile(r".*\s", re.DOTALL)
# Names are remembered as far back as a reader may be expected to: longer than any report.
_REMEMBERED = 20_000


@dataclass
class State:
    """What reading carries from sentence to sentence."""

    published: datetime.date
    country: str | None = None
    installed: Installed = field(default_factory=Installed)
    dates: list[str] = field(default_factory=list)
    names: names.Memory = field(default_factory=names.Memory)
    statements: statements.Memory = field(default_factory=statements.Memory)
    events: events.Memory = field(default_factory=events.Memory)

    def forget(self) -> None:
        """Drops the older half of the names once they are too many."""
        for known in (self.names.persons.known, self.names.acronyms):
            if len(known) > _REMEMBERED:
                for name in list(islice(known, len(known) // 2)):
                    del known[name]


@dataclass(frozen=True, slots=True)
class Sentences:
    """The layers of one sentence."""

    sentence: Sentence
    quantities: list[Quantity]
    dates: list[Date]
    actors: list[Actor]
    statements: list[Statement]
    events: list[Event]
    reactions: list[Reaction]


def read_layers(report: Report, published: datetime.date, country: str | None = None) -> Iterator[Sentences]:
    """The layers of a report, sentence by sentence.

    ``country`` (ISO 3166-1 alpha-2) is the state that the report is about: it decides whose dinar is meant, and who is
    abroad. Without it, it is the state that the first sentences name most often.
    """
    yield from read_sentences(sentences_in([report.text]), published, country)


def read_sentences(
    sentences: Iterable[Sentence],
    published: datetime.date,
    country: str | None = None,
    installed: Installed | None = None,
) -> Iterator[Sentences]:
    """The layers of the sentences of a report, which may come one by one, so that a text of any size can be read.

    ``installed`` is what is to be used of camel-tools' data. Memory does not grow with the text.
    """
    following = iter(sentences)
    opening = list(islice(following, _OPENING))
    state = State(published, country or _country(opening), installed or Installed())
    for sentence in chain(opening, following):
        yield read_sentence(sentence, state)


def _country(opening: Iterable[Sentence]) -> str | None:
    memory, found = names.Memory(), []
    parts = (part for sentence in opening for part in _parts(sentence))
    for part in islice(parts, _OPENING):
        found += names.find(words_of(part.text, part.start), memory)
    return reactions.country_of(found)


def read_sentence(sentence: Sentence, state: State) -> Sentences:
    """The layers of one sentence; ``state`` takes up what later ones need."""
    read = [_read(part, state) for part in _parts(sentence)]
    state.forget()
    if len(read) == 1:
        return read[0]
    return Sentences(sentence, **{name: [row for part in read for row in getattr(part, name)] for name in LAYERS})


def _parts(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence as it is read: whole, but for one that nobody wrote as a sentence (a list, a page without a stop).

    The rules look back and ahead as far as the sentence goes, so their work would grow with the square of its length.
    """
    text, start = sentence.text, 0
    while len(text) - start > _LONGEST:
        space = _LAST_SPACE.match(text, start, start + _LONGEST)
        end = space.end() if space else start + _LONGEST
        yield dataclasses.replace(
            sentence, start=sentence.start + start, end=sentence.start + end, text=text[start:end]
        )
        start = end
    yield dataclasses.replace(sentence, start=sentence.start + start, text=text[start:]) if start else sentence


def _read(sentence: Sentence, state: State) -> Sentences:
    words = words_of(sentence.text, sentence.start)
    text, origin = sentence.text, sentence.start
    dated = dates.find(words, state.published, state.dates)
    named = state.installed.revise(names.find(words, state.names), words, sentence)
    actors = names.complete(list(_begun(named, text, origin)), text, origin)
    spans = [(actor.start, actor.end) for actor in actors]
    counted = quantities.find(words, [found for _, found in dated], state.country, spans)
    spoken = statements.find(words, actors, text, origin, state.statements)
    days = [_with_text(date, text, origin) for date, _ in dated]
    happened = events.find(words, actors, days, counted, spoken, text, origin, state.events)
    return Sentences(
        sentence,
        [_with_text(_attributed(q, spoken), text, origin) for q in counted],
        days,
        actors,
        [said.statement for said in spoken],
        happened,
        reactions.find(words, actors, spoken, happened, state.country),
    )


def _begun(actors: Iterable[Actor], text: str, origin: int) -> Iterator[Actor]:
    """The names from their first letter or digit on: of منظمة "=1+1" no spreadsheet must make a formula."""
    for actor in actors:
        start = actor.start + _first(text[actor.start - origin : actor.end - origin])
        full = actor.actor[_first(actor.actor) :]
        if start < actor.end:
            whole = start == actor.start and full == actor.actor
            yield actor if whole else dataclasses.replace(actor, start=start, actor=full)


def _first(name: str) -> int:
    """The place of the first letter or digit of a name."""
    return next((n for n, character in enumerate(name) if character.isalnum()), len(name))


def _with_text(row: Any, text: str, origin: int) -> Any:
    return dataclasses.replace(row, text=text[row.start - origin : row.end - origin])


def _attributed(quantity: Quantity, spoken: Iterable[statements.Spoken]) -> Quantity:
    """The quantity with the speaker in whose statement it stands."""
    for said in spoken:
        inside = said.statement.start <= quantity.start < said.statement.end
        # A particle (بحسب مصدر طبي) attributes what stands before it, too.
        if said.statement.speaker and (
            inside or (said.cue.sort == "particle" and quantity.end <= said.statement.start)
        ):
            return dataclasses.replace(quantity, attributed_to=said.statement.speaker)
    return quantity


def words(report: Report) -> Iterator[Word]:
    """Every word of a report as the layers see it."""
    for sentence in sentences_of(report.text):
        yield from words_of(sentence.text, sentence.start)


def __getattr__(name: str) -> Any:
    # Loaded when asked for: it builds on the layers of this module.
    if name == "read":
        from qantar.reading.annotate import read

        return read
    raise AttributeError(f"module 'qantar.reading' has no attribute {name!r}")
