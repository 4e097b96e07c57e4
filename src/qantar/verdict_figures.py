"""The figures of the verdicts: the claims in the order of the text, and by who makes them."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd

from qantar import phrasing, plotting, verdicts as analysis
from qantar.annotations import Annotations

_LOOK = {  # verdict: (colour, marker, filled)
    "confirmed": (plotting.REPORT, "o", True),
    "revised": (plotting.PLUM, "^", True),
    "disputed": (plotting.RECORD, "D", True),
    "retracted": (plotting.INK, "X", True),
    "unknown": (plotting.MUTED, "s", False),
}
_LANES = dict(zip(_LOOK, (0.0, 0.52, 1.04, 1.56, 2.08), strict=True))
_SIZE = 11  # in points; on a phone about 8 pixels
_TEXT = -3.5  # where the label of a claim starts, its lane being 0 or more


@plotting.styled
def strip_figure(verdicts: pd.DataFrame, coding: Annotations) -> plotting.Figure:
    """The claims in the order of the text, a row a claim; lane, shape and colour say the verdict."""
    drawn, ax = plotting.axes(0.25 * len(verdicts) + 0.8, _strip_alt(verdicts, coding))
    _band(ax, verdicts, coding)
    for place, row in enumerate(verdicts.itertuples()):
        standing = row.verdict == "confirmed"
        first = place == 0 or verdicts["sentence"].iloc[place - 1] != row.sentence
        if first:
            ax.text(_TEXT - 0.38, place, row.sentence, va="center", color=plotting.MUTED, fontsize=_SIZE)
        ax.text(_TEXT, place, row.report_says, va="center", fontweight="regular" if standing else "semibold", fontsize=_SIZE)
        ax.plot([-0.22, _LANES[row.verdict] - 0.07], [place, place], color=plotting.RULE, linewidth=0.7, zorder=1)
        _mark(ax, _LANES[row.verdict], place, row.verdict)
    _headings(ax, verdicts)
    ax.set_ylim(len(verdicts) - 0.4, -2.9)
    ax.set_xlim(_TEXT - 0.4, _LANES["unknown"] + 0.56)
    ax.set_xticks([])
    ax.set_yticks([])
    plotting.bare(ax)
    return drawn


@plotting.styled
def voices_figure(verdicts: pd.DataFrame, coding: Annotations) -> plotting.Figure:
    """Who makes the claims: a row a voice, a mark a claim, by verdict."""
    table = analysis.by_voice(verdicts, coding)
    parts = [f"{row.confirmed} of {row.claims} confirmed for {row[1]}" for row in table.itertuples()]
    drawn, ax = plotting.axes(0.44 * len(table) + 0.75, f"{len(verdicts)} claims by who makes them: {phrasing.listing(parts)}.")
    shown = [verdict for verdict in _LOOK if table[verdict].sum()]
    for place, row in enumerate(table.to_dict("records")):
        marks = [verdict for verdict in shown for _ in range(row[verdict])]
        for n, verdict in enumerate(marks):
            _mark(ax, n, place, verdict)
        ax.annotate(f"{row['confirmed']} of {row['claims']}", (len(marks) - 1, place), (12, 0), textcoords="offset points", va="center")
    names = [textwrap.fill(name[0].upper() + name[1:], 26) for name in table["said by"]]
    ax.set_yticks(range(len(table)), names, fontsize=10)
    ax.set_xticks([])
    ax.set_ylim(len(table) - 0.5, -1.5)
    ax.set_xlim(-0.7, table["claims"].max() + 2.6)
    _key(ax, shown, table["claims"].max() + 2.6)
    plotting.bare(ax)
    return drawn


def _mark(ax: Any, x: float, y: float, verdict: str) -> None:
    colour, marker, filled = _LOOK[verdict]
    # A diamond is as wide as its diagonal.
    ax.plot(x, y, marker, markersize=6.8 if marker == "D" else 8, markeredgewidth=1.5, markeredgecolor=colour, markerfacecolor=colour if filled else "none", zorder=3)


def _headings(ax: Any, verdicts: pd.DataFrame) -> None:
    """Name and number of each lane above it, on two levels so that the words do not touch."""
    numbers = verdicts["verdict"].value_counts()
    for n, (verdict, x) in enumerate(_LANES.items()):
        level = -1.95 if n % 2 else -0.95
        if n % 2:
            ax.plot([x, x], [level + 0.5, -0.6], color=plotting.RULE, linewidth=0.8)
        ax.text(x, level, f"{verdict} {numbers.get(verdict, 0)}", ha="center", va="center", color=_LOOK[verdict][0], fontweight="semibold")


def _band(ax: Any, verdicts: pd.DataFrame, coding: Annotations) -> None:
    """A ground behind the sentences from the first to the last claim of the body quoted most, with its name."""
    top = analysis.most_quoted(verdicts, coding)
    said = verdicts.loc[analysis.houses(verdicts, coding) == top["said by"], "sentence"]
    places = [n for n, sentence in enumerate(verdicts["sentence"]) if said.min() <= sentence <= said.max()]
    ax.axhspan(min(places) - 0.5, max(places) + 0.5, color=plotting.RULE, alpha=0.38, linewidth=0, zorder=0)
    ax.text(_LANES["unknown"] + 0.38, (min(places) + max(places)) / 2, textwrap.fill(top["said by"], 24), rotation=270, ha="center",
            va="center", multialignment="center", color=plotting.MUTED)


def _strip_alt(verdicts: pd.DataFrame, coding: Annotations) -> str:
    numbers = analysis.counts(verdicts)
    parts = phrasing.listing([f"{n} {verdict}" for verdict, n in zip(numbers["verdict"], numbers["claims"], strict=True) if n])
    top = analysis.most_quoted(verdicts, coding)
    verb = "is" if top["confirmed"] == 1 else "are"
    return (
        f"{len(verdicts)} claims of the report in the order of the text, each marked with its verdict: {parts}. "
        f"Of the {top['claims']} credited to the {top['said by']}, {top['confirmed']} {verb} confirmed."
    )


def _key(ax: Any, shown: list[str], width: float) -> None:
    """The shapes with their names in a line above the rows."""
    spare = width - sum(len(verdict) for verdict in shown) * 0.43
    x = 0.0
    for verdict in shown:
        _mark(ax, x, -1, verdict)
        ax.annotate(verdict, (x, -1), (8, 0), textcoords="offset points", va="center", color=_LOOK[verdict][0])
        x += len(verdict) * 0.43 + spare / len(shown)
