"""Digests of what the book is computed from: its code, its data, its lock file; the cache and the receipts share them."""

from __future__ import annotations

from pathlib import Path

from qantar.digests import of, of_files
from qantar.paths import data_folder

PACKAGE = Path(__file__).resolve().parents[1]
LOCK = "requirements.txt"

# No chapter is computed from these: what was published once, what was ever labelled, how the site looks.
_NO_DATA = ("editions", "anchors.csv")
_NO_CODE = ("book/static",)

__all__ = ["digest", "of", "of_files", "parts"]


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


def _beneath(path: Path, root: Path, left_out: tuple[str, ...]) -> bool:
    """Whether a file below ``root`` is left out, by its own name or that of a folder."""
    name = path.relative_to(root)
    return "__pycache__" in name.parts or any(name.is_relative_to(out) for out in left_out)
