"""Dates that name a year, a part of one, a decade or a century."""

from __future__ import annotations

from qantar.reading import calendars
from qantar.reading.calendars import Period
from qantar.reading.date_words import (
    PLURALS,
    Found,
    View,
    era_at,
    is_counted,
    month_at,
    month_year,
    offset_of,
    ordinal_at,
    shift_at,
    whole_year_at,
    year_at,
)

_PARTS = {"الربع": 4, "الفصل": 4, "النصف": 2, "الثلث": 3}


def season_of(here: View, at: int) -> Found | None:
    """صيف 2020, خريف العام الماضي, شتاء عام 2021."""
    number = here.time(at, "season", definite=False)
    if number is None:
        return None
    cursor = at + 2 if here.key(at + 1) in ("عام", "سنه", "العام", "السنه") and year_at(here, at + 2) else at + 1
    year = whole_year_at(here, cursor) or year_at(here, cursor)
    if year is None:
        return None
    return Found(
        at, year[1], offset_of(here.words[at], "time"), str(calendars.season(year[0], int(number))), "calendar"
    )


def part_of_year(here: View, at: int) -> Found | None:
    """الربع الأول من العام الجاري, النصف الثاني من 2021, الثلث الأخير من الشهر."""
    word = here.words[at]
    parts = _PARTS.get(here.reads(at, _PARTS, "وفبك") or ("ال" + word.key[2:] if word.key.startswith("لل") else ""))
    ordinal = ordinal_at(here, at + 1) if parts and at + 1 < len(here.words) else None
    last_one = here.key(at + 1) in ("الاخير", "الاخيره")
    if parts is None or (ordinal is None and not last_one):
        return None
    number, last = ordinal if ordinal else (parts, at + 2)
    if number > parts:
        return None
    if here.key(last) == "من":
        last += 1
    if parts == 2 and number <= 2:
        month = month_at(here, last + (here.key(last) == "شهر"))
        if month and month[0] == "gregorian":
            return _half_month(here, at, month, number)
    year = whole_year_at(here, last)
    if year is None:
        cursor = last + 1 if here.key(last) in ("عام", "سنه", "العام") else last
        year = year_at(here, cursor) or ((here.published.year, cursor) if here.key(last) == "العام" else None)
    shift = shift_at(here, last)
    if year is None and shift and ordinal is None:
        return None
    if year is None:
        if parts != 4 or here.key(last - 1) == "من":
            return None
        year = (here.published.year, last)
    offset = (
        len(word.raw) - len(word.raw.lstrip("وفبك"))
        if word.raw[:1] in "وفبك"
        else (1 if word.key.startswith("لل") else 0)
    )
    return Found(at, year[1], offset, str(calendars.fraction(year[0], number, parts)), "calendar")


def _half_month(here: View, at: int, month: tuple[str, int, int], number: int) -> Found:
    """النصف الأول من أيلول."""
    year, last = month_year(here, month[1], month[2], at, 0)
    whole = calendars.month(year, month[1])
    first, end = (
        (whole.first, whole.first.replace(day=15)) if number == 1 else (whole.first.replace(day=16), whole.last)
    )
    return Found(at, last, 0, str(Period(first, end, "interval")), "calendar")


def year_alone(here: View, at: int) -> Found | None:
    """عام 2019, سنة 1990, بين عامي 2015 و2018, موسم 2020-2021, في 2019, 1443 هـ."""
    word = here.words[at]
    unit = here.unit(at)
    if unit and unit[0] == "year" and unit[2] in ("unit", "dual", "dual_construct"):
        year = year_at(here, at + 1)
        numbered = here.key(at - 2) == "رقم"  # القرار رقم 217 لسنة 2023
        if year and not numbered and not is_counted(here, year[1]):
            return year_found(here, at, year, None, offset_of(word, "time_unit"))
        return None
    part = here.time(at, "part", definite=False)
    if part is not None and (here.unit(at + 1) or ("", False, ""))[0] == "year":
        year = year_at(here, at + 2)
        return year_found(here, at, year, part, offset_of(word, "time")) if year else None
    if (
        part is not None
        and at + 1 < len(here.words)
        and here.words[at + 1].raw.isdigit()
        and not is_counted(here, at + 2)
    ):
        year = year_at(here, at + 1)
        return year_found(here, at, year, part, offset_of(word, "time")) if year else None  # نهاية 2019
    if word.kind != "number" or not word.raw.isdigit():
        return None
    year = year_at(here, at)
    if year is None:
        return None
    era = era_at(here, year[1], year[0])
    if year[1] < era[1]:
        return year_found(here, at, year, part, 0)
    if year[0] not in range(1900, here.published.year + 60):
        return None
    before = here.key(at - 1)
    before = before[1:] if before[:1] in ("و", "ف") and before != "في" else before
    if here.key(at - 3) == "رقم" or here.key(at - 2) == "رقم":
        return None  # القرار رقم 217 لسنة 2023
    ranged = here.key(at + 1) in ("-", "–", "الي", "حتي") and year_at(here, at + 2)
    in_brackets = before == "(" and here.key(at + 1) in (")", "-", "–")
    if is_counted(here, at + 1) or before in (
        "رقم",
        "رويه",
        "نحو",
        "اجندة",
        "حوالي",
        "بلغ",
        "قرابه",
        "#",
        "-",
        ".",
        ":",
    ):
        return None
    if (
        before
        in (
            "في",
            "منذ",
            "حتي",
            "قبل",
            "بعد",
            "خلال",
            "مند",
            "من",
            "الي",
            "بين",
            "لعام",
            "لسنه",
            "العام",
            "موازنه",
            "ميزانيه",
            "مونديال",
            "انتخابات",
            "نهايه",
            "مطلع",
            "موسم",
            "صيف",
            "ل",
            "بحلول",
            "دستور",
            "اتفاق",
            "حرب",
            "ثوره",
            "احداث",
        )
        or ranged
        or in_brackets
    ):
        if before in ("بين", "من") and not ranged and not _joined_year(here, at + 1):
            return (
                None
                if before == "من" and here.words[at - 2].key in ("اكثر", "اقل")
                else year_found(here, at, year, None, 0)
            )
        return year_found(here, at, year, None, 0)
    return None


