"""Everything that is counted or measured: a number with its noun, currency or percent.

Hedges (نحو, أكثر من, على الأقل) stay outside the span and set ``approx``. Ordinals, clock times, numbers of dates and numbers
that identify (flight, law, telephone) are no quantities.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from qantar.reading.date_words import Found
from qantar.reading.hedges import hedges_in, is_bounded
from qantar.reading.lexicons import word_set
from qantar.reading.numerals import Numeral, Value, read_number
from qantar.reading.ranges import range_at
from qantar.reading.rows import Quantity
from qantar.reading.uncounted import identifies
from qantar.reading.units import Unit, dual_at, partitive, sign_at, unit_at
from qantar.reading.words import Word

_SMALLER = {
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


_HALVES = {"ونصف": 0.5, "وربع": 0.25, "وثلث": 1 / 3}


_COUNTS = frozenset({"عدد", "اعداد", "حصيله", "اجمالي"})


# A bound whose subject stands between it and the number: تجاوزت نسبة المشاركة 60 في المئة.
_FATES = word_set("quantities_fates")
_REACHED = word_set("quantities_reached")


_MEASURED = frozenset({"time", "distance", "area", "mass", "volume"})


_BELOW_ZERO = (("تحت", "الصفر"), ("دون", "الصفر"))


@dataclass(frozen=True, slots=True)
class _Read:
    """A quantity under construction: words[first:last], its exact offsets and what is known of it."""

    first: int
    last: int
    start: int
    end: int
    value: Value | None
    top: Value | None = None
    least: Value | None = None
    unit: str | None = None
    kind: str = ""
    bounded: bool = False


def find(
    words: list[Word], dates: list[Found], country: str | None = None, named: list[tuple[int, int]] | None = None
) -> list[Quantity]:
    """The quantities of a sentence in order; they do not overlap.

    ``dates`` are those found in it: their numbers count nothing, unless they tell a length of time. ``named`` are spans of
    names, whose numbers are part of the name; ``country`` (ISO 3166) decides whose dinar is meant.
    """
    names = {end for _, end in named or ()}
    taken = {at for date in dates if not date.duration for at in range(date.first, date.last)}
    for start, end in named or ():
        taken.update(at for at, word in enumerate(words) if start <= word.start < end)
    hedges = hedges_in(words)
    found: list[_Read] = []
    at = 0
    while at < len(words):
        read = (
            None
            if at in taken or not _may_begin(words[at])
            else _read(words, at, country, hedges, found[-1] if found else None)
        )
        if read is not None and at and words[at - 1].end in names and read.kind == "" and words[at].kind == "number":
            read = None  # بوينغ 737
        if read is None:
            at += 1
            continue
        found.append(read)
        at = max(read.last, at + 1)
    return [_quantity(words, read, hedges, found[n - 1] if n else None) for n, read in enumerate(found)]


_STARTERS = frozenset({"number", "noun", "time_unit", "money", "people"})


def _may_begin(word: Word) -> bool:
    """Whether a quantity can begin with a word of this spelling."""
    if word.kind != "arabic":
        return word.kind != "other"
    traits = word.form.traits
    if "quantity" not in traits:
        traits["quantity"] = bool(word.hits.keys() & _STARTERS) or word.key.endswith(("ان", "ين", "تا", "تي"))
    return traits["quantity"]


def _read(words: list[Word], at: int, country: str | None, hedges: dict, before: _Read | None) -> _Read | None:
    return (
        _signed(words, at)
        or _articled(words, at, country)
        or _numbered(words, at, country)
        or _dual(words, at, country)
        or _one(words, at, hedges)
    )


def _signed(words: list[Word], at: int) -> _Read | None:
    """$10 مليار."""
    if words[at].raw in ("%", "٪") and at + 1 < len(words) and words[at + 1].kind == "number" and not words[at + 1].gap:
        share = read_number(words, at + 1)
        if (
            share is not None
            and share.value is not None
            and (at == 0 or words[at - 1].kind != "number" or words[at].gap)
        ):
            return _Read(
                at, share.last, words[at].start, words[share.last - 1].end, share.value, unit="percent", kind="percent"
            )
    sign = sign_at(words, at)
    if sign is None or at + 1 >= len(words) or words[at + 1].kind != "number":
        return None
    number = read_number(words, at + 1)
    if number is None or number.value is None:
        return None
    last = number.last
    last += last < len(words) and sign_at(words, last) is not None and not words[last].gap
    return _Read(
        at, last, words[at].start, words[last - 1].end, _scaled(number.value, sign[1]), unit=sign[0], kind="money"
    )


def _scaled(value: Value, factor: float) -> Value:
    return value if factor == 1 else round(value * factor, 6)


def _articled(words: list[Word], at: int, country: str | None) -> _Read | None:
    """الأيام الثلاثة, الحقائب الأربع والعشرين, الساعات الـ24: the number follows its noun, both with the article."""
    word = words[at]
    noun = word.hits.get("noun") or word.hits.get("time_unit") or word.hits.get("people")
    if noun is None or not noun.definite or noun.pronoun or at + 1 >= len(words):
        return None
    number_at = at + 1
    if words[number_at].key == "ال" and number_at + 1 < len(words) and words[number_at + 1].kind == "number":
        number_at += 1
    elif words[number_at].kind == "number" or "ordinal" in words[number_at].hits:
        return None
    number = read_number(words, number_at)
    if (
        number is None
        or number.value is None
        or number.fraction
        or (words[number_at].kind == "arabic" and not words[number_at].hits["number"].definite)
    ):
        return None
    if word.hits.get("noun") and noun.entry.number == "singular":
        return None  # الدورة الـ75
    unit = _name(word)
    return _Read(
        at, number.last, word.start + noun.start, words[number.last - 1].end, number.value, unit=unit[0], kind=unit[1]
    )


def _name(word: Word) -> tuple[str | None, str]:
    if "noun" in word.hits:
        return word.hits["noun"].entry.unit, word.hits["noun"].entry.kind
    return (word.hits["time_unit"].entry[1], "time") if "time_unit" in word.hits else ("person", "person")


def _numbered(words: list[Word], at: int, country: str | None) -> _Read | None:
    number = read_number(words, at)
    if number is None or identifies(words, number):
        return None
    first, start = at, words[at].start + number.offset
    value, top, last = number.value, None, number.last
    if (
        value is not None
        and at
        and words[at - 1].raw in ("-", "−")
        and not words[at].gap
        and number.digits
        and _begins(words, at - 1)
    ):
        value, start, first = -value, words[at - 1].start, at - 1
    elif (
        value is not None
        and at
        and words[at - 1].hits.get("number")
        and words[at - 1].hits["number"].entry[0] == "minus"
    ):
        value, start, first = -value, words[at - 1].start + words[at - 1].hits["number"].start, at - 1
    hit = words[number.first].hits.get("number")
    if (
        isinstance(value, int)
        and number.digits
        and first == at > 0
        and words[at - 1].raw == "."
        and not words[at].gap
        and _begins(words, at - 1)
    ):
        value, start, first = value / 10 ** len(words[at].key), words[at - 1].start, at - 1  # .77
    definite = number.fraction or (value is None and not (hit and hit.definite))
    unit = unit_at(words, last, country, definite)
    if value is not None:
        ranged = range_at(words, number, unit, country)
        if ranged:
            value, top, last, unit = ranged
    if number.fraction and not _part_of(words, number, unit):
        return None
    read = _Read(first, last, start, words[last - 1].end, value, top, number.least)
    return _with_unit(words, _alone(words, read, number, unit), unit, country)


def _alone(words: list[Word], read: _Read, number: Numeral, unit: Unit | None) -> _Read:
    """الـ before a number belongs to it."""
    before = read.first - 1
    if before >= 0 and words[before].key == "ال" and not read.start < words[read.first].start:
        return dataclasses.replace(read, start=words[before].start)
    return read


def _begins(words: list[Word], at: int) -> bool:
    """Whether a minus stands before its number, not between two."""
    return at == 0 or words[at].gap or words[at - 1].kind == "mark"


def _with_unit(words: list[Word], read: _Read, unit: Unit | None, country: str | None) -> _Read | None:
    if unit is None:
        part = partitive(words, read.last)
        if part:
            return dataclasses.replace(read, last=part.last, end=part.end, unit=part.name, kind=part.kind)
        if (words[read.first].kind == "arabic" and read.value == 1 and len(words) > 1) or (
            _ordinal_like(words, read) and read.value not in (0.5, 0.25) and (read.value or 0) >= 1
        ):
            return None
        if _labels(words, read):
            return None
        return read
    if unit.kind == "others":
        part = partitive(words, unit.last)
        return dataclasses.replace(
            read,
            last=unit.last,
            end=unit.end,
            unit=part.name if part and not _role(words, read) else None,
            kind="others",
        )
    read = dataclasses.replace(read, last=unit.last, end=unit.end, unit=unit.name, kind=unit.kind)
    return _below_zero(words, _compound(words, read, country))


def _labels(words: list[Word], read: _Read) -> bool:
    """بنزين 92: a bare number after an indefinite noun is its label, unless the clause says what is counted."""
    before = words[read.first - 1] if read.first else None
    if (
        before is None
        or before.kind != "arabic"
        or words[read.first].kind != "number"
        or before.key.startswith("ال")
        or before.key.endswith("ه")
    ):
        return False
    known = {"function", "number", "hedge", "speech_verb", "event_verb", "support", "role", "speech_noun"}
    labelled = not before.hits or bool(before.hits.keys() & {"noun", "org_head"})
    labelled = labelled or before.hits.get("common") is not None and before.hits["common"].entry == "noun"
    return len(before.key) > 2 and not before.hits.keys() & known and _role(words, read) is None and labelled


def _ordinal_like(words: list[Word], read: _Read) -> bool:
    """A bare number word with the article that counts nothing."""
    hit = words[read.first].hits.get("number")
    return hit is not None and hit.definite and read.value is not None


def _below_zero(words: list[Word], read: _Read) -> _Read:
    if read.value is not None and tuple(word.key for word in words[read.last : read.last + 2]) in _BELOW_ZERO:
        return dataclasses.replace(read, value=-abs(read.value), last=read.last + 2, end=words[read.last + 1].end)
    return read


def _compound(words: list[Word], read: _Read, country: str | None) -> _Read:
    """أربعة أشهر ونصف الشهر, سنة وأربعة أشهر, ساعة وعشر دقائق, 20 دولاراً و43 سنتاً."""
    if read.value is None or read.top is not None or read.last >= len(words):
        return read
    half = _HALVES.get(words[read.last].key)
    if half:
        last = read.last + 1
        last += (
            last < len(words)
            and words[last].key.startswith("ال")
            and bool(words[last].hits.keys() & {"time_unit", "noun", "money"})
        )
        return dataclasses.replace(read, value=read.value + half, last=last, end=words[last - 1].end)
    joined = read.last + 1 if words[read.last].key == "و" else read.last
    if joined >= len(words):
        return read
    if joined == read.last:
        hits = words[joined].hits
        if not any(hits[c].conjunction == "و" for c in ("number", "time_unit") if c in hits):
            return read
    number = read_number(words, joined)
    if number is not None and number.value is not None:
        unit = unit_at(words, number.last, country)
        amount: Value = number.value
    else:
        unit = _bare_dual(words, joined)
        amount = 2
    if unit is None:
        return read
    many = _SMALLER.get((read.unit or "", unit.name or ""))
    if many and read.kind == unit.kind == "time":
        return dataclasses.replace(read, value=read.value * many + amount, unit=unit.name, last=unit.last, end=unit.end)
    if unit.kind == f"minor:{read.unit}":
        value = round(read.value + amount * unit.factor, 6)
        return dataclasses.replace(read, value=value, last=unit.last, end=unit.end)
    return read


def _bare_dual(words: list[Word], at: int) -> Unit | None:
    hit = words[at].hits.get("time_unit")
    return Unit(hit.entry[1], at + 1, words[at].start + hit.end, "time") if hit and hit.entry[0] == "dual" else None


def _part_of(words: list[Word], number: Numeral, unit: Unit | None) -> bool:
    """Whether a fraction is one of something: ثلثا السكان; the quarter finals are none."""
    if number.last >= len(words):
        return words[number.first].key != "نصف"
    key = words[number.last].key
    if words[number.first].hits.get("number") and words[number.first].hits["number"].definite:
        return True  # بنحو الربع
    if key.removeprefix("ال").startswith(("نهاءي", "نهاي", "سنوي", "شهري", "اسبوعي")):
        return False
    return (
        unit is not None or key in ("من",) or key.startswith("ال") or words[number.first].key.endswith(("ثلثا", "ثلثي"))
    )


def _dual(words: list[Word], at: int, country: str | None) -> _Read | None:
    unit = dual_at(words, at, country)
    if unit is None:
        return None
    hits = words[at].hits
    start = next(
        (hits[c].start for c in ("time_unit", "noun", "money") if c in hits),
        len(words[at].raw) - len(words[at].raw.lstrip("و")),
    )
    read = _Read(at, unit.last, words[at].start + start, unit.end, 2, unit=unit.name, kind=unit.kind)
    before = words[at - 1].key if at else ""
    if unit.last + 1 < len(words) and (
        words[unit.last].key in ("الي", "حتي") and before in ("من", "بين") or words[unit.last].key == "او"
    ):
        upper = read_number(words, unit.last + 1)  # من يومين إلى ثلاثة أيام
        if upper is not None and upper.value is not None and upper.value > 2:
            most = unit_at(words, upper.last, country)
            if most is not None and most.name == unit.name:
                return dataclasses.replace(read, top=upper.value, last=most.last, end=most.end)
    return _compound(words, read, country)


def _one(words: list[Word], at: int, hedges: dict) -> _Read | None:
    """أكثر من عام, شخص واحد, ساعة وعشر دقائق: a noun alone that counts one."""
    word = words[at]
    hit = word.hits.get("time_unit") or word.hits.get("noun")
    if hit is None or hit.definite or hit.pronoun or "function" in word.hits:
        return None
    singular = hit.entry[0] == "unit" if "time_unit" in word.hits else hit.entry.number == "singular"
    if not singular or word.key.endswith(("ات", "ايام", "اشهر", "شهور", "اعوام", "عقود", "قرون", "اسابيع", "دقاءق")):
        return None
    unit, kind = _name(word)
    read = _Read(at, at + 1, word.start + hit.start, word.start + hit.end, 1, unit=unit, kind=kind)
    if at + 1 < len(words) and words[at + 1].key in ("واحد", "واحده", "واحدا"):
        return dataclasses.replace(read, last=at + 2, end=words[at + 1].end)
    if kind not in _MEASURED:
        return None
    if at + 1 < len(words) and words[at + 1].key in ("كامل", "كامله", "كاملا"):
        return dataclasses.replace(read, last=at + 2)  # عام كامل
    longer = _compound(words, read, None)
    if longer.last > read.last:
        return longer
    if kind != "time":
        return None
    dated = at + 1 < len(words) and read_number(words, at + 1) is not None  # أكثر من عام 2019
    hedged = hedges.get(("before", at)) in ("bound", "approx") or is_bounded(words, at)
    return read if hedged and not dated else None


def _role(words: list[Word], read: _Read, before: _Read | None = None) -> str | None:
    """What the clause makes of people whose noun is left out: إصابة 17 (injured), توقيف 300 آخرين (detained)."""
    stop = before.last if before is not None else 0
    after = words[read.last].hits.get("role") if read.last < len(words) else None
    if after and words[read.last].key in _FATES:
        return after.entry
    for at in range(read.first - 1, max(-1, read.first - 9, stop - 1), -1):
        word = words[at]
        if word.key in (".", "؛", ":"):
            break
        role = word.hits.get("role")
        if role:
            return role.entry
        noun = word.hits.get("noun")
        if noun and noun.entry.kind == "fate":
            return noun.entry.unit
        if at and words[at - 1].key.removeprefix("و").removeprefix("ب") in _COUNTS and noun:
            return noun.entry.unit
    # ارتفع عدد قتلى الزلزال الذي ضرب ... إلى 41 ألفاً: what is counted may stand far ahead.
    for at in range(read.first - 1, max(0, read.first - 24, stop), -1):
        noun = words[at].hits.get("noun")
        if words[at].key in (".", "؛"):
            break
        if noun and words[at - 1].key.removeprefix("و").removeprefix("ب") in _COUNTS:
            return noun.entry.unit
    return None


def _quantity(words: list[Word], read: _Read, hedges: dict, before: _Read | None) -> Quantity:
    approx = hedges.get(("before", read.first)) in ("approx", "bound") or ("after", read.last) in hedges
    approx = approx or is_bounded(words, read.first)
    if read.first and words[read.first - 1].key == "ال":
        approx = approx or hedges.get(("before", read.first - 1)) in ("approx", "bound")
    approx = approx or any(
        words[at].key.lstrip("و") in _REACHED
        for at in range(max(before.last if before else 0, read.first - 5), read.first)
    )
    unit = read.unit
    if unit is None and read.kind in ("", "others"):
        near = before if before is not None and before.kind not in ("percent", "time", "money", "unknown", "") else None
        unit = _role(words, read, before) or (near.unit if near else None) or _role(words, read)
        if unit is None and read.kind == "others" or (unit is None and read.value is None):
            unit = "person"
    return Quantity(
        read.start,
        read.end,
        "",
        read.value,
        read.top,
        read.least if read.value is None else None,
        unit,
        approx,
        read.value is None,
    )


def spans(quantities: list[Quantity]) -> Iterator[tuple[int, int]]:
    """Where the quantities stand."""
    yield from ((quantity.start, quantity.end) for quantity in quantities)
