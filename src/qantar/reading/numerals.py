"""Numbers as Arabic news writes them: digits, words, and both together (5 آلاف و135).

Grammar of number words: Ryding, A Reference Grammar of Modern Standard Arabic, chapter 15. Cases and genders are not
checked: news confuses them, and no confusion changes the value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from qantar.arabic import fold
from qantar.reading.words import Word

Value = int | float

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
# Longer runs of digits are no numbers that news tells.
_MOST_DIGITS = 40
_VOWELLED = {"خمس": 5, "سبع": 7, "تسع": 9, "عشر": 10}
_SCALES = frozenset({"scale", "scales", "scale_accusative"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number that was read: ``words[first:last]``, its value, and the offset at which it begins in its first word.

    ``value`` is None for vague numbers; then ``least`` is ACLED's conservative estimate (tens 10, hundreds 100, thousands
    1000). ``scale`` is the last power of ten that was named as a word (5 آلاف: 1000), else 1.
    """

    first: int
    last: int
    offset: int
    value: Value | None
    least: int | None = None
    scale: int = 1
    digits: bool = False
    fraction: bool = False


def read_digits(text: str, scale: int = 1) -> Value | None:
    """The value of a number in digits, Western, Arabic-Indic or Persian; None if it is no single number.

    Both conventions for thousands and decimals are read: with two kinds of separator the last is the decimal one; one
    kind that stands between groups of three digits separates thousands, else decimals. Before a word for a thousand
    million and more (``scale``) a separator is a decimal one: 2.125 مليار.

    >>> [read_digits(text) for text in ("1,250", "1.250", "12,5", "٣٫٥", "1.234,50", "0.125")]
    [1250, 1250, 12.5, 3.5, 1234.5, 0.125]
    """
    if len(text) > _MOST_DIGITS:
        return None
    plain = fold(text).replace("،", ",").replace("٬", "'").replace("٫", "p")
    marks = [c for c in plain if not c.isdigit()]
    kinds = list(dict.fromkeys(marks))
    if not kinds:
        return int(plain)
    if "p" in kinds or "'" in kinds:
        whole = plain.replace("'", "").replace(",", "").replace(".", "") if "p" in kinds else plain.replace("'", "")
        return _float(whole.replace("p", ".").replace(",", "."))
    if len(kinds) == 2:
        if marks.count(kinds[1]) > 1 or marks[-1] != kinds[1]:
            return None
        return _float(plain.replace(kinds[0], "").replace(kinds[1], "."))
    if len(kinds) > 2:
        return None
    decimal_before_scale = len(marks) == 1 and (scale >= 10**9 or (scale == 10**6 and kinds[0] == "."))
    if _THOUSANDS.fullmatch(plain) and not decimal_before_scale:
        return int(plain.replace(kinds[0], ""))
    return _float(plain.replace(kinds[0], ".")) if len(marks) == 1 else None


def _float(text: str) -> Value | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return int(value) if value.is_integer() and "." not in text else value


def read_number(words: list[Word], at: int) -> Numeral | None:
    """The number that begins at a word, as long as it goes; None if there is none."""
    word = words[at]
    if word.kind not in ("number", "arabic") or (word.kind == "arabic" and "number" not in word.hits):
        return None
    if word.kind == "arabic":
        vague = _vague(words, at)
        if vague:
            return vague
        if word.hits["number"].definite and not (_counted_article(words, at) or _share(words, at)):
            return None
    parsed = _fraction(words, at) or _sum(words, at)
    return _decimal(words, parsed) if parsed else None


def _counted_article(words: list[Word], at: int) -> bool:
    """الأيام الثلاثة: a number with the article after a noun with the article."""
    before = words[at - 1] if at else None
    return (
        before is not None
        and before.key.lstrip("وفبك").startswith(("ال", "لل"))
        and _kind(words[at]) in ("unit", "ten", "tens", "hundred")
    )


def _share(words: list[Word], at: int) -> bool:
    """بأكثر من الثلث, بنسبة النصف, إلى النصف: a fraction with the article that no ordinal follows."""
    if _kind(words[at]) != "fraction" or not at:
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    ordinal = after is not None and ("ordinal" in after.hits or after.key in ("الاخير", "الاخيره"))
    bound = (
        words[at - 1].key == "من"
        and at > 1
        and "hedge" in words[at - 2].hits
        or words[at - 2 : at - 1]
        and words[at - 2].key.endswith(("اكثر", "اقل"))
    )
    return not ordinal and bool(bound or words[at - 1].key in ("بنسبه", "الي", "نسبه", "نحو", "حوالي", "قرابه", "بنحو"))


def _kind(word: Word) -> str:
    if word.kind == "number":
        return "digits"
    hit = word.hits.get("number")
    return hit.entry[0] if hit else ""


