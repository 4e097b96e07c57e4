"""No single file, folder or worker stops a corpus, empties it in silence, or leaves it in a state that can't be finished."""

import bz2
import gc
import gzip
import json
import lzma
import os
import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qantar.corpus import Columns, layout, reader, records, schemas, sources, unit
from qantar.corpus.job import Job, Options, Unit
from qantar.report import ReportError

from .conftest import SHORT, contents, write_jsonl

GOOD = {"id": "good", "published": "2022-01-09", "text": SHORT}


def damaged(content: bytes) -> bytes:
    """The bytes with those in the middle changed, as a bad disk or line changes them."""
    at = len(content) // 2
    return content[:at] + bytes(255 - byte for byte in content[at : at + 40]) + content[at + 40 :]


PACKERS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zst": lambda raw: pa.compress(raw, "zstd", asbytes=True)}


def cut(content: bytes) -> bytes:
    return content[: len(content) // 2]


# Zstandard as pyarrow writes it has no checksum: what is damaged there may be read as other words.
@pytest.mark.parametrize(("broken", "ending"), [(broken, ending) for broken in (damaged, cut) for ending in PACKERS if (broken, ending) != (damaged, "zst")])
def test_packed_files_that_are_damaged_within(tmp_path, read, long_texts, broken, ending):
    folder, text = tmp_path / "texts", long_texts[0]
    folder.mkdir()
    (folder / f"2022-01-01-bad.txt.{ending}").write_bytes(broken(PACKERS[ending](text.encode())))
    lines = "".join(json.dumps(GOOD | {"id": str(n), "text": text}, ensure_ascii=False) + "\n" for n in range(3))
    (folder / f"bad.jsonl.{ending}").write_bytes(broken(PACKERS[ending](lines.encode())))
    (folder / "2022-01-02-good.txt").write_text(SHORT, encoding="utf-8")
    corpus = read(folder)
    assert corpus.rejected()[["source", "reason"]].values.tolist() == [[f"2022-01-01-bad.txt.{ending}", "unreadable"], [f"bad.jsonl.{ending}", "unreadable"]]
    assert all(message.startswith("can't be read (") for message in corpus.rejected()["message"])
    assert corpus.manifest["reports"] == 1


def test_halves_of_characters_are_written_out(tmp_path, read):
    rows = [r'{"id": "a", "outlet": "\ud800", "published": "2022-01-09", "text": "%s"}' % SHORT, r'{"\ud800": 1}', GOOD]
    corpus = read(write_jsonl(tmp_path / "a.jsonl", rows))
    assert corpus.dataset("reports").to_table().column("outlet").to_pylist() == ["\\ud800", None]
    assert corpus.rejected()["message"].tolist() == ["has no 'text'; it has \\ud800"]


def test_lines_of_a_thousand_brackets(tmp_path, read):
    corpus = read(write_jsonl(tmp_path / "a.jsonl", ["[" * 100_000, GOOD]))
    assert corpus.rejected()["reason"].tolist() == ["broken"] and corpus.manifest["reports"] == 1


def test_a_cell_of_parquet_that_is_no_text_costs_its_row_alone(tmp_path, read):
    cells = pa.array([SHORT.encode(), SHORT.encode("cp1256"), SHORT.encode()]).view(pa.string())
    pq.write_table(pa.table({"text": cells, "published": ["2022-01-09"] * 3, "id": ["a", "b", "c"]}), tmp_path / "a.parquet")
    corpus = read(tmp_path / "a.parquet")
    assert corpus.dataset("reports").to_table().column("report").to_pylist() == ["a", "c"]
    assert corpus.rejected()[["line", "reason"]].values.tolist() == [[2, "encoding"]]


def test_a_damaged_page_of_parquet_costs_what_follows_in_its_unit(tmp_path, read, long_texts):
    rows = {"text": [f"{n} {long_texts[0]}" for n in range(40)], "published": ["2022-01-09"] * 40}
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(rows), path, row_group_size=10, compression="zstd", use_dictionary=False)
    whole, file = path.read_bytes(), pq.ParquetFile(path)
    column = file.metadata.row_group(2).column(0)
    begin, end = column.data_page_offset, column.data_page_offset + column.total_compressed_size
    path.write_bytes(whole[:begin] + damaged(whole[begin:end]) + whole[end:])
    corpus = read(path, reports_per_part=10)
    assert corpus.rejected()["line"].tolist() == list(range(21, 31)) and set(corpus.rejected()["reason"]) == {"unreadable"}
    assert corpus.manifest["reports"] == 30


