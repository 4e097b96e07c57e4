"""Machine reading against reading by hand: the reader, a second reading and the baselines on the same gold, in one run.

Three sets: the book's own report against its coding, and the two halves of the validation set, of which one was open to
whoever wrote the reader's rules and one was not. What the gold is stands in `gold` and `coded_gold`, how a run is made
in `comparison`, when two rows are the same in `scoring`.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd

from qantar import phrasing
from qantar.coded_gold import gold_of_coding
from qantar.comparison import READER, SECOND, TITLES, Outcome, Run, evaluate
from qantar.gold import LAYERS, GoldReport, GoldSet, load_gold, load_halves
from qantar.morphology import Note
from qantar.scoring import AGREE, DETAILS, LEVEL, ROUNDS, Score, add, bootstrap, match, wilson

__all__ = [
    "AGREE",
    "LAYERS",
    "READER",
    "SECOND",
    "TITLES",
    "GoldReport",
    "GoldSet",
    "Score",
    "add",
    "bootstrap",
    "evaluate",
    "load_gold",
    "match",
    "wilson",
]

# ----------------------------------------------------------------------------------------------------------- scores


def score(outcomes: Iterable[Outcome]) -> Score:
    """The counts of some outcomes."""
    outcomes = list(outcomes)
    return Score(
        sum(o.right for o in outcomes),
        sum(o.found is not None for o in outcomes),
        sum(o.gold is not None for o in outcomes),
    )


def _parts(run: Run, set_: str, outcomes: Sequence[Outcome]) -> list[Score]:
    """The scores of the parts that a bootstrap draws: the reports of a set, or the sentences where it has but one."""
    reports = next(s.reports for s in run.sets if s.name == set_)
    if len(reports) > 1:
        return [score(o for o in outcomes if o.report == report.id) for report in reports]
    return [score(o for o in outcomes if o.sentence == sentence.id) for sentence in reports[0].report.sentences]


@functools.cache
def scores(run: Run) -> pd.DataFrame:
    """Every set, layer and reader with its counts, precision, recall and F1, each with the ends of its 95 % interval.

    Columns ``set, layer, reader, gold, found, right``, and ``precision, recall, f1`` with ``_low`` and ``_high``.
    """
    made = []
    for set_ in run.sets:
        for layer in LAYERS:
            for reader in run.readers(layer):
                outcomes = run.of(set_.name, layer, reader)
                if not outcomes:
                    continue
                s = score(outcomes)
                row = {
                    "set": set_.name,
                    "layer": layer,
                    "reader": reader,
                    "gold": s.gold,
                    "found": s.found,
                    "right": s.matched,
                }
                ends = {
                    "precision": (s.precision, *wilson(s.matched, s.found)),
                    "recall": (s.recall, *wilson(s.matched, s.gold)),
                    "f1": (s.f1, *bootstrap(_parts(run, set_.name, outcomes))),
                }
                made.append(
                    row
                    | {
                        f"{k}{end}": v
                        for k, vs in ends.items()
                        for end, v in zip(("", "_low", "_high"), vs, strict=True)
                    }
                )
    return pd.DataFrame(made)


def shown_scores(run: Run, set_: str = "", readers: Sequence[str] = ()) -> pd.DataFrame:
    """`scores` as the chapter shows them, of one set or all, of some readers or all."""
    table = scores(run)
    table = table[(table["set"] == set_) | (not set_)]
    table = table[table["reader"].isin(readers or table["reader"].unique())]
    plain = pd.DataFrame(
        {
            "layer": table["layer"],
            "read by": table["reader"],
            **{column: table[column] for column in ("gold", "found", "right")},
            **{
                name: [_interval(*v) for v in table[[key, f"{key}_low", f"{key}_high"]].itertuples(index=False)]
                for name, key in (("precision", "precision"), ("recall", "recall"), ("F1", "f1"))
            },
        }
    )
    if not set_:
        plain.insert(0, "set", table["set"].map(TITLES))
    return plain.reset_index(drop=True)


def _interval(value: float, low: float, high: float) -> str:
    return (
        f"{value:.2f} ({low:.2f}\u2060–\u2060{high:.2f})"  # joined, so that a narrow column breaks before the bracket
    )


def details(run: Run) -> pd.DataFrame:
    """How far rows that are the same agree in what else they say: ``layer, compared``, then a column a set.

    A cell is the share of the matched rows in which the reader's value agrees with the gold one.
    """
    made = []
    for layer, tests in DETAILS.items():
        for name, test in tests.items():
            row = {"layer": layer, "compared": name}
            for set_ in run.sets:
                right = [o for o in run.of(set_.name, layer) if o.right]
                agreed = sum(test(o.found or {}, o.gold or {}) for o in right)
                row[TITLES.get(set_.name, set_.name)] = f"{agreed} of {len(right)}" + (
                    f" ({phrasing.share(agreed, len(right))})" if right else ""
                )
            made.append(row)
    return pd.DataFrame(made)


# ----------------------------------------------------------------------------------------------------- the book's run


@functools.cache
def book_run(book: Any) -> Run:
    """The run on the book's own report and on both halves of the validation set.

    The second reading of the report is the second of the two from which its coding was made.
    """
    again = dataclasses.replace(book.coding, **book.readings[1])
    report = GoldSet(
        "report", [gold_of_coding(book.report, book.coding)], [gold_of_coding(book.report, again)], book.disagreements
    )
    return evaluate((report, *load_halves()))


def baseline_note(run: Run) -> Note:
    """What a cell says of a baseline that could not be run; nothing if all were."""
    return Note(run.note)


def holdings(run: Run) -> pd.DataFrame:
    """What the sets hold: reports, sentences and words, and gold rows a layer."""
    return pd.DataFrame(
        [
            {
                "set": TITLES.get(s.name, s.name),
                "reports": len(s.reports),
                "sentences": sum(len(g.report.sentences) for g in s.reports),
                "words": sum(len(sentence.words) for g in s.reports for sentence in g.report.sentences),
            }
            | {layer: sum(len(g.layers[layer]) for g in s.reports) for layer in LAYERS}
            for s in run.sets
        ]
    )


def left_out(run: Run) -> pd.DataFrame:
    """The coded rows of the report that are not gold, counted by layer and reason, with the first of each."""
    rows = pd.DataFrame(
        [row for s in run.sets for g in s.reports for row in g.left_out], columns=["layer", "id", "quote", "why"]
    )
    counted = rows.groupby(["layer", "why"], sort=False)
    return counted.agg(rows=("id", "size"), first=("id", "first"), words=("quote", "first")).reset_index()


def _row(run: Run, set_: str, layer: str, reader: str = READER) -> pd.Series:
    table = scores(run)
    return table[(table["set"] == set_) & (table["layer"] == layer) & (table["reader"] == reader)].iloc[0]


def _reader_scores(book: Any, set_: str) -> pd.DataFrame:
    table = scores(book_run(book))
    return table[(table["set"] == set_) & (table["reader"] == READER)]


def _count(set_: str, layer: str, column: str) -> Callable[[Any], int]:
    return lambda book: int(_row(book_run(book), set_, layer)[column])


def _share(set_: str, layer: str, column: str, reader: str = READER) -> Callable[[Any], str]:
    return lambda book: f"{_row(book_run(book), set_, layer, reader)[column]:.2f}"


def _ranked(set_: str, place: int) -> Callable[[Any], str]:
    """The layer at a place when the layers of a set are ranked from the lowest F1 to the highest."""

    def ranked(book: Any) -> str:
        table = _reader_scores(book, set_)
        return str(table.sort_values("f1", kind="stable")["layer"].iloc[place])

    return ranked


def _total(set_: str, column: str) -> Callable[[Any], int]:
    return lambda book: int(holdings(book_run(book)).set_index("set").loc[TITLES[set_], column])


def _sum(set_: str, *columns: str) -> Callable[[Any], int]:
    """The first column of the reader's scores on a set, summed over the layers, less the second."""

    def summed(book: Any) -> int:
        table = _reader_scores(book, set_)
        return int(table[columns[0]].sum() - sum(table[column].sum() for column in columns[1:]))

    return summed


