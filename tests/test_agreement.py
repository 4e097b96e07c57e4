"""Agreement of two readings: alphas known from the literature and by hand, pairing of nested spans, the book's own."""

import dataclasses

import pandas as pd
import pytest

from qantar import agreement, load_coding, load_report
from qantar.readings import load_disagreements, load_readings
from qantar.report import Report

# ------------------------------------------------------------------------------------------------------- alpha

KNOWN = [
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): two observers, binary and nominal data.
    ("0100000010", "1110010000", 0.095),
    ("aabbdcccedda", "babbbcccEddd".lower(), 0.692),
    # By hand: one of four units differs; observed disagreement 2/8, expected 2 * 3 * 5 / (8 * 7); 1 - 14/30.
    ("aabb", "abbb", 8 / 15),
    ("abca", "abca", 1.0),
]


@pytest.mark.parametrize("first, second, expected", KNOWN)
def test_alpha_is_that_of_the_worked_example(first, second, expected):
    assert agreement.alpha(list(first), list(second)) == pytest.approx(expected, abs=5e-4)


def test_alpha_is_symmetric():
    assert agreement.alpha(list("aabb"), list("abbb")) == agreement.alpha(list("abbb"), list("aabb"))


def test_agreement_by_chance_alone_is_about_none():
    assert abs(agreement.alpha(list("ab" * 200), list("aabb" * 100))) < 0.01


def test_systematic_disagreement_is_below_none():
    assert agreement.alpha(list("abab"), list("baba")) < 0


def test_where_only_one_value_occurs_alpha_is_undefined():
    assert agreement.alpha(list("aaa"), list("aaa")) is None


# ----------------------------------------------------------------------------------------------------- pairing


def spans(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["start", "end", "actor"])


PAIRS = [
    # Equal spans, in another order.
    ([(0, 5, "a"), (9, 12, "b")], [(9, 12, "b"), (0, 5, "a")], "", [(0, 1), (1, 0)]),
    # A title and the state inside it: each finds its like, not the longer one.
    ([(0, 14, "tokayev"), (5, 14, "kazakhstan")], [(5, 14, "kazakhstan"), (0, 14, "tokayev")], "", [(0, 1), (1, 0)]),
    # The better fit wins, and a row is used once.
    ([(0, 10, "a"), (2, 4, "b")], [(0, 9, "c")], "", [(0, 0)]),
    # Touching is not overlapping.
    ([(0, 5, "a")], [(5, 9, "a")], "", []),
    # Without a key the same words pair; with it, the same actor.
    ([(0, 10, "a")], [(0, 10, "b"), (2, 4, "a")], "", [(0, 0)]),
    ([(0, 10, "a")], [(0, 10, "b"), (2, 4, "a")], "actor", [(0, 1)]),
    # With a key, other actors still pair where there is no better.
    ([(0, 10, "a")], [(0, 10, "b")], "actor", [(0, 0)]),
    ([], [(0, 3, "a")], "", []),
]


@pytest.mark.parametrize("first, second, key, expected", PAIRS)
def test_pairs(first, second, key, expected):
    assert agreement.pairs(spans(*first), spans(*second), key) == expected


# -------------------------------------------------------------------------------------------- a hand-made report

REPORT = Report("قال الوزير إن الشرطة أوقفت ثلاثة رجال.")
WORDS = {word.text: word for word in REPORT.sentence("s01").words}


def layer(rows: list[tuple[str, dict]], columns: list[str]) -> pd.DataFrame:
    found = [{"start": WORDS[text].start, "end": WORDS[text].end, **values} for text, values in rows]
    return pd.DataFrame(found, columns=["start", "end", *columns])


def reading(verb: str = "أوقفت", kind: str = "arrest", said: bool = True) -> dict[str, pd.DataFrame]:
    """A reading with one event, one figure and one statement, the others with a row that never differs."""
    rows = {name: [("الشرطة", dict.fromkeys(columns, "x"))] for name, columns in agreement.COLUMNS.items()}
    rows["events"] = [(verb, dict.fromkeys(agreement.COLUMNS["events"], "x") | {"kind": kind})]
    rows["statements"] = [("قال", dict.fromkeys(agreement.COLUMNS["statements"], "x"))] + ([("إن", dict.fromkeys(agreement.COLUMNS["statements"], "x"))] if said else [])
    tables = {name: layer(found, agreement.COLUMNS[name]) for name, found in rows.items()}
    triples = [("police", "detained", "men"), ("minister", "heads", verb)]
    return tables | {"relations": pd.DataFrame(triples, columns=["subject", "predicate", "object"])}


