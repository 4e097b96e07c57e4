"""Where the book's data lie."""

from __future__ import annotations

import os
from pathlib import Path


def data_folder() -> Path:
    """The folder with ``datapackage.json``, the report, the coding and the later record.

    It is the one that the environment variable ``QANTAR_DATA`` names, else ``data/`` of the repository from which the
    package is installed in editable form; never one found through the working directory. Raises
    ``FileNotFoundError`` with one line that says where it looked.
    """
    named = os.environ.get("QANTAR_DATA")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "data"
    if not (folder / "datapackage.json").is_file():
        how = "the folder that QANTAR_DATA names" if named else "set QANTAR_DATA to the folder data/ of the book"
        raise FileNotFoundError(
            f"{folder} has no datapackage.json: {how}" + (" must be the book's data/" if named else "")
        )
    return folder
