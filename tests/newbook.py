"""What the tests of new books share: reports to make one of, a new book, and its build with this checkout's packages."""

import csv
import datetime
import os
import subprocess
import sys
from pathlib import Path

from qantar.scaffold.new import About, create

ROOT = Path(__file__).parents[1]
SEEN = ROOT / "data" / "validation" / "seen"
with (SEEN / "reports.csv").open(encoding="utf-8", newline="") as stream:
    VALIDATION = {row["report"]: (SEEN / "texts" / f"{row['report']}.txt", row["published"]) for row in csv.DictReader(stream)}
SHORT = {
    "one": "قال الوزير إن الوضع هادئ.",  # a statement and no more
    "bare": "كان الطقس جميلا.",  # nothing that the reader finds
    "long": "\n".join(["أعلنت وزارة الصحة اللبنانية إصابة 17 شخصاً."] * 105),  # sentences of three digits
}


def text_of(name: str) -> tuple[bytes, str]:
    """The bytes of a report and its day of publication."""
    if name in SHORT:
        return SHORT[name].encode(), "2022-01-09"
    path, published = VALIDATION[name]
    return path.read_bytes(), published


def new_book(folder: Path, name: str, **about: object) -> Path:
    """A new book about one of these reports."""
    raw, published = text_of(name)
    return create(folder, raw, About(datetime.date.fromisoformat(published), **about), name)


def environment(book: Path) -> dict[str, str]:
    """The environment of a book's own commands."""
    return os.environ | {"QANTAR_DATA": str(book / "data"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1795564800", "MATPLOTLIBRC": os.devnull}


def build(book: Path, *options: str) -> str:
    """Build a book as its Makefile does, with the packages of this checkout; what was printed. Fails with its last lines."""
    command = [Path(sys.executable).with_name("jupyter-book"), "build", ".", "--builder", "html", "-n", "--quiet", *options]
    done = subprocess.run(command, cwd=book, env=environment(book), capture_output=True, text=True)
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
    return done.stdout + done.stderr
