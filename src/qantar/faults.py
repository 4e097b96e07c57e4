"""Where machine and hand part: kinds taken for others, and every fault with its sentence and its reason."""

from __future__ import annotations

from collections import Counter
from html import escape

import pandas as pd

from qantar import phrasing
from qantar.comparison import READER, Run
from qantar.gold import LAYERS, Row
from qantar.schema import fields_of
from qantar.tables import Table

KIND = {"actors": "type", "events": "class", "reactions": "kind"}
"""The column of a layer that says of what kind a row is."""


def confusion(run: Run, layer: str, set_: str, reader: str = READER) -> pd.DataFrame:
    """Kinds in the gold (rows) against kinds found (columns).

    The first column counts the rows that were missed, the last row those that are not in the gold; none is a blank.
    """
    kind, outcomes = KIND[layer], run.of(set_, layer, reader)
    pairs = Counter(
        (o.gold[kind] if o.gold else "not in the gold", o.found[kind] if o.found else "missed") for o in outcomes
    )
    used = [name for name in kinds(layer) if any(name in pair for pair in pairs)]
    rows = [*used, "not in the gold"]
    columns = {
        found: pd.array([pairs[row, found] or pd.NA for row in rows], dtype="Int64") for found in ["missed", *used]
    }
    return pd.DataFrame({"gold": rows} | columns)


def kinds(layer: str) -> list[str]:
    """The kinds that a layer knows, in the order of its description."""
    return next(f["constraints"]["enum"] for f in fields_of(f"validation_{layer}") if f["name"] == KIND[layer])


def faults(run: Run, set_: str, reader: str = READER) -> pd.DataFrame:
    """Every row that was missed, taken otherwise or too many, in the order of the text.

    Columns ``set, report, sentence, layer, fault, expected, found, quote`` (the gold words, of an extra row its own),
    ``text`` (the whole sentence).
    """
    texts = {
        (g.id, s.id): s.text for gold in run.sets if gold.name == set_ for g in gold.reports for s in g.report.sentences
    }
    made = [
        (o, (o.report, o.sentence, LAYERS.index(o.layer), (o.gold or o.found or {})["start"]))
        for o in run.outcomes
        if (o.set, o.reader) == (set_, reader) and not o.right
    ]
    columns = ["set", "report", "sentence", "layer", "fault", "expected", "found", "quote", "text"]
    return pd.DataFrame(
        [
            (
                set_,
                o.report,
                o.sentence,
                o.layer,
                o.fault,
                _said(o.layer, o.gold),
                _said(o.layer, o.found),
                _words(o.layer, o.gold or o.found or {}),
                texts[o.report, o.sentence],
            )
            for o, _ in sorted(made, key=lambda pair: pair[1])
        ],
        columns=columns,
    )


def _words(layer: str, row: Row) -> str:
    return row["quote"] if "quote" in row else row["verb"] if layer == "statements" else row["text"]


def _said(layer: str, row: Row | None) -> str:
    """What a row says, with its words: ``killing: مقتل``."""
    if row is None:
        return ""
    if layer == "quantities":
        value = (
            f"≥ {row['value_min']}"
            if row["value"] == ""
            else str(row["value"]) + (f"–{row['value_max']}" if row["value_max"] != "" else "")
        )
        kind = f"{value} {row['unit']}".strip()
    elif layer == "dates":
        kind = row["value"] or f"{row['offset']} from an event"
    else:
        kind = row[KIND.get(layer, "kind")]
    return f"{kind}: \u2068{_words(layer, row)}\u2069"


def explained(run: Run, reasons: pd.DataFrame) -> pd.DataFrame:
    """The faults on the book's own report, each with its ``reason`` from ``explained.csv``, empty where it has none."""
    keys = ["set", "layer", "sentence", "quote"]
    return faults(run, "report").merge(reasons[[*keys, "reason"]], on=keys, how="left").fillna({"reason": ""})


class FaultList(Table):
    """Faults as the book shows them: each sentence once, as the head of its own faults."""

    def _repr_html_(self) -> str:
        columns = ["layer", "expected", "found", *(["reason"] if "reason" in self.frame else [])]
        head = "".join(f'<th scope="col">{"why" if column == "reason" else column}</th>' for column in columns)
        groups = "".join(_group(rows, columns) for _, rows in self.frame.groupby(["report", "sentence"], sort=False))
        return self._boxed(f"<caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead>{groups}")


def _group(rows: pd.DataFrame, columns: list[str]) -> str:
    first = rows.iloc[0]
    place = escape(f"{first['report']} {first['sentence']}")
    if first["report"] == "report":
        place = f'<a href="report.html#{first["sentence"]}">{first["sentence"]}</a>'
    head = f'<th scope="rowgroup" colspan="{len(columns)}" style="font-weight: 400">'
    sentence = f"{head}{place} {phrasing.arabic(first['text'])}</th>"
    cells = [
        "".join(f"<td>{phrasing.mark_arabic(row[column])}</td>" for column in columns)
        for row in rows.to_dict("records")
    ]
    return f"<tbody><tr>{sentence}</tr>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody>"


def listed(table: pd.DataFrame, caption: str, label: str = "") -> FaultList:
    """`faults` or `explained` as the chapter shows them."""
    return FaultList(table, caption, label)
