"""A section of a built page in the parts that can be compared: prose, bound values, tables, figures.

Whatever the page has of a label is cut out (``part``): a chapter or a section with its subsections, a figure, a table, a
sentence of the report with its coding, a row, an actor. In the prose each value that is bound to data stands as its name,
``‹F06›``, and each citation as the beginning of its source, so that a new number is not taken for new words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import html

from qantar.anchors import TOMBSTONE

Element = html.HtmlElement

_INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
_UNSEEN = (
    "script", "style", "template", "button", "dialog", "nav", "form", "select", "input", "fieldset",
    "*[@hidden]", "*[contains(@class, 'headerlink')]", "*[contains(@class, 'caption-number')]", "*[contains(@class, 'cell_input')]",
    "details[contains(@class, 'above-input')]", "details[contains(@class, 'below-input')]/summary", "details[contains(@class, 'fold code')]", "details[contains(@class, 'fold')]/summary",
    "section[@class='tombstones']",
)  # fmt: skip
_EVIDENCE = ("claim", "event", "later", "actor", "sentence", "quote")
_PAIR = re.compile(r"(?:^|; )([a-z][a-z _]*): ")
_CITED = 36  # characters of a source that stand for it


@dataclass(frozen=True)
class Table:
    """The columns and rows of a table, as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass
class Part:
    """What a page has of a label; ``values`` has the texts of each bound value in their order."""

    title: str = ""
    prose: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)


def part(page: bytes, label: str) -> Part | None:
    """What a page has of a label, ``None`` if it has none such, or no more than the sign that it is gone."""
    found = _marked(page, label)
    if found is None or TOMBSTONE in _classes(found):
        return None
    cut = _cut(found)
    made = Part(title=_title(cut))
    for unseen in _UNSEEN:
        for element in cut.xpath(f".//{unseen}"):
            _drop(element)
    _take_values(cut, made)
    _take_tables(cut, made, label)
    _take_figures(cut, made)
    made.prose = [sentence for block in _blocks(cut) for sentence in sentences(block)]
    return made


def gone(page: bytes, label: str) -> str:
    """What the sign in the place of a label says, empty if there is none."""
    found = _marked(page, label)
    return _text(found) if found is not None and TOMBSTONE in _classes(found) else ""


def sentences(block: str) -> list[str]:
    """The sentences of a paragraph.

    >>> sentences("He left. “When?” Nobody asked, e.g. the press.")
    ['He left.', '“When?”', 'Nobody asked, e.g. the press.']
    """
    return [found for found in re.split(r"(?:(?<=[.!?؟])|(?<=[.!?؟][”’»)]))[ ](?=[^a-z])", block) if found]


# ------------------------------------------------------------------------------------------------- what is cut out


def _marked(page: bytes, label: str) -> Element | None:
    if not page.strip():
        return None
    document = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    titles: dict[str, str] = {}
    for link in document.xpath("//span[contains(@class, 'bibtex-citation')]//a"):  # a source is named at its first citation alone
        link.set("title", titles.setdefault(link.get("href"), link.get("title") or _text(link)))
    found = document.xpath("//*[@id=$label]", label=label)
    return found[0] if found else None


def _cut(found: Element) -> Element:
    """The element that a label means, alone in an element of its own.

    Sphinx puts further labels of a section before its heading, and those of rows and actors into their first cell.
    """
    parts = [found]
    if found.tag == "span" and not _text(found):
        home = found.getparent()
        row = next(found.iterancestors("tr"), None)
        if home.tag == "dt":
            parts = [home, *_following(home)]
        elif row is not None:
            parts = [row]
        else:
            parts = [home]
    elif found.tag == "dt":
        parts = [found, *_following(found)]
    heads = parts[0].xpath("ancestor::table/thead") if parts[0].tag == "tr" else []
    made = html.Element("div")
    home = html.Element("table") if parts[0].tag == "tr" else made
    if home is not made:
        made.append(home)
    for element in [*heads, *parts]:
        element.tail = None
        home.append(element)
    return made


def _following(term: Element) -> list[Element]:
    found = []
    for element in term.itersiblings():
        if element.tag == "dt":
            break
        found.append(element)
    return found


