"""Figures made by cells get the text alternative that they carry, the description inside their SVG, and go to the site light.

Downloads have them as they were drawn.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from qantar.book.kept import kept

logger = logging.getLogger(__name__)

_DESCRIPTION = re.compile(r"<dc:description>(.*?)</dc:description>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_USE = re.compile(r'<use\b[^>]*?xlink:href="#([^"]+)"[^>]*?/>')


def description(svg: str) -> str:
    """The description inside an SVG's metadata, an empty string if it has none."""
    found = _DESCRIPTION.search(svg)
    return html.unescape(found.group(1)).strip() if found else ""


def _describe(app: Sphinx, doctree: nodes.document) -> None:
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir) / image["uri"] if not Path(image["uri"]).is_absolute() else Path(image["uri"])
        if path.suffix != ".svg" or not path.exists():
            continue
        text = description(path.read_text(encoding="utf-8"))
        if text:
            image["alt"] = text
        elif not image.get("alt"):
            logger.warning("the figure %s has no description", path.name, location=image, type="qantar")


def lighter(svg: str) -> str:
    """The same picture in fewer bytes: coordinates to four digits, short IDs, no line ends. About two thirds, packed."""
    from scour import scour

    options = scour.generateDefaultOptions()
    options.digits, options.shorten_ids, options.strip_ids, options.newlines, options.quiet = 4, True, True, False, True
    options.indent_type = "none"
    made = scour.scourString(svg, options)
    drawn = set(_ID.findall(made))
    return _USE.sub(lambda use: use[0] if use[1] in drawn else "", made)  # blanks, whose empty outlines are gone


def _lighten(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    code = Path(__file__).read_text(encoding="utf-8")
    for path in sorted((Path(app.outdir) / "_images").glob("*.svg")):
        drawn = path.read_text(encoding="utf-8")
        if drawn.startswith("<?xml"):
            path.write_bytes(kept(Path(app.outdir), "pictures", (drawn, code), lambda drawn=drawn: lighter(drawn).encode("utf-8")))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _describe)
    app.connect("build-finished", _lighten, priority=400)
