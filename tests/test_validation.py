"""Validation: what counts as the same row, what scores follow from, that every miss on the report has its reason."""

import dataclasses
import datetime
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from qantar import baselines, comparison, faults, gold, scoring, validation, validation_figures
from qantar.book.pictures import description
from qantar.coded_gold import gold_of_coding
from qantar.comparison import READER, SECOND, TITLES, Run, evaluate, read
from qantar.gold import LAYERS, GoldSet, cell, load_gold
from qantar.problems import DataError
from qantar.report import Report
from qantar.scoring import AGREE, DETAILS, Score, add, bootstrap, match, wilson

TEXT = "قال الوزير إن خمسة جنود قتلوا في بغداد الأحد.\nوأعلنت الوزارة اعتقال 12 شخصاً (KNB)."
HEADERS = {
    "reports": "report,published,country,outlet,topic",
    "quantities": "report,sentence,quote,occurrence,value,value_max,value_min,unit,approx,vague,attributed_to",
    "dates": "report,sentence,quote,occurrence,value,offset,anchor",
    "actors": "report,sentence,quote,occurrence,type,actor",
    "statements": "report,sentence,quote,occurrence,speaker,kind",
    "events": "report,sentence,quote,occurrence,class,status,actor,target,date",
    "reactions": "report,sentence,quote,occurrence,actor,kind,stance",
}
ROWS = {
    "reports": ["v01,2022-01-09,IQ,Nobody,Nothing"],
    "quantities": [
        "v01,s01,خمسة جنود,,5,,,soldier,false,false,الوزير",
        "v01,s02,12 شخصاً,,12,,,person,false,false,الوزارة",
    ],
    "dates": ["v01,s01,الأحد,,2022-01-09,,"],
    "actors": ["v01,s01,بغداد,,GPE,بغداد", "v01,s02,KNB,,ORG,KNB"],
    "statements": ["v01,s01,قال,,الوزير,indirect", "v01,s02,أعلنت,,الوزارة,indirect"],
    "events": ["v01,s01,قتلوا,,killing,asserted,,خمسة جنود,2022-01-09", "v01,s02,اعتقال,,arrest,asserted,,12 شخصاً,"],
    "reactions": [],
}


