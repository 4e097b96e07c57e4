"""The reports of a unit one after another, as they stand in their files, and why one of them can't be had."""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
        self.reason, self.message = reason, " ".join(message.split())
        self.source, self.line, self.report = source, line, report


def records(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    """Every report of a unit, or why it can't be had, in order."""
    yield from _READERS[unit.kind](unit, job)


# --------------------------------------------------------------------------------------------------------- texts


def _texts(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    for name in unit.names:
        path = unit.path / name if name else unit.path
        source = sources.printable("/".join(part for part in (unit.label, name) if part))
        try:
            yield _text(path, source, job.options.max_characters)
        except Rejected as fault:
            fault.source, fault.report = source, sources.stem(source)
            yield fault


def _text(path: Path, source: str, most: int) -> Record:
    try:
        with sources.open_file(path) as file:
            raw = file.read(4 * most + 4)  # a character has four bytes at most, the mark of the byte order three
    except (OSError, EOFError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Rejected("unreadable", f"can't be read ({reason.lower()})") from None
    if len(raw) > 4 * most + 3:
        raise too_large(most)
    try:
        known = read_metadata(path.with_name(sources.stem(path.name) + ".yml"))
    except ReportError as error:
        raise Rejected("metadata", str(error)) from None
    if known.get("sha256") not in (None, hashlib.sha256(raw).hexdigest()):
        raise Rejected("metadata", "the text is not the one that the .yml beside it describes (sha256 differs)")
    leading = _LEADING_DAY.match(path.name)
    published, dated_by = known.get("published"), "given"
    if published is None and leading:
        published, dated_by = leading[0], "name"
    folder = source.rpartition("/")[0].rpartition("/")[2]
    outlet = known.get("outlet") or known.get("publisher") or folder or None
    return Record(sources.stem(source), raw, published, outlet and str(outlet), source, dated_by=dated_by)


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
                yield _json(raw, unit.label, line, job.options.columns, too_large(most) if raw is not whole else None)


def _json(raw: bytes, source: str, line: int, columns: Columns, fault: Rejected | None) -> Record | Rejected:
    try:
        if fault:
            raise fault
        return record(_object(raw), columns, source, line)
    except Rejected as found:
        found.source, found.line = source, line
        return found


def _object(raw: bytes) -> dict[str, Any]:
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
            line = rows.line
            cells = next(rows, None)
            if cells is None:  # the file has been cut since it was indexed
                return
            try:
                yield record(_row(header, cells), job.options.columns, unit.label, line)
            except Rejected as fault:
                fault.source, fault.line = unit.label, line
                yield fault


def _row(header: Any, cells: list[str] | csv.Error) -> dict[str, Any]:
    if isinstance(cells, csv.Error):
        raise Rejected("broken", f"starts a row that is not CSV ({cells})")
    if len(cells) != len(header):
        raise Rejected("broken", f"the row has {len(cells)} cells, the header {len(header)} (text with commas needs double quotes)")
    return dict(zip(header, cells, strict=True))


def _parquet(unit: Unit, job: Job) -> Iterator[Record | Rejected]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(unit.path, pre_buffer=False) as file:
        wanted = {job.options.columns.name(role) for role in Columns.DEFAULTS}
        names = [name for name in file.schema_arrow.names if name in wanted]
        for number, row in _parquet_rows(file, names, unit.first, unit.count):
            try:
                yield record(row, job.options.columns, unit.label, number)
            except Rejected as fault:
                fault.source, fault.line = unit.label, number
                yield fault


def _parquet_rows(file: Any, names: list[str], first: int, count: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """(number from 1, row) of some rows, without decoding row groups that have none of them."""
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
            yield from enumerate(batch.slice(skip, min(stop, batch.num_rows) - skip).to_pylist(), at + skip + 1)
        at += batch.num_rows
        if at >= first + count:
            return


def _fault(unit: Unit, job: Job) -> Iterator[Rejected]:
    yield Rejected("unreadable", f"can't be read ({unit.names[0]})", unit.label)


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
