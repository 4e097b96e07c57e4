"""What to cite: the book, and any of its labels, each as one item of CSL-JSON made from ``CITATION.cff``.

Title, authors, version, day of release and DOI come from that file alone, the address too unless a build is told another. A part of the book is a part of this
version of it. A sentence of the report is its publisher's, as numbered in the book. ``citation_formats`` writes items as text.
"""

from __future__ import annotations

import datetime
import functools
import json
import os
import re
from collections.abc import Mapping
from typing import Any

import yaml

from qantar import editions
from qantar.labels import BOOK, Label
from qantar.paths import data_folder
from qantar.report import load_report

Item = dict[str, Any]
"""An item of CSL-JSON."""

UNTITLED = "[Untitled {}]"  # in brackets, as descriptions in the place of a title are
TYPES = {"book": "book", "chapter": "chapter", "section": "chapter", "figure": "figure", "table": "entry",
         "sentence": "webpage", "row": "entry", "actor": "entry"}

# Control characters say nothing in a title; the private ones stand for title and label in templates.
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\ue000-\uf8ff]+")
_FIRST_SENTENCE = re.compile(r"(.+?[^.]{3})\.(?=\s+[^\W\d_])", re.DOTALL)


@functools.cache
def work() -> Mapping[str, Any]:
    """What ``CITATION.cff`` beside the data folder says of the book.

    Where it is published, ``BOOK_URL`` in the environment of the build says better than the file.
    """
    about = yaml.safe_load((data_folder().parent / "CITATION.cff").read_text(encoding="utf-8"))
    address = os.environ.get("BOOK_URL")
    return about | {"url": address} if address else about


def authors(about: Mapping[str, Any]) -> list[dict[str, str]]:
    """The authors as names of CSL: bodies are literal, persons have a family and a given name."""
    return [
        {"literal": str(author["name"])} if "name" in author
        else {"family": " ".join(filter(None, [author.get("name-particle"), author["family-names"]])), "given": author.get("given-names", "")}
        for author in about["authors"]
    ]


def day(about: Mapping[str, Any]) -> str:
    """The day of release, ``2026-11-24``; YAML reads it as a date unless it is quoted."""
    found = about["date-released"]
    return found.isoformat() if isinstance(found, datetime.date) else str(found)


def version(about: Mapping[str, Any] | None = None) -> str:
    """The version of the book."""
    return str((work() if about is None else about)["version"])


def released(about: Mapping[str, Any]) -> bool:
    """Whether this version is an edition that stays: whether ``data/editions/`` has it."""
    return (editions.folder() / f"{version(about)}.json").is_file()


def place(label: Label, about: Mapping[str, Any]) -> str:
    """Where the label stands, from the root of the site: in the edition of this version, once that is released."""
    edition = f"v/{version(about)}/" if released(about) else ""
    return edition + (f"{label.page}.html#{label.id}" if label.page else "")


def permalink(label: Label, about: Mapping[str, Any]) -> str:
    """The full address of a label; an empty string while the book has no address."""
    return f"{str(about['url']).rstrip('/')}/{place(label, about)}" if about.get("url") else ""


def clean(title: str) -> str:
    """A title on one line, without control characters.

    >>> clean(" The\\n dead\\x07 ")
    'The dead'
    """
    return " ".join(_UNPRINTED.sub(" ", title).split())


def title(label: Label) -> str:
    """What a label is called in a reference: of a caption the first sentence, in place of none a description."""
    found = clean(label.title)
    if label.kind in ("figure", "table"):
        match = _FIRST_SENTENCE.match(found)
        found = match[1] if match else found.removesuffix(".")
    return found or UNTITLED.format(label.kind)


@functools.cache
def files() -> Mapping[str, str]:
    """Where each table of ``datapackage.json`` lies, from the data folder: ``figures`` in ``coding/figures.csv``.

    Read here without ``qantar.schema``, which brings the libraries that check tables.
    """
    package = json.loads((data_folder() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource["path"] for resource in package["resources"]}


def item(label: Label | None = None, chapter: str = "", about: Mapping[str, Any] | None = None) -> Item:
    """The book, or a label of it, as an item of CSL-JSON; ``chapter`` is the title of the chapter it stands in."""
    label, about = label or Label(BOOK, "book", "", ""), work() if about is None else about
    address = permalink(label, about) or (str(about.get("repository-code", "")) if label.kind == "book" else "")
    made = _sentence(label, about) if label.kind == "sentence" else _of_book(label, clean(chapter), about, bool(address))
    if about.get("doi") and label.kind != "sentence" and (label.kind == "book" or not address):
        made["DOI"] = str(about["doi"])
    return made | ({"URL": address} if address else {})


def _of_book(label: Label, chapter: str, about: Mapping[str, Any], address: bool) -> Item:
    made = {
        "id": label.id, "type": TYPES[label.kind], "author": authors(about), "issued": _date(day(about)),
        "version": version(about), "language": "en",
    }
    if label.kind == "book":
        return made | {"id": f"{_key(about)}{day(about)[:4]}", "title": clean(about["title"])}
    return made | {"title": title(label), "container-title": clean(about["title"])} | _medium(_named(label, chapter, address))


def _key(about: Mapping[str, Any]) -> str:
    """What the reference to the book is called: the first Latin word of its title that is not too short to say anything."""
    found = re.search(r"[A-Za-z]{4,}", clean(about["title"]))
    return found[0].lower() if found else "report"


def _named(label: Label, chapter: str, address: bool) -> str:
    """What kind of part it is, and its label where no address has it. Both styles print the medium as it is."""
    within = f" of the chapter “{chapter}”" if chapter and label.kind != "chapter" else ""
    shown = "" if address or label.kind == "row" else f" {label.id}"
    if label.kind == "row":
        return f"data set {files()[label.table]}"
    if label.kind == "actor":
        return f"entry{shown}"
    return f"{label.kind}{shown}{within}" if shown or within else ""


def _sentence(label: Label, about: Mapping[str, Any]) -> Item:
    """The report as the work, in its own language: a style that capitalises English titles leaves it alone."""
    known = load_report().metadata
    book = f"{clean(about['title'])}, version {version(about)}"
    return {
        "id": label.id, "type": TYPES["sentence"], "title": clean(known.get("headline") or UNTITLED.format("report")),
        "author": [{"literal": str(known.get("author") or known.get("publisher") or "[Publisher not known]")}], "issued": _date(str(known["published"])),
        "language": str(known.get("language", "ar")),
    } | _medium(f"sentence {label.id} as numbered in {book}")


def _medium(text: str) -> Item:
    return {"medium": text} if text else {}


def _date(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]}
