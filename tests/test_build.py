"""Two builds of one state give the same bytes, and no number outlives the datum that it came from."""

import filecmp
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qantar.book.reprint import PDF, offer

ROOT = Path(__file__).parents[1]
# All that a page or an export is made of, the history of the chapters among it.
PARTS = (
    "chapters", "data", "src", "_config.yml", "_toc.yml", "CITATION.cff", "requirements.txt", "pyproject.toml", "Makefile", "LICENSE",
    *sorted(path.name for path in ROOT.glob("*.md")), *(path.name for path in ROOT.glob(".git")),
)


@pytest.fixture
def copy(tmp_path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    for part in PARTS:
        (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, folder / part)
    return folder


def build(folder: Path, *options: str) -> str:
    """Build the book in a folder with that folder's own code; what was printed."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "0")}
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "--builder", "html", "-n", *options]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout + done.stderr


def test_two_builds_give_the_same_bytes(site, copy):
    build(copy, "-W", "--keep-going")
    other = copy / "_build" / "html"
    if (paper := site / offer.FOLDER / PDF).exists():  # `make pdf` adds it, and links to it
        offer.put(other, PDF, paper.read_bytes())
    names = [sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()) for folder in (site, other)]
    # Pickles of the environment are no part of the site; logs of failed cells would be.
    assert names[0] == names[1]
    _, different, unread = filecmp.cmpfiles(site, other, names[0], shallow=False)
    assert not different and not unread


def test_a_changed_datum_changes_the_page(copy):
    (copy / "_toc.yml").write_text("format: jb-book\nroot: chapters/overview\n", encoding="utf-8")
    page, table = copy / "_build/html/chapters/overview.html", copy / "data/record/timeline.csv"
    build(copy)
    before = page.read_text(encoding="utf-8")
    assert "Cabinet resigns" in before and "Cabinet steps down" not in before

    table.write_text(table.read_text(encoding="utf-8").replace("Cabinet resigns", "Cabinet steps down"), encoding="utf-8")
    build(copy)
    after = page.read_text(encoding="utf-8")
    assert "Cabinet steps down" in after and "Cabinet resigns" not in after

    module = copy / "src/qantar/overview.py"
    module.write_text(module.read_text(encoding="utf-8").replace("Timeline of {_span(days)}", "A timeline of {_span(days)}"), encoding="utf-8")
    build(copy)
    assert "A timeline of the first twenty days" in page.read_text(encoding="utf-8")
