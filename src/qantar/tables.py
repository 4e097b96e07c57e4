"""Tables as the book shows them: every Arabic cell marked as Arabic, identifiers linked to what they name."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import pandas as pd

from qantar import phrasing

# Where a row of the data is shown: its sentence's entry in the report chapter, or the ledger of the record.
_PAGES = {r"s\d{2,}": "report.html", r"[MEFDVRL]\d{2,}": "report.html", r"[CTX]\d{2,}": "ledger.html"}
_LINKS = [(re.compile(pattern), page) for pattern, page in _PAGES.items()]


class Table:
    """A data frame that shows itself as an accessible HTML table with a caption; in a terminal as text."""

    def __init__(self, frame: pd.DataFrame, caption: str = "") -> None:
        self.frame = frame
        self.caption = caption

    def __repr__(self) -> str:
        return f"{self.caption}\n{self.frame.to_string(index=False)}"

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
        caption = f"<caption>{phrasing.mark_arabic(self.caption)}</caption>" if self.caption else ""
        return (
            f'<div class="table-scroll" tabindex="0" role="group" aria-label="{escape(self.caption or "Table")}">'
            f'<table class="qantar">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )


_NUMBER = ' class="number"'


def show(frame: pd.DataFrame, caption: str = "", rows: int | None = None) -> Table:
    """The table as the book shows it; with ``rows``, its first rows only, and the caption says so."""
    if rows is not None and rows < len(frame):
        caption = f"{caption} (the first {rows} of {len(frame)} rows)".strip()
        frame = frame.head(rows)
    return Table(frame, caption)


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
