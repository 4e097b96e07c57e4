"""Whether every cell that names a row of another table finds it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

import pandas as pd

from qantar.formats import items
from qantar.problems import Problem
from qantar.schema import Field, fields_of, resource


def check_references(tables: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Every cell that names a row of another table which has no such row.

    ``tables`` are by name; a reference into a table that is not among them is not checked.
    """
    problems = []
    for name, frame in tables.items():
        for field in fields_of(name) if name != "references" else []:
            targets = [target.split(".") for target in field.get("qantar:references", [])]
            if targets and all(table in tables for table, _ in targets):
                allowed = {v for table, column in targets for v in tables[table][column].dropna()}
                problems += _dangling(frame, field, allowed | set(field.get("qantar:literals", [])), name)
                if field.get("qantar:first"):
                    problems += _chained(frame, field["name"], name)
    return problems


def _file(frame: pd.DataFrame, name: str) -> str:
    return frame.attrs.get("file", resource(name)["path"])


def _dangling(frame: pd.DataFrame, field: Field, allowed: set[str], name: str) -> Iterator[Problem]:
    where = " or ".join(field["qantar:references"] + field.get("qantar:literals", []))
    for line, cell in frame[field["name"]].dropna().items():
        for value in items(cell) if field.get("qantar:list") else [cell]:
            if value not in allowed:
                near = difflib.get_close_matches(value, sorted(allowed), 1)
                hint = f"did you mean {near[0]}?" if near else "add the row or change the cell"
                yield Problem(_file(frame, name), int(line), field["name"], value, f"is not in {where}; {hint}")


def _chained(frame: pd.DataFrame, column: str, name: str) -> Iterator[Problem]:
    """Rows that point to themselves or to a row that points further."""
    targets = dict(zip(frame["id"], frame[column], strict=True))
    for line, row_id, target in zip(frame.index, frame["id"], frame[column], strict=True):
        if target == row_id:
            yield Problem(
                _file(frame, name),
                int(line),
                column,
                target,
                "is the row itself; leave the cell empty in the first row",
            )
        elif isinstance(targets.get(target), str):
            yield Problem(
                _file(frame, name), int(line), column, target, f"points on to {targets[target]}; point to the first row"
            )
