"""The verdicts: sound and complete beside the record, the tables made of them, and the figures by their data."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from qantar import load_coding, load_record, load_report, verdict_figures, verdicts
from qantar.annotations import LAYERS, Annotations
from qantar.formats import items
from qantar.paths import data_folder
from qantar.problems import DataError
from qantar.schema import make_table

DAY = datetime.date(2022, 1, 9)


@pytest.fixture(scope="module")
def report():
    return load_report()


@pytest.fixture(scope="module")
def coding(report) -> Annotations:
    return load_coding(report)


@pytest.fixture(scope="module")
def record():
    return load_record()


@pytest.fixture(scope="module")
def found(report) -> pd.DataFrame:
    return verdicts.load_verdicts(report)


@pytest.fixture
def tiny() -> Annotations:
    """A minister of a ministry, a ministry that speaks, and a statement by nobody."""
    tables = {name: make_table(name) for name in LAYERS}
    tables["actors"] = make_table("actors", [
        {"id": "anna", "kind": "person", "name_en": "Anna", "affiliation": "mill"},
        {"id": "mill", "kind": "organisation", "name_en": "Ministry of Mills", "affiliation": "land"},
        {"id": "poet", "kind": "person", "name_en": "Poet"},
    ])
    tables["statements"] = make_table("statements", [
        {"id": "V01", "speaker": "anna"}, {"id": "V02", "speaker": "mill"}, {"id": "V03"}, {"id": "V04", "speaker": "poet"}])
    return Annotations(**tables)


def claims(*rows: tuple[str, str | None, str, str]) -> pd.DataFrame:
    """Verdicts of (sentence, statement, verdict, rows of the record)."""
    return make_table("verdicts", [
        {"id": f"K{n:02}", "topic": "x", "sentence": s, "quote": "x", "statement": v, "verdict": k, "report_says": f"claim {n}",
         "what_is_known": "known", "claims": c} for n, (s, v, k, c) in enumerate(rows, 1)])


@pytest.fixture
def few() -> pd.DataFrame:
    return claims(("s01", None, "confirmed", "T01"), ("s02", "V01", "revised", "C02;C01"), ("s02", "V02", "confirmed", "C01"),
                  ("s03", "V03", "unknown", "C03"), ("s03", "V04", "disputed", "T02"), ("s04", None, "retracted", "C01"))


@pytest.fixture
def later() -> SimpleNamespace:
    def claim(n: int, day: str | None, told: bool) -> dict:
        return {"id": f"C0{n}", "topic": "dead_sheep", "in_report": told, "value": f"value {n}", "as_of": day, "body": f"body {n}"}

    return SimpleNamespace(
        claims=make_table("claims", [claim(1, "2022-01-09", True), claim(2, "2022-02", True), claim(3, None, False), claim(4, "2022-01-08/2022-01-20", False)]),
        timeline=make_table("timeline", [
            {"id": "T01", "date": "2022-01-02", "place": "Mill", "event": "begins", "in_report": False},
            {"id": "T02", "date": "2022-01-05", "place": "Mill", "event": "goes on", "in_report": False},
            {"id": "T03", "date": "2022-01-10", "event": "ends", "in_report": False},
            {"id": "T04", "date": "2022-01-11", "event": "was announced", "in_report": True}]))


# ---------------------------------------------------------------------------------------------------- the table


def test_the_quotes_stand_in_the_report_and_in_its_order(report, found):
    assert [report.text[row.start : row.end] for row in found.itertuples()] == list(found["quote"])
    assert list(found["id"]) == sorted(found["id"])


def test_every_point_on_which_record_and_report_meet_has_a_verdict(found, record):
    used = {row for cell in found["claims"] for row in items(cell)}
    assert set(record.claims.loc[record.claims["in_report"], "id"]) - used == set()


def test_topics_are_those_of_the_claims_they_rest_on(found, record):
    topics = record.claims.set_index("id")["topic"]
    for row in found[found["topic"].isin(set(topics))].itertuples():
        assert row.topic in {topics[c] for c in items(row.claims) if c in topics.index}, row.id


def test_a_verdict_agrees_with_the_status_of_the_claim_that_decides_it(found, record):
    status = record.claims.set_index("id")["status"]
    allowed = {"confirmed": {"confirmed", "consistent", "revised"}, "revised": {"revised", "confirmed"}, "disputed": {"disputed"},
               "retracted": {"retracted"}, "unknown": {"consistent", "unknown"}}
    for row in found.itertuples():
        first = items(row.claims)[0]
        assert first.startswith("T") or status[first] in allowed[row.verdict], row.id


def test_every_number_of_what_is_known_stands_in_the_record(found, record):
    def written(frame: pd.DataFrame) -> dict[str, str]:
        return {row["id"]: " ".join(str(cell) for cell in row) for _, row in frame.iterrows()}

    texts = written(record.claims) | written(record.timeline)
    for row in found.itertuples():
        numbers = {n.strip(",.") for n in re.findall(r"\d[\d,.]*", row.what_is_known)}
        words = " ".join(texts[i] for i in items(row.claims))
        at_hand = {n.strip(",.").lstrip("0") for n in re.findall(r"\d[\d,.]*", words)}
        assert numbers <= at_hand, (row.id, numbers - at_hand)


def test_statements_are_of_the_sentence_of_the_claim(found, coding):
    homes = coding.statements.set_index("id")["sentence"]
    named = found.dropna(subset=["statement"])
    assert list(named["statement"].map(homes)) == list(named["sentence"])


def test_what_the_coding_has_as_somebody_s_words_is_so_here(found, coding):
    for row in found.itertuples():
        inside = coding.figures[(coding.figures["start"] >= row.start) & (coding.figures["end"] <= row.end)]
        for statement in inside["statement"].dropna():
            assert row.statement == statement, row.id


def test_labels_are_short_enough_for_the_figure(found):
    assert found["report_says"].str.len().max() <= 40


@pytest.mark.parametrize(("old", "new", "fault"), [
    ("C35;T03;T04", "C35;T03;T94", "verdicts.csv:17:claims: “T94” is not in claims.id or timeline.id"),
    (",retracted,", ",wrong,", "verdicts.csv:11:verdict: “wrong” is not allowed here"),
    ("أُشعلت النيران", "أشعلت النيران", "verdicts.csv:23:quote: “أشعلت النيران في مبان حكومية” is not in s13"),
])
def test_a_fault_is_named_at_its_place(report, tmp_path: Path, old, new, fault):
    folder = tmp_path / "record"
    shutil.copytree(data_folder() / "record", folder)
    path = folder / "verdicts.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        verdicts.load_verdicts(report, folder)
    assert fault in str(caught.value)


# --------------------------------------------------------------------------------------------------- the tables


def test_counts_have_every_verdict_in_the_order_of_the_book(few):
    table = verdicts.counts(few)
    assert dict(zip(table["verdict"], table["claims"], strict=True)) == {
        "confirmed": 2, "revised": 1, "disputed": 1, "retracted": 1, "unknown": 1}


def test_a_person_speaks_for_the_body_that_has_one(few, tiny):
    assert list(verdicts.houses(few, tiny)) == [verdicts.OWN, "Ministry of Mills", "Ministry of Mills", verdicts.NOBODY, "Poet", verdicts.OWN]


def test_claims_by_voice_add_up(few, tiny):
    table = verdicts.by_voice(few, tiny)
    assert table["claims"].sum() == len(few)
    assert (table[list(verdicts.VERDICTS)].sum(axis=1) == table["claims"]).all()
    mills = table.set_index("said by").loc["Ministry of Mills"]
    assert (mills["claims"], mills["confirmed"], mills["revised"], mills["retracted"]) == (2, 1, 1, 0)
    assert verdicts.most_quoted(few, tiny)["said by"] == "Ministry of Mills"


def test_the_ledger_can_be_cut_to_some_verdicts(few, tiny):
    assert list(verdicts.ledger(few, tiny)["id"]) == [f"K0{n}" for n in range(1, 7)]
    table = verdicts.ledger(few, tiny, "retracted", "disputed")
    assert list(table["id"]) == ["K05", "K06"]
    assert list(table["said by"]) == ["Poet", verdicts.OWN]


def test_moments_are_of_the_row_that_decides_and_in_order(few, later):
    table = verdicts.moments(few, later, DAY)
    assert list(table["id"]) == ["K05", "K06", "K02"]
    assert list(table["that is"]) == [verdicts.BEFORE, verdicts.SAME, verdicts.AFTER]
    assert list(table["through"]) == ["goes on", "body 1", "body 2"]
    assert list(table["known from"]) == ["5 January 2022", "9 January 2022", "February 2022"]


def test_left_out_is_what_was_dated_by_then_and_is_told_nowhere(few, later):
    table = verdicts.left_out(few, later, DAY)
    # T01 bears out a confirmed claim, C03 has no date, T03 is later; C04 began the day before.
    assert list(table["id"]) == ["T02", "C04"]
    assert list(table["place or point"]) == ["Mill", "dead sheep"]


def test_what_came_later_leaves_out_what_was_announced(later):
    assert list(verdicts.came_later(later, DAY)["id"]) == ["T03"]


def test_unconfirmed_between_counts_both_ends(few):
    assert verdicts.unconfirmed_between(few, "s02", "s03") == 3


# ---------------------------------------------------------------------------------------------- the book's results


def test_the_findings_of_the_chapter_hold(report, coding, record):
    book = SimpleNamespace(report=report, coding=coding, record=record, verdicts=verdicts.load_verdicts(report))
    value = {name: compute(book) for name, compute in verdicts.VALUES.items()}
    assert value["claims"] == value["confirmed"] + value["changed"] + value["unknown"] == value["own"] + value["most_quoted"] + value["others"]
    assert value["changed"] == value["changed_before"] + value["changed_that_day"] + value["changed_after"]
    assert value["confirmed"] == value["own_confirmed"] + value["most_quoted_confirmed"] + value["others_confirmed"]
    # Mostly in the middle; the report's own claims and others' mostly stand, the ministry's mostly do not.
    assert value["rest_middle"] > value["rest"] / 2
    assert value["own_confirmed"] / value["own"] > 0.7 and value["others_confirmed"] / value["others"] > 0.7
    assert value["most_quoted_confirmed"] == 1
    assert value["changed_that_day"] > value["changed_before"] + value["changed_after"]


def test_toll_and_losses_fail_apart_from_their_credits(found):
    verdict = found.set_index("topic")["verdict"]
    assert verdict["deaths"] == "retracted" and verdict["deaths_attribution"] == "disputed"
    assert verdict["damages"] == "revised" and verdict["damages_attribution"] == "disputed"


def test_the_vague_count_of_detained_stands_where_the_exact_fell(found):
    detained = found[found["topic"] == "detained"].set_index("report_says")["verdict"]
    assert sorted(detained) == ["confirmed", "revised"]
    assert detained[[label for label in detained.index if label.startswith("Thousands")][0]] == "confirmed"


# --------------------------------------------------------------------------------------------------- the figures


def marks(figure) -> list[tuple[float, float, str]]:
    [ax] = figure.axes
    return [(line.get_xdata()[0], line.get_ydata()[0], line.get_marker()) for line in ax.lines if line.get_marker() != "None"]


def test_the_strip_has_a_mark_a_claim_in_lane_and_shape_of_its_verdict(found, coding):
    drawn = verdict_figures.strip_figure(found, coding)
    made = sorted(marks(drawn), key=lambda mark: mark[1])
    assert [y for _, y, _ in made] == list(range(len(found)))
    lanes = {(verdict, x, shape) for verdict, (x, _, shape) in zip(found["verdict"], made, strict=True)}
    assert len(lanes) == len({x for _, x, _ in lanes}) == len({shape for _, _, shape in lanes}) == len(verdicts.VERDICTS)
    labels = {text.get_text() for text in drawn.axes[0].texts}
    assert set(found["report_says"]) <= labels and set(found["sentence"]) <= labels


def test_the_strip_s_alt_is_made_from_the_data(few, tiny):
    alt = verdict_figures.strip_figure(few, tiny).alt
    assert alt.startswith("6 claims of the report in the order of the text")
    assert "2 confirmed, 1 revised, 1 disputed, 1 retracted and 1 unknown" in alt
    assert "Of the 2 credited to the Ministry of Mills, 1 is confirmed." in alt


def test_the_voices_have_a_mark_a_claim(few, tiny):
    drawn = verdict_figures.voices_figure(few, tiny)
    rows = [y for _, y, _ in marks(drawn) if y >= 0]
    assert [rows.count(place) for place in range(4)] == list(verdicts.by_voice(few, tiny)["claims"])
    assert "1 of 2 confirmed for Ministry of Mills" in drawn.alt


def test_figures_are_the_same_in_every_build(found, coding):
    assert verdict_figures.strip_figure(found, coding).to_svg() == verdict_figures.strip_figure(found, coding).to_svg()