@pytest.fixture
def folder(tmp_path):
    def write(**changes: list[str]) -> Path:
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / "v01.txt").write_text(TEXT, encoding="utf-8")
        for name, header in HEADERS.items():
            lines = [header, *changes.get(name, ROWS[name])]
            (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def run(book) -> Run:
    return validation.book_run(book)


# ----------------------------------------------------------------------------------------------------------- the gold


def test_rows_come_with_their_places_and_cells_as_written(folder):
    [report] = load_gold(folder())
    [first, second] = report.layers["quantities"]
    assert TEXT[first["start"] : first["end"]] == first["quote"] == "خمسة جنود"
    assert (first["value"], first["approx"], first["value_max"], second["value"]) == ("5", "false", "", "12")
    assert (report.report.published.isoformat(), report.country) == ("2022-01-09", "IQ")


FAULTY = [
    ("dates", "v01,s01,الاثنين,,2022-01-10,,", "dates.csv:2:quote: “الاثنين” is not in s01"),
    ("dates", "v01,s09,الأحد,,2022-01-09,,", "dates.csv:2:sentence: “s09” is no sentence of the report"),
    ("dates", "v02,s01,الأحد,,2022-01-09,,", "dates.csv:2:report: “v02” is not in validation_reports.report"),
    ("dates", "v01,s01,الأحد,,9 January,,", "dates.csv:2:value: “9 January” is not an EDTF date"),
    ("dates", "v01,s01,الأحد,,,two days,", "dates.csv:2:offset: “two days” is not an ISO 8601 duration"),
    ("actors", "v01,s01,بغداد,,CITY,بغداد", "actors.csv:2:type: “CITY” is not allowed here"),
    ("reports", "v03,2022-01-09,IQ,Nobody,Nothing", "texts/v03.txt:1:report: “v03” there is no such file"),
]


@pytest.mark.parametrize("table, row, expected", FAULTY)
def test_a_faulty_row_is_named(folder, table, row, expected):
    path = folder(**{table: [row]})
    with pytest.raises(DataError) as caught:
        load_gold(path)
    assert [p for p in map(str, caught.value.problems) if p.removeprefix(f"{path}/").startswith(expected)]


def test_rows_of_a_layer_on_the_same_words_are_named(folder):
    path = folder(actors=["v01,s01,في بغداد,,GPE,بغداد", "v01,s01,بغداد,,GPE,بغداد"])
    with pytest.raises(DataError, match="actors.csv:3:quote: “بغداد” overlaps “في بغداد”"):
        load_gold(path)


def test_a_second_reading_is_read_with_the_texts_of_the_first(folder):
    path = folder()
    (path / "second").mkdir()
    for name in HEADERS:
        if name != "reports":
            (path / "second" / f"{name}.csv").write_bytes((path / f"{name}.csv").read_bytes())
    half = gold.load_set("seen", path)
    assert half.second[0].layers == half.reports[0].layers and half.disagreements is None
    assert gold.load_set("seen", folder()).name == "seen"


@pytest.mark.parametrize(
    "value, written",
    [(None, ""), (float("nan"), ""), (True, "true"), (5135.0, "5135"), (0.5, "0.5"), ("x", "x"), (7, "7")],
)
def test_cells(value, written):
    assert cell(value) == written


# --------------------------------------------------------------------------------------------------- the coding as gold


def test_every_coded_row_is_gold_or_left_out_with_a_reason(book):
    made = gold_of_coding(book.report, book.coding)
    tables = {
        "quantities": "figures",
        "dates": "dates",
        "actors": "mentions",
        "statements": "statements",
        "events": "events",
        "reactions": "reactions",
    }
    for layer, table in tables.items():
        kept = [row["id"] for row in made.layers[layer]]
        left = [row["id"] for row in made.left_out if row["layer"] == layer]
        assert sorted(kept + left) == sorted(getattr(book.coding, table)["id"]), layer
    assert all(row["why"] for row in made.left_out)


def test_the_coding_takes_the_form_of_the_conventions(book):
    made = gold_of_coding(book.report, book.coding)
    rows = {row["id"]: row for layer in made.layers.values() for row in layer}
    assert (rows["F11"]["value"], rows["F11"]["value_min"], rows["F11"]["vague"]) == ("", "1000", "true")
    assert (rows["F13"]["value"], rows["F13"]["value_max"], rows["F13"]["approx"]) == ("1", "", "true")
    assert (rows["D09"]["value"], rows["D09"]["offset"], rows["D03"]["value"]) == ("", "P2D", "1992")
    assert (rows["M090"]["type"], rows["M100"]["type"], rows["M114"]["type"]) == ("ORG", "GPE", "GPE")
    assert rows["V15"]["speaker"] == "توكاييف" and rows["V13"]["speaker"] == ""
    assert (rows["E12"]["status"], rows["E53"]["status"], rows["E01"]["actor"]) == (
        "asserted",
        "denied",
        "رئيس كازاخستان",
    )
    assert {"D13", "D02", "V02", "M001", "M018"} <= {row["id"] for row in made.left_out}
    assert [row["id"] for row in made.open["dates"]] == ["D02", "D08", "D10"]


# ---------------------------------------------------------------------------------------------------------- agreement

QUANTITY = {"value": "", "value_max": "", "value_min": ""}
DATE = {"value": "", "offset": ""}
SAME = [
    ("quantities", QUANTITY | {"value": 5.0}, QUANTITY | {"value": "5"}),
    ("quantities", QUANTITY | {"value": 2 / 3}, QUANTITY | {"value": "0.667"}),
    ("quantities", QUANTITY | {"value": None, "value_max": None, "value_min": 100}, QUANTITY | {"value_min": "100"}),
    ("dates", DATE | {"value": "1992~"}, DATE | {"value": "1992"}),
    ("dates", {"value": None, "offset": "P1W"}, DATE | {"offset": "P7D"}),
    ("dates", DATE | {"offset": "P12M"}, DATE | {"offset": "P1Y"}),
    ("actors", {"type": "PER"}, {"type": "PER"}),
    ("statements", {"verb_start": 7}, {"start": 7}),
]
DIFFERENT = [
    ("quantities", QUANTITY | {"value": 5}, QUANTITY | {"value": "6"}),
    ("quantities", QUANTITY | {"value": 10}, QUANTITY | {"value": "10", "value_max": "15"}),
    ("quantities", QUANTITY | {"value": 100}, QUANTITY | {"value_min": "100"}),
    ("dates", DATE | {"value": "2022-01-09"}, DATE | {"value": "2022-01"}),
    ("dates", DATE | {"value": "2022-01-09"}, DATE | {"offset": "P2D"}),
    ("dates", DATE | {"offset": "P1M"}, DATE | {"offset": "PT1M"}),
    ("events", {"class": "killing"}, {"class": "violence"}),
    ("statements", {"verb_start": 8}, {"start": 7}),
    ("reactions", {"kind": "statement"}, {"kind": "meeting"}),
]


@pytest.mark.parametrize("layer, found, expected", SAME)
def test_rows_that_are_the_same(layer, found, expected):
    assert AGREE[layer](found, expected)


@pytest.mark.parametrize("layer, found, expected", DIFFERENT)
def test_rows_that_are_not(layer, found, expected):
    assert not AGREE[layer](found, expected)


WITHIN = [
    ("2022-01-09", "2022-01-09", True),
    ("2022-03-18", "2022-03", True),
    ("2022-03-18", "2022", True),
    ("2022-01-05", "2022-01-03/2022-01-09", True),
    ("2022-02-01", "2022-01-02/..", True),
    ("2021-01-01", "../2022", True),
    ("2022-01-11", "2022-01-01/2022-01-10", False),
    ("2022-01-09", "2023", False),
    ("2022-01-09", "", False),
    ("2022-12-31", "2020/2022", True),
]


@pytest.mark.parametrize("day, meant, expected", WITHIN)
def test_a_day_lies_in_the_time_that_is_meant(day, meant, expected):
    assert scoring.within({"value": day}, {"value": meant}) is expected


WORDINGS = [
    ("وزارة الصحة", "وزارة الصحة العراقية", True, True),
    ("«واس»", "واس", True, True),
    ("مسئول", "مسؤول", True, True),
    ("", "", True, True),
    ("الوزير", "", False, False),
    ("ستة أشخاص", "ستة من الأشخاص", False, True),
    ("في بغداد", "في دمشق", False, False),
    ("متظاهرين", "المتظاهرين", True, True),
]


@pytest.mark.parametrize("found, expected, loosely, overlap", WORDINGS)
def test_wordings(found, expected, loosely, overlap):
    assert (scoring.loosely(found, expected), scoring.overlap(found, expected)) == (loosely, overlap)


def test_a_row_is_matched_once():
    one, two = {"start": 0, "end": 5, "type": "PER"}, {"start": 6, "end": 9, "type": "PER"}
    wide = {"start": 0, "end": 9, "type": "PER"}
    assert match("actors", [wide, one], [one, two]) == ([(wide, one)], [one], [two])
    assert match("actors", [one], [two]) == ([], [one], [two])
    assert match("actors", [one | {"type": "ORG"}], [one]) == ([], [one | {"type": "ORG"}], [one])


def test_a_statement_is_matched_by_its_cue_not_by_what_is_said():
    said = {"start": 0, "end": 60, "verb_start": 0, "verb": "قال"}
    assert match("statements", [said], [{"start": 0, "end": 3}])[0]
    assert not match("statements", [said], [{"start": 20, "end": 24}], lambda found, gold: True)[0]


# ------------------------------------------------------------------------------------------------------------- scores


def test_scores():
    whole = add([Score(3, 4, 5), Score(1, 1, 3)])
    assert (whole, whole.precision, whole.recall, round(whole.f1, 3)) == (Score(4, 5, 8), 0.8, 0.5, 0.615)
    assert (Score(0, 0, 0).f1, Score(0, 0, 3).precision, Score(0, 3, 0).recall) == (0, 0, 0)


@pytest.mark.parametrize(
    "part, whole, low, high",
    [(8, 10, 0.490, 0.943), (0, 10, 0, 0.278), (10, 10, 0.722, 1), (50, 100, 0.404, 0.596), (0, 0, 0, 1)],
)
def test_wilson(part, whole, low, high):
    assert wilson(part, whole) == (pytest.approx(low, abs=0.001), pytest.approx(high, abs=0.001))


def test_what_the_chapter_says_of_the_intervals_is_what_they_are(book):
    assert validation.VALUES["level"](book) == 95 and scoring.Z == pytest.approx(1.96, abs=1e-4)
    assert validation.VALUES["draws"](book) == 2000 and validation.VALUES["sets"](book) == len(validation.book_run(book).sets)
    assert wilson(5, 10, z=1) != wilson(5, 10) == wilson(5, 10, z=scoring.Z)


def test_the_bootstrap_is_the_same_each_time_and_holds_the_score():
    scores = [Score(n, 10, 10) for n in range(11)]
    low, high = bootstrap(scores)
    assert (low, high) == bootstrap(scores) and 0 < low < add(scores).f1 < high < 1
    assert bootstrap([Score(2, 2, 2)] * 5) == (1, 1) and bootstrap([Score(0, 0, 0)] * 3) == (0, 0)


# -------------------------------------------------------------------------------------------------------------- a run


def found(text: str, layer_row: dict) -> dict:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text, **layer_row}


