"""Exports as files: JSON that can do no harm, archives of the same bytes every time, writing that never leaves half a file.

A folder is replaced as a whole, and only if all that lies in it came from an earlier export.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qantar.report import ReportError

# What could end a <script>, or is not seen but moves what is; in JSON these stand only in strings, where they may be escaped.
_RISKY = re.compile(
    "[<>&\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
Files = Mapping[str, bytes]


def json_bytes(value: Any) -> bytes:
    r"""The value as JSON in UTF-8, Arabic as it is, markup and unseen marks of direction written out.

    >>> json_bytes("قتل <b>\u202e").decode()
    '"قتل \\u003cb\\u003e\\u202e"\n'
    """
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return (_RISKY.sub(_escaped, text) + "\n").encode("utf-8")


def _escaped(match: re.Match[str]) -> str:
    return json.dumps(match.group()).strip('"') if match.group() not in "<>&" else f"\\u{ord(match.group()):04x}"


def write_file(content: bytes, out: Path) -> None:
    """The file, whole or not at all; one that is there is replaced. Raises ``ReportError`` if a folder is in its place."""
    out = out.resolve()  # a link stays one
    if out.exists() and not out.is_file():
        raise ReportError(f"{out}: is {'a folder' if out.is_dir() else 'no plain file'}; name a file to write")
    out.parent.mkdir(parents=True, exist_ok=True)
    # In the same folder, since a file can be put in another's place at once only on one disk.
    handle, part = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    try:
        with open(handle, "wb") as stream:
            stream.write(content)
        os.chmod(part, 0o666 & ~_umask())
        os.replace(part, out)
    finally:
        Path(part).unlink(missing_ok=True)


def write_folder(files: Files, out: Path, description: str) -> None:
    """The folder, whole or not at all; an earlier export in its place is replaced.

    ``description`` is the file by which an export is known. Raises ``ReportError`` for a folder with anything in it
    that no export put there.
    """
    out = out.resolve()  # a link stays one
    if out.exists() and not out.is_dir():
        raise ReportError(f"{out}: is a file; name a folder, or a file that ends in .zip")
    _check_ours(files, out, description)
    with beside(out) as part, beside(out) as old:
        for path, content in sorted(files.items()):
            (part / path).parent.mkdir(parents=True, exist_ok=True)
            (part / path).write_bytes(content)
        if out.exists():
            os.replace(out, old)
        try:
            os.replace(part, out)
        except OSError:
            if any(old.iterdir()):
                os.replace(old, out)
            raise


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """An empty folder beside another, gone afterwards if it is still there."""
    out.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}."))
    os.chmod(made, 0o777 & ~_umask())
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _check_ours(files: Files, out: Path, description: str) -> None:
    """Nothing if the folder is missing, empty, or an export that nobody added to."""
    known = set(files) | _listed(out / description) if (out / description).is_file() else set()
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if name not in known and (path.is_symlink() or not path.is_dir() or not known):
            raise ReportError(f"{out}: holds {name}, which no export put there; name an empty folder or a new one")


def _listed(description: Path) -> set[str]:
    """The paths that an earlier export's description names: those of a package's resources or of a crate's graph."""
    try:
        found = json.loads(description.read_text(encoding="utf-8"))
        parts = found.get("resources") or found.get("@graph") or []
        return {str(part.get("path") or part.get("@id")) for part in parts}
    except (OSError, ValueError, AttributeError):
        return set()


def _umask() -> int:
    """The mask for new files, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
