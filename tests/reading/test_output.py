"""What is written is what was found: keys as the design fixes them, and nothing that acts on a reader's machine."""

import csv
import datetime
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qantar.reading import LAYERS, Sentences, read_layers
from qantar.reading.display import shown, table_block
from qantar.reading.output import COLUMNS, csv_cells, csv_folder, csv_header, csv_writer, row_of, rows_of, write_json
from qantar.reading.rows import Actor, Date, Event, Quantity, Reaction, Statement
from qantar.report import Report, Sentence

DAY = datetime.date(2022, 1, 9)
TEXT = (
    "قالت وزارة الداخلية الكازاخية في 6 يناير/كانون الثاني إن نحو 5 آلاف و135 شخصاً اعتُقلوا.\n"
    "وأعربت فرنسا عن قلقها بعد مقتل العشرات. وبعد ذلك بيومين أقال الرئيس قاسم جومارت توكاييف ما بين 3 و5 وزراء.\n"
)
ROWS = {
    "quantities": Quantity(0, 2, "5", 5, 7, None, "person", True, False, "وزارة"),
    "dates": Date(0, 2, "5", None, "relative", "P2D", "ذلك"),
    "actors": Actor(0, 2, "5", "ORG", "وزارة", "KZ"),
    "statements": Statement(0, 2, "5", None, "قال", 0, "direct", "say"),
    "events": Event(0, 2, "5", "أقال", "رئيس", None, "2022-01-09", "dismissal", "asserted"),
    "reactions": Reaction(0, 2, "5", "فرنسا", "KZ", "statement", "concerned"),
}
# As the design has them; other programs read them.
KEYS = {
    "quantities": "start end text value value_max value_min unit approx vague attributed_to",
    "dates": "start end text value kind offset anchor",
    "actors": "start end text type actor",
    "statements": "start end text speaker verb verb_start kind",
    "events": "start end text predicate actor target date class status",
    "reactions": "start end text actor addressee kind stance",
}


@pytest.fixture(scope="module")
def read() -> list[Sentences]:
    return list(read_layers(Report(TEXT), DAY, "KZ"))


@pytest.mark.parametrize("layer", LAYERS)
def test_keys_are_fixed(layer):
    row = row_of(layer, ROWS[layer])
    assert list(row) == KEYS[layer].split()
    assert list(COLUMNS) == list(LAYERS)
    if layer == "events":
        assert row["class"] == "dismissal"


@pytest.mark.parametrize("one_line", [True, False])
def test_json_is_one_object_with_every_row(read, one_line):
    out = io.StringIO()
    write_json(out, {"report": {"characters": 3}, "reader": {}}, read, LAYERS, one_line)
    found = json.loads(out.getvalue())
    assert list(found) == ["report", "reader", *LAYERS]
    assert [(layer, row) for layer in LAYERS for row in found[layer]] == sorted(
        rows_of(read, LAYERS), key=lambda r: LAYERS.index(r[0])
    )
    assert all(found[layer] for layer in LAYERS), "the text is meant to have a row of each layer"
    assert "قالت" in out.getvalue()
    assert out.getvalue().endswith("}\n") and (out.getvalue().count("\n") == 1) is one_line


@pytest.mark.parametrize("one_line", [True, False])
def test_json_of_nothing(one_line):
    out = io.StringIO()
    write_json(out, {"report": {}}, [], ["dates"], one_line)
    assert json.loads(out.getvalue()) == {"report": {}, "dates": []}


def test_json_is_written_when_all_is_read(read):
    def breaks():
        yield read[0]
        raise ValueError

    out = io.StringIO()
    with pytest.raises(ValueError):
        write_json(out, {}, breaks(), LAYERS)
    assert not out.getvalue()


def test_csv_is_read_back(read, tmp_path):
    with csv_folder(tmp_path / "new" / "folder", LAYERS) as writers:
        for layer, row in rows_of(read, LAYERS):
            writers[layer].writerow(csv_cells(row))
    for layer in LAYERS:
        with (tmp_path / "new" / "folder" / f"{layer}.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        rows = [row for name, row in rows_of(read, LAYERS) if name == layer]
        plain = [
            {k: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for k, v in row.items()}
            for row in rows
        ]
        assert table == plain
    assert (tmp_path / "new/folder/events.csv").read_bytes().count(b"\r") == 0


def test_csv_folder_stays_as_it_was_when_reading_fails(tmp_path):
    (tmp_path / "dates.csv").write_text("before")
    with pytest.raises(ValueError), csv_folder(tmp_path, ["dates", "events"]) as writers:
        writers["dates"].writerow([1])
        raise ValueError
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"dates.csv": "before"}


