"""The state of the reader: what else decides which rows come out of a text, in a few digits and by its versions."""

from __future__ import annotations

import functools
import importlib.metadata
import json
from collections.abc import Iterable
from pathlib import Path

import qantar
from qantar import digests

PACKAGE = Path(__file__).resolve().parents[1]
_CODE = ("reading", "corpus", "report.py", "arabic.py", "morphology.py", "formats.py", "phrasing.py", "schema.py", "tables.json")
_LIBRARIES = ("camel-tools", "hijridate", "pyarrow", "rensa")  # what Babel and GeoNames tell stands in the lexicon


@functools.cache
def digest() -> str:
    """Sixteen hexadecimal digits of the reader: its version, code and lexicons, the schemas of its tables, the libraries it uses."""
    from qantar.corpus import schemas

    tables = {name: schemas.of(name).to_string() for name in schemas.TABLES}
    files = digests.of_files(PACKAGE, _files(PACKAGE / name for name in _CODE))
    return digests.of(json.dumps([qantar.__version__, libraries(), tables, files]))[:16]


@functools.cache
def libraries() -> dict[str, str]:
    """The versions of the libraries that decide rows or how they are written."""
    return {name: importlib.metadata.version(name) for name in _LIBRARIES}


def versions() -> dict[str, str]:
    """What the rows of a corpus come from: versions, and the digests of the lexicons and of the whole reader."""
    lexicons = PACKAGE / "reading" / "lexicon"
    return {"qantar": qantar.__version__, "lexicons": digests.of_files(lexicons, _files([lexicons])), "reader": digest(), **libraries()}


def _files(paths: Iterable[Path]) -> set[Path]:
    found = (path for start in paths for path in (start, *start.rglob("*")))
    return {path for path in found if path.suffix in (".py", ".csv", ".json")}
