"""Every kind of source gives the same reports, whatever it is packed in and wherever it is cut."""

import bz2
import csv
import gzip
import io
import json
import lzma

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qantar.corpus import index, reader, records, sources
from qantar.corpus.job import Columns, Job, Options
from qantar.corpus.steps import _of_file
from qantar.report import ReportError

from .conftest import SHORT, contents, write_jsonl

ROWS = [
    {"id": f"r{n}", "published": f"2022-01-{n:02}", "outlet": "صحيفة", "text": f"{SHORT}\nسطر \"ثان\", {n}."} for n in range(1, 8)
]


def packed(name: str, content: bytes) -> bytes:
    packers = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": lambda raw: pa.compress(raw, "zstd", asbytes=True)}
    return next((pack(content) for ending, pack in packers.items() if name.endswith(ending)), content)


def written(kind: str, rows: list[dict]) -> bytes:
    out = io.StringIO()
    if kind == "jsonl":
        out.writelines(json.dumps(row) + "\n" for row in rows)
    else:
        writer = csv.DictWriter(out, list(rows[0]), delimiter="\t" if kind == "tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)
    return out.getvalue().encode()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.tsv", "a.jsonl.gz", "a.csv.bz2", "a.tsv.xz", "a.jsonl.zst", "a.parquet"])
def test_every_format_gives_the_same_rows(tmp_path, read, name):
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path, row_group_size=3)
    else:
        path.write_bytes(packed(name, written(name.split(".")[1], ROWS)))
    corpus = read(path, reports_per_part=2)
    found = corpus.dataset("reports").to_table().sort_by("report").to_pylist()
    assert [(row["report"], str(row["published"]), row["outlet"], row["dated_by"]) for row in found] == [
        (row["id"], row["published"], row["outlet"], "given") for row in ROWS
    ]
    assert [row["characters"] for row in found] == [len(row["text"]) for row in ROWS]
    assert corpus.dataset("figures").to_table().column("value").to_pylist().count(12) == len(ROWS)
    assert corpus.manifest["rejected"] == 0


def test_a_text_is_dated_by_what_stands_beside_it_by_its_name_or_by_itself(tmp_path, read):
    folder = tmp_path / "texts"
    (folder / "صحيفة").mkdir(parents=True)
    (folder / "a.txt").write_text(SHORT, encoding="utf-8")
    (folder / "a.yml").write_text("published: 2021-05-06\npublisher: Agency\n", encoding="utf-8")
    (folder / "صحيفة" / "2022-02-03-b.txt.gz").write_bytes(gzip.compress(SHORT.encode()))
    (folder / "c.txt").write_text(f"بيروت، 7 آذار 2020. {SHORT}", encoding="utf-8")
    (folder / ".hidden.txt").write_text(SHORT, encoding="utf-8")
    (folder / "d.pdf").write_text("no text")
    told = []
    found = read(folder, note=told.append).dataset("reports").to_table().sort_by("report").to_pylist()
    assert [(row["report"], str(row["published"]), row["dated_by"], row["outlet"]) for row in found] == [
        ("a", "2021-05-06", "given", "Agency"),
        ("c", "2020-03-07", "text", None),
        ("صحيفة/2022-02-03-b", "2022-02-03", "name", "صحيفة"),
    ]
    assert told == ["left out, as files that are no reports: 1 .pdf"]


