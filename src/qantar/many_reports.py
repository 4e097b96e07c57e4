"""A small corpus that the book can show, and what its chapter tells of it.

It is made of the book's report and of the open half of the validation set, whose reports are invented; a few are added a
second time, changed as outlets change what an agency sends them, and a few that can't be read. How a corpus is read and
analysed is the matter of `corpus`.
"""

from __future__ import annotations

import atexit
import datetime
import functools
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.compute as pc

from qantar import phrasing
from qantar.corpus import Corpus, analyses, open_corpus, run
from qantar.paths import data_folder
from qantar.report import load_report
from qantar.schema import read_table

COUNTED = "killed"
"""What the figures measure that the chapter follows."""

COPIES = (("v06", "Paper A", 1), ("v06", "Paper B", 1), ("v09", "Paper A", 1), ("report", "Paper B", 1))
"""What is added as a copy: the report that is copied, the outlet, and how many days later."""

_HEADLINE = "ننشر فيما يلي نص التقرير كما ورد"
_LIKE = "like {}"


def write_source(folder: Path) -> None:
    """Writes the texts as a user may hold them: a folder an outlet, the day of publication before each name."""
    listed = read_table(data_folder() / "validation" / "seen" / "reports.csv", "validation_reports")
    report = load_report()
    held = {row.report: (_LIKE.format(row.outlet), row.published, _seen(row.report)) for row in listed.itertuples()}
    held["report"] = (report.metadata["publisher"], str(report.published), report.text)
    for name, (outlet, published, text) in held.items():
        _write(folder / outlet / f"{published}-{name}.txt", text.encode())
    for name, outlet, later in COPIES:
        _, published, text = held[name]
        day = datetime.date.fromisoformat(published) + datetime.timedelta(days=later)
        _write(folder / outlet / f"{day}-{name}.txt", _changed(text).encode())
    some = _seen("v01")
    _write(folder / "Paper C" / "2024-09-11-old.txt", some.encode("cp1256", "ignore"))
    _write(folder / "Paper C" / "2024-09-12-nothing.txt", b"")
    _write(folder / "Paper C" / "undated.txt", some.split("\n")[3].encode())


def _seen(name: str) -> str:
    return (data_folder() / "validation" / "seen" / "texts" / f"{name}.txt").read_text(encoding="utf-8")


def _changed(text: str) -> str:
    """A text with another headline and without its last paragraph."""
    return "\n".join([_HEADLINE, *text.rstrip().split("\n")[:-1]]) + "\n"


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@functools.cache
def book_corpus() -> Corpus:
    """The corpus, read in this process into a folder that is gone when the process ends."""
    folder = tempfile.TemporaryDirectory(prefix="qantar-corpus-")
    atexit.register(folder.cleanup)
    source, out = Path(folder.name, "reports"), Path(folder.name, "corpus")
    write_source(source)
    run([source], out)
    return open_corpus(out)


# --------------------------------------------------------------------------------------------- as the chapter shows it


def claims(corpus: Corpus, once: bool = False) -> pd.DataFrame:
    """Who was counted as dead, when, by whom and where: ``published, outlet, value, on the word of, reports``."""
    table = analyses.claims_over_time(corpus, COUNTED, once)
    return pd.DataFrame({
        "published": [str(day) for day in table["published"]],
        "outlet": table["outlet"],
        "value": _values(table),
        "on the word of": table["source_ar"].fillna(table["source"]),
        "reports": table["reports"],
    })  # fmt: skip


def _values(table: pd.DataFrame) -> list[str]:
    units = table["unit"].where(table["unit"].notna(), None)
    return [phrasing.amount(*row) for row in zip(table["value"], table["value_max"], table["precision"], units, strict=True)]


def vague(corpus: Corpus) -> pd.DataFrame:
    """The vague numbers of dead, which the tables leave out: ``report, words``."""
    asked = (pc.field("measures") == COUNTED) & (pc.field("precision") == "vague")
    found = corpus.dataset("figures").to_table(["report", "quote"], filter=asked).to_pandas()
    return found.rename(columns={"quote": "words"})


def first(corpus: Corpus) -> pd.DataFrame:
    """Where each number of dead stood first: ``value, published, outlet, words, reports``."""
    table = analyses.first_seen(corpus, COUNTED).sort_values(["published", "value"], kind="stable", ignore_index=True)
    return pd.DataFrame({
        "value": _values(table),
        "published": [str(day) for day in table["published"]],
        "outlet": table["outlet"], "words": table["quote"], "reports": table["reports"],
    })  # fmt: skip


def speaking(corpus: Corpus, once: bool = False) -> pd.DataFrame:
    """Acts of speech by outlet and kind of speaker, most acts first; ``most`` is who has most of them, several where they have as many."""
    table = analyses.who_speaks(corpus, once)
    kinds = table.assign(kind=table["kind"].fillna(analyses.NOBODY)).pivot_table("acts", "outlet", "kind", "sum", fill_value=0)
    named = table[table["speaker"] != analyses.NOBODY]
    most = named[named["acts"] == named.groupby("outlet")["acts"].transform("max")]
    columns = ["person", "organisation", "state", "group", "place", analyses.NOBODY]
    made = kinds.reindex(columns=[name for name in columns if name in kinds], fill_value=0).astype(int)
    made = pd.concat([pd.Series(kinds.sum(axis=1).astype(int), name="acts"), made], axis=1)
    made["most"] = most["speaker_ar"].fillna(most["speaker"]).groupby(most["outlet"]).agg("، ".join).reindex(made.index)
    return made.sort_values("acts", ascending=False, kind="stable").rename_axis("outlet").reset_index()


def families(corpus: Corpus) -> pd.DataFrame:
    """The families of copies: ``first report, first, last, reports, outlets``."""
    table = analyses.families(corpus)
    return table.assign(first=table["first"].astype(str), last=table["last"].astype(str)).rename(columns={"family": "first report"})


def rejected(corpus: Corpus) -> pd.DataFrame:
    """What could not be read: ``source, reason, message``."""
    return corpus.rejected()[["source", "reason", "message"]]


def holdings(corpus: Corpus) -> pd.DataFrame:
    """How many rows each table of the corpus has: ``table, rows``."""
    return pd.DataFrame(corpus.manifest["rows"].items(), columns=["table", "rows"])


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "reports": lambda book: book_corpus().manifest["reports"],
    "invented": lambda book: len(read_table(data_folder() / "validation" / "seen" / "reports.csv", "validation_reports")),
    "added": lambda book: len(COPIES),
    "rejected": lambda book: book_corpus().manifest["rejected"],
    "families": lambda book: book_corpus().manifest["families"]["of_several"],
    "family_reports": lambda book: book_corpus().manifest["families"]["their_reports"],
    "within_days": lambda book: book_corpus().manifest["families"]["within_days"],
    "rows": lambda book: sum(book_corpus().manifest["rows"].values()),
    "told": lambda book: int(claims(book_corpus())["reports"].sum()),
    "told_once": lambda book: len(claims(book_corpus(), once=True)),
    "vague": lambda book: len(vague(book_corpus())),
    "most_told": lambda book: int(claims(book_corpus(), once=True)["reports"].max()),
    "outlets": lambda book: len(speaking(book_corpus())),
    "acts": lambda book: int(speaking(book_corpus())["acts"].sum()),
    "acts_once": lambda book: int(speaking(book_corpus(), once=True)["acts"].sum()),
}
