"""Where the records of a file begin, found on a worker in one pass, so that any worker can start in the middle."""

from __future__ import annotations

import csv
import itertools
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from qantar import digests
from qantar.corpus import layout, sources
from qantar.corpus.job import Job

Mark = tuple[int, int, int]
"""The number of a record (from 0), the byte and the line (from 1) at which it begins."""

FIELD = 1 << 26
"""The longest cell of a CSV file that is read to its end, in characters; a longer one is a quote that nothing closes."""
_CHUNK = 1 << 20
_LOOKED_AT = 1000  # lines of JSON that tell which keys there are


@dataclass(frozen=True)
class Index:
    """A file: how many records it has, a mark for each so many of them, the names of its columns, or why it can't be read."""

    kind: str
    path: Path
    label: str
    state: sources.State
    every: int
    records: int = 0
    names: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    fault: str = ""
    reader: str = ""


def stored(job: Job, label: str, state: sources.State) -> Index | None:
    """The index of a file from an earlier run, ``None`` if there is none, or the file or the reader has changed."""
    found = layout.read_json(_file(job.out, label))
    told = {"state": state and list(state), "every": job.options.reports_per_part, "reader": job.reader}
    if found is None or not told.items() <= found.items():
        return None
    marks = tuple((a, b, c) for a, b, c in found.pop("marks"))
    return Index(**{**found, "path": Path(found["path"]), "state": state, "names": tuple(found["names"]), "marks": marks})


def make(job: Job, kind: str, path: Path, label: str, state: sources.State) -> Index:
    """The index of a file, stored in the corpus; a packed file is unpacked beside it.

    Raises ``OSError`` for what may be wrong with this machine alone.
    """
    found: dict[str, Any] = {"records": 0, "names": (), "marks": (), "fault": ""}
    plain, every = path, job.options.reports_per_part
    try:
        if sources.is_packed(path):
            plain = _unpack(job.out, path, label)
        found |= _INDEXERS[kind](plain, every)
    except sources.BROKEN as error:
        if sources.is_systems(error) and state is not None:  # the client can read it
            raise
        found["fault"] = sources.printable(" ".join(str(error).split())) or type(error).__name__
    made = Index(kind, plain, label, state, every, **found, reader=job.reader)
    layout.write_json(job.out, _file(job.out, label), {**vars(made), "path": str(plain)})
    return made


def _file(out: Path, label: str) -> Path:
    return out / layout.INDEX / f"{digests.of(label)[:16]}.json"


def _unpack(out: Path, path: Path, label: str) -> Path:
    plain = out / layout.WORK / f"unpacked-{digests.of(label)[:16]}{path.with_suffix('').suffix}"
    with layout.replacing(out, plain) as made, sources.open_file(path) as packed, made.open("wb") as file:
        shutil.copyfileobj(packed, file, _CHUNK)
    return plain


# ------------------------------------------------------------------------------------------------------ formats


def _jsonl(path: Path, every: int) -> dict[str, Any]:
    """A record is a line."""
    with path.open("rb") as file:
        begin = 3 if file.read(3) == b"\xef\xbb\xbf" else 0
        file.seek(begin)
        names = _keys(itertools.islice(iter(lambda: file.readline(_CHUNK), b""), _LOOKED_AT))
        file.seek(begin)
        marks: list[Mark] = [(0, begin, 1)]
        line = 0
        for line, at in enumerate(_line_ends(file, begin), 1):
            if line % every == 0:
                marks.append((line, at, line + 1))
        size = path.stat().st_size
    if marks[-1][1] >= size:  # nothing follows the last line
        marks.pop()
    lines = line + (size > begin and not _ends_with_line(path))
    return {"records": lines, "names": names, "marks": tuple(marks)}


def _line_ends(file: BinaryIO, at: int) -> Iterator[int]:
    """The byte after each line feed."""
    import numpy as np

    while chunk := file.read(_CHUNK):
        yield from (np.flatnonzero(np.frombuffer(chunk, np.uint8) == 10) + at + 1).tolist()
        at += len(chunk)


def _ends_with_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, 2)
        return file.read(1) == b"\n"


def _keys(lines: Iterable[bytes]) -> tuple[str, ...]:
    """The keys of some lines, those that are no JSON passed over."""
    found: dict[str, None] = {}
    for line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        found |= dict.fromkeys(map(sources.printable, row if isinstance(row, dict) else ()))
    return tuple(found)


def _csv(path: Path, every: int) -> dict[str, Any]:
    """A record is a row, which may hold line ends between quotes."""
    with path.open("rb") as file:
        rows = Rows(file, path, 0, 1)
        header = next(rows, [])
        marks: list[Mark] = []
        for number in itertools.count():
            if number % every == 0:
                mark = (number, rows.at, rows.line)
            if next(rows, None) is None:
                break
            if number % every == 0:
                marks.append(mark)
    names = tuple(map(sources.printable, header)) if isinstance(header, list) else ()
    return {"records": number, "names": names, "marks": tuple(marks)}


class Rows:
    """The rows of a CSV file from a byte on, one that is not CSV as its fault; blank lines are none.

    ``at`` and ``line`` are where the next begins, ``first`` and ``last`` the lines of the row that was given.
    """

    def __init__(self, file: BinaryIO, path: Path, at: int, line: int) -> None:
        csv.field_size_limit(FIELD)
        file.seek(at)
        self.file, self.at, self.line = file, at, line
        self.first = self.last = line
        self._ended = False
        self._reader = csv.reader(self._lines(), delimiter="\t" if path.suffix.lower() == ".tsv" else ",", strict=True)

    def __iter__(self) -> Iterator[list[str] | csv.Error]:
        return self

    def __next__(self) -> list[str] | csv.Error:
        row: list[str] | csv.Error = []
        while row == []:
            self.first = self.line
            try:
                row = next(self._reader)
            except csv.Error as error:  # the reader goes on at the next line
                row = error
        self.last = max(self.first, self.line - self._ended)
        return row

    def _lines(self) -> Iterator[str]:
        while raw := self.file.readline(FIELD):
            begins = self.at == 0
            self.at += len(raw)
            self._ended = raw.endswith(b"\n")
            self.line += self._ended
            # Bytes that are not UTF-8 stay themselves until the row that has them is read.
            yield raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff" if begins else "")


def _parquet(path: Path, every: int) -> dict[str, Any]:
    import pyarrow.parquet as pq

    with pq.ParquetFile(path) as file:
        rows, names = file.metadata.num_rows, tuple(file.schema_arrow.names)
    return {"records": rows, "names": names, "marks": tuple((first, 0, 0) for first in range(0, rows, every))}


_INDEXERS = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet}
