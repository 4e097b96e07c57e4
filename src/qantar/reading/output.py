"""What the machine reader found, written out: as JSON, as CSV tables, or as text to look at.

Names of keys and columns are fixed (`COLUMNS`). Rows go through temporary files where the form wants them in another order
than the text has them, so a report of any size can be written.

CSV holds the exact words of the report, or they could not be checked against its offsets. So no cell gets a quotation mark
put before it to keep a spreadsheet from taking it for a formula, and none needs it: the words of a row begin with a letter,
a digit, or the sign of a number. A test holds the reader to it. Only a path may begin otherwise; it is written as ``./=name``.
"""

from __future__ import annotations

import contextlib
import csv
import json
import os
import re
import tempfile
import textwrap
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from qantar.reading import Sentences

COLUMNS = {
    "quantities": ("start", "end", "text", "value", "value_max", "value_min", "unit", "approx", "vague", "attributed_to"),
    "dates": ("start", "end", "text", "value", "kind", "offset", "anchor"),
    "actors": ("start", "end", "text", "type", "actor"),
    "statements": ("start", "end", "text", "speaker", "verb", "verb_start", "kind"),
    "events": ("start", "end", "text", "predicate", "actor", "target", "date", "class", "status"),
    "reactions": ("start", "end", "text", "actor", "addressee", "kind", "stance"),
}
"""The layers, and the keys of each one's rows, in order."""

_KEPT = 1 << 20
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# Controls, marks of direction and what else is not seen but moves what is; joiners that Persian spelling needs are left.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_INDENT = " " * 5


# ``class`` is a word of Python, so the attribute is spelt otherwise.
_CELLS = {
    layer: attrgetter(*("class_" if column == "class" else column for column in columns)) for layer, columns in COLUMNS.items()
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
                layer: stack.enter_context(part.open("x", encoding="utf-8", newline="")) for layer, part in parts.items()
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


# ------------------------------------------------------------------------------------------------- to look at


def shown(text: str) -> str:
    r"""The text with every character that is not seen or moves others written out, so that none can act on a terminal.

    >>> shown("قتل\u202e\x1b[2J")
    'قتل\\u202e\\x1b[2J'
    """
    return _HIDDEN.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def table_block(sentence: Sentences, layers: Iterable[str], digits: int = 2, width: int | None = None) -> str:
    """A sentence with its number, and under it what was found in it: values first, then the words.

    ``digits`` is the width of the number (a report of a hundred sentences has ``s001``), ``width`` that of a terminal.
    """
    text = f"s{int(sentence.sentence.id[1:]):0{digits}d}  {shown(sentence.sentence.text)}"
    if width:
        text = "\n".join(textwrap.wrap(text, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False))
    lines = [text]
    for layer in layers:
        for found in getattr(sentence, layer):
            label, values, words = _DESCRIBED[layer](found)
            lines.append(f"{_INDENT}{label:<10} {shown(values):<32}  {shown(words)}".rstrip())
    return "\n".join(lines) + "\n"


def _quantity(found: Any) -> tuple[str, str, str]:
    if found.value is None:
        value = "some" if found.value_min is None else f"at least {found.value_min}"
    else:
        value = f"{found.value}" if found.value_max is None else f"{found.value} to {found.value_max}"
    return "quantity", f"{'about ' * found.approx}{value} {found.unit or ''}", found.text + _named(by=found.attributed_to)


def _date(found: Any) -> tuple[str, str, str]:
    value = found.value or f"{found.offset or '?'} from another event"
    return "date", value, found.text + _named(**{"from": found.anchor})


def _actor(found: Any) -> tuple[str, str, str]:
    return "actor", found.type, found.text + _named(**{"in full": None if found.actor == found.text else found.actor})


def _statement(found: Any) -> tuple[str, str, str]:
    return "statement", found.kind, found.verb + _named(by=found.speaker)


def _event(found: Any) -> tuple[str, str, str]:
    return "event", f"{found.class_} {found.status} {found.date or ''}", found.text + _named(by=found.actor, to=found.target)


def _reaction(found: Any) -> tuple[str, str, str]:
    return "reaction", f"{found.kind} {found.stance} {found.addressee or ''}", found.text + _named(by=found.actor)


def _named(**parts: str | None) -> str:
    """Labels in Latin letters between the Arabic parts keep these in their order on terminals that turn Arabic round."""
    return "".join(f"  {label}: {words}" for label, words in parts.items() if words)


_DESCRIBED = dict(zip(COLUMNS, (_quantity, _date, _actor, _statement, _event, _reaction), strict=True))
