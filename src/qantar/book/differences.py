"""How two versions of a table, a figure or a printed text differ, in lines for a terminal; no line if they do not.

Values stand as Python writes them, so that spaces and marks of direction can be told apart.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Sequence
from html.parser import HTMLParser

from qantar.book import digests
from qantar.book.pictures import description

Rows = list[list[str]]


def limited(lines: Sequence[str], most: int = 10) -> list[str]:
    """At most so many lines, and how many more there are."""
    return [*lines[:most], *([f"and {len(lines) - most} more"] if len(lines) > most else [])]


def of_tables(published: bytes, now: bytes) -> list[str]:
    """The columns, rows and cells in which two CSV files differ, rows named by their key."""
    if published == now:
        return []
    try:
        old, new = (list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)) for content in (published, now))
    except (UnicodeDecodeError, csv.Error) as error:
        return [f"the published file is no CSV in UTF-8: {error}"]
    return of_rows(old, new) or ["the same cells, written differently (ends of lines, quotes)"]


def of_rows(old: Rows, new: Rows) -> list[str]:
    """The same for rows of cells, of which the first has the names of the columns."""
    if not old or not new:
        return [] if old == new else [f"the {'published' if not old else 'new'} table is empty"]
    names = [_distinct(rows[0]) for rows in (old, new)]
    columns = [name for name in names[0] if name in names[1]]
    lines = [f"column {name!r}: only in the published table" for name in names[0] if name not in columns]
    lines += [f"column {name!r}: only in the new table" for name in names[1] if name not in columns]
    before, after = _by_key([_records(names[0], old), _records(names[1], new)], columns)
    for key, row in before.items():
        if key not in after:
            lines.append(f"row {key}: only in the published table")
            continue
        changed = [name for name in columns if row[name] != after[key][name]]
        lines += [f"row {key}, {name}: published {row[name]!r}, now {after[key][name]!r}" for name in changed]
    lines += [f"row {key}: only in the new table" for key in after if key not in before]
    if not lines and old != new:
        lines.append(f"the same {'columns' if list(before) == list(after) else 'rows'}, in another order")
    return lines


def _distinct(columns: Sequence[str]) -> list[str]:
    """The names of columns, with a number behind one that was there before."""
    counts = [list(columns[: place + 1]).count(name) for place, name in enumerate(columns)]
    return [name if count == 1 else f"{name} ({count})" for name, count in zip(columns, counts, strict=True)]


def _records(names: Sequence[str], rows: Rows) -> list[dict[str, str]]:
    """The rows below the first by column; a row that is too short ends in empty cells."""
    return [{name: row[place] if place < len(row) else "" for place, name in enumerate(names)} for row in rows[1:]]


def _by_key(tables: Sequence[list[dict[str, str]]], columns: Sequence[str]) -> list[dict[str, dict[str, str]]]:
    """The rows of the tables by ``id``, or the first column that names each row in all of them, or their numbers from 1."""
    for name in sorted(columns, key=lambda name: name != "id"):
        cells = [[row[name] for row in rows] for rows in tables]
        if all(all(found) and len(set(found)) == len(found) for found in cells):
            return [{repr(row[name]): row for row in rows} for rows in tables]
    return [{str(place): row for place, row in enumerate(rows, start=1)} for rows in tables]


def of_figures(published: str, now: str) -> list[str]:
    """The digests of two figures and, where these say different things, their descriptions."""
    if published == now:
        return []
    old, new = description(published), description(now)
    lines = [f"SHA-256 published {digests.of(published)[:12]}, now {digests.of(now)[:12]}"]
    return [*lines, f"description published: {old!r}", f"description now: {new!r}"] if old != new else [*lines, "the descriptions are the same"]


def of_texts(published: str, now: str) -> list[str]:
    """The unified diff of two texts."""
    return [line.rstrip("\n") for line in difflib.unified_diff(published.splitlines(), now.splitlines(), "published", "now", lineterm="")]


class _Cells(HTMLParser):
    """The text of each cell of an HTML table, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Rows = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        self._open = tag in ("td", "th") or self._open
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._open and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def cells(table: str) -> Rows:
    """The cells of an HTML table as text, the heads of its columns first."""
    reader = _Cells()
    reader.feed(table)
    return reader.rows
