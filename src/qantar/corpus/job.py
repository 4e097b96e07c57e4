"""What a run is asked to do: its options, and the units it is cut into."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from qantar import digests

MAX_CHARACTERS = 200_000
"""The longest text that is taken for a report, about thirty times a long one."""
REPORTS_PER_PART = 500
MAX_REJECTED = 0.05


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
    called in identifiers and in the list of what was rejected. ``closed`` are names of texts that the client can't read.
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
    closed: tuple[str, ...] = ()


def key(options: Options, reader: str, *what: Any) -> str:
    """Sixteen hexadecimal digits for a unit: they change when its files, the options or the reader do."""
    return digests.of(json.dumps([asdict(options), reader, *what], default=str))[:16]
