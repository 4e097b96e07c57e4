"""Digests of what the book is computed from: its code, its data, its lock file; the cache and the receipts share them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from qantar.paths import data_folder

PACKAGE = Path(__file__).resolve().parents[1]
LOCK = "requirements.txt"

# No chapter is computed from these: what was published once, what was ever labelled, how the site looks.
_NO_DATA = ("editions", "anchors.csv")
_NO_CODE = ("book/static",)


def parts(package: Path = PACKAGE, data: Path | None = None) -> dict[str, str]:
    """The SHA-256 of the ``code`` (with its lexicons), the ``data`` and the ``lock`` file, each on its own."""
    data = data or data_folder()
    lock = data.parent / LOCK
    return {
        "code": of_files(package, (p for p in package.rglob("*") if not _beneath(p, package, _NO_CODE))),
        "data": of_files(data, (p for p in data.rglob("*") if not _beneath(p, data, _NO_DATA))),
        "lock": of_files(lock.parent, [lock] if lock.exists() else []),
    }


def digest(package: Path = PACKAGE, data: Path | None = None) -> str:
    """Sixteen hexadecimal digits that change when the code, the data or the lock file does."""
    return of("\n".join(f"{name} {found}" for name, found in parts(package, data).items()))[:16]


def of(content: str | bytes) -> str:
    """The SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """One SHA-256 of some files, their names below ``root`` and their contents, in whatever order they come."""
    found = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths if path.is_file()):
        found.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def _beneath(path: Path, root: Path, left_out: tuple[str, ...]) -> bool:
    """Whether a file below ``root`` is left out, by its own name or that of a folder."""
    name = path.relative_to(root)
    return "__pycache__" in name.parts or any(name.is_relative_to(out) for out in left_out)
