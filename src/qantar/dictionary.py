"""The data dictionary: what ``data/datapackage.json`` says of every table, as tables that the book can show."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from qantar import phrasing
from qantar.csvfile import records
from qantar.formats import items
from qantar.paths import data_folder
from qantar.schema import Field, field_names, fields_of, package, resource

_WRITTEN = {"edtf": "date (EDTF)", "duration": "duration (ISO 8601)"}

# Names of the ways in which the book writes dates, tried in this order; the patterns are cut from EDTF's levels 0 and 1.
_DAY, _MONTH, _YEAR = r"\d{4}-\d\d-\d\d", r"\d{4}-(?:0[1-9]|1[0-2])", r"\d{4}"
_SHAPES = {
    "day": _DAY,
    "month": _MONTH,
    "year": _YEAR,
    "about a day, a month or a year": rf"(?:{_DAY}|{_MONTH}|{_YEAR})~",
    "from one time to another": r"[\d-]+~?/[\d-]+~?",
    "from a time on, end open": r"[\d-]+~?/\.\.",
    "duration": r"P.+",
}


def tables() -> pd.DataFrame:
    """Every table that is there: ``table, file, rows, columns``, in the order of the description.

    Rows are not counted of a table that grows with the book: no chapter is executed again when it does.
    """
    return pd.DataFrame([
        {"table": described["title"], "file": described["path"],
         "rows": None if described.get("qantar:grows") else _rows(described["name"]),
         "columns": len(field_names(described["name"]))}
        for described in package()["resources"]
        if described.get("type") == "table" and (data_folder() / described["path"]).exists()
    ]).astype({"rows": "Int64"})


def files() -> list[str]:
    """Every described file that is there, tables or not, by its path in the data folder."""
    return [r["path"] for r in package()["resources"] if (data_folder() / r["path"]).exists()]


def columns(name: str) -> pd.DataFrame:
    """The dictionary of one table: ``column, written as, needed, meaning``. Raises ``KeyError`` for an unknown one."""
    return pd.DataFrame([
        {"column": field["name"], "written as": _written_as(field),
         "needed": "yes" if field.get("constraints", {}).get("required") else "", "meaning": field["description"]}
        for field in fields_of(name)
    ])


def categories(name: str, column: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The categories of a column with their use in a table of that kind: ``category, rows, example``.

    The example is the first row that has the category, by its identifier; a category without rows has none. Raises
    ``KeyError`` if the column has no list of categories.
    """
    field = next(f for f in fields_of(name) if f["name"] == column)
    found = [(category, frame[frame[column] == category]) for category in field["constraints"]["enum"]]
    return pd.DataFrame([
        {"category": category, "rows": len(rows), "example": rows["id"].iloc[0] if len(rows) else ""} for category, rows in found
    ])


def date_forms(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """How dates are written in some tables, by name: ``form, as in, reads, rows``, the first of each form as its example.

    Looks at the columns whose description calls them EDTF. Raises ``ValueError`` for a date of a form that has no
    name here.
    """
    forms: dict[str, list[str]] = {shape: [] for shape in _SHAPES}
    for name, frame in frames.items():
        for field in fields_of(name):
            for cell in frame[field["name"]].dropna() if field.get("qantar:format") == "edtf" else ():
                forms[_shape(cell)].append(cell)
    return pd.DataFrame([
        {"form": shape, "as in": cells[0], "reads": phrasing.date(cells[0]), "rows": len(cells)} for shape, cells in forms.items() if cells
    ])


def _shape(cell: str) -> str:
    for shape, pattern in _SHAPES.items():
        if re.fullmatch(pattern, cell):
            return shape
    raise ValueError(f"{cell!r} is a date of a form without a name; add it to dictionary._SHAPES")


def _rows(name: str) -> int:
    """The number of rows of a table, counted without checking their cells."""
    return sum(1 for _ in records(data_folder() / resource(name)["path"], field_names(name), []))


def _written_as(field: Field) -> str:
    """How a cell of a column is written, in words: a category, a reference, a date, a number or text."""
    rule = field.get("constraints", {})
    if "enum" in rule:
        return phrasing.listing(rule["enum"]).replace(" and ", " or ")
    if targets := field.get("qantar:references"):
        literals = [f"“{word}”" for word in field.get("qantar:literals", [])]
        kind = f"{phrasing.listing(targets + literals)}".replace(" and ", " or ")
    else:
        kind = _WRITTEN.get(field.get("qantar:format", ""), field["type"])
        if "example" in field and kind == "string":
            kind = f"as {items(field['example'])[0]}"
    return f"list of {kind}" if field.get("qantar:list") else kind
