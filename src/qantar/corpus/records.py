"""The reports of a unit one after another, as they stand in their files, and why one of them can't be had."""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qantar import digests
from qantar.corpus import sources
from qantar.corpus.index import Rows
from qantar.corpus.job import Columns, Job, Unit
from qantar.reading.source import read_metadata
from qantar.report import ReportError

_LEADING_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}.*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Record:
    """A report as it was found: its bytes, and what is told of it beside them."""

    id: str
    raw: bytes
    published: Any
    outlet: str | None
    source: str
    line: int | None = None
    dated_by: str = "given"


class Rejected(Exception):
    """A report that can't be read: ``reason`` in a word or two, ``message`` in a line."""

    def __init__(self, reason: str, message: str, source: str = "", line: int | None = None, report: str | None = None) -> None:
        super().__init__(message)
        self.reason, self.message = reason, sources.printable(" ".join(message.split()))
        self.source, self.line, self.report = source, line, report


def records(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    """Every report of a unit, or why it can't be had, in order."""
    yield from _READERS[unit.kind](unit, job)


# --------------------------------------------------------------------------------------------------------- texts


def _texts(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    for name in unit.names:
        path = unit.path / name if name else unit.path
        source = sources.printable("/".join(part for part in (unit.label, name) if part))
        found = _tried(source, None, _text, path, source, job.options.max_characters, name in unit.closed)
        if isinstance(found, Rejected):
            found.report = sources.stem(source)
        yield found


def _text(path: Path, source: str, most: int, closed: bool) -> Record:
    try:
        with sources.open_file(path) as file:
            raw = file.read(4 * most + 4)  # a character has four bytes at most, the mark of the byte order three
    except sources.BROKEN as error:
        if sources.is_systems(error) and not closed:  # the client can read it: what is wrong is wrong with this machine
            raise
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise Rejected("unreadable", f"can't be read ({reason.lower()})") from None
    if len(raw) > 4 * most + 3:
        raise too_large(most)
    try:
        known = read_metadata(sources.beside(path))
    except ReportError as error:
        raise Rejected("metadata", str(error)) from None
    if known.get("sha256") not in (None, digests.of(raw)):
        raise Rejected("metadata", "the text is not the one that the .yml beside it describes (sha256 differs)")
    leading = _LEADING_DAY.match(path.name)
    published, dated_by = known.get("published"), "given"
    if published is None and leading:
        published, dated_by = leading[0], "name"
    folder = source.rpartition("/")[0].rpartition("/")[2]
    outlet = known.get("outlet") or known.get("publisher") or folder or None
    return Record(sources.stem(source), raw, published, _told(outlet), source, dated_by=dated_by)


def too_large(most: int) -> Rejected:
    """The fault of a text that is longer than a report can be."""
    return Rejected("too large", f"has more than {most:,} characters, the most that is taken for a report (--max-characters)")


# ------------------------------------------------------------------------------------------------ lines and rows


def _jsonl(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    most = job.options.max_characters
    longest = 6 * most + (1 << 16)  # a character as \u0627, and the other keys
    with unit.path.open("rb") as file:
        file.seek(unit.offset)
        for line in range(unit.line, unit.line + unit.count):
            raw = file.readline(longest)
            whole = raw
            while len(whole) == longest and not whole.endswith(b"\n"):  # to the end of a line that is too long
                whole = file.readline(longest)
            if raw.strip():
                yield _row(unit, job, line, _object, raw, too_large(most) if raw is not whole else None)


def _object(raw: bytes, fault: Rejected | None) -> dict[str, Any]:
    if fault:
        raise fault
    try:
        value = json.loads(raw.rstrip(b"\r\n").decode("utf-8"))
    except UnicodeDecodeError as error:
        from qantar.report import likely_encoding

        looks = likely_encoding(raw)
        raise Rejected("encoding", f"byte {error.start + 1} of the line is not UTF-8; it looks like {looks}") from None
    except json.JSONDecodeError as error:
        raise Rejected("broken", f"the line is no JSON (column {error.colno}: {error.msg.removesuffix(' starting at')})") from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets of thousands of levels
        raise Rejected("broken", f"the line is no JSON ({error})") from None
    if not isinstance(value, dict):
        raise Rejected("broken", "the line is no JSON object; a report is one, such as {\"text\": \"...\", \"published\": \"2022-01-09\"}")
    return value


def _csv(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    with unit.path.open("rb") as file:
        header = next(Rows(file, unit.path, 0, 1))
        rows = Rows(file, unit.path, unit.offset, unit.line)
        for _ in range(unit.count):
            cells = next(rows, None)
            if cells is None:  # the file has been cut since it was indexed
                return
            yield _row(unit, job, rows.first, _named, header, cells, rows.last)


def _named(header: Any, cells: list[str] | csv.Error, last: int) -> dict[str, Any]:
    if isinstance(cells, csv.Error):
        raise Rejected("broken", f"starts a row that is not CSV and goes on to line {last} ({cells})")
    if len(cells) != len(header):
        raise Rejected("broken", f"the row has {len(cells)} cells, the header {len(header)} (text with commas needs double quotes)")
    return dict(zip(header, cells, strict=True))


def _parquet(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(unit.path, pre_buffer=False) as file:
        wanted = {job.options.columns.name(role) for role in Columns.DEFAULTS}
        names = [name for name in file.schema_arrow.names if name in wanted]
        following, error = unit.first, None
        try:
            for batch in _batches(file, names, unit.first, unit.count):
                for at in range(batch.num_rows):
                    following += 1
                    yield _row(unit, job, following, _cells, batch.slice(at, 1))
        except sources.BROKEN as found:
            if sources.is_systems(found):
                raise
            error = Rejected("unreadable", f"can't be read ({found})")
        for number in range(following, unit.first + unit.count if error else 0):
            yield Rejected(error.reason, error.message, unit.label, number + 1)


def _batches(file: Any, names: list[str], first: int, count: int) -> Iterator[Any]:
    """Some rows, without decoding row groups that have none of them."""
    begin, groups = 0, []
    for group in range(file.num_row_groups):
        rows = file.metadata.row_group(group).num_rows
        if begin + rows > first and begin < first + count:
            groups.append((begin, group))
        begin += rows
    at = groups[0][0] if groups else 0
    for batch in file.iter_batches(batch_size=256, row_groups=[group for _, group in groups], columns=names):
        skip, stop = max(0, first - at), first + count - at
        if skip < batch.num_rows and stop > 0:
            yield batch.slice(skip, min(stop, batch.num_rows) - skip)
        at += batch.num_rows
        if at >= first + count:
            return


def _cells(row: Any) -> dict[str, Any]:
    """The cells of a batch of one row; text as bytes is decoded as that of a CSV file is, so that a fault is its report's own."""
    import pyarrow as pa

    def cell(column: pa.Array) -> Any:
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_string_view(column.type):
            column = column.cast(pa.large_binary())
        [value] = column.to_pylist()
        return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value

    return {name: cell(column) for name, column in zip(row.schema.names, row.columns, strict=True)}


def _fault(unit: Unit, job: Job) -> Iterator[Rejected]:
    yield Rejected("unreadable", f"can't be read ({unit.names[0]})", unit.label)


def _row(unit: Unit, job: Job, line: int, read: Callable[..., dict[str, Any]], *told: Any) -> Record | Rejected:
    """The report in a line or row, whose cells ``read`` gives."""
    return _tried(unit.label, line, lambda: record(read(*told), job.options.columns, unit.label, line))


def _tried(source: str, line: int | None, read: Callable[..., Record], *told: Any) -> Record | Rejected:
    """What ``read`` gives, or why it gives nothing, with its place."""
    try:
        return read(*told)
    except Rejected as fault:
        found = fault
    except (ValueError, OverflowError, RecursionError) as error:  # an instant out of any calendar, lists of thousands of levels
        found = Rejected("broken", f"can't be read ({error})")
    found.source, found.line = source, line
    return found


def record(row: dict[str, Any], columns: Columns, source: str, line: int) -> Record:
    """The report in a row. Raises ``Rejected`` if it has no text that could be one."""
    text = row.get(columns.name("text"))
    if text is None and columns.name("text") not in row:
        raise Rejected("no text", f"has no {columns.name('text')!r}; it has {', '.join(map(str, row)) or 'nothing'}")
    if not isinstance(text, str | bytes | None):
        raise Rejected("no text", f"{columns.name('text')!r} is no text but {str(text)[:40]!r}")
    try:
        raw = text.encode("utf-8", "surrogateescape") if isinstance(text, str) else text or b""
    except UnicodeEncodeError as error:
        raise Rejected("encoding", f"character {error.start + 1} is half of one ({text[error.start]!a})") from None
    told = {role: _told(row.get(columns.name(role))) for role in ("outlet", "id")}
    return Record(told["id"] or f"{source}:{line}", raw, day(row.get(columns.name("date"))), told["outlet"], source, line)


def _told(value: Any) -> str | None:
    return None if value is None or str(value).strip() == "" else sources.printable(str(value))


def day(value: Any) -> Any:
    """A day as it stands in a cell: an instant (ISO 8601) gives its day, nothing ``None``; what is none stays as it is.

    >>> day("2022-01-09T23:10:00+06:00"), day(" "), day("yesterday")
    ('2022-01-09', None, 'yesterday')
    """
    if isinstance(value, str):
        value = value.strip()
        instant = _INSTANT.fullmatch(value)
        return instant[1] if instant else value or None
    return value.date() if isinstance(value, datetime.datetime) else value


_READERS = {"text": _texts, "jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "fault": _fault}
