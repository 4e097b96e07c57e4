"""The tables' description, and what reading a table promises: sound tables come back typed, faulty ones named at their place."""

import csv
import json
from pathlib import Path

import pandas as pd
import pandera.pandas as pa
import pytest

from qantar import formats
from qantar.paths import data_folder
from qantar.references import check_references
from qantar.schema import DataError, field_names, frame_schema, make_table, package, read_table, resource, write_table

TABLES = [described["name"] for described in package()["resources"] if described.get("type") == "table"]
DATES = "id,sentence,quote,occurrence,value,kind,anchor,note"
GOOD_ROW = "D01,s01,الأحد,,2022-01-09,weekday,publication,"


@pytest.fixture
def table(tmp_path: Path):
    def write(*lines: str, header: str = DATES) -> Path:
        path = tmp_path / "dates.csv"
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def problems_of(path: Path, name: str = "dates") -> list[str]:
    """The faults of a file, without its folder."""
    with pytest.raises(DataError) as caught:
        read_table(path, name)
    assert str(caught.value) == "\n".join(map(str, caught.value.problems))
    return [str(problem).removeprefix(f"{path.parent}/") for problem in caught.value.problems]


# ------------------------------------------------------------------------------------------- the description


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_a_pandera_schema_and_accepts_no_rows(name):
    assert frame_schema(name).validate(make_table(name)).empty


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described_in_one_sentence(name):
    assert [f["name"] for f in resource(name)["schema"]["fields"] if not f["description"].endswith(".")] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_reference_leads_to_a_described_column(name):
    targets = [
        target.split(".") for f in resource(name)["schema"]["fields"] for target in f.get("qantar:references", [])
    ]
    assert [t for t, column in targets if t != "references" and column not in field_names(t)] == []


def csv_files() -> list[str]:
    return sorted(path.relative_to(data_folder()).as_posix() for path in data_folder().rglob("*.csv"))


READINGS = [path for path in csv_files() if path.rpartition("/")[0] in package()["qantar:readings"]]


ALIKE = package()["qantar:alike"]
NAMES = {r["path"]: r["name"] for r in package()["resources"]}


def described_as(path: str) -> str:
    """The path under which the description has a file: its own, or that of the one that it is alike."""
    folder, _, file = path.rpartition("/")
    return f"{ALIKE[folder]}/{file}" if folder in ALIKE else path


def test_every_csv_file_of_the_data_is_described():
    assert {described_as(path) for path in csv_files()} - set(READINGS) <= set(NAMES)


@pytest.mark.parametrize("path", [path for path in csv_files() if path.rpartition("/")[0] in ALIKE])
def test_what_is_alike_is_as_sound(path):
    name = NAMES[described_as(path)]
    assert list(read_table(data_folder() / path, name).columns) == field_names(name)


@pytest.mark.parametrize("path", READINGS)
def test_the_readings_have_the_columns_of_the_coding(path):
    with open(data_folder() / path, encoding="utf-8", newline="") as stream:
        assert next(csv.reader(stream)) == field_names(Path(path).stem)


@pytest.mark.parametrize("described", package()["resources"], ids=lambda r: r["name"])
def test_every_table_that_is_there_is_sound(described):
    path = data_folder() / described["path"]
    if described.get("type") != "table" or not path.exists():
        pytest.skip("not a table, or not there yet")
    assert list(read_table(path, described["name"]).columns) == field_names(described["name"])


def test_a_table_unknown_to_the_description_is_refused():
    with pytest.raises(KeyError, match="no table 'weather'"):
        resource("weather")


def test_the_data_folder_can_be_named(monkeypatch, tmp_path):
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": []}))
    monkeypatch.setenv("QANTAR_DATA", str(tmp_path))
    assert package() == {"resources": []}


def test_a_data_folder_without_description_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("QANTAR_DATA", str(tmp_path))
    with pytest.raises(FileNotFoundError, match="QANTAR_DATA"):
        data_folder()


# --------------------------------------------------------------------------------------------- sound tables


def test_types_and_line_numbers(table):
    frame = read_table(table(GOOD_ROW, 'D02,s01,"two\nlines",2,P1W,duration,,', "D03,s02,x,,,relative,E01,"), "dates")
    assert list(frame.index) == [2, 3, 5]
    assert frame.index.name == "line"
    assert frame["occurrence"].dtype == "Int64"
    assert frame["value"].dtype == "str"
    assert frame["note"].isna().all()


def test_columns_may_stand_in_any_order(table):
    frame = read_table(
        table(
            "weekday,D01,s01,الأحد,,2022-01-09,publication,",
            header="kind,id,sentence,quote,occurrence,value,anchor,note",
        ),
        "dates",
    )
    assert list(frame.columns) == DATES.split(",")


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "dates.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{DATES}\r\n{GOOD_ROW}\r\n".encode())
    assert read_table(path, "dates").loc[2, "id"] == "D01"


