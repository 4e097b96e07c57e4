"""What the machine reader makes of camel-tools' data, where it is told to use them: a check on names, and more names.

Without them reading is by lexicons alone, which is the default: a report then gives the same rows on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qantar.reading.rows import Actor
from qantar.reading.words import Word
from qantar.report import Sentence

if TYPE_CHECKING:
    from camel_tools.morphology.analyzer import Analyzer

    from qantar.morphology import Recogniser

_NAMES = ("given", "family", "place", "city", "organisation")


@dataclass(frozen=True)
class Installed:
    """The analyser and the recogniser of names in use, each with what it is called; none by default."""

    morphology: str | None = None
    ner: str | None = None
    analyzer: Analyzer | None = field(default=None, repr=False)
    recogniser: Recogniser | None = field(default=None, repr=False)

    def revise(self, actors: list[Actor], words: list[Word], sentence: Sentence) -> list[Actor]:
        """The mentions of a sentence without those that the database speaks against, with those that the model adds."""
        if self.analyzer is not None:
            actors = [actor for actor in actors if not _is_ordinary(actor, words, self.analyzer)]
        if self.recogniser is not None:
            actors = sorted((*actors, *_more(actors, words, sentence, self.recogniser)), key=lambda actor: actor.start)
        return actors


def load_installed(database: bool, model: bool) -> Installed:
    """The morphology database and the NER model in camel-tools' folder, those of them that are wanted.

    Raises ``MorphologyError`` with one line if what is wanted is not there or can't be used.
    """
    if not database and not model:
        return Installed()
    from qantar import morphology

    analyzer = morphology.load_analyzer() if database else None
    recogniser = morphology.load_ner() if model else None
    found = morphology.find_database() if database else None
    tagger = morphology.find_ner_model() if model else None
    return Installed(found and _name(found), tagger and tagger.name, analyzer, recogniser)


def _name(database: Path) -> str:
    return database.parent.name if database.name == "morphology.db" else database.name


def _is_ordinary(actor: Actor, words: list[Word], analyzer: Analyzer) -> bool:
    """Whether a person was taken from words of which no lexicon has a name and the database has all, none as a name."""
    from qantar import morphology

    inside = [word for word in words if actor.start < word.end and word.start < actor.end and word.kind == "arabic"]
    if actor.type != "PER" or not inside or any(word.hits.keys() & set(_NAMES) for word in inside):
        return False
    read = [morphology.analyse(word.raw, analyzer) for word in inside]
    return all(read) and not any(analysis.pos == "noun_prop" for analyses in read for analysis in analyses)


def _more(actors: list[Actor], words: list[Word], sentence: Sentence, recogniser: Recogniser) -> Iterator[Actor]:
    """The names that overlap no mention; a proclitic stands outside where a lexicon has the rest as a name."""
    from qantar import morphology

    for start, end, kind in morphology.named_entities(sentence.tokens, recogniser):
        if all(end <= actor.start or actor.end <= start for actor in actors):
            head = next((word for word in words if word.start <= start < word.end), None)
            hits = (
                [head.hits[category] for category in _NAMES if category in head.hits]
                if head and head.start == start
                else []
            )
            yield Actor(start + (hits[0].start if hits else 0), end, "", kind, "")
