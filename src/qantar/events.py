"""The events of a report: when they are said to have happened, in what order they are told, and who does them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.formats import first_day
from qantar.record import Record

HARM = ("killing", "violence", "arrest")
"""The kinds of event in which somebody does something to somebody's body, liberty or house."""


def happenings(coding: Annotations) -> pd.DataFrame:
    """One row a happening, rows of ``same_as`` joined: ``id, kind, rows, words, date, summary_en``, as first told.

    ``date`` is the most precise that any of its rows has.
    """
    table = coding.events.assign(happening=coding.events["same_as"].fillna(coding.events["id"])).sort_values("start", kind="stable")
    made = []
    for happening, rows in table.groupby("happening", sort=False):
        dates = sorted(rows["date"].dropna(), key=lambda d: (precision(d) != "day", "~" in d))
        first = rows.loc[rows["id"] == happening].iloc[0]
        made.append({"id": happening, "kind": first["kind"], "rows": len(rows), "words": "، ".join(dict.fromkeys(rows["quote"])),
                     "date": dates[0] if dates else None, "summary_en": first["summary_en"]})
    return pd.DataFrame(made)


def precision(date: str | None) -> str:
    """How exactly an EDTF date is known: ``day``, ``about a day``, ``from a day on``, ``year`` or ``none``.

    >>> precision("2022-01-09"), precision("2022-01-02/.."), precision("1992~"), precision(None)
    ('day', 'from a day on', 'year', 'none')
    """
    if not isinstance(date, str):
        return "none"
    if "/" in date:
        return "from a day on" if date.endswith("..") else "between two days"
    if len(date.rstrip("~")) == 4:
        return "year"
    return "about a day" if date.endswith("~") else "day"


def dating(coding: Annotations) -> pd.DataFrame:
    """Happenings by how exactly the report dates them: ``precision, happenings``."""
    return happenings(coding)["date"].map(precision, na_action=None).value_counts().rename_axis("precision").reset_index(name="happenings")


def telling(coding: Annotations) -> pd.DataFrame:
    """The rows with a date in January 2022 in the order of the text: ``id, sentence, quote, kind, date, day, share``.

    ``share`` is how far into the text the row stands, from 0 to 1. A happening told twice at one date stands once.
    """
    table = coding.events.dropna(subset=["date"]).sort_values("start", kind="stable")
    table = table[table["date"].str.startswith("2022-01")]
    table = table[~table.assign(happening=table["same_as"].fillna(table["id"])).duplicated(["happening", "date"])]
    end = max(int(t["end"].max()) for t in coding.tables().values() if len(t))
    return table[["id", "sentence", "quote", "kind", "date"]].assign(
        day=[datetime.date.fromisoformat(first_day(d)).day for d in table["date"]], share=(table["start"] / end).astype(float)
    ).reset_index(drop=True)


def kinds(coding: Annotations) -> pd.DataFrame:
    """Rows and happenings of each kind with its PLOVER types, most frequent first: ``kind, rows, happenings, PLOVER``."""
    joined = happenings(coding)["kind"].value_counts()
    plover = coding.events.groupby("kind")["plover"].agg(lambda s: ", ".join(f"{k} {n}" for k, n in s.value_counts().items()))
    rows = coding.events["kind"].value_counts()
    return pd.DataFrame({"kind": rows.index, "rows": rows.values, "happenings": joined.reindex(rows.index).fillna(0).astype(int).values,
                         "PLOVER": plover.reindex(rows.index).values})


def statuses(coding: Annotations) -> pd.DataFrame:
    """Rows by status with an example: ``status, rows, share, example, id``."""
    table = coding.events
    counts = table["status"].value_counts()
    examples = table.sort_values("start").drop_duplicates("status").set_index("status")
    return pd.DataFrame({"status": counts.index, "rows": counts.values, "share": [phrasing.share(n, len(table)) for n in counts],
                         "example": examples.loc[counts.index, "summary_en"].values, "id": examples.loc[counts.index, "id"].values})


