"""What loading a coding promises beyond each table's schema: quotes found, references resolved, no sentence left out."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from qantar.annotations import LAYERS, load_coding, locate
from qantar.problems import DataError
from qantar.report import Report
from qantar.schema import make_table, write_table

REPORT = Report(
    "قال توكاييف إن روسيا ترسل قوات إلى كازاخستان، وإن قوات أخرى عادت.\nاعتُقل الآلاف في البلاد يوم الأحد.\nقوات روسية\n"
)

CODING = {
    "actors": [
        {"id": "tokayev", "sentence": "s01", "quote": "توكاييف", "kind": "person", "name_en": "Tokayev"},
        {"id": "russia", "sentence": "s01", "quote": "روسيا", "kind": "state", "name_en": "Russia"},
        {"id": "thousands", "sentence": "s02", "quote": "الآلاف", "kind": "group", "name_en": "Thousands"},
    ],
    "mentions": [{"id": "M001", "sentence": "s01", "quote": "توكاييف", "actor": "tokayev", "form": "name"}],
    "events": [
        {
            "id": "E01",
            "sentence": "s01",
            "quote": "ترسل",
            "kind": "deployment",
            "voice": "active",
            "agent": "russia",
            "status": "claimed",
            "statement": "V01",
            "summary_en": "Troops sent.",
        },
        {
            "id": "E02",
            "sentence": "s02",
            "quote": "اعتُقل",
            "kind": "arrest",
            "voice": "passive",
            "patient": "thousands",
            "date": "2022-01-09",
            "status": "asserted",
            "summary_en": "Thousands arrested.",
        },
    ],
    "figures": [
        {
            "id": "F01",
            "sentence": "s02",
            "quote": "الآلاف",
            "value": 1000,
            "unit": "person",
            "measures": "detained",
            "precision": "vague",
            "summary_en": "Thousands.",
        }
    ],
    "dates": [
        {
            "id": "D01",
            "sentence": "s02",
            "quote": "الأحد",
            "value": "2022-01-09",
            "kind": "weekday",
            "anchor": "publication",
        }
    ],
    "statements": [
        {
            "id": "V01",
            "sentence": "s01",
            "quote": "قال",
            "speaker": "tokayev",
            "cue": "قال",
            "mode": "indirect",
            "summary_en": "Troops.",
        }
    ],
    "reactions": [
        {
            "id": "R01",
            "sentence": "s01",
            "quote": "قوات",
            "occurrence": 1,
            "actor": "russia",
            "kind": "military",
            "stance": "supports",
            "summary_en": "Troops.",
        }
    ],
    "relations": [
        {
            "id": "L01",
            "sentence": "s01",
            "quote": "ترسل",
            "subject": "russia",
            "predicate": "ordered",
            "object": "tokayev",
        }
    ],
    "uncovered": [{"sentence": "s03", "reason": "A subheading without content of its own."}],
}


@pytest.fixture
def coding(tmp_path: Path):
    """A folder with the tiny coding above; values of its first rows may be replaced, tables left out."""

    def write(table: str = "", leave_out: str = "", **changes) -> Path:
        for name, rows in CODING.items():
            if name != leave_out:
                first = {**rows[0], **changes} if name == table else rows[0]
                write_table(make_table(name, [first, *rows[1:]]), tmp_path / f"{name}.csv", name)
        return tmp_path

    return write


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        load_coding(REPORT, folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]


# --------------------------------------------------------------------------------------------- sound codings


@pytest.mark.parametrize("layer", LAYERS)
def test_offsets_point_at_the_quoted_words(coding, layer):
    table = getattr(load_coding(REPORT, coding()), layer)
    assert [REPORT.text[row.start : row.end] for row in table.itertuples()] == list(table["quote"])


def test_offsets_are_those_of_the_occurrence(coding):
    found = load_coding(REPORT, coding("reactions", occurrence=2)).reactions
    assert found["start"].item() == REPORT.text.rindex("قوات", 0, REPORT.sentence("s02").start)


def test_a_coding_can_be_written_and_loaded_again(coding, tmp_path):
    first = load_coding(REPORT, coding())
    first.to_csv(tmp_path / "out")
    write_table(make_table("uncovered", CODING["uncovered"]), tmp_path / "out" / "uncovered.csv", "uncovered")
    again = load_coding(REPORT, tmp_path / "out")
    for layer in LAYERS:
        pd.testing.assert_frame_equal(getattr(first, layer), getattr(again, layer))


def test_evidence_is_every_row_in_the_order_of_the_text(coding):
    evidence = load_coding(REPORT, coding()).evidence()
    assert list(evidence["id"]) == [
        "V01",
        "tokayev",
        "M001",
        "russia",
        "E01",
        "L01",
        "R01",
        "E02",
        "thousands",
        "F01",
        "D01",
    ]


def test_annotations_are_frozen(coding):
    with pytest.raises(dataclasses.FrozenInstanceError):
        load_coding(REPORT, coding()).events = None


def test_no_list_of_uncovered_sentences_is_needed_when_all_are_covered(coding):
    folder = coding("dates", leave_out="uncovered", sentence="s03", quote="قوات روسية")
    assert len(load_coding(REPORT, folder).dates) == 1


# -------------------------------------------------------------------------------------------- faulty codings

FAULTS = [
    ("events", {"quote": "يرسل"}, "events.csv:2:quote: “يرسل” is not in s01; copy the words exactly"),
    ("events", {"quote": "اعتُقل"}, "events.csv:2:quote: “اعتُقل” is not in s01; it is in s02"),
    (
        "events",
        {"quote": "قوات"},
        "events.csv:2:occurrence: does not say which: s01 contains “قوات” 2 times; say which with occurrence 1–2",
    ),
    (
        "reactions",
        {"occurrence": 3},
        "reactions.csv:2:occurrence: “3” does not say which: s01 contains “قوات” 2 time(s); there is no occurrence 3",
    ),
    ("events", {"sentence": "s09"}, "events.csv:2:sentence: “s09” is no sentence of the report, which has s01 to s03"),
    ("events", {"agent": "rusia"}, "events.csv:2:agent: “rusia” is not in actors.id; did you mean russia?"),
    (
        "events",
        {"agent": "russia;moon"},
        "events.csv:2:agent: “moon” is not in actors.id; add the row or change the cell",
    ),
    ("events", {"statement": "V09"}, "events.csv:2:statement: “V09” is not in statements.id; did you mean V01?"),
    ("events", {"same_as": "E09"}, "events.csv:2:same_as: “E09” is not in events.id; did you mean E02?"),
    (
        "events",
        {"same_as": "E01"},
        "events.csv:2:same_as: “E01” is the row itself; leave the cell empty in the first row",
    ),
    ("mentions", {"actor": "tokaev"}, "mentions.csv:2:actor: “tokaev” is not in actors.id; did you mean tokayev?"),
    (
        "dates",
        {"anchor": "today"},
        "dates.csv:2:anchor: “today” is not in events.id or dates.id or publication; add the row or change the cell",
    ),
    (
        "relations",
        {"object": "moon"},
        "relations.csv:2:object: “moon” is not in actors.id; add the row or change the cell",
    ),
    (
        "events",
        {"status": "told"},
        "events.csv:2:status: “told” is not allowed here; use one of asserted, claimed, planned, denied, hypothetical",
    ),
    ("uncovered", {"reason": None}, "uncovered.csv:2:reason: is empty; it needs a value"),
]


@pytest.mark.parametrize("table, changes, expected", FAULTS)
def test_a_fault_is_named_at_its_place(coding, table, changes, expected):
    assert problems_of(coding(table, **changes)) == [expected]


def test_a_sentence_without_coding_must_be_listed(coding):
    assert problems_of(coding(leave_out="uncovered")) == [
        "uncovered.csv:2:sentence: “s03” has no coding; code it, or list it here with the reason"
    ]


def test_a_coded_sentence_must_not_be_listed(coding):
    assert (
        problems_of(coding("uncovered", sentence="s02"))[0]
        == "uncovered.csv:2:sentence: “s02” is coded; take it off this list"
    )


def test_a_sentence_that_is_not_there_must_not_be_listed(coding):
    assert (
        problems_of(coding("uncovered", sentence="s77"))[0]
        == "uncovered.csv:2:sentence: “s77” is no sentence of the report; take it off this list"
    )


@pytest.mark.parametrize("layer", LAYERS)
def test_a_missing_table_is_named(coding, layer):
    assert problems_of(coding(leave_out=layer))[0].startswith(f"{layer}.csv:1:id: there is no such file")


def test_faults_of_several_files_are_listed_at_once(tmp_path):
    assert len(problems_of(tmp_path)) == len(LAYERS)


def test_locate_alone_raises():
    with pytest.raises(DataError, match="is not in s02"):
        locate(REPORT, make_table("dates", [{"id": "D01", "sentence": "s02", "quote": "السبت"}]))
