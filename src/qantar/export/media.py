"""What sort of file a file is, and under which licence, from the tables ``media.csv``, ``rights.csv`` and ``licences.csv``."""

from __future__ import annotations

import csv
import fnmatch
import functools
from pathlib import Path, PurePosixPath

TEXT = {"suffix": "", "media": "text/plain", "format": "txt", "name": "Plain Text",
        "pronom": "https://www.nationalarchives.gov.uk/PRONOM/x-fmt/111"}
BYTES = {"suffix": "", "media": "application/octet-stream", "format": "", "name": "Bytes", "pronom": ""}


def media(path: str) -> dict[str, str]:
    """The row of ``media.csv`` for a file; one without a suffix is plain text, one of an unknown suffix just bytes."""
    suffix = PurePosixPath(path).suffix
    return next((row for row in table("media") if row["suffix"] == suffix), BYTES) if suffix else TEXT


def described(path: str) -> dict[str, str]:
    """A file that is no table as a Data Package describes it."""
    found = media(path)
    form = {"format": found["format"]} if found["format"] else {}
    return {"path": path, **form, "mediatype": found["media"]} | ({"encoding": "utf-8"} if _is_text(found["media"]) else {})


def licence_of(path: str) -> str:
    """The key of the licence of a file of the book: that of the first row of ``rights.csv`` whose pattern fits its path."""
    return next(row["licence"] for row in table("rights") if fnmatch.fnmatchcase(path, row["path"]))


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the tables beside this module."""
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(csv.DictReader(stream))


def _is_text(kind: str) -> bool:
    return kind.startswith("text/") or kind in ("application/json", "application/yaml", "application/toml", "application/x-bibtex")
