"""Ranges: from the number at the lower end to the one at the upper (10-20, بين 10 و20, من ثلاثة إلى خمسة)."""

from __future__ import annotations

from qantar.reading.lexicons import word_set
from qantar.reading.numerals import Numeral, Value, read_number
from qantar.reading.units import Unit, unit_at
from qantar.reading.words import Word

# Before these a rise from 10 to 20 is two quantities, not a range.
_CHANGE = tuple(sorted(word_set("quantities_change")))


def range_at(
    words: list[Word], number: Numeral, unit: Unit | None, country: str | None
) -> tuple[Value, Value, int, Unit | None] | None:
    """(least, most, next index, unit) of 10-20, من 10 إلى 20, بين 10 و20, ثلاثة أو أربعة."""
    for last in (number.last, unit.last if unit is not None and unit.kind != "others" else number.last):
        upper = _upper(words, number, last)
        if upper is None or upper.value is None or number.value is None:
            continue
        low = number.value
        if upper.scale > 1 and number.scale == 1 and low < 1000:
            low = low * upper.scale if low * upper.scale < upper.value else low
        if low < upper.value:
            return low, upper.value, upper.last, unit_at(words, upper.last, country)
    return None


def _upper(words: list[Word], number: Numeral, last: int) -> Numeral | None:
    """The number that ends a range, if what stands at ``last`` leads to one."""
    if last >= len(words):
        return None
    key, before = words[last].key, words[number.first - 1].key.lstrip("و") if number.first else ""
    if key in ("-", "–", "—") and last + 1 < len(words) and words[last + 1].kind == "number":
        after = read_number(words, last + 1)
        return (
            None if after is None or (after.last < len(words) and words[after.last].key in ("-", "–", "/")) else after
        )
    if before in ("بين",) and key[:1] == "و":
        return read_number(words, last + 1 if key == "و" else last) if last + 1 < len(words) or key != "و" else None
    if (
        key in ("الي", "حتي")
        and last + 1 < len(words)
        and before in ("من", "بين")
        and not _changes(words, number.first)
    ):
        return read_number(words, last + 1)
    if key == "او" and last + 1 < len(words) and last == number.last:
        return read_number(words, last + 1)
    hit = words[last].hits.get("number")
    if before == "من" and hit and hit.preposition == "ل":
        return read_number(words, last)
    return None


def _changes(words: list[Word], at: int) -> bool:
    return any(
        word.key.lstrip("وفي").lstrip("ت").startswith(_CHANGE) or word.key.startswith(_CHANGE)
        for word in words[max(0, at - 8) : at]
    )