def _number(word: Word) -> int:
    return int(word.hits["number"].entry[1])


def _offset(word: Word) -> int:
    return word.hits["number"].start if word.kind == "arabic" else 0


def _joined(words: list[Word], at: int) -> int:
    """Index of the number word that و joins to what ends before ``at``; -1 if there is none."""
    if at >= len(words):
        return -1
    word = words[at]
    if word.key == "و" and at + 1 < len(words) and _kind(words[at + 1]):
        following = words[at + 1]
        hit = following.hits.get("number")
        return at + 1 if hit is None or not hit.conjunction else -1
    hit = word.hits.get("number")
    return at if hit and hit.conjunction == "و" and not hit.preposition else -1


def _plain(words: list[Word], at: int) -> bool:
    """Whether a number word can stand inside a number: without conjunction, preposition and article."""
    hit = words[at].hits.get("number") if at < len(words) else None
    return hit is not None and not (hit.conjunction or hit.preposition or hit.definite)


def _small(words: list[Word], at: int) -> tuple[int, int] | None:
    """(value, next index) of a number below a thousand in words."""
    kind = _kind(words[at])
    value = _number(words[at]) if kind in ("unit", "ten", "tens", "hundred", "hundreds", "zero") else None
    if value is None:
        return None
    following = at + 1
    if kind in ("unit", "ten") and _plain(words, following) and _kind(words[following]) == "hundred":
        return _hundreds(words, value * 100, following + 1)
    if kind in ("hundred", "hundreds"):
        return _hundreds(words, value, following)
    return _below_hundred(words, at)


def _hundreds(words: list[Word], value: int, at: int) -> tuple[int, int]:
    rest = _joined(words, at)
    if rest >= 0 and _kind(words[rest]) in ("unit", "ten", "tens"):
        small = _below_hundred(words, rest)
        if small:
            return value + small[0], small[1]
    # مئتان وألف ألف: so num2words spells 201,000, the first ألف standing for the one thousand that is counted.
    if rest >= 0 and _kind(words[rest]) == "scale" and rest + 1 < len(words) and _kind(words[rest + 1]) in _SCALES:
        return value + 1, rest + 1
    return value, at


def _below_hundred(words: list[Word], at: int) -> tuple[int, int] | None:
    word, kind = words[at], _kind(words[at])
    value, following = _number(word), at + 1
    if kind == "unit":
        if _plain(words, following) and _kind(words[following]) == "ten":
            return value + 10, following + 1
        if following < len(words) and word.hits["number"].definite and _kind(words[following]) == "ten":
            return value + 10, following + 1
        tens = _joined(words, following)
        if tens >= 0 and _kind(words[tens]) == "tens":
            return value + _number(words[tens]), tens + 1
        # أحد المسؤولين, "one of the officials", is a pronoun.
        if fold(word.raw[word.hits["number"].start :]) in ("احد", "احدي", "الاحد"):
            return None
    return value, following


def _group(words: list[Word], at: int) -> tuple[Value, int, int, bool] | None:
    """(value, next index, scale, in digits) of a number with the word for its scale, if it has one."""
    word, kind = words[at], _kind(words[at])
    if kind == "digits":
        last, raw = at + 1, word.raw
        while last < len(words) and _continues_digits(words, at, last):
            raw, last = raw + words[last].raw, last + 1  # 100 000
        scale, last = _scale(words, last)
        value = read_digits(raw, scale)
        return None if value is None else (_times(value, scale), last, scale, True)
    if kind in ("scale", "scale_dual"):
        value = _number(word)
        # The word for a million of millions: ألف مليون.
        scale, last = _scale(words, at + 1)
        named = value // 2 if kind == "scale_dual" else value
        return value * scale, last, max(named, scale) if scale == 1 else scale, False
    if kind == "scale_accusative":
        # ألفا before its noun is the dual in construct, "two thousand"; with tanwin or before و the accusative of one.
        one = "ً" in word.raw or _joined(words, at + 1) >= 0
        return _number(word) * (1 if one else 2), at + 1, _number(word), False
    if kind in ("dozen", "dozens_dual"):
        return _number(word), at + 1, 1, False
    small = _small(words, at)
    if small is None:
        return None
    value, last = small
    if last < len(words) and _plain(words, last) and _kind(words[last]) == "dozens":
        return value * 12, last + 1, 1, False
    scale, last = _scale(words, last)
    return value * scale, last, scale, False


def _continues_digits(words: list[Word], first: int, at: int) -> bool:
    """Whether a group of three digits goes on with the number that a space parts it from."""
    word, before = words[at], words[at - 1]
    return (
        word.kind == "number"
        and word.raw.isdigit()
        and len(word.raw) == 3
        and words[first].raw.isdigit()
        and len(words[first].raw) <= 3
        and word.start - before.end == 1
        and not (words[first].raw.startswith("0"))
    )


