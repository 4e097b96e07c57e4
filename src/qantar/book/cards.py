"""A social card for each chapter: its title beside its first figure, or beside a line of the report where it has none."""

from __future__ import annotations

import functools
import inspect
import io
import textwrap
from pathlib import Path

import numpy as np
from matplotlib.image import imread
from matplotlib.lines import Line2D
from PIL import Image
from sphinx.application import Sphinx

from qantar import citation, plotting, values
from qantar.book.downloads import FOLDER as DOWNLOADS
from qantar.book.kept import kept
from qantar.book.labels import labels
from qantar.report import Report

FOLDER = "cards"
WIDTH, HEIGHT, DPI = 12.0, 6.3, 100  # 1200 by 630 pixels, what those who show cards ask for
_PANEL = (0.4, 0.05, 0.57, 0.9)  # left, bottom, width, height of the figure, as shares of the card
_LINE = 15  # letters of a title beside a figure in one line


def name(page: str) -> str:
    """The file of a page's card on the site."""
    return f"{FOLDER}/{page.rpartition('/')[2]}.png"


def line(report: Report) -> str:
    """The words of the report that a card without a figure shows: its first subheading, else the begin of its first sentence."""
    heading = next((sentence.text for sentence in report.sentences if sentence.kind == "heading"), "")
    return heading or " ".join(report.sentences[0].text.split()[:5])


@plotting.styled
def card(title: str, of: str, figure: bytes | None, words: str) -> bytes:
    """The card as PNG, 1200 by 630 pixels; ``figure`` is a PNG, ``words`` Arabic that stands where there is none."""
    drawn = plotting.Figure(figsize=(WIDTH, HEIGHT), facecolor="white")
    drawn.text(0.06, 0.09, "\n".join(textwrap.wrap(plotting.isolate(of), 30 if figure else 80)), size=15, va="bottom", color=plotting.MUTED)
    drawn.add_artist(Line2D([0.06, 0.14], [0.24, 0.24], color=plotting.REPORT, linewidth=4))
    if figure is None:
        drawn.text(0.06, 0.9, "\n".join(textwrap.wrap(title, 28)), size=44, va="top")
        drawn.text(0.94, 0.4, plotting.isolate(words), size=38, ha="right", color=plotting.REPORT)
    else:
        drawn.text(0.06, 0.9, "\n".join(textwrap.wrap(title, _LINE)), size=33, va="top", linespacing=1.15)
        panel = drawn.add_axes(_PANEL)
        panel.axis("off")
        panel.imshow(top(imread(io.BytesIO(figure)), _PANEL[2] * WIDTH / (_PANEL[3] * HEIGHT)), interpolation="antialiased")
    shown, made = io.BytesIO(), io.BytesIO()
    drawn.savefig(shown, format="png", dpi=DPI, facecolor="white", metadata={"Software": None})
    Image.open(shown).convert("RGB").quantize(64).save(made, "png", optimize=True)
    return made.getvalue()


def top(image: np.ndarray, shape: float) -> np.ndarray:
    """The part of a picture (height, width, channels) that fills a panel ``shape`` times as wide as high: the top of a long one."""
    height, width = image.shape[:2]
    return image[: min(height, round(width / shape))]


def _draw(app: Sphinx, error: Exception | None) -> None:
    """Draw the cards into the site."""
    if error or app.builder.name != "html":
        return
    site, book, found = Path(app.outdir), str(citation.work()["title"]), labels(app.env)
    words = line(values.load_book().report)
    code = Path(__file__).read_text(encoding="utf-8") + inspect.getsource(plotting)
    (site / FOLDER).mkdir(exist_ok=True)
    for chapter in (label for label in found if label.kind == "chapter"):
        folder = site / DOWNLOADS / chapter.page.rpartition("/")[2]
        first = next((folder / f"{label.id}.png" for label in found if label.kind == "figure" and label.page == chapter.page), None)
        shown = (chapter.title, book, first.read_bytes() if first and first.exists() else None, words)
        (site / name(chapter.page)).write_bytes(kept(site, "cards", (shown, code), functools.partial(card, *shown)))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("build-finished", _draw)
