"""How far two independent readings of a report agree, layer by layer and column by column.

Words: each word of the report is in the layer or not, in either reading; agreement is Krippendorff's alpha for
nominal data (Krippendorff, Content Analysis, 4th ed. 2018, ch. 12), which for two complete readings is nearly
Cohen's kappa. Columns: rows of the two readings whose words overlap are paired, closest spans first, and the
values of a column compared; alpha where at least two values occur, plain agreement beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.readings import Reading
from qantar.report import Report

COLUMNS = {
    "mentions": ["actor", "form"],
    "events": ["kind", "plover", "voice", "agent", "patient", "status"],
    "figures": ["value", "unit", "precision", "attributed_to"],
    "dates": ["value", "kind"],
    "statements": ["speaker", "mode", "medium"],
    "reactions": ["actor", "kind", "stance"],
}
"""The columns compared in each layer; relations have no words of their own and are compared as triples."""


def alpha(first: Sequence[object], second: Sequence[object]) -> float | None:
    """Krippendorff's alpha of two codings of the same units; None where only one value occurs and it is undefined."""
    import krippendorff

    values = {value: n for n, value in enumerate(dict.fromkeys([*first, *second]))}
    if len(values) < 2:
        return None
    data = [[values[v] for v in first], [values[v] for v in second]]
    return float(krippendorff.alpha(reliability_data=data, level_of_measurement="nominal"))


def on_words(report: Report, first: Reading, second: Reading, layer: str) -> float | None:
    """Alpha of the two readings over the words of the report: is this word in the layer?"""
    words = [word for sentence in report.sentences for word in sentence.words]

    def covered(reading: Reading) -> list[bool]:
        spans = list(zip(reading[layer]["start"], reading[layer]["end"], strict=True))
        return [any(a < word.end and word.start < b for a, b in spans) for word in words]

    return alpha(covered(first), covered(second))


def pairs(first: pd.DataFrame, second: pd.DataFrame, key: str = "") -> list[tuple[int, int]]:
    """Row numbers of rows in both readings whose words overlap, closest spans first, each row used once.

    With ``key`` only rows with the same value there are paired where possible (nested mentions of two actors).
    """
    found = []
    for i, a in enumerate(first.itertuples()):
        for j, b in enumerate(second.itertuples()):
            overlap = min(a.end, b.end) - max(a.start, b.start)
            if overlap > 0:
                same = bool(key) and getattr(a, key) == getattr(b, key)
                found.append((not same, a.end - a.start + b.end - b.start - 2 * overlap, i, j))
    used: tuple[set[int], set[int]] = (set(), set())
    made = []
    for *_, i, j in sorted(found):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            made.append((i, j))
    return sorted(made)


def layers(report: Report, first: Reading, second: Reading) -> pd.DataFrame:
    """Rows in each reading, rows paired, and alpha over words: ``layer, first, second, paired, alpha on words``."""
    return pd.DataFrame([
        {"layer": layer, "first": len(first[layer]), "second": len(second[layer]),
         "paired": len(pairs(first[layer], second[layer], "actor" if layer == "mentions" else "")),
         "alpha on words": _rounded(on_words(report, first, second, layer))}
        for layer in COLUMNS
    ])


def columns(first: Reading, second: Reading) -> pd.DataFrame:
    """Agreement on the values of paired rows: ``layer, column, pairs, agreement, alpha``."""
    made = []
    for layer, names in COLUMNS.items():
        paired = pairs(first[layer], second[layer], "actor" if layer == "mentions" else "")
        for name in names:
            a = ["" if pd.isna(v) else v for v in first[layer][name].iloc[[i for i, _ in paired]]]
            b = ["" if pd.isna(v) else v for v in second[layer][name].iloc[[j for _, j in paired]]]
            made.append({"layer": layer, "column": name, "pairs": len(paired),
                         "agreement": _rounded(sum(x == y for x, y in zip(a, b, strict=True)) / len(paired)) if paired else None,
                         "alpha": _rounded(alpha(a, b))})
    return pd.DataFrame(made)


def relations(first: Reading, second: Reading) -> dict[str, int]:
    """Relations as triples of subject, predicate and object: how many both readings have, and each alone."""
    sets = [set(r["relations"][["subject", "predicate", "object"]].itertuples(index=False, name=None)) for r in (first, second)]
    return {"both": len(sets[0] & sets[1]), "first only": len(sets[0] - sets[1]), "second only": len(sets[1] - sets[0])}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "readings": lambda book: len(book.readings),
    "times_read": lambda book: phrasing.times(len(book.readings)),
    "disagreements": lambda book: len(book.disagreements),
    "event_share": lambda book: phrasing.share((book.disagreements["layer"] == "events").sum(), len(book.disagreements)),
    "lowest_words": lambda book: float(layers(book.report, *book.readings)["alpha on words"].min()),
    "highest_words": lambda book: float(layers(book.report, *book.readings)["alpha on words"].max()),
    "lowest_column": lambda book: float(columns(*book.readings)["alpha"].min()),
    "relations_both": lambda book: relations(*book.readings)["both"],
    "relations_first": lambda book: relations(*book.readings)["first only"],
    "relations_second": lambda book: relations(*book.readings)["second only"],
    "second_kept": lambda book: int((book.disagreements["decision"] == "second").sum()),
    "both_kept": lambda book: int((book.disagreements["decision"] == "both").sum()),
    "first_kept": lambda book: int((book.disagreements["decision"] == "first").sum()),
}
