"""What several tests need: the book's data, read once, and the built site."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from qantar import Report
from qantar.values import Book, load_book

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def book() -> Book:
    return load_book()


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built book; `make test` builds it first."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.skip("the book is not built: make book")
    return folder


@pytest.fixture(scope="session")
def hostile(book) -> tuple[Book, str, str]:
    """The book with a report of one hostile sentence and an event whose every text is hostile; its ID; the text."""
    text = '</script><script>alert("x")</script> & "قال" \u202eمحمد\u202c <b>300</b> {{x}} \\u003c'
    report = Report(text + ".", book.report.metadata)
    sentence = report.sentences[0].id
    event = book.coding.events.head(1).assign(
        sentence=sentence, quote=text, start=0, end=len(text), kind=text, agent=text, statement=None, summary_en=text
    )
    tables = {name: table.head(0) for name, table in book.coding.tables().items()} | {"events": event}
    translation = pd.DataFrame({"sentence": [sentence], "en": [text]})
    changed = {"report": report, "coding": type(book.coding)(**tables), "translation": translation, "verdicts": book.verdicts.head(0)}
    return dataclasses.replace(book, **changed), event["id"].iloc[0], text
