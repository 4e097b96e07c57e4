"""The data dictionary says what the description says, of the tables as they are, and the data chapter links them all."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from qantar import dictionary, load_coding, load_record, load_report
from qantar.paths import data_folder
from qantar.schema import make_table, package

CHAPTERS = Path(__file__).resolve().parents[1] / "chapters"
CODING = load_coding(load_report())


def table(title: str) -> pd.Series:
    found = dictionary.tables()
    return found[found["table"] == title].iloc[0]


def test_a_table_has_its_rows_and_columns():
    with open(data_folder() / "coding" / "figures.csv", encoding="utf-8") as stream:
        header, *rows = csv.reader(stream)
    assert (table("Figures")["rows"], table("Figures")["columns"]) == (len(rows), len(header))


def test_what_is_described_but_not_there_is_left_out():
    there = {r["path"] for r in package()["resources"] if (data_folder() / r["path"]).exists()}
    assert set(dictionary.files()) == there
    assert set(dictionary.tables()["file"]) == {path for path in there if path.endswith(".csv")}


def test_columns_are_those_of_the_description():
    found = dictionary.columns("dates").set_index("column")
    assert list(found.index) == ["id", "sentence", "quote", "occurrence", "value", "kind", "anchor", "note"]
    assert found["meaning"]["kind"].startswith("Calendar date, weekday")
    assert (found["needed"]["kind"], found["needed"]["note"]) == ("yes", "")


WRITTEN = [
    ("dates", "kind", "calendar, weekday, relative or duration"),
    ("dates", "id", "as D03"),
    ("dates", "value", "date (EDTF)"),
    ("dates", "anchor", "events.id, dates.id or “publication”"),
    ("events", "agent", "list of actors.id"),
    ("events", "summary_en", "string"),
    ("figures", "value", "number"),
    ("mentions", "occurrence", "integer"),
    ("claims", "single_source", "boolean"),
]


@pytest.mark.parametrize("name, column, expected", WRITTEN)
def test_how_a_cell_is_written(name, column, expected):
    assert dictionary.columns(name).set_index("column")["written as"][column] == expected


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError, match="weather"):
        dictionary.columns("weather")


def test_categories_are_all_listed_with_their_first_row():
    dates = make_table("dates", [{"id": "D07", "kind": "weekday"}, {"id": "D08", "kind": "duration"}, {"id": "D09", "kind": "weekday"}])
    found = dictionary.categories("dates", "kind", dates)
    assert found.values.tolist() == [["calendar", 0, ""], ["weekday", 2, "D07"], ["relative", 0, ""], ["duration", 1, "D08"]]


@pytest.mark.parametrize("name, column", [("events", "kind"), ("events", "status"), ("mentions", "form"), ("figures", "precision")])
def test_categories_of_the_coding_count_every_row(name, column):
    frame = getattr(CODING, name)
    assert dictionary.categories(name, column, frame)["rows"].sum() == len(frame)


def test_forms_of_dates_are_named_counted_and_read():
    dates = make_table("dates", [{"value": v} for v in ("2022-01-09", "2022-01-10", "1992~", "2022-01-02/..", "1992~/..", "P1W")])
    found = dictionary.date_forms({"dates": dates}).set_index("form")
    assert dict(found["rows"]) == {"day": 2, "about a day, a month or a year": 1, "from a time on, end open": 2, "duration": 1}
    assert found["reads"]["from a time on, end open"] == "from 2 January 2022"


def test_numbers_are_no_dates():
    assert dictionary.date_forms({"figures": make_table("figures", [{"value": 164, "as_of": "2022-01-09"}])})["rows"].sum() == 1


def test_a_date_of_an_unnamed_form_is_refused():
    with pytest.raises(ValueError, match="2022-21"):
        dictionary.date_forms({"timeline": make_table("timeline", [{"date": "2022-21"}])})


def test_every_date_of_the_book_has_a_named_form():
    record = load_record()
    found = dictionary.date_forms({**CODING.tables(), "claims": record.claims, "international": record.reactions, "timeline": record.timeline})
    assert found["rows"].sum() > 200


def test_the_data_chapter_offers_every_file():
    chapter = (CHAPTERS / "data.md").read_text(encoding="utf-8")
    missing = [path for path in dictionary.files() if f"<../data/{path}>`" not in chapter]
    assert not missing


def test_the_data_chapter_has_the_dictionary_of_every_table():
    chapter = (CHAPTERS / "data.md").read_text(encoding="utf-8")
    there = set(dictionary.tables()["file"])
    names = [r["name"] for r in package()["resources"] if r["path"] in there]
    assert [name for name in names if f'columns("{name}")' not in chapter] == []
