"""What simpler or heavier means find, to set the machine reader beside them.

- Dates: dateparser's search (https://dateparser.readthedocs.io), told that the text is Arabic, and its day.
- Quantities: a regular expression for numbers written in digits.
- Actors: camel-tools' NER model, where one is installed with the libraries it needs.

Each gives rows of one layer as the machine reader does, with ``start``, ``end`` and ``text``.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from qantar import morphology
from qantar.report import Report, Sentence

Row = dict[str, Any]

_NUMBER = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[.,٬](?=\d{3}(?!\d))")


def dates(report: Report) -> Iterator[Row]:
    """What dateparser takes for a date, sentence by sentence; ``value`` is a day, since dateparser always gives one."""
    from dateparser.search import search_dates

    published = report.published
    if published is None:
        raise ValueError("the report has no day of publication, from which dateparser counts")
    settings = {"RELATIVE_BASE": datetime.datetime.combine(published, datetime.time())}
    for sentence in report.sentences:
        seen = 0
        # It gives the words without their places, in the order of the text.
        for text, found in search_dates(sentence.text, languages=["ar"], settings=settings) or ():
            place = sentence.text.find(text, seen)
            if place >= 0:
                seen = place + len(text)
                yield _row(sentence, place, seen) | {"value": found.date().isoformat(), "offset": ""}


def numbers(report: Report) -> Iterator[Row]:
    """Every number in digits with its value; a separator before three digits parts thousands, any other decimals."""
    for sentence in report.sentences:
        for match in _NUMBER.finditer(sentence.text):
            plain = re.sub("[,٫٬]", ".", _THOUSANDS.sub("", match.group()))
            if plain.count(".") <= 1:
                yield _row(sentence, *match.span()) | {
                    "value": float(plain),
                    "value_max": "",
                    "value_min": "",
                    "unit": "",
                }


def names(report: Report, recogniser: morphology.Recogniser) -> Iterator[Row]:
    """The names that a model of camel-tools finds."""
    for sentence in report.sentences:
        for start, end, kind in morphology.named_entities(sentence.tokens, recogniser):
            yield _row(sentence, start - sentence.start, end - sentence.start) | {"type": kind, "actor": ""}


def _row(sentence: Sentence, start: int, end: int) -> Row:
    return {"start": sentence.start + start, "end": sentence.start + end, "text": sentence.text[start:end]}


NER = "camel-tools NER"
LAYER = {"dateparser": "dates", "plain regex": "quantities", NER: "actors"}
"""The layer that each baseline is compared on."""


def usable() -> tuple[dict[str, Callable[[Report], Iterable[Row]]], str]:
    """The baselines that can be run here, by name, and a sentence on the one that can't (empty if all can)."""
    found: dict[str, Callable[[Report], Iterable[Row]]] = {"dateparser": dates, "plain regex": numbers}
    if morphology.find_ner_model() is None:
        return (
            found,
            "This copy of the book was built without an NER model of camel-tools, so its row is not in the table.",
        )
    try:
        recogniser = morphology.load_ner()
    except morphology.MorphologyError as error:
        return found, f"The NER model of camel-tools was not used: {error}."
    return found | {NER: lambda report: names(report, recogniser)}, ""
