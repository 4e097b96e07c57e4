"""What stands before the chapters of a book to take along: its title, and what must be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from qantar import citation, phrasing
from qantar.citation_formats import cite
from qantar.export import work
from qantar.values import Book

USE = (
    "Numbers set high lead to the notes at the end of each chapter: the words of the report, their sentence and its translation, "
    "who is made to say them, and what became known later. A sentence, such as s08, and a result that is computed have notes under "
    "their own names. Numbers in brackets are sources, listed in the last chapter. The code of the cells is left out; the site of the book "
    "has each chapter as a notebook, and the data as tables."
)


def title(about: Mapping[str, Any]) -> tuple[str, str]:
    """Title and subtitle of the book."""
    head, _, rest = str(about["title"]).partition(": ")
    return head, rest[:1].upper() + rest[1:]


def names(about: Mapping[str, Any]) -> str:
    """The authors, as a title page names them."""
    return phrasing.listing([name for _, name, _ in work.authors(about)])


def rights(about: Mapping[str, Any]) -> str:
    """Whose the book is and under which licences, in a line."""
    found = about["license"]
    return f"© {citation.day(about)[:4]} {names(about)}; {', '.join([found] if isinstance(found, str) else found)}; the text of the report belongs to its publisher"


def title_page(about: Mapping[str, Any]) -> str:
    """The title page as HTML."""
    head, rest = title(about)
    return (
        f'<section class="title-page"><h1 class="title">{escape(head)}</h1><p class="subtitle">{escape(rest)}</p>'
        f'<p class="author">{escape(names(about))}</p><p class="edition">Version {escape(citation.version(about))}, {phrasing.date(citation.day(about))}</p></section>'
    )


def imprint(about: Mapping[str, Any], book: Book) -> str:
    """Rights, the reference and the use of the notes, as HTML."""
    address = f"<p>{escape(work.address(about))}</p>" if work.address(about) else ""
    report = " ".join(str(book.report.metadata.get("rights") or "").split())
    return (
        f'<section class="imprint"><p>{escape(rights(about))}. The chapter on citing says what is under which licence. '
        f"{phrasing.mark_arabic(report)}</p><p>Cite as: {phrasing.mark_arabic(cite())}</p>{address}<p>{USE}</p></section>"
    )
