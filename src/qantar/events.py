"""The events of a report: when they happened, in which order they are told, who acts in them, and what they are called.

A *row* is one telling of an event (one trigger word). A *happening* is all rows that ``same_as`` joins to one first row.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations
from qantar.formats import first_day, items
from qantar.record import Record
from qantar.report import Report

PRECISIONS = ("to the day", "about a day", "from a day on", "between days", "to the month or year", "not dated")
STATUSES = ("asserted", "claimed", "planned", "denied", "hypothetical")
SAID_TO_HAVE_HAPPENED = ("asserted", "claimed")
FORCE = ("killing", "violence", "arrest")
OWN = "the report itself"
NOBODY = "nobody"

UNREST: dict[str, tuple[str, str, str]] = {
    "احتجاجات": ("احتجاجات", "protests", "people object to something"),
    "احتجاج": ("حركة احتجاج", "protest movement", "people object, together and for some time"),
    "مظاهرات": ("مظاهرات", "demonstrations", "people show in the street what they want"),
    "اضطرابات": ("اضطرابات", "unrest, disturbances", "order is disturbed, by whom is left open"),
    "أحداث": ("أحداث", "events", "something took place; nobody wants anything"),
    "أعمال العنف": ("أعمال العنف", "acts of violence", "force is used, by whom is left open"),
    "عنف": ("عنف", "violence", "force is used, by whom is left open"),
    "انتفاضة": ("انتفاضة", "uprising", "people rise against those in power"),
}
"""Each word for the unrest without its article: as shown, in English, and what it grants to what took place."""


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
    before it. A date less exact than a day has no place in such an order and is left out.
    """
    table = coding.events.dropna(subset=["date"]).sort_values("start", kind="stable")
    table = table[table["date"].map(precision) != "to the month or year"]
    table = table.assign(day=table["date"].map(first_day))
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


def forward_anchors(coding: Annotations) -> list[str]:
    """The time expressions that count from an event which the text dates only further on."""
    told = coding.events.set_index("id")["start"]
    table = coding.dates[coding.dates["anchor"].isin(told.index)]
    return [row.id for row in table.itertuples() if told[row.anchor] > row.start]


def agency(coding: Annotations) -> pd.DataFrame:
    """For each kind of event how often somebody acts: ``kind, rows, happenings, somebody acts, nobody acts, active, passive, nominal``."""
    table = coding.events
    made = pd.DataFrame({
        "rows": table["kind"].value_counts(sort=False), "happenings": happenings(coding)["kind"].value_counts(),
        "somebody acts": table[table["agent"].notna()]["kind"].value_counts(),
        "nobody acts": table[table["agent"].isna()]["kind"].value_counts(),
        **{voice: table[table["voice"] == voice]["kind"].value_counts() for voice in ("active", "passive", "nominal")},
    })
    made = made.fillna(0).astype(int).sort_values(["rows", "happenings"], ascending=False, kind="stable")
    return made.rename_axis("kind").reset_index()


def force(coding: Annotations, kinds: tuple[str, ...] = FORCE) -> pd.DataFrame:
    """Every row of killing, violence or arrest with whoever does it: ``id, sentence, words, kind, status, form, who``."""
    table = coding.events[coding.events["kind"].isin(kinds)].sort_values("start", kind="stable")
    return pd.DataFrame({
        "id": table["id"], "sentence": table["sentence"], "words": table["quote"], "kind": table["kind"],
        "status": table["status"], "form": table["voice"], "who": _people(coding, table["agent"]),
    }).reset_index(drop=True)


def doers(coding: Annotations) -> pd.DataFrame:
    """Everybody who acts in some event, most often first: ``who, rows, said to have happened, kinds``."""
    table = coding.events.dropna(subset=["agent"]).assign(who=lambda t: t["agent"].map(items)).explode("who")
    table["real"] = table["status"].isin(SAID_TO_HAVE_HAPPENED)
    made = table.groupby("who", sort=False).agg(
        rows=("id", "size"), real=("real", "sum"),
        kinds=("kind", lambda kinds: ", ".join(f"{kind} {n}" for kind, n in kinds.value_counts().items())),
    ).reset_index()
    made["who"] = _people(coding, made["who"])
    return made.sort_values(["rows", "real"], ascending=False, kind="stable", ignore_index=True).rename(columns={"real": "said to have happened"})


def plover(coding: Annotations) -> pd.DataFrame:
    """The rows by PLOVER event type, most frequent first, those that fit none last: ``type, rows, kinds``."""
    table = coding.events.assign(type=coding.events["plover"].fillna("none"))
    made = table.groupby("type").agg(
        rows=("id", "size"), kinds=("kind", lambda k: ", ".join(f"{kind} {n}" for kind, n in k.value_counts().items()))).reset_index()
    return made.sort_values(["type", "rows"], key=lambda c: c == "none" if c.name == "type" else -c, kind="stable", ignore_index=True)


