"""International reactions: who abroad did or said what, when and how, in the report and in the later record."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pandas as pd

from qantar import phrasing, plotting
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
        for actor, rows in told
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


def arab_world(record: Record) -> pd.DataFrame:
    """The reactions of Arab states in the record, in the order of time."""
    table = reactions_abroad(record)
    return table[[bool(ARAB & set(items(cell))) for cell in table["country"]]]


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

    ``sentence`` and ``the report says`` come from the coded event that tells the step and are empty where none does;
    ``dated there`` says whether the report itself gives the step a date.
    """
    events = coding.events.set_index("id")
    made = []
    for topic, step, event in _STEPS:
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
    return pd.DataFrame(made)


def mission_table(coding: Annotations, record: Record) -> pd.DataFrame:
    """The steps of the mission as the book shows them, dates in words."""
    table = mission(coding, record)
    table["date"] = [phrasing.date(cell, year=False) for cell in table["date"]]
    table["dated there"] = [None if pd.isna(s) else "yes" if d else "no" for s, d in zip(table["sentence"], table["dated there"], strict=True)]
    return table


def stay(coding: Annotations, record: Record, report: Report) -> dict[str, datetime.date]:
    """The days by which the stay is measured: ``arrived``, ``said`` (the report's day), ``expected`` (the latest day
    that the spokesman's duration allows, counted from then) and ``left``.
    """
    spoken = coding.figures[coding.figures["claim_topic"] == "csto_stay"].iloc[0]
    days = int(spoken["value"]) * {"day": 1, "week": 7}[spoken["unit"]]
    dates = mission(coding, record).set_index("step")["date"]
    said = report.published
    return {
        "arrived": _day(dates["First units"]),
        "said": said,
        "expected": said + datetime.timedelta(days=days),
        "left": _day(dates["Last units leave"]),
    }


def _day(cell: str) -> datetime.date:
    return datetime.date.fromisoformat(cell.split("/")[0])


# ------------------------------------------------------------------------------------------- figures

# Shape, colour, size and whether filled: none of the colours that mean the report or the record.
_MARKS = {
    "supports": ("o", plotting.PLUM, 6.5, True),
    "concerned": ("D", plotting.GOLD, 5.5, True),
    "neutral": ("o", plotting.MUTED, 5.5, False),
    "questions": ("^", plotting.OLIVE, 7, True),
    "condemns": ("X", plotting.INK, 7.5, True),
}
_SHORT = {
    "Shanghai Cooperation Organisation": "Shanghai organisation",
    "Organisation of Islamic Cooperation": "Islamic cooperation",
    "Organization of Turkic States": "Turkic states",
    "OSCE Parliamentary Assembly": "OSCE assembly",
    "United Arab Emirates": "UAE",
}


@plotting.styled
def timeline_figure(coding: Annotations, record: Record, report: Report) -> plotting.Figure:
    """Every reaction abroad: a lane for each actor in the order of its first reaction, a mark for each reaction.

    What a lane shares with another (a joint reaction) has a mark in both; what has no day stands behind the last day.
    """
    dated, table = on_days(record), reactions_abroad(record)
    first, last = dated["day"].min().toordinal(), dated["day"].max().toordinal()
    nowhen = last + 1.6
    marks = pd.concat([dated.assign(x=dated["day"].map(datetime.date.toordinal)), table.drop(dated.index).assign(x=nowhen)])
    lanes = list(dict.fromkeys(name for cell in marks["actor"] for name in items(cell)))
    today = report.published.toordinal()
    fig, ax = plotting.axes(0.2 * len(lanes) + 0.75, _timeline_alt(record, report, len(lanes)))
    ax.axvspan(today - 0.5, today + 0.5, color=plotting.REPORT, alpha=0.13, lw=0)
    carried = {actor: _label(rows) for actor, rows in in_report(coding).groupby("in_record")}
    for lane, name in enumerate(lanes):
        own = marks[[name in items(cell) for cell in marks["actor"]]]
        ax.hlines(lane, first - 0.6, own["x"].max(), color=plotting.RULE, lw=0.6, zorder=0)
        for x, day in own.groupby("x"):
            for place, row in enumerate(day.itertuples()):
                _mark(ax, x + 0.56 * (place - (len(day) - 1) / 2), lane, row.stance, bool(row.in_report))
        if own["in_report"].any():
            ax.text(own["x"].max() + 0.65, lane, carried[name], va="center", color=plotting.REPORT, fontweight="semibold")
    ticks = ax.set_yticks(range(len(lanes)), [_SHORT.get(name, name) for name in lanes], fontsize=10)
    for tick, name in zip(ticks, lanes, strict=True):
        if name in carried:
            tick.label1.set(color=plotting.REPORT, fontweight="semibold")
    counts = marks["x"].value_counts()
    _days(ax, first, last, [(nowhen, "?")])
    for x, count in counts.items():
        ax.text(x, -1.05, count, ha="center", va="center", color=plotting.INK)
    ax.text(first - 0.75, -1.05, "reactions a day", ha="right", va="center", color=plotting.MUTED)
    ax.text(today, -2, "the report", ha="center", va="center", color=plotting.REPORT, fontweight="semibold")
    _key(ax, last - 5.6, len(lanes) - 15, table["stance"].value_counts())
    ax.set(xlim=(first - 0.6, nowhen + 0.6), ylim=(len(lanes) - 0.4, -2.5))
    plotting.bare(ax)
    return fig


