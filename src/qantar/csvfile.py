"""The form of a CSV file: its rows with the lines they start on, and everything in it that is not sound CSV."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator
from pathlib import Path

from qantar.problems import Problem


def records(path: Path, columns: list[str], problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    """(line, cells by column) of every row of a CSV file whose form is sound; what is not is noted."""
    file, text = str(path), _text(path, problems, columns)
    if not text:
        return
    rows = _rows(file, text, problems, columns)
    _, header = next(rows, (1, None))
    if header is None:
        return
    problems += _header_problems(file, header, columns)
    for line, cells in rows:
        if len(cells) == len(header):
            yield line, {column: cell for column, cell in zip(header, cells, strict=True) if column in columns}
        else:
            column = header[max(min(len(cells), len(header)) - 1, 0)] if header else columns[0]
            problems.append(Problem(file, line, column, "", _ragged(len(cells), len(header))))


def _rows(file: str, text: str, problems: list[Problem], columns: list[str]) -> Iterator[tuple[int, list[str]]]:
    """(line it starts on, cells) of every row, the header included, up to the first that is not CSV (which is noted)."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        fault = f"starts a row that is not CSV ({error}); put text with commas or quotes in double quotes"
        problems.append(Problem(file, line, columns[0], "", fault))


def _ragged(found: int, expected: int) -> str:
    if not found:
        return "the line is empty; delete it"
    return f"the row has {found} cells; the header has {expected} columns (text with commas needs double quotes)"


def _text(path: Path, problems: list[Problem], columns: list[str]) -> str:
    """The text of a file, empty if it can't be read (which is noted)."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        fault = "" if text.strip() else f"the file is empty; it needs at least the header {','.join(columns)}"
        line = 1
    except FileNotFoundError:
        text, line, fault = "", 1, f"there is no such file; it needs at least the header {','.join(columns)}"
    except UnicodeDecodeError as error:
        text, line = "", error.object.count(b"\n", 0, error.start) + 1
        fault = f"byte {error.start + 1} of the file is not UTF-8; save the file as UTF-8"
    if fault:
        problems.append(Problem(str(path), line, columns[0], "", fault))
        return ""
    return text


def _header_problems(file: str, header: list[str], columns: list[str]) -> Iterator[Problem]:
    for column in columns:
        if column not in header:
            yield Problem(file, 1, column, "", f"the column is missing; the columns are {','.join(columns)}")
    for position, column in enumerate(header):
        if column not in columns:
            near = difflib.get_close_matches(column, columns, 1)
            yield Problem(
                file,
                1,
                column or f"column {position + 1}",
                "",
                f"is not a column of this table; {f'did you mean {near[0]}?' if near else 'delete it'}",
            )
        elif column in header[:position]:
            yield Problem(file, 1, column, "", "the column stands twice; keep one")
