"""The figure of the validation: how well each layer of each set is read, by whom."""

from __future__ import annotations

from typing import Any

import pandas as pd

from qantar import plotting, validation
from qantar.comparison import READER, SECOND, TITLES, Run
from qantar.gold import LAYERS

STEP, HEAD, GAP = 1.0, 0.95, 0.45
"""Heights in the figure: a set's row, the name of a layer, the space after a layer."""


@plotting.styled
def scores_figure(run: Run) -> plotting.Figure:
    """F1 a layer and set: the reader a dot with its interval, a second reading a diamond, a baseline a cross."""
    table = validation.scores(run)
    heads, rows = _places(run)
    drawn, ax = plotting.axes(0.205 * (max(rows.values()) + 3.2), _description(run, table))
    for row in table.itertuples():
        _mark(ax, row, rows[row.layer, row.set], row.set == run.sets[0].name)
    for layer, place in heads.items():
        ax.annotate(
            layer, (0, place), xycoords=("axes fraction", "data"), va="center", fontweight="semibold", fontsize=10
        )
    for place in rows.values():
        ax.axhline(place, color=plotting.RULE, linewidth=0.5, zorder=0)
    ax.set_yticks(list(rows.values()), [TITLES.get(set_, set_) for _, set_ in rows])
    ax.set_ylim(max(rows.values()) + 0.8, min(heads.values()) - 0.5)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
    ax.set_xlabel("F1")
    plotting.bare(ax, "bottom")
    _legend(ax)
    return drawn


def _places(run: Run) -> tuple[dict[str, float], dict[tuple[str, str], float]]:
    """(place of each layer's name, place of the row of each layer and set), from top to bottom."""
    heads, rows, place = {}, {}, 0.0
    for layer in LAYERS:
        heads[layer] = place
        place += HEAD
        for set_ in run.sets:
            rows[layer, set_.name] = place
            place += STEP
        place += GAP
    return heads, rows


def _mark(ax: Any, row: Any, place: float, named: bool) -> None:
    if row.reader == READER:
        ax.plot([row.f1_low, row.f1_high], [place, place], color=plotting.REPORT, linewidth=3.2, alpha=0.35, zorder=2)
        ax.plot(row.f1, place, "o", color=plotting.REPORT, markersize=7, zorder=4)
    elif row.reader == SECOND:
        ax.plot(
            row.f1,
            place,
            "D",
            markersize=6.5,
            markerfacecolor="none",
            markeredgecolor=plotting.RECORD,
            markeredgewidth=1.4,
            zorder=5,
        )
    else:
        ax.plot(row.f1, place, "x", color=plotting.INK, markersize=6.5, markeredgewidth=1.6, zorder=3)
        if named:
            ax.annotate(
                row.reader, (row.f1, place), (0, 6), textcoords="offset points", ha="center", va="bottom", fontsize=9
            )


def _legend(ax: Any) -> None:
    from matplotlib.lines import Line2D

    handles = [
        Line2D(
            [],
            [],
            color=plotting.REPORT,
            marker="o",
            markersize=7,
            linewidth=3.2,
            label="the reader, with its interval",
        ),
        Line2D(
            [], [], color=plotting.RECORD, marker="D", markersize=6.5, markerfacecolor="none", linewidth=0, label=SECOND
        ),
        Line2D(
            [],
            [],
            color=plotting.INK,
            marker="x",
            markersize=6.5,
            markeredgewidth=1.6,
            linewidth=0,
            label="another program",
        ),
    ]
    ax.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.24, 1.0),
        ncols=2,
        borderaxespad=0,
        handletextpad=0.6,
        columnspacing=1.4,
    )


def _description(run: Run, table: pd.DataFrame) -> str:
    """What the figure shows: the reader's F1 on every layer, set by set, and the range of a second reading."""
    mine = table[table["reader"] == READER].set_index(["set", "layer"])["f1"]
    parts = []
    for set_ in run.sets:
        listed = ", ".join(
            f"{layer} {mine[set_.name, layer]:.2f}" for layer in LAYERS if (set_.name, layer) in mine.index
        )
        parts.append(f"{TITLES.get(set_.name, set_.name)}: {listed}")
    again = table[table["reader"] == SECOND]["f1"]
    human = f" A second reading by hand reaches {again.min():.2f} to {again.max():.2f}." if len(again) else ""
    return f"F1 of the machine reader by set and layer; {'; '.join(parts)}.{human}"
