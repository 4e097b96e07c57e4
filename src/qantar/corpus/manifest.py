"""What a corpus holds and what made it, written at the end on a worker: the same bytes for the same sources."""

from __future__ import annotations

import collections
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from qantar import digests
from qantar.corpus import families, layout, reader, schemas

_AT_ONCE = 1_000_000
PARTS = pa.schema([("path", pa.string()), ("rows", pa.int64()), ("bytes", pa.int64()), ("sha256", pa.string())])


def finish(out: Path, settings: dict[str, Any], copies: list[dict[str, Any]]) -> dict[str, Any]:
    """Writes ``rejected.parquet``, ``parts.parquet`` and ``manifest.json``; the manifest. ``copies`` are the files of the families."""
    rows: collections.Counter[str] = collections.Counter()
    reasons: collections.Counter[str] = collections.Counter()
    parts = list(copies)
    for path in sorted((out / layout.UNITS).glob("*.json")):
        done = layout.read_json(path)
        parts += done["parts"]
        reasons.update(done["rejected"])
    for part in parts:
        rows[part["path"].partition("/")[0]] += part["rows"]
    files = {
        layout.PARTS: layout.write_table(out, out / layout.PARTS, pa.Table.from_pylist(sorted(parts, key=lambda part: part["path"]), PARTS)),
        layout.REJECTED: _rejected(out),
    }  # fmt: skip
    found = layout.months(out, "reports")
    manifest = {
        "reports": rows["reports"],
        "rejected": sum(reasons.values()),
        "rejected_by_reason": dict(sorted(reasons.items())),
        "identifiers_twice": _twice(out, rows["reports"]),
        "families": _families(out),
        "months": [found[0], found[-1]] if found else [],
        "rows": {table: rows[table] for table in schemas.TABLES},
        "files": len(parts),
        "units": units(layout.done(out)),
        "versions": reader.versions(),
        "settings": settings,
        "digests": {name: file["sha256"] for name, file in files.items()},
    }
    layout.write_json(out, out / layout.MANIFEST, manifest)
    return manifest


def units(keys: set[str]) -> str:
    """One digest of the units that a corpus is made of."""
    return digests.of("\n".join(sorted(keys)))


def _rejected(out: Path) -> dict[str, Any]:
    """Writes one table of all that was rejected, by source and line, a unit at a time."""
    path = out / layout.REJECTED
    with layout.replacing(out, path) as made, pq.ParquetWriter(made, schemas.REJECTED, compression="zstd") as writer:
        for part in sorted((out / layout.REJECTED_PARTS).glob("part-*.parquet"), key=_place):
            writer.write_table(layout.read_table(part))
    return {"sha256": layout.sha256(path)}


def _place(part: Path) -> tuple[str, int]:
    first = layout.read_table(part, columns=["source", "line"]).slice(0, 1).to_pylist()[0]
    return first["source"], first["line"] or 0


def _twice(out: Path, reports: int) -> int:
    """How many identifiers several reports have; a part of them at a time, so that memory stays flat."""
    shards, twice = 1 + reports // _AT_ONCE, 0
    for shard in range(shards):
        found = [column.filter(pa.array(_hashes(column) % shards == shard)) for column in _identifiers(out)]
        counts = pa.chunked_array(found, pa.string()).value_counts().field("counts")
        twice += pc.sum(pc.greater(counts, 1)).as_py() or 0
    return twice


def _identifiers(out: Path) -> Iterator[pa.Array]:
    for path in layout.parts(out, "reports"):
        yield layout.read_table(path, columns=["report"])["report"].combine_chunks()


def _hashes(column: pa.Array) -> np.ndarray:
    return pd.util.hash_array(column.to_numpy(zero_copy_only=False))


def _families(out: Path) -> dict[str, int]:
    """How many families have more than one report, and how many reports these have."""
    count = collections.Counter()
    for path in layout.parts(out, "families"):
        shared = layout.read_table(path, columns=["report", "family", "copies"], filters=[("copies", ">", 1)])
        count["families"] += pc.sum(pc.equal(shared["report"], shared["family"])).as_py() or 0
        count["reports"] += shared.num_rows
    return {"of_several": count["families"], "their_reports": count["reports"], "within_days": families.DAYS}

