"""Happenings are joined, dates keep their precision, the order of telling is measured, agents count where the clause has them."""

import dataclasses

import pytest

from qantar import chronology, event_figures, events
from qantar.annotations import LAYERS, Annotations, locate
from qantar.report import Report
from qantar.schema import make_table

TEXT = "مقتل شخص\nأقال الرئيس الوزير الأحد. بعد احتجاجات بدأت السبت. أعلنت الشرطة مقتل شخص. وبعد الإقالة الأحداث منذ البداية.\n"
REPORT = Report(TEXT)


@pytest.fixture
def tiny() -> Annotations:
    """A heading with a death, a dismissal told twice, protests, the death again in the words of the police."""
    tables = {name: make_table(name) for name in LAYERS}
    tables["actors"] = make_table("actors", [
        {"id": "chief", "sentence": "s02", "quote": "الرئيس", "kind": "person", "name_en": "The Chief"},
        {"id": "police", "sentence": "s04", "quote": "الشرطة", "kind": "organisation", "name_en": "Police"}])
    tables["statements"] = make_table("statements", [
        {"id": "V01", "sentence": "s04", "quote": "أعلنت", "speaker": "police", "cue": "أعلن", "mode": "indirect", "summary_en": "A death."}])
    tables["dates"] = make_table("dates", [
        {"id": "D01", "sentence": "s02", "quote": "الأحد", "value": "2022-01-09", "kind": "weekday", "anchor": "E06"},
        {"id": "D02", "sentence": "s05", "quote": "منذ البداية", "value": "2022-01-08/..", "kind": "relative", "anchor": "E03"}])
    tables["events"] = make_table("events", [dict(zip(
        ("id", "sentence", "quote", "kind", "voice", "agent", "date", "status", "statement", "same_as"), row, strict=True)) | {"summary_en": row[0]} for row in [
        ("E01", "s01", "مقتل", "killing", "nominal", None, None, "asserted", None, None),
        ("E02", "s02", "أقال", "dismissal", "active", "chief", "2022-01-09~", "asserted", None, None),
        ("E03", "s03", "احتجاجات", "protest", "nominal", None, "2022-01-08/..", "asserted", None, None),
        ("E04", "s04", "مقتل", "killing", "nominal", None, "2022", "claimed", "V01", "E01"),
        ("E05", "s05", "الإقالة", "dismissal", "nominal", None, "2022-01-09", "asserted", None, "E02"),
        ("E06", "s05", "الأحداث", "protest", "nominal", None, None, "hypothetical", "V01", "E03")]])
    return Annotations(**{name: locate(REPORT, table) for name, table in tables.items()})


@pytest.mark.parametrize(("date", "known"), [
    ("2022-01-09", "to the day"), ("2022-01-04~", "about a day"), ("2022-01-02/..", "from a day on"), ("1992~", "to the month or year"),
    ("2022-01", "to the month or year"), ("2022-01-01/2022-01-10", "between days"), (None, "not dated"), (float("nan"), "not dated"),
])
def test_precision(date, known):
    assert chronology.precision(date) == known


def test_rows_of_one_happening_are_joined_and_the_most_exact_date_wins(tiny):
    table = chronology.happenings(tiny).set_index("id")
    assert list(table.index) == ["E01", "E02", "E03"]
    assert (table.loc["E02", "rows"], table.loc["E02", "date"]) == ("E02;E05", "2022-01-09")
    assert table.loc["E01", "statuses"] == "asserted;claimed"


def test_stops_keep_the_order_of_the_text_and_leave_out_years(tiny):
    table = chronology.stops(REPORT, tiny)
    assert table["day"].tolist() == ["2022-01-09", "2022-01-08", "2022-01-09"]
    assert table["rows"].tolist() == ["E02", "E03", "E05"]
    assert chronology.reversals(REPORT, tiny) == (1, 2)
    assert chronology.order(REPORT, tiny)["happened"].tolist() == [2, 1, 2]


def test_a_date_counted_from_what_is_told_later_is_found(tiny):
    assert chronology.forward_anchors(tiny) == ["D01"]  # D02 counts from what was told before


def test_agents_count_only_where_expressed(tiny):
    table = events.agency(tiny).set_index("kind")
    assert table.loc["dismissal", ["rows", "happenings", "somebody acts", "nobody acts"]].tolist() == [2, 1, 1, 1]
    assert table.loc["killing", ["somebody acts", "nominal"]].tolist() == [0, 2]
    assert events.force(tiny)["who"].tolist() == [events.NOBODY, events.NOBODY]
    assert events.doers(tiny)["who"].tolist() == ["The Chief"]


