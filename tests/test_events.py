"""Happenings are joined, dates keep their precision, agents are counted where the clause names them."""

import pytest

from qantar import events
from qantar.annotations import LAYERS, Annotations, locate
from qantar.report import Report
from qantar.schema import make_table

TEXT = "أقال الرئيس الوزير الأحد. بعد احتجاجات بدأت السبت. قُتل شخص. وبعد الإقالة مقتل آخر."


@pytest.fixture
def tiny() -> Annotations:
    report = Report(TEXT)
    tables = {name: make_table(name) for name in LAYERS}
    common = {"status": "asserted", "plover": None}
    tables["events"] = make_table("events", [
        {"id": "E01", "sentence": "s01", "quote": "أقال", "kind": "dismissal", "voice": "active", "agent": "chief", "date": "2022-01-09~", **common},
        {"id": "E02", "sentence": "s02", "quote": "احتجاجات", "kind": "protest", "voice": "nominal", "date": "2022-01-08/..", **common},
        {"id": "E03", "sentence": "s03", "quote": "قُتل", "kind": "killing", "voice": "passive", **common},
        {"id": "E04", "sentence": "s04", "quote": "الإقالة", "kind": "dismissal", "voice": "nominal", "same_as": "E01", "date": "2022-01-09", **common},
        {"id": "E05", "sentence": "s04", "quote": "مقتل", "kind": "killing", "voice": "nominal", **common},
    ])
    return Annotations(**{name: locate(report, table) for name, table in tables.items()})


@pytest.mark.parametrize(("date", "known"), [
    ("2022-01-09", "day"), ("2022-01-04~", "about a day"), ("2022-01-02/..", "from a day on"), ("1992~", "year"),
    ("2022-01-01/2022-01-10", "between two days"), (None, "none"),
])
def test_precision(date, known):
    assert events.precision(date) == known


def test_rows_of_one_happening_are_joined_and_the_better_date_wins(tiny):
    table = events.happenings(tiny).set_index("id")
    assert list(table.index) == ["E01", "E02", "E03", "E05"]
    assert (table.loc["E01", "rows"], table.loc["E01", "date"]) == (2, "2022-01-09")


def test_telling_keeps_the_order_of_the_text(tiny):
    assert events.telling(tiny)["day"].tolist() == [9, 8, 9]
    assert events.turns(events.telling(tiny)) == 1


def test_agents_passives_and_nouns_are_counted_apart(tiny):
    table = events.agency(tiny).set_index("kind")
    assert table.loc["killing"].to_dict() == {"rows": 2, "agent": 0, "passive": 1, "noun": 1}
    assert table.loc["dismissal"].to_dict() == {"rows": 2, "agent": 1, "passive": 0, "noun": 1}


def test_no_row_of_harm_in_the_reports_own_voice_names_who_does_it(book):
    table = book.coding.events
    rows = table[table["kind"].isin(events.HARM) & table["agent"].notna()]
    assert len(rows) and not (rows["status"] == "asserted").any()  # as the chapter says


def test_protest_is_one_happening(book):
    assert events.kinds(book.coding).set_index("kind").loc["protest", "happenings"] == 1


def test_untold_happenings_come_before_the_report(book):
    table = events.untold(book.record)
    assert set(table["id"]) >= {"T04", "T08", "T15"} and "T02" not in set(table["id"])


def test_the_figures_say_their_numbers(book):
    alt = events.agency_figure(book.coding).alt
    assert "killing: 1 of 5" in alt and f"of {len(book.coding.events)} do" in alt
    drawn = events.telling_figure(book.coding)
    assert drawn.axes[0].lines[0].get_xdata().tolist() == events.telling(book.coding)["day"].tolist()
