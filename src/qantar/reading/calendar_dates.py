"""Dates that name a day, month, season, year or century."""

from __future__ import annotations

from qantar.reading import calendars
from qantar.reading.calendars import Period
from qantar.reading.date_words import (
    SAME,
    SELF,
    Found,
    View,
    day_number_at,
    day_of,
    era_at,
    is_counted,
    month_at,
    month_year,
    offset_of,
    shift_at,
    weekday_before,
    year_at,
)
from qantar.reading.lexicons import load_lexicon, word_set
from qantar.reading.numerals import read_digits

# What a dated name begins with: ثورة 25 يناير is no date.
_NAMES = word_set("calendar_dates_names")


# Months whose names are other words too; alone they are months only in company.
_AMBIGUOUS = word_set("calendar_dates_ambiguous")


_IN = word_set("calendar_dates_in")


_MODERN = range(1800, 2101)


def numeric(here: View, at: int) -> Found | None:
    """9/1/2022, 2022-01-09, 21.04.2016, 3/2015."""
    word = here.words[at]
    if word.kind != "number":
        return None
    parts, last, mark = [word.raw], at + 1, ""
    if "." in word.raw:
        parts = word.raw.split(".")
        if len(parts) != 3:
            return None
    else:
        while (
            here.key(last) in ("/", "-", "\\") and last + 1 < len(here.words) and here.words[last + 1].kind == "number"
        ):
            if mark and here.key(last) != mark:
                break
            if len(parts) > 3:
                return None  # a list of numbers
            mark = here.key(last)
            parts.append(here.words[last + 1].raw)
            last += 2
    if here.key(at - 1) in ("/", "-") and at > 1 and here.words[at - 2].kind == "number":
        return None
    lengths = [len(part) for part in parts]
    numbers = [read_digits(part) if part.isdigit() else None for part in parts]
    if len(numbers) < 2 or any(not isinstance(n, int) for n in numbers):
        return None
    if (
        len(numbers) == 2
        and here.key(last) in ("،", ",")
        and last + 1 < len(here.words)
        and here.words[last + 1].kind == "number"
    ):
        year = read_digits(here.words[last + 1].raw) if here.words[last + 1].raw.isdigit() else None
        if isinstance(year, int) and (year in _MODERN or year < 100):
            numbers, lengths = [*numbers, year], [*lengths, len(here.words[last + 1].raw)]
            last += 2
    value = _numeric_value(here, numbers, lengths, at, last, mark)  # type: ignore[arg-type]
    if value is None:
        return None
    first, offset = weekday_before(here, at)
    last = era_at(here, last, 2000)[1] if len(numbers) == 3 else last
    return Found(first, last, offset, str(value), "calendar")


def _numeric_value(here: View, numbers: list[int], lengths: list[int], at: int, last: int, mark: str) -> Period | None:
    if len(numbers) == 3:
        year, second, third = numbers
        if lengths[0] != 4:
            third, second, year = numbers
            if lengths[2] != 4 and lengths[0] == 2 and third > 31:
                return None
            if lengths[2] == 2:
                year += 2000 if year < 70 else 1900
            if second > 12 >= third:
                third, second = second, third
        if 1300 <= year < 1600:
            return calendars.islamic(year, second, third)
        return day_of(year, second, third) if year in _MODERN else None
    if len(numbers) != 2:
        return None
    one, two = numbers
    if max(one, two) in _MODERN and min(one, two) in range(1, 13) and min(lengths) <= 2:
        return calendars.month(max(numbers), min(numbers))
    if mark not in ("/", "-") or max(lengths) > 2 or here.key(at - 1) in _NAMES or is_counted(here, last):
        return None
    if one > 12 >= two or one <= 12:
        day_number, month_number = (one, two) if two <= 12 else (two, one)
        dated = (
            here.key(at - 1) in ("في", "يوم", "بتاريخ", "اليوم", "تاريخ") or here.time(at - 1, "weekday") is not None
        )
        if dated or (mark == "/" and one != two and here.key(at - 1) in ("من", "منذ", "حتي", "الي", "اعود", "ساعود")):
            tense = here.tense(at, last)
            year = calendars.nearest_year(here.published, (month_number, day_number), tense)
            return day_of(year, month_number, day_number)
    return None


