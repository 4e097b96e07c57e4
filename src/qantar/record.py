"""The later record: what became known after the report, with the sources that say so.

Facts, not findings: the tables of ``data/record/`` in memory, checked. What the record makes of the report is for the
analyses; how sure each contested figure is, and what does not fit, stands in ``data/record/NOTES.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qantar.bibliography import COLUMNS, read_bibliography, usage_problems
from qantar.formats import first_day, items
from qantar.paths import data_folder
from qantar.problems import Problem, raise_if_any
from qantar.references import check_references
from qantar.schema import collect_table, field_names, has, make_table

__all__ = ["Record", "claims_on", "load_record", "reactions_abroad", "sources_of"]

# In the package's description the table is called international, because the coding has a table of reactions too.
_TABLES = {"claims": "claims", "reactions": "international", "timeline": "timeline", "identities": "identities"}
_SOURCE_COLUMNS = ("sources", "fate_sources")


@dataclass(frozen=True)
class Record:
    """The later record: claims, reactions abroad, timeline, identities of the actors, and their sources."""

    claims: pd.DataFrame
    reactions: pd.DataFrame
    timeline: pd.DataFrame
    identities: pd.DataFrame
    sources: pd.DataFrame


def load_record(folder: str | Path | None = None) -> Record:
    """The checked later record from ``folder``; the book's own by default, empty if it has none.

    Every source that a row names is in the bibliography, and every entry there is cited or marked as background.
    Raises ``DataError`` with every fault of every file at once.
    """
    if folder is None and not has("claims"):
        tables = {described: make_table(described) for described in _TABLES.values()}
        return Record(*tables.values(), sources=pd.DataFrame(columns=list(COLUMNS)))
    folder = data_folder() / "record" if folder is None else Path(folder)
    problems: list[Problem] = []
    tables = {
        described: collect_table(folder / f"{name}.csv", described, problems) for name, described in _TABLES.items()
    }
    sources = read_bibliography(folder / "references.bib", problems)
    raise_if_any(problems)
    problems += check_references({**tables, "references": sources})
    problems += usage_problems(sources, _cited(tables), str(folder / "references.bib"))
    problems += _claim_problems(tables["claims"])
    raise_if_any(problems)
    return Record(*tables.values(), sources=sources.drop(columns="year"))


def claims_on(record: Record, topic: str) -> pd.DataFrame:
    """The claims on one topic in the order of time (first day of ``as_of``; undated ones last).

    Raises ``KeyError`` if the record has no such topic.
    """
    found = record.claims[record.claims["topic"] == topic]
    if found.empty:
        raise KeyError(f"the record has no topic {topic!r}; it has {', '.join(sorted(set(record.claims['topic'])))}")
    return _by_day(found, "as_of")


def reactions_abroad(record: Record) -> pd.DataFrame:
    """The reactions of other states and of organisations in the order of time, without those of Kazakhstan itself."""
    return _by_day(record.reactions[record.reactions["country"] != "KZ"], "date")


def sources_of(record: Record, cell: str) -> pd.DataFrame:
    """The sources that a cell of keys names, in its order."""
    return record.sources.set_index("key", drop=False).loc[items(cell)]


def _by_day(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    return frame.sort_values(column, key=lambda dates: dates.map(first_day), kind="stable")


def _cited(tables: dict[str, pd.DataFrame]) -> set[str]:
    """The keys that any row of any table names."""
    cells = (
        cell
        for name, table in tables.items()
        for column in _SOURCE_COLUMNS
        if column in field_names(name)
        for cell in table[column]
    )
    return {key for cell in cells for key in items(cell)}


def _claim_problems(claims: pd.DataFrame) -> Iterator[Problem]:
    """What one row of the claims says against itself, or against an earlier row on the same topic."""
    file = claims.attrs.get("file", "claims.csv")
    said: dict[str, tuple[str, str]] = {}
    for row in claims.itertuples():
        line, has = int(row.Index), {column: not pd.isna(value) for column, value in row._asdict().items()}
        if bool(row.in_report) != has["report_attribution"]:
            yield Problem(file, line, "report_attribution", "", "must be given if, and only if, in_report is true")
        if not has["unit"] and (has["number"] or has["report_number"]):
            yield Problem(file, line, "unit", "", "is empty; a number needs its unit")
        if has["number_max"] and not (has["number"] and row.number <= row.number_max):
            yield Problem(
                file, line, "number_max", str(row.number_max), "is not above number; it is the upper end of a range"
            )
        if has["number"] != has["precision"]:
            yield Problem(file, line, "precision", "", "must be given if, and only if, there is a number")
        if has["amount"] != has["currency"]:
            yield Problem(file, line, "currency", "", "must be given if, and only if, there is an amount")
        if not row.single_source and len(items(row.sources)) == 1:
            yield Problem(file, line, "single_source", "false", "is not so: the row names one source; write true")
        first, report_value = said.setdefault(row.topic, (row.id, row.report_value))
        if report_value != row.report_value:
            yield Problem(
                file,
                line,
                "report_value",
                row.report_value,
                f"differs from {first} on the same topic, which has “{report_value}”; make them equal",
            )