def _label(rows: pd.DataFrame) -> str:
    """What the report says of an actor, in few words: the shortest beginning of a summary (up to its first “of”), and
    the stances that the other summaries add.
    """
    texts = [text.split(" of ")[0].rstrip(".") for text in rows["summary"]]
    shortest = texts.index(min(texts, key=len))
    added = [stance for stance in dict.fromkeys(rows["stance"]) if stance != rows["stance"].iloc[shortest]]
    return ", ".join([texts[shortest], *added])


def _mark(ax: plotting.Axes, x: float, y: float, stance: str, ringed: bool = False) -> None:
    shape, colour, size, filled = _MARKS[stance]
    ax.plot(x, y, shape, ms=size, mfc=colour if filled else "white", mec=colour if not filled else "white", mew=1.4 if not filled else 0.5)
    if ringed:
        ax.plot(x, y, "o", ms=12, mfc="none", mec=plotting.REPORT, mew=1.6)


def _key(ax: plotting.Axes, x: float, y: float, counts: pd.Series) -> None:
    for place, stance in enumerate(STANCES):
        _mark(ax, x, y + 1.15 * place, stance)
        ax.text(x + 0.6, y + 1.15 * place, f"{stance} ({counts.get(stance, 0)})", va="center")


def _days(ax: plotting.Axes, first: int, last: int, more: list[tuple[float, str]] = []) -> None:
    """Every day on the axis by its number in the month, the month once."""
    days = [datetime.date.fromordinal(n) for n in range(first, last + 1)]
    labels = [str(day.day) for day in days]
    ax.set_xticks([*range(first, last + 1), *(x for x, _ in more)], [*labels, *(text for _, text in more)], fontsize=10)
    ax.set_xlabel(f"{days[0]:%B %Y}" + (" (?: day not known)" if more else ""), fontsize=10)


def _timeline_alt(record: Record, report: Report, lanes: int) -> str:
    table, early, days = reactions_abroad(record), before(record, report), on_days(record)["date"].value_counts()
    told = phrasing.listing([phrasing.listing(items(cell)) for cell in table.loc[table["in_report"].astype(bool), "actor"]])
    return (
        f"Lanes of {lanes} states and organisations with a mark for each of {len(table)} reactions. {days.iloc[0]} fall on "
        f"{phrasing.date(days.index[0], year=False)}, {len(early)} on days before the report of {phrasing.date(report.published.isoformat(), year=False)}. "
        f"Ringed are the {int(table['in_report'].sum())} that the report carries: {told}."
    )


@plotting.styled
def mission_figure(coding: Annotations, record: Record, report: Report) -> plotting.Figure:
    """The mission as a staircase of dated steps, each with what the report says about it; below, said and actual stay."""
    steps, days = mission(coding, record), stay(coding, record, report)
    said, expected, left = (days[key].toordinal() for key in ("said", "expected", "left"))
    first = min(_day(cell) for cell in steps["date"]).toordinal()
    fig, ax = plotting.axes(3.5, _mission_alt(steps, days))
    ax.axvspan(said - 0.5, said + 0.5, color=plotting.REPORT, alpha=0.13, lw=0)
    ax.text(said, -0.95, "the report", ha="center", color=plotting.REPORT, fontweight="semibold")
    edges = [[datetime.date.fromisoformat(d).toordinal() for d in cell.split("/")] for cell in steps["date"]]
    middles = [sum(e) / len(e) for e in edges]
    ax.step(middles, range(len(steps)), where="pre", color=plotting.RULE, lw=1.6, zorder=1)
    for place, (edge, middle, row) in enumerate(zip(edges, middles, steps.to_dict("records"), strict=True)):
        told = isinstance(row["sentence"], str)
        colour = plotting.REPORT if told else plotting.RECORD
        ax.plot([edge[0], edge[-1]], [place, place], color=colour, lw=3)
        ax.plot(middle, place, "s" if told else "o", ms=9, mec=colour, mew=1.8, mfc=colour if row["dated there"] else "white")
        says = "not in the report" if not told else f"told {'and dated' if row['dated there'] else 'without a date'} ({row['sentence']})"
        _beside(ax, edge, place, f"{phrasing.date(row['date'], year=False)}: {says}", middle < left - 5)
    bars = [(len(steps) + 0.5, expected, plotting.REPORT, "at most"), (len(steps) + 1.4, left, plotting.RECORD, "")]
    for y, end, colour, hedge in bars:
        ax.barh(y, end - said, left=said, height=0.62, color=colour, alpha=0.85, hatch="///" if hedge else None, edgecolor="white")
        ax.annotate(f"{hedge} {end - said} days".strip(), (said, y), (-5, 0), textcoords="offset points", ha="right", va="center", color=colour)
    ax.set_yticks([*range(len(steps)), *(y for y, *_ in bars)], [*steps["step"], "Stay as expected", "Stay as it was"], fontsize=10)
    _days(ax, first, left + 1)
    ax.set(xlim=(first - 0.6, left + 1), ylim=(len(steps) + 2, -1.4))
    plotting.bare(ax)
    return fig


