"""The coding as W3C Web Annotations in JSON-LD: every row an annotation of the words it rests on.

An annotation points at its words twice: by the words with what stands before and after them, and by their place, counted in
Unicode code points from the start of the file, as the standard has it. Its bodies are a line of English, the layer and the
kind it is of, the rows it names, and the row itself as JSON.

IDs are ``<address>#<ID of the row>``. The address is that of the file on the book's site where CITATION.cff knows one (``url``).
Else it is ``urn:uuid:`` and a UUID made (version 5, in the namespace for URLs) from the ``ni:`` address of the report's bytes
(RFC 6920), so it is the same wherever the same report is coded.

https://www.w3.org/TR/annotation-model/
"""

from __future__ import annotations

import base64
import json
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from qantar import __version__, citation, phrasing
from qantar.annotations import Annotations, load_coding
from qantar.export.files import json_bytes
from qantar.export.forms import NAMES
from qantar.export.work import about, address, authors
from qantar.formats import items
from qantar.report import Report, load_report
from qantar.schema import fields_of

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
RIGHTS = "https://creativecommons.org/licenses/by/4.0/"
AROUND = 32
"""How many characters before and after the words are told; more where that does not make them unique."""

KIND = {
    "actors": "kind", "mentions": "form", "events": "kind", "figures": "measures", "dates": "kind", "statements": "mode",
    "reactions": "kind", "relations": "predicate",
}
"""The column of a layer that says of what kind a row is."""

Json = dict[str, Any]


def of_book() -> tuple[Report, Annotations, Mapping[str, Any]]:
    """The book's report and coding, and what CITATION.cff says of it."""
    report = load_report()
    return report, load_coding(report), about()


def collection(report: Report, coding: Annotations, work: Mapping[str, Any]) -> bytes:
    """All annotations of a report as one AnnotationCollection with its only page, in the order of the text."""
    base, source = addresses(report, work)
    found = list(annotations(report, coding, base, source))
    page = {"id": f"{base}#page", "type": "AnnotationPage", "partOf": base, "startIndex": 0, "items": found}
    return json_bytes({
        "@context": CONTEXT,
        "id": base,
        "type": "AnnotationCollection",
        "label": f"{work['title']}: its coding as Web Annotations",
        "creator": [{"type": kind, "name": name} | ({"id": known} if known else {}) for kind, name, known in authors(work)],
        "generator": {"type": "Software", "name": f"qantar {__version__}"},
        "created": f"{citation.day(work)}T00:00:00Z",
        "rights": RIGHTS,
        "total": len(found),
        "first": page,
        "last": page["id"],
    })


def addresses(report: Report, work: Mapping[str, Any]) -> tuple[str, str]:
    """(address of the annotations, address of the report that they point into)."""
    if site := address(work):
        return f"{site}exports/{NAMES['annotations']}", f"{site}exports/data/report/report.txt"
    digest = base64.urlsafe_b64encode(bytes.fromhex(report.sha256)).decode().rstrip("=")
    named = f"ni:///sha-256;{digest}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, named)}", named


def annotations(report: Report, coding: Annotations, base: str, source: str) -> Iterator[Json]:
    """Every row of every layer as an annotation, in the order of the text."""
    rows = {name: {row["id"]: row for row in table.to_dict("records")} for name, table in coding.tables().items()}
    names = {key: row["name_en"] for key, row in rows["actors"].items()}
    known = {key for table in rows.values() for key in table}
    for place in coding.evidence().itertuples():
        row = rows[place.layer][place.id]
        yield {
            "id": f"{base}#{place.id}",
            "type": "Annotation",
            "motivation": ["classifying", "describing"],
            "body": [*_bodies(place.layer, row, names), *_links(place.layer, row, known, base)],
            "target": {
                "type": "SpecificResource",
                "source": source,
                "selector": selectors(report.text, int(place.start), int(place.end)),
            },
        }


def selectors(text: str, start: int, end: int) -> list[Json]:
    """A stretch of a text as a TextQuoteSelector that is found once, and as a TextPositionSelector."""
    width = AROUND
    while not _unique(text, start, end, width) and width < len(text):
        width *= 2
    before, after = text[max(start - width, 0) : start], text[end : end + width]
    return [
        {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": before, "suffix": after},
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def _unique(text: str, start: int, end: int, width: int) -> bool:
    first = max(start - width, 0)
    words = text[first : end + width]
    return text.find(words) == first and text.find(words, first + 1) == -1


def _bodies(layer: str, row: Json, names: Mapping[str, str]) -> Iterator[Json]:
    """A line of English, the layer and kind, and the row with all its columns."""
    yield _text(line(layer, row, names), "describing", language="en", format="text/plain")
    for value in (layer, row[KIND[layer]]):
        yield _text(value, "classifying", language="en", format="text/plain")
    columns = {field["name"]: _plain(row[field["name"]]) for field in fields_of(layer) if not pd.isna(row[field["name"]])}
    yield _text(json.dumps({"table": layer} | columns, ensure_ascii=False), "describing", format="application/json")


def _links(layer: str, row: Json, known: set[str], base: str) -> Iterator[Json]:
    """The actor's item in Wikidata, and the annotations of the rows that this row names, each once."""
    if isinstance(row.get("wikidata"), str):
        yield _resource(f"http://www.wikidata.org/entity/{row['wikidata']}", "identifying")
    columns = [f["name"] for f in fields_of(layer) if "qantar:references" in f and f["name"] not in ("sentence", "sources")]
    named = (key for column in columns for key in items(row[column]))
    for key in dict.fromkeys(key for key in named if key in known):
        yield _resource(f"{base}#{key}", "identifying" if layer == "mentions" else "linking")


def line(layer: str, row: Json, names: Mapping[str, str]) -> str:
    """What a row says, in a line of English."""
    if layer == "actors":
        return row["name_en"] + ("" if pd.isna(row["role_en"]) else f": {row['role_en']}")
    if layer == "mentions":
        return f"{names[row['actor']]}, by {row['form']}"
    if layer == "relations":
        whom = names[row["object"]].removeprefix("The ")
        article = "the " if whom != names[row["object"]] else ""
        return f"{names[row['subject']]} {row['predicate'].replace('_', ' ')} {article}{whom}"
    if layer == "dates":
        return _date(row)
    return row["summary_en"]


def _date(row: Json) -> str:
    if pd.isna(row["value"]):
        return "a time that the report does not tell"
    return row["value"] if row["kind"] == "duration" else phrasing.date(row["value"])


def _text(value: str, purpose: str, **more: str) -> Json:
    return {"type": "TextualBody", "value": value, **more, "purpose": purpose}


def _resource(source: str, purpose: str) -> Json:
    return {"type": "SpecificResource", "source": source, "purpose": purpose}


def _plain(value: Any) -> Any:
    """A cell as JSON has it: a whole number without a point."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.item() if hasattr(value, "item") else value
