"""``qantar changed``: what the command takes, and what it prints."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

HELP = "say what changed in a section since an edition"
DESCRIPTION = """\
Say what changed in a part of the book between an edition and the book as it is built now: the prose, with each bound
value replaced by its name; the values; the cells of tables; what figures show."""
EXAMPLES = """\
examples:
  qantar changed figures-deaths --since 0.2.0
  qantar changed F06 --since 0.2.0
  qantar changed events --since 0.2.0 --site _build/html

exit status: 0 if nothing changed, 1 if something did, 2 if it can't be told."""


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("changed", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    which = "its label: of a chapter, section, figure, table, sentence, row or actor"
    parser.add_argument("label", metavar="SECTION", help=which)
    parser.add_argument("--since", metavar="VERSION", required=True, help="the edition to compare with, such as 0.2.0")
    parser.add_argument("--site", metavar="DIR", type=Path, help="the built book; default _build/html of the repository")
    return parser


def changed(label: str, since: str, site: Path | None, width: int) -> tuple[str, int]:
    """The text to print and the exit status. Raises ``ReportError`` or ``DataError`` where it can't be told."""
    # Here, since the other commands start without what these need.
    from qantar import anchors, changes, editions
    from qantar.paths import data_folder
    from qantar.report import ReportError

    folder = editions.folder()
    site = site or data_folder().parent / "_build" / "html"
    try:
        ledger = anchors.load()
        about, then, now = changes.since(label, since, site, folder, ledger)
    except (changes.NotTold, editions.EditionError) as error:
        raise ReportError(str(error.args[0])) from None
    if then is None or now is None:
        return changes.came_or_went(label, about, since, then, now, site, ledger), 1 if then or now else 2
    found = changes.compare(then, now)
    if not found:
        return f"Nothing changed in {label} since {since}.", 0
    edition = editions.Edition(since, folder / f"{since}.json")
    return changes.report(label, about, edition, found, width), 1
