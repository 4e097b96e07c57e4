"""What of a draft coding is checked: ``coding/review.csv``, a row for each row that the machine reader wrote.

The tables of a draft are those of any coding. Whether somebody has looked at a row stands in this list beside them: it
begins as *unchecked*, and `qantar review` makes it *accepted*, *corrected* or *rejected*. A row of the coding that is not
listed was written by hand. A coding without the list is a hand coding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from qantar.paths import data_folder
from qantar.problems import Problem, raise_if_any
from qantar.schema import make_table, optional_table, resource

if TYPE_CHECKING:
    from qantar.annotations import Annotations

STATES = ("unchecked", "accepted", "corrected", "rejected")
TABLE = "review"


def no_review() -> pd.DataFrame:
    """The list of a coding that no machine wrote."""
    return make_table(TABLE)


def begin(coding: Annotations, reader: str) -> pd.DataFrame:
    """The list for a machine reading just made: every row unchecked; ``reader`` says what wrote it, with its version."""
    rows = [
        {"table": name, "id": row_id, "status": "unchecked", "reader": reader}
        for name, table in coding.tables().items() for row_id in table["id"]
    ]
    return make_table(TABLE, rows)


def load_review(coding: Annotations) -> pd.DataFrame:
    """The book's list, checked against its coding; empty if it has none. Raises ``DataError`` with every fault."""
    found = optional_table(TABLE)
    raise_if_any(contradictions(coding, found, str(data_folder() / resource(TABLE)["path"])))
    return found


def contradictions(coding: Annotations, review: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Rows that are listed and not in the coding, though nobody rejected them, or the other way round."""
    known = {name: set(table["id"]) for name, table in coding.tables().items()}
    for line, row in zip(review.index, review.itertuples(index=False), strict=True):
        there = row.id in known[row.table]
        if row.status == "rejected" and there:
            yield Problem(file, int(line), "status", row.id, f"is rejected and still in {row.table}.csv; `qantar review` takes it out")
        elif row.status != "rejected" and not there:
            yield Problem(file, int(line), "id", row.id, f"is not in {row.table}.csv; set its status to rejected, or put the row back")


def unchecked(review: pd.DataFrame) -> frozenset[str]:
    """The IDs of the rows that nobody has checked."""
    return frozenset(review.loc[review["status"] == "unchecked", "id"])


def progress(coding: Annotations, review: pd.DataFrame) -> pd.DataFrame:
    """What is done and what is left: ``table, read, unchecked, accepted, corrected, rejected, by hand, checked``.

    ``read`` counts the rows that the machine wrote, ``by hand`` the rows of the coding that it did not; ``checked`` is
    the share of ``read`` that is not unchecked, between 0 and 1, empty where the machine wrote none. The last row is the sum.
    """
    made = []
    for name, table in coding.tables().items():
        listed = review[review["table"] == name]
        counts = listed["status"].value_counts()
        made.append({"table": name, "read": len(listed)} | {state: int(counts.get(state, 0)) for state in STATES}
                    | {"by hand": int((~table["id"].isin(listed["id"])).sum())})
    found = pd.DataFrame(made)
    total = found.drop(columns="table").sum().to_dict()
    found = pd.concat([found, pd.DataFrame([{"table": "all"} | total])], ignore_index=True)
    shares = [1 - row.unchecked / row.read if row.read else None for row in found.itertuples()]
    return found.assign(checked=pd.Series(shares, dtype="Float64"))


def share_left(review: pd.DataFrame) -> tuple[int, int]:
    """(rows unchecked, rows that are in the coding) of what the machine wrote."""
    return int((review["status"] == "unchecked").sum()), int((review["status"] != "rejected").sum())