def test_a_link_that_leads_nowhere_is_a_report_that_can_t_be_read(tmp_path, read):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "2022-01-01-gone.txt").symlink_to(tmp_path / "nowhere")
    (folder / "2022-01-02-good.txt").write_text(SHORT, encoding="utf-8")
    corpus = read(folder)
    assert corpus.rejected()[["source", "reason"]].values.tolist() == [["2022-01-01-gone.txt", "unreadable"]]
    (tmp_path / "nowhere").write_text(SHORT, encoding="utf-8")  # mended, it is read
    assert read(folder).manifest["reports"] == 2


def test_a_month_that_loses_its_only_report(tmp_path, read):
    rows = [GOOD, GOOD | {"id": "other", "published": "2022-03-01"}]
    path = write_jsonl(tmp_path / "a.jsonl", rows)
    assert read(path, reports_per_part=1).manifest["months"] == ["2022-01", "2022-03"]
    write_jsonl(path, [GOOD, rows[1] | {"published": "2022-02-01"}])
    mended = read(path, reports_per_part=1)
    assert mended.manifest["months"] == ["2022-01", "2022-02"]
    assert contents(mended.folder) == contents(read(path, reports_per_part=1, out="fresh").folder)


def test_marks_go_before_the_parts_that_they_vouch_for(tmp_path, read, monkeypatch):
    """Stopped between the two, no unit may pass for done whose parts are gone."""
    out = read(write_jsonl(tmp_path / "a.jsonl", [GOOD])).folder

    def stop(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(layout, "key_of", stop)
    with pytest.raises(KeyboardInterrupt):
        layout.drop_others(out, set())
    assert not layout.done(out)


def test_a_worker_without_the_sources_reads_nothing_and_marks_nothing(tmp_path):
    (tmp_path / "_work").mkdir()
    job = Job(tmp_path, Options(), reader.digest())
    with pytest.raises(ReportError, match=r"has no .*elsewhere; all workers need the folders of this machine"):
        unit.read_unit(Unit("k", "text", tmp_path / "elsewhere", "", 1, ("a.txt",)), job)
    with pytest.raises(FileNotFoundError):  # a text alone that is not here, but on the machine that listed it
        unit.read_unit(Unit("k", "text", tmp_path, "", 1, ("a.txt",)), job)
    assert not layout.done(tmp_path)


def test_a_text_that_nobody_can_read_is_rejected_wherever_it_is_tried(tmp_path):
    job = Job(tmp_path, Options(), reader.digest())
    [found] = records.records(Unit("k", "text", tmp_path, "", 1, ("a.txt",), closed=("a.txt",)), job)
    assert (found.reason, found.message) == ("unreadable", "can't be read (no such file or directory)")


def test_folders_that_can_t_be_listed_stop_the_run_and_links_to_folders_are_told(tmp_path, read, monkeypatch):
    folder, told = tmp_path / "texts", []
    (folder / "closed").mkdir(parents=True)
    (folder / "2022-01-01.txt").write_text(SHORT, encoding="utf-8")
    (folder / "link").symlink_to(tmp_path)
    assert read(folder, note=told.append).manifest["reports"] == 1
    assert told == ["left out: 1 folder that is a link; name where it leads as a source of its own"]
    real = os.scandir

    def refusing(path):
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    with pytest.raises(ReportError, match=r"closed: can't be listed \(permission denied\); permit it, or name folders without it"):
        read(folder, out="other")


def test_a_text_more_costs_a_batch_or_two(tmp_path):
    for folder in range(4):
        (tmp_path / f"{folder}").mkdir()
        for name in range(50):
            (tmp_path / f"{folder}" / f"{name:02}.txt").touch()
    source = sources.Source(tmp_path, "")
    before = set(sources.texts(source, 10))
    assert sorted(name for batch in before for name in batch) == sorted(name for _, name in sources.walk(source))
    assert max(map(len, before)) < 20
    (tmp_path / "0" / "00a.txt").touch()
    after = set(sources.texts(source, 10))
    assert 1 <= len(after - before) <= 2


def test_any_of_the_first_lines_tells_which_keys_there_are(tmp_path, read):
    path = write_jsonl(tmp_path / "a.jsonl", [{"title": "x"}, "[1]", {"body": SHORT, "published": "2022-01-09"}])
    corpus = read(path, columns=Columns(text="body"))
    assert (corpus.manifest["reports"], corpus.manifest["rejected"]) == (1, 2)


def test_an_index_of_another_reader_is_made_anew(tmp_path, read, monkeypatch):
    path = write_jsonl(tmp_path / "a.jsonl", [GOOD])
    out = read(path).folder
    [file] = (out / layout.INDEX).iterdir()
    monkeypatch.setattr(reader, "digest", lambda: "another")
    read(path)
    assert layout.read_json(file)["reader"] == "another"


def test_tables_without_a_row_can_be_opened(tmp_path, read):
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [GOOD | {"text": "الطقس جميل."}, ""]))
    for table in schemas.TABLES:
        assert corpus.dataset(table).schema.names == [*schemas.of(table).names, "month"]
    assert corpus.dataset("figures").count_rows() == 0 and corpus.dataset("reports").count_rows() == 1
    with pytest.raises(KeyError, match="no table 'other'; there are reports, actors"):
        corpus.dataset("other")