def _times(value: Value, scale: int) -> Value:
    product = Fraction(str(value)) * scale
    return int(product) if product.denominator == 1 else float(product)


def _scale(words: list[Word], at: int) -> tuple[int, int]:
    """(factor, next index) of the words for scales that follow a number: ألف, آلاف, مليون, ألف مليون."""
    scale = 1
    while at < len(words) and _plain(words, at) and _kind(words[at]) in _SCALES:
        scale, at = scale * _number(words[at]), at + 1
    return scale, at


def _sum(words: list[Word], at: int) -> Numeral | None:
    """A sum of groups of falling scale, joined by و."""
    group = _group(words, at)
    if group is None:
        return None
    value, last, scale, digits = group
    offset, lowest = _offset(words[at]), scale
    while True:
        following = _joined(words, last)
        if following < 0:
            break
        part = _fraction_part(words, following)
        if part is not None:
            if lowest == 1 and not _percent_or_unit(words, part[1]):
                break
            value, last = _times(1, 1) * (value + _times(float(part[0]), lowest)), part[1]
            if (
                last < len(words)
                and _kind(words[last]) in ("scale", "scales")
                and not words[last].hits["number"].preposition
            ):
                last += 1  # مليون ونصف المليون, مليون ونصف مليون
            value = int(value) if float(value).is_integer() else value
            break
        if _kind(words[following]) in ("dozen", "dozens_dual"):
            value, last = value + _number(words[following]), following + 1
            break
        more = _group(words, following)
        if more is None or more[2] >= lowest or more[0] >= lowest:
            break
        value, last, scale, digits = value + more[0], more[1], more[2], digits or more[3]
        lowest = more[2]
        if lowest == 1:
            break
    return Numeral(at, last, offset, value, scale=scale, digits=digits)


def _percent_or_unit(words: list[Word], at: int) -> bool:
    """خمسة ونصف في المئة: a half that is added to a number without a scale needs its unit after it."""
    return at < len(words) and words[at].key in ("في", "بالمءه", "بالماءه", "%", "٪", "نقطه", "درجه", "درجات")


def _fraction_part(words: list[Word], at: int) -> tuple[Fraction, int] | None:
    """(fraction, next index) of نصف, ثلثا, ثلاثة أرباع."""
    kind = _kind(words[at])
    fifth = _VOWELLED.get(words[at].key) if kind in ("unit", "ten") and "ُ" in words[at].raw[:3] else None
    if fifth:
        return Fraction(1, fifth), at + 1  # خُمس السكان: the vowel tells a fifth from five
    if kind == "fraction" and (not words[at].hits["number"].definite or _share(words, at)):
        return Fraction(words[at].hits["number"].entry[1]), at + 1
    if kind in ("unit", "ten", "digits") and _plain(words, at + 1) and _kind(words[at + 1]) == "fractions":
        count = read_digits(words[at].raw) if kind == "digits" else _number(words[at])
        if isinstance(count, int):
            return Fraction(words[at + 1].hits["number"].entry[1]) * count, at + 2
    return None


def _fraction(words: list[Word], at: int) -> Numeral | None:
    part = _fraction_part(words, at)
    if part is None:
        return None
    fraction, last = part
    scale, last = _scale(words, last)
    if scale == 1 and last < len(words) and words[last].key in ("دزينه",):
        scale, last = 12, last + 1
    value = fraction * scale
    return Numeral(
        at,
        last,
        _offset(words[at]),
        int(value) if value.denominator == 1 else float(value),
        scale=scale,
        fraction=scale == 1,
    )


def _decimal(words: list[Word], number: Numeral) -> Numeral:
    """ثلاثة فاصلة خمسة."""
    at = number.last
    if at + 1 < len(words) and _kind(words[at]) == "point" and isinstance(number.value, int):
        rest = _group(words, at + 1)
        if rest and isinstance(rest[0], int):
            return Numeral(
                number.first, rest[1], number.offset, float(f"{number.value}.{rest[0]}"), digits=number.digits
            )
    return number


def _vague(words: list[Word], at: int) -> Numeral | None:
    """عشرات, مئات الآلاف, الملايين, بضعة: numbers that say an order of magnitude."""
    kind, word = _kind(words[at]), words[at]
    if kind not in ("vague", "scales") or word.hits["number"].pronoun:
        return None
    least, last = _number(word), at + 1
    scale = least if kind == "scales" else 1
    while (
        last < len(words) and _kind(words[last]) in ("scales", "scale") and not words[last].hits["number"].conjunction
    ):
        hit = words[last].hits["number"]
        if hit.preposition:
            break
        least, scale, last = least * _number(words[last]), _number(words[last]), last + 1
    return Numeral(at, last, word.hits["number"].start, None, least=least, scale=scale)