def test_writing_and_reading_again_gives_the_same_table(tmp_path):
    row = {
        "id": "F01",
        "sentence": "s09",
        "quote": '212 "مليون", دولار',
        "value": 212e6,
        "value_max": 0.5,
        "unit": "USD",
        "measures": "damage",
        "precision": "exact",
        "summary_en": "x",
    }
    frame = make_table("figures", [row])
    write_table(frame.assign(start=1), tmp_path / "figures.csv", "figures")
    again = read_table(tmp_path / "figures.csv", "figures")
    pd.testing.assert_frame_equal(frame, again)
    assert ",212000000,0.5," in (tmp_path / "figures.csv").read_text()


def test_the_schema_takes_frames_made_in_memory():
    with pytest.raises(pa.errors.SchemaErrors):
        frame_schema("dates").validate(
            make_table("dates", [{"id": "D01", "sentence": "s01", "kind": "weekday"}]), lazy=True
        )


# -------------------------------------------------------------------------------------------- faulty tables

FAULTY_ROWS = [
    (
        "D01,s01,x,,2022-01-09,weekdy,,",
        "dates.csv:2:kind: “weekdy” is not allowed here; use one of calendar, weekday, relative, duration",
    ),
    ("D1,s01,x,,2022-01-09,weekday,,", r"dates.csv:2:id: “D1” is not well formed; write it as D03 (pattern D\d{2,})"),
    (",s01,x,,2022-01-09,weekday,,", "dates.csv:2:id: is empty; it needs a value"),
    ("D01,s01,,,2022-01-09,weekday,,", "dates.csv:2:quote: is empty; it needs a value"),
    ("D01,s01, x,,2022-01-09,weekday,,", "dates.csv:2:quote: “ x” has white space at its edge; take it away"),
    (
        "D01,s01,x,one,2022-01-09,weekday,,",
        "dates.csv:2:occurrence: “one” is not a whole number; write digits only, such as 5135",
    ),
    ("D01,s01,x,0,2022-01-09,weekday,,", "dates.csv:2:occurrence: “0” is too small; the least is 1"),
    ("D01,s01,x,,9 January,weekday,,", "dates.csv:2:value: “9 January” is not well written; duration"),
    (
        "D01,s01,x,,2022-01-09,duration,,",
        "dates.csv:2:value: “2022-01-09” is not well written; duration (ISO 8601, such as P1W) where kind is duration",
    ),
    ("D01,s01,x,,P1W,relative,,", "dates.csv:2:value: “P1W” is not well written"),
    ("D01,s01,x,,2022-01-09,weekday", "dates.csv:2:kind: the row has 6 cells; the header has 8 columns"),
    ("D01,s01,x,,2022-01-09,weekday,,a,b", "dates.csv:2:note: the row has 9 cells; the header has 8 columns"),
    ("", "dates.csv:2:id: the line is empty; delete it"),
    ('D01,s01,"x,,2022-01-09,weekday,,', "dates.csv:2:id: starts a row that is not CSV"),
]


@pytest.mark.parametrize("row, expected", FAULTY_ROWS)
def test_a_faulty_row_is_named(table, row, expected):
    [problem] = problems_of(table(row))
    assert problem.startswith(expected)


def test_an_id_given_twice_is_named_where_it_comes_again(table):
    [problem] = problems_of(table(GOOD_ROW, GOOD_ROW))
    assert problem == "dates.csv:3:id: “D01” is given twice; id must be unique"


def test_a_composite_key_given_twice_is_named(tmp_path):
    path = tmp_path / "words.csv"
    path.write_text("sentence,n,form,lemma,pos,gloss_en\ns01,1,a,a,X,a\ns01,2,a,a,X,a\ns01,1,a,a,X,a\n")
    assert problems_of(path, "words") == ["words.csv:4:n: “1” is given twice; sentence and n must be unique"]


def test_all_faults_are_listed_at_once(table):
    assert len(problems_of(table("D1,x,,0,soon,never,,", "D01,s01,x,,2022-01-09,weekday,"))) == 7


FAULTY_FILES = [
    (b"", f"dates.csv:1:id: the file is empty; it needs at least the header {DATES}"),
    (
        f"{DATES}\nD01,الأحد".encode("cp1256"),
        "dates.csv:2:id: byte 57 of the file is not UTF-8; save the file as UTF-8",
    ),
    (
        DATES.replace("quote", "qoute").encode(),
        f"dates.csv:1:quote: the column is missing; the columns are {DATES}\ndates.csv:1:qoute: is not a column of this table; did you mean quote?",
    ),
    (DATES.replace(",note", "").encode(), f"dates.csv:1:note: the column is missing; the columns are {DATES}"),
    (f"{DATES},weather".encode(), "dates.csv:1:weather: is not a column of this table; delete it"),
    (f"{DATES},note".encode(), "dates.csv:1:note: the column stands twice; keep one"),
]


@pytest.mark.parametrize("content, expected", FAULTY_FILES)
def test_a_faulty_file_is_named(tmp_path, content, expected):
    path = tmp_path / "dates.csv"
    path.write_bytes(content)
    assert sorted(problems_of(path)) == sorted(expected.split("\n"))


