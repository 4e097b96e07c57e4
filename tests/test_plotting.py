"""Figures are deterministic, describe themselves, and keep colours apart for the colour-blind."""

import itertools

import matplotlib.colors
import numpy as np
import pytest

from qantar import plotting
from qantar.book.pictures import description


@plotting.styled
def drawn(alt: str = "Two bars <&>") -> plotting.Figure:
    figure, ax = plotting.axes(1.5, alt)
    plotting.bars(ax, ["مقتل 164 شخصاً", "Two"], [3, 2])
    return figure


def test_the_same_data_give_the_same_bytes():
    assert drawn().to_svg() == drawn().to_svg()


def test_the_svg_describes_itself_and_needs_no_font():
    svg = drawn().to_svg()
    assert description(svg) == "Two bars <&>"
    assert "<text" not in svg and "dc:date" not in svg


def test_no_glyph_is_missing(recwarn):
    drawn().to_svg()
    assert not [w for w in recwarn if "Glyph" in str(w.message)]


# Linear simulation of full dichromacy: Viénot, Brettel and Mollon, Color Research and Application 24 (1999).
_DICHROMATS = {
    "none": np.eye(3),
    "protan": np.array([[0.1124, 0.8876, 0.0], [0.1124, 0.8876, 0.0], [0.0040, -0.0040, 1.0]]),
    "deutan": np.array([[0.2926, 0.7074, 0.0], [0.2926, 0.7074, 0.0], [-0.0223, 0.0223, 1.0]]),
}


@pytest.mark.parametrize("sight", _DICHROMATS)
def test_report_and_record_are_told_apart(sight):
    def seen(colour):
        return _DICHROMATS[sight] @ np.array(matplotlib.colors.to_rgb(colour)) ** 2.2

    for one, other in itertools.combinations((plotting.REPORT, plotting.RECORD, plotting.GOLD), 2):
        assert np.abs(seen(one) - seen(other)).max() > 0.08, (one, other)


def test_a_figure_saved_again_and_as_dots_is_the_same_picture(book):
    from qantar import network

    drawn = network.network_figure(book.coding)
    first = drawn.to_svg()
    dots = drawn.to_png()
    assert drawn.to_svg() == first and drawn.to_png() == dots and dots.startswith(b"\x89PNG")


def test_dots_stand_on_white_twice_as_dense_as_on_the_page(book):
    import io
    import re

    from PIL import Image

    from qantar import figures

    drawn = figures.killed_figure(book.coding, book.record)
    points = float(re.search(r'<svg[^>]* width="([\d.]+)pt"', drawn.to_svg())[1])
    image = Image.open(io.BytesIO(drawn.to_png()))
    assert abs(image.width - 2 * points * 96 / 72) <= 0.01 * image.width and image.convert("RGBA").getpixel((0, 0)) == (255, 255, 255, 255)
