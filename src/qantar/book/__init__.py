"""The Sphinx extension of the book: roles bound to rows, the annotated report, ledgers, fonts, honest caching."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from qantar import __version__
from qantar.book import annotated, assets, cache, gallery, ledger, pictures, roles


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    for part in (cache, roles, annotated, gallery, ledger, pictures, assets):
        part.setup(app)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
