"""What the machine reader found, written out: as JSON, as CSV tables, or to look at.

Names of keys and columns are fixed (`COLUMNS`). Rows go through temporary files where the form wants them in another
order than the text has them, so a report of any size can be written.

CSV holds the exact words of the report, or they could not be checked against its offsets. So no cell gets a quotation
mark put before it to keep a spreadsheet from taking it for a formula, and none needs it: what the reader quotes begins
with a letter, a digit, a quotation mark, or the sign of a number, and a test holds it to that. Only a path may begin
otherwise; it is written as ``./=name``.
"""

from __future__ import annotations

import contextlib
import csv
import functools
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from qantar.reading import Sentences
from qantar.reading.display import shown, table_block
from qantar.reading.source import Source

COLUMNS = {
    "quantities": (
        "start",
        "end",
        "text",
        "value",
        "value_max",
        "value_min",
        "unit",
        "approx",
        "vague",
        "attributed_to",
    ),
    "dates": ("start", "end", "text", "value", "kind", "offset", "anchor"),
    "actors": ("start", "end", "text", "type", "actor"),
    "statements": ("start", "end", "text", "speaker", "verb", "verb_start", "kind"),
    "events": ("start", "end", "text", "predicate", "actor", "target", "date", "class", "status"),
    "reactions": ("start", "end", "text", "actor", "addressee", "kind", "stance"),
}
"""The layers, and the keys of each one's rows, in order."""

_KEPT = 1 << 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


# ``class`` is a word of Python, so the attribute is spelt otherwise.
_CELLS = {
    layer: attrgetter(*("class_" if column == "class" else column for column in columns))
    for layer, columns in COLUMNS.items()
}
# Made once: `json.dumps` would make an encoder for each row.
_json = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def row_of(layer: str, found: Any) -> dict[str, Any]:
    """A finding by the keys of its layer."""
    return dict(zip(COLUMNS[layer], _CELLS[layer](found), strict=True))


def rows_of(sentences: Iterable[Sentences], layers: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(layer, row) of everything found, sentence by sentence."""
    layers = tuple(layers)
    for sentence in sentences:
        for layer in layers:
            for found in getattr(sentence, layer):
                yield layer, row_of(layer, found)


# --------------------------------------------------------------------------------------------------------- JSON


def write_json(
    out: TextIO, head: dict[str, Any], sentences: Iterable[Sentences], layers: Iterable[str], one_line: bool = False
) -> None:
    """One object: the keys of ``head``, then a list of rows for each layer; a row a line, or all on one line.

    Nothing is written before the last sentence is read.
    """
    with contextlib.ExitStack() as stack:
        kept = {layer: stack.enter_context(tempfile.SpooledTemporaryFile(_KEPT)) for layer in layers}
        for layer, row in rows_of(sentences, kept):
            kept[layer].write(_json(row).encode() + b"\n")
        line, inner = ("", "") if one_line else ("\n ", "\n  ")
        out.write("{" + ",".join(f"{line}{_json(key)}: {_json(value)}" for key, value in head.items()))
        for layer, file in kept.items():
            file.seek(0)
            out.write(f",{line or ' '}{_json(layer)}: [")
            mark = inner
            for row in file:
                out.write(mark + row.decode().removesuffix("\n"))
                mark = f",{inner or ' '}"
            out.write(f"{line}]" if mark != inner else "]")
        out.write("}\n" if one_line else "\n}\n")


# ---------------------------------------------------------------------------------------------------------- CSV


def csv_header(layer: str, with_path: bool = False) -> list[str]:
    """The columns of a layer's table; ``path`` first where rows of several reports stand in it."""
    return [*(["path"] if with_path else []), *COLUMNS[layer]]


def csv_cells(row: dict[str, Any], path: str | None = None) -> list[Any]:
    """The cells of a row: nothing is an empty cell, truth is ``true`` or ``false``."""
    cells = [str(cell).lower() if isinstance(cell, bool) else cell for cell in row.values()]
    return cells if path is None else [f"./{path}" if path.startswith(_FORMULA) else path, *cells]


def csv_writer(out: TextIO) -> Any:
    """A writer of CSV as the book's own tables are: commas, quotes where needed, a line feed after each row."""
    return csv.writer(out, lineterminator="\n")


@contextlib.contextmanager
def csv_folder(folder: Path, layers: Iterable[str], with_path: bool = False) -> Iterator[dict[str, Any]]:
    """A CSV writer for each layer's file in a folder (made if need be), the header written.

    The files take their places, ``events.csv`` and so on, when all is written, else the folder stays as it was.
    """
    folder.mkdir(parents=True, exist_ok=True)
    parts = {layer: folder / f".{layer}.csv.{os.getpid()}" for layer in layers}
    try:
        with contextlib.ExitStack() as stack:
            files = {
                layer: stack.enter_context(part.open("x", encoding="utf-8", newline=""))
                for layer, part in parts.items()
            }
            writers = {layer: csv_writer(file) for layer, file in files.items()}
            for layer, writer in writers.items():
                writer.writerow(csv_header(layer, with_path))
            yield writers
        for layer, part in parts.items():
            part.replace(folder / f"{layer}.csv")
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


# ------------------------------------------------------------------------------------------------- the formats

Write = Callable[[Source, dict[str, Any], Iterable[Sentences]], None]
"""Writes one report: where it comes from, the head of its object, and what was read in it."""


@contextlib.contextmanager
def writer(
    form: str,
    out: TextIO,
    layer: str | None = None,
    folder: Path | None = None,
    several: bool = False,
    width: int | None = None,
) -> Iterator[Write]:
    """What writes reports one after another as ``json``, ``jsonl``, ``csv`` or ``table``.

    ``layer`` is the only one that is wanted; ``folder`` takes CSV files in the place of ``out``; rows of ``several``
    reports say which they are of; ``width`` is that of a terminal.
    """
    layers = (layer,) if layer else tuple(COLUMNS)
    if folder is not None:
        with csv_folder(folder, layers, several) as writers:
            yield functools.partial(_write_csv, writers, several, iter(()))
    elif form == "csv":
        layer = layer or "quantities"
        yield functools.partial(_write_csv, {layer: csv_writer(out)}, several, iter([layer]))
    elif form == "table":
        yield functools.partial(_write_table, out, layers, width)
    else:
        yield lambda _, head, sentences: write_json(out, head, sentences, layers, one_line=form == "jsonl")


def _write_csv(
    writers: dict[str, Any],
    with_path: bool,
    headers: Iterator[str],
    source: Source,
    _: dict[str, Any],
    sentences: Iterable[Sentences],
) -> None:
    for layer in headers:  # once, before the first report that can be read
        writers[layer].writerow(csv_header(layer, with_path))
    for layer, row in rows_of(sentences, writers):
        writers[layer].writerow(csv_cells(row, source.name if with_path else None))


def _write_table(
    out: TextIO,
    layers: Iterable[str],
    width: int | None,
    source: Source,
    head: dict[str, Any],
    sentences: Iterable[Sentences],
) -> None:
    # Numbers as `Report.sentences` has them, which knows how many there are.
    digits = max(2, len(str(sum(1 for _ in source.sentences()))))
    published = head["report"]["published"]
    out.write(f"{shown(source.name)}, published {published}, {source.characters} characters\n\n")
    for sentence in sentences:
        out.write(table_block(sentence, layers, digits, width) + "\n")
