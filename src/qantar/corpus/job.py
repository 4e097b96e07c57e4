"""What a run is asked to do: its options, the units it is cut into, and the state of the reader that it is done with."""

from __future__ import annotations

import functools
import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import qantar

MAX_CHARACTERS = 200_000
"""The longest text that is taken for a report, about thirty times a long one."""
REPORTS_PER_PART = 500
MAX_REJECTED = 0.05

PACKAGE = Path(__file__).resolve().parents[1]
# What decides which rows come out of a text.
_READER = ("reading", "corpus", "report.py", "arabic.py", "formats.py", "phrasing.py")


@dataclass(frozen=True)
class Columns:
    """The columns (of JSON Lines: keys) of files that hold many reports. ``None``: the default, where it is there."""

    text: str | None = None
    date: str | None = None
    outlet: str | None = None
    id: str | None = None

    DEFAULTS: ClassVar = {"text": "text", "date": "published", "outlet": "outlet", "id": "id"}

    def name(self, role: str) -> str:
        """The column for a role: ``text``, ``date``, ``outlet`` or ``id``."""
        return getattr(self, role) or self.DEFAULTS[role]


@dataclass(frozen=True)
class Options:
    """What decides the content of a corpus beside its sources. Lengths are in characters."""

    columns: Columns = field(default_factory=Columns)
    reports_per_part: int = REPORTS_PER_PART
    max_characters: int = MAX_CHARACTERS


@dataclass(frozen=True)
class Job:
    """What a worker has to know: the folder of the corpus, the options, and the reader that all must have."""

    out: Path
    options: Options
    reader: str


@dataclass(frozen=True, slots=True)
class Unit:
    """Some reports that are read together; its key is the name of all that comes of it.

    ``kind`` is ``text``, ``jsonl``, ``csv`` or ``parquet``; ``path`` the folder of the texts ``names``, or the file, of which the
    records from number ``first`` (from 0) on are meant, at byte ``offset`` and line ``line``. ``label`` is what the source is
    called in identifiers and in the list of what was rejected.
    """

    key: str
    kind: str
    path: Path
    label: str
    count: int
    names: tuple[str, ...] = ()
    first: int = 0
    offset: int = 0
    line: int = 1


def key(options: Options, reader: str, *what: Any) -> str:
    """Sixteen hexadecimal digits for a unit: they change when its files, the options or the reader do."""
    told = json.dumps([asdict(options), reader, *what], ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode("utf-8", "surrogateescape")).hexdigest()[:16]


@functools.cache
def reader() -> str:
    """Sixteen hexadecimal digits of the reader: its version, code and lexicons, and the program of the signatures."""
    found = hashlib.sha256(f"{qantar.__version__} {_rensa()}".encode())
    for name, content in sorted(_files(PACKAGE, _READER)):
        found.update(name.encode() + b"\0" + content + b"\0")
    return found.hexdigest()[:16]


@functools.cache
def versions() -> dict[str, str]:
    """What the rows of a corpus come from: the version of qantar, the digests of its lexicons and of the whole reader."""
    found = hashlib.sha256()
    for name, content in sorted(_files(PACKAGE / "reading" / "lexicon", (".",))):
        found.update(name.encode() + b"\0" + content + b"\0")
    return {"qantar": qantar.__version__, "lexicons": found.hexdigest(), "reader": reader(), "rensa": _rensa()}


def _files(folder: Path, names: tuple[str, ...]) -> list[tuple[str, bytes]]:
    paths = [path for name in names for path in (folder / name).rglob("*")] + [folder / name for name in names]
    kept = {path for path in paths if path.suffix in (".py", ".csv") and path.is_file()}
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in kept]


def _rensa() -> str:
    from importlib.metadata import version

    return version("rensa")
