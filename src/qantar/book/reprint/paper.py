"""The book as a PDF: all chapters as one page of HTML, printed by Chromium; ``make pdf``.

Chromium sets the page numbers but can't write into the contents on which page something is. So the book is printed twice:
the first print says where each heading is, the second has it in the contents.
"""

from __future__ import annotations

import copy
import io
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import html

import qantar
from qantar import citation
from qantar.book.assets import ARABIC, Face, subset
from qantar.book.reprint import PDF, STYLES, ReprintError, chapters, cover, front, offer
from qantar.book.reprint.chapters import Chapter
from qantar.export import work
from qantar.report import ReportError
from qantar.values import Book, load_book

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OPTIONS = ("--headless", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
           "--no-pdf-header-footer", "--generate-pdf-document-outline")
TIME = 300  # seconds for one print, of which it takes about ten

# All of Latin, Cyrillic, and the signs of text: a PDF has the letters that it uses, whatever the machine has.
_LETTERS = "U+0020-02FF,U+0300-036F,U+0400-052F,U+1E00-1EFF,U+2000-206F,U+20A0-20CF,U+2100-214F,U+2190-21FF,U+2200-22FF"
_SERIF, _SANS = "SourceSerif4{}[opsz,wght].ttf", "IBMPlexSans{}[wdth,wght].ttf"
# Each at one place of its axes: a face that varies Chromium draws as pictures of letters. (family, weight, style, face)
FACES = [
    *(("Text", weight, style, Face("fontpkg_source_serif_4", _SERIF.format(name), _LETTERS, {"opsz": 10, "wght": weight}))
      for weight, style, name in ((400, "normal", ""), (400, "italic", "-Italic"), (600, "normal", ""))),
    *(("Plain", weight, style, Face("fontpkg_ibm_plex_sans", _SANS.format(name), _LETTERS, {"wdth": 85, "wght": weight}))
      for weight, style, name in ((400, "normal", ""), (400, "italic", "-Italic"), (600, "normal", ""))),
    ("Code", 400, "normal", Face("fontpkg_ibm_plex_mono", "IBMPlexMono-Regular.ttf", _LETTERS)),
    ("Arabic", 400, "normal", Face("fontpkg_amiri", "Amiri-Regular.ttf", ARABIC)), ("Arabic", 600, "normal", Face("fontpkg_amiri", "Amiri-Bold.ttf", ARABIC)),
]

Pages = Mapping[str, int]
"""The page that an ID is on, counted from one."""


def browser() -> str:
    """The program that prints. Raises ``ReprintError`` if there is none."""
    named = os.environ.get("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise ReprintError(f"{named}: is no program; CHROMIUM must name one" if named
                           else "there is no Chromium or Chrome to print with; install one, or name it: make pdf CHROMIUM=/path/to/it")
    return found


def build(site: Path, book: Book, about: Mapping[str, Any]) -> bytes:
    """The PDF of a built site. Raises ``ReprintError`` if a page or the browser is missing, or the browser fails."""
    program = browser()
    found = chapters.read(site, work.address(about))
    make_unique(found)
    for chapter in found:
        for details in chapter.body.iter("details"):
            details.set("open", "open")
    made, before, pages = b"", {}, {}
    with TemporaryDirectory() as folder:
        faces = [Path(folder, f"{n}.woff2") for n in range(len(FACES))]
        for (*_, face), target in zip(FACES, faces, strict=True):
            target.write_bytes(subset(face))
        for number in (1, 2):
            sys.stderr.write(f"Printing the book, {number} of 2\n")
            made = printed(program, document(found, book, about, faces, pages))
            before, pages = pages, _places(made)
    if before != pages:
        raise ReprintError("the contents did not come out the same twice; this should not happen")
    return described(made, about)


# ----------------------------------------------------------------------------------------------------------- one page


def document(found: list[Chapter], book: Book, about: Mapping[str, Any], faces: Sequence[Path], pages: Pages) -> str:
    """The book as one page of HTML; ``faces`` are the files of ``FACES``. Without ``pages`` its contents have noughts for numbers."""
    head, rest = front.title(about)
    drawn = cover.saved(cover.cover(book, head, rest, front.names(about)), "svg").decode()
    picture = drawn[drawn.index("<svg") :]
    sheets = "".join(_sheet(chapter, head) for chapter in found)
    rules = "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url("{faces[n].as_uri()}"); }}\n'
        for n, (family, weight, style, _) in enumerate(FACES)
    )
    body = "".join(html.tostring(_opened(chapter), encoding="unicode") for chapter in found)
    return (
        f'<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8"><title>{escape(str(about["title"]))}</title>'
        f'<style>\n{rules}{(STYLES / "paper.css").read_text(encoding="utf-8")}{sheets}</style></head><body>'
        f'<div class="cover" role="img" aria-label="Cover">{picture}</div>'
        f"{front.title_page(about)}{front.imprint(about, book)}{_contents(found, pages)}{body}</body></html>"
    )


def _sheet(chapter: Chapter, head: str) -> str:
    """The running heads of a chapter: the book on the left, the chapter on the right."""
    book, title = _string(head), _string(chapter.title)
    return (
        f"@page chapter-{chapter.name}:left {{ @top-left {{ content: counter(page); }} @top-right {{ content: {book}; }} }}\n"
        f"@page chapter-{chapter.name}:right {{ @top-left {{ content: {title}; }} @top-right {{ content: counter(page); }} }}\n"
        f"#chapter-{chapter.name} {{ page: chapter-{chapter.name}; }}\n"
    )


