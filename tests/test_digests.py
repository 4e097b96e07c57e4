"""Numbers can't go stale: what a chapter is computed from has a digest, part by part, and nothing else has."""

import shutil
from pathlib import Path

import pytest

from qantar.book import digests

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path) -> Path:
    for folder in ("data", "src/qantar"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.txt", tmp_path)
    return tmp_path


@pytest.mark.parametrize("changed", ["data/coding/figures.csv", "data/record/claims.csv", "src/qantar/figures.py", "requirements.txt", "data/report/report.txt", "src/qantar/reading/lexicon/months.csv"])
def test_the_digest_changes_with_code_data_and_lock(copy, changed):
    before = digests.digest(copy / "src/qantar", copy / "data")
    assert digests.digest(copy / "src/qantar", copy / "data") == before
    (copy / changed).write_bytes((copy / changed).read_bytes() + b"\n")
    assert digests.digest(copy / "src/qantar", copy / "data") != before


def test_a_new_and_a_renamed_file_change_the_digest(copy):
    before = digests.digest(copy / "src/qantar", copy / "data")
    (copy / "data/new.csv").write_text("")
    with_new = digests.digest(copy / "src/qantar", copy / "data")
    (copy / "data/new.csv").rename(copy / "data/newer.csv")
    assert len({before, with_new, digests.digest(copy / "src/qantar", copy / "data")}) == 3


@pytest.mark.parametrize(("changed", "part"), [("data/coding/figures.csv", "data"), ("src/qantar/book/roles.py", "code"), ("requirements.txt", "lock")])
def test_the_parts_are_told_apart(copy, changed, part):
    before = digests.parts(copy / "src/qantar", copy / "data")
    (copy / changed).write_bytes((copy / changed).read_bytes() + b"\n")
    after = digests.parts(copy / "src/qantar", copy / "data")
    assert [name for name in before if before[name] != after[name]] == [part] and {len(found) for found in after.values()} == {64}


@pytest.mark.parametrize("new", ["data/editions/0.1.0/manifest.json", "data/anchors.csv", "src/qantar/book/static/more.css", "src/qantar/__pycache__/x.pyc"])
def test_what_no_chapter_is_computed_from_changes_nothing(copy, new):
    before = digests.parts(copy / "src/qantar", copy / "data")
    (copy / new).parent.mkdir(parents=True, exist_ok=True)
    (copy / new).write_text("x")
    assert digests.parts(copy / "src/qantar", copy / "data") == before


def test_a_book_without_a_lock_file_has_a_digest(copy):
    (copy / "requirements.txt").unlink()
    assert len(digests.digest(copy / "src/qantar", copy / "data")) == 16
