"""When the events of a report happened, how exactly it dates them, and in which order it tells them.

A *row* of the events is one telling of an event (one trigger word). A *happening* is all rows that ``same_as`` joins to
one first row.
"""

from __future__ import annotations

import itertools

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations
from qantar.formats import first_day
from qantar.record import Record
from qantar.report import Report

STATUSES = ("asserted", "claimed", "planned", "denied", "hypothetical")
PRECISIONS = ("to the day", "about a day", "from a day on", "between days", "to the month or year", "not dated")


def precision(date: object) -> str:
    """How exactly a date in EDTF is known, one of ``PRECISIONS``.

    >>> precision("2022-01-09"), precision("2022-01-04~"), precision("2022-01-02/.."), precision(None)
    ('to the day', 'about a day', 'from a day on', 'not dated')
    """
    if not isinstance(date, str) or not date:
        return "not dated"
    start, _, end = date.partition("/")
    if end:
        return "from a day on" if end == ".." else "between days"
    if len(start.rstrip("~?%")) < len("2022-01-09"):
        return "to the month or year"
    return "to the day" if start[-1].isdigit() else "about a day"


def happenings(coding: Annotations) -> pd.DataFrame:
    """Every happening, its tellings merged, in the order of the text: ``id, rows, date, precision, kind, statuses, what, sentences``.

    The date is the most exact that any of its rows gives (a date marked approximate yields to one that is not).
    """
    table = coding.events.sort_values("start", kind="stable")
    made = []
    for first, rows in table.groupby(table["same_as"].fillna(table["id"]), sort=False):
        dates = sorted(rows["date"].dropna(), key=lambda d: (PRECISIONS.index(precision(d)), "~" in d))
        head = rows[rows["id"] == first].iloc[0]
        made.append({
            "id": first, "rows": ";".join(rows["id"]), "date": dates[0] if dates else None,
            "precision": precision(dates[0] if dates else None), "kind": head["kind"],
            "statuses": ";".join(s for s in STATUSES if s in set(rows["status"])), "what": head["summary_en"],
            "sentences": ";".join(rows["sentence"].drop_duplicates()),
        })
    return pd.DataFrame(made, columns=["id", "rows", "date", "precision", "kind", "statuses", "what", "sentences"])


def chronology(coding: Annotations) -> pd.DataFrame:
    """The dated happenings in the order in which they happened: ``date, EDTF, known, kind, what, told in``."""
    table = happenings(coding).dropna(subset=["date"])
    table = table.sort_values("date", key=lambda dates: dates.map(first_day), kind="stable", ignore_index=True)
    return pd.DataFrame({
        "date": table["date"].map(phrasing.date), "EDTF": table["date"], "known": table["precision"],
        "kind": table["kind"], "what": table["what"], "told in": table["sentences"],
    })


def stops(report: Report, coding: Annotations) -> pd.DataFrame:
    """The dates of the telling in the order of the text: ``stop, sentence, at, day, date, kinds, words, rows``.

    A stop is a sentence with the first day of the events that it dates; ``at`` is the share of the text that comes
    before it. A date less exact than a day, or without a beginning, has no place in such an order and is left out.
    """
    table = coding.events.dropna(subset=["date"]).sort_values("start", kind="stable")
    table = table.assign(day=table["date"].map(first_day))
    table = table[(table["date"].map(precision) != "to the month or year") & table["day"].between("1000", "9000")]
    made = table.groupby(["sentence", "day"], sort=False).agg(
        at=("start", lambda starts: starts.min() / len(report.text)), date=("date", "first"),
        kinds=("kind", lambda kinds: ", ".join(dict.fromkeys(kinds))), words=("quote", "، ".join), rows=("id", ";".join),
    ).reset_index()
    made.insert(0, "stop", range(1, len(made) + 1))
    return made[["stop", "sentence", "at", "day", "date", "kinds", "words", "rows"]]


