"""A CSV file of which rows are changed or taken out while all others stay byte for byte."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

_BREAK = re.compile(r"(?:\r\n|\n|\r)\Z")


@dataclass(frozen=True)
class Row:
    """A row as it is written, with its line end, and its cells by column."""

    text: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class RowFile:
    """A sound CSV file: its header as it is written, a byte order mark included, and its rows in their order."""

    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @classmethod
    def parse(cls, content: bytes) -> RowFile:
        """The file with this content. Raises ``ValueError`` where it is no CSV in UTF-8 with a header."""
        text = content.decode("utf-8")
        lines = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
        reader, parts, seen = csv.reader(lines, strict=True), [], 0
        for cells in reader:
            parts.append(("".join(lines[seen : reader.line_num]), cells))
            seen = reader.line_num
        if not parts:
            raise ValueError("the file is empty")
        (head, columns), *rows = parts
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        return cls(mark + head, tuple(columns), tuple(Row(raw, dict(zip(columns, cells, strict=True))) for raw, cells in rows))

    @property
    def content(self) -> bytes:
        """The file as bytes."""
        return "".join([self.head, *(row.text for row in self.rows)]).encode("utf-8")

    def changed(self, place: int, cells: Mapping[str, str]) -> RowFile:
        """The file with other values in some cells of the row at this place."""
        row = self.rows[place]
        new = dict(row.cells) | dict(cells)
        return replace(self, rows=(*self.rows[:place], Row(self._written(new, _BREAK.search(row.text)), new), *self.rows[place + 1 :]))

    def without(self, places: set[int]) -> RowFile:
        """The file without the rows at these places."""
        return replace(self, rows=tuple(row for place, row in enumerate(self.rows) if place not in places))

    def added(self, cells: Mapping[str, str]) -> RowFile:
        """The file with one more row at its end; what is not given is empty."""
        new = {column: cells.get(column, "") for column in self.columns}
        if not self.rows:
            ended = replace(self, head=self._ended(self.head))
        else:
            ended = replace(self, rows=(*self.rows[:-1], replace(self.rows[-1], text=self._ended(self.rows[-1].text))))
        return replace(ended, rows=(*ended.rows, Row(self._written(new, _BREAK.search(self.head)), new)))

    def _ended(self, text: str) -> str:
        return text if _BREAK.search(text) else text + "\n"

    def _written(self, cells: Mapping[str, str], end: re.Match[str] | None) -> str:
        buffer = io.StringIO()
        # Quotes are set for what is in the line end, so that it must have both characters that end lines.
        csv.writer(buffer, lineterminator="\r\n").writerow(cells[column] for column in self.columns)
        return buffer.getvalue().removesuffix("\r\n") + (end[0] if end else "\n")