def test_words_of_equal_readings_agree_fully():
    assert agreement.on_words(REPORT, reading(), reading(), "events") == 1


def test_words_of_different_triggers_do_not_agree():
    # Each marks one of seven words, another one: alpha by hand is 1 - (4/14) / (2 * 2 * 12 / (14 * 13)).
    assert len(WORDS) == 7
    expected = 1 - (4 / 14) / (2 * 2 * 12 / (14 * 13))
    assert agreement.on_words(REPORT, reading(), reading("ثلاثة"), "events") == pytest.approx(expected)


def test_layers_count_rows_and_pairs():
    found = agreement.layers(REPORT, reading(), reading(said=False)).set_index("layer")
    assert list(found.index) == list(agreement.COLUMNS)
    assert found.loc["statements", ["first", "second", "paired"]].tolist() == [2, 1, 1]
    assert found.loc["statements", "alpha on words"] < found.loc["events", "alpha on words"] == 1


def test_columns_compare_values_of_paired_rows():
    found = agreement.columns(reading(), reading(kind="killing")).set_index(["layer", "column"])
    assert found.loc[("events", "kind"), "agreement"] == 0
    assert found.loc[("events", "status"), "agreement"] == 1
    assert pd.isna(found.loc[("events", "status"), "alpha"])


def test_empty_cells_agree_with_empty_cells():
    first, second = reading(), reading()
    for side in (first, second):
        side["events"]["agent"] = pd.Series([None], dtype="str")
    found = agreement.columns(first, second).set_index(["layer", "column"])
    assert found.loc[("events", "agent"), "agreement"] == 1


def test_relations_are_compared_as_triples():
    assert agreement.relations(reading(), reading("ثلاثة")) == {"both": 1, "first only": 1, "second only": 1}


# ----------------------------------------------------------------------------------------------- the book's own

BOOK_REPORT = load_report()
READINGS = load_readings(BOOK_REPORT)
DISAGREEMENTS = load_disagreements()


def test_the_readings_are_not_copies_of_each_other():
    for name in ("events", "statements", "relations"):
        assert list(READINGS[0][name]["quote"]) != list(READINGS[1][name]["quote"])


def test_the_coding_is_a_reconciliation_not_one_of_the_readings():
    kept = [set(frame["quote"]) for frame in (READINGS[0]["events"], READINGS[1]["events"], load_coding(BOOK_REPORT).events)]
    assert kept[2] <= kept[0] | kept[1]
    assert kept[2] - kept[0] and kept[2] - kept[1]


def test_every_layer_is_compared_over_the_whole_report():
    found = agreement.layers(BOOK_REPORT, *READINGS)
    assert list(found["first"]) == [len(READINGS[0][name]) for name in found["layer"]]
    assert (found["paired"] <= found[["first", "second"]].min(axis=1)).all()
    assert found["alpha on words"].between(0.5, 1).all()


def test_every_compared_column_is_one_of_its_table():
    for name, columns in agreement.COLUMNS.items():
        assert set(columns) <= set(READINGS[0][name].columns)


def test_relations_add_up():
    counts = agreement.relations(*READINGS)
    triples = [len(set(r["relations"][["subject", "predicate", "object"]].itertuples(index=False, name=None))) for r in READINGS]
    assert [counts["both"] + counts["first only"], counts["both"] + counts["second only"]] == triples


def test_every_disagreement_has_words_of_its_sentence_a_decision_and_a_reason():
    for row in DISAGREEMENTS.itertuples():
        assert row.quote in BOOK_REPORT.sentence(row.sentence).text
        assert row.decision in ("first", "second", "both") and row.reason
        assert row.first != row.second


def test_the_share_of_cases_on_events_counts_their_layer(book):
    cases = book.disagreements.assign(layer=["events", *["dates"] * (len(book.disagreements) - 1)])
    share = agreement.VALUES["event_share"](dataclasses.replace(book, disagreements=cases))
    assert share == f"{100 / len(cases):.0f} %" and agreement.VALUES["event_share"](book) != share


def test_the_readings_are_counted_and_told_how_often(book):
    assert agreement.VALUES["readings"](book) == 2 and agreement.VALUES["times_read"](book) == "twice"
    assert agreement.VALUES["times_read"](dataclasses.replace(book, readings=book.readings * 2)) == "four times"
