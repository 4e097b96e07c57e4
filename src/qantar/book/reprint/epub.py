"""The book as an EPUB 3: a file a chapter, evidence as notes that readers show where they are asked for.

The container and its metadata follow EPUB 3.3 (W3C) and EPUB Accessibility 1.1; the same bytes from the same site.
"""

from __future__ import annotations

import copy
import mimetypes
import uuid
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree, html

from qantar import citation
from qantar.archive import zip_bytes
from qantar.book.reprint import STYLES, chapters, cover, front
from qantar.book.reprint.chapters import Chapter
from qantar.export import work
from qantar.values import Book

XHTML, OPS, XML = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://www.w3.org/XML/1998/namespace"
FACES = ("amiri-regular.woff2", "amiri-licence.txt")  # of the site
DPI = 200  # the cover: 1200 by 1800 dots

# What readers know a part of the text by, beside its role.
_TYPES = {"doc-noteref": "noteref", "doc-footnote": "footnote", "doc-endnotes": "endnotes", "doc-backlink": "backlink"}
_MEDIA = {".xhtml": "application/xhtml+xml", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".txt": "text/plain"}

_ACCESS = {
    "schema:accessMode": ["textual", "visual"],
    "schema:accessModeSufficient": ["textual", "textual,visual"],
    "schema:accessibilityFeature": ["alternativeText", "displayTransformability", "readingOrder", "structuralNavigation", "tableOfContents"],
    "schema:accessibilityHazard": ["none"],
    "schema:accessibilitySummary": ["Every figure has a text alternative made from its data. Arabic is marked as Arabic. Notes lead back to their places."],
}


def build(site: Path, book: Book, about: Mapping[str, Any]) -> bytes:
    """The EPUB of a built site. Raises ``ReprintError`` if a page is missing."""
    found = chapters.read(site, work.address(about))
    files = {f"{chapter.name}.xhtml": chapter for chapter in found}
    pictures = _pictures(found)
    _point(found)
    texts = {"title.xhtml": _page(front.title(about)[0], _parsed(front.title_page(about) + front.imprint(about, book)))}
    texts |= {name: _page(chapter.title, chapter.body) for name, chapter in files.items()}
    head, rest = front.title(about)
    drawn = cover.cover(book, head, rest, front.names(about))
    texts["cover.xhtml"] = _page(head, _parsed(f'<section class="cover"><img src="cover.png" alt="{escape(drawn.alt)}"></section>'))
    made = texts | pictures | {
        "nav.xhtml": _nav(found),
        "style.css": (STYLES / "epub.css").read_bytes(),
        "cover.png": cover.saved(drawn, "png", dpi=DPI),
    } | {f"fonts/{name}": (site / "_static" / "fonts" / name).read_bytes() for name in FACES}
    spine = ["cover.xhtml", "title.xhtml", "nav.xhtml", *files]
    container = {
        "mimetype": b"application/epub+zip",
        "META-INF/container.xml": b'<?xml version="1.0"?>\n<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        b'<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n',
        "EPUB/package.opf": package(made, spine, about).encode(),
    }
    return zip_bytes(container | {f"EPUB/{name}": content for name, content in made.items()}, citation.day(about), first="mimetype")


# --------------------------------------------------------------------------------------------------------- the pages


def _pictures(found: list[Chapter]) -> dict[str, bytes]:
    """The pictures of the chapters by their paths in the EPUB, named by the figures that they are in."""
    made = {}
    for chapter in found:
        for number, image in enumerate(chapter.body.iter("img"), 1):
            source = Path(image.get("src"))
            label = next((figure.get("id") for figure in image.iterancestors("figure")), None) or f"{chapter.name}-{number}"
            image.set("src", f"images/{label}{source.suffix}")
            made[image.get("src")] = source.read_bytes()
    return made


def _point(found: list[Chapter]) -> None:
    for link, name, label in chapters.inner_links(found):
        link.set("href", f"{name}.xhtml#{label}")


def _parsed(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text, create_parent="div")


