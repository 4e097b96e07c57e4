"""``qantar cite``: what the command takes, and what it prints."""

from __future__ import annotations

import argparse
from typing import Any

STYLES = ("apa", "chicago", "bibtex", "ris", "csl")
HELP = "print how to cite the book, a part of it, a sentence of the report or a row of the data"
DESCRIPTION = """\
Print how to cite a label of the book: the same text as the control "cite" beside it gives. Sentences (s08), rows
(F06) and actors (actor-tokayev) are found in the data; chapters, sections, figures and tables in the book as last
built."""
EXAMPLES = """\
examples:
  qantar cite book
  qantar cite figures-deaths --style chicago
  qantar cite F06 --style bibtex >> references.bib
  qantar cite --list

exit status: 0 if it was printed, 2 if there is no such label."""


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("cite", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("label", nargs="?", metavar="LABEL", help="what to cite; book is the whole book")
    parser.add_argument("--style", choices=STYLES, default="apa", help="how to write it (default apa)")
    parser.add_argument("--list", action="store_true", help="list every label with its kind and title")
    return parser


def cite(label: str | None, style: str, listing: bool) -> str:
    """The text to print. Raises ``ReportError``, or ``DataError`` if the data that hold the label are faulty."""
    # Here, since the other commands start without what these need.
    from qantar import citation_formats, labels
    from qantar.report import ReportError

    if listing:
        return "\n".join(_line(known) for known in labels.known().values())
    if label is None:
        raise ReportError("no label: name what to cite, or list the labels with --list")
    found = labels.find(label)
    return citation_formats.cite(found, labels.chapter_of(found, labels.of_build()), style)


def _line(label: Any) -> str:
    from qantar import citation

    return f"{label.id}\t{label.kind}\t{'the whole book' if label.kind == 'book' else citation.title(label)}"