def _beside(ax: plotting.Axes, edge: list[int], y: float, text: str, right: bool) -> None:
    """A text to the right of a mark, or to its left and below the line that leads there."""
    if right:
        ax.annotate(text, (edge[-1], y), (9, 0), textcoords="offset points", ha="left", va="center")
    else:
        ax.annotate(text, (edge[0], y), (-9, -3), textcoords="offset points", ha="right", va="top")


def _mission_alt(steps: pd.DataFrame, days: dict[str, datetime.date]) -> str:
    told = [f"{step.lower()} on {phrasing.date(cell, year=False)}" for step, cell in zip(steps["step"], steps["date"], strict=True)]
    silent = steps.loc[steps["sentence"].isna(), "step"].str.lower().tolist()
    return (
        f"A staircase of {len(steps)} steps: {phrasing.listing(told)}. The report says nothing of {phrasing.listing(silent)}. "
        f"From the report's day the stay was expected to last at most {(days['expected'] - days['said']).days} days and lasted {(days['left'] - days['said']).days}."
    )


# ------------------------------------------------------------------------------------------- named results


def _date(day: datetime.date) -> str:
    return phrasing.date(day.isoformat(), year=False)


def _busiest(book: Book) -> tuple[str, int]:
    counts = on_days(book.record)["date"].value_counts()
    return counts.index[0], int(counts.iloc[0])


def _days_between(book: Book, start: str, end: str) -> int:
    days = stay(book.coding, book.record, book.report)
    return (days[end] - days[start]).days


VALUES: dict[str, Callable[[Book], int | float | str]] = {
    "rows_in_report": lambda b: len(b.coding.reactions),
    "actors_in_report": lambda b: b.coding.reactions["actor"].nunique(),
    "carried": lambda b: int(reactions_abroad(b.record)["in_report"].sum()),
    "abroad": lambda b: len(reactions_abroad(b.record)),
    "kazakh": lambda b: len(b.record.reactions) - len(reactions_abroad(b.record)),
    "states": lambda b: len(states(reactions_abroad(b.record))),
    "organisations": lambda b: len(organisations(reactions_abroad(b.record))),
    "undated": lambda b: len(reactions_abroad(b.record)) - len(on_days(b.record)),
    "before": lambda b: len(before(b.record, b.report)),
    "before_carried": lambda b: int(before(b.record, b.report)["in_report"].sum()),
    "left_out": lambda b: len(left_out(b.record, b.report)),
    "states_before": lambda b: len(states(before(b.record, b.report))),
    "organisations_before": lambda b: len(organisations(before(b.record, b.report))),
    "busiest_day": lambda b: phrasing.date(_busiest(b)[0], year=False),
    "busiest": lambda b: _busiest(b)[1],
    "same_day": lambda b: int((on_days(b.record)["day"] == b.report.published).sum()),
    "after": lambda b: int((on_days(b.record)["day"] > b.report.published).sum()),
    "alliance_before": lambda b: int(camps(before(b.record, b.report))["alliance"]),
    "washington_before": lambda b: int(camps(before(b.record, b.report))["Washington"]),
    "else_before": lambda b: int(camps(before(b.record, b.report))["everyone else"]),
    "else_share": lambda b: phrasing.share(camps(before(b.record, b.report))["everyone else"], len(before(b.record, b.report))),
    **{f"{s}_before": lambda b, s=s: int((before(b.record, b.report)["stance"] == s).sum()) for s in STANCES},
    **{f"{s}_all": lambda b, s=s: int((reactions_abroad(b.record)["stance"] == s).sum()) for s in STANCES},
    "arab": lambda b: len(arab_world(b.record)),
    "arab_before": lambda b: int((arab_world(b.record)["date"].map(datetime.date.fromisoformat) < b.report.published).sum()),
    "steps": lambda b: len(mission(b.coding, b.record)),
    "steps_told": lambda b: int(mission(b.coding, b.record)["sentence"].notna().sum()),
    "steps_dated": lambda b: int(mission(b.coding, b.record)["dated there"].sum()),
    "expected_days": lambda b: _days_between(b, "said", "expected"),
    "actual_days": lambda b: _days_between(b, "said", "left"),
    "overrun_days": lambda b: _days_between(b, "expected", "left"),
    "presence_days": lambda b: _days_between(b, "arrived", "left"),
    "expected_day": lambda b: _date(stay(b.coding, b.record, b.report)["expected"]),
}
