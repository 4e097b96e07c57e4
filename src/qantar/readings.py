"""The two independent readings from which the coding was reconciled, kept as they were before."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from qantar.annotations import LAYERS, locate
from qantar.paths import data_folder
from qantar.report import Report
from qantar.schema import optional_table, package, read_table

Reading = dict[str, pd.DataFrame]
"""The tables of one reading by layer, each with the offsets of its quotes."""


def load_readings(report: Report, folder: Path | None = None) -> tuple[Reading, ...]:
    """The first and the second reading of the book's report, nothing if it was coded otherwise.

    Raises ``DataError`` with the faults of a table.
    """
    if folder is None and not package().get("qantar:readings"):
        return ()
    folder = data_folder() / "coding" / "readings" if folder is None else folder
    first, second = (
        {layer: locate(report, read_table(folder / name / f"{layer}.csv", layer)) for layer in LAYERS if layer != "actors"}
        for name in ("first", "second")
    )
    return first, second


def load_disagreements(folder: Path | None = None) -> pd.DataFrame:
    """What the readings disagreed about, what was decided and why: one row a case."""
    return optional_table("disagreements") if folder is None else read_table(folder / "disagreements.csv", "disagreements")
