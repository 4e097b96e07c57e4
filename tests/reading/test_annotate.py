"""The machine reading as a coding: sound tables for any report, on which every analysis runs, and what a row says.

The reader's own finds are tested layer by layer; here it is what the tables make of them: who is one actor, who speaks and
who is only named in a title, what a number is a measure of.
"""

import datetime
import importlib
import inspect
import subprocess
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import qantar
from qantar import agreement, dictionary, load_coding, load_report, validation
from qantar.annotations import LAYERS, Annotations
from qantar.paths import data_folder
from qantar.reading.annotate import read, save, uncovered
from qantar.references import check_references
from qantar.report import Report, ReportError
from qantar.schema import frame_schema, make_table

DAY = datetime.date(2022, 1, 9)
SEEN = validation.load_gold(data_folder() / "validation" / "seen")
BARE = {
    "one word": "خبر",
    "a heading alone": "مقتل 164 شخصاً في الاحتجاجات",
    "no figure": "قالت روسيا إن الوضع مستقر.",
    "nothing but a number": "164.",
    "three digits of sentences": "قالت روسيا إن الوضع مستقر. " * 120,
    "a sentence without an end": "قالت روسيا إن الوضع مستقر " * 300,
}


def machine(text: str, country: str | None = None) -> Annotations:
    return read(Report(text), DAY, country)


def rows(table: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    """Some columns of a table, missing cells as None."""
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in table[list(columns)].itertuples(index=False)]


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[Report, Annotations]]:
    """The book's report and the open half of the validation set with their machine readings."""
    reports = {"report": (load_report(), None)} | {gold.id: (gold.report, gold.country) for gold in SEEN}
    return {name: (report, read(report, country=country)) for name, (report, country) in reports.items()}


# ------------------------------------------------------------------------------------------------ sound tables


def assert_sound(report: Report, coding: Annotations, folder: Path) -> None:
    for name, table in coding.tables().items():
        frame_schema(name).validate(table)
        assert [report.text[row.start : row.end] for row in table.itertuples()] == table["quote"].tolist()
    assert check_references(coding.tables()) == []
    save(report, coding, folder)
    again = load_coding(report, folder)
    for name in LAYERS:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(coding, name))


@pytest.mark.parametrize("name", ["report", *(gold.id for gold in SEEN)])
def test_tables_pass_every_check_and_come_back_from_their_files(readings, name, tmp_path):
    assert_sound(*readings[name], tmp_path)


@pytest.mark.parametrize("name", BARE)
def test_so_do_those_of_a_report_with_next_to_nothing_in_it(name, tmp_path):
    report = Report(BARE[name])
    assert_sound(report, read(report, DAY), tmp_path)


def test_columns_and_types_are_those_of_the_hand_coding(book, readings):
    hand = {name: table.dtypes.to_dict() for name, table in book.coding.tables().items()}
    for _, coding in [*readings.values(), (None, machine("خبر"))]:
        assert {name: table.dtypes.to_dict() for name, table in coding.tables().items()} == hand


def test_rows_are_numbered_in_the_order_of_the_text(readings):
    for _, coding in readings.values():
        for name, table in coding.tables().items():
            if name != "actors":
                assert table["id"].is_monotonic_increasing and table["start"].is_monotonic_increasing
    first = {name: table["id"].iloc[0] for name, table in readings["report"][1].tables().items() if name != "actors"}
    assert first == {
        "mentions": "M001", "events": "E01", "figures": "F01", "dates": "D01", "statements": "V01", "reactions": "R01", "relations": "L01",
    }  # fmt: skip


def test_the_same_report_gives_the_same_tables():
    one, two = (machine(load_report().text) for _ in range(2))
    for name in LAYERS:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def test_sentences_in_which_nothing_is_found_are_listed():
    report = Report("خبر عاجل.\nقالت روسيا إن الوضع مستقر.")
    assert uncovered(report, read(report, DAY))["sentence"].tolist() == ["s01"]


# ---------------------------------------------------------------------------------------------------- analyses

ANALYSES = (
    "events", "actors", "figures", "reactions", "voices", "network", "chronology", "coverage", "overview", "event_figures",
    "voice_figures", "reaction_figures",
)  # fmt: skip
# What is told of this report alone: steps of the mission by the numbers of their rows in the hand coding, the topics of the
# later record, and its ladders of figures for a number that another report does not have.
OF_THIS_CODING = {"mission", "mission_table", "mission_figure", "stay"}
OF_THIS_REPORT = {"killed_figure", "detained_figure", "damages_figure"}


