"""The ``actor-list`` directive: every actor with its anchor, its names, each wording of the report, and its later fate.

The names stand in the languages they are in. What became of an actor comes from the later record with its sources;
where it knows of no fate of an individual, its note on the identity stands in its place.
"""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar

import pandas as pd
from docutils import nodes
from docutils.nodes import Node
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from qantar import phrasing, values
from qantar.actors import KINDS
from qantar.book.roles import arabic, link
from qantar.formats import items

LANGUAGES = {"name_kk": "kk", "name_ru": "ru"}


def wordings(mentions: pd.DataFrame) -> list[tuple[str, str, list[str]]]:
    """Each distinct wording among some mentions as (words, form, sentences), in the order of the text."""
    ordered = mentions.sort_values("start", kind="stable")
    groups = ordered.groupby(["quote", "form"], sort=False)["sentence"]
    return [(words, form, list(sentences)) for (words, form), sentences in groups]


def later(identities: pd.DataFrame, actor: str) -> tuple[str, str]:
    """What the record says became of an actor, and the keys of its sources; both empty if it says nothing."""
    for row in identities.itertuples():
        if actor in items(row.actors) and isinstance(row.fate, str):
            return row.fate, row.fate_sources
        if actor in items(row.actors) and row.kind == "person" and isinstance(row.note, str):
            return row.note, row.sources
    return "", ""


class ActorList(SphinxDirective):
    """All actors in the order of their first mention, or those of the kinds in ``kind``, parted by spaces."""

    option_spec: ClassVar = {"kind": directives.unchanged}

    def run(self) -> list[Node]:
        book = values.load_book()
        kinds = self.options.get("kind", " ".join(KINDS)).split()
        if unknown := [kind for kind in kinds if kind not in KINDS]:
            raise self.error(f"no kind of actor {unknown[0]!r}; there are {', '.join(KINDS)}")
        first = book.coding.mentions.groupby("actor")["start"].min()
        table = book.coding.actors[book.coding.actors["kind"].isin(kinds)]
        table = table.assign(first=table["id"].map(first)).sort_values("first", kind="stable")
        return [nodes.definition_list("", *(self._entry(book, row) for _, row in table.iterrows()), classes=["actors"])]

    def _entry(self, book: values.Book, actor: pd.Series) -> Node:
        label = f"actor-{actor['id']}"
        target = nodes.target("", "", ids=[label], names=[label.lower()])
        self.state.document.note_explicit_target(target)
        term = nodes.term("", "", target, nodes.strong("", actor["name_en"]))
        mentions = book.coding.mentions[book.coding.mentions["actor"] == actor["id"]]
        known = book.record.identities
        parts = [self._sourced(_names(actor), actor, known), _role(actor), _named(mentions), self._later(*later(known, actor["id"]))]
        return nodes.definition_list_item("", term, nodes.definition("", *(part for part in parts if part is not None)))

    def _later(self, text: str, keys: str) -> Node | None:
        if not text:
            return None
        said = nodes.Text(f" {text.rstrip('.')}. ")
        return nodes.paragraph("", "", nodes.emphasis("", "Later record:"), said, *self._cited(keys))

    def _sourced(self, names: nodes.paragraph | None, actor: pd.Series, identities: pd.DataFrame) -> Node | None:
        """The names with the sources of those that the report does not have."""
        rows = identities[[actor["id"] in items(cell) for cell in identities["actors"]]]
        if names is not None and len(rows) and not actor[list(LANGUAGES)].isna().all():
            names += [nodes.Text(" "), *self._cited(rows["sources"].iloc[0])]
        return names

    def _cited(self, keys: str) -> list[Node]:
        cite = self.env.get_domain("cite").role("p")
        assert cite is not None
        return list(cite("cite:p", keys, keys.replace(";", ","), self.lineno, self.state.inliner, {}, [])[0])


def _names(actor: pd.Series) -> nodes.paragraph | None:
    """The names in Arabic, Kazakh and Russian, as far as they are known."""
    found: list[Node] = [] if pd.isna(actor["name_ar"]) else [arabic(actor["name_ar"])]
    # The class gives the element its lang attribute.
    found += [nodes.inline("", actor[column], classes=[f"language-{code}"]) for column, code in LANGUAGES.items() if not pd.isna(actor[column])]
    return nodes.paragraph("", "", *_joined(found, " · "), classes=["names"]) if found else None


def _role(actor: pd.Series) -> Node | None:
    if pd.isna(actor["role_en"]):
        return None
    made = nodes.paragraph("", "", nodes.emphasis("", "In the report:"), nodes.Text(f" {actor['role_en']}"))
    if not pd.isna(actor["role_ar"]):
        made += [nodes.Text(" ("), arabic(actor["role_ar"]), nodes.Text(")")]
    return made


def _named(mentions: pd.DataFrame) -> Node:
    """How often the report names the actor, and each wording with links to its sentences."""
    made = nodes.paragraph("", "", nodes.emphasis("", "Named:"), nodes.Text(" "))
    if mentions.empty:
        made += nodes.Text("only within the words for another actor.")
        return made
    made += nodes.Text(f"{phrasing.quantity(len(mentions), 'time')}. ")
    for place, (words, form, sentences) in enumerate(wordings(mentions)):
        links = [link(s, nodes.inline("", f"{s} ×{n}" if n > 1 else s), "sentence") for s, n in Counter(sentences).items()]
        made += [nodes.Text("; " if place else ""), arabic(words), nodes.Text(f" ({form}; "), *_joined(links, ", "), nodes.Text(")")]
    return made


def _joined(parts: list[Any], glue: str) -> list[Node]:
    return [node for place, part in enumerate(parts) for node in ([nodes.Text(glue), part] if place else [part])]


def setup(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_directive("actor-list", ActorList)