def agency(coding: Annotations) -> pd.DataFrame:
    """For each kind, the rows whose clause names an agent and those that hide it: ``kind, rows, agent, passive, noun``.

    ``passive`` rows are passive verbs; ``noun`` rows are nouns without an agent; other rows have a thing as subject.
    """
    table = coding.events.assign(named=coding.events["agent"].notna())
    made = pd.DataFrame({
        "rows": table.groupby("kind").size(),
        "agent": table.groupby("kind")["named"].sum(),
        "passive": table[~table["named"] & (table["voice"] == "passive")].groupby("kind").size(),
        "noun": table[~table["named"] & (table["voice"] == "nominal")].groupby("kind").size(),
    }).fillna(0).astype(int)
    return made.sort_values(["rows", "agent"], ascending=False, kind="stable").reset_index()


def harm(coding: Annotations) -> pd.DataFrame:
    """The rows of killing, violence and arrest: ``id, sentence, words, kind, status, by whom, to whom``."""
    table = coding.events[coding.events["kind"].isin(HARM)].sort_values("start", kind="stable")
    names = coding.actors.set_index("id")["name_en"]

    def who(cell: Any) -> str:
        return phrasing.listing([names[slug] for slug in cell.split(";")]) if isinstance(cell, str) else "–"

    return pd.DataFrame({"id": table["id"], "sentence": table["sentence"], "words": table["quote"], "kind": table["kind"],
                         "status": table["status"], "by whom": table["agent"].map(who, na_action=None), "to whom": table["patient"].map(who, na_action=None)})


def unrest(coding: Annotations) -> pd.DataFrame:
    """The words for the unrest itself and in whose mouth they stand: ``id, sentence, word, said by``."""
    table = coding.events[coding.events["kind"] == "protest"].sort_values("start", kind="stable")
    speakers = coding.statements.set_index("id")["speaker"].map(coding.actors.set_index("id")["name_en"])
    return pd.DataFrame({"id": table["id"], "sentence": table["sentence"], "word": table["quote"],
                         "said by": table["statement"].map(speakers).fillna("the report itself")})


def untold(record: Record, before: str = "2022-01-09") -> pd.DataFrame:
    """What the record dates in January before the report, and the report does not have: ``id, date, place, event``."""
    table = record.timeline[(record.timeline["date"] < before) & ~record.timeline["in_report"]]
    return table[["id", "date", "place", "event"]].assign(date=table["date"].map(phrasing.date)).reset_index(drop=True)


@plotting.styled
def telling_figure(coding: Annotations) -> plotting.Figure:
    """The order of telling, down the page, against the order of happening, from left to right."""
    table = telling(coding)
    first, last = table.iloc[0], table.iloc[-1]
    drawn, ax = plotting.axes(0.37 * len(table) + 0.8, (
        f"The {len(table)} dated events in the order of the text, each at its day of January 2022. The report begins on {first['day']} January, "
        f"turns back or forward in time {turns(table)} times and ends on {last['day']} January; the day on which the demonstrations begin "
        f"comes {phrasing.share(beginning(table), 1)} into the text."))
    places = range(len(table))
    ax.vlines(range(1, 11), -0.6, len(table) - 0.4, color=plotting.RULE, linewidth=0.6, zorder=0)
    ax.vlines(9, -0.6, len(table) - 0.4, color=plotting.GOLD, linewidth=9, alpha=0.3, zorder=0)
    ax.plot(table["day"], places, "-o", color=plotting.REPORT, linewidth=1.6, markersize=7)
    for place, row in enumerate(table.itertuples()):
        ax.text(10.7, place, f"{plotting.isolate(row.quote)}  {row.kind}", va="center", fontsize=10)
    ax.set_yticks(places, table["sentence"], fontsize=9)
    ax.set_xticks(range(1, 11))
    ax.xaxis.tick_top()
    ax.set_xlim(0.4, 14.3)
    ax.set_ylim(len(table) - 0.4, -0.6)
    ax.set_title("January 2022 →", fontsize=9.5, fontweight="normal", color=plotting.MUTED)
    plotting.bare(ax)
    return drawn


def beginning(table: pd.DataFrame) -> float:
    """How far into the text a protest is first dated to a day, from 0 to 1."""
    return float(table.loc[(table["kind"] == "protest") & ~table["date"].str.contains("~"), "share"].iloc[0])


