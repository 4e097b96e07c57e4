"""``qantar review``: what the command takes."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qantar.review.terminal import Terminal

TABLES = ("actors", "mentions", "events", "figures", "dates", "statements", "reactions", "relations")
HELP = "check the rows of a draft coding, one by one, in the terminal"
DESCRIPTION = """\
Walk through the unchecked rows of a book's draft coding in the order of its report. Each is shown with its sentence, the
words that it rests on between ⟦ and ⟧, and its columns; a key decides:

  a  accept: the row is right                s  skip: leave it unchecked
  c  correct the value of a column           b  back to the row before
  r  reject: take the row out                u  undo the last decision
  q  leave; all that was decided is written already

What rests on a row that is rejected goes with it, or no longer names it; this is shown and asked before. Rows that
nothing was decided about stay as they are written, byte for byte."""
EXAMPLES = """\
examples:
  qantar review
  qantar review mybook --table events

exit status: 0, also if rows are left; 2 if there is no draft, or its tables are faulty."""


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("review", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("book", nargs="?", metavar="DIR", type=Path, help="the folder of the book (default: this one)")
    parser.add_argument("--table", choices=TABLES, metavar="NAME", default="", help=f"one table alone ({', '.join(TABLES)})")
    return parser


def review(book: Path | None, table: str, terminal: Terminal | None = None) -> str:
    """Walk through the unchecked rows; the text that says what is left.

    Raises ``ReportError`` or ``DataError`` if there is no draft that can be reviewed.
    """
    # Here, since the other commands start without what these need.
    from qantar import load_report, paths
    from qantar.review import draft as drafts
    from qantar.review.session import Session
    from qantar.review.status import summary
    from qantar.review.terminal import real_terminal

    draft = drafts.open_draft(load_report(), paths.choose(book) / "coding")
    session = Session(draft, drafts.queue(draft, table), terminal or real_terminal(), DESCRIPTION)
    with suppress(KeyboardInterrupt):
        session.run()
    states = [row.cells["status"] for row in session.draft.files[drafts.TABLE].rows]
    return summary(len(states), states.count("unchecked"))
