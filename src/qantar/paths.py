"""Where the book's data lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def data_folder() -> Path:
    """The folder with ``datapackage.json``, the report, the coding and, where there is one, the later record.

    It is the one that the environment variable ``QANTAR_DATA`` names, else ``data/`` of the repository from which the
    package is installed in editable form, else ``data/`` beside the virtual environment that runs; never one found
    through the working directory. Raises ``FileNotFoundError`` with one line that says where it looked.
    """
    named = os.environ.get("QANTAR_DATA")
    if named:
        return _checked(Path(named), "the folder that QANTAR_DATA names must be the book's data/")
    own, beside = Path(__file__).resolve().parents[2] / "data", Path(sys.prefix).parent / "data"
    return _checked(beside if _is_book(beside) and not _is_book(own) else own, "set QANTAR_DATA to the folder data/ of the book")


def _is_book(folder: Path) -> bool:
    return (folder / "datapackage.json").is_file()


def _checked(folder: Path, remedy: str) -> Path:
    if not _is_book(folder):
        raise FileNotFoundError(f"{folder} has no datapackage.json: {remedy}")
    return folder


def choose(book: Path | None = None) -> Path:
    """The data folder of the book in this folder, from now on that of the whole program.

    Without a folder it is the working directory, if a book is in it, else what `data_folder` finds; for commands that
    name the book they work on. Raises ``FileNotFoundError`` if there is no book.
    """
    if book is None and not _is_book(Path("data")):
        return data_folder()
    found = _checked((book or Path()).resolve() / "data", "name the folder of a book, such as `qantar new` makes")
    os.environ["QANTAR_DATA"] = str(found)
    return found
