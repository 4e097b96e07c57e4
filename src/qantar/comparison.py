"""One run: every report read in every way there is, and each row that was found set beside the gold.

The reader is told the text and the day of publication, nothing else. How rows are compared stands in `scoring`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from qantar import baselines
from qantar.gold import LAYERS, GoldReport, GoldSet, Row, cell
from qantar.scoring import AGREE, Agreement, match, within

READER, SECOND = "the reader", "a second reading"
TITLES = {"report": "this report", "seen": "open half", "unseen": "held-out half"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A row that was found, one of the gold, or both where they are about the same words; ``right`` if they agree."""

    set: str
    reader: str
    report: str
    sentence: str
    layer: str
    found: Row | None
    gold: Row | None
    right: bool

    @property
    def fault(self) -> str:
        """What is wrong: nothing, ``missed``, ``extra``, or ``other`` where the words were taken otherwise."""
        return "" if self.right else "missed" if self.found is None else "extra" if self.gold is None else "other"


@dataclass(frozen=True, eq=False)
class Run:
    """The outcomes of one run over some sets, and a sentence on a baseline that could not be run (else empty)."""

    sets: tuple[GoldSet, ...]
    outcomes: tuple[Outcome, ...]
    note: str = ""

    def of(self, set_: str, layer: str, reader: str = READER) -> list[Outcome]:
        """The outcomes of one reader on one layer of a set."""
        return [o for o in self.outcomes if (o.set, o.layer, o.reader) == (set_, layer, reader)]

    def readers(self, layer: str) -> list[str]:
        """Who reads a layer: the reader, the second reading, the baselines."""
        return list(dict.fromkeys(o.reader for o in self.outcomes if o.layer == layer))


# ------------------------------------------------------------------------------------------------------------ a run


def evaluate(sets: Iterable[GoldSet]) -> Run:
    """Read every report of some sets in every way there is, and compare what is found with the gold."""
    sets, (programs, note) = tuple(sets), baselines.usable()
    return Run(sets, tuple(outcome for set_ in sets for outcome in _outcomes(set_, programs)), note)


def _outcomes(set_: GoldSet, programs: dict[str, Callable[..., Iterable[Row]]]) -> Iterator[Outcome]:
    for gold in set_.reports:
        yield from _compared(set_.name, READER, gold, read(gold))
    for gold, again in zip(set_.reports, set_.second, strict=False):
        yield from _compared(
            set_.name, SECOND, gold, {layer: list(map(_as_found, rows)) for layer, rows in again.layers.items()}
        )
    for name, program in programs.items():
        for gold in set_.reports:
            # dateparser gives days only, so a day is enough where the gold has a month or a week.
            found = {baselines.LAYER[name]: list(program(gold.report))}
            yield from _compared(set_.name, name, gold, found, AGREE | {"dates": within})


def read(gold: GoldReport) -> dict[str, list[Row]]:
    """What the machine reader finds in a report, by layer, as cells of a table."""
    from qantar.reading import read_layers

    found: dict[str, list[Row]] = {layer: [] for layer in LAYERS}
    for sentence in read_layers(gold.report, gold.report.published):
        for layer in LAYERS:
            found[layer] += map(_cells, getattr(sentence, layer))
    return found


def _cells(row: Any) -> Row:
    made = {
        name: value if isinstance(value, int) and "start" in name else cell(value)
        for name, value in dataclasses.asdict(row).items()
    }
    return made | {"end": row.end} | ({"class": row.class_} if hasattr(row, "class_") else {})


def _as_found(row: Row) -> Row:
    """A row of the second reading as one that was found."""
    return row | {"text": row["quote"], "verb": row["quote"], "verb_start": row["start"]}


def _compared(
    set_: str, reader: str, gold: GoldReport, found: dict[str, list[Row]], agree: dict[str, Agreement] = AGREE
) -> Iterator[Outcome]:
    for layer, rows in found.items():
        pairs, extra, missed = match(layer, rows, gold.layers[layer], agree[layer])
        others, extra, missed = match(layer, extra, missed, _always)
        _, extra, _ = match(layer, extra, gold.open.get(layer, ()), _always)
        made = [(f, g, True) for f, g in pairs] + [(f, g, False) for f, g in others]
        for f, g, right in [*made, *((f, None, False) for f in extra), *((None, g, False) for g in missed)]:
            yield Outcome(set_, reader, gold.id, g["sentence"] if g else _sentence(gold, f or {}), layer, f, g, right)


def _always(found: Row, gold: Row) -> bool:
    return True


def _sentence(gold: GoldReport, row: Row) -> str:
    start = row.get("verb_start", row["start"])
    return next(s.id for s in gold.report.sentences if s.start <= start < s.end)
