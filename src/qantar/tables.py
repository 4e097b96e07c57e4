"""Tables as the book shows them: every Arabic cell marked as Arabic, identifiers linked to what they name.

A table carries its data: beside the HTML that a page shows, its output in a notebook holds the frame as CSV.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from typing import Any

import pandas as pd

from qantar import phrasing

# Where a row of the data is shown: its sentence's entry in the report chapter, or the ledger of the record.
_PAGES = {r"s\d{2,}": "report.html", r"[MEFDVRL]\d{2,}": "report.html", r"[CTX]\d{2,}": "ledger.html"}
_LINKS = [(re.compile(pattern), page) for pattern, page in _PAGES.items()]


LABEL = re.compile(r"tab(-[a-z0-9]+){2,}")
"""A table's label: ``tab-``, the chapter's file name, what the table shows; Latin letters, digits and hyphens."""


class Table:
    """A data frame that shows itself as an accessible HTML table with a caption; in a terminal as text.

    ``label`` becomes the ``id`` of the table. Raises ``ValueError`` for one that could not stand in an address.
    """

    def __init__(self, frame: pd.DataFrame, caption: str = "", label: str = "") -> None:
        if label and not LABEL.fullmatch(label):
            raise ValueError(f"{label!r} is no label of a table: tab-<chapter>-<what> is, in lower-case Latin letters, digits and hyphens")
        self.frame = frame
        self.caption = caption
        self.label = label

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

    def _repr_mimebundle_(self, include: Collection[str] | None = None, exclude: Collection[str] | None = None) -> tuple[dict[str, str], dict[str, Any]]:
        """What a notebook keeps: the page's HTML, the terminal's text, and the data with their label and caption."""
        made = {"text/html": self._repr_html_(), "text/plain": repr(self), "text/csv": csv(self.frame)}
        return made, {"text/csv": {"label": self.label, "caption": self.caption}}

    def _repr_html_(self) -> str:
        numeric = [pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind) for kind in self.frame.dtypes]
        head = "".join(
            f'<th scope="col"{_NUMBER if right else ""}>{escape(str(name).replace("_", " "))}</th>'
            for name, right in zip(self.frame.columns, numeric, strict=True)
        )
        rows = "".join(
            "<tr>" + "".join(_cell(value, right) for value, right in zip(row, numeric, strict=True)) + "</tr>"
            for row in self.frame.itertuples(index=False, name=None)
        )
        rows = rows or f'<tr><td colspan="{len(self.frame.columns) or 1}">none</td></tr>'
        caption = f"<caption>{phrasing.mark_arabic(self.caption)}</caption>" if self.caption else ""
        return self._boxed(f"{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>")

    def _boxed(self, content: str) -> str:
        """The table in the box that has its label as ``id``, is named by its caption, and scrolls where it is too wide."""
        label = f' id="{self.label}"' if self.label else ""
        name = escape(self.caption or "Table")
        return f'<div class="table-scroll"{label} tabindex="0" role="group" aria-label="{name}"><table class="qantar">{content}</table></div>'


_NUMBER = ' class="number"'


def show(frame: pd.DataFrame, caption: str = "", rows: int | None = None, label: str = "") -> Table:
    """The table as the book shows it; with ``rows``, its first rows only, and the caption says so.

    ``label``, such as ``tab-figures-killed``, is its permanent address within the book.
    """
    if rows is not None and rows < len(frame):
        caption = f"{caption} (the first {rows} of {len(frame)} rows)".strip()
        frame = frame.head(rows)
    return Table(frame, caption, label)


def csv(frame: pd.DataFrame) -> str:
    """A frame as CSV (RFC 4180): its own column names, ``true`` and ``false``, nothing where a value is missing.

    >>> csv(pd.DataFrame({"id": ["E01"], "told": [True], "n": [None]}))
    'id,told,n\\r\\nE01,true,\\r\\n'
    """
    columns = [frame.iloc[:, place].astype(object).map(_plain) for place in range(frame.shape[1])]
    plain = pd.concat(columns, axis=1) if columns else frame
    return plain.to_csv(index=False, lineterminator="\r\n")


def _plain(value: Any) -> Any:
    return ("true" if value else "false") if pd.api.types.is_bool(value) else value


def _cell(value: Any, number: bool) -> str:
    if pd.isna(value):
        return "<td></td>"
    if number:
        return f"<td{_NUMBER}>{_number(value)}</td>"
    text = {True: "yes", False: "no"}.get(value, str(value)) if pd.api.types.is_bool(value) else str(value)
    for pattern, page in _LINKS:
        if all(pattern.fullmatch(part) for part in text.split(";")):
            return "<td>" + "; ".join(f'<a href="{page}#{part}">{part}</a>' for part in text.split(";")) + "</td>"
    return f"<td>{phrasing.mark_arabic(text)}</td>"


def _number(value: Any) -> str:
    value = float(value)
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")
