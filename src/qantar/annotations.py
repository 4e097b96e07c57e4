"""The coding of a report: one table a layer, every row resting on exact words of one sentence.

Hand coding and machine reading have this one shape, so every analysis runs on either. The tables and their columns
are described in ``data/datapackage.json``. What a Table Schema can't say is checked here: that the quoted words
stand in their sentence, that references resolve, and that no sentence is left out without a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

from qantar.paths import data_folder
from qantar.problems import DataError, Problem, raise_if_any
from qantar.references import check_references
from qantar.report import Report, ReportError
from qantar.schema import make_table, read_table, write_table

__all__ = ["LAYERS", "Annotations", "load_coding", "locate"]


@dataclass(frozen=True)
class Annotations:
    """The coding of one report: a DataFrame a layer, each with ``start`` and ``end`` (offsets into the report)."""

    actors: pd.DataFrame
    mentions: pd.DataFrame
    events: pd.DataFrame
    figures: pd.DataFrame
    dates: pd.DataFrame
    statements: pd.DataFrame
    reactions: pd.DataFrame
    relations: pd.DataFrame

    def tables(self) -> dict[str, pd.DataFrame]:
        """Its tables by name."""
        return {name: getattr(self, name) for name in LAYERS}

    def evidence(self) -> pd.DataFrame:
        """Every row of every layer as ``layer, id, sentence, quote, start, end``, in the order of the text."""
        columns = ["id", "sentence", "quote", "start", "end"]
        rows = pd.concat(
            [table[columns].assign(layer=name) for name, table in self.tables().items()], ignore_index=True
        )
        return rows[["layer", *columns]].sort_values(["start", "end"], kind="stable", ignore_index=True)

    def to_csv(self, folder: str | Path) -> None:
        """A CSV file a layer in ``folder`` (made if need be), from which ``load_coding`` gives the same tables."""
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.tables().items():
            write_table(table, folder / f"{name}.csv", name)


LAYERS = tuple(field.name for field in fields(Annotations))


def load_coding(report: Report, folder: str | Path | None = None) -> Annotations:
    """The checked coding of a report from the CSV files in ``folder``; the book's own by default.

    Offsets are computed from the quotes, never read. A sentence on which no row rests must stand in
    ``uncovered.csv`` with a reason. Raises ``DataError`` with every fault of every file at once; references
    and quotes are checked when all files can be read.
    """
    folder = data_folder() / "coding" if folder is None else Path(folder)
    problems: list[Problem] = []
    tables = {name: _read(folder, name, problems) for name in LAYERS}
    # Another report may be coded without a gap; then there is nothing to list.
    listed = (folder / "uncovered.csv").exists()
    uncovered = _read(folder, "uncovered", problems) if listed else make_table("uncovered")
    raise_if_any(problems)
    located = {name: locate(report, table, problems) for name, table in tables.items()}
    problems += check_references(tables)
    problems += _coverage_problems(report, tables, uncovered, folder / "uncovered.csv")
    raise_if_any(problems)
    return Annotations(**located)


def locate(report: Report, table: pd.DataFrame, problems: list[Problem] | None = None) -> pd.DataFrame:
    """The table with ``start`` and ``end`` of each row's quote.

    Rows whose quote is not in its sentence, or there more than once and no ``occurrence`` says which, are added to
    ``problems``. Raises ``DataError`` with them if no list is given.
    """
    found: list[Problem] = [] if problems is None else problems
    spans = [_span(report, table.attrs.get("file", "coding"), row, found) for row in table.itertuples()]
    if problems is None:
        raise_if_any(found)
    starts, ends = ([span[side] for span in spans] for side in (0, 1))
    return table.assign(
        start=pd.Series(starts, index=table.index, dtype="Int64"),
        end=pd.Series(ends, index=table.index, dtype="Int64"),
    )


def _read(folder: Path, name: str, problems: list[Problem]) -> pd.DataFrame:
    try:
        return read_table(folder / f"{name}.csv", name)
    except DataError as error:
        problems += error.problems
        return make_table(name)


def _span(report: Report, file: str, row: tuple, problems: list[Problem]) -> tuple[int | None, int | None]:
    """(start, end) of a row's quote, ``None`` if it can't be told (which is noted)."""
    occurrence = None if pd.isna(row.occurrence) else int(row.occurrence)
    try:
        span = report.sentence(row.sentence).find(row.quote, occurrence)
        return span.start, span.end
    except ReportError as error:
        column, value, message = _why_not_found(report, row, occurrence, str(error))
        problems.append(Problem(file, row.Index, column, value, message))
        return None, None


def _why_not_found(report: Report, row: tuple, occurrence: int | None, error: str) -> tuple[str, str, str]:
    """(column, value, message) for a quote that is not found."""
    homes = {sentence.id: row.quote in sentence.text for sentence in report.sentences}
    if row.sentence not in homes:
        return (
            "sentence",
            row.sentence,
            f"is no sentence of the report, which has {next(iter(homes))} to {list(homes)[-1]}",
        )
    if homes[row.sentence]:
        return "occurrence", "" if occurrence is None else str(occurrence), f"does not say which: {error}"
    elsewhere = ", ".join(sentence for sentence, has_it in homes.items() if has_it)
    return (
        "quote",
        row.quote,
        f"is not in {row.sentence}; " + (f"it is in {elsewhere}" if elsewhere else "copy the words exactly"),
    )


def _coverage_problems(
    report: Report, tables: dict[str, pd.DataFrame], uncovered: pd.DataFrame, path: Path
) -> Iterator[Problem]:
    coded = {sentence for table in tables.values() for sentence in table["sentence"]}
    listed = set(uncovered["sentence"])
    ids = {sentence.id for sentence in report.sentences}
    next_line = int(uncovered.index.max()) + 1 if len(uncovered) else 2
    for sentence in sorted(ids - coded - listed):
        yield Problem(
            str(path), next_line, "sentence", sentence, "has no coding; code it, or list it here with the reason"
        )
    for line, sentence in uncovered["sentence"].items():
        if sentence in coded:
            yield Problem(str(path), int(line), "sentence", sentence, "is coded; take it off this list")
        elif sentence not in ids:
            yield Problem(
                str(path), int(line), "sentence", sentence, "is no sentence of the report; take it off this list"
            )
