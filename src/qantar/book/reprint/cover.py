"""The cover: the report itself as a block of words, right to left, those of each layer of the coding in its colour."""

from __future__ import annotations

import io
import textwrap
from typing import Any

import matplotlib as mpl
from matplotlib.patches import Rectangle

from qantar import coverage, plotting
from qantar.values import Book

GROUND, LIGHT, QUIET = "#0a3a44", "#f7f4ec", "#2f6670"
# A colour a layer, the one that shows on top first; on the dark ground they are lighter than in the figures.
COLOURS = {"figures": "#e8b93c", "events": "#e58a4a", "dates": "#c3a4ec", "statements": "#bccb6b", "mentions": "#66c6d6"}
WIDTH, HEIGHT, MARGIN = 6.0, 9.0, 0.6  # inches
TOP, BOTTOM = 3.2, 8.2  # of the block of words
LETTER, BLANK, LINE, HIGH = 0.037, 0.05, 0.152, 0.078  # the width of a letter and a blank, the height of a line and a bar
_CLOSER = 0.96  # how much smaller, step by step, where the words of a long report do not fit


@plotting.styled
def cover(book: Book, title: str, subtitle: str, author: str) -> plotting.Figure:
    """The cover as a figure of 6 by 9 inches."""
    drawn = plotting.figure(HEIGHT, f"{title}: {subtitle}. Below, the words of the report as bars, coloured by what the coding has of them.", WIDTH)
    drawn.set_layout_engine("none")
    ax = drawn.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    ax.axis("off")
    ax.add_patch(Rectangle((0, 0), WIDTH, HEIGHT, color=GROUND, linewidth=0))
    size = min(60, max(22, 420 / len(title)))
    ax.text(MARGIN - 0.04, 1.5, textwrap.fill(title, 26), fontsize=size, fontweight="semibold", color=LIGHT, va="baseline", linespacing=1)
    ax.text(MARGIN, 1.95, textwrap.fill(subtitle, 38), fontsize=15.5, color=LIGHT, va="top", linespacing=1.05)
    ax.text(MARGIN, HEIGHT - MARGIN, author, fontsize=10.5, color=LIGHT, va="baseline")
    for x, y, width, high, colour in bars(book):
        ax.add_patch(Rectangle((x, y), width, high, color=colour, linewidth=0))
    return drawn


def saved(drawn: plotting.Figure, kind: str, **options: Any) -> bytes:
    """The cover to its edges as a file, ``png`` or ``svg``; the same bytes every time."""
    made = io.BytesIO()
    without = {"Software": None} if kind == "png" else {"Date": None, "Creator": None}
    with mpl.rc_context({"svg.hashsalt": "qantar", "svg.fonttype": "path"}):
        drawn.savefig(made, format=kind, metadata=without, **options)
    return made.getvalue()


def bars(book: Book) -> list[tuple[float, float, float, float, str]]:
    """Each word of the report as ``x, y, width, height`` in inches and a colour: from the right, a sentence after the other."""
    words, scale = coverage.words(book.report, book.coding).to_dict("records"), 1.0
    while (made := _laid(words, scale)) and made[-1][1] > BOTTOM:
        scale *= _CLOSER
    return made


def _laid(words: list[dict[str, Any]], scale: float) -> list[tuple[float, float, float, float, str]]:
    made, right, y, before = [], WIDTH - MARGIN, TOP, ""
    for row in words:
        width = min(LETTER * scale * len(row["word"]), WIDTH - 2 * MARGIN)
        if before not in ("", row["sentence"]) and right < WIDTH - MARGIN:
            right -= 2 * BLANK * scale
        if right - width < MARGIN:
            right, y = WIDTH - MARGIN, y + LINE * scale
        colour = next((colour for layer, colour in COLOURS.items() if row[layer]), QUIET)
        made.append((right - width, y, width, HIGH * scale, colour))
        right, before = right - width - BLANK * scale, row["sentence"]
    return made
