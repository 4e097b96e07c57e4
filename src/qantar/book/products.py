"""What a chapter produces: its tables as CSV, its figures as SVG and PNG, the text that its cells print."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import nbformat

from qantar import values
from qantar.book import digests, ledger
from qantar.book.pictures import description
from qantar.tables import csv

_LEDGER = re.compile(r"^(?:`{3,}|:{3,})\{ledger\}[ \t]+(\w+)[ \t]*\n((?::\w+:.*\n)*)", re.MULTILINE)
_FILE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ROLE = re.compile(r"\{[\w:]+\}`(?:([^`<]*?)\s*<[^`>]*>|([^`]*))`")


@dataclass(frozen=True)
class Product:
    """A table or a figure: its label, which names its files, its caption, and the content of each file by ending."""

    kind: str
    label: str
    caption: str
    files: Mapping[str, bytes] = field(repr=False)
    description: str = ""
    page: str = ""
    """A table's HTML, as its page has it."""

    @property
    def main(self) -> str:
        """The ending of the file that says whether two products are the same."""
        return "csv" if self.kind == "table" else "svg"

    @property
    def file(self) -> str:
        """The name of that file."""
        return f"{self.label}.{self.main}"

    @property
    def sha256(self) -> str:
        """The digest of that file."""
        return digests.of(self.files[self.main])


def products(notebook: nbformat.NotebookNode) -> list[Product]:
    """Each table and figure of an executed notebook in its order; what has no label is numbered, ``table-1``."""
    made: list[Product] = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "image/svg+xml" in data:
                made.append(_figure(cell.metadata.get("mystnb", {}).get("figure", {}), data, _number(made, "figure")))
            elif "text/csv" in data:
                made.append(_table(output.get("metadata", {}).get("text/csv", {}), data, _number(made, "table")))
    return made


def ledgers(source: str, chapter: str) -> list[Product]:
    """The tables that the ``ledger`` directives of a chapter's source make, with all columns of the record."""
    made = []
    for found in _LEDGER.finditer(source):
        topic = re.search(r":topic:[ \t]*(.*\S)", found[2])
        name, about = found[1], topic[1] if topic else ""
        if name in ledger.COLUMNS:
            frame = ledger.rows(values.load_book().record, name, about)
            label = ledger.label(chapter, name, about)
            made.append(Product("table", label, ledger.title(name, about), {"csv": csv(frame).encode("utf-8")}))
    return made


def printed(notebook: nbformat.NotebookNode) -> str:
    """The text of all outputs that are neither table nor figure, cell after cell."""
    return "".join(f"{text.rstrip()}\n" for text in _texts(notebook))


def _texts(notebook: nbformat.NotebookNode) -> Iterator[str]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "text" in output:
                yield output["text"]
            elif "image/svg+xml" not in data and "text/csv" not in data:
                yield data.get("text/plain", "")


def _number(made: list[Product], kind: str) -> str:
    return f"{kind}-{1 + sum(product.kind == kind for product in made)}"


def _named(label: str | None, fallback: str) -> str:
    """The label, unless it could not be the name of a file."""
    return label if label and _FILE.fullmatch(label) else fallback


def _figure(options: Mapping[str, Any], data: Mapping[str, str], fallback: str) -> Product:
    svg = data["image/svg+xml"]
    files = {"svg": svg.encode("utf-8")}
    if "image/png" in data:
        files["png"] = base64.b64decode(data["image/png"])
    text = description(svg)
    return Product("figure", _named(options.get("name"), fallback), short(options.get("caption", "")) or text, files, text)


def _table(about: Mapping[str, str], data: Mapping[str, str], fallback: str) -> Product:
    files = {"csv": data["text/csv"].encode("utf-8")}
    return Product("table", _named(about.get("label"), fallback), about.get("caption", ""), files, page=data.get("text/html", ""))


def short(caption: str) -> str:
    """The first clause of a caption as plain text, its roles and emphasis taken off.

    >>> short("F1 by layer, as in {ref}`the text <validation>`; diamonds are *hands*.")
    'F1 by layer, as in the text'
    """
    plain = _ROLE.sub(lambda found: found[1] or found[2] or "", " ".join(caption.split())).replace("*", "")
    return re.split(r"[.;:](?:\s|$)", plain)[0]
