"""Named results that prose may quote, each computed by a function of the analysis it belongs to.

A result is named ``module.name``: ``events.passives`` is what ``qantar.events.VALUES["passives"]`` computes from the
whole book. The ``value`` role prints it.
"""

from __future__ import annotations

import functools
import importlib
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations, load_coding
from qantar.readings import Reading, load_disagreements, load_readings
from qantar.record import Record, load_record
from qantar.report import Report, load_report
from qantar.review.ledger import load_review, no_review, unchecked
from qantar.schema import optional_table
from qantar.verdicts import load_verdicts

MODULES = ("overview", "contents", "coverage", "events", "actors", "figures", "fallen", "reactions", "voices", "verdicts", "agreement", "validation", "many_reports")


@dataclass(frozen=True, eq=False)
class Book:
    """All that the book computes from: the report, its coding and the later record.

    What a book lacks is empty: it may have no later record, no translation, no gloss, no readings and nothing to review.
    """

    report: Report
    coding: Annotations
    record: Record
    translation: pd.DataFrame
    words: pd.DataFrame
    readings: tuple[Reading, ...]
    disagreements: pd.DataFrame
    verdicts: pd.DataFrame
    review: pd.DataFrame = field(default_factory=no_review)

    @functools.cached_property
    def english(self) -> dict[str, str]:
        """The translation of each sentence that has one."""
        return dict(zip(self.translation["sentence"], self.translation["en"], strict=True))

    @functools.cached_property
    def unchecked(self) -> frozenset[str]:
        """The IDs of the rows that nobody has checked since the machine wrote them."""
        return unchecked(self.review)


@functools.cache
def load_book() -> Book:
    """The book's report, coding and record, each checked as it is read."""
    report = load_report()
    coding, record = load_coding(report), load_record()
    translation, words = optional_table("translation"), optional_table("words")
    readings, cases = load_readings(report), load_disagreements()
    return Book(report, coding, record, translation, words, readings, cases, load_verdicts(report), load_review(coding))


def function(name: str) -> Callable[[Book], object]:
    """The function behind a named result. Raises ``KeyError`` with a line that says what there is."""
    module, _, key = name.partition(".")
    if module not in MODULES:
        raise KeyError(f"no result {name!r}: its first part must be one of {', '.join(MODULES)}")
    values = importlib.import_module(f"qantar.{module}").VALUES
    if key not in values:
        raise KeyError(f"no result {name!r}: qantar.{module} has {', '.join(sorted(values))}")
    return values[key]


@functools.cache
def text(name: str, book: Book) -> str:
    """A named result as prose prints it: counts up to twelve in words, numbers with separators, words as they are."""
    result = function(name)(book)
    if isinstance(result, str):
        return result
    return phrasing.spelled(result) if isinstance(result, int) else phrasing.number(result)


def names() -> list[str]:
    """Every named result, sorted."""
    return sorted(f"{m}.{key}" for m in MODULES for key in importlib.import_module(f"qantar.{m}").VALUES)


def place(name: str) -> tuple[str, int]:
    """Where the function behind a named result stands: the module of the package, and the line.

    The function may be written in another module than the one that names it.
    """
    found = function(name)
    module = inspect.getmodule(found)
    return (module.__name__ if module else "").removeprefix("qantar."), inspect.getsourcelines(found)[1]
