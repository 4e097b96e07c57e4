"""The figure of a corpus: what is claimed of one measure over time, and how often it is only repeated."""

from __future__ import annotations

from typing import Any

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.lines import Line2D

from qantar import phrasing, plotting
from qantar.corpus import Corpus, analyses


@plotting.styled
def claims_figure(corpus: Corpus, measures: str) -> plotting.Figure:
    """Every value of a measure by the day of its first report, a ring for each copy that repeats it, on a logarithmic scale.

    A range is a line from its lower end, where the rings are, to its upper, where it has a bar.
    """
    once = analyses.claims_over_time(corpus, measures, once=True)
    drawn, ax = plotting.axes(3.5, _description(once, measures))
    for row in once.itertuples():
        ax.plot(row.published, row.value, "o", color=plotting.REPORT, markersize=6, zorder=3)
        if row.value_max > row.value:
            ax.plot([row.published] * 2, [row.value, row.value_max], "_-", color=plotting.REPORT, markersize=9, markeredgewidth=1.5, markevery=[1], zorder=3)
        for copy in range(1, row.reports):
            ax.plot(row.published, row.value, "o", markersize=6 + 5 * copy, markerfacecolor="none", markeredgecolor=plotting.RECORD, markeredgewidth=1.1, zorder=2)
        place = (row.published, row.value)
        ax.annotate(_amount(row), place, (6 + 3 * row.reports, 0), textcoords="offset points", va="center", fontsize=9.5)
    _frame(ax, once)
    return drawn


def _amount(row: Any) -> str:
    return phrasing.amount(row.value, row.value_max, row.precision)


def _frame(ax: plotting.Axes, once: pd.DataFrame) -> None:
    ax.set_yscale("log")
    ax.set_ylabel("said to be dead")
    ax.margins(x=0.12, y=0.16)
    ax.xaxis.set_major_locator(mdates.AutoDateLocator(maxticks=6))
    ax.xaxis.set_major_formatter(mdates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    ax.yaxis.set_major_formatter(lambda value, _: phrasing.number(value))
    ax.minorticks_off()
    marks = [
        Line2D([], [], marker="o", linestyle="", color=plotting.REPORT, markersize=6, label="first report"),
        Line2D([], [], marker="o", linestyle="", markerfacecolor="none", markeredgecolor=plotting.RECORD, markersize=10, label="a copy"),
    ]
    ax.legend(handles=marks, loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    plotting.bare(ax, "left bottom")


def _description(once: pd.DataFrame, measures: str) -> str:
    told = int(once["reports"].sum())
    values = phrasing.listing([f"{_amount(row)} on {phrasing.date(str(row.published))}" for row in once.itertuples()])
    return (
        f"Figures of the {measures} by the day of their first report, on a logarithmic scale: {values}. "
        f"Rings are copies of the same report: numbers are told {phrasing.times(told)}, or {phrasing.times(len(once))} if a family of copies counts once."
    )