def _page(title: str, body: html.HtmlElement) -> bytes:
    """A page of the EPUB: the body as XHTML, roles also as types, languages also for readers of XML."""
    body = copy.deepcopy(body)
    for element in body.iter():
        if (role := element.get("role")) in _TYPES:
            element.set(f"{{{OPS}}}type", _TYPES[role])
        if "lang" in element.attrib:
            element.set(f"{{{XML}}}lang", element.get("lang"))
    html.html_to_xhtml(body)
    root = etree.fromstring(
        f'<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="en" xml:lang="en"><head><title>{escape(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head><body/></html>'
    )
    root[1].append(body)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def _nav(found: list[Chapter]) -> bytes:
    """The contents: parts, chapters, sections."""
    entries, part = [], ""
    for chapter in found:
        if chapter.part != part:
            entries += ["</ol></li>"] * bool(part) + [f"<li><span>{escape(chapter.part)}</span><ol>"] * bool(chapter.part)
            part = chapter.part
        sections = "".join(f'<li><a href="{chapter.name}.xhtml#{label}">{escape(title)}</a></li>' for label, title in chapter.sections)
        entries.append(f'<li><a href="{chapter.name}.xhtml">{escape(chapter.title)}</a>{f"<ol>{sections}</ol>" if sections else ""}</li>')
    entries += ["</ol></li>"] * bool(part)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="{XHTML}" xmlns:epub="{OPS}" lang="en" xml:lang="en"><head><title>Contents</title>'
        '<link rel="stylesheet" type="text/css" href="style.css"/></head><body>'
        f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>Contents</h1><ol>{"".join(entries)}</ol></nav>'
        '<nav epub:type="landmarks" hidden="hidden"><h2>Landmarks</h2><ol><li><a epub:type="cover" href="cover.xhtml">Cover</a></li>'
        '<li><a epub:type="titlepage" href="title.xhtml">Title page</a></li><li><a epub:type="toc" href="#toc">Contents</a></li>'
        f'<li><a epub:type="bodymatter" href="{found[0].name}.xhtml">Text</a></li></ol></nav></body></html>\n'
    ).encode()


# ------------------------------------------------------------------------------------------------------- the package


def identifier(about: Mapping[str, Any]) -> str:
    """What the book is known by, in every version: its DOI, else a UUID made from its address or its title."""
    if about.get("doi"):
        return f"urn:doi:{about['doi']}"
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, work.address(about) or str(about['title']))}"


def package(files: Iterable[str], spine: list[str], about: Mapping[str, Any]) -> str:
    """The package document: metadata, all files, the order of reading."""
    dublin = [
        ("identifier", ' id="book"', identifier(about)), ("title", "", str(about["title"])), ("language", "", "en"), ("language", "", "ar"),
        *(("creator", "", name) for _, name, _ in work.authors(about)), ("date", "", citation.day(about)),
        ("description", "", " ".join(str(about["abstract"]).split())), ("rights", "", front.rights(about)),
        *(("subject", "", str(word)) for word in about.get("keywords") or []),
    ]
    meta = [("dcterms:modified", f"{citation.day(about)}T00:00:00Z"), *((name, value) for name, values in _ACCESS.items() for value in values)]
    lines = [f"<dc:{name}{more}>{escape(value, quote=False)}</dc:{name}>" for name, more, value in dublin]
    lines += [f'<meta property="{name}">{escape(value, quote=False)}</meta>' for name, value in meta]
    items = [f'<item id="{_id(name)}" href="{name}" media-type="{_media(name)}"{_properties(name)}/>' for name in sorted(files)]
    order = [f'<itemref idref="{_id(name)}"/>' for name in spine]
    body = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="book" xml:lang="en" prefix="schema: http://schema.org/">',
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">', *lines, "</metadata>", "<manifest>", *items, "</manifest>", "<spine>", *order, "</spine>", "</package>", "",
    ]
    return "\n".join(body)


def _id(name: str) -> str:
    return "i-" + name.replace("/", "-").replace(".", "-")


def _media(name: str) -> str:
    return _MEDIA.get(Path(name).suffix) or mimetypes.types_map[Path(name).suffix]


def _properties(name: str) -> str:
    known = {"nav.xhtml": "nav", "cover.png": "cover-image"}
    return f' properties="{known[name]}"' if name in known else ""
