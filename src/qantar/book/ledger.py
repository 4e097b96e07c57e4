"""The ``ledger`` directive: a table of the later record row by row, each row with its anchor and its citations."""

from __future__ import annotations

from typing import ClassVar

import pandas as pd
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from qantar import phrasing, values
from qantar.record import Record

# What a ledger shows of a table: (heading, column).
COLUMNS = {
    "claims": [("id", "id"), ("date", "as_of"), ("value", "value"), ("body", "body"), ("status", "status"), ("note", "note")],
    "timeline": [("id", "id"), ("date", "date"), ("place", "place"), ("event", "event")],
    "reactions": [("id", "id"), ("date", "date"), ("who", "actor"), ("speaker", "speaker"), ("to", "addressee"), ("stance", "stance"), ("position", "position")],
}
TITLES = {"claims": "Later claims", "timeline": "Timeline", "reactions": "Reactions"}
_DATES = {"as_of", "date"}


def rows(record: Record, name: str, topic: str = "") -> pd.DataFrame:
    """The rows of a ledger, with every column of the record's table."""
    frame: pd.DataFrame = getattr(record, name)
    return frame[frame["topic"] == topic] if topic else frame


def label(chapter: str, name: str, topic: str = "") -> str:
    """The permanent label of a ledger in a chapter: ``tab-ledger-claims``."""
    return "-".join(["tab", chapter, name, *([topic.lower().replace("_", "-")] if topic else [])])


def title(name: str, topic: str = "") -> str:
    """What a ledger is called in a list of tables."""
    return f"{TITLES[name]}, row by row" + (f": {topic.replace('_', ' ')}" if topic else "")


class Ledger(SphinxDirective):
    """All rows of one table of the record, or those of one ``topic``."""

    required_arguments = 1
    option_spec: ClassVar = {"topic": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in COLUMNS:
            raise self.error(f"no ledger {name!r}; there are {', '.join(COLUMNS)}")
        topic = self.options.get("topic", "")
        frame = rows(values.load_book().record, name, topic)
        if frame.empty:
            raise self.error(f"no row of {name} is about {topic!r}")
        columns = COLUMNS[name]
        group = nodes.tgroup(cols=len(columns) + 1)
        group += [nodes.colspec(colwidth=1) for _ in range(len(columns) + 1)]
        group += nodes.thead("", self._row([heading for heading, _ in columns] + ["sources"]))
        group += nodes.tbody("", *(self._entry(found, columns) for _, found in frame.iterrows()))
        named = label(self.env.docname.rpartition("/")[2], name, topic)
        made = nodes.table("", group, classes=["ledger", f"ledger-{name}"], ids=[named], names=[named])
        self.state.document.note_explicit_target(made)
        return [made]

    def _entry(self, found: pd.Series, columns: list[tuple[str, str]]) -> nodes.row:
        texts = ["" if pd.isna(found[c]) else phrasing.date(found[c]) if c in _DATES else str(found[c]) for _, c in columns]
        if bool(found.get("single_source", False)):
            texts[[c for _, c in columns].index("status")] += ", one source"
        made = self._row(texts)
        row_id = found["id"]
        target = nodes.target("", "", ids=[row_id], names=[row_id.lower()])
        self.state.document.note_explicit_target(target)
        made[0][0].insert(0, target)
        sources = nodes.paragraph()
        if not pd.isna(found["sources"]):
            cite = self.env.get_domain("cite").role("p")
            assert cite is not None
            sources += cite("cite:p", row_id, found["sources"].replace(";", ","), self.lineno, self.state.inliner, {}, [])[0]
        made += nodes.entry("", sources)
        return made

    @staticmethod
    def _row(texts: list[str]) -> nodes.row:
        return nodes.row("", *(nodes.entry("", nodes.paragraph(text, text)) for text in texts))


def setup(app: Sphinx) -> None:
    """Register the directive with Sphinx."""
    app.add_directive("ledger", Ledger)
