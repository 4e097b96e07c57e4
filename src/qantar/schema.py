"""The tables of the book: described once, in ``data/datapackage.json``, and checked when read.

The description is a Frictionless Data Package with a Table Schema a table. What a book does not describe itself is as
``tables.json`` of this package has it, which describes every table that a book may hold. From it come the pandera schema of a
table and the reading and writing of its CSV file. Its ``qantar:`` properties are explained in the package's own
description; ``references`` checks the ones that lead from table to table.
"""

from __future__ import annotations

import csv
import functools
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from qantar import formats
from qantar.csvfile import records
from qantar.paths import data_folder
from qantar.problems import DataError, Problem, raise_if_any

__all__ = [
    "DataError",
    "Problem",
    "field_names",
    "fields_of",
    "frame_schema",
    "make_table",
    "optional_table",
    "package",
    "read_table",
    "resource",
    "write_table",
]

Field = dict[str, Any]

# Text as Python's, also where pyarrow is installed, which would make tables of a few rows a tenth slower.
_TEXT = pd.StringDtype("python", na_value=float("nan"))
_DTYPES: dict[str, Any] = {"string": _TEXT, "number": "Float64", "integer": "Int64", "boolean": "boolean"}
_PARSERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "number": formats.parse_number,
    "integer": formats.parse_integer,
    "boolean": formats.parse_boolean,
}
_FORMATS = {"edtf": formats.check_edtf, "duration": formats.check_duration, "list": formats.check_list}


# ------------------------------------------------------------------------------------------- the description


KNOWN = Path(__file__).with_name("tables.json")
"""The descriptions of every table that a book may hold."""


def package() -> dict[str, Any]:
    """The description of the book's tables: ``data/datapackage.json``, and of what lies there undescribed the package's own."""
    folder = data_folder()
    described = _package(folder / "datapackage.json")
    named = {key for one in described["resources"] for key in (one["name"], one["path"])}
    more = [one for one in _package(KNOWN)["resources"] if not {one["name"], one["path"]} & named and (folder / one["path"]).exists()]
    return described | {"resources": [*described["resources"], *more]}


