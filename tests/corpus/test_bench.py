"""What is measured is the same every time, and the reports are no copies of each other but where they are meant to be."""

import subprocess
import sys

from qantar.corpus import analyses, bench


def test_the_reports_are_the_same_every_time(tmp_path):
    for name in ("a", "b"):
        bench.write(tmp_path / name, 30)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_one_report_in_ten_is_a_copy(tmp_path, read):
    bench.write(tmp_path / "a.jsonl", 60)
    corpus = read(tmp_path / "a.jsonl")
    assert corpus.manifest["reports"] == 60
    # A copy is published on the day of the report before it, or some days later where the year has few reports.
    assert set(analyses.families(corpus)["family"]) == {f"r{number:07d}" for number in range(8, 60, 10)}


def test_it_prints_a_table():
    done = subprocess.run([sys.executable, "-m", "qantar.corpus.bench", "--sizes", "20"], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[1].split()[:2] == ["reports", "seconds"]
    assert [line.split()[1:3] for line in lines[2:5]] == [["plain", "loop"], ["1", "process"], ["2", "processes"]]
    assert "times as fast as one; the engine takes" in lines[5]
