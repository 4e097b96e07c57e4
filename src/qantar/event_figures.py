"""The figures of the events: the order of telling against that of happening, who acts, PLOVER types, words for the unrest."""

from __future__ import annotations

import datetime
import textwrap
from typing import Any

import pandas as pd

from qantar import chronology, events, phrasing, plotting
from qantar.annotations import Annotations
from qantar.report import Report


_DAYS = 31  # that fit on the axis one by one


@plotting.styled
def order_figure(report: Report, coding: Annotations) -> plotting.Figure:
    """The dated events down the text and along the days, joined in the order in which they are told."""
    table = chronology.stops(report, coding)
    if table.empty:
        return plotting.nothing("the report dates no event")
    start = datetime.date.fromisoformat(table["day"].min())
    table["x"] = [(datetime.date.fromisoformat(day) - start).days for day in table["day"]]
    back, pairs = chronology.reversals(report, coding)
    last = table.iloc[-1]
    drawn, ax = plotting.axes(6.5, (
        f"The report's {len(table)} dated stops from its first word to its last. It begins on {phrasing.date(table['date'].iloc[0])} and ends on "
        f"{phrasing.date(last['day'])}; {back} of {pairs} pairs of stops on different days are told in the reverse of their order. "
        f"{phrasing.share(chronology.beginning(report, coding), 1)} of the text comes before the sentence on the beginning."))
    published = (report.published - start).days if report.published else table["x"].max()
    ax.axvline(published, color=plotting.RECORD, linewidth=1.1, linestyle=(0, (2, 3)), zorder=0)
    ax.annotate("published", (published, 1.045), (-5, 0), ha="right", textcoords="offset points", color=plotting.RECORD, va="bottom", fontsize=10, annotation_clip=False)
    ax.plot(table["x"], table["at"], color=plotting.REPORT, linewidth=1.5, alpha=0.55, zorder=1)
    for row in table.itertuples():
        if row.date.endswith("/.."):
            ax.annotate("", (row.x + 0.95, row.at), (row.x + 0.2, row.at), arrowprops={"arrowstyle": "->", "color": plotting.REPORT, "linewidth": 1.2})
        unsure = "~" in row.date
        ax.plot(row.x, row.at, "o", markersize=15, markerfacecolor="white" if unsure else plotting.REPORT, markeredgecolor=plotting.REPORT, markeredgewidth=1.4)
        ax.annotate(str(row.stop), (row.x, row.at), ha="center", va="center_baseline", color=plotting.REPORT if unsure else "white", fontsize=10, fontweight="semibold")
    _mark_gap(ax, table)
    ax.set_yticks(table["at"], [_stop_label(row) for row in table.itertuples()], fontsize=10)
    _order_frame(ax, table)
    return drawn


def _mark_gap(ax: plotting.Axes, table: Any) -> None:
    """The longest stretch of text without a dated event, measured on the left of it."""
    ends = int(table["at"].diff().argmax())
    top, bottom = table["at"].iloc[ends - 1], table["at"].iloc[ends]
    place = table["x"].min() - 0.05
    ax.annotate("", (place, bottom - 0.015), (place, top + 0.015), arrowprops={"arrowstyle": "|-|, widthA=0.3, widthB=0.3", "color": plotting.MUTED, "linewidth": 0.9})
    ax.annotate(f"{phrasing.share(bottom - top, 1)} of the text\nwithout a dated event", (place, (top + bottom) / 2), (8, 0), textcoords="offset points",
                color=plotting.MUTED, va="center", fontsize=10)


def _stop_label(row: Any) -> str:
    kinds = row.kinds.replace(", ", ",\n")
    return kinds if "," in row.kinds else f"{kinds} {plotting.isolate(row.words.split('،')[0])}"


