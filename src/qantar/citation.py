"""How to cite the book, a part of it, a sentence of the report or a row of the data, from ``CITATION.cff``."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from typing import Any

import yaml

from qantar.paths import data_folder
from qantar.phrasing import date, mark_arabic
from qantar.report import Report


class Reference(str):
    """A reference as plain text that shows itself as a paragraph, its Arabic marked."""

    def _repr_html_(self) -> str:
        return f"<p>{mark_arabic(self)}</p>"


@functools.cache
def work() -> Mapping[str, Any]:
    """What ``CITATION.cff`` beside the data folder says of the book."""
    return yaml.safe_load((data_folder().parent / "CITATION.cff").read_text(encoding="utf-8"))


def book(about: Mapping[str, Any] | None = None) -> Reference:
    """The book as a reference: authors, title, version, day of release, and the address where it has one."""
    about = work() if about is None else about
    address = about.get("doi") or about.get("url") or about.get("repository-code")
    parts = [_authors(about), about["title"], f"Version {about['version']}, {date(_day(about))}", address]
    return Reference(". ".join(str(part) for part in parts if part) + ".")


def section(label: str, title: str, about: Mapping[str, Any] | None = None) -> Reference:
    """A section as a reference: its title and its label, which never changes, in the book."""
    return Reference(f"“{title}” (section {label}). In: {book(about)}")


def row(row_id: str, file: str, about: Mapping[str, Any] | None = None) -> Reference:
    """A row of the data as a reference: its identifier and its file, in the book."""
    return Reference(f"Row {row_id} of {file}. In: {book(about)}")


def sentence(report: Report, sentence_id: str, about: Mapping[str, Any] | None = None) -> Reference:
    """A sentence of the report as a reference: the report first, for its words are its publisher's.

    Raises ``ReportError`` if the report has no such sentence.
    """
    publisher, day = report.metadata["publisher"], date(str(report.published))
    return Reference(f"{publisher}, {day}, sentence {report.sentence(sentence_id).id}. As numbered in: {book(about)}")


def bibtex(about: Mapping[str, Any] | None = None) -> str:
    """The book as a BibTeX entry."""
    about = work() if about is None else about
    day = _day(about)
    fields = {"author": f"{{{_authors(about)}}}", "title": f"{{{about['title']}}}", "version": about["version"],
              "year": day[:4], "date": day, "url": about.get("url")}
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{qantar{day[:4]},", *lines, "}"])


def _authors(about: Mapping[str, Any]) -> str:
    return "; ".join(a.get("name") or f"{a['family-names']}, {a['given-names']}" for a in about["authors"])


def _day(about: Mapping[str, Any]) -> str:
    """The day of release; YAML reads it as a date unless it is quoted."""
    day = about["date-released"]
    return day.isoformat() if isinstance(day, datetime.date) else str(day)