def _string(text: str) -> str:
    """A text as a string of CSS that may stand in HTML."""
    return '"' + re.sub(r'["\\<]', lambda found: f"\\{ord(found[0]):x} ", text) + '"'


def _opened(chapter: Chapter) -> html.HtmlElement:
    """The chapter with its own ID, the name of its part above the title, and the label of a section on its heading.

    The box of a section can begin at the foot of the page before its heading.
    """
    body = copy.deepcopy(chapter.body)
    for section in list(body.iter("section")):
        heading = next((child for child in section if child.tag in ("h1", "h2", "h3", "h4")), None)
        if heading is not None and "id" in section.attrib and "id" not in heading.attrib:
            heading.set("id", section.attrib.pop("id"))
    body.set("id", f"chapter-{chapter.name}")
    body.set("class", "chapter")
    if chapter.part:
        body.insert(0, html.fragment_fromstring(f'<p class="part">{escape(chapter.part)}</p>'))
    return body


def _contents(found: list[Chapter], pages: Pages) -> str:
    def line(label: str, title: str, kind: str) -> str:
        return f'<a class="{kind}" href="#{label}"><span>{escape(title)}</span><i></i><b>{pages.get(label, "000")}</b></a>'

    lines, part = [], ""
    for chapter in found:
        if chapter.part != part:
            part = chapter.part
            lines.append(f'<p class="part">{escape(part)}</p>')
        lines += [line(f"chapter-{chapter.name}", chapter.title, "of-chapter"), *(line(label, title, "of-section") for label, title in chapter.sections)]
    return f'<nav class="book-contents"><h1>Contents</h1>{"".join(lines)}</nav>'


def make_unique(found: list[Chapter]) -> None:
    """IDs that several chapters have get the name of the chapter before them; links follow."""
    count = Counter(label for chapter in found for label in chapter.body.xpath(".//@id"))
    for link, name, label in chapters.inner_links(found):
        link.set("href", f"#{name}--{label}" if count[label] > 1 else f"#{label}")
    for chapter in found:
        for element in chapter.body.iter():
            if count[element.get("id")] > 1:
                element.set("id", f"{chapter.name}--{element.get('id')}")
    for chapter in found:
        for image in chapter.body.iter("img"):
            image.set("src", Path(image.get("src")).as_uri())


# ---------------------------------------------------------------------------------------------------------- the print


def printed(program: str, page: str) -> bytes:
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "book.html"), Path(folder, "book.pdf")
        source.write_text(page, encoding="utf-8")
        root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # as root it has no sandbox to offer
        command = [program, *OPTIONS, *root, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=TIME, check=False)
        except subprocess.TimeoutExpired:
            raise ReprintError(f"{program}: did not print the book in {TIME} seconds") from None
        if not target.exists():
            raise ReprintError(f"{program}: did not print the book: {(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")
        return target.read_bytes()


def _places(made: bytes) -> dict[str, int]:
    """The page of everything that a link leads to."""
    import pikepdf

    with pikepdf.open(io.BytesIO(made)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {name.removeprefix("/"): numbers[place[0].objgen] for name, place in pdf.Root.Dests.items()}


def described(made: bytes, about: Mapping[str, Any]) -> bytes:
    """The PDF with the book's title, authors and day in place of the browser's name and the hour of the print, and packed."""
    import pikepdf

    day, abstract = citation.day(about), " ".join(str(about["abstract"]).split())
    words = [str(word) for word in about.get("keywords") or []]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        del pdf.docinfo
        pdf.docinfo = pdf.make_indirect(pikepdf.Dictionary(
            Title=str(about["title"]), Author=front.names(about), Subject=abstract, Keywords=", ".join(words), Creator=f"qantar {qantar.__version__}",
            Producer="Chromium", CreationDate=f"D:{day.replace('-', '')}000000Z", ModDate=f"D:{day.replace('-', '')}000000Z",
        ))
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as data:
            data["dc:title"], data["dc:creator"], data["dc:description"] = str(about["title"]), [name for _, name, _ in work.authors(about)], abstract
            data["dc:language"], data["dc:subject"], data["dc:rights"] = {"en", "ar"}, set(words), front.rights(about)
            data["xmp:CreateDate"] = data["xmp:ModifyDate"] = f"{day}T00:00:00Z"
        pdf.Root.ViewerPreferences.DisplayDocTitle = True
        with pdf.open_outline() as outline:
            for item in _each(outline.root):
                half = len(item.title) // 2
                if item.title[:half] == item.title[half:]:  # Chromium writes the title of a heading at the top of a page twice
                    item.title = item.title[:half]
        out = io.BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True, deterministic_id=True)
        return out.getvalue()


def _each(items: Iterable[Any]) -> Iterator[Any]:
    """Each item of an outline, and each below it."""
    for item in items:
        yield item
        yield from _each(item.children)


def main(site: str) -> str:
    """Write the PDF into a built site and let its pages offer it; the line that says so. Exits with one line where it can't."""
    try:
        folder = Path(site)
        made = build(folder, load_book(), work.about())
        target = offer.put(folder, PDF, made)
    except (ReprintError, ReportError) as error:
        sys.exit(str(error))
    return f"{target.name}: {len(made) / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1]) + "\n")