def test_a_missing_file_is_named(tmp_path):
    assert problems_of(tmp_path / "dates.csv") == [
        f"dates.csv:1:id: there is no such file; it needs at least the header {DATES}"
    ]


@pytest.mark.parametrize("content", ["\n\nid\n", '"id,\nD01', "\0", ",,,\n1", "id\r\rD01"])
def test_a_broken_file_never_ends_in_another_error(tmp_path, content):
    path = tmp_path / "dates.csv"
    path.write_text(content, newline="")
    assert problems_of(path)


def test_a_missing_column_is_not_reported_as_empty_in_every_row(table):
    assert len(problems_of(table("D01,s01,,,weekday,,", header=DATES.replace(",quote", "")))) == 1


# --------------------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize(
    "date",
    [
        "2022-01-09",
        "2022-01",
        "2022",
        "2022-01~",
        "1992~",
        "2022-01-02/..",
        "../2022-01-05",
        "2022-01-02/2022-01-09",
        "2022-01-09/2022-01-09",
        "2022-01-XX",
        "199X",
    ],
)
def test_edtf_dates(date):
    assert formats.check_edtf(date) is None


@pytest.mark.parametrize(
    "date", ["9 January", "2022-1-9", "2022-13", "2022-02-31", "09.01.2022", "2022-01-09T", "P1W", "soon"]
)
def test_not_edtf_dates(date):
    assert "is not an EDTF date" in formats.check_edtf(date)


def test_an_interval_must_not_end_before_it_begins():
    assert "put the earlier date first" in formats.check_edtf("2022-01-09/2022-01-02")


@pytest.mark.parametrize("duration", ["P1W", "P30Y", "P2D", "PT12H", "P1Y2M3DT4H5M6S"])
def test_durations(duration):
    assert formats.check_duration(duration) is None


@pytest.mark.parametrize("duration", ["P", "PT", "1W", "P1", "P1WT", "a week", "P-1D"])
def test_not_durations(duration):
    assert "not an ISO 8601 duration" in formats.check_duration(duration)


@pytest.mark.parametrize(
    "cell, fault",
    [
        ("a;b", None),
        ("a", None),
        ("a; b", "clean list"),
        ("a;;b", "clean list"),
        (";", "clean list"),
        ("a;b;a", "twice"),
    ],
)
def test_lists(cell, fault):
    assert fault in formats.check_list(cell) if fault else formats.check_list(cell) is None


@pytest.mark.parametrize("cell, number", [("0", 0), ("5135", 5135), ("-1.5", -1.5), ("0.25", 0.25)])
def test_numbers(cell, number):
    assert formats.parse_number(cell) == number


@pytest.mark.parametrize(
    "cell, hint",
    [
        ("5,135", "write 5135"),
        ("1e6", "write digits"),
        ("٥", "write digits"),
        ("nan", "write digits"),
        ("007", "write digits"),
    ],
)
def test_not_numbers(cell, hint):
    with pytest.raises(ValueError, match=hint):
        formats.parse_number(cell)


# ------------------------------------------------------------------------------------------------ references


def test_references_that_resolve():
    actors = make_table("actors", [{"id": "russia"}, {"id": "china"}])
    relations = make_table("relations", [{"id": "L01", "subject": "russia;china", "object": "china"}])
    assert check_references({"actors": actors, "relations": relations}) == []


def test_references_that_lead_nowhere_are_named():
    actors = make_table("actors", [{"id": "russia"}])
    relations = make_table("relations", [{"id": "L01", "subject": "rusia;russia", "object": "moon"}])
    assert list(map(str, check_references({"actors": actors, "relations": relations}))) == [
        "coding/relations.csv:2:subject: “rusia” is not in actors.id; did you mean russia?",
        "coding/relations.csv:2:object: “moon” is not in actors.id; add the row or change the cell",
    ]


def test_references_into_a_table_that_is_not_given_are_not_checked():
    assert check_references({"relations": make_table("relations", [{"id": "L01", "subject": "moon"}])}) == []


def test_a_literal_is_as_good_as_a_reference():
    dates = make_table("dates", [{"id": "D01", "anchor": "publication"}, {"id": "D02", "anchor": "D01"}])
    assert check_references({"dates": dates, "events": make_table("events")}) == []


SAME_AS = [
    ("E01", "", "“E01” is the row itself; leave the cell empty in the first row"),
    ("E02", "E03", "“E02” points on to E03; point to the first row"),
]


@pytest.mark.parametrize("first, second, expected", SAME_AS)
def test_same_as_points_to_a_first_row(first, second, expected):
    rows = [{"id": "E01", "same_as": first}, {"id": "E02", "same_as": second or None}, {"id": "E03"}]
    assert str(check_references({"events": make_table("events", rows)})[0]).endswith(f":2:same_as: {expected}")


def test_the_csv_module_agrees_with_the_table(tmp_path):
    write_table(
        make_table("uncovered", [{"sentence": "s14", "reason": 'says "no", twice'}]), tmp_path / "u.csv", "uncovered"
    )
    with open(tmp_path / "u.csv", encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream))[1] == ["s14", 'says "no", twice']