def test_csv_with_paths():
    row = row_of("dates", ROWS["dates"])
    assert csv_header("dates", with_path=True)[:2] == ["path", "start"]
    assert csv_cells(row, "a.txt")[:2] == ["a.txt", 0]
    # The same file by a name that no spreadsheet computes.
    assert [csv_cells(row, path)[0] for path in ("=1+1.txt", "-x", "@a", "+b")] == [
        "./=1+1.txt",
        "./-x",
        "./@a",
        "./+b",
    ]


HOSTILE = st.lists(
    st.sampled_from(
        [*TEXT.split(), *(f'منظمة "{formula}"' for formula in ("=1+1", "@SUM(1)", "+ قال", "-", "\tقال"))]
        + ["=cmd|' /C calc'!A0", "@SUM(1)", "=1+1", "-5", "+7", "-", "+", "=", "@", "\t", "\u202e", "\ufeff"]
        + [*'"«»(),.،', "حزب", "وزارة", "الرئيس", "بحسب", "اليوم السابق"]
    ),
    max_size=40,
)


@settings(deadline=None)
@given(HOSTILE, st.sampled_from(["", " "]))
def test_no_cell_is_a_formula(words, gap):
    """So none needs a mark before it that would falsify the quotation (see the module)."""
    for _, row in rows_of(read_layers(Report(gap.join(words)), DAY, "KZ"), LAYERS):
        for column, cell in row.items():
            if column == "offset" or not isinstance(cell, str):
                continue  # -P1D is the reader's own
            if cell.startswith(("=", "+", "-", "@", "\t", "\r")):
                # A signed number with its noun; what follows can't be an expression.
                assert cell[1:].lstrip("\ufeff\u202e")[0].isdigit() and not set(cell) & set("=|!'()@"), cell


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-2+3", "\tقال"])
def test_a_name_begins_with_a_letter_or_digit(name):
    for sentence in read_layers(
        Report(f'أعلنت منظمة "{name}" ومنظمة «{name}» الحداد. قالت حركة "{name}" إنها مستعدة.'), DAY
    ):
        assert all(actor.text[0].isalnum() and actor.actor[0].isalnum() for actor in sentence.actors)


# --------------------------------------------------------------------------------------------- to look at


def test_what_is_not_seen_is_shown():
    moving = "\x00\x07\x08\x1b\x7f\x85\x9b\xad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069"
    moving += "\ufeff\U000e0041\r\n\t"
    assert all(mark not in shown(moving) for mark in moving)
    assert shown("\x1b[2J\u202eا\n") == "\\x1b[2J\\u202eا\\n"
    # Letters, marks and the joiners of Persian stay.
    assert shown("می‌خواهم مُحَمَّد 5٪ «ك»") == "می‌خواهم مُحَمَّد 5٪ «ك»"


def test_a_block_holds_the_sentence_and_what_was_found(read):
    first, *lines = table_block(read[0], LAYERS).splitlines()
    assert first == f"s01  {read[0].sentence.text}"
    assert any(line.split()[:3] == ["quantity", "about", "5135"] for line in lines)
    assert any(line.split()[:2] == ["date", "2022-01-06"] for line in lines)
    assert len(lines) == sum(len(getattr(read[0], layer)) for layer in LAYERS)
    assert table_block(read[0], ["dates"], digits=3).startswith("s001  ")


@pytest.mark.parametrize("width", [1, 5, 20, 80])
def test_a_block_fits_the_terminal(read, width):
    text = table_block(read[0], [], width=width)
    assert " ".join(text.split()) == " ".join(f"s01  {read[0].sentence.text}".split())
    assert all(len(line) <= width or " " not in line.strip() for line in text.splitlines())


def test_no_control_reaches_the_terminal():
    text = "قال\x1b[2J الوزير\u202e إن\x07 5\u200f قتلى\x9b سقطوا في\tكازاخستان"
    for sentence in read_layers(Report(text), DAY):
        block = table_block(sentence, LAYERS, width=40)
        assert not {c for c in block if ord(c) < 32 and c != "\n" or 127 <= ord(c) < 160} | (
            set("\u202e\u200f") & set(block)
        )


def test_a_quantity_is_put_in_words():
    sentence = Sentence(0, 1, "ن", "s01", 1, "sentence")

    def value(**found) -> str:
        quantity = Quantity(**({"start": 0, "end": 1, "text": "ن", "value": None} | found))
        return " ".join(
            table_block(Sentences(sentence, [quantity], [], [], [], [], []), LAYERS).splitlines()[1].split()[1:-1]
        )

    assert value(value=5, unit="person") == "5 person"
    assert value(value=3, value_max=5, approx=True) == "about 3 to 5"
    assert value(value_min=1000, vague=True, unit="dead") == "at least 1000 dead"
    assert value(vague=True) == "some"


def test_writer_quotes_what_must_be():
    out = io.StringIO()
    csv_writer(out).writerow(['قال "نعم"', "ا,ب", None, 5])
    assert out.getvalue() == '"قال ""نعم""","ا,ب",,5\n'