def order(report: Report, coding: Annotations) -> pd.DataFrame:
    """``stops`` as the book shows them, with their place in the order of happening (equal days share one)."""
    table = stops(report, coding)
    return pd.DataFrame({
        "told": table["stop"], "happened": table["day"].rank(method="min").astype(int), "date": table["date"].map(phrasing.date),
        "sentence": table["sentence"], "before it": [phrasing.share(at, 1) for at in table["at"]],
        "kind": table["kinds"], "words": table["words"], "rows": table["rows"],
    })


def reversals(report: Report, coding: Annotations) -> tuple[int, int]:
    """Of all pairs of stops on different days, how many tell the later day first: ``(these, all)``."""
    pairs = list(itertools.combinations(stops(report, coding)["day"], 2))
    return sum(a > b for a, b in pairs), sum(a != b for a, b in pairs)


def beginning(report: Report, coding: Annotations) -> float:
    """The share of the text that comes before the last stop at the earliest day that it names without a mark of doubt, 0 if there is none."""
    table = stops(report, coding)
    sure = table[~table["date"].str.contains("~", regex=False)]
    return float(sure.loc[sure["day"] == sure["day"].min(), "at"].max()) if len(sure) else 0.0


def from_the_end(report: Report, sentence: str) -> str:
    """The place of a sentence among all that are no subheadings, from the end: ``last sentence but one``."""
    ids = [s.id for s in report.sentences if s.kind == "sentence"]
    return phrasing.from_the_end(len(ids) - ids.index(sentence), "sentence")


def forward_anchors(coding: Annotations) -> list[str]:
    """The time expressions that count from an event which only a later sentence tells and dates."""
    told = coding.events.set_index("id")
    table = coding.dates[coding.dates["anchor"].isin(told.index)]
    later = [told["start"][anchor] > start and told["sentence"][anchor] != sentence
             for anchor, start, sentence in zip(table["anchor"], table["start"], table["sentence"], strict=True)]
    return table.loc[later, "id"].tolist()


def undated_stretch(report: Report, coding: Annotations) -> float:
    """The longest share of the text between one dated event and the next, 0 if fewer than two are dated."""
    return float(stops(report, coding)["at"].diff().fillna(0).max()) if len(stops(report, coding)) else 0.0


def unreached(report: Report, coding: Annotations, record: Record) -> int:
    """Days before that of publication on which the record has happenings and the report dates none."""
    table = days(report, coding, record)[:-1]
    return int(((table["in the record"] > 0) & (table["dated by the report"] == 0)).sum())


def days(report: Report, coding: Annotations, record: Record) -> pd.DataFrame:
    """Day by day from the first of the month to that of publication: happenings in the record, how many are in the report, and what it dates to that day."""
    told = happenings(coding).assign(day=lambda t: t["date"].map(first_day))
    known = record.timeline
    rows = []
    for stamp in pd.date_range(_month(report), report.published):
        day = stamp.date().isoformat()
        here, dated = known[known["date"] == day], told[told["day"] == day]
        rows.append((phrasing.date(day, year=False), len(here), int(here["in_report"].sum()), int((~here["in_report"]).sum()),
                     len(dated), int((dated["precision"] == "to the day").sum())))
    return pd.DataFrame(rows, columns=["day", "in the record", "also in the report", "only in the record", "dated by the report", "to that day alone"])


def missing(report: Report, record: Record) -> pd.DataFrame:
    """What the record dates in the month of publication before its day and the report leaves out: rows of the timeline."""
    table = record.timeline
    earlier = table["date"].between(_month(report), str(report.published), inclusive="left")
    return table[earlier & ~table["in_report"]]


def _month(report: Report) -> str:
    """The first day of the month of publication. Raises ``ValueError`` if the day of publication is not known."""
    if report.published is None:
        raise ValueError("the metadata of the report has no day of publication")
    return report.published.replace(day=1).isoformat()