def day_month(here: View, at: int) -> Found | None:
    """6 يناير/كانون الثاني 2022, الأحد 9 يناير, السادس من مايو الماضي, من 3 إلى 5 مايو, 5 رمضان 1443 هـ."""
    start = day_number_at(here, at)
    if start is None or here.reads(at - 1, ("الاسبوع",), "وبلف"):
        return None  # الأسبوع الأول من يناير
    day_number, last = start
    offset = offset_of(here.words[at], "ordinal", "number")
    until = None
    if here.key(last) in ("-", "–", "الي", "حتي", "و", "او") or (
        last < len(here.words) and here.words[last].key.startswith("و")
    ):
        following = last + 1 if here.key(last) in ("-", "–", "الي", "حتي", "و", "او") else last
        more = day_number_at(here, following)
        if more and more[0] > day_number:
            until, last = more[0], more[1]
    if here.key(last) in (".", "-", "/") and month_at(here, last + 1):
        last += 1
    if here.key(last) == "من":
        last += 1
    if here.key(last) in ("شهر", "الشهر"):
        last += 1
        if here.key(last - 1) == "الشهر" or month_at(here, last) is None:
            return _day_of_month(here, at, last - 1, day_number, until, offset)
    found = month_at(here, last)
    if found is None:
        return _day_of_month(here, at, last, day_number, until, offset)
    kind, number, last = found
    if here.reads(at - 1, _NAMES, "وبلف"):
        return None
    first, before = weekday_before(here, at)
    if first == at:
        before = offset
    if kind == "islamic":
        return _islamic(here, first, before, number, day_number, last)
    year, last = month_year(here, number, last, first, day_number)
    value = day_of(year, number, day_number)
    if value is None:
        return None
    if until is not None and (here.key(first - 1) in ("من", "يومي", "بين", "ليله", "ليل")):
        first, before = first - 1, 0
    if until is not None:
        end = day_of(year, number, until)
        return Found(first, last, before, str(calendars.span(value, end)) if end else str(value), "calendar")
    second = _range_end(here, last, value, bool(here.reads(first - 1, ("بين",))))
    if second:
        first, before = (first - 1, 0) if here.key(first - 1) in ("من", "بين") else (first, before)
        return Found(first, second[1], before, second[0], "calendar")
    return Found(first, last, before, str(value), "calendar")


def _range_end(here: View, last: int, start: Period, joining: bool) -> tuple[str, int] | None:
    """The end of من 5 مايو إلى 3 يونيو: (interval, next index)."""
    joined = joining and here.key(last).startswith("و")
    if here.key(last) not in ("الي", "حتي", "-", "–") and not joined:
        return None
    second = day_number_at(here, last if joined and here.key(last) != "و" else last + 1)
    if second is None:
        return None
    at = second[1] + 1 if here.key(second[1]) == "من" else second[1]
    found = month_at(here, at)
    if found is None or found[0] != "gregorian":
        return None
    year, after = month_year(here, found[1], found[2], last + 1, second[0])
    end = day_of(year, found[1], second[0])
    return (str(calendars.span(start, end)), after) if end and end.first > start.first else None


def _day_of_month(here: View, at: int, last: int, number: int, until: int | None, offset: int) -> Found | None:
    """الخامس من الشهر الجاري, من 4 إلى 22 هذا الشهر."""
    skip = 1 if here.key(last) in SELF else 0
    same = here.key(last + skip + 1) in SAME and bool(here.before) and here.before[-1][4:5] == "-"
    if here.key(last + skip) != "الشهر" or here.key(at - 1) in ("الاسبوع", "الدوره", "الجوله", "النسخه"):
        return None
    shift = shift_at(here, last + skip + 1) or ((0, last + skip + 1) if skip else None)
    if shift is None and not same:
        return None
    if same:  # في 23 من الشهر نفسه
        whole = calendars.month(int(here.before[-1][:4]), int(here.before[-1][5:7]))
        shift = (0, last + skip + 2)
    else:
        whole = calendars.month(here.published.year, here.published.month + (shift or (0, 0))[0])
    value = day_of(whole.first.year, whole.first.month, number)
    end = day_of(whole.first.year, whole.first.month, until) if until else None
    if value is None:
        return None
    first, before = weekday_before(here, at)
    if first == at:
        before = offset
    if end and here.key(first - 1) in ("من", "بين"):
        first, before = first - 1, 0
    return Found(
        first,
        (shift or (0, 0))[1],
        before,
        str(calendars.span(value, end)) if end else str(value),
        "calendar",
    )


def _islamic(here: View, first: int, offset: int, number: int, day_number: int | None, last: int) -> Found | None:
    year = year_at(here, last + 1 if here.key(last) in ("،", "من", "عام", "سنه") else last)
    if year and year[0] < 1600:
        year_number, last = year[0], era_at(here, year[1], year[0])[1]
    else:
        year_number = calendars.islamic_year(here.published)
        shift = shift_at(here, last)
        last = shift[1] if shift else last
        here_now = calendars.islamic(year_number, number, day_number) if shift and year_number else None
        if shift and here_now:
            year_number -= shift[0] < 0 and here_now.last >= here.published
            year_number += shift[0] > 0 and here_now.first <= here.published
        if shift is None and day_number is None and number != 9:
            return None
    value = calendars.islamic(year_number, number, day_number) if year_number else None
    if here.key(last) in ("الموافق", "(", "الموافقه", "/") and last + 1 < len(here.words):
        same = numeric(here, last + 1) or day_month(here, last + 1)
        if same and same.value:
            # The day is told in both calendars; the Gregorian one needs no table.
            close = same.last + (here.key(last) == "(" and here.key(same.last) == ")")
            return Found(first, close, offset, same.value, "calendar")
    return None if value is None else Found(first, last, offset, str(value), "calendar")


