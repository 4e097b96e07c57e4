"""``qantar coding status``: what the command takes, and what it prints."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

HELP = "say how much of a draft coding is checked, and what is left"
DESCRIPTION = """\
Say of each table of a book's coding how many rows the machine reader wrote, how many of them are accepted, corrected,
rejected and still unchecked, and how many rows were written by hand."""
EXAMPLES = """\
examples:
  qantar coding status
  qantar coding status mybook --format json

exit status: 0 if it was printed, 2 if there is no book or its coding is faulty."""


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    coding = commands.add_parser("coding", help=HELP, description=DESCRIPTION, **layout)
    asked = coding.add_subparsers(title="commands", metavar="COMMAND", required=True)
    parser = asked.add_parser("status", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("book", nargs="?", metavar="DIR", type=Path, help="the folder of the book (default: this one)")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="how to print it (default table)")
    return parser


def status(book: Path | None, form: str) -> str:
    """The text to print. Raises ``DataError``, or ``FileNotFoundError`` if there is no book."""
    # Here, since the other commands start without what these need.
    import pandas as pd

    from qantar import load_coding, load_report, paths
    from qantar.review import ledger

    paths.choose(book)
    coding = load_coding(load_report())
    listed = ledger.load_review(coding)
    found = ledger.progress(coding, listed)
    if form == "json":
        plain = found.rename(columns={"by hand": "by_hand"}).astype(object)
        rows = plain.where(plain.notna(), None).to_dict("records")
        return json.dumps({"reader": sorted(set(listed["reader"])), "tables": rows[:-1], "all": rows[-1]}, indent=1)
    shown = found.assign(checked=["" if pd.isna(share) else f"{share:.0%}" for share in found["checked"]])
    total = found.iloc[-1]
    return f"{shown.to_string(index=False)}\n{summary(total['read'], total['unchecked'])}"


def summary(read: int, unchecked: int) -> str:
    """What is left of the rows that the machine wrote, in a line."""
    if not read:
        return "No row of this coding was written by a machine."
    if not unchecked:
        return f"All {read} rows that the machine wrote are checked."
    return f"{unchecked} of {read} rows that the machine wrote are unchecked. Go on with `qantar review`."