@pytest.fixture
def tiny(folder, monkeypatch) -> Run:
    """A run in which the reader takes the killing for violence, misses the arrest and an actor, invents a protest."""
    report = load_gold(folder())[0]
    report = dataclasses.replace(report, open={"dates": [found("اعتقال", {"quote": "اعتقال"})]})
    event = {"status": "asserted", "actor": "", "target": "جنود", "date": ""}
    read = {
        "quantities": [
            found(
                "خمسة جنود",
                {
                    "value": "5",
                    "value_max": "",
                    "value_min": "",
                    "unit": "soldier",
                    "approx": "true",
                    "attributed_to": "",
                },
            )
        ],
        "dates": [
            found("الأحد", {"value": "2022-01-09", "offset": ""}),
            found("اعتقال", {"value": "2022", "offset": ""}),
        ],
        "actors": [found("بغداد", {"type": "GPE", "actor": "بغداد"})],
        "statements": [
            found("قال", {"verb": "قال", "verb_start": TEXT.index("قال"), "speaker": "«الوزير»", "kind": "direct"})
        ],
        "events": [found("قتلوا", {"class": "violence", **event}), found("الوزارة", {"class": "protest", **event})],
        "reactions": [],
    }
    monkeypatch.setattr(comparison, "read", lambda gold: read)
    return evaluate([GoldSet("seen", [report], [report])])