def _order_frame(ax: plotting.Axes, table: Any) -> None:
    span = pd.date_range(table["day"].min(), table["day"].max())
    room = 0 if len(span) <= _DAYS else 0.04 * len(span)  # a mark is as wide as many days then
    ax.set(xlim=(-0.5 - room, len(span) - 0.4 + room), ylim=(1.04, -0.04))
    shown = list(enumerate(span)) if len(span) <= _DAYS else list(enumerate(span))[:: len(span) // 4]
    form = "{0.day}" if len(span) <= _DAYS else "{0.day} {0:%b %Y}"  # where not every day fits, a few with month and year
    ax.set_xticks([place for place, _ in shown], [form.format(day) for _, day in shown], fontsize=10)
    ax.xaxis.tick_top()
    ax.grid(axis="x")
    ax.set_axisbelow(True)
    ax.tick_params(length=0)
    ax.set_title(f"Days from {phrasing.date(table['day'].min())}", color=plotting.MUTED, fontsize=10, fontweight="normal")
    ax.set_xlabel("ring: day not exact · arrow: from that day on", fontsize=10)
    plotting.bare(ax)


@plotting.styled
def agency_figure(coding: Annotations) -> plotting.Figure:
    """Every event row as a mark, a line for each kind: filled where somebody acts, hollow where nobody does."""
    table = events.agency(coding)
    if table.empty:
        return plotting.nothing("the report tells no event")
    table = table.sort_values("kind", key=lambda kinds: kinds == "other", kind="stable", ignore_index=True)
    rows, silent = len(coding.events), int(coding.events["agent"].isna().sum())
    real = events.real_force(coding)
    drawn, ax = plotting.axes(0.3 * len(table) + 1.25, (
        f"{rows} event rows by kind; in {silent} of them nobody is said to act. "
        + phrasing.listing([f"{row.kind}: {row[4]} of {row.rows} with an agent" for row in table.head(4).itertuples()])
        + f". Of {len(real)} rows of killing and violence that are said to have happened, {(real['who'] != events.NOBODY).sum()} have an agent."))
    for place, kind in enumerate(table["kind"]):
        here = coding.events[coding.events["kind"] == kind]
        marks = sorted(zip(here["agent"].isna(), ~here["status"].isin(events.SAID_TO_HAVE_HAPPENED), strict=True))
        for n, (nobody, unreal) in enumerate(marks):
            ax.plot(n + 0.5, place, "D" if unreal else "o", markersize=7 if unreal else 9, markeredgecolor=plotting.REPORT,
                    markeredgewidth=1.4, markerfacecolor="none" if nobody else plotting.REPORT)
        acting = int(here["agent"].notna().sum())
        ax.annotate(f"{acting} of {len(here)}", (len(here) + 0.5, place), va="center", fontsize=10, fontweight="semibold" if not acting else "normal")
    ax.set_yticks(range(len(table)), table["kind"], fontsize=10)
    ax.set(xlim=(0, table["rows"].max() + 3.2), ylim=(len(table) - 0.4, -0.6), xticks=[])
    ax.set_title("Filled: somebody acts. Hollow: nobody does.")
    ax.set_xlabel("circle: said to have happened · diamond: planned, purposed, guessed, denied", fontsize=10)
    plotting.bare(ax)
    return drawn


@plotting.styled
def plover_figure(coding: Annotations) -> plotting.Figure:
    """The event rows by PLOVER type, those without one in grey."""
    table = events.plover(coding)
    if table.empty:
        return plotting.nothing("the report tells no event")
    typed = table[table["type"] != "none"]
    drawn, ax = plotting.axes(0.3 * len(table) + 0.4, (
        f"{typed['rows'].sum()} of {table['rows'].sum()} event rows have one of {len(typed)} PLOVER types: "
        + phrasing.listing([f"{row.type} {row.rows}" for row in typed.itertuples()]) + "."))
    plotting.bars(ax, list(table["type"]), list(table["rows"]))
    for bar, kind in zip(ax.patches, table["type"], strict=True):
        bar.set_color(plotting.MUTED if kind == "none" else plotting.REPORT)
    ax.tick_params(axis="y", labelsize=10)
    ax.set_xlim(0, table["rows"].max() * 1.1)
    return drawn


@plotting.styled
def unrest_figure(coding: Annotations) -> plotting.Figure:
    """Words for the unrest, a line each, against the mouths that they are in, a column each; a dot is a row."""
    table, rows = events.unrest(coding), events.unrest_rows(coding)
    if table.empty:
        return plotting.nothing("the report has no word for unrest")
    mouths = list(rows["mouth"].value_counts().index)
    only = [f"{events.UNREST[word][1]} only {mouth}" for word, mouth in _exclusive(rows)]
    drawn, ax = plotting.axes(0.36 * len(table) + 1.1, (
        f"{len(rows)} rows with {len(table)} words for the unrest, by who says them. Not in the report's own voice: "
        + (phrasing.listing(only) or "none") + "."))
    keys = {events.UNREST[word][0]: word for word in events.UNREST}
    for place, row in enumerate(table.itertuples()):
        for column, mouth in enumerate(mouths):
            n = int(((rows["word"] == keys[row.word]) & (rows["mouth"] == mouth)).sum())
            colour = plotting.MUTED if mouth == events.OWN else plotting.REPORT
            ax.plot([column + (i - (n - 1) / 2) * 0.2 for i in range(n)], [place] * n, "o" if mouth == events.OWN else "s", markersize=9, color=colour)
    ax.set_yticks(range(len(table)), [f"{row[2]}  {plotting.isolate(row.word)}" for row in table.itertuples()], fontsize=10)
    ax.set_xticks(range(len(mouths)), [textwrap.fill(mouth.removesuffix(" of Kazakhstan"), 11) for mouth in mouths], fontsize=10)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.5, len(mouths) - 0.5), ylim=(len(table) - 0.5, -0.5))
    ax.grid(axis="y")
    ax.set_axisbelow(True)
    ax.tick_params(length=0)
    plotting.bare(ax)
    return drawn


def _exclusive(rows: Any) -> list[tuple[str, str]]:
    """(word, mouth) of the words that a single mouth uses, which is not the report's own."""
    users = rows.groupby("word", sort=False)["mouth"].agg(lambda m: sorted(set(m)))
    return [(word, who[0]) for word, who in users.items() if len(who) == 1 and who[0] != events.OWN]