def turns(table: pd.DataFrame) -> int:
    """How often the telling turns from going back in time to going forward, or the other way."""
    steps = [a - b for a, b in zip(table["day"][1:], table["day"], strict=False) if a != b]
    return sum((a > 0) != (b > 0) for a, b in zip(steps[1:], steps, strict=False))


@plotting.styled
def agency_figure(coding: Annotations) -> plotting.Figure:
    """For each kind of event, how many rows name who does it."""
    table = agency(coding)
    total, named = int(table["rows"].sum()), int(table["agent"].sum())
    drawn, ax = plotting.axes(0.34 * len(table) + 0.8, (
        f"Rows of each kind of event, by whether the clause names who acts: {named} of {total} do. "
        + "; ".join(f"{r.kind}: {r.agent} of {r.rows}" for r in table.itertuples() if r.kind in HARM) + "."))
    for place, row in enumerate(table.itertuples()):
        ax.plot(range(row.agent), [place] * row.agent, linestyle="", marker="s", markersize=8.5, color=plotting.REPORT)
        ax.plot(range(row.agent, row.rows), [place] * (row.rows - row.agent), linestyle="", marker="s", markersize=8, markerfacecolor="none",
                markeredgecolor=plotting.RECORD, markeredgewidth=1.3)
        ax.annotate(f"{row.agent} of {row.rows}", (row.rows - 0.3, place), (7, 0), textcoords="offset points", va="center", fontsize=9, color=plotting.MUTED)
    ax.set_yticks(range(len(table)), table["kind"])
    ax.set_ylim(len(table) - 0.4, -0.7)
    ax.set_xlim(-0.8, table["rows"].max() + 2.5)
    ax.set_xticks([])
    plotting.bare(ax)
    return drawn


def _harm(coding: Annotations) -> pd.DataFrame:
    return coding.events[coding.events["kind"].isin(HARM)]


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "rows": lambda book: len(book.coding.events),
    "happenings": lambda book: len(happenings(book.coding)),
    "kinds": lambda book: book.coding.events["kind"].nunique(),
    "dated_day": lambda book: int((happenings(book.coding)["date"].map(precision, na_action=None) == "day").sum()),
    "undated": lambda book: int(happenings(book.coding)["date"].isna().sum()),
    "undated_share": lambda book: phrasing.share(happenings(book.coding)["date"].isna().sum(), len(happenings(book.coding))),
    "told": lambda book: len(telling(book.coding)),
    "turns": lambda book: turns(telling(book.coding)),
    "beginning_at": lambda book: phrasing.share(beginning(telling(book.coding)), 1),
    "passive": lambda book: int((book.coding.events["voice"] == "passive").sum()),
    "nominal": lambda book: int((book.coding.events["voice"] == "nominal").sum()),
    "no_agent": lambda book: int(book.coding.events["agent"].isna().sum()),
    "no_agent_share": lambda book: phrasing.share(book.coding.events["agent"].isna().sum(), len(book.coding.events)),
    "harm": lambda book: len(_harm(book.coding)),
    "harm_agent": lambda book: int(_harm(book.coding)["agent"].notna().sum()),
    "killing": lambda book: int((book.coding.events["kind"] == "killing").sum()),
    "killing_agent": lambda book: int(((book.coding.events["kind"] == "killing") & book.coding.events["agent"].notna()).sum()),
    "dismissal_agent": lambda book: int(((book.coding.events["kind"] == "dismissal") & book.coding.events["agent"].notna()).sum()),
    "dismissal": lambda book: int((book.coding.events["kind"] == "dismissal").sum()),
    "asserted": lambda book: int((book.coding.events["status"] == "asserted").sum()),
    "claimed": lambda book: int((book.coding.events["status"] == "claimed").sum()),
    "planned": lambda book: int((book.coding.events["status"] == "planned").sum()),
    "denied": lambda book: int((book.coding.events["status"] == "denied").sum()),
    "hypothetical": lambda book: int((book.coding.events["status"] == "hypothetical").sum()),
    "unrest_rows": lambda book: len(unrest(book.coding)),
    "unrest_words": lambda book: unrest(book.coding)["word"].str.removeprefix("ال").nunique(),
    "untold": lambda book: len(untold(book.record)),
}