def test_a_run_counts_what_is_right_missed_extra_and_taken_otherwise(tiny):
    counts = {layer: validation.score(tiny.of("seen", layer)) for layer in LAYERS}
    assert (
        counts["quantities"] == Score(1, 1, 2)
        and counts["actors"] == Score(1, 1, 2)
        and counts["events"] == Score(0, 2, 2)
    )
    assert [o.fault for o in tiny.of("seen", "events")] == ["other", "extra", "missed"]
    assert [o.sentence for o in tiny.of("seen", "events")] == ["s01", "s02", "s02"]


def test_what_the_conventions_leave_open_is_neither_right_nor_wrong(tiny):
    assert validation.score(tiny.of("seen", "dates")) == Score(1, 1, 1)


def test_the_second_reading_and_the_baselines_are_scored_in_the_same_run(tiny):
    table = validation.scores(tiny).set_index(["layer", "reader"])
    assert table.loc[("events", SECOND), "f1"] == 1
    assert {("dates", "dateparser"), ("quantities", "plain regex")} <= set(table.index)
    assert table.loc[("quantities", "plain regex"), ["right", "found", "gold"]].tolist() == [1, 1, 2]


def test_scores_are_shown_with_their_intervals(tiny):
    shown = validation.shown_scores(tiny, "seen", [READER]).set_index("layer")
    assert shown["recall"]["quantities"].replace("\u2060", "") == "0.50 (0.09–0.91)"
    assert "set" not in shown and validation.shown_scores(tiny)["set"].unique().tolist() == ["open half"]