def analyses() -> list[tuple[str, str]]:
    """Every function of an analysis that takes a coding, and beside it at most the report and the record."""
    found = []
    for name in ANALYSES:
        module = importlib.import_module(f"qantar.{name}")
        for key, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__ and not key.startswith("_")
            needs = {k for k, p in inspect.signature(function).parameters.items() if p.default is p.empty} if own else set()
            if "coding" in needs and needs <= {"coding", "report", "record"}:
                found.append((name, key))
    return found


@pytest.mark.parametrize(("module", "name"), analyses())
def test_every_analysis_runs_on_a_machine_reading(book, readings, module, name):
    function = getattr(importlib.import_module(f"qantar.{module}"), name)
    if name in OF_THIS_CODING:
        pytest.skip("tells rows of the hand coding by their numbers or topics")
    for key, (report, coding) in readings.items():
        given = {"coding": coding, "report": report, "record": book.record}
        if key == "report" or name not in OF_THIS_REPORT:
            function(**{k: given[k] for k in inspect.signature(function).parameters if k in given})
            plt.close("all")


def test_it_can_be_compared_with_the_hand_coding(book, readings):
    report, coding = readings["report"]
    table = agreement.layers(report, book.coding.tables(), coding.tables()).set_index("layer")
    assert (table.loc[["events", "figures", "dates", "statements"], "alpha on words"] > 0.6).all()
    assert not agreement.columns(book.coding.tables(), coding.tables()).empty
    assert len(dictionary.categories("events", "kind", coding.events)) > 0


# ------------------------------------------------------------------------------------------------------- actors

