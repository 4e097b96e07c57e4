"""The folder of a corpus, and how a file gets into it: whole or not at all.

``TABLE/month=YYYY-MM/part-UNIT.parquet`` are the tables; ``rejected.parquet`` lists what could not be read,
``parts.parquet`` every file of the tables with its digest, ``manifest.json`` says what is there and what made it, ``run.json`` how
long it took. Names with an underscore are the run's own: ``_units`` has a file for each unit that is done, which is how
a run that goes on knows; ``_signatures`` and ``_rejected`` what each unit adds to the families and to the rejected; ``_index``
where records begin in large files; ``_work`` is gone at the end. Datasets of pyarrow pass such names over.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

SETTINGS = "corpus.json"
MANIFEST = "manifest.json"
RUN = "run.json"
REJECTED = "rejected.parquet"
PARTS = "parts.parquet"
UNITS, SIGNATURES, REJECTED_PARTS, INDEX, WORK = "_units", "_signatures", "_rejected", "_index", "_work"


def part(out: Path, table: str, month: str, key: str) -> Path:
    """The file with the rows that a unit has in a month."""
    return out / table / f"month={month}" / f"part-{key}.parquet"


def parts(out: Path, table: str, month: str = "*") -> list[Path]:
    """The files of a table, by month and unit."""
    return sorted((out / table).glob(f"month={month}/part-*.parquet"))


def months(out: Path, table: str) -> list[str]:
    """The months of which a table has rows, in order."""
    return sorted(set(map(month_of, parts(out, table))))


def month_of(path: Path) -> str:
    """The month of the folder that a file lies in."""
    return path.parent.name.removeprefix("month=")


def key_of(path: Path) -> str:
    """The key of the unit that a file came from."""
    return path.stem.removeprefix("part-")


@contextlib.contextmanager
def replacing(out: Path, path: Path) -> Iterator[Path]:
    """A path to write to in the place of another, which is replaced at the end; what was begun and not ended is nobody's."""
    made = out / WORK / f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}"
    yield made
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(made, path)


def write_table(out: Path, path: Path, table: pa.Table) -> dict[str, Any]:
    """Writes a Parquet file; its path within the corpus, rows, bytes and SHA-256."""
    with replacing(out, path) as made:
        pq.write_table(table, made, compression="zstd")
        size, digest = made.stat().st_size, sha256(made)
    return {"path": path.relative_to(out).as_posix(), "rows": table.num_rows, "bytes": size, "sha256": digest}


def read_table(path: Path, columns: list[str] | None = None, filters: Any = None) -> pa.Table:
    """A file of the corpus, without the month that its folder tells."""
    return pq.read_table(path, columns=columns, filters=filters, partitioning=None)


def write_json(out: Path, path: Path, value: Any) -> None:
    """Writes a JSON file: Arabic as it is, keys in their order."""
    with replacing(out, path) as made:
        made.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="surrogateescape")


def read_json(path: Path) -> Any:
    """What a JSON file of the corpus holds, ``None`` if it is not there."""
    try:
        return json.loads(path.read_text(encoding="utf-8", errors="surrogateescape"))
    except FileNotFoundError:
        return None


def sha256(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def done(out: Path) -> set[str]:
    """The keys of the units that are done."""
    folder = out / UNITS
    return {name.removesuffix(".json") for name in os.listdir(folder)} if folder.is_dir() else set()


def drop_others(out: Path, keys: set[str]) -> int:
    """Removes all that came from other units than these; how many of them were done."""
    stale = done(out) - keys
    for key in stale:  # before its parts: what is marked as done is whole, whenever this is stopped
        (out / UNITS / f"{key}.json").unlink()
    for path in [*out.glob("*/month=*/part-*.parquet"), *out.glob(f"{REJECTED_PARTS}/part-*.parquet")]:
        if key_of(path) not in keys:
            path.unlink()
    return len(stale)


def tidy(out: Path) -> None:
    """Removes what only the run needed, and folders of months that have become empty."""
    shutil.rmtree(out / WORK, ignore_errors=True)
    for folder in out.glob("*/month=*"):
        with contextlib.suppress(OSError):  # not empty
            folder.rmdir()