def test_details_compare_matched_rows_only(tiny):
    table = validation.details(tiny).set_index(["layer", "compared"])["open half"]
    assert table["quantities", "approximate"] == "0 of 1 (0 %)" and table["quantities", "unit"] == "1 of 1 (100 %)"
    assert table["statements", "speaker"] == "1 of 1 (100 %)" and table["events", "status"] == "0 of 0"
    assert {layer for layer, _ in table.index} == set(DETAILS) == set(LAYERS)


def test_confusion_has_what_was_missed_and_what_was_too_many(tiny):
    table = faults.confusion(tiny, "events", "seen").set_index("gold")
    assert list(table.columns) == ["missed", "protest", "violence", "killing", "arrest"]
    assert (
        table.loc["killing", "violence"]
        == table.loc["arrest", "missed"]
        == table.loc["not in the gold", "protest"]
        == 1
    )
    assert table.sum().sum() == 3


def test_faults_stand_in_the_order_of_the_text_with_their_sentence(tiny):
    table = faults.faults(tiny, "seen")
    assert table["quote"].tolist() == ["قتلوا", "12 شخصاً", "KNB", "أعلنت", "الوزارة", "اعتقال"]
    assert table["fault"].tolist() == ["other", "missed", "missed", "missed", "extra", "missed"]
    assert (table["expected"][0], table["found"][0]) == ("killing: \u2068قتلوا\u2069", "violence: \u2068قتلوا\u2069")
    assert table["text"].tolist() == [TEXT.split("\n")[0]] + [TEXT.split("\n")[1]] * 5


def test_a_sentence_is_shown_once_above_its_faults(tiny):
    page = BeautifulSoup(faults.listed(faults.faults(tiny, "seen"), "Faults")._repr_html_(), "html.parser")
    heads = page.select("tbody th[scope=rowgroup]")
    assert [head.bdi.get_text() for head in heads] == TEXT.split("\n") and heads[0]["colspan"] == "3"
    assert [len(group.select("tr")) - 1 for group in page.select("tbody")] == [1, 5]
    assert page.select_one("tbody th").get_text().startswith("v01 s01")


def test_faults_on_the_report_lead_to_its_sentences(run):
    page = BeautifulSoup(
        faults.listed(faults.explained(run, gold.load_reasons()), "Faults")._repr_html_(), "html.parser"
    )
    assert all(re.fullmatch(r"report\.html#s\d\d", link["href"]) for link in page.select("a"))
    assert [cell.get_text() for cell in page.select("thead th")] == ["layer", "expected", "found", "why"]


def test_the_reader_gives_cells_of_each_layer(book):
    gold_report = gold_of_coding(book.report, book.coding)
    found_rows = read(gold_report)
    assert set(found_rows) == set(LAYERS)
    for rows in found_rows.values():
        for row in rows:
            assert 0 <= row["start"] < row["end"] <= len(book.report.text)
            assert all(isinstance(value, str) for name, value in row.items() if not name.endswith(("start", "end")))
    assert {row["class"] for row in found_rows["events"]} <= set(faults.kinds("events"))


# ---------------------------------------------------------------------------------------------------------- baselines

NUMBERS = [
    ("12 شخصاً", [12]),
    ("5,135", [5135]),
    ("2.900", [2900]),
    ("2,5", [2.5]),
    ("21.9%", [21.9]),
    ("١٢٣", [123]),
    ("مئة", []),
    ("1.234.567", [1234567]),
]


@pytest.mark.parametrize("text, values", NUMBERS)
def test_a_plain_regex_reads_digits(text, values):
    assert [row["value"] for row in baselines.numbers(Report(f"قال {text}."))] == values


def dated(text: str, day: str) -> Report:
    return Report(text, {"published": datetime.date.fromisoformat(day)})


def test_dateparser_is_told_the_day_and_its_words_are_placed():
    report = dated("انتهى أمس وبدأ أمس في 6 يناير.", "2022-01-09")
    rows = list(baselines.dates(report))
    assert all(report.text[row["start"] : row["end"]] == row["text"] for row in rows)
    assert [row["value"] for row in rows if row["text"] == "أمس"] == ["2022-01-08", "2022-01-08"]
    assert len({row["start"] for row in rows}) == len(rows)


