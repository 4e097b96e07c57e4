"""One row of the coding or of the later record by its name, and how prose prints it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd

from qantar import phrasing

if TYPE_CHECKING:
    from qantar.values import Book

TABLES = {"F": "figures", "D": "dates", "V": "statements", "R": "reactions", "L": "relations", "M": "mentions", "E": "events"}
"""The tables of the coding by the letter of their rows' IDs."""

LATER = {"C": "claims", "T": "timeline", "X": "reactions"}
"""The tables of the later record by the letter of their rows' IDs."""

_DEFAULT = {"F": "value", "D": "value", "E": "summary_en", "V": "summary_en", "R": "summary_en", "L": "quote", "M": "quote",
            "C": "value", "T": "event", "X": "position", "actor": "name_en"}
_DATES = {"value", "date", "as_of"}


class UnknownRow(LookupError):
    """A name that names nothing."""


def kind(name: str) -> str:
    """The letter of the table that a row is in, ``actor`` for an actor's slug."""
    return name[0] if re.fullmatch(r"[A-Z]\d+", name) else "actor"


def row(book: Book, name: str) -> pd.Series:
    """The row of the coding or the record with this ID, or the actor of this slug. Raises ``UnknownRow``."""
    letter = name[:1]
    if letter in TABLES:
        table = getattr(book.coding, TABLES[letter])
    elif letter in LATER:
        table = getattr(book.record, LATER[letter])
    else:
        table = book.coding.actors
    found = table[table["id"] == name]
    if found.empty:
        raise UnknownRow(f"there is no row {name!r}")
    return found.iloc[0]


def printed(found: pd.Series, column: str = "") -> str:
    """What prose prints of a row: a column's value, by default the one the row is about. Raises ``UnknownRow``."""
    letter = kind(found["id"])
    default = _DEFAULT[letter]
    column = column or default
    if letter == "F" and column == "full":
        return phrasing.quantity(found["value"], found["unit"])
    if letter in "FC" and column == "words":
        return phrasing.spelled(int(found["value" if letter == "F" else "number"]))
    if letter == "C" and column == default and not pd.isna(found["number"]) and pd.isna(found["number_max"]):
        return phrasing.number(found["number"])
    if column.endswith(".short"):
        return phrasing.date(found[column.removesuffix(".short")], year=False)
    if column not in found.index:
        raise UnknownRow(f"{found['id']} has no column {column!r}")
    content = found[column]
    if letter not in "FC" and column in _DATES or column == "as_of":
        return phrasing.date(content)
    return "" if pd.isna(content) else phrasing.number(content) if not isinstance(content, str) else content
