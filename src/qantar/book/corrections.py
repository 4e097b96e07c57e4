"""What extensions write and readers' aids do not understand, put right in the pages."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# The bibliography gives its parts roles that are deprecated, or whose children they are not.
_ROLES = re.compile(r' role="(?:doc-biblioentry|doc-backlink|list)"')


def _correct(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if 'class="citation-list"' in context.get("body", ""):
        context["body"] = _ROLES.sub("", context["body"])


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _correct)
