"""The Sphinx extension of the book: roles bound to rows, the annotated report, ledgers, fonts, honest caching."""

from __future__ import annotations

import functools
from typing import Any

import pybtex.plugin
from sphinx.application import Sphinx
from sphinx.config import Config

from qantar import __version__
from qantar.book import (
    annotated,
    assets,
    bare_numbers,
    cache,
    cards,
    cite,
    concordance,
    downloads,
    evidence,
    exports,
    gallery,
    head,
    history,
    labels,
    ledger,
    markup_fixes,
    not_found,
    pictures,
    quotation,
    roles,
    search,
    sentence_case,
    site_files,
    sources,
    table_labels,
    unchecked,
    ways,
)
from qantar.book.reprint import offer

# For every citation pybtex looks through all installed packages again; once is enough, and a third of a warm build.
pybtex.plugin.find_plugin = functools.cache(pybtex.plugin.find_plugin)


def _leave_out_thebe(app: Sphinx, config: Config) -> None:
    """Drop what Jupyter Book adds for live cells: unused here, twice on every page, and with an address elsewhere."""
    for name, listeners in app.events.listeners.items():
        app.events.listeners[name] = [found for found in listeners if not found.handler.__module__.startswith("sphinx_thebe")]
    app.registry.css_files[:] = [found for found in app.registry.css_files if "thebe" not in found[0]]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    from qantar.book import anchors, editions, tombstones  # here, for they are run as programs too

    for part in (
        cache, roles, bare_numbers, sentence_case, annotated, quotation, gallery, ledger, pictures, table_labels, labels,
        downloads, evidence, sources, cite, assets, search, exports, offer, markup_fixes, ways, history, head,
        concordance, cards, site_files, not_found,
        tombstones, anchors, editions, unchecked,
    ):
        part.setup(app)
    app.connect("config-inited", _leave_out_thebe)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