def _joined_year(here: View, at: int) -> tuple[int, int] | None:
    """The second year of بين 2015 و2018."""
    return year_at(here, at + 1) if here.key(at) == "و" else None


def _several(here: View, at: int) -> bool:
    """عامي 2018 و2019, الأعوام 2018 و2019."""
    unit = here.unit(at)
    return unit is not None and (unit[2].startswith("dual") or here.key(at).endswith(PLURALS))


def year_found(here: View, first: int, year: tuple[int, int], which: str | None, offset: int) -> Found | None:
    number, last = year
    kind, last = era_at(here, last, number)
    if kind == "islamic":
        start, end = calendars.islamic(number, 1, None), calendars.islamic(number, 12, None)
        return Found(first, last, offset, str(calendars.span(start, end)), "calendar") if start and end else None
    second = None
    if here.key(last) in ("-", "–", "الي", "حتي", "/"):
        skip = 2 if here.key(last + 1) in ("عام", "العام", "سنه") else 1
        second = year_at(here, last + skip)
    elif here.reads(first - 1, ("بين",)) or _several(here, first):
        second = _joined_year(here, last)
    if second and second[0] > number and which is None:
        if here.key(first - 1) == "من" and here.key(last) in ("الي", "حتي"):
            first, offset = first - 1, 0
        return Found(first, second[1], offset, str(calendars.years(number, second[0])), "calendar")
    value = calendars.year(number)
    return Found(first, last, offset, str(calendars.part(value, which) if which else value), "calendar")


def decade(here: View, at: int) -> Found | None:
    """ثمانينيات القرن الماضي, التسعينيات."""
    which = here.time(at, "part", definite=False)
    if which and at + 1 < len(here.words):
        whole = decade(here, at + 1)
        if whole is None or whole.first != at + 1:
            return None
        first, end = (int(part) for part in (whole.value or "").split("/"))
        value = calendars.part(calendars.years(first, end), which)
        return Found(
            at,
            whole.last,
            offset_of(here.words[at], "time"),
            str(calendars.years(value.first.year, value.last.year)),
            "calendar",
        )
    hit = here.words[at].hits.get("time")
    if hit is None or hit.entry[0] != "decade":
        return None
    last, century = at + 1, 1900
    if here.key(last) == "القرن":
        last += 1
        shift = shift_at(here, last)
        ordinal = ordinal_at(here, last)
        if shift:
            century, last = (here.published.year // 100 + shift[0]) * 100, shift[1]
        elif ordinal:
            century, last = (ordinal[0] - 1) * 100, ordinal[1]
    elif not hit.definite or here.key(last) == "من" and here.key(last + 1).startswith("عمر"):
        return None  # في الثلاثينيات من عمره
    start = century + int(hit.entry[1])
    return Found(at, last, hit.start, str(calendars.years(start, start + 9)), "calendar")


def century(here: View, at: int) -> Found | None:
    """القرن التاسع عشر."""
    if (here.unit(at) or ("", False, ""))[:2] != ("century", True):
        return None
    ordinal = ordinal_at(here, at + 1) if at + 1 < len(here.words) else None
    if ordinal is None:
        return None
    start = (ordinal[0] - 1) * 100 + 1
    return Found(
        at, ordinal[1], offset_of(here.words[at], "time_unit"), str(calendars.years(start, start + 99)), "calendar"
    )
