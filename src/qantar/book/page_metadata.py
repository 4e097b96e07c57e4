"""What a page says of itself to machines: one set of Highwire tags for reference managers, JSON-LD for search engines."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from html import escape, unescape
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urljoin

from qantar import citation
from qantar.book.evidence import inert
from qantar.citation import Item
from qantar.citation_templates import Citations
from qantar.labels import BOOK, Label

_DOWNLOAD = re.compile(r'href="([^"]*_downloads/[^"]+\.(?:csv|json|bib|txt|yml))"')
_TYPES = {".bib": "application/x-bibtex", ".yml": "application/yaml", ".csv": "text/csv"}
DATA = "chapters/data"  # the chapter that is about the tables


def tags(citations: Citations, page: str, is_root: bool, body: str) -> str:
    """The metadata of a page as HTML: a chapter is part of the book, the front page is the book."""
    chapter = next((label for label in citations.labels.values() if label.kind == "chapter" and label.page == page), None)
    if chapter is None:
        return ""
    book = citations.item(citations.labels[BOOK])
    item = book if is_root else citations.item(chapter)
    lines = [f'<meta name="{name}" content="{escape(content)}">' for name, content in highwire(item, citations.about)]
    described = json_ld(item, book, chapter, citations, body if page == DATA else "")
    return "\n".join(["", *lines, f'<script type="application/ld+json">{inert(described)}</script>'])


def highwire(item: Item, about: Any) -> Iterator[tuple[str, str]]:
    """Names and contents of the ``citation_*`` tags."""
    yield "citation_title", item["title"]
    if "container-title" in item:
        yield "citation_inbook_title", item["container-title"]
    for author in item["author"]:
        yield "citation_author", _name(author)
    yield "citation_publication_date", citation.day(about).replace("-", "/")
    yield "citation_language", item["language"]
    if "URL" in item:
        yield "citation_public_url", item["URL"]
    if about.get("doi"):
        yield "citation_doi", str(about["doi"])
    for keyword in about.get("keywords", []):
        yield "citation_keywords", str(keyword)


def json_ld(item: Item, book: Item, chapter: Label, citations: Citations, data: str) -> dict[str, Any]:
    """The page in the terms of schema.org; ``data`` is the HTML of a chapter that offers tables, or empty."""
    about = citations.about
    shared: dict[str, Any] = {
        "author": [_author(author) for author in item["author"]], "datePublished": citation.day(about),
        "version": citation.version(about), "license": _licences(about), "inLanguage": item["language"],
    }
    whole = {"@type": "Book", "name": book["title"]} | shared | _address(book)
    if about.get("keywords"):
        whole["keywords"] = [str(keyword) for keyword in about["keywords"]]
    if item is book:
        made = whole
    else:
        made = {"@type": "Chapter", "name": citation.title(chapter)} | shared | _address(item) | {"isPartOf": whole}
    context = {"@context": "https://schema.org"}
    if not data:
        return context | made
    offered = {"@type": "Dataset", "name": f"{book['title']}: the data", "description": " ".join(str(about["abstract"]).split()),
               "creator": shared["author"], "isAccessibleForFree": True, "distribution": list(_distribution(data, item.get("URL", "")))}
    return context | {"@graph": [made, offered | {name: value for name, value in shared.items() if name != "author"}]}


def _distribution(page: str, address: str) -> Iterator[dict[str, str]]:
    """The files that a page offers; their addresses are full where the page has one."""
    for path in sorted({unescape(found) for found in _DOWNLOAD.findall(page)}, key=lambda path: (path.rpartition("/")[2], path)):
        name = PurePosixPath(path)
        kind = _TYPES.get(name.suffix) or mimetypes.types_map[name.suffix]
        yield {"@type": "DataDownload", "name": name.name, "contentUrl": urljoin(address, path), "encodingFormat": kind}


def _licences(about: Any) -> list[str]:
    found = about.get("license", [])
    return [f"https://spdx.org/licenses/{name}" for name in ([found] if isinstance(found, str) else found)]


def _author(author: dict[str, str]) -> dict[str, str]:
    if "literal" in author:
        return {"@type": "Organization", "name": author["literal"]}
    return {"@type": "Person", "name": f"{author['given']} {author['family']}", "familyName": author["family"], "givenName": author["given"]}


def _name(author: dict[str, str]) -> str:
    return author.get("literal") or f"{author['family']}, {author['given']}"


def _address(item: Item) -> dict[str, str]:
    doi = {"identifier": f"https://doi.org/{item['DOI']}"} if "DOI" in item else {}
    return ({"url": item["URL"]} if "URL" in item else {}) | doi