def _faults(set_: str, layer: str, fault: str) -> Callable[[Any], int]:
    return lambda book: sum(o.fault == fault for o in book_run(book).of(set_, layer))


def _cases(changed: bool = False) -> Callable[[Any], int]:
    """Disagreements between the two readings of the validation reports, all or those that changed the gold."""

    def counted(book: Any) -> int:
        tables = [s.disagreements for s in book_run(book).sets if s.name != "report" and s.disagreements is not None]
        return sum(int((table["decision"] != "left").sum()) if changed else len(table) for table in tables)

    return counted


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    **{f"{s}_{layer}_{c}": _count(s, layer, c) for s in TITLES for layer in LAYERS for c in ("gold", "found", "right")},
    **{
        f"{s}_{layer}_{c}": _share(s, layer, c)
        for s in TITLES
        for layer in LAYERS
        for c in ("precision", "recall", "f1")
    },
    **{f"{s}_{layer}_second": _share(s, layer, "f1", SECOND) for s in TITLES for layer in LAYERS},
    **{f"{s}_dateparser": _share(s, "dates", "f1", "dateparser") for s in TITLES},
    **{f"{s}_regex": _share(s, "quantities", "f1", "plain regex") for s in TITLES},
    **{f"{s}_{c}": _total(s, c) for s in TITLES for c in ("reports", "sentences", "words")},
    **{f"{s}_rows": _sum(s, "gold") for s in TITLES},
    **{f"{s}_missed": _sum(s, "gold", "right") for s in TITLES},
    **{f"{s}_hardest": _ranked(s, 0) for s in TITLES},
    **{f"{s}_easiest": _ranked(s, -1) for s in TITLES},
    **{
        f"{s}_{layer}_{fault}": _faults(s, layer, fault)
        for s in TITLES
        for layer in LAYERS
        for fault in ("missed", "extra", "other")
    },
    "sets": lambda book: len(TITLES),
    "level": lambda book: LEVEL,
    "draws": lambda book: ROUNDS,
    "reports": lambda book: sum(len(s.reports) for s in book_run(book).sets if s.name != "report"),
    "left_out": lambda book: int(left_out(book_run(book))["rows"].sum()),
    "disagreements": _cases(),
    "disagreements_changed": _cases(changed=True),
}
