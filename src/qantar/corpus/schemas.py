"""The tables of a corpus as Arrow schemas: those of `Annotations`, each with the report that a row is of, and three more."""

from __future__ import annotations

import functools

import pyarrow as pa

from qantar.reading.annotate import TABLES as LAYERS
from qantar.schema import fields_of

_TYPES = {"string": pa.string(), "number": pa.float64(), "integer": pa.int64(), "boolean": pa.bool_()}
OF_REPORT = pa.schema([("report", pa.string()), ("published", pa.date32()), ("outlet", pa.string())])
"""What a row of every table begins with."""

SIGNATURE = 128
"""Slots of a MinHash signature, each of four bytes."""

REPORTS = pa.schema([
    *OF_REPORT,
    ("source", pa.string()), ("line", pa.int64()),
    ("dated_by", pa.string()),  # given; name: of its file; text: its opening
    ("sha256", pa.string()), ("characters", pa.int64()), ("sentences", pa.int64()),
])  # fmt: skip
FAMILIES = pa.schema([*OF_REPORT, ("family", pa.string()), ("copies", pa.int64())])
REJECTED = pa.schema([
    ("source", pa.string()), ("line", pa.int64()), ("report", pa.string()), ("reason", pa.string()), ("message", pa.string()),
])  # fmt: skip
SIGNATURES = pa.schema([
    ("report", pa.string()), ("published", pa.date32()), ("signature", pa.binary(4 * SIGNATURE)),
])  # fmt: skip
LINKS = pa.schema([
    ("first", pa.string()), ("first_day", pa.date32()), ("second", pa.string()), ("second_day", pa.date32()),
])  # fmt: skip


@functools.cache
def own(name: str) -> pa.Schema:
    """The columns that the reader gives in a table of `Annotations`, and where the words begin."""
    return pa.schema([*((field["name"], _TYPES[field["type"]]) for field in fields_of(name)), ("start", pa.int64())])


def annotation(name: str) -> pa.Schema:
    """The schema of a table of `Annotations` in a corpus: report, published, outlet, then its own columns and offsets."""
    return pa.schema([*OF_REPORT, *own(name), ("end", pa.int64())])


TABLES = ("reports", *LAYERS, "families")


def of(name: str) -> pa.Schema:
    """The schema of a table of a corpus, one of ``TABLES``."""
    return {"reports": REPORTS, "families": FAMILIES}.get(name) or annotation(name)
