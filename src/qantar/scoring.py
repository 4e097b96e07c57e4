"""Rows that were found against rows that people made: which are the same, and what follows in numbers.

A found row and a gold row are the same when their spans overlap and what the layer is about agrees (`AGREE`); for
statements the cue must begin at the same place. Every row is matched once, in the order of the text. Intervals are
Wilson's for precision and recall (E. B. Wilson, JASA 22, 1927), and a bootstrap over reports for F1.
"""

from __future__ import annotations

import math
import random
import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qantar.arabic import fold
from qantar.gold import Row

Agreement = Callable[[Row, Row], bool]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_WORD = re.compile(r"\w+")
_QUOTES = re.compile(r"[\"'«»“”‘’]")


# ------------------------------------------------------------------------------------------------------ agreement


def _number(cell: object) -> float | None:
    return None if cell in ("", None) else round(float(str(cell)), 3)


def duration(cell: str | None) -> tuple[int, int, int]:
    """An ISO 8601 duration as (months, days, minutes), so that equal ones are equal however they are written.

    >>> duration("P1W") == duration("P7D"), duration("P2M")
    (True, (2, 0, 0))
    """
    found = _DURATION.fullmatch(cell or "P")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0,) * 6
    return 12 * years + months, 7 * weeks + days, 60 * hours + minutes


def _quantity(found: Row, gold: Row) -> bool:
    return all(_number(found[c]) == _number(gold[c]) for c in ("value", "value_max")) and (
        gold["value"] != "" or _number(found["value_min"]) == _number(gold["value_min"])
    )


def same_date(found: object, gold: object) -> bool:
    """Whether two EDTF dates are the same but for the mark of an approximate one; two empty ones are."""
    return str(found or "").replace("~", "") == str(gold or "").replace("~", "")


def _date(found: Row, gold: Row) -> bool:
    return same_date(found["value"], gold["value"]) and duration(found["offset"]) == duration(gold["offset"])


AGREE: dict[str, Agreement] = {
    "quantities": _quantity,
    "dates": _date,
    "actors": lambda found, gold: found["type"] == gold["type"],
    "statements": lambda found, gold: found["verb_start"] == gold["start"],
    "events": lambda found, gold: found["class"] == gold["class"],
    "reactions": lambda found, gold: found["kind"] == gold["kind"],
}
"""What must agree, beside the words, for a found row to be right."""


def within(found: Row, gold: Row) -> bool:
    """Whether the day that was found lies in the time that is meant: mild with a program that gives nothing but days.

    >>> within({"value": "2022-03-18"}, {"value": "2022-03"})
    True
    >>> within({"value": "2022-01-11"}, {"value": "2022-01-01/2022-01-10"})
    False
    """
    first, _, last = gold["value"].replace("~", "").partition("/")
    last, day = last or first, found["value"]
    return (
        bool(gold["value"])
        and (first == ".." or day[: len(first)] >= first)
        and (last == ".." or day[: len(last)] <= last)
    )


def loosely(found: object, gold: object) -> bool:
    """Whether two wordings name the same: equal but for quotation marks and spelling, or one contains the other.

    >>> loosely("وزارة الصحة", "«وزارة الصحة» العراقية"), loosely("", "الوزير")
    (True, False)
    """
    a, b = (" ".join(map(fold, _QUOTES.sub("", str(words or "")).split())) for words in (found, gold))
    return a == b or bool(a and b) and (a in b or b in a)


def overlap(found: object, gold: object) -> bool:
    """Whether two wordings share a word of three letters or more, the article left out; two empty ones agree."""
    a, b = (
        {w for word in _WORD.findall(fold(str(words or ""))) if len(w := word.removeprefix("ال")) > 2}
        for words in (found, gold)
    )
    return bool(a & b) or not (found or gold)


def _exactly(found: Row, gold: Row) -> bool:
    return (found["start"], found["end"]) == (gold["start"], gold["end"])


