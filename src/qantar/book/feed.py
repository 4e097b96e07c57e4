"""An Atom feed of the editions (RFC 4287). Its links are relative to the feed, so that it is right wherever the site lies."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from qantar import citation
from qantar.editions import PUBLISHED, Edition
from qantar.export import work

FILE = "editions.atom"
_ATOM = "http://www.w3.org/2005/Atom"


def atom(editions: Sequence[Edition], notes: Mapping[str, str], about: Mapping[str, Any]) -> str:
    """The feed as XML, newest edition first; ``notes`` are HTML by version.

    Identifiers are UUIDs made from the title of the book and the version (RFC 9562, version 5): the same in every build.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "en"})
    _add(feed, "title", str(about["title"]))
    _add(feed, "subtitle", "Editions of the book")
    _add(feed, "id", _identifier(about, ""))
    _add(feed, "updated", _moment(editions[-1].date if editions else citation.day(about)))
    _add(feed, "link", rel="self", href=FILE)
    _add(feed, "link", rel="alternate", href=f"{PUBLISHED}/index.html")
    for _, name, _ in work.authors(about):
        _add(_add(feed, "author"), "name", name)
    for edition in reversed(editions):
        entry = _add(feed, "entry")
        _add(entry, "title", f"Edition {edition.version}")
        _add(entry, "id", _identifier(about, edition.version))
        _add(entry, "updated", _moment(edition.date))
        _add(entry, "link", rel="alternate", href=f"{PUBLISHED}/{edition.version}/index.html")
        _add(entry, "content", notes.get(edition.version) or "No notes.", type="html")
    ET.indent(feed)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(feed, encoding='unicode')}\n"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _identifier(about: Mapping[str, Any], version: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{about['title']} {version}".strip()).urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
