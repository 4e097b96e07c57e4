"""The last step of a machine reading: rows get their numbers, point to each other by them, and get a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qantar import phrasing
from qantar.formats import SEPARATOR
from qantar.reading.scene import Member

Row = dict[str, Any]

# The letter of each table's numbers and the least digits they have.
_NUMBERS = {
    "mentions": ("M", 3), "events": ("E", 2), "figures": ("F", 2), "dates": ("D", 2), "statements": ("V", 2),
    "reactions": ("R", 2), "relations": ("L", 2),
}  # fmt: skip


def finish(rows: dict[str, list[Row]]) -> None:
    """Numbers the rows of every table in the order of the text, and puts ids where actors and rows stand."""
    for name, (letter, least) in _NUMBERS.items():
        rows[name].sort(key=lambda row: row["start"])
        width = max(least, len(str(len(rows[name]))))
        for number, row in enumerate(rows[name], 1):
            row["id"] = f"{letter}{number:0{width}d}"
    for name, summary in _SUMMARIES.items():
        for row in rows[name]:
            row["summary_en"] = summary(row)
    for row in (row for table in rows.values() for row in table):
        row.update({column: _id(value) for column, value in row.items()})


def _id(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(dict.fromkeys(member.id for member in value)) or None
    if isinstance(value, Member):
        return value.id
    return value["id"] if isinstance(value, dict) else value


def _names(members: Iterable[Member]) -> str:
    return phrasing.listing([member.english for member in members])


def _event(row: Row) -> str:
    kind = "Other event" if row["kind"] == "other" else row["kind"].capitalize()
    by = f" by {_names(row['agent'])}" if row["agent"] else ""
    of = f" of {_names(row['patient'])}" if row["patient"] else ""
    return f"{kind}{by}{of}" + ("." if row["status"] == "asserted" else f" ({row['status']}).")


def _figure(row: Row) -> str:
    return f"{phrasing.quantity(row['value'], row['unit'])}: {row['measures']} ({row['precision']})."


def _statement(row: Row) -> str:
    return f"{row['speaker'].english if row['speaker'] else 'Nobody named'} speaks ({row['mode']})."


def _reaction(row: Row) -> str:
    return f"{row['actor'].english}: {row['kind']} ({row['stance']})."


_SUMMARIES: dict[str, Callable[[Row], str]] = {
    "events": _event, "figures": _figure, "statements": _statement, "reactions": _reaction,
}  # fmt: skip
