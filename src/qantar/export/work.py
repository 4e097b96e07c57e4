"""What ``CITATION.cff`` says of the book, as exports need it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from qantar import citation
from qantar.paths import data_folder
from qantar.report import ReportError

_NEEDED = ("title", "abstract", "version", "date-released", "authors", "license")


def about() -> Mapping[str, Any]:
    """What ``CITATION.cff`` says of the book. Raises ``ReportError`` if it can't be read or lacks what exports need."""
    file = data_folder().parent / "CITATION.cff"
    try:
        found = citation.work()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise ReportError(f"{file}{place}: is not YAML: {error.problem}") from None
    missing = [name for name in _NEEDED if not (isinstance(found, Mapping) and found.get(name))]
    if missing:
        raise ReportError(f"{file}: has no {missing[0]}; exports need {', '.join(_NEEDED)}")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", citation.day(found)):
        raise ReportError(f"{file}: date-released is {found['date-released']!r}; write a day, such as 2026-11-24")
    return found


def address(work: Mapping[str, Any]) -> str:
    """The address of the book's site with a slash at its end; empty as long as it has none."""
    url = work.get("url") or ""
    return url if not url or url.endswith("/") else f"{url}/"


def authors(work: Mapping[str, Any]) -> list[tuple[str, str, str | None]]:
    """(``Person`` or ``Organization``, name, ORCID or address) of every author."""
    found = []
    for author in work["authors"]:
        person = "family-names" in author
        parts = (author.get(key) for key in ("given-names", "name-particle", "family-names", "name-suffix"))
        name = " ".join(part for part in parts if part) if person else author.get("name", "")
        found.append(("Person" if person else "Organization", name, author.get("orcid") or author.get("website")))
    return found
