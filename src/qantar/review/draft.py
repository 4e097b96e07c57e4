"""A draft coding under review: rows accepted, corrected, rejected, each decision whole and written at once.

A ``Draft`` is the files of ``data/coding/`` as they were read. A decision gives another draft, checked as a whole by the
rules of the coding; ``write`` puts what changed in the place of the files. Rows that nothing was decided about stay byte
for byte. Several files can't be replaced in one instant, so a rejection is entered in the list first: if it is cut off,
``open_draft`` carries it through.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from qantar.annotations import LAYERS, Annotations, load_coding
from qantar.export.files import write_file
from qantar.formats import SEPARATOR, items
from qantar.problems import DataError, raise_if_any
from qantar.report import Report, ReportError
from qantar.review.ledger import TABLE, contradictions
from qantar.review.rowfile import RowFile
from qantar.schema import Field, collect_table, field_names, fields_of

UNCOVERED = "uncovered"
NO_ROW = "No row of the machine's stood the check."

Name = tuple[str, str]
"""A row: its table and its ID."""


@dataclass(frozen=True)
class Draft:
    """A draft coding: the report, the folder, and the files of the folder by the names of their tables."""

    report: Report
    folder: Path
    files: Mapping[str, RowFile]

    def place(self, row: Name) -> int:
        """Where a row stands in its file. Raises ``KeyError`` if it is not there."""
        for place, found in enumerate(self.files[row[0]].rows):
            if found.cells["id"] == row[1]:
                return place
        raise KeyError(f"{row[0]} has no row {row[1]}")

    def cells(self, row: Name) -> Mapping[str, str]:
        """The cells of a row."""
        return self.files[row[0]].rows[self.place(row)].cells

    def status(self, row: Name) -> Mapping[str, str]:
        """What the list says of a row; of one written by hand nothing."""
        return next((r.cells for r in self.files[TABLE].rows if (r.cells["table"], r.cells["id"]) == row), {})


@dataclass(frozen=True)
class Rejection:
    """What goes with a row: the rows that can't be without it, and the cells that name it or one of these."""

    rows: tuple[Name, ...]
    cells: tuple[tuple[str, str, str], ...]
    """Table, ID, column."""


def open_draft(report: Report, folder: Path) -> Draft:
    """The draft in a folder; a rejection that was cut off is carried through first.

    Raises ``ReportError`` if there is no list of what is checked, ``DataError`` with the faults of the tables.
    """
    if not (folder / f"{TABLE}.csv").is_file():
        raise ReportError(f"{folder}: has no {TABLE}.csv, so there is no draft to review; `qantar new` makes one")
    found: list = []
    for name in (*LAYERS, TABLE):
        collect_table(folder / f"{name}.csv", name, found)
    raise_if_any(found)
    names = [name for name in (*LAYERS, UNCOVERED, TABLE) if (folder / f"{name}.csv").is_file()]
    draft = Draft(report, folder, {name: RowFile.parse((folder / f"{name}.csv").read_bytes()) for name in names})
    rejected = [(r.cells["table"], r.cells["id"]) for r in draft.files[TABLE].rows if r.cells["status"] == "rejected"]
    whole = _without(draft, rejected)
    check(whole)
    write(draft, whole)
    return whole


def check(draft: Draft) -> Annotations:
    """The coding that a draft is. Raises ``DataError`` with every fault, as the build of the book would."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for table, file in draft.files.items():
            (folder / f"{table}.csv").write_bytes(file.content)
        try:
            coding = load_coding(draft.report, folder)
            problems: list = []
            review = collect_table(folder / f"{TABLE}.csv", TABLE, problems)
            raise_if_any([*problems, *contradictions(coding, review, f"{TABLE}.csv")])
        except DataError as error:  # of copies, which are gone when it is told
            raise DataError([replace(problem, file=str(draft.folder / Path(problem.file).name)) for problem in error.problems]) from None
        return coding


def queue(draft: Draft, table: str = "") -> list[Name]:
    """The unchecked rows in the order of the text, those of one table or all; the actors of a sentence before the rest."""
    listed = {(r.cells["table"], r.cells["id"]) for r in draft.files[TABLE].rows if r.cells["status"] == "unchecked"}
    rows = check(draft).evidence()
    sentence = {s.id: place for place, s in enumerate(draft.report.sentences)}
    ordered = sorted(rows.itertuples(), key=lambda row: (sentence[row.sentence], row.layer != "actors"))
    return [(row.layer, row.id) for row in ordered if (row.layer, row.id) in listed and table in ("", row.layer)]


# ------------------------------------------------------------------------------------------------- the decisions


def accept(draft: Draft, row: Name) -> Draft:
    """The draft with a row found right; one that was corrected stays corrected."""
    return draft if draft.status(row).get("status") in ("accepted", "corrected") else _listed(draft, row, status="accepted")


def correct(draft: Draft, row: Name, column: str, value: str) -> Draft:
    """The draft with another value in one column of a row. Raises ``DataError`` with what the value breaks."""
    before = draft.cells(row)
    if before.get(column) == value:
        return draft
    file = draft.files[row[0]]
    if column not in file.columns:  # a column that the file may leave out can't be left out any more
        raise ReportError(f"{row[0]}.csv has no column {column}; add it to the header")
    made = replace(draft, files={**draft.files, row[0]: file.changed(draft.place(row), {column: value})})
    known = items(draft.status(row).get("changed") or None)
    made = _listed(made, row, status="corrected", changed=SEPARATOR.join(dict.fromkeys([*known, column])))
    check(made)
    return made


def rejection(draft: Draft, row: Name) -> Rejection:
    """What goes with a row if it is taken out."""
    rows, cells = _gone(draft, [row])
    return Rejection(tuple(r for r in rows if r != row), tuple(c for c in cells if c[:2] not in rows))


def reject(draft: Draft, row: Name) -> Draft:
    """The draft without a row, and without what can't be without it; its ID is given to no other."""
    made = _without(draft, [row])
    check(made)
    return made


