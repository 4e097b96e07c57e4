"""The build fails when an address that was once published leads nowhere; ``make anchors`` enters new ones in the ledger.

The rules and the ledger itself are in ``qantar.anchors``; here they meet the pages that Sphinx has written.
"""

from __future__ import annotations

import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from qantar import anchors, citation, editions
from qantar.book.labels import labels
from qantar.labels import FILE, Label, read
from qantar.problems import DataError

logger = logging.getLogger(__name__)



def check(site: Path, found: list[Label], file: Path | None = None) -> list[str]:
    """Each contradiction between the ledger and a built site with these labels, a line each."""
    try:
        ledger = anchors.load(file)
    except DataError as error:
        return str(error).split("\n")
    names = sorted({anchor.page for anchor in ledger} | {label.page for label in found})
    pages = {name: path.read_text(encoding="utf-8") if (path := site / f"{name}.html").exists() else None for name in names}
    return anchors.faults(ledger, found, pages)


def _check(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html" or not anchors.begun():
        return
    found, site = labels(app.env), Path(app.outdir)
    lines = check(site, found)
    try:
        published = {e.version: [(page, label) for label, page in e.pages_of_labels.items()] for e in editions.load(editions.folder())}
        lines += anchors.unkept(anchors.load(), published)
    except (DataError, editions.EditionError):
        pass  # told already, by the check above or where the editions are unpacked
    for line in lines:
        logger.warning("%s", line, type="qantar")


def main(build: Path = Path("_build")) -> str:
    """Enter the labels of the last build that the ledger lacks; the text that says how many.

    Exits with one clear line if there is no build, or the version of CITATION.cff is released and can't get new ones.
    """
    _, found = read(build / "html" / FILE)
    if not found:
        sys.exit("make anchors: the book is not built; run `make book` first (it may fail for labels that are not in the ledger)")
    try:
        before = anchors.load() if anchors.path().exists() else []
    except DataError as error:
        sys.exit(str(error))
    version = citation.version()
    after = anchors.added(before, found, version)
    new = len(after) - len(before)
    if new and (editions.folder() / f"{version}.json").exists():
        sys.exit(f"make anchors: {new} new labels, and edition {version} is released without them; set the version of the next one in CITATION.cff")
    if after != before:  # new labels, or another order of the book
        anchors.save(after)
    return f"data/{anchors.FILE}: {new} new of {len(after)} labels" if new else f"data/{anchors.FILE}: all {len(after)} labels are in it"


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after all that changes the pages."""
    app.connect("build-finished", _check, priority=900)


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
