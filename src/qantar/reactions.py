"""International reactions: who abroad did or said what, when and how, in the report and in the later record.

Its figures are drawn by ``reaction_figures``.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pandas as pd

from qantar import phrasing
from qantar.annotations import Annotations
from qantar.formats import items
from qantar.record import Record, claims_on, reactions_abroad
from qantar.report import Report
from qantar.values import Book

STANCES = ("supports", "concerned", "neutral", "questions", "condemns")
"""Every stance of the codebook, from the friendliest to the authorities to the hardest on them."""

ALLIANCE = frozenset({"CSTO", "Armenia", "Belarus", "Kyrgyzstan", "Russia", "Tajikistan"})
"""The alliance and its members, Kazakhstan aside (row ``csto`` of the record's identities)."""

ARAB = frozenset("AE BH DJ DZ EG IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SY TN YE".split())
"""ISO 3166 codes of the member states of the Arab League."""

# What the record calls the actors to whom the report credits a reaction; any other goes by its English name.
_IN_RECORD = {"csto": "CSTO", "kremlin": "Russia", "united_states": "United States"}

# The steps of the mission: topic of the record, what the figure calls it, the coded event that tells it (if any).
_STEPS = (
    ("csto_request", "Request", "E57"),
    ("csto_decision", "Decision", None),
    ("csto_deployment", "First units", "E48"),
    ("csto_extraordinary_session", "Joint session", "E55"),
    ("csto_withdrawal_start", "Pull-out begins", None),
    ("csto_withdrawal_end", "Last units leave", None),
)


# ------------------------------------------------------------------------------------------- counting


def in_report(coding: Annotations) -> pd.DataFrame:
    """The reactions of the report in the order of the text, with the actor's name in the book and in the record."""
    table = coding.reactions.sort_values("start", kind="stable")
    names = coding.actors.set_index("id")["name_en"]
    return pd.DataFrame({
        "id": table["id"],
        "sentence": table["sentence"],
        "words": table["quote"],
        "actor": table["actor"].map(names),
        "in_record": table["actor"].map(lambda slug: _IN_RECORD.get(slug, names[slug])),
        "kind": table["kind"],
        "stance": table["stance"],
        "summary": table["summary_en"],
    }).reset_index(drop=True)


def on_days(record: Record) -> pd.DataFrame:
    """The reactions abroad that the record dates to a day, in order, with that day as ``day``."""
    table = reactions_abroad(record)
    table = table[table["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").fillna(False).astype(bool)]
    return table.assign(day=table["date"].map(datetime.date.fromisoformat))


def before(record: Record, report: Report) -> pd.DataFrame:
    """The reactions abroad dated to a day before the day of the report; those of that same day are not among them."""
    table = on_days(record)
    return table[table["day"] < report.published]


def left_out(record: Record, report: Report) -> pd.DataFrame:
    """What had been said or done before the report's day and is not in it."""
    table = before(record, report)
    return table[~table["in_report"].astype(bool)]


def states(table: pd.DataFrame) -> set[str]:
    """The states that react, by name. In a row with several actors its states stand last, one for each country code.

    The Holy See, which the record calls neither state nor organisation, is not among them.
    """
    rows = table[table["actor_type"] != "other"]
    return {name for row in rows.itertuples() if items(row.country) for name in items(row.actor)[-len(items(row.country)) :]}


def organisations(table: pd.DataFrame) -> set[str]:
    """The organisations that react, by name: whoever is neither a state nor of another type."""
    return _actors(table[table["actor_type"] != "other"]) - states(table)


def _actors(table: pd.DataFrame) -> set[str]:
    return {name for cell in table["actor"] for name in items(cell)}


def against_record(coding: Annotations, record: Record) -> pd.DataFrame:
    """The reactions that the report carries beside the record's rows on them, matched by actor: one row an actor.

    ``stance`` is coded from the report's words, ``stance in the record`` from the position found for the record.
    """
    found = reactions_abroad(record)
    found = found[found["in_report"].astype(bool)].set_index("actor")
    told = in_report(coding).groupby("in_record", sort=False)
    return pd.DataFrame([
        {
            "actor": actor,
            "report": ";".join(rows["id"]),
            "stance": ", ".join(dict.fromkeys(rows["stance"])),
            "record": found.at[actor, "id"],
            "date": phrasing.date(found.at[actor, "date"], year=False),
            "stance in the record": found.at[actor, "stance"],
            "position in the record": found.at[actor, "position"],
        }
        for actor, rows in told if actor in found.index
    ])


def stances(record: Record, report: Report) -> pd.DataFrame:
    """How many reactions took which stance, over all and before the report's day: ``stance, before, all``."""
    early, every = (table["stance"].value_counts() for table in (before(record, report), reactions_abroad(record)))
    return pd.DataFrame([{"stance": s, "before the report": int(early.get(s, 0)), "all": int(every.get(s, 0))} for s in STANCES])


def camps(table: pd.DataFrame) -> pd.Series:
    """How many reactions come from the alliance, from Washington and from everyone else.

    A joint reaction counts for the alliance only if all who share it are of the alliance.
    """
    def camp(cell: str) -> str:
        names = set(items(cell))
        return "alliance" if names <= ALLIANCE else "Washington" if names == {"United States"} else "everyone else"

    return table["actor"].map(camp).value_counts().reindex(["alliance", "Washington", "everyone else"], fill_value=0)


def by_camp(record: Record, report: Report) -> pd.DataFrame:
    """How many reactions come from which camp, before the report's day and in all: ``from, before the report, all``."""
    columns = {"before the report": camps(before(record, report)), "all": camps(reactions_abroad(record))}
    return pd.DataFrame(columns).rename_axis("from").reset_index()


def arab_world(record: Record) -> pd.DataFrame:
    """The reactions of Arab states in the record, in the order of time."""
    table = reactions_abroad(record)
    return table.loc[[bool(ARAB & set(items(cell))) for cell in table["country"]]]


def listed(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of the record as the book shows them: ``id, date, who, speaker, stance, position``."""
    return pd.DataFrame({
        "id": table["id"],
        "date": [phrasing.date(cell, year=False) for cell in table["date"]],
        "who": [phrasing.listing(items(cell)) for cell in table["actor"]],
        "speaker": table["speaker"],
        "stance": table["stance"],
        "position": table["position"],
    }).reset_index(drop=True)


# ------------------------------------------------------------------------------------------- the mission


def mission(coding: Annotations, record: Record) -> pd.DataFrame:
    """The troop mission step by step: when each step was, by the record, and what the report says about it.

    A step on which the record has nothing is left out. ``sentence`` and ``the report says`` come from the coded event that
    tells the step and are empty where none does; ``dated there`` says whether the report itself gives the step a date.
    """
    events = coding.events.set_index("id")
    made, known = [], set(record.claims["topic"])
    for topic, step, event in _STEPS:
        if topic not in known:
            continue
        claim = claims_on(record, topic).iloc[0]
        told = events.loc[event] if event else None
        made.append({
            "step": step,
            "record": claim["id"],
            "date": claim["date"],
            "sentence": None if told is None else told["sentence"],
            "the report says": None if told is None else told["summary_en"],
            "dated there": told is not None and isinstance(told["date"], str),
            "status": claim["status"],
        })
    return pd.DataFrame(made, columns=["step", "record", "date", "sentence", "the report says", "dated there", "status"])


def mission_table(coding: Annotations, record: Record) -> pd.DataFrame:
    """The steps of the mission as the book shows them, dates in words."""
    table = mission(coding, record)
    table["date"] = [phrasing.date(cell, year=False) for cell in table["date"]]
    table["dated there"] = [None if pd.isna(s) else "yes" if d else "no" for s, d in zip(table["sentence"], table["dated there"], strict=True)]
    return table


def stay(coding: Annotations, record: Record, report: Report) -> dict[str, datetime.date]:
    """The days by which the stay is measured: ``arrived``, ``said`` (the report's day), ``expected`` (the latest day
    that the spokesman's duration allows, counted from then) and ``left``. Empty if the report has no such duration.
    """
    said_to_stay, dates = coding.figures[coding.figures["claim_topic"] == "csto_stay"], mission(coding, record).set_index("step")["date"]
    if said_to_stay.empty or dates.empty:
        return {}
    spoken = said_to_stay.iloc[0]
    days = int(spoken["value"]) * {"day": 1, "week": 7}[spoken["unit"]]
    said = report.published
    return {
        "arrived": day(dates["First units"]),
        "said": said,
        "expected": said + datetime.timedelta(days=days),
        "left": day(dates["Last units leave"]),
    }


def day(cell: str) -> datetime.date:
    """The first day of an EDTF day or interval of days."""
    return datetime.date.fromisoformat(cell.split("/")[0])


def points(record: Record, *topics: str) -> pd.DataFrame:
    """What the report and the record say on some topics: ``id, in the report, in the record, body, status, one source only``.

    Empty for a book without a later record. Raises ``KeyError`` if there is one and it has no such topic.
    """
    table = pd.concat([claims_on(record, topic) for topic in topics]) if len(record.claims) else record.claims
    return pd.DataFrame({
        "id": table["id"],
        "in the report": table["report_value"],
        "in the record": table["value"],
        "who says so": table["body"],
        "status": table["status"],
        "one source only": ["yes" if single else "no" for single in table["single_source"]],
    }).reset_index(drop=True)


# ------------------------------------------------------------------------------------------- named results


def _date(when: datetime.date) -> str:
    return phrasing.date(when.isoformat(), year=False)


def _busiest(book: Book) -> tuple[str, int]:
    counts = on_days(book.record)["date"].value_counts()
    return (counts.index[0], int(counts.iloc[0])) if len(counts) else ("", 0)


def _days_between(book: Book, start: str, end: str) -> int | str:
    days = stay(book.coding, book.record, book.report)
    return (days[end] - days[start]).days if days else phrasing.ABSENT


def _expected(book: Book) -> str:
    days = stay(book.coding, book.record, book.report)
    return _date(days["expected"]) if days else phrasing.ABSENT


def _past(book: Book) -> pd.DataFrame:
    """The steps of the mission that lay behind when the report went out."""
    steps = mission(book.coding, book.record)
    return steps[steps["date"].map(day) <= book.report.published]


VALUES: dict[str, Callable[[Book], int | float | str]] = {
    "rows_in_report": lambda b: len(b.coding.reactions),
    "actors_in_report": lambda b: b.coding.reactions["actor"].nunique(),
    "carried": lambda b: int(reactions_abroad(b.record)["in_report"].sum()),
    "abroad": lambda b: len(reactions_abroad(b.record)),
    "kazakh": lambda b: len(b.record.reactions) - len(reactions_abroad(b.record)),
    "states": lambda b: len(states(reactions_abroad(b.record))),
    "organisations": lambda b: len(organisations(reactions_abroad(b.record))),
    "before": lambda b: len(before(b.record, b.report)),
    "before_carried": lambda b: int(before(b.record, b.report)["in_report"].sum()),
    "left_out": lambda b: len(left_out(b.record, b.report)),
    "states_before": lambda b: len(states(before(b.record, b.report))),
    "organisations_before": lambda b: len(organisations(before(b.record, b.report))),
    "busiest_day": lambda b: phrasing.date(_busiest(b)[0], year=False) or phrasing.ABSENT,
    "busiest": lambda b: _busiest(b)[1],
    "same_day": lambda b: int((on_days(b.record)["day"] == b.report.published).sum()),
    "same_day_carried": lambda b: int(on_days(b.record).query("day == @b.report.published")["in_report"].sum()),
    "alliance_before": lambda b: int(camps(before(b.record, b.report))["alliance"]),
    "washington_before": lambda b: int(camps(before(b.record, b.report))["Washington"]),
    "else_before": lambda b: int(camps(before(b.record, b.report))["everyone else"]),
    "else_share": lambda b: phrasing.share(camps(before(b.record, b.report))["everyone else"], len(before(b.record, b.report))),
    "supports_before": lambda b: int((before(b.record, b.report)["stance"] == "supports").sum()),
    "camps": lambda b: len(camps(before(b.record, b.report)).drop("everyone else")),
    "military": lambda b: b.coding.reactions.loc[b.coding.reactions["kind"] == "military", "actor"].nunique(),
    "condemned": lambda b: int((b.coding.reactions["stance"] == "condemns").sum()),
    "arab": lambda b: len(arab_world(b.record)),
    "arab_before": lambda b: int((arab_world(b.record)["date"].map(datetime.date.fromisoformat) < b.report.published).sum()),
    "steps_past": lambda b: len(_past(b)),
    "steps_told": lambda b: int(_past(b)["sentence"].notna().sum()),
    "steps_dated": lambda b: int(_past(b)["dated there"].sum()),
    "actual_days": lambda b: _days_between(b, "said", "left"),
    "overrun_days": lambda b: _days_between(b, "expected", "left"),
    "presence_days": lambda b: _days_between(b, "arrived", "left"),
    "expected_day": _expected,
}
