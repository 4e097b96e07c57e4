"""One unit from its texts to its files, on a worker."""

from __future__ import annotations

import collections
import datetime
import functools
import gc
import multiprocessing
import socket
import sys
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from qantar import digests
from qantar.corpus import layout, reader, schemas, signatures
from qantar.corpus.job import Job, Unit
from qantar.corpus.records import Record, Rejected, records, too_large
from qantar.reading.annotate import read_rows
from qantar.reading.lexicons import load_lexicon
from qantar.reading.source import dated, publication_day
from qantar.report import Report, ReportError, decode

Rows = dict[str, list[dict[str, Any]]]
SCHEMAS = {**{name: schemas.of(name) for name in schemas.TABLES if name != "families"}, layout.SIGNATURES: schemas.SIGNATURES}
_KEPT = 20
"""Reports whose rows stay dicts until they are packed."""
_COLLECTED = 20_000
"""Objects after which a worker's garbage collector looks for cycles; Python's 700 are a tenth of a report. It looks through all
that is left after each unit, so that memory stays flat."""


def read_unit(unit: Unit, job: Job) -> dict[str, Any]:
    """Reads the reports of a unit and writes their rows; how many it read and rejected, characters and processor seconds.

    Raises ``ReportError`` if this worker could not do what the others do.
    """
    check(unit, job)
    _settle()
    begin = time.process_time()
    months: dict[str, Month] = collections.defaultdict(Month)
    rejected = []
    for found in records(unit, job):
        try:
            if isinstance(found, Rejected):
                raise found
            read = read_report(found, job)
            months[f"{read['reports'][0]['published']:%Y-%m}"].add(read)
        except Rejected as fault:
            rejected.append(_row(fault, found))
    done = _write(unit, job, months, rejected)
    del months
    gc.collect()
    return done | {"processor": time.process_time() - begin, "memory": peak_memory()}


def check(unit: Unit, job: Job) -> None:
    """Nothing if this worker has the reader and the folders of the run. Raises ``ReportError`` otherwise."""
    if reader.digest() != job.reader:
        raise ReportError(f"{socket.gethostname()}: has another version of qantar; all workers need the one of this machine")
    for told, path in ((job.out, job.out / layout.WORK), (unit.path, unit.path)):
        if not path.exists() and unit.kind != "fault":
            raise ReportError(f"{socket.gethostname()}: has no {told}; all workers need the folders of this machine, by the same paths")


@functools.cache
def _settle() -> None:
    """Loads the lexicons; in a worker process the garbage collector looks less often, and no more at what is there by then."""
    load_lexicon()
    if multiprocessing.parent_process() is not None:
        gc.collect()
        gc.freeze()
        gc.set_threshold(_COLLECTED)


def peak_memory() -> float:
    """The most memory that this process has held, in megabytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


# ---------------------------------------------------------------------------------------------------- one report


def read_report(record: Record, job: Job) -> Rows:
    """The rows of a report by table, as the reader gives them. Raises ``Rejected`` if it can't be read."""
    text = _text(record, job.options.max_characters)
    report = Report(text)
    try:
        published, dated_by = _published(record, report)
        found = read_rows(report, published)
    except Rejected:
        raise
    except Exception as error:  # one report must not stop a corpus; the reader's fault is told with it
        raise Rejected("reader", f"the reader failed ({type(error).__name__}: {error}); please report it") from None
    of = {"report": record.id, "published": published, "outlet": record.outlet}
    about = {
        "source": record.source, "line": record.line, "dated_by": dated_by, "sha256": digests.of(record.raw),
        "characters": len(text), "sentences": len(report.sentences),
    }  # fmt: skip
    signature = {"report": record.id, "published": published, "signature": text}  # of which it will be
    return {"reports": [of | about], layout.SIGNATURES: [signature], **found}


def _text(record: Record, most: int) -> str:
    if not record.raw.strip():
        raise Rejected("empty", "the text is empty")
    try:
        record.raw.decode("utf-8")
    except UnicodeDecodeError:
        reason = "encoding"
    else:
        reason = "no Arabic"
    try:
        text = decode(record.raw, record.source)
    except ReportError as error:
        raise Rejected(reason, str(error).removeprefix(f"{record.source}: ")) from None
    if len(text) > most:
        raise too_large(most)
    return text