def _title(cut: Element) -> str:
    heading = cut.xpath("./section[1]/*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    return _text(heading[0]).removesuffix("#").strip() if heading else ""


# --------------------------------------------------------------------------------------- values, tables, figures


def _take_values(cut: Element, made: Part) -> None:
    """Put names in the place of bound values and citations."""
    for element in cut.xpath(".//span[contains(@class, 'bibtex-citation')]"):
        sources = [link.get("title") or _text(link) for link in element.iter("a")]
        _replace(element, "".join(_named(s[:_CITED] + ("…" if len(s) > _CITED else "")) for s in sources))
    for element in cut.xpath(".//*[@data-evidence or contains(@class, 'evidence') or contains(@class, 'value')]"):
        if (name := _name(element)) and next((a for a in element.iterancestors() if _name(a)), None) is None:
            made.values.setdefault(name, []).append(_text(element))
            _replace(element, _named(name))


def _name(element: Element) -> str:
    """The name of a bound value; where the page does not tell it, what it is and where it leads. Empty for another element."""
    classes = _classes(element)
    if "data-evidence" in element.attrib:
        return element.get("data-evidence")
    if "evidence" in classes:
        kind = next((kind for kind in _EVIDENCE if kind in classes), "")
        target = next((link.get("href", "").partition("#")[2] for link in element.iter("a")), "")
        return ":".join(filter(None, (kind, target)))
    return "value" if element.tag == "span" and classes == ["value"] else ""


def _named(name: str) -> str:
    return "‹" + re.sub(r"\s", "\N{NO-BREAK SPACE}", name) + "›"


def _take_tables(cut: Element, made: Part, label: str) -> None:
    for number, table in enumerate(cut.xpath(".//table[not(ancestor::table)]"), 1):
        caption = table.find("caption")
        labelled = [a.get("id") for a in (table, *table.iterancestors()) if (a.get("id") or "").startswith("tab-")]
        title = labelled[0] if labelled else _text(caption) if caption is not None else label if number == 1 else f"table {number}"
        head = table.xpath("./thead/tr[last()]/*")
        rows = [tuple(_text(cell) for cell in row.xpath("./td|./th")) for row in table.xpath("./tbody/tr|./tr")]
        made.tables[_unused(title, made.tables)] = Table(tuple(_text(cell) for cell in head), tuple(rows))
        if labelled and caption is not None:
            text, table.tag = _text(caption), "p"
            _replace(table, text)
        else:  # the caption is what the table is called by
            _drop(table)
    for entry in cut.xpath(".//li[@id]/small/.."):
        small = entry.find("small")
        pairs = _PAIR.split(_text(small))[1:]
        if pairs:
            made.tables[_unused(entry.get("id"), made.tables)] = Table(("", *pairs[::2]), ((entry.get("id"), *pairs[1::2]),))
            _drop(small)


def _take_figures(cut: Element, made: Part) -> None:
    for number, image in enumerate(cut.xpath(".//img|.//svg[not(ancestor::svg)]"), 1):
        labelled = [a.get("id") for a in (image, *image.iterancestors()) if (a.get("id") or "").startswith("fig-")]
        text = image.get("alt") or image.get("aria-label") or " ".join(_text(d) for d in image.xpath(".//*[local-name()='desc']"))
        if text:
            made.figures[_unused(labelled[0] if labelled else f"figure {number}", made.figures)] = " ".join(text.split())
        _drop(image)


def _unused(name: str, taken: dict[str, object] | dict[str, Table] | dict[str, str]) -> str:
    names = (name, *(f"{name} ({n})" for n in range(2, len(taken) + 3)))
    return next(found for found in names if found not in taken)


# ---------------------------------------------------------------------------------------------------------- text


def _blocks(element: Element) -> Iterator[str]:
    """The text of an element, a paragraph, heading or item at a time."""
    texts: list[str] = []

    def flush() -> Iterator[str]:
        block = _spaced("".join(texts))
        texts.clear()
        if block:
            yield block

    def walk(parent: Element) -> Iterator[str]:
        texts.append(parent.text or "")
        for child in parent:
            if not isinstance(child.tag, str):
                pass  # a comment
            elif child.tag in _INLINE:
                yield from walk(child)
                texts.append(" " if {"word", "form", "lemma"} & set(_classes(child)) else "")  # of a gloss
            else:
                yield from flush()
                yield from walk(child)
                yield from flush()
            texts.append(child.tail or "")

    yield from walk(element)
    yield from flush()


def _text(element: Element) -> str:
    return _spaced(element.text_content())


def _spaced(text: str) -> str:
    """With single spaces; those that do not break stay, they hold the names of values together."""
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split()


def _replace(element: Element, text: str) -> None:
    tail = element.tail
    element.clear()
    element.text, element.tail = text, tail


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()
