"""The words that carry coding are counted by overlap, each once."""

import pandas as pd
import pytest

from qantar import coverage
from qantar.annotations import LAYERS, Annotations, locate
from qantar.report import Report
from qantar.schema import make_table

TEXT = "أقال الرئيس نائبين. ثم عاد إلى بيته."


@pytest.fixture
def tiny() -> tuple[Report, Annotations]:
    report = Report(TEXT)
    tables = {name: make_table(name) for name in LAYERS}
    tables["events"] = make_table("events", [{"id": "E01", "sentence": "s01", "quote": "أقال"}])
    tables["mentions"] = make_table("mentions", [
        {"id": "M001", "sentence": "s01", "quote": "الرئيس"}, {"id": "M002", "sentence": "s01", "quote": "الرئيس نائبين"}])
    tables["figures"] = make_table("figures", [{"id": "F01", "sentence": "s01", "quote": "نائبين"}])
    return report, Annotations(**{name: locate(report, table) for name, table in tables.items()})


def test_each_word_counts_once(tiny):
    table = coverage.by_sentence(*tiny)
    assert table[["sentence", "words", "coded"]].values.tolist() == [["s01", 3, 3], ["s02", 4, 0]]
    assert coverage.bare_sentences(*tiny) == ["s02"]


def test_layers_count_their_own_words(tiny):
    table = coverage.by_layer(*tiny).set_index("layer")
    assert table["words"].to_dict() == {"actors": 2, "events": 1, "dates": 0, "quantities": 1, "saying": 0}


def test_the_figure_says_its_numbers(book):
    alt = coverage.coverage_figure(book.report, book.coding).alt
    table = coverage.by_sentence(book.report, book.coding)
    assert f"{table['words'].sum()} words" in alt and f"{table['coded'].sum()} words" in alt


def test_every_word_of_the_report_has_its_gloss(book):
    ours = coverage.words(book.report, book.coding)[["sentence", "n", "word"]]
    glossed = book.words[["sentence", "n", "form"]].set_axis(ours.columns, axis=1).reset_index(drop=True)
    pd.testing.assert_frame_equal(ours, glossed, check_dtype=False)


def test_every_sentence_has_its_translation(book):
    assert book.translation["sentence"].tolist() == [s.id for s in book.report.sentences]
