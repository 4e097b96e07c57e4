"""Numbers, dates and Arabic in English prose: how a value of a table is written out."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

ABSENT = "not in this report"
"""What a result says that asks for something the report, or its later record, does not have."""

_SCALES = ((1e9, "billion"), (1e6, "million"))
_CURRENCIES = {"USD": "dollars", "EUR": "euros", "KZT": "tenge"}
_IRREGULAR = {"person": "people", "percent": "percent", "child": "children", "man": "men", "woman": "women", "foot": "feet", "aircraft": "aircraft"}
_EDTF_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)")
# A run of Arabic words with what stands between them: spaces, digits, punctuation that Arabic shares.
_ARABIC_RUN = re.compile("[\u0600-\u06ff](?:[\u0600-\u06ff\u200c-\u200f\\d\\s.,:/()\\[\\]\"«»“”…!-]*[\u0600-\u06ff])?")
_LATIN = re.compile("[A-Za-z]")
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def number(value: Any) -> str:
    """A number as prose writes it: ``5,135``, ``212 million``, ``92.3``; an empty cell gives an empty string.

    >>> number(5135), number(212_000_000), number(92.3), number(2.0)
    ('5,135', '212 million', '92.3', '2')
    """
    if str(value) in ("None", "nan", "<NA>", ""):
        return ""
    value = float(value)
    for scale, name in _SCALES:
        if abs(value) >= scale:
            return f"{value / scale:,.4g} {name}"
    return f"{value:,.0f}" if value == int(value) else f"{round(value, 3):,}"


def spelled(value: int) -> str:
    """A count as running prose has it: up to twelve in words, beyond in digits.

    >>> spelled(7), spelled(14)
    ('seven', '14')
    """
    return _WORDS[value] if 0 <= value < len(_WORDS) else number(value)


def times(count: int) -> str:
    """How often: ``once``, ``twice``, then ``three times``.

    >>> times(1), times(2), times(3)
    ('once', 'twice', 'three times')
    """
    return {1: "once", 2: "twice"}.get(count) or f"{spelled(count)} times"


def from_the_end(place: int, what: str) -> str:
    """Something by its place counted from the end, which is place one.

    >>> from_the_end(1, "line"), from_the_end(3, "line")
    ('last line', 'last line but two')
    """
    return f"last {what}" if place == 1 else f"last {what} but {spelled(place - 1)}"


def quantity(value: Any, unit: str | None) -> str:
    """A number with its unit: ``164 people``, ``212 million dollars``, ``1 week``.

    >>> quantity(164, "person"), quantity(1, "week"), quantity(212_000_000, "USD")
    ('164 people', '1 week', '212 million dollars')
    """
    if not isinstance(unit, str) or not unit:
        return number(value)
    if unit in _CURRENCIES or unit.isupper():
        return f"{number(value)} {_CURRENCIES.get(unit, unit)}"
    plural = _IRREGULAR.get(unit) or re.sub(r"(?<=[^aeiou])y$", "ie", unit) + ("es" if unit.endswith(("s", "x", "ch", "sh")) else "s")
    return f"{number(value)} {unit if float(value) == 1 else plural}"


def amount(value: Any, value_max: Any, precision: str, unit: str | None = None) -> str:
    """A quantity with what its precision says of it: a bound, a range, or that it is about so much.

    ``value``, ``value_max`` and ``precision`` are those of the figures' table.

    >>> amount(12000, None, "bounded", "person"), amount(7, 7, "bounded"), amount(15, 20, "approximate")
    ('at least 12,000 people', 'at most 7', '15 to 20')
    >>> amount(40, None, "approximate", "person"), amount(164, None, "exact", "person")
    ('about 40 people', '164 people')
    """
    told = quantity(value, unit)
    if not number(value_max):
        return {"bounded": "at least ", "vague": "at least ", "approximate": "about "}.get(precision, "") + told
    return f"at most {told}" if float(value_max) == float(value) else f"{number(value)} to {quantity(value_max, unit)}"


def date(edtf: str | None, year: bool = True) -> str:
    """An EDTF date in words; ``year=False`` leaves the year out.

    >>> date("2022-01-09"), date("2022-01-02/.."), date("1992~"), date("2022-01-01/2022-01-10", year=False)
    ('9 January 2022', 'from 2 January 2022', 'about 1992', '1 to 10 January')
    """
    if not isinstance(edtf, str) or not edtf:
        return ""
    if edtf.startswith("P"):
        return {"P1W": "one week"}.get(edtf, edtf)
    start, _, end = edtf.partition("/")
    if not end:
        return _day(start, year)
    if end == "..":
        return f"from {_day(start, year)}"
    if start == "..":
        return f"until {_day(end, year)}"
    if start[:7] == end[:7] and len(start) == len(end) == 10:
        return f"{int(start[8:10])} to {_day(end, year)}"
    return f"{_day(start, year)} to {_day(end, year)}"


def _day(edtf: str, year: bool) -> str:
    match = _EDTF_DAY.fullmatch(edtf)
    if not match:
        return edtf
    y, m, d, mark = match.groups()
    about = "about " if mark else ""
    if not m:
        return f"{about}{y}"
    name = datetime.date(2000, int(m), 1).strftime("%B")
    return about + " ".join(part for part in (str(int(d)) if d else "", name, y if year else "") if part)


def share(part: float, whole: float) -> str:
    """A share as whole percent: ``47 %``; of nothing it is an empty string."""
    return f"{100 * part / whole:.0f} %" if whole else ""


def listing(items: list[str]) -> str:
    """Items as a list in a sentence: ``a, b and c``."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1] if items else ""


def arabic(text: str) -> str:
    """Arabic words as HTML within a line: their language and direction told, and kept to themselves."""
    return f'<bdi lang="ar" dir="rtl">{html.escape(text, quote=False)}</bdi>'


def mark_arabic(text: str) -> str:
    """The text as HTML, every run of Arabic in it marked as Arabic, right to left and on its own.

    A text without Latin letters is one run, with the digits before and after its words.

    >>> mark_arabic("said <قال>")
    'said &lt;<bdi lang="ar" dir="rtl">قال</bdi>&gt;'
    """
    if not _LATIN.search(text) and _ARABIC_RUN.search(text):
        return arabic(text)
    parts, seen = [], 0
    for match in _ARABIC_RUN.finditer(text):
        parts.append(html.escape(text[seen : match.start()], quote=False))
        parts.append(arabic(match.group()))
        seen = match.end()
    return "".join(parts) + html.escape(text[seen:], quote=False)