def test_dateparser_needs_a_day():
    with pytest.raises(ValueError, match="no day of publication"):
        list(baselines.dates(Report("أمس")))


class Tagger:
    def predict_sentence(self, sentence: list[str]) -> list[str]:
        return ["B-LOC" if word == "بغداد" else "O" for word in sentence]


def test_a_model_of_names_is_placed_in_the_report():
    [row] = baselines.names(Report(TEXT), Tagger())
    assert (TEXT[row["start"] : row["end"]], row["type"]) == ("بغداد", "GPE")


def test_without_a_model_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(baselines.morphology, "find_ner_model", lambda: None)
    programs, note = baselines.usable()
    assert set(programs) == {"dateparser", "plain regex"} and "without an NER model" in note


def test_a_model_that_cannot_be_loaded_is_told_of(monkeypatch, tmp_path):
    def broken() -> None:
        raise baselines.morphology.MorphologyError("it needs torch")

    monkeypatch.setattr(baselines.morphology, "find_ner_model", lambda: tmp_path)
    monkeypatch.setattr(baselines.morphology, "load_ner", broken)
    assert baselines.usable()[1] == "The NER model of camel-tools was not used: it needs torch."


def test_a_model_that_is_there_is_used(monkeypatch, tmp_path):
    monkeypatch.setattr(baselines.morphology, "find_ner_model", lambda: tmp_path)
    monkeypatch.setattr(baselines.morphology, "load_ner", Tagger)
    programs, note = baselines.usable()
    assert not note and len(list(programs[baselines.NER](Report(TEXT)))) == 1


# ------------------------------------------------------------------------------------------------------ the book's own


def test_every_quantity_and_date_of_the_report_is_right(run):
    assert [o for layer in ("quantities", "dates") for o in run.of("report", layer) if not o.right] == []


def test_every_miss_on_the_report_has_its_reason(run):
    table = faults.explained(run, gold.load_reasons())
    lacking = table[(table["fault"] != "extra") & (table["reason"] == "")]
    assert lacking[["layer", "sentence", "quote"]].values.tolist() == []


def test_no_reason_is_left_of_a_fault_that_is_gone(run):
    keys = ["layer", "sentence", "quote"]
    there = set(map(tuple, faults.faults(run, "report")[keys].values))
    assert [row for row in map(tuple, gold.load_reasons()[keys].values) if row not in there] == []


def test_both_halves_are_read_twice(run):
    for name in ("seen", "unseen"):
        half = next(s for s in run.sets if s.name == name)
        assert len(half.reports) == len(half.second) == 10
        assert [g.id for g in half.reports] == [g.id for g in half.second]


def test_the_tables_of_the_chapter_are_whole(run):
    holdings = validation.holdings(run).set_index("set")
    table = validation.scores(run)
    mine = table[table["reader"] == READER]
    for set_ in run.sets:
        for layer in LAYERS:
            assert (
                mine[(mine["set"] == set_.name) & (mine["layer"] == layer)]["gold"].item()
                == holdings.loc[TITLES[set_.name], layer]
            )
    assert ((table["f1_low"] <= table["f1"]) & (table["f1"] <= table["f1_high"])).all()
    assert (validation.left_out(run)["rows"] > 0).all()
    for layer in faults.KIND:
        outcomes = run.of("unseen", layer)
        assert faults.confusion(run, layer, "unseen").drop(columns="gold").sum().sum() == len(outcomes)


def test_the_figure_says_what_it_shows(run):
    drawn = validation_figures.scores_figure(run)
    svg = drawn.to_svg()
    assert svg == validation_figures.scores_figure(run).to_svg()
    mine = validation.scores(run).query("set == 'unseen' and layer == 'events' and reader == @READER")["f1"].item()
    assert f"events {mine:.2f}" in description(svg) and "held-out half" in description(svg)


def test_the_reader_is_not_told_the_answers():
    folder = Path(validation.__file__).parent / "reading"
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(
            r"(from|import) qantar\.(gold|coded_gold|comparison|validation|faults|readings)\b"
            r"|import load_coding|['\"/]coding['\"/]",
            source,
        ), path
