"""The look of the book's figures: palette, fonts, sizes, and a Figure that carries its own description.

Colours are told apart with the common colour-vision deficiencies (checked in ``tests/test_plotting.py``) and never
carry a meaning alone: shape, position or a label says the same. The ground is transparent; in the dark theme the
site turns lightness around and keeps the hues.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Sequence
from importlib import resources
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure as _Figure

_P, _R = ParamSpec("_P"), TypeVar("_R")

INK = "#1f2a33"
MUTED = "#69737c"
RULE = "#c9ced2"
REPORT = "#0b7285"  # what the report says
RECORD = "#b4540a"  # what became known later
PLUM = "#6b3fa0"
OLIVE = "#6c7a1f"
GOLD = "#c99a1b"
PALETTE: dict[str, str] = {
    "report": REPORT, "record": RECORD, "plum": PLUM, "olive": OLIVE, "gold": GOLD, "muted": MUTED,
}

WIDTH = 5.9
"""Width of every figure in inches: at the width of a phone its 10-point text is still about 8 pixels high."""

FONT = "IBM Plex Sans Arabic"

_STYLE: dict[str, Any] = {
    "font.family": [FONT],
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": RULE,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 11,
    "axes.titleweight": "semibold",
    "axes.titlelocation": "left",
    "axes.grid": False,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.labelsize": 9,
    "ytick.labelsize": 9.5,
    "xtick.major.size": 3,
    "ytick.major.size": 0,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 9,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "svg.fonttype": "path",  # the reader's machine needs no font
    "svg.hashsalt": "qantar",  # the same ids in every build
}


class Figure(_Figure):
    """A matplotlib figure that shows itself as SVG, and as PNG where that is wanted, and says what it shows (``alt``).

    ``alt`` is written into the SVG as its description, where the site finds the text alternative of the image.
    """

    alt: str = ""

    def _repr_svg_(self) -> str:
        return self.to_svg()

    def _repr_png_(self) -> bytes:
        return self.to_png()

    def to_svg(self) -> str:
        """The figure as SVG text: the same text for the same data, whenever and wherever it is drawn."""
        buffer = io.StringIO()
        self._save(buffer, "svg", metadata={"Date": None, "Creator": None, "Description": self.alt})
        return buffer.getvalue()

    def to_png(self, dpi: float = 2 * 96) -> bytes:
        """The figure as PNG, by default with two dots for each of CSS; on white, since its ink is dark.

        Its few inks fit a palette, which makes a file a third as large.
        """
        from PIL import Image, PngImagePlugin

        drawn, made, about = io.BytesIO(), io.BytesIO(), PngImagePlugin.PngInfo()
        self._save(drawn, "png", dpi=dpi, facecolor="white", metadata={"Software": None})
        about.add_itxt("Description", self.alt)
        Image.open(drawn).convert("RGB").quantize(128).save(made, "png", optimize=True, dpi=(dpi, dpi), pnginfo=about)
        return made.getvalue()

    def _save(self, buffer: io.StringIO | io.BytesIO, kind: str, **options: Any) -> None:
        with mpl.rc_context(_STYLE):
            self.savefig(buffer, format=kind, bbox_inches="tight", pad_inches=0.06, **options)
        self.set_layout_engine("none")  # laid out once: what is saved next is the same picture


def styled(draw: Callable[_P, _R]) -> Callable[_P, _R]:
    """Let a function draw in the book's style; every figure of the book is drawn so."""

    @functools.wraps(draw)
    def wrapper(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        _load_fonts()
        with mpl.rc_context(_STYLE):
            return draw(*args, **kwargs)

    return wrapper


def isolate(text: str) -> str:
    """The text with its direction kept to itself, for Arabic inside an English label or the other way round."""
    return f"\u2068{text}\u2069"


@functools.cache
def _load_fonts() -> None:
    folder = resources.files("fontpkg_ibm_plex_sans_arabic") / "files"
    for weight in ("Regular", "Medium", "SemiBold", "Bold"):
        font_manager.fontManager.addfont(str(folder / f"IBMPlexSansArabic-{weight}.ttf"))


def figure(height: float, alt: str, width: float = WIDTH) -> Figure:
    """An empty figure in the book's style; sizes in inches, ``alt`` one or two sentences made from the data."""
    drawn = Figure(figsize=(width, height), layout="constrained")
    drawn.alt = " ".join(alt.split())
    return drawn


def axes(height: float, alt: str, width: float = WIDTH, **kwargs: Any) -> tuple[Figure, Axes]:
    """A figure with one pair of axes in the book's style."""
    drawn, grid = axes_grid(height, alt, 1, 1, width=width, **kwargs)
    return drawn, grid[0]


def axes_grid(
    height: float, alt: str, rows: int, columns: int, width: float = WIDTH, **kwargs: Any
) -> tuple[Figure, Sequence[Axes]]:
    """A figure with a grid of axes, given row by row; ``kwargs`` go to ``Figure.subplots``."""
    drawn = figure(height, alt, width)
    return drawn, list(drawn.subplots(rows, columns, squeeze=False, **kwargs).flat)


def bare(ax: Axes, keep: str = "") -> None:
    """Take away the spines of the axes, but for those named in ``keep`` (such as ``"left bottom"``)."""
    for name, spine in ax.spines.items():
        spine.set_visible(name in keep.split())


def bars(ax: Axes, labels: Sequence[str], values: Sequence[float], colour: str = REPORT, texts: Sequence[str] | None = None) -> None:
    """Horizontal bars from top to bottom, each with its value written at its end."""
    places = range(len(labels))
    ax.barh(places, values, color=colour, height=0.62)
    ax.set_yticks(places, labels)
    ax.invert_yaxis()
    ax.set_xticks([])
    bare(ax)
    for place, value, text in zip(places, values, texts or [f"{v:,.0f}" for v in values], strict=True):
        ax.annotate(text, (value, place), (4, 0), textcoords="offset points", va="center", fontsize=9.5, color=INK)


def nothing(what: str) -> Figure:
    """The figure of what a report does not have: a line that says so. ``what`` begins in lower case, without a full stop."""
    drawn, ax = axes(0.5, f"Nothing to draw: {what}.")
    ax.text(0, 0.5, f"Nothing to draw: {what}.", va="center", color=MUTED)
    ax.axis("off")
    return drawn
