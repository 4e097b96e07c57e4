"""What extensions write and readers' aids do not understand, or say over and over, put right in the pages."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

# The bibliography gives its parts roles that are deprecated, or whose children they are not.
_ROLES = re.compile(r' role="(?:doc-biblioentry|doc-backlink|list)"')


# A citation carries its whole source as a title. The first time is enough; half of some pages were the same titles again.
_TITLE = re.compile(r' (href="(?:references\.html)?#ref-[^"]*") title="([^"]*)"')


def once(body: str) -> str:
    """The page with each source as a title at its first citation alone."""
    seen: set[str] = set()

    def first(link: re.Match[str]) -> str:
        known = link[2] in seen
        seen.add(link[2])
        return f" {link[1]}" if known else link[0]

    return _TITLE.sub(first, body)


def _correct(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if "body" in context:
        context["body"] = once(_ROLES.sub("", context["body"]))


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-page-context", _correct)