def test_what_a_corpus_says_of_a_report_is_what_the_reader_says(tmp_path, read, book):
    from qantar import read as read_one

    row = {"text": book.report.text, "published": "2022-01-09", "id": "report"}
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [row]))
    for name, expected in read_one(book.report, "2022-01-09").tables().items():
        found = corpus.dataset(name).to_table().to_pandas()
        assert list(found.columns) == ["report", "published", "outlet", *expected.columns, "month"]
        assert found[expected.columns].astype(object).where(found.notna(), None).values.tolist() == expected.astype(object).where(expected.notna(), None).values.tolist()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30), min_size=1, max_size=12),
    st.integers(1, 5), st.sampled_from(["jsonl", "csv"]),
)
def test_wherever_a_file_is_cut_every_record_is_read_once_and_in_order(tmp_path_factory, values, every, kind):
    folder = tmp_path_factory.mktemp("cut")
    (folder / "_work").mkdir()
    path = folder / f"a.{kind}"
    path.write_bytes(written(kind, [{"id": f"n{n}", "text": value} for n, value in enumerate(values)]))
    job = Job(folder, Options(reports_per_part=every), reader.digest())
    units = list(_of_file(job, index.make(job, kind, path, path.name, sources.state(path))))
    found = [record for unit in units for record in records.records(unit, job)]
    assert [len(list(records.records(unit, job))) for unit in units] == [unit.count for unit in units]
    assert len({unit.key for unit in units}) == len(units)
    assert [record.raw.decode() for record in found] == values
    assert [record.id for record in found] == [f"n{n}" for n in range(len(values))]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        ({"columns": Columns(text="body")}, "has no column 'body' for the text; it has id, published, outlet, text (--text-column names another)"),
        ({"columns": Columns(date="day")}, "has no column 'day' for the date; it has id, published"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path, read, name, options, fault):
    (tmp_path / name).write_bytes(written(name.split(".")[1], ROWS))
    with pytest.raises(ReportError) as raised:
        read(tmp_path / name, **options)
    assert f"{name}: {fault}" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_two_sources_are_told_apart_by_their_names(tmp_path, read):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "2022-01-01.txt").write_text(SHORT, encoding="utf-8")
    found = read(tmp_path / "one", tmp_path / "two").dataset("reports").to_table().column("report").to_pylist()
    assert sorted(found) == ["one/2022-01-01", "two/2022-01-01"]
    (tmp_path / "x" / "one").mkdir(parents=True)
    with pytest.raises(ReportError, match="two sources are called one"):
        read(tmp_path / "one", tmp_path / "x" / "one")


def test_a_file_that_grew_is_read_anew_and_no_row_of_before_stays(tmp_path, read):
    path = write_jsonl(tmp_path / "a.jsonl", ROWS[:3])
    assert read(path, reports_per_part=2).manifest["reports"] == 3
    write_jsonl(path, ROWS)
    told = []
    grown = read(path, reports_per_part=2, note=told.append)
    assert grown.manifest["reports"] == 7
    assert "2 parts come from another state of the sources" in told[0]
    assert contents(grown.folder) == contents(read(path, reports_per_part=2, out="fresh").folder)


def test_another_version_of_the_reader_reads_all_anew(tmp_path, read, monkeypatch):
    path = write_jsonl(tmp_path / "a.jsonl", ROWS)
    before = {name for name in contents(read(path).folder) if "part-" in name}
    monkeypatch.setattr(reader, "digest", lambda: "another")
    told = []
    after = {name for name in contents(read(path, note=told.append).folder) if "part-" in name}
    assert not before & after
    assert "another version of the reader" in told[0]


def test_what_is_done_is_not_read_again(tmp_path, read, monkeypatch):
    path = write_jsonl(tmp_path / "a.jsonl", ROWS)
    before = contents(read(path).folder)
    from qantar.corpus import unit

    monkeypatch.setattr(unit, "read_report", None)
    told = []
    assert contents(read(path, note=told.append).folder) == before
    assert "nothing is new" in told[0]


def test_identifiers_that_several_reports_have_are_told(tmp_path, read, monkeypatch):
    from qantar.corpus import manifest

    monkeypatch.setattr(manifest, "_AT_ONCE", 2)
    told = []
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [*ROWS, *ROWS[:2]]), reports_per_part=3, note=told.append)
    assert corpus.manifest["identifiers_twice"] == 2
    assert "2 identifiers belong to several reports" in told[0]


def test_a_wrong_option_can_be_mended_while_nothing_is_read(tmp_path, read):
    path = write_jsonl(tmp_path / "a.jsonl", ROWS)
    with pytest.raises(ReportError, match="has no column 'body'"):
        read(path, columns=Columns(text="body"))
    assert read(path).manifest["reports"] == len(ROWS)
