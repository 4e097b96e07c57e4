"""The whole book as one file to take along: an EPUB and a PDF, made from the pages of the built site.

``chapters`` reads a page into a clean chapter, ``notes`` gives it the evidence as notes; ``epub`` and ``paper`` write them.
"""

from pathlib import Path

STYLES = Path(__file__).parent / "styles"
EPUB, PDF = "qantar.epub", "qantar.pdf"
"""The names of the files on the site; they never change."""


class ReprintError(RuntimeError):
    """There is no site, or not what is needed to make a file of it; the text says what to do."""
