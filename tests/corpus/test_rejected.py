"""What can't be read is listed with the reason, and stops nothing."""

import json

import pytest

from qantar.corpus import unit

from .conftest import SHORT, write_jsonl

GOOD = {"id": "good", "published": "2022-01-09", "text": SHORT}


@pytest.mark.parametrize(
    ("row", "reason", "message"),
    [
        ({"text": "", "published": "2022-01-09"}, "empty", "the text is empty"),
        ({"text": None}, "empty", "the text is empty"),
        ({"text": "No Arabic at all.", "published": "2022-01-09"}, "no Arabic", "there is no Arabic letter in it; Qantar reads Arabic reports"),
        ({"text": SHORT}, "no date", "nothing tells when it was published: no date given, none in the name, none in the opening"),
        ({"text": SHORT, "published": "yesterday"}, "no date", "published: 'yesterday' is not a day; write it as YYYY-MM-DD, such as 2022-01-09"),
        ({"text": SHORT, "published": "0001-01-01"}, "no date", "published: 0001-01-01 is not a day between 1800 and 2199"),
        ({"text": SHORT, "published": 20220109}, "no date", "published: 20220109 is not a day; write it as YYYY-MM-DD, such as 2022-01-09"),
        ({"body": SHORT}, "no text", "has no 'text'; it has body"),
        ({"text": 5}, "no text", "'text' is no text but '5'"),
        ({"text": "قال " * 500, "published": "2022-01-09"}, "too large", "has more than 1,000 characters, the most that is taken for a report (--max-characters)"),
        ({"text": "قال " * 50_000, "published": "2022-01-09"}, "too large", "has more than 1,000 characters, the most that is taken for a report (--max-characters)"),
        ({"text": "قال \ud800", "published": "2022-01-09"}, "encoding", "character 5 is half of one ('\\ud800')"),
        ('{"text": "قال', "broken", "the line is no JSON (column 10: Unterminated string)"),
        ("[1]", "broken", 'the line is no JSON object; a report is one, such as {"text": "...", "published": "2022-01-09"}'),
    ],
)
def test_each_reason(tmp_path, read, row, reason, message):
    row = json.dumps(row) if isinstance(row, dict) else row
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [GOOD, row, GOOD | {"id": "after"}]), max_characters=1000)
    [found] = corpus.rejected().to_dict("records")
    assert (found["source"], found["line"], found["reason"], found["message"]) == ("a.jsonl", 2, reason, message)
    assert corpus.dataset("reports").to_table().column("report").to_pylist() == ["good", "after"]
    assert (corpus.manifest["rejected"], corpus.manifest["rejected_by_reason"]) == (1, {reason: 1})


def test_texts_of_another_encoding_name_it_and_half_files_are_told(tmp_path, read):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "2022-01-01-a.txt").write_bytes(SHORT.encode("cp1256"))
    (folder / "2022-01-02-b.txt.gz").write_bytes(b"\x1f\x8b\x08\x00")
    (folder / "2022-01-03-c.txt").write_text(SHORT, encoding="utf-8")
    (folder / "2022-01-03-c.yml").write_text("sha256: 0", encoding="utf-8")
    (folder / "2022-01-04-d.txt").write_text(SHORT, encoding="utf-8")
    (folder / "2022-01-04-d.yml").write_text("a: [", encoding="utf-8")
    (folder / "e.csv.gz").write_bytes(b"\x1f\x8b\x08\x00")
    (folder / "f.parquet").write_bytes(b"PAR1")
    (folder / "2022-01-05-g.txt").write_text(SHORT, encoding="utf-8")
    corpus = read(folder)
    found = corpus.rejected().set_index("source")
    assert found.loc["2022-01-01-a.txt", "message"] == "byte 1 is not UTF-8; the file looks like Windows-1256: save it as UTF-8"
    assert found["reason"].to_dict() == {
        "2022-01-01-a.txt": "encoding", "2022-01-02-b.txt.gz": "unreadable", "2022-01-03-c.txt": "metadata", "2022-01-04-d.txt": "metadata",
        "e.csv.gz": "unreadable", "f.parquet": "unreadable",
    }  # fmt: skip
    assert not any("\n" in message for message in found["message"])
    assert corpus.manifest["reports"] == 1


def test_a_broken_row_of_csv_costs_that_row_alone(tmp_path, read):
    lines = ['id,published,text', f'a,2022-01-01,"{SHORT}"', 'b,2022-01-01,"قال" x', "c,2022-01-01", f'd,2022-01-01,"{SHORT}\nسطر"', "", f'e,2022-01-01,"{SHORT}', "f,2022-01-01,x", ""]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    corpus = read(tmp_path / "a.csv", reports_per_part=1)
    assert sorted(corpus.dataset("reports").to_table().column("report").to_pylist()) == ["a", "d"]
    found = corpus.rejected()[["line", "message"]].values.tolist()
    assert found == [
        [3, "starts a row that is not CSV and goes on to line 3 (',' expected after '\"')"],
        [4, "the row has 2 cells, the header 3 (text with commas needs double quotes)"],
        [8, "starts a row that is not CSV and goes on to line 9 (unexpected end of data)"],
    ]


def test_a_report_on_which_the_reader_fails_is_one_report(tmp_path, read, monkeypatch):
    real = unit.read_rows

    def failing(report, published):
        if "صحيفة" in report.text:
            raise LookupError("no\nsuch word")
        return real(report, published)

    monkeypatch.setattr(unit, "read_rows", failing)
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [GOOD, GOOD | {"id": "bad", "text": f"صحيفة {SHORT}"}]))
    [found] = corpus.rejected().to_dict("records")
    assert (found["report"], found["reason"]) == ("bad", "reader")
    assert found["message"] == "the reader failed (LookupError: no such word); please report it"