def statuses(coding: Annotations) -> pd.DataFrame:
    """The rows of each kind of event by their status, and a last line for all."""
    made = pd.crosstab(coding.events["kind"], coding.events["status"]).reindex(columns=STATUSES, fill_value=0)
    made = made.loc[made.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    made.loc["all kinds"] = made.sum()
    return made.rename_axis("kind", axis=0).rename_axis(None, axis=1).reset_index()


def headings(report: Report, coding: Annotations) -> pd.DataFrame:
    """The events that subheadings state, and where the text tells them next: ``id, words, in the heading, source, again in, told there, source there``."""
    table = coding.events.sort_values("start", kind="stable")
    table = table.assign(source=_mouths(coding, table), happening=table["same_as"].fillna(table["id"]))
    heads = [s.id for s in report.sentences if s.kind == "heading"]
    made = []
    for row in table[table["sentence"].isin(heads)].itertuples():
        # What a quoted subheading says has a speaker only where the text goes on to name one.
        later = table[(table["happening"] == row.happening) & (table["start"] > row.start)].head(1)
        made.append((row.id, row.quote, f"{row.sentence}, {row.status}", *(
            (again.id, f"{again.sentence}, {again.status}", again.source) for again in later.itertuples())))
    flat = [(*made_row[:3], *(made_row[3] if len(made_row) > 3 else ("", "", ""))) for made_row in made]
    return pd.DataFrame(flat, columns=["id", "words", "in the heading", "next", "told there", "source there"])


def unrest_rows(coding: Annotations) -> pd.DataFrame:
    """Every row whose trigger is a word for the unrest as a whole: ``id, sentence, at, word, mouth``."""
    table = coding.events.sort_values("start", kind="stable")
    table = table.assign(word=[quote.removeprefix("ال") for quote in table["quote"]], mouth=_mouths(coding, table))
    table = table[table["word"].isin(UNREST) & table["kind"].isin(["protest", "violence"])]
    return table[["id", "sentence", "word", "mouth"]].reset_index(drop=True)


def unrest(coding: Annotations) -> pd.DataFrame:
    """The words for the unrest, most frequent first: ``word, in English, it grants, rows, in whose mouth, sentences``."""
    table = unrest_rows(coding)
    made = table.groupby("word", sort=False).agg(
        rows=("id", "size"), mouths=("mouth", lambda m: ", ".join(f"{who} {n}" for who, n in m.value_counts().items())),
        sentences=("sentence", lambda s: ";".join(s.drop_duplicates()))).reset_index()
    made = made.sort_values("rows", ascending=False, kind="stable", ignore_index=True)
    shown = [UNREST[word] for word in made["word"]]
    return pd.DataFrame({
        "word": [s[0] for s in shown], "in English": [s[1] for s in shown], "it grants": [s[2] for s in shown],
        "rows": made["rows"], "in whose mouth": made["mouths"], "sentences": made["sentences"],
    })


def days(coding: Annotations, record: Record, last: str, first: str = "2022-01-01") -> pd.DataFrame:
    """Day by day to the report's own: happenings in the record, how many are in the report, and what it dates to that day."""
    told = happenings(coding).assign(day=lambda t: t["date"].map(first_day))
    known = record.timeline
    rows = []
    for stamp in pd.date_range(first, last):
        day = stamp.date().isoformat()
        here, dated = known[known["date"] == day], told[told["day"] == day]
        rows.append((phrasing.date(day, year=False), len(here), int(here["in_report"].sum()), int((~here["in_report"]).sum()),
                     len(dated), int((dated["precision"] == "to the day").sum())))
    return pd.DataFrame(rows, columns=["day", "in the record", "also in the report", "only in the record", "dated by the report", "to that day alone"])


def missing(record: Record, before: str) -> pd.DataFrame:
    """What the record dates before a day and the report leaves out: the rows of the timeline."""
    table = record.timeline
    return table[(table["date"] < before) & (table["date"] >= before[:7]) & ~table["in_report"]]


def _people(coding: Annotations, cells: pd.Series) -> list[str]:
    names = coding.actors.set_index("id")["name_en"]
    return [", ".join(names[slug] for slug in items(cell)) or NOBODY for cell in cells]


def _mouths(coding: Annotations, table: pd.DataFrame) -> list[str]:
    """Who says what each row tells: the speaker of its statement, or the report itself."""
    speakers = coding.statements.set_index("id")["speaker"]
    names = coding.actors.set_index("id")["name_en"]
    return [OWN if not isinstance(s, str) else str(names.get(speakers[s], "nobody named")) for s in table["statement"]]
