"""Figures made by cells get the text alternative that they carry, the description inside their SVG."""

from __future__ import annotations

import html
import re
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

logger = logging.getLogger(__name__)

_DESCRIPTION = re.compile(r"<dc:description>(.*?)</dc:description>", re.DOTALL)


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


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("doctree-read", _describe)
