"""Which exact figures of the report did not stand, and how far its numbers are from those beside them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar.annotations import Annotations
from qantar.figures import damages, killed
from qantar.record import Record
from qantar.verdicts import CHANGED


def fallen(coding: Annotations, verdicts: pd.DataFrame) -> list[str]:
    """The exact figures on a source's word whose claim the later record revised, retracted or disputes."""
    changed = set(verdicts.loc[verdicts["verdict"].isin(CHANGED), ["topic", "sentence"]].itertuples(index=False, name=None))
    table = coding.figures[(coding.figures["precision"] == "exact") & coding.figures["attributed_to"].notna()]
    return [row.id for row in table.itertuples() if (row.claim_topic, row.sentence) in changed]


def higher_tolls(record: Record) -> list[str]:
    """The claims that put the number of dead above the last one."""
    table = killed(record).dropna(subset=["number"])
    return table.loc[table["number"] > table["number"].iloc[-1], "id"].tolist()


def sums_on(record: Record, day: datetime.date) -> list[str]:
    """The claims of a day on the sum of damage, in the money it was counted in."""
    table = damages(record)
    return table.loc[(table["as_of"] == day.isoformat()) & table["tenge_bn"].notna(), "id"].tolist()


def days_between(record: Record, first: str, second: str) -> int:
    """Days from one claim to another, by the dates for which they hold."""
    dates = record.claims.set_index("id")["as_of"]
    return (datetime.date.fromisoformat(dates[second]) - datetime.date.fromisoformat(dates[first])).days


def sentences_between(coding: Annotations, first: str, second: str) -> int:
    """How many sentences of the report it is from one figure to another, subheadings included."""
    sentences = coding.figures.set_index("id")["sentence"].str[1:].astype(int)
    return int(sentences[second] - sentences[first])


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "figures": lambda book: len(fallen(book.coding, book.verdicts)),
    "besides_toll": lambda book: len(set(fallen(book.coding, book.verdicts)) - {"F06"}),
    "higher_tolls": lambda book: len(higher_tolls(book.record)),
    "sums_that_day": lambda book: len(sums_on(book.record, book.report.published)),
    "days_to_detained": lambda book: days_between(book.record, "C17", "C19"),
    "sentences_to_vague": lambda book: sentences_between(book.coding, "F09", "F11"),
}
