"""The report's claims one by one beside the later record: what stands, what fell, what it left out."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations, locate
from qantar.formats import first_day, items
from qantar.paths import data_folder
from qantar.problems import raise_if_any
from qantar.record import Record
from qantar.references import check_references
from qantar.report import Report
from qantar.schema import has, make_table, read_table

VERDICTS: dict[str, str] = {
    "confirmed": "the record says the same",
    "revised": "later corrected or completed",
    "disputed": "contradicted, by nobody withdrawn",
    "retracted": "withdrawn by those in whose name it was given",
    "unknown": "the record does not settle it",
}
"""The verdicts in the order in which the book shows them, and what each means."""

CHANGED = ("revised", "disputed", "retracted")
"""Verdicts on claims that the record does not leave as they are."""

OWN = "the report itself"
NOBODY = "nobody named"
BEFORE, SAME, AFTER = "before that day", "that day", "after that day"


def load_verdicts(report: Report, folder: Path | None = None) -> pd.DataFrame:
    """The checked verdicts in the order of the text, each with the offsets of its quote; none if the book has none.

    Raises ``DataError`` with every fault of the file, also with rows of the record that do not exist.
    """
    if folder is None and not has("verdicts"):
        return locate(report, make_table("verdicts"))
    folder = data_folder() / "record" if folder is None else folder
    table = read_table(folder / "verdicts.csv", "verdicts")
    problems = check_references({"verdicts": table} | {name: read_table(folder / f"{name}.csv", name) for name in ("claims", "timeline")})
    found = locate(report, table, problems)
    raise_if_any(problems)
    return found.sort_values("start", kind="stable", ignore_index=True)


def counts(verdicts: pd.DataFrame) -> pd.DataFrame:
    """How many claims met which verdict: ``verdict, claims, it means``."""
    found = verdicts["verdict"].value_counts()
    numbers = [int(found.get(verdict, 0)) for verdict in VERDICTS]
    return pd.DataFrame({"verdict": list(VERDICTS), "claims": numbers, "it means": list(VERDICTS.values())})


def speakers(verdicts: pd.DataFrame, coding: Annotations) -> pd.Series:
    """The slug of whoever the report makes say each claim; ``OWN`` and ``NOBODY`` where there is none."""
    named = coding.statements.set_index("id")["speaker"].fillna(NOBODY)
    return verdicts["statement"].map(named).fillna(OWN)


def houses(verdicts: pd.DataFrame, coding: Annotations) -> pd.Series:
    """The English name of the body behind each claim: a person counts for the body that the coding gives him or her."""
    actors = coding.actors.set_index("id")
    body = actors["affiliation"].where(actors["kind"] == "person").fillna(actors.index.to_series())
    names = speakers(verdicts, coding).map(lambda slug: body.get(slug, slug))
    return names.map(lambda slug: actors["name_en"].get(slug, slug))


def ledger(verdicts: pd.DataFrame, coding: Annotations, *wanted: str) -> pd.DataFrame:
    """The claims one by one, all or those with the ``wanted`` verdicts, with who says so and what is known."""
    table = verdicts.assign(said=houses(verdicts, coding))
    table = table[table["verdict"].isin(wanted or VERDICTS)]
    columns = {"id": "id", "sentence": "sentence", "report_says": "the report says", "said": "said by", "verdict": "verdict",
               "what_is_known": "what is known", "claims": "rests on"}
    return table[list(columns)].rename(columns=columns).reset_index(drop=True)


def by_voice(verdicts: pd.DataFrame, coding: Annotations) -> pd.DataFrame:
    """Claims by who makes them and by verdict, most claims first: ``said by, claims`` and a column a verdict."""
    table = pd.crosstab(houses(verdicts, coding), verdicts["verdict"]).reindex(columns=list(VERDICTS), fill_value=0)
    table.insert(0, "claims", table.sum(axis=1))
    # Stable within equal numbers: in the order of the names.
    table = table.sort_values("claims", ascending=False, kind="stable")
    return table.rename_axis(index="said by", columns=None).reset_index()


def most_quoted(verdicts: pd.DataFrame, coding: Annotations) -> pd.Series:
    """The row of ``by_voice`` of the body that the report makes say most claims. Raises ``IndexError`` if nobody says any."""
    table = by_voice(verdicts, coding)
    return table[~table["said by"].isin([OWN, NOBODY])].iloc[0]


def unconfirmed_between(verdicts: pd.DataFrame, first: str, last: str) -> int:
    """How many claims of the sentences from ``first`` to ``last`` have another verdict than confirmed."""
    return int((verdicts["sentence"].between(first, last) & (verdicts["verdict"] != "confirmed")).sum())


def moments(verdicts: pd.DataFrame, record: Record, published: datetime.date) -> pd.DataFrame:
    """When the record first had what changes a claim, against the day of the report: revised, disputed, retracted ones.

    The day is that of the row of the record that decides, the first that the verdict names. The same day is not the same
    hour: whether the report could know it is not said by this table.
    """
    later = _by_id(record)
    table = verdicts[verdicts["verdict"].isin(CHANGED)]
    deciding = [later.loc[items(cell)[0]] for cell in table["claims"]]
    day = published.isoformat()
    days = [first_day(row["day"]) for row in deciding]
    made = pd.DataFrame({
        "id": table["id"].to_list(),
        "the report says": table["report_says"].to_list(),
        "verdict": table["verdict"].to_list(),
        "known from": [row["day"] for row in deciding],
        "through": [row["who"] for row in deciding],
        "that is": [BEFORE if known < day else SAME if known == day else AFTER for known in days],
    })
    order = sorted(range(len(made)), key=lambda n: days[n])
    made = made.iloc[order].reset_index(drop=True)
    made["known from"] = made["known from"].map(phrasing.date)
    return made


def left_out(verdicts: pd.DataFrame, record: Record, published: datetime.date) -> pd.DataFrame:
    """What the record dates on or before the day of the report and the report does not tell: ``id, date, place or point, what``.

    A row on which a confirmed claim rests is told at least in part, such as a fire without its place, and is not listed.
    """
    table = _unmentioned(record, lambda day: day <= published.isoformat())
    told = {row for cell in verdicts.loc[verdicts["verdict"] == "confirmed", "claims"] for row in items(cell)}
    return table[~table["id"].isin(told)].reset_index(drop=True)


def came_later(record: Record, published: datetime.date) -> pd.DataFrame:
    """What the record dates after the day of the report: happenings that it neither mentions nor announces."""
    table = _unmentioned(record, lambda day: day > published.isoformat())
    return table[table["id"].str.startswith("T")].reset_index(drop=True)


def _unmentioned(record: Record, wanted: Callable[[str], bool]) -> pd.DataFrame:
    later = _by_id(record)
    later = later[~later["in_report"].astype(bool) & later["day"].notna()]
    later = later.loc[[wanted(first_day(day)) for day in later["day"]]]
    later = later.sort_values("day", key=lambda days: days.map(first_day), kind="stable")
    return pd.DataFrame({
        "id": later.index,
        "date": later["day"].map(phrasing.date).to_list(),
        "place or point": later["place"].to_list(),
        "what": later["what"].to_list(),
    })


def _by_id(record: Record) -> pd.DataFrame:
    """Timeline and claims as one table by ID: ``day, who, place, what, in_report``; of claims the place is the topic."""
    timeline = record.timeline.assign(day=record.timeline["date"], who=record.timeline["event"], what=record.timeline["event"])
    claims = record.claims.assign(day=record.claims["as_of"], who=record.claims["body"], what=record.claims["body"] + ": " + record.claims["value"])
    claims["place"] = claims["topic"].str.replace("_", " ")
    columns = ["id", "day", "who", "place", "what", "in_report"]
    return pd.concat([timeline[columns], claims[columns]], ignore_index=True).set_index("id")


# ---------------------------------------------------------------------------------------------- named results


def _of(book: Any, *wanted: str) -> int:
    return int(book.verdicts["verdict"].isin(wanted).sum())


def _voice(book: Any, who: str, column: str = "claims") -> int:
    """Claims of one voice: ``OWN``, the body quoted most ("most") or all other quoted ("others")."""
    table = by_voice(book.verdicts, book.coding)
    top = most_quoted(book.verdicts, book.coding)["said by"]
    sides = table["said by"].map(lambda name: "most" if name == top else name if name == OWN else "others")
    return int(table.loc[sides == who, column].sum())


def _moment(book: Any, when: str) -> int:
    table = moments(book.verdicts, book.record, book.report.published)
    return int((table["that is"] == when).sum())


def _left_out(book: Any, kind: str) -> int:
    return int(left_out(book.verdicts, book.record, book.report.published)["id"].str.startswith(kind).sum())


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "claims": lambda book: _of(book, *VERDICTS),
    "confirmed": lambda book: _of(book, "confirmed"),
    "revised": lambda book: _of(book, "revised"),
    "disputed": lambda book: _of(book, "disputed"),
    "retracted": lambda book: _of(book, "retracted"),
    "unknown": lambda book: _of(book, "unknown"),
    "rest": lambda book: _of(book, *VERDICTS) - _of(book, "confirmed"),
    "rest_middle": lambda book: unconfirmed_between(book.verdicts, "s06", "s11"),
    "kinds": lambda book: len(VERDICTS),
    "changed": lambda book: _of(book, *CHANGED),
    "changed_before": lambda book: _moment(book, BEFORE),
    "changed_that_day": lambda book: _moment(book, SAME),
    "changed_after": lambda book: _moment(book, AFTER),
    "own": lambda book: _voice(book, OWN),
    "own_confirmed": lambda book: _voice(book, OWN, "confirmed"),
    "most_quoted": lambda book: _voice(book, "most"),
    "most_quoted_confirmed": lambda book: _voice(book, "most", "confirmed"),
    "most_quoted_unknown": lambda book: _voice(book, "most", "unknown"),
    "others": lambda book: _voice(book, "others"),
    "others_confirmed": lambda book: _voice(book, "others", "confirmed"),
    "left_out_happenings": lambda book: _left_out(book, "T"),
    "left_out_claims": lambda book: _left_out(book, "C"),
    "came_later": lambda book: len(came_later(book.record, book.report.published)),
}
