"""``qantar new``: what the command takes, and what it does."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

HELP = "make a book of your own about an Arabic report of your own"
DESCRIPTION = """\
Make a research book about an Arabic news report, of the same shape as Qantar's: the report with its checksum, the machine
reading as a draft coding of which every row is marked unchecked, the chapters with their figures and tables and with places
to write, tests, Makefile, CI, citation file. In its folder, `make book` and `make test` work at once, `make review` checks
the coding row by row.

What a .yml file beside the report says of it (publisher, headline, url, published) is taken over."""
EXAMPLES = """\
examples:
  qantar new mybook --report report.txt --published 2024-09-10
  qantar new mybook --report report.txt --published 2024-09-10 --title "Floods in Tata" --publisher Hespress

exit status: 0 if the book was made, 2 if nothing was."""


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("new", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("book", metavar="DIR", type=Path, help="the folder to make; it must be new or empty")
    parser.add_argument("--report", metavar="FILE", type=Path, required=True, help="the report, a text in UTF-8")
    parser.add_argument("--published", metavar="DATE", help="its day of publication, YYYY-MM-DD")
    parser.add_argument("--title", default="", help="title of the book (default: the first words of the report)")
    parser.add_argument("--author", default="", metavar="NAME", help="author of the book, for its citation")
    parser.add_argument("--publisher", default="", metavar="NAME", help="who published the report")
    parser.add_argument("--url", default="", help="where it was published")
    parser.add_argument("--country", metavar="CC", help="state it is about, such as KZ; else the one its opening names most")
    return parser


def new(options: argparse.Namespace, country: str | None) -> str:
    """Make the book; the text that says what to do with it. Raises ``ReportError`` if it can't be made."""
    # Here, since the other commands start without what these need.
    from qantar.reading.source import publication_day, read_metadata
    from qantar.report import ReportError
    from qantar.scaffold.new import About, create, source

    try:
        raw = options.report.read_bytes()
    except FileNotFoundError:
        raise ReportError(f"{options.report}: there is no such file") from None
    known = dict(read_metadata(options.report.with_suffix(".yml")))
    if known.get("sha256", hashlib.sha256(raw).hexdigest()) != hashlib.sha256(raw).hexdigest():
        raise ReportError(f"{options.report}: the text is not the one that {options.report.stem}.yml describes (sha256 differs)")
    told = options.published or known.get("published")
    if told is None:
        raise ReportError(f"{options.report}: its day of publication is not known; give --published YYYY-MM-DD")
    known |= {name: value for name in ("publisher", "url") if (value := getattr(options, name))}
    title = " ".join(options.title.split())
    about = About(publication_day(told, "--published" if options.published else "published"), title, options.author, country or "", known)
    folder = create(options.book, raw, about, str(options.report))
    return "\n".join([
        f"{folder}: the book is made; its coding is a machine reading that nobody has checked.",
        f"  cd {options.book}",
        "  make book     builds it",
        "  make review   checks the coding row by row",
        f"qantar itself is taken from {source() or 'the package index'}; README.md there says how to change that.",
    ])
