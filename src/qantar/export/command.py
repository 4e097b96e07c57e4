"""``qantar export``: what the command takes, and what it does."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from qantar.export.forms import DESCRIPTIONS, NAMES, contents

HELP = "write the book in the form of others: Web Annotations, a Data Package, an RO-Crate"
DESCRIPTION = """\
Write the book in a form that other programs read:

  annotations  every row of the coding as a W3C Web Annotation of the report, in one JSON-LD file
  package      all data as a Frictionless Data Package
  crate        the whole book, data, chapters and code, as an RO-Crate

The data are those of the repository from which qantar is installed, or of the folder that QANTAR_DATA names. They
are checked as they are read. One state of the book always gives the same bytes."""
EXAMPLES = """\
examples:
  qantar export annotations --out annotations.jsonld
  qantar export package --out data-package.zip
  qantar export package --out data-package
  qantar export crate --out crate.zip

A file that is there is replaced, and so is the folder of an earlier export. A folder with anything else in it is
left alone.

exit status: 0 if all was written, 2 if nothing was."""
OUT = "where to write: for annotations a file; for package and crate a folder, or an archive if it ends in .zip"


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("export", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("form", choices=tuple(NAMES), metavar="FORM", help="annotations, package or crate")
    parser.add_argument("--out", required=True, type=Path, metavar="PATH", help=OUT)
    return parser


def export(form: str, out: Path) -> str:
    """Writes an export; a line that says what was written. Raises ``ReportError``, ``DataError`` or ``OSError``."""
    # Here, since the other commands start without what these need.
    from qantar import citation
    from qantar.archive import zip_bytes
    from qantar.export.files import write_file, write_folder
    from qantar.export.work import about

    files = contents(form)
    if form == "annotations":
        [content] = files.values()
        write_file(content, out)
    elif out.suffix.lower() == ".zip":
        write_file(zip_bytes(files, citation.day(about())), out)
    else:
        write_folder(files, out, DESCRIPTIONS[form])
    return f"{out}: {len(files)} {'file' if len(files) == 1 else 'files'}"
