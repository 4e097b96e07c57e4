"""SHA-256 of texts and of files, by which a state of something is known again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def of(content: str | bytes) -> str:
    """The SHA-256 of a text (as UTF-8) or of bytes, in hexadecimal."""
    return hashlib.sha256(content.encode("utf-8") if isinstance(content, str) else content).hexdigest()


def of_files(root: Path, paths: Iterable[Path]) -> str:
    """One SHA-256 of some files, their names below ``root`` and their contents, in whatever order they come."""
    found = hashlib.sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths if path.is_file()):
        found.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()
