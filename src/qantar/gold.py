"""Gold: the rows that people made, in the form in which the machine reader is scored on them.

The validation set comes in two halves, each a folder with texts and tables (``data/validation/README.md`` has the
conventions). The coding of the book's own report is brought to the same form in `coded_gold`.

A row is a dict of cells as its CSV file has them, an empty cell an empty string, with ``start`` and ``end`` besides.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from qantar.annotations import locate
from qantar.paths import data_folder
from qantar.problems import Problem, raise_if_any
from qantar.references import check_references
from qantar.report import Report, ReportError, decode
from qantar.schema import collect_table, read_table

LAYERS = ("quantities", "dates", "actors", "statements", "events", "reactions")
Row = dict[str, Any]


@dataclass(frozen=True)
class GoldReport:
    """A report with its gold rows by layer, in the order of the text.

    ``open`` holds rows that the conventions leave open: finding them is neither right nor wrong. ``left_out`` says of
    each coded row that is not gold why not, as ``layer, id, quote, why``.
    """

    id: str
    report: Report
    country: str
    layers: dict[str, list[Row]]
    open: dict[str, list[Row]] = field(default_factory=dict)
    left_out: tuple[Row, ...] = ()


@dataclass(frozen=True, eq=False)
class GoldSet:
    """Some gold reports, the same ones as read a second time (none if they were not), and what the two differ in."""

    name: str
    reports: list[GoldReport]
    second: list[GoldReport] = field(default_factory=list)
    disagreements: pd.DataFrame | None = None


def cell(value: Any) -> Any:
    """A value as a CSV cell has it: nothing is an empty string, a whole number has no point.

    >>> cell(None), cell(True), cell(5135.0), cell(0.5)
    ('', 'true', '5135', '0.5')
    """
    if value is None or pd.isna(value):
        return ""
    if type(value).__name__ in ("bool", "bool_"):
        return str(value).lower()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


# ---------------------------------------------------------------------------------------------- the validation set


def load_halves(folder: Path | None = None) -> tuple[GoldSet, GoldSet]:
    """The open half of the validation set and the held-out one. Raises ``DataError`` as `load_gold` does."""
    folder = data_folder() / "validation" if folder is None else folder
    return load_set("seen", folder / "seen"), load_set("unseen", folder / "unseen")


def load_set(name: str, folder: Path) -> GoldSet:
    """One half of the validation set with its second reading. Raises ``DataError`` as `load_gold` does."""
    second = load_gold(folder, folder / "second") if (folder / "second").exists() else []
    listed = folder / "disagreements.csv"
    return GoldSet(
        name, load_gold(folder), second, read_table(listed, "validation_disagreements") if listed.exists() else None
    )


def load_reasons(folder: Path | None = None) -> pd.DataFrame:
    """What the reader misses on the book's own report and why: ``set, layer, sentence, quote, reason``."""
    folder = data_folder() / "validation" if folder is None else folder
    return read_table(folder / "explained.csv", "validation_explained")


def load_gold(folder: Path, tables: Path | None = None) -> list[GoldReport]:
    """The reports of one half of the validation set with the rows in its tables, or in those of another folder.

    Raises ``DataError`` with every fault of every file: a table that breaks its schema, a row without a report, a text
    that is missing or can't be read, a quote that is not in its sentence, two rows of a layer on the same words.
    """
    tables = folder if tables is None else tables
    problems: list[Problem] = []
    reports = collect_table(folder / "reports.csv", "validation_reports", problems)
    frames = {layer: collect_table(tables / f"{layer}.csv", f"validation_{layer}", problems) for layer in LAYERS}
    named = {f"validation_{layer}": frame for layer, frame in frames.items()}
    problems += check_references({"validation_reports": reports, **named})
    gold = []
    for row in reports.itertuples():
        report = _text(folder / "texts" / f"{row.report}.txt", row, problems)
        if report is not None:
            layers = {
                layer: _rows(report, frame[frame["report"] == row.report], problems) for layer, frame in frames.items()
            }
            gold.append(GoldReport(row.report, report, row.country, layers))
    raise_if_any(problems)
    return gold


def _text(path: Path, row: Any, problems: list[Problem]) -> Report | None:
    try:
        text = decode(path.read_bytes(), path.name)
    except (FileNotFoundError, ReportError) as error:
        fault = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
        problems.append(Problem(str(path), 1, "report", row.report, fault))
        return None
    return Report(text, {"published": datetime.date.fromisoformat(row.published)})


def _rows(report: Report, frame: pd.DataFrame, problems: list[Problem]) -> list[Row]:
    """The rows of one report and layer with their places, in the order of the text."""
    located = locate(report, frame, problems).dropna(subset=["start"]).sort_values(["start", "end"], kind="stable")
    end, before = 0, ""
    for row in located.itertuples():
        if row.start < end:
            problems.append(
                Problem(
                    frame.attrs.get("file", "gold"),
                    int(row.Index),
                    "quote",
                    row.quote,
                    f"overlaps “{before}” in the same sentence; the spans of a layer lie apart",
                )
            )
        end, before = max(end, row.end), row.quote
    return [
        {name: value if name in ("start", "end") else cell(value) for name, value in row.items()}
        for row in located.astype({"start": int, "end": int}).to_dict("records")
    ]