def _published(record: Record, report: Report) -> tuple[datetime.date, str]:
    """(day, what tells it): what stands beside the text, else the first full date of its opening."""
    if record.published is not None:
        try:
            return publication_day(record.published, "published"), record.dated_by
        except ReportError as error:
            raise Rejected("no date", str(error)) from None
    found = dated(report.sentences)
    if found is None:
        raise Rejected("no date", "nothing tells when it was published: no date given, none in the name, none in the opening")
    return found[0], "text"


# ----------------------------------------------------------------------------------------------------- its files


def _row(fault: Rejected, found: Record | Rejected) -> dict[str, Any]:
    record = found if isinstance(found, Record) else None
    return {
        "source": record.source if record else fault.source, "line": record.line if record else fault.line,
        "report": record.id if record else fault.report, "reason": fault.reason, "message": fault.message,
    }  # fmt: skip


class Month:
    """The rows that a unit has in a month, by table. Of what is read, little is kept as Python's objects, which cost time."""

    def __init__(self) -> None:
        self.reports = self.characters = 0
        self._rows: Rows = {table: [] for table in SCHEMAS}
        self._counts: dict[str, list[int]] = {table: [] for table in SCHEMAS}  # of rows a report
        self._batches: dict[str, list[pa.RecordBatch]] = {table: [] for table in SCHEMAS}

    def add(self, read: Rows) -> None:
        """Takes up the rows of a report."""
        for table, rows in read.items():
            self._rows[table] += rows
            self._counts[table].append(len(rows))
        self.reports += 1
        self.characters += read["reports"][0]["characters"]
        if self.reports % _KEPT == 0:
            self._pack()

    def _pack(self) -> None:
        for row in self._rows[layout.SIGNATURES]:  # one after another, which takes half as long as one after each reading
            row["signature"] = signatures.signature(row["signature"])
        for table, rows in self._rows.items():
            if rows:
                counts = self._counts[table] if table in schemas.LAYERS else None
                self._batches[table].append(_packed(table, rows, self._rows["reports"], counts))
        self._rows = {table: [] for table in SCHEMAS}
        self._counts = {table: [] for table in SCHEMAS}

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Each table that has a row, with its name."""
        self._pack()
        for table, batches in self._batches.items():
            if batches:
                yield table, pa.Table.from_batches(batches).combine_chunks()


def _packed(table: str, rows: list[dict[str, Any]], reports: list[dict[str, Any]], counts: list[int] | None) -> pa.RecordBatch:
    """Rows as a batch. Where ``counts`` tells how many each report has, its columns are set before them, and the end after."""
    if counts is None:
        return pa.RecordBatch.from_pylist(rows, SCHEMAS[table])
    own = pa.RecordBatch.from_pylist(rows, schemas.own(table))
    of = pa.RecordBatch.from_pylist(reports, schemas.OF_REPORT).take(pa.array(np.repeat(np.arange(len(reports)), counts)))
    end = pc.add(own["start"], pc.cast(pc.utf8_length(own["quote"]), pa.int64()))
    return pa.RecordBatch.from_arrays([*of.columns, *own.columns, end], schema=SCHEMAS[table])


def _write(unit: Unit, job: Job, months: dict[str, Month], rejected: list[dict[str, Any]]) -> dict[str, Any]:
    """Writes the files of a unit, last the one that says that it is done; its counts."""
    parts = []
    for name, month in sorted(months.items()):
        for table, rows in month.tables():
            written = layout.write_table(job.out, layout.part(job.out, table, name, unit.key), rows)
            if table != layout.SIGNATURES:
                parts.append(written)
    if rejected:
        path = job.out / layout.REJECTED_PARTS / f"part-{unit.key}.parquet"
        layout.write_table(job.out, path, pa.Table.from_pylist(rejected, schemas.REJECTED))
    counts = {
        "reports": sum(month.reports for month in months.values()),
        "characters": sum(month.characters for month in months.values()),
        "rejected": dict(sorted(collections.Counter(row["reason"] for row in rejected).items())),
    }
    layout.write_json(job.out, job.out / layout.UNITS / f"{unit.key}.json", {**counts, "parts": parts})
    return counts