@functools.cache
def _package(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def resource(name: str) -> dict[str, Any]:
    """The description of one table, by the book or by this package. Raises ``KeyError`` if there is none of that name."""
    for described in (*_described(), *_package(KNOWN)["resources"]):
        if described["name"] == name:
            return described
    raise KeyError(f"datapackage.json describes no table {name!r}")


def _described() -> list[dict[str, Any]]:
    """The tables that the book describes; none where there is no book, as when one is begun."""
    try:
        return _package(data_folder() / "datapackage.json")["resources"]
    except FileNotFoundError:
        if os.environ.get("QANTAR_DATA"):
            raise
        return []


def has(name: str) -> bool:
    """Whether the book has a table: its description names it, or the file is there."""
    return any(one["name"] == name for one in package()["resources"])


def fields_of(name: str) -> list[Field]:
    """The descriptions of a table's columns, in order."""
    return resource(name)["schema"]["fields"]


def field_names(name: str) -> list[str]:
    """The columns of a table, in order."""
    return [field["name"] for field in fields_of(name)]


# -------------------------------------------------------------------------------------------------- pandera


def frame_schema(name: str) -> pa.DataFrameSchema:
    """The pandera schema of a table, for a DataFrame with the dtypes that ``read_table`` gives."""
    fields = fields_of(name)
    columns = {
        field["name"]: pa.Column(
            _DTYPES[field["type"]],
            checks=list(_column_checks(field)),
            nullable=not field.get("constraints", {}).get("required", False),
        )
        for field in fields
    }
    key = resource(name)["schema"]["primaryKey"]
    unique = [[field["name"]] for field in fields if field.get("constraints", {}).get("unique")]
    checks = [_unique_check(columns) for columns in unique + [key] * (key not in unique)]
    return pa.DataFrameSchema(
        columns, checks=checks + [_format_when_check(field) for field in fields if "qantar:format_when" in field]
    )


def _column_checks(field: Field) -> Iterator[pa.Check]:
    """The checks of one column; the ``error`` of each says what is wrong and what would be right."""
    rule = field.get("constraints", {})
    if "enum" in rule:
        yield pa.Check.isin(rule["enum"], error=f"is not allowed here; use one of {', '.join(rule['enum'])}")
    if "pattern" in rule:
        pattern = re.compile(rule["pattern"])
        yield pa.Check(
            lambda v: pattern.fullmatch(v) is not None,
            element_wise=True,
            error=f"is not well formed; write it as {field['example']} (pattern {rule['pattern']})",
        )
    if "minimum" in rule:
        yield pa.Check.ge(rule["minimum"], error=f"is too small; the least is {rule['minimum']}")
    if "maximum" in rule:
        yield pa.Check.le(rule["maximum"], error=f"is too large; the most is {rule['maximum']}")
    if "qantar:format" in field and "qantar:format_when" not in field:
        yield _format_check(field["qantar:format"])
    if field.get("qantar:list"):
        yield _format_check("list")


def _format_check(kind: str) -> pa.Check:
    fault = _FORMATS[kind]
    return pa.Check(lambda v: fault(v) is None, element_wise=True, name=kind, error=kind)


def _format_when_check(field: Field) -> pa.Check:
    """A check that another column of the row decides, as the kind of a date decides how its value is written."""
    [(column, kinds)] = field["qantar:format_when"].items()
    name, default = field["name"], field["qantar:format"]

    def well_written(frame: pd.DataFrame) -> pd.Series:
        pairs = zip(frame[name], frame[column], strict=True)
        return pd.Series(
            [pd.isna(v) or _FORMATS[kinds.get(k, default)](v) is None for v, k in pairs], index=frame.index, dtype=bool
        )

    kinds_said = ", ".join(f"{kind} (ISO 8601, such as P1W) where {column} is {value}" for value, kind in kinds.items())
    return pa.Check(
        well_written,
        name=name,
        error=f"is not well written; {kinds_said}, else {default} (ISO 8601-2, such as 2022-01-09)",
    )


def _unique_check(columns: list[str]) -> pa.Check:
    def first_or_missing(frame: pd.DataFrame) -> pd.Series:
        return ~frame.duplicated(columns) | frame[columns].isna().any(axis=1)

    return pa.Check(first_or_missing, name=columns[-1], error=f"is given twice; {' and '.join(columns)} must be unique")


def _schema_problems(frame: pd.DataFrame, name: str, file: str) -> Iterator[Problem]:
    try:
        frame_schema(name).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for error in errors.schema_errors:
            yield from _pandera_problems(error, frame, file)


def _pandera_problems(error: pa.errors.SchemaError, frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    check = error.check
    column = error.column_name or check.name
    for line in dict.fromkeys(error.failure_cases["index"]):
        value = frame.at[line, column]
        if check == "not_nullable":
            message = "is empty; it needs a value"
        elif check.error in _FORMATS:
            message = _FORMATS[check.error](value) or ""
        else:
            message = check.error
        yield Problem(file, int(line), column, "" if pd.isna(value) else _written(value), message)


# ------------------------------------------------------------------------------------------- files and frames


def read_table(path: str | Path, name: str) -> pd.DataFrame:
    """The table in a CSV file, checked; the index is the line of each row in the file.

    Text is ``str`` (missing is NaN), numbers are ``Float64`` or ``Int64``, truth values ``boolean``. Columns may
    stand in any order in the file and come back in the order of the description. Raises ``DataError`` with every
    fault of the file: one that is missing, not UTF-8, or breaks a rule of its Table Schema.
    """
    file, fields = str(path), {field["name"]: field for field in fields_of(name)}
    problems: list[Problem] = []
    lines, rows = [], []
    for line, cells in records(Path(path), list(fields), problems):
        lines.append(line)
        rows.append({column: _value(cell, fields[column], problems, file, line) for column, cell in cells.items()})
    frame = make_table(name, rows, lines)
    frame.attrs["file"] = file
    # A cell that can't be read, or a column that is not there, is not reported as empty as well.
    known = {(problem.line, problem.column) for problem in problems}
    problems += [p for p in _schema_problems(frame, name, file) if not {(p.line, p.column), (1, p.column)} & known]
    raise_if_any(problems)
    return frame


def optional_table(name: str) -> pd.DataFrame:
    """A table of the book, read as `read_table` does; empty if the book neither describes it nor has it."""
    return read_table(data_folder() / resource(name)["path"], name) if has(name) else make_table(name)


def collect_table(path: str | Path, name: str, problems: list[Problem]) -> pd.DataFrame:
    """As `read_table`, but faults are added to ``problems`` and the table is then empty, so that others can be read."""
    try:
        return read_table(path, name)
    except DataError as error:
        problems += error.problems
        return make_table(name)


def make_table(name: str, rows: Iterable[Mapping[str, Any]] = (), lines: Iterable[int] | None = None) -> pd.DataFrame:
    """A table of typed values with the columns and dtypes of its description; what a row leaves out is missing."""
    rows = list(rows)
    index = pd.Index(range(2, len(rows) + 2) if lines is None else list(lines), dtype="int64", name="line")
    data = {
        f["name"]: pd.Series([row.get(f["name"]) for row in rows], index=index, dtype=_DTYPES[f["type"]])
        for f in fields_of(name)
    }
    return pd.DataFrame(data, index=index)


def write_table(frame: pd.DataFrame, path: str | Path, name: str) -> None:
    """A CSV file (UTF-8, line feeds) from which ``read_table`` gives the same table; other columns are left out."""
    columns = field_names(name)
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        for row in frame[columns].itertuples(index=False, name=None):
            writer.writerow("" if pd.isna(value) else _written(value) for value in row)


def _written(value: Any) -> str:
    """A value as a cell holds it."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).lower() if isinstance(value, bool) or type(value).__name__ == "bool" else str(value)


def _value(cell: str, field: Field, problems: list[Problem], file: str, line: int) -> Any:
    """The typed value of a cell, ``None`` if it is empty or can't be read (which is noted)."""
    if not cell:
        return None
    try:
        if cell != cell.strip():
            raise ValueError("has white space at its edge; take it away")
        return _PARSERS[field["type"]](cell)
    except ValueError as error:
        problems.append(Problem(file, line, field["name"], cell, str(error)))
        return None
