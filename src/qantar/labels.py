"""What can be cited: a public label with its kind, its page and its title.

Sentences, rows and actors come from the data. Labels of chapters, sections, figures and tables are known to the build
alone, which writes them beside the site's citations; ``find`` looks in both.
"""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qantar.paths import data_folder
from qantar.report import ReportError

if TYPE_CHECKING:
    from qantar import values

KINDS = ("book", "chapter", "section", "figure", "table", "sentence", "row", "actor")
BOOK = "book"  # what names the book as a whole where a label is asked for

_OF_DATA = re.compile(r"s\d+|[A-Z]+\d+|actor-.+")


class UnknownLabel(ReportError):
    """A label that names nothing; its text is one line that says what is near."""


@dataclass(frozen=True, order=True)
class Label:
    """A public label: ``kind`` is one of ``KINDS``, ``page`` a document such as ``chapters/events``."""

    id: str
    kind: str
    page: str
    title: str
    table: str = ""  # of a row: the table that it is in, as datapackage.json calls it


def of_data(book: values.Book) -> Iterator[Label]:
    """The sentences of the report, the rows of the coding and of the later record, and the actors."""
    from qantar.annotations import LAYERS  # a label of a chapter is found without the data and their libraries

    for sentence in book.report.sentences:
        yield Label(sentence.id, "sentence", "chapters/report", f"Sentence {sentence.id}")
    for layer in LAYERS:
        table = getattr(book.coding, layer)
        if layer == "actors":
            for row in table.itertuples():
                yield Label(f"actor-{row.id}", "actor", "chapters/actors", row.name_en)
        else:
            yield from _rows(table["id"], "chapters/report", layer)
    for name, table in (("claims", "claims"), ("timeline", "timeline"), ("reactions", "international")):
        yield from _rows(getattr(book.record, name)["id"], "chapters/ledger", table)


def _rows(ids: Iterable[str], page: str, table: str) -> Iterator[Label]:
    for row_id in ids:
        yield Label(row_id, "row", page, f"Row {row_id}", table)


# ------------------------------------------------------------------------------------------- the labels of a build


FILE = "cite/labels.json"  # of a built site


def built_file() -> Path:
    """Where the build of the book leaves its labels."""
    return data_folder().parent / "_build" / "html" / FILE


def write(found: Iterable[Label], version: str, file: Path) -> None:
    """Write the labels of a version of the book, one a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(asdict(label), ensure_ascii=False) for label in found)
    file.write_text(f'{{"version": {json.dumps(version)}, "labels": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")


def read(file: Path) -> tuple[str, list[Label]]:
    """The version and the labels that a build wrote, in the order of the book; both empty if there was none."""
    if not file.exists():
        return "", []
    found = json.loads(file.read_text(encoding="utf-8"))
    return found["version"], [Label(**row) for row in found["labels"]]


def of_build() -> list[Label]:
    """The labels of the last build of the book; none if it is not built."""
    return read(built_file())[1]


@functools.cache
def known() -> dict[str, Label]:
    """Every label by its name: those of the chapters as built, those of the data as they are now."""
    from qantar.values import load_book

    chapters = [label for label in of_build() if not _OF_DATA.fullmatch(label.id)]
    return {label.id: label for label in [Label(BOOK, "book", "", ""), *chapters, *of_data(load_book())]}


def find(name: str) -> Label:
    """The label of this name. Raises ``UnknownLabel`` with the nearest names."""
    if not _OF_DATA.fullmatch(name):  # without reading the data
        for label in [Label(BOOK, "book", "", ""), *of_build()]:
            if label.id == name:
                return label
    if name in known():
        return known()[name]
    near = difflib.get_close_matches(name, known(), n=4, cutoff=0.5)
    advice = f"near are {', '.join(near)}" if near else "`qantar cite --list` lists them"
    unbuilt = "" if built_file().exists() else "; labels of chapters are known once the book is built (make book)"
    raise UnknownLabel(f"there is no label {name!r}: {advice}{unbuilt}")


def chapter_of(label: Label, among: Iterable[Label]) -> str:
    """The title of the chapter that a label stands in, as far as the labels given tell it."""
    return next((other.title for other in among if other.kind == "chapter" and other.page == label.page), "")