@pytest.mark.parametrize("size", [1, 3, 100])
def test_reports_with_one_identifier_are_kept_and_told_whatever_the_size_of_a_unit(tmp_path, read, size):
    told = []
    corpus = read(write_jsonl(tmp_path / "a.jsonl", [GOOD, GOOD | {"published": "2022-01-10"}, GOOD]), reports_per_part=size, note=told.append)
    assert (corpus.manifest["reports"], corpus.manifest["rejected"], corpus.manifest["identifiers_twice"]) == (3, 0, 1)
    assert told[-1].endswith("1 identifier belongs to several reports, which can't be told apart (--id-column)")


def test_what_the_reader_uses_is_in_its_digest(tmp_path, monkeypatch):
    copy = tmp_path / "qantar"
    shutil.copytree(reader.PACKAGE, copy, ignore=shutil.ignore_patterns("book", "__pycache__", "scaffold"))
    monkeypatch.setattr(reader, "PACKAGE", copy)
    seen = {reader.digest.__wrapped__()}
    for name in ("reading/lexicon/units.csv", "schema.py", "tables.json", "corpus/unit.py"):
        with (copy / name).open("a", encoding="utf-8") as file:
            file.write("\n")
        seen.add(reader.digest.__wrapped__())
    monkeypatch.setattr(reader, "libraries", lambda: {"pyarrow": "0"})
    seen.add(reader.digest.__wrapped__())
    assert len(seen) == 6


def test_a_unit_leaves_no_garbage_to_the_next(tmp_path, long_texts):
    """What is cyclic and lies about grows with the corpus."""
    (tmp_path / "_work").mkdir()
    path = write_jsonl(tmp_path / "a.jsonl", [GOOD | {"id": str(n), "text": text} for n, text in enumerate(long_texts)])
    job = Job(tmp_path, Options(), reader.digest())
    gc.disable()
    try:
        unit.read_unit(Unit("k", "jsonl", path, "a.jsonl", len(long_texts)), job)
        assert gc.collect() < 100
    finally:
        gc.enable()