# A text, and its actors: slug, kind, fullest Arabic form.
ACTORS = [
    ("عادت القوات إلى روسيا.", [("russia", "state", "روسيا")]),
    ("وقع الانفجار في مدينة ألماتي.", [("almaty", "place", "ألماتي")]),
    ("قال أنتوني بلينكن إن الوضع مستقر. وأضاف بلينكن أن الوضع مستقر.", [("antony_blinkn", "person", "أنتوني بلينكن")]),
    ("قال الرئيس بلينكن إن الوضع مستقر. وأضاف أنتوني بلينكن أن الوضع مستقر.", [("antony_blinkn", "person", "أنتوني بلينكن")]),
    ("قالت السعودية إن الوضع مستقر. وعادت القوات إلى المملكة العربية السعودية.",
     [("saudi_arabia", "state", "المملكة العربية السعودية")]),
    ("قالت السلطات إن الوضع مستقر. وأضافت السلطات أن الوضع مستقر.", [("authorities", "group", "السلطات")]),
    ("مقتل 164 شخصاً\nأعلنت روسيا مقتل 164 شخصاً.", [("people_killed_164", "group", "164 شخصاً"), ("russia", "state", "روسيا")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ACTORS)
def test_an_actor_is_one_by_all_its_names(text, expected):
    assert rows(machine(text).actors, "id", "kind", "name_ar") == expected


def test_a_ministry_keeps_its_state_by_the_adjective():
    coding = machine("أعلنت وزارة الداخلية الكازاخية مقتل 164 شخصاً. وقالت وزارة الداخلية إن الوضع مستقر.")
    ministry = coding.actors.iloc[0]
    assert (ministry["name_ar"], ministry["affiliation"]) == ("وزارة الداخلية الكازاخية", "kazakhstan")
    assert rows(coding.mentions, "quote", "actor", "form") == [
        ("وزارة الداخلية الكازاخية", ministry["id"], "name"), ("الكازاخية", "kazakhstan", "adjective"),
        ("164 شخصاً", "people_killed_164", "description"), ("وزارة الداخلية", ministry["id"], "name"),
    ]  # fmt: skip


def test_names_say_whose_english_they_are():
    coding = machine("قال قاسم جومارت توكاييف إن روسيا أرسلت قوات إلى ألماتي.")
    notes = dict(rows(coding.actors, "name_en", "note"))
    assert notes["Qasim Jumart Tukayif"] == "Machine transliteration."
    assert notes["Russia"] == "English name from CLDR." and notes["Almaty"] == "English name from GeoNames."


def test_slugs_are_unique_where_names_are_spelt_alike():
    coding = machine("قال أحمد حسن إن الوضع مستقر. وقال أحمد حصن إن الوضع مستقر.")
    slugs = coding.actors["id"].tolist()
    assert len(slugs) == len(set(slugs)) == 2


# A sentence with one statement: the speaker's Arabic name, and how the words for it are a mention.
SPEAKERS = [
    ("قال وزير الداخلية المؤقت في كازاخستان، ييرلان تورغومباييف، إن الوضع مستقر.", "ييرلان تورغومباييف",
     [("وزير الداخلية المؤقت في كازاخستان", "title"), ("ييرلان تورغومباييف", "name")]),
    ("قال متحدث باسم أنتوني بلينكن إن الوضع مستقر.", "متحدث باسم أنتوني بلينكن", [("متحدث باسم أنتوني بلينكن", "title")]),
    ("قالت الناطقة باسم وزارة الخارجية الفرنسية كلير دوبريه إن الوضع مستقر.", "كلير دوبريه",
     [("الناطقة باسم وزارة الخارجية الفرنسية", "title"), ("كلير دوبريه", "name")]),
    ("قال مصدر طبي إن الوضع مستقر.", "مصدر طبي", [("مصدر طبي", "description")]),
    ("قال المحتجون إن الوضع مستقر.", "المحتجون", [("المحتجون", "description")]),
    ("قالت موسكو إن روسيا مستقرة.", "روسيا", [("موسكو", "metonym"), ("روسيا", "name")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "forms"), SPEAKERS)
def test_who_speaks_is_whom_the_phrase_is_about(text, name, forms):
    coding = machine(text)
    [speaker] = coding.statements["speaker"]
    assert coding.actors.set_index("id")["name_ar"][speaker] == name
    assert rows(coding.mentions[coding.mentions["actor"] == speaker], "quote", "form") == forms


def test_a_title_with_the_article_takes_up_who_was_told_of():
    coding = machine("قال وزير الداخلية ييرلان تورغومباييف إن الوضع مستقر. وقال الوزير إن الوضع مستقر.")
    assert coding.statements["speaker"].nunique() == 1
    assert rows(coding.mentions, "quote", "form")[-1] == ("الوزير", "title")


# -------------------------------------------------------------------------------------------- the other layers

# A sentence with one quantity: its value, upper end, unit, measure and precision.
FIGURES = [
    ("أعلنت روسيا مقتل 164 شخصاً.", (164, None, "person", "killed", "exact")),
    ("أعلنت روسيا توقيف 300 آخرين.", (300, None, "person", "detained", "exact")),
    ("أعلنت روسيا إصابة نحو 20 جندياً.", (20, None, "soldier", "injured", "approximate")),
    ("أعلنت روسيا مقتل ما لا يقل عن 20 جندياً.", (20, None, "soldier", "killed", "bounded")),
    ("أعلنت روسيا مقتل 20 على الأقل، وإصابة آخرين.", (20, None, "person", "killed", "bounded")),
    ("يستمر بقاء القوات أقل من 20 يوماً.", (20, 20, "day", "duration", "bounded")),
    ("مدة البقاء قد لا تزيد عن 20 يوماً.", (20, 20, "day", "duration", "bounded")),
    ("شارك في المسيرة بين 20 و30 جندياً.", (20, 30, "soldier", "soldier", "approximate")),
    ("سجلت البلاد خسائر بقيمة 212 مليون دولار.", (212_000_000, None, "USD", "damage", "exact")),
    ("شارك الآلاف في المسيرة.", (1000, None, "person", "person", "vague")),
    ("قال نور سلطان نزارباييف (81 عاماً) إن الوضع مستقر.", (81, None, "year", "age", "exact")),
    ("ارتفعت الأسعار 20 في المئة.", (20, None, "percent", "share", "exact")),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_what_a_quantity_says(text, expected):
    [row] = rows(machine(text).figures, "value", "value_max", "unit", "measures", "precision")
    assert row == expected


def test_a_quantity_is_credited_to_who_is_made_to_say_it():
    coding = machine('قُتل 5 جنود، بحسب مصدر طبي. "أوقفنا 300 شخص"، قال مصدر أمني.')
    names = coding.actors.set_index("id")["name_ar"]
    told = [(names[who], statement) for who, statement in rows(coding.figures, "attributed_to", "statement")]
    assert told == [("مصدر طبي", "V01"), ("مصدر أمني", "V02")]
    assert set(coding.figures["as_of"]) == {"2022-01-09"}


# A sentence with one event: voice, kind, PLOVER type, status and who acts and suffers, by slug.
EVENTS = [
    ("أقال أنتوني بلينكن روسيا.", ("active", "dismissal", None, "asserted", "antony_blinkn", "russia")),
    ("قُتل 5 جنود.", ("passive", "killing", "ASSAULT", "asserted", None, "soldiers_killed_5")),
    ("مقتل 5 جنود.", ("nominal", "killing", "ASSAULT", "asserted", None, "soldiers_killed_5")),
    ("قتل نحو 5 جنود.", ("passive", "killing", "ASSAULT", "asserted", None, "soldiers_killed_5")),
    ("قالت الصين إن 5 جنود قُتلوا.", ("passive", "killing", "ASSAULT", "claimed", None, None)),
]


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_what_an_event_says(text, expected):
    [row] = rows(machine(text).events, "voice", "kind", "plover", "status", "agent", "patient")
    assert row == expected


def test_what_stands_in_a_statement_names_it():
    coding = machine("قالت روسيا إن الاحتجاجات مستمرة.")
    assert rows(coding.events, "status", "statement") == [("claimed", "V01")]
    assert rows(coding.statements, "quote", "speaker", "cue", "mode") == [("قالت", "russia", "قال", "indirect")]


def test_words_that_mark_a_quotation_once_more_are_tied_to_it():
    coding = machine('أكد مصدر طبي، في بيان، أن "الوضع مستقر"، على حد قوله.')
    assert rows(coding.statements, "cue", "mode", "medium", "same_as") == [
        ("أكد", "direct", "statement", None), ("على حد قوله", "direct", "statement", "V01"),
    ]  # fmt: skip


def test_dates_say_what_they_are_counted_from():
    coding = machine("اندلعت الاحتجاجات في 2 يناير 2022. وعادت روسيا يوم الأحد. ووقع الهجوم بعد يومين.")
    assert rows(coding.dates, "value", "kind", "anchor", "note") == [
        ("2022-01-02", "calendar", None, None), ("2022-01-09", "weekday", "publication", None),
        (None, "relative", None, "P2D from an event."),
    ]  # fmt: skip


def test_a_reaction_is_that_of_the_state():
    coding = machine("أدانت موسكو الهجوم في كازاخستان. وأدانت روسيا الهجوم في كازاخستان.", "KZ")
    assert rows(coding.reactions, "actor", "addressee", "kind", "stance", "statement") == [
        ("russia", "kazakhstan", "statement", "condemns", "V01"), ("russia", "kazakhstan", "statement", "condemns", "V02"),
    ]  # fmt: skip


def test_relations_are_the_certain_ones():
    coding = machine("أقال رئيس كازاخستان، قاسم جومارت توكاييف، أنتوني بلينكن. وقال متحدث باسم توكاييف إن الوضع مستقر.")
    assert rows(coding.relations, "subject", "predicate", "object")[0] == ("qasim_jumart_tukayif", "heads", "kazakhstan")
    assert rows(coding.relations, "predicate", "object")[-1] == ("speaks_for", "qasim_jumart_tukayif")


# ------------------------------------------------------------------------------------------------ how it is called


def test_it_is_called_by_its_short_names_and_loads_tables_only_when_called():
    from qantar import reading

    assert qantar.read is reading.read is read
    code = "import sys, qantar.reading; qantar.reading.read; print([m for m in ('pandas', 'camel_tools', 'babel') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_day_of_publication_comes_from_the_metadata_or_the_call():
    text = "عادت روسيا أمس."
    known = Report(text, {"published": DAY})
    assert [read(*call).dates["value"].item() for call in ((known,), (known, "2022-02-01"), (Report(text), DAY))] == [
        "2022-01-08", "2022-01-31", "2022-01-08",
    ]  # fmt: skip


@pytest.mark.parametrize(("published", "message"), [
    (None, "the report has no day of publication; give it as published='2022-01-09'"),
    ("9 January", "published: '9 January' is not a day; write it as YYYY-MM-DD, such as 2022-01-09"),
    ("0001-01-01", "published: 0001-01-01 is not a day between 1800 and 2199"),
])  # fmt: skip
def test_without_a_day_it_says_so_in_a_line(published, message):
    with pytest.raises(ReportError) as error:
        read(Report("خبر"), published)
    assert str(error.value) == message


def test_an_empty_table_has_its_columns():
    coding = machine("خبر")
    assert {name: len(table) for name, table in coding.tables().items()} == dict.fromkeys(LAYERS, 0)
    assert coding.events.drop(columns=["start", "end"]).dtypes.to_dict() == make_table("events").dtypes.to_dict()