def month_alone(here: View, at: int) -> Found | None:
    """يناير 2022, شهر مايو الماضي, مطلع يناير/كانون الثاني, ديسمبر."""
    first, which, cursor = at, None, at
    part = here.time(at, "part", definite=False)
    if part is not None:
        which, cursor = part, at + 1
    if here.reads(cursor, ("شهر",), "وبلف"):
        cursor += 1
        if here.key(cursor) in ("شهر",):
            cursor += 1
    found = month_at(here, cursor)
    if found is None or here.key(at - 1) == "من" and here.reads(at - 3, ("الاسبوع",), "وبلف"):
        return None
    kind, number, last = found
    numbered = here.words[at - 1].kind == "number" if at else False
    if numbered and here.reads(at - 2, _NAMES, "وبلف"):
        return None  # ثورة 25 يناير
    before = here.reads(cursor - 1, _IN) if first == cursor else ""
    dual = last - cursor > 1
    if here.reads(at - 1, _NAMES, "وبلف") and not dual:
        return None
    following = year_at(here, last) or shift_at(here, last)
    if here.words[cursor].key in _AMBIGUOUS and not dual and not following and which is None and first == cursor:
        prefix = here.words[cursor].hits["month"].preposition if "month" in here.words[cursor].hits else ""
        if not before and prefix != "ل":
            return None
        if here.words[cursor].key in ("اب", "صفر", "محرم", "رجب", "جوان", "شعبان", "شوال") and before not in (
            "شهر",
            "منتصف",
            "اواخر",
        ):
            return None
    offset = (
        offset_of(here.words[first], "time", "time_unit", "month")
        if not here.words[first].form.openings or first != cursor
        else offset_of(here.words[first], "month")
    )
    if first == cursor and "month" not in here.words[first].hits:
        phrase = load_lexicon().match(here.words, first, "month")
        offset = phrase[0] if phrase else 0
    if kind == "islamic":
        found_month = _islamic(here, first, offset, number, None, last)
        if which is None or found_month is None or "/" not in (found_month.value or ""):
            return found_month
        start, end = (found_month.value or "").split("/")
        days = calendars.part(
            Period(calendars.Day.fromisoformat(start), calendars.Day.fromisoformat(end), "interval"), which
        )
        return Found(first, found_month.last, offset, str(days), "calendar")
    # May 5, 2022
    if (
        last < len(here.words)
        and which is None
        and here.words[last].kind == "number"
        and here.words[last].raw.isdigit()
    ):
        day_number = read_digits(here.words[last].raw)
        if (
            isinstance(day_number, int)
            and 1 <= day_number <= 31
            and here.key(last + 1) in ("،", ",")
            and year_at(here, last + 2)
        ):
            year, end = year_at(here, last + 2)  # type: ignore[misc]
            value = day_of(year, number, day_number)
            if value:
                return Found(first, end, offset, str(value), "calendar")
    between = here.key(first - 1) == "بين" and here.key(last).startswith("و")  # بين أبريل ويونيو 2020
    joined = here.key(last) in ("الي", "حتي", "-", "–", "و")
    after = last + 1 if joined and (between or here.key(last) != "و") else last if between else 0
    until = month_at(here, after) if after else None
    told = year_at(here, until[2]) if until and until[0] == "gregorian" else None
    if until and told and until[1] > number and not which:
        # من يناير إلى مارس 2021: the year stands once, at the end.
        start = (first - 1, 0) if here.key(first - 1) in ("من", "بين") else (first, offset)
        both = calendars.span(calendars.month(told[0], number), calendars.month(told[0], until[1]))
        return Found(start[0], told[1], start[1], str(both), "calendar")
    year, last = month_year(here, number, last, first, 0)
    value = calendars.month(year, number)
    if which:
        value = calendars.part(value, which)
    elif (
        here.key(last) in ("الي", "حتي", "-", "–") and (second := month_at(here, last + 1)) and second[0] == "gregorian"
    ):
        end_year, end = month_year(here, second[1], second[2], last + 1, 0)
        if (end_year, second[1]) > (year, number):
            start = (first - 1, 0) if here.key(first - 1) == "من" else (first, offset)
            return Found(
                start[0], end, start[1], str(calendars.span(value, calendars.month(end_year, second[1]))), "calendar"
            )
    return Found(first, last, offset, str(value), "calendar")