def write(before: Draft, after: Draft) -> None:
    """Put what changed in the place of the files. Raises ``ReportError``, with nothing written, if another changed them."""
    names = [name for name in after.files if after.files[name] != before.files.get(name)]
    for name in names:
        path = after.folder / f"{name}.csv"
        if name in before.files and path.read_bytes() != before.files[name].content:
            raise ReportError(f"{path}: was changed by somebody else meanwhile; nothing is written, begin the review again")
    ending = [name for name in (UNCOVERED, TABLE) if name in names]
    tables = [name for name in names if name not in ending]
    # A rejection is entered first and taken back last, so that one cut off at any place can be carried through.
    for name in [*ending[::-1], *tables] if _rejected(after) > _rejected(before) else [*tables, *ending]:
        write_file(after.files[name].content, after.folder / f"{name}.csv")


# ------------------------------------------------------------------------------------------------------- helpers


def _rejected(draft: Draft) -> int:
    return sum(row.cells["status"] == "rejected" for row in draft.files[TABLE].rows)


def _listed(draft: Draft, row: Name, **cells: str) -> Draft:
    """The draft with other cells in the list's row for a row; nothing for one that is not listed."""
    file = draft.files[TABLE]
    for place, found in enumerate(file.rows):
        if (found.cells["table"], found.cells["id"]) == row:
            return replace(draft, files={**draft.files, TABLE: file.changed(place, cells)})
    return draft


def _naming(draft: Draft, row: Name) -> Iterator[tuple[Name, Field]]:
    """Each row with a column in which it names another."""
    for table in LAYERS:
        for field in fields_of(table):
            if f"{row[0]}.id" in field.get("qantar:references", []) and field["name"] in draft.files[table].columns:
                for found in draft.files[table].rows:
                    if row[1] in items(found.cells[field["name"]] or None):
                        yield (table, found.cells["id"]), field


def _gone(draft: Draft, rows: list[Name]) -> tuple[list[Name], list[tuple[str, str, str]]]:
    """All rows that go with some, these first, and the cells that name any of them."""
    gone, cells = list(rows), []
    for row in gone:  # grows
        for other, field in _naming(draft, row):
            cell = (*other, field["name"])
            if cell not in cells:
                cells.append(cell)
            left = set(items(draft.cells(other)[field["name"]])) - {name for _, name in gone}
            if field.get("constraints", {}).get("required") and not left and other not in gone:
                gone.append(other)
    return gone, cells


def _without(draft: Draft, rows: list[Name]) -> Draft:
    """The draft without some rows and what goes with them; nothing names them any more, and bare sentences are listed."""
    gone, cells = _gone(draft, rows)
    names, files = {name for _, name in gone}, dict(draft.files)
    heirs: dict[str, str] = {}  # who follows a row that others take for the first of their kind
    for table, row_id, column in cells:
        if (table, row_id) in gone:
            continue
        place, field = draft.place((table, row_id)), next(f for f in fields_of(table) if f["name"] == column)
        value = draft.cells((table, row_id))[column]
        kept = [name for name in items(value) if name not in names]
        if field.get("qantar:first"):
            heir = heirs.setdefault(value, row_id)
            kept = [heir] if heir != row_id else []
        files[table] = files[table].changed(place, {column: SEPARATOR.join(kept)})
    lost = {sentence for row in gone for sentence in _sentence(draft, row)}
    for table in LAYERS:
        files[table] = files[table].without({p for p, found in enumerate(files[table].rows) if (table, found.cells["id"]) in gone})
    made = replace(draft, files=files)
    for row in gone:
        if made.status(row).get("status", "rejected") != "rejected":
            made = _listed(made, row, status="rejected")
    return _bare_listed(made, lost)


def _sentence(draft: Draft, row: Name) -> list[str]:
    return [found.cells["sentence"] for found in draft.files[row[0]].rows if found.cells["id"] == row[1]]


def _bare_listed(draft: Draft, lost: set[str]) -> Draft:
    """The draft with each of these sentences, if no row rests on it any more, listed as without coding."""
    if not lost:
        return draft
    coded = {found.cells["sentence"] for table in LAYERS for found in draft.files[table].rows}
    columns = field_names(UNCOVERED)
    file = draft.files.get(UNCOVERED) or RowFile(",".join(columns) + "\n", tuple(columns), ())
    listed = {found.cells["sentence"] for found in file.rows}
    for sentence in sorted(lost - coded - listed):
        file = file.added({"sentence": sentence, "reason": NO_ROW})
    return replace(draft, files={**draft.files, UNCOVERED: file})
