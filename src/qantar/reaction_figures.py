"""The figures of the reactions: every reaction abroad on its day, and the troop mission step by step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.formats import items
from qantar.reactions import STANCES, before, day, in_report, mission, on_days, stay
from qantar.record import Record, reactions_abroad
from qantar.report import Report

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
    if dated.empty:
        return plotting.nothing("the record dates no reaction")
    first, last = dated["day"].min().toordinal(), dated["day"].max().toordinal()
    nowhen = last + 1.6
    marks = pd.concat([dated.assign(x=dated["day"].map(datetime.date.toordinal)), table.drop(dated.index).assign(x=nowhen)])
    lanes = list(dict.fromkeys(name for cell in marks["actor"] for name in items(cell)))
    fig, ax = plotting.axes(0.2 * len(lanes) + 0.75, _timeline_alt(record, report, len(lanes)))
    labels = {actor: _label(rows) for actor, rows in in_report(coding).groupby("in_record")}
    ax.set_yticks(range(len(lanes)), [_SHORT.get(name, name) for name in lanes], fontsize=10, va="center")
    for lane, name in enumerate(lanes):
        _lane(ax, lane, marks[[name in items(cell) for cell in marks["actor"]]], first - 0.6, labels.get(name))
    _days(ax, first, last, [(nowhen, "?")])
    for x, count in marks["x"].value_counts().items():
        ax.text(x, -1.05, count, ha="center", va="center")
    ax.text(first - 0.75, -1.05, "reactions a day", ha="right", va="center", color=plotting.MUTED)
    _report_day(ax, report.published.toordinal(), -2)
    _key(ax, last - 5.6, len(lanes) - 15, table["stance"].value_counts())
    ax.set(xlim=(first - 0.6, nowhen + 0.6), ylim=(len(lanes) - 0.4, -2.5))
    plotting.bare(ax)
    return fig


def _lane(ax: plotting.Axes, lane: int, own: pd.DataFrame, start: float, label: str | None) -> None:
    """The reactions of one actor on its line, those of one day side by side; ``label`` if the report has the actor."""
    ax.hlines(lane, start, own["x"].max(), color=plotting.RULE, lw=0.6, zorder=0)
    for x, together in own.groupby("x"):
        for place, row in enumerate(together.itertuples()):
            _mark(ax, x + 0.56 * (place - (len(together) - 1) / 2), lane, row.stance, bool(row.in_report))
    if label:
        ax.text(own["x"].max() + 0.65, lane, label, va="center", color=plotting.REPORT, fontweight="semibold")
        ax.get_yticklabels()[lane].set(color=plotting.REPORT, fontweight="semibold")


def _report_day(ax: plotting.Axes, x: int, y: float) -> None:
    ax.axvspan(x - 0.5, x + 0.5, color=plotting.REPORT, alpha=0.13, lw=0)
    ax.text(x, y, "the report", ha="center", va="center", color=plotting.REPORT, fontweight="semibold")


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


def _days(ax: plotting.Axes, first: int, last: int, more: Sequence[tuple[float, str]] = ()) -> None:
    """Every day on the axis by its number in the month, the month once."""
    days = [datetime.date.fromordinal(n) for n in range(first, last + 1)]
    labels = [str(day.day) for day in days]
    ax.set_xticks([*range(first, last + 1), *(x for x, _ in more)], [*labels, *(text for _, text in more)], fontsize=10)
    ax.set_xlabel(f"{days[0]:%B %Y}" + (" (?: day not known)" if more else ""), fontsize=10)


def _timeline_alt(record: Record, report: Report, lanes: int) -> str:
    table, days = reactions_abroad(record), on_days(record)["date"].value_counts()
    counts = table["stance"].value_counts()
    told = phrasing.listing([phrasing.listing(items(cell)) for cell in table.loc[table["in_report"].astype(bool), "actor"]])
    return (
        f"{len(table)} reactions in {lanes} lanes, one for each state, organisation or other body: "
        f"{phrasing.listing([f'{counts.get(stance, 0)} {stance}' for stance in STANCES])}. {days.iloc[0]} fall on "
        f"{phrasing.date(days.index[0], year=False)}, {len(before(record, report))} on days before the report of "
        f"{phrasing.date(report.published.isoformat(), year=False)}. Ringed are the {int(table['in_report'].sum())} that the report carries: {told}."
    )


@plotting.styled
def mission_figure(coding: Annotations, record: Record, report: Report) -> plotting.Figure:
    """The mission as a staircase of dated steps, each with what the report says about it; below, said and actual stay."""
    steps, days = mission(coding, record), stay(coding, record, report)
    if not days:
        return plotting.nothing("report and record tell of no such mission")
    first, left = min(map(day, steps["date"])).toordinal(), days["left"].toordinal()
    fig, ax = plotting.axes(3.5, _mission_alt(steps, days))
    _report_day(ax, days["said"].toordinal(), -1.1)
    edges = [[datetime.date.fromisoformat(text).toordinal() for text in cell.split("/")] for cell in steps["date"]]
    ax.step([sum(edge) / len(edge) for edge in edges], range(len(steps)), where="pre", color=plotting.RULE, lw=1.6, zorder=1)
    for place, (edge, row) in enumerate(zip(edges, steps.to_dict("records"), strict=True)):
        _step(ax, place, edge, row, "after the report" if day(row["date"]) > days["said"] else "not in the report", edge[-1] < left - 5)
    bars = [len(steps) + 0.5, len(steps) + 1.4]
    _stay(ax, bars[0], days["said"], days["expected"], plotting.REPORT, "at most ")
    _stay(ax, bars[1], days["said"], days["left"], plotting.RECORD, "")
    ax.set_yticks([*range(len(steps)), *bars], [*steps["step"], "Stay as expected", "Stay as it was"], fontsize=10, va="center")
    _days(ax, first, left + 1)
    ax.set(xlim=(first - 0.6, left + 1), ylim=(bars[1] + 0.6, -1.5))
    plotting.bare(ax)
    return fig


def _step(ax: plotting.Axes, y: int, edge: list[int], row: dict[str, Any], silence: str, right: bool) -> None:
    """One step at its day or days: a square if the report tells it (filled if it dates it), else a ring and why not."""
    told = isinstance(row["sentence"], str)
    colour, how = (plotting.REPORT, "told and dated" if row["dated there"] else "told without a date") if told else (plotting.RECORD, silence)
    ax.plot([edge[0], edge[-1]], [y, y], color=colour, lw=3)
    ax.plot(sum(edge) / len(edge), y, "s" if told else "o", ms=9, mec=colour, mew=1.8, mfc=colour if row["dated there"] else "white")
    text = f"{phrasing.date(row['date'], year=False)}: {how}" + (f" ({row['sentence']})" if told else "")
    _beside(ax, edge, y, text, right)


def _stay(ax: plotting.Axes, y: float, start: datetime.date, end: datetime.date, colour: str, hedge: str) -> None:
    """A stay as a bar with its length in days; hatched if it is only a bound."""
    length = (end - start).days
    ax.barh(y, length, left=start.toordinal(), height=0.62, color=colour, alpha=0.85, hatch="///" if hedge else None, edgecolor="white")
    ax.annotate(f"{hedge}{length} days", (start.toordinal(), y), (-5, 0), textcoords="offset points", ha="right", va="center", color=colour)


def _beside(ax: plotting.Axes, edge: list[int], y: float, text: str, right: bool) -> None:
    """A text to the right of a mark, or to its left and below the line that leads there."""
    if right:
        ax.annotate(text, (edge[-1], y), (9, 0), textcoords="offset points", ha="left", va="center")
    else:
        ax.annotate(text, (edge[0], y), (-9, -3), textcoords="offset points", ha="right", va="top")


def _mission_alt(steps: pd.DataFrame, days: dict[str, datetime.date]) -> str:
    told = [f"{step.lower()} on {phrasing.date(cell, year=False)}" for step, cell in zip(steps["step"], steps["date"], strict=True)]
    past = steps[steps["date"].map(day) <= days["said"]]
    silent = past.loc[past["sentence"].isna(), "step"].str.lower().tolist()
    return (
        f"A staircase of {len(steps)} steps: {phrasing.listing(told)}. Of what was past, the report leaves out: {phrasing.listing(silent) or 'nothing'}. "
        f"From the report's day the stay was expected to last at most {(days['expected'] - days['said']).days} days and lasted {(days['left'] - days['said']).days}."
    )
