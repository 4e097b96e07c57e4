"""The chapters of a built site as clean documents: no controls, no scripts, no code of cells, evidence as notes.

Every link is either within the book, ``chapter#id``, or a full address: a reader of a file has no site around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

from lxml import html

from qantar import contents
from qantar.book.reprint import ReprintError, notes

FOLDER = "chapters"

# Attributes that say something on paper or in a reader; all others serve the page.
_KEPT = {"id", "class", "href", "src", "alt", "lang", "dir", "title", "colspan", "rowspan", "scope", "start", "role", "open"}
_DATE = re.compile(r"\d{4}[\d~?%/.-]{0,17}")
_MANY = 10  # columns; the heads of a table with more stand upright


@dataclass(frozen=True)
class Chapter:
    """A chapter: ``body`` is its section, with the notes at the end."""

    name: str
    part: str
    title: str
    body: html.HtmlElement

    @property
    def sections(self) -> list[tuple[str, str]]:
        """ID and title of each section of the chapter, in order, without its notes."""
        owned = [(heading.getparent(), text(heading)) for heading in self.body.iter("h2")]
        return [(section.get("id"), title) for section, title in owned if section.get("id") and section.get("class") != "notes"]


def read(site: Path, address: str = "") -> list[Chapter]:
    """The chapters of a built site, in the order of its contents; ``address`` is where the site is published, if it is.

    Raises ``ReprintError`` if a page is missing.
    """
    order = [("", contents.opening()), *((part, name) for part, names in contents.parts().items() for name in names)]
    pages = {name: _parsed(site / FOLDER / f"{name}.html") for _, name in order}
    labels = {name: page.find(".//section").get("id") for name, page in pages.items()}
    return [_chapter(name, part, pages[name], labels, site.resolve(), address) for part, name in order]


def text(element: html.HtmlElement) -> str:
    """The text of an element, its blanks as they show."""
    return " ".join(element.text_content().split())


def having(name: str) -> str:
    """The condition of XPath that an element has a class."""
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _parsed(page: Path) -> html.HtmlElement:
    if not page.is_file():
        raise ReprintError(f"{page}: is missing; run `make book`")
    return html.fromstring(page.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def _chapter(name: str, part: str, page: html.HtmlElement, labels: dict[str, str], site: Path, address: str) -> Chapter:
    (article,) = page.xpath(f"//article[{having('bd-article')}]")
    found = article.xpath(".//script[@id='qantar-evidence']")
    evidence = json.loads(found[0].text) if found else None
    _clean(article)
    if evidence:
        notes.add(article, name, evidence)
    _resolve(article, name, labels, site, address)
    for element in article.iter():
        for attribute, value in element.attrib.items():
            if attribute not in _KEPT or (attribute == "role" and not value.startswith("doc-")):
                del element.attrib[attribute]
    article.tag = "section"
    article.attrib.pop("class")
    return Chapter(name, part, text(article.find(".//h1")), article)


# ------------------------------------------------------------------------------------------------ what is left out

_DROPPED = " | ".join([
    "//script", "//form", "//button", "//fieldset", "//meter", "//footer", "//nav", "//comment()",
    *(f"//*[{having(name)}]" for name in ("headerlink", "cite", "cell_input", "toctree-wrapper", "uses", "copy")),
    f"//details[{having('fold')}]/summary", f"//details[{having('fold')} and {having('code')}]",
])


def _clean(article: html.HtmlElement) -> None:
    """Take out what does nothing in a file, and show the outputs that a page folds away."""
    for element in article.xpath(_DROPPED.replace("//", ".//")):
        _drop(element)
    for details in article.xpath(f".//details[{having('fold')}]"):
        details.drop_tag()
    for mark in article.xpath(f".//span[{having('reprint-absent')}]"):
        mark.drop_tag()
    for cell in [*article.xpath(f".//div[{having('cell')}]")]:
        if not text(cell) and cell.find(".//img") is None:
            _drop(cell)
    for marks in article.xpath(f".//span[{having('bibtex-citation')}]/sup[*]"):  # brackets tell sources from notes
        marks.text, marks[-1].tail = "[", f"{marks[-1].tail or ''}]"
    for table in article.iter("table"):
        if len(table.find(".//tr")) > _MANY:
            table.set("class", f"{table.get('class', '')} many".strip())
    for cell in article.iter("td"):
        if _DATE.fullmatch(cell.text_content()):
            cell.set("class", f"{cell.get('class', '')} date".strip())
    for number in article.xpath(f".//a[{having('number')}]"):
        number.tag = "span"
        del number.attrib["href"]


def _drop(element: Any) -> None:
    """Take an element out of its document, what follows it stays; the blank before a control goes with it."""
    before = element.getprevious()
    parent = element.getparent()
    if element.get("class") in ("cite", "headerlink"):
        if before is not None:
            before.tail = (before.tail or "").rstrip()
        else:
            parent.text = (parent.text or "").rstrip()
    element.drop_tree()


# ------------------------------------------------------------------------------------------------------- the links


def _resolve(article: html.HtmlElement, name: str, labels: dict[str, str], site: Path, address: str) -> None:
    """Links as ``chapter#id`` or full addresses; one that leads to neither is mere text. Pictures by their paths."""
    page = f"{FOLDER}/{name}.html"
    for image in article.iter("img"):
        image.set("src", str(site / unquote(urljoin(page, image.get("src")))))
    for link in list(article.iter("a")):
        if target := _target(link.get("href", ""), page, labels, address):
            link.set("href", target)
        elif link.get("id"):
            link.tag = "span"
            link.attrib.pop("href", None)
        else:
            link.drop_tag()


def _target(href: str, page: str, labels: dict[str, str], address: str) -> str:
    if not href or ":" in href.partition("#")[0]:
        return href
    path, _, label = urljoin(page, href).partition("#")
    name = path.removeprefix(f"{FOLDER}/").removesuffix(".html")
    if path == f"{FOLDER}/{name}.html" and name in labels:
        return f"{name}#{unquote(label) or labels[name]}"
    return urljoin(address, f"{path}#{label}".rstrip("#")) if address else ""


def inner_links(chapters: list[Chapter]) -> Iterator[tuple[html.HtmlElement, str, str]]:
    """Each link within the book with the chapter and the ID that it leads to."""
    names = {chapter.name for chapter in chapters}
    for chapter in chapters:
        for link in chapter.body.iter("a"):
            name, mark, label = link.get("href", "").partition("#")
            if mark and name in names:
                yield link, name, label
