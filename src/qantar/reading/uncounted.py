"""Numbers that count nothing: those that identify, tell the time, a score or the place in a list."""

from __future__ import annotations

from qantar.reading.numerals import Numeral, read_number
from qantar.reading.units import sign_at, unit_at
from qantar.reading.words import Word

_CLOCK = frozenset({"الساعه", "ساعه", "الدقيقه"})


_HOURS = frozenset({"صباحا", "مساء", "ظهرا", "فجرا", "ليلا", "بتوقيت", "عصرا"})


def identifies(words: list[Word], number: Numeral) -> bool:
    """Whether a number names something (flight 815, F-16), tells the time, a score or the number of a list."""
    first, last = number.first, number.last
    word = words[first]
    before = words[first - 1] if first else None
    if before is not None and before.key == "ال" and first > 1:
        before = words[first - 2]
    after = words[last] if last < len(words) else None
    if word.kind == "number":
        if (
            before is not None
            and not word.gap
            and (
                before.kind == "latin"
                or (before.raw in ("-", "–", "_", "/", "#", ":", "+", "@") and _glued(words, first))
            )
        ):
            return True
        if (
            before is not None
            and before.raw in ("#", "+")
            or word.raw.startswith("0")
            and len(word.raw) > 2
            and word.raw.isdigit()
        ):
            return True
        if (
            after is not None
            and not after.gap
            and (
                after.kind == "latin"
                and after.raw.lower() not in ("km", "kg", "m", "gb", "mw")
                and sign_at(words, last) is None
            )
        ):
            return True
        if (
            after is not None
            and after.raw in (":", "/")
            and last + 1 < len(words)
            and words[last + 1].kind == "number"
            and not after.gap
        ):
            return True
        if (
            after is not None
            and after.raw in ("-", "–")
            and not after.gap
            and last + 1 < len(words)
            and words[last + 1].kind in ("latin",)
        ):
            return True
        score = (
            after is not None and after.raw in ("-", "–") and last + 1 < len(words) and words[last + 1].kind == "number"
        )
        if score and not _rises(words, first, last + 1):
            return True
        listed = after is not None and after.raw in (".", "-", ")", "–") and not after.gap
        if first == 0 and listed and (last + 1 == len(words) or words[last + 1].kind != "number"):
            return True
    if before is None:
        return False
    if before.key.removeprefix("و").removeprefix("ب") in _CLOCK and before.key.endswith("الساعه"):
        return True
    if (
        after is not None
        and after.key in _HOURS
        and word.kind == "number"
        and (after.key != "مساء" or before.key in ("عند", "في"))
    ):
        return True
    if before.key == "و" and first > 2 and words[first - 2].kind == "number" and "identifier" in words[first - 3].hits:
        before = words[first - 3]  # المادتين 51 و52
    identifier = before.hits.get("identifier")
    if identifier and identifier.entry == "yes":
        return True
    return bool(identifier and not identifier.pronoun and unit_at(words, last, None) is None)


def _glued(words: list[Word], first: int) -> bool:
    """Whether the mark before a number joins it to the word before (كوفيد-19, إف-16), or it to another number."""
    mark = words[first - 1]
    if mark.raw in ("#", "+", "@"):
        return True
    return first >= 2 and not mark.gap and (words[first - 2].kind != "mark" or mark.raw in ("/", ":"))


def _rises(words: list[Word], first: int, second: int) -> bool:
    low, high = read_number(words, first), read_number(words, second)
    return bool(
        low
        and high
        and low.value is not None
        and high.value is not None
        and (low.value < high.value or low.value < high.value * high.scale)
    )
