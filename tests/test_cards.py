"""Social cards: of the size that is asked for, the same from the same, with the figure of their chapter."""

import io

import numpy as np
from PIL import Image

from qantar import load_report
from qantar.book import cards


def picture(width: int, height: int) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), (180, 84, 10)).save(made, "png")
    return made.getvalue()


def test_a_card_has_its_size_and_the_same_bytes_each_time():
    one, two = (cards.card("A title that is long", "Book", picture(300, 900), "قنطار") for _ in range(2))
    assert one == two and Image.open(io.BytesIO(one)).size == (1200, 630)


def test_a_card_shows_its_figure_or_the_arabic_words():
    with_figure = np.asarray(Image.open(io.BytesIO(cards.card("T", "B", picture(300, 300), "قنطار"))).convert("RGB"))
    without = np.asarray(Image.open(io.BytesIO(cards.card("T", "B", None, "قنطار"))).convert("RGB"))
    orange = lambda image: (np.abs(image.astype(int) - (180, 84, 10)).sum(axis=2) < 30).sum()  # noqa: E731
    assert orange(with_figure) > 100_000 and orange(without) == 0
    assert (without[300:520, 600:] != 255).any()  # the Arabic stands at the right


def test_of_a_long_figure_the_top_is_shown_and_of_a_wide_one_all():
    assert cards.top(np.zeros((900, 300, 3)), 1.5).shape == (200, 300, 3)
    assert cards.top(np.zeros((100, 300, 3)), 1.5).shape == (100, 300, 3)


def test_the_words_of_a_card_are_the_reports_own():
    report = load_report()
    assert cards.line(report) in report.text


def test_every_chapter_has_a_card(site):
    chapters = {path.stem for path in (site / "chapters").glob("*.html")}
    assert {path.stem for path in (site / cards.FOLDER).glob("*.png")} == chapters
