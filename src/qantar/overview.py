"""The book at a glance: the days around the report as it tells them and as the later record has them."""

from __future__ import annotations

import datetime
import textwrap
from collections.abc import Callable
from typing import Any

import pandas as pd

from qantar import phrasing, plotting
from qantar.annotations import Annotations
from qantar.formats import first_day
from qantar.record import Record
from qantar.report import Report

BEFORE, AFTER = 8, 11
"""How many days before and after that of publication the overview shows."""


def days(report: Report) -> list[str]:
    """The days that the overview shows, that of publication among them."""
    published = pd.Timestamp(report.published)
    return [str(day)[:10] for day in pd.date_range(published - pd.Timedelta(days=BEFORE), published + pd.Timedelta(days=AFTER))]


def told(report: Report, coding: Annotations) -> pd.DataFrame:
    """The happenings that the report dates within the days around it: ``day, date, id, sentence, quote, summary_en``.

    Of several rows of one happening the one with the most precise date counts. Losses and detentions counted *from* a
    day on are no happenings of that day.
    """
    table = coding.events.dropna(subset=["date"])
    table = table[~(table["date"].str.endswith("/..") & table["kind"].isin(["damage", "arrest"]))].copy()
    table["happening"] = table["same_as"].fillna(table["id"])
    table["day"] = table["date"].map(first_day)
    table["rough"] = table["date"].str.contains("~")
    table = table[table["day"].isin(days(report))].sort_values(["rough", "start"], kind="stable").drop_duplicates("happening")
    columns = ["day", "date", "id", "sentence", "quote", "summary_en"]
    return table[columns].sort_values(["day", "id"], kind="stable", ignore_index=True)


def known(report: Report, record: Record) -> pd.DataFrame:
    """The happenings of the record within the days around the report that have a label: ``day, id, label, in_report``."""
    table = record.timeline.dropna(subset=["label"]).copy()
    table["day"] = table["date"].map(first_day)
    table = table[table["day"].isin(days(report))]
    return table[["day", "id", "label", "in_report"]].sort_values(["day", "id"], kind="stable", ignore_index=True)


@plotting.styled
def timeline_figure(report: Report, coding: Annotations, record: Record) -> plotting.Figure:
    """The days down the page: what the report dates on the one side, the later record on the other."""
    left, right, shown, published = told(report, coding), known(report, record), days(report), str(report.published)
    left["lines"] = [textwrap.wrap(text.rstrip("."), 38) for text in left["summary_en"]]
    rows = {d: max(1, sum(1 + len(n) for n in left.loc[left["day"] == d, "lines"]), (right["day"] == d).sum()) for d in shown}
    tops = {day: sum(rows[d] for d in shown if d < day) for day in shown}
    height = sum(rows.values())
    drawn, ax = plotting.axes(0.205 * height + 0.6, _alt(left, right, shown, published))
    ax.plot([0, 0], [-0.5, height - 0.5], color=plotting.RULE, linewidth=26, solid_capstyle="butt", zorder=1, alpha=0.6)
    ax.axhspan(tops[published] - 0.5, tops[published] + rows[published] - 0.5, color=plotting.GOLD, alpha=0.16, linewidth=0)
    for day in shown:
        ax.text(0, tops[day], str(int(day[8:])), ha="center", va="center", fontweight="bold" if day == published else "normal")
        _draw_told(ax, left[left["day"] == day], tops[day])
        _draw_known(ax, right[right["day"] == day], tops[day])
    for x, align, text, colour in ((-0.07, "right", "What the report dates", plotting.REPORT), (0.07, "left", "What is known", plotting.RECORD)):
        ax.text(x, -1.3, text, ha=align, va="center", fontweight="semibold", fontsize=10.5, color=colour)
    ax.set_xlim(-0.9, 0.9)
    ax.set_ylim(height - 0.3, -1.9)
    ax.set_xticks([])
    ax.set_yticks([])
    plotting.bare(ax)
    return drawn


def _draw_told(ax: Any, happenings: pd.DataFrame, top: float) -> None:
    for row in happenings.itertuples():
        ax.plot(-0.085, top, "s", markersize=5.5, color=plotting.REPORT)
        ax.text(-0.115, top, row.quote, ha="right", va="center", fontsize=11, fontweight="medium", color=plotting.REPORT)
        for n, line in enumerate(row.lines, 1):
            ax.text(-0.115, top + n - 0.1, line, ha="right", va="center", fontsize=8.8, color=plotting.MUTED)
        top += 1 + len(row.lines)


def _draw_known(ax: Any, happenings: pd.DataFrame, top: float) -> None:
    for place, row in enumerate(happenings.itertuples()):
        ax.plot(0.085, top + place, "o", markersize=6, markeredgecolor=plotting.RECORD, markeredgewidth=1.4,
                markerfacecolor=plotting.RECORD if row.in_report else "none")
        ax.text(0.115, top + place, row.label, ha="left", va="center", fontsize=9.5)


def _alt(left: pd.DataFrame, right: pd.DataFrame, days: list[str], published: str) -> str:
    shown = int(right["in_report"].sum())
    before = right[(right["day"] < published) & ~right["in_report"]]
    return (
        f"Timeline of {_span(days)}. The report dates {len(left)} happenings, on "
        f"{left['day'].nunique()} days; the record shows {len(right)}, of which the report has {shown}. "
        f"{len(before)} of those before the report are not in it"
        + (f", the first being: {before['label'].iloc[0]}." if len(before) else ".")
    )


def _span(days: list[str]) -> str:
    first = datetime.date.fromisoformat(days[0])
    return f"the first twenty days of {first:%B %Y}" if first.day == 1 else f"the twenty days from {phrasing.date(days[0])} on"


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "days": lambda book: len(days(book.report)),
    "told": lambda book: len(told(book.report, book.coding)),
    "known": lambda book: len(known(book.report, book.record)),
    "sources": lambda book: len(book.record.sources),
    "claims": lambda book: len(book.record.claims),
    "happenings": lambda book: len(book.record.timeline),
    "published": lambda book: phrasing.date(str(book.report.published)),
}