def test_a_heading_leads_to_where_the_text_tells_it_again(tiny):
    assert events.headings(REPORT, tiny).values.tolist() == [["E01", "مقتل", "s01", "asserted", "E04", "s04", "claimed", "Police"]]


def test_words_for_the_unrest_go_to_the_mouth_that_says_them(tiny):
    assert events.unrest_rows(tiny)[["word", "mouth"]].values.tolist() == [["احتجاجات", events.OWN], ["أحداث", "Police"]]


def test_statuses_add_up(book):
    table = events.statuses(book.coding).set_index("kind")
    assert table.loc["all kinds"].sum() == len(book.coding.events)
    assert (table.drop("all kinds").sum() == table.loc["all kinds"]).all()


def test_plover_types_cover_every_row_and_none_comes_last(book):
    table = events.plover(book.coding)
    assert table["rows"].sum() == len(book.coding.events) and table["type"].iloc[-1] == "none"


def test_what_the_chapter_says_in_words_holds(book):
    coding, table = book.coding, book.coding.events.set_index("id")
    assert not (events.real_force(coding)["who"] != events.NOBODY).any()
    assert (table.loc[table["kind"] == "dismissal", "status"] == "asserted").all()
    assert set(table.loc[table["kind"] == "meeting", "status"]) == {"planned", "denied"}
    assert table.loc[["E15", "E17"], "status"].tolist() == ["asserted", "claimed"]
    assert table.loc[["E35", "E45", "E48"], "date"].isna().all()
    assert chronology.stops(book.report, coding)["sentence"].iloc[-2:].tolist() == ["s23", "s24"]
    mouths = events.unrest_rows(coding).groupby("word")["mouth"].agg(set)
    assert (mouths["أحداث"], mouths["انتفاضة"]) == ({"Yerlan Turgumbayev"}, {"Antony Blinken"})
    protesters = table[table["agent"].str.split(";").map(lambda who: isinstance(who, list) and "protesters" in who)]
    assert protesters["status"].tolist() == ["denied"]


def test_every_word_for_the_unrest_is_in_the_ladder(book):
    table = book.coding.events[book.coding.events["kind"] == "protest"]
    assert len(events.unrest_rows(book.coding).query("id in @table.id")) == len(table)


def test_days_count_the_record_and_what_is_missing(book):
    table = chronology.days(book.report, book.coding, book.record)
    assert len(table) == book.report.published.day
    assert table["in the record"].tolist() == (table["also in the report"] + table["only in the record"]).tolist()
    missing = chronology.missing(book.report, book.record)
    assert len(missing) == table["only in the record"][:-1].sum() and {"T04", "T15"} <= set(missing["id"])


def test_without_a_day_of_publication_there_is_no_comparison(book):
    with pytest.raises(ValueError, match="day of publication"):
        chronology.missing(dataclasses.replace(book.report, metadata={}), book.record)


def test_the_order_figure_draws_its_stops_and_says_its_numbers(book):
    drawn = event_figures.order_figure(book.report, book.coding)
    table = chronology.stops(book.report, book.coding)
    line = next(line for line in drawn.axes[0].lines if len(line.get_ydata()) == len(table))
    assert line.get_ydata().tolist() == table["at"].tolist() and line.get_xdata()[0] == max(line.get_xdata()[i] for i in (0, -1))
    back, pairs = chronology.reversals(book.report, book.coding)
    assert f"{back} of {pairs} pairs" in drawn.alt


def test_the_other_figures_have_a_mark_for_each_row(book):
    drawn = event_figures.agency_figure(book.coding)
    assert len(drawn.axes[0].lines) == len(book.coding.events) and "protest: 0 of 15" in drawn.alt
    words = event_figures.unrest_figure(book.coding)
    assert sum(len(line.get_xdata()) for line in words.axes[0].lines) == len(events.unrest_rows(book.coding))
    assert "uprising only Antony Blinken" in words.alt
    assert len(event_figures.plover_figure(book.coding).axes[0].patches) == len(events.plover(book.coding))


def test_the_figures_draw_for_another_coding(tiny):
    event_figures.order_figure(REPORT, tiny).to_svg()
    event_figures.agency_figure(tiny).to_svg()


@pytest.mark.parametrize(("sentence", "place"), [("s24", "last sentence"), ("s23", "last sentence but one"), ("s15", "last sentence but eight")])
def test_a_place_from_the_end_leaves_out_subheadings(book, sentence, place):
    assert chronology.from_the_end(book.report, sentence) == place


def test_beginning_and_cause_stand_where_the_chapters_say(book):
    assert events.VALUES["beginning_place"](book) == events.VALUES["cause_place"](book) == "last sentence but one"
