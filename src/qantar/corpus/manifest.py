"""What a corpus holds and what made it, written at the end on a worker: the same bytes for the same sources."""

from __future__ import annotations

import collections
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from qantar.corpus import families, layout, schemas
from qantar.corpus.job import versions

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
        "families": _families(out),
        "months": [found[0], found[-1]] if found else [],
        "rows": {table: rows[table] for table in ("reports", *schemas.LAYERS, "families")},
        "files": len(parts),
        "units": units(layout.done(out)),
        "versions": versions() | {"pyarrow": pa.__version__},
        "settings": settings,
        "digests": {name: file["sha256"] for name, file in files.items()},
    }
    layout.write_json(out, out / layout.MANIFEST, manifest)
    return manifest


def units(keys: set[str]) -> str:
    """One digest of the units that a corpus is made of."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def _rejected(out: Path) -> dict[str, Any]:
    """Writes one table of all that was rejected, by source and line, a unit at a time."""
    path = out / layout.REJECTED
    with layout.replacing(out, path) as made, pq.ParquetWriter(made, schemas.REJECTED, compression="zstd") as writer:
        for part in sorted((out / layout.LOST).glob("part-*.parquet"), key=_place):
            writer.write_table(layout.read_table(part))
    return {"sha256": layout.sha256(path)}


def _place(part: Path) -> tuple[str, int]:
    first = layout.read_table(part, columns=["source", "line"]).slice(0, 1).to_pylist()[0]
    return first["source"], first["line"] or 0


def _families(out: Path) -> dict[str, int]:
    """How many families have more than one report, and how many reports these have."""
    count = collections.Counter()
    for path in _paths(out):
        table = layout.read_table(path, columns=["report", "family", "copies"])
        shared = table.filter(pa.compute.greater(table["copies"], 1))
        count["families"] += pa.compute.sum(pa.compute.equal(shared["report"], shared["family"])).as_py() or 0
        count["reports"] += shared.num_rows
    return {"of_several": count["families"], "their_reports": count["reports"], "within_days": families.DAYS}


def _paths(out: Path) -> Iterator[Path]:
    yield from layout.parts(out, "families")