def _equal(column: str) -> Agreement:
    return lambda found, gold: str(found[column] or "") == gold[column]


def _by(test: Callable[[object, object], bool], column: str) -> Agreement:
    return lambda found, gold: test(found[column], gold[column])


DETAILS: dict[str, dict[str, Agreement]] = {
    "quantities": {
        "exact span": _exactly,
        # The coding says apart what is counted and what is measured: a person, and that the person is detained.
        "unit": lambda found, gold: (found["unit"] or "") in (gold["unit"], gold.get("role", gold["unit"])),
        "approximate": _equal("approx"),
        "attributed to": _by(loosely, "attributed_to"),
    },
    "dates": {"exact span": _exactly},
    "actors": {"exact span": _exactly, "full name": _by(loosely, "actor")},
    "statements": {"speaker": _by(loosely, "speaker"), "direct or not": _equal("kind")},
    "events": {
        "status": _equal("status"),
        "actor": _by(overlap, "actor"),
        "target": _by(overlap, "target"),
        "date": _by(same_date, "date"),
    },
    "reactions": {"actor": _by(loosely, "actor"), "stance": _equal("stance")},
}
"""What else is compared where two rows are the same."""


# ------------------------------------------------------------------------------------------------------- matching


def _span(layer: str, row: Row) -> tuple[int, int]:
    """The words that a row is matched by: of a statement that was found, its cue alone."""
    if layer == "statements" and "verb_start" in row:
        return row["verb_start"], row["verb_start"] + len(row["verb"])
    return row["start"], row["end"]


def _first(layer: str, row: Row, rows: Iterable[Row], agree: Agreement) -> Row | None:
    start, end = _span(layer, row)
    return next((other for other in rows if start < other["end"] and other["start"] < end and agree(row, other)), None)


def match(
    layer: str, found: Iterable[Row], gold: Iterable[Row], agree: Agreement | None = None
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """(matched pairs, found rows without a gold one, gold rows that were not found)."""
    left, pairs, extra = list(gold), [], []
    for row in found:
        partner = _first(layer, row, left, agree or AGREE[layer])
        if partner is None:
            extra.append(row)
        else:
            left = [other for other in left if other is not partner]
            pairs.append((row, partner))
    return pairs, extra, left


# --------------------------------------------------------------------------------------------------------- scores


@dataclass(frozen=True)
class Score:
    """Counts of one layer, and what follows from them."""

    matched: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        return self.matched / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.gold
        return 2 * self.matched / total if total else 0.0


def add(scores: Iterable[Score]) -> Score:
    """The counts of several reports together."""
    scores = list(scores)
    return Score(sum(s.matched for s in scores), sum(s.found for s in scores), sum(s.gold for s in scores))


LEVEL = 95
"""How many of a hundred intervals hold the true value."""

Z = statistics.NormalDist().inv_cdf((1 + LEVEL / 100) / 2)

ROUNDS = 2000
"""How often the bootstrap draws."""


def wilson(part: int, whole: int, z: float = Z) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if whole == 0:
        return 0.0, 1.0
    share = part / whole
    centre = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    return max(0.0, centre - half), min(1.0, centre + half)


def bootstrap(scores: Sequence[Score], rounds: int = ROUNDS, seed: int = 1) -> tuple[float, float]:
    """The 95 % interval of F1 when the parts (reports, or the sentences of one) are drawn anew; the same each time."""
    draw = random.Random(seed)
    counts = [(2 * score.matched, score.found + score.gold) for score in scores]
    values = []
    for _ in range(rounds):
        drawn = draw.choices(counts, k=len(counts))
        total = sum(whole for _, whole in drawn)
        values.append(sum(part for part, _ in drawn) / total if total else 0.0)
    values.sort()
    tail = (1 - LEVEL / 100) / 2
    return values[round(tail * rounds)], values[round((1 - tail) * rounds)]
