"""What takes long to make and seldom changes, kept beside the site for the next build: faces, pictures, cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qantar.book import digests
from qantar.export.files import write_file
from qantar.paths import data_folder


def kept(site: Path, kind: str, made_of: object, make: Callable[[], bytes]) -> bytes:
    """What ``make`` gives, from ``.kept/<kind>/`` beside the site if the same was made there before.

    ``made_of`` is all that it is made of but the packages, whose versions the lock file names. A file is there whole or
    not at all.
    """
    lock = data_folder().parent / digests.LOCK
    file = site.parent / ".kept" / kind / digests.of(repr((made_of, lock.exists() and lock.read_bytes())))[:32]
    if not file.exists():
        write_file(make(), file)
    return file.read_bytes()
