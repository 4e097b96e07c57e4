"""What can be read: folders of texts and files of many reports, packed or not, found without opening any of them."""

from __future__ import annotations

import bz2
import collections
import gzip
import lzma
import os
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from qantar.report import ReportError

KINDS = {".txt": "text", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "csv", ".parquet": "parquet"}


def _zstd(path: Path) -> BinaryIO:
    return pa.input_stream(str(path), compression="zstd")


PACKED: dict[str, Callable[[Path], Any]] = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open, ".zst": _zstd}
_BESIDE = (".yml",)  # what is known of a text; never a report itself
BROKEN = (OSError, EOFError, ValueError, ArithmeticError, zlib.error, lzma.LZMAError, pa.ArrowException)
"""What the packers and pyarrow raise of a file that is not whole."""
LINKED = "linked folder"
FORMATS = f"{', '.join(KINDS)}, each also packed as {', '.join(PACKED)}"


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file as it was given, and what it is called in identifiers: nothing where it is the only one."""

    path: Path
    label: str


def named(paths: Iterable[str | Path]) -> list[Source]:
    """The sources with their labels. Raises ``ReportError`` if one is not there, is no format, or two have one name."""
    found = [Path(path).resolve() for path in paths]
    for path in found:
        if not path.exists():
            raise ReportError(f"{path}: there is no such file or folder")
        if path.is_file() and kind_of(path.name) is None:
            raise ReportError(f"{path}: is in no format that can be read; it must end in {FORMATS}")
    twice = [name for name, times in collections.Counter(path.name for path in found).items() if times > 1]
    if twice:
        raise ReportError(f"two sources are called {twice[0]}, and their reports could not be told apart; rename one")
    return [Source(path, "" if len(found) == 1 and path.is_dir() else path.name) for path in found]


def kind_of(name: str) -> str | None:
    """``text``, ``jsonl``, ``csv`` or ``parquet`` by the ending of a file's name, ``None`` for any other."""
    stem, ending = os.path.splitext(name.lower())
    return KINDS.get(os.path.splitext(stem)[1] if ending in PACKED else ending)


def is_packed(path: Path) -> bool:
    """Whether a file is packed, by the ending of its name."""
    return path.suffix.lower() in PACKED


def open_file(path: Path) -> BinaryIO:
    """A file's bytes, unpacked."""
    return PACKED[path.suffix.lower()](path) if is_packed(path) else path.open("rb")


def stem(name: str) -> str:
    """The name of a text without its endings: ``a/2022-01-09`` of ``a/2022-01-09.txt.gz``."""
    base, ending = os.path.splitext(name)
    return os.path.splitext(base)[0] if ending.lower() in PACKED else base


def beside(path: Path) -> Path:
    """The file that tells of a text what is known of it, whether it is there or not."""
    return path.with_name(stem(path.name) + ".yml")


def walk(source: Source, others: collections.Counter[str] | None = None) -> Iterator[tuple[str, str]]:
    """(kind, path below the source) of every file that can be read, in the order of the names.

    ``others`` counts the endings of those that can't be, and folders that are links, which are not followed. Nothing that begins
    with a point is looked at. Raises ``ReportError`` for a folder whose names can't be had.
    """
    if source.path.is_file():
        yield kind_of(source.path.name) or "", ""
        return
    for folder, folders, names in os.walk(source.path, onerror=_unlisted):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if others is not None:
            others[LINKED] += sum(os.path.islink(os.path.join(folder, name)) for name in folders)
        below = os.path.relpath(folder, source.path)
        for name in sorted(names):
            kind = kind_of(name)
            if kind is not None and not name.startswith("."):
                yield kind, name if below == "." else f"{below}/{name}"
            elif others is not None and not name.startswith(".") and not name.endswith(_BESIDE):
                others[os.path.splitext(name)[1] or name] += 1


def _unlisted(error: OSError) -> None:
    raise ReportError(f"{printable(str(error.filename))}: can't be listed ({(error.strerror or str(error)).lower()}); permit it, or name folders without it")


def texts(source: Source, size: int) -> Iterator[tuple[str, ...]]:
    """The texts of a source, about so many at a time and never twice as many.

    Where a batch ends depends on the name that ends it (content-defined chunking, as rsync and backup programs do), so that a text
    that is added or taken away changes the batch that it falls into, and seldom the next.
    """
    batch: list[str] = []
    for kind, name in walk(source):
        if kind == "text":
            batch.append(name)
            if len(batch) == 2 * size - 1 or zlib.crc32(os.fsencode(name)) % size == 0:
                yield tuple(batch)
                batch = []
    if batch:
        yield tuple(batch)


def files(source: Source) -> Iterator[tuple[str, Path, str]]:
    """(kind, path, label) of every file of a source that holds many reports."""
    for kind, name in walk(source):
        if kind != "text":
            yield kind, source.path / name if name else source.path, labelled(source, name)


def labelled(source: Source, name: str) -> str:
    """What a file is called: its path below the source, with the source's own name before it where that tells them apart."""
    return printable("/".join(part for part in (source.label, name) if part))


State = tuple[int, int] | None


def state(path: Path) -> State:
    """Size and time of the last change (in nanoseconds): by these a file is known to be the same as before.

    ``None`` of a file that can't be read, such as a link that leads nowhere: so it is read when that has been mended.
    """
    try:
        found = path.stat() if os.access(path, os.R_OK) else None
    except OSError:  # gone in between
        return None
    return found and (found.st_size, found.st_mtime_ns)


def is_systems(error: BaseException) -> bool:
    """Whether an error is the system's, which may be that of one machine alone; what the packers raise has no number."""
    return isinstance(error, OSError) and error.errno is not None


def printable(text: str) -> str:
    """A name or a line as text that any program can write: bytes that are no UTF-8 and halves of characters as ``\\udcff``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
