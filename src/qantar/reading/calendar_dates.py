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
    ordinal_at,
    shift_at,
    weekday_before,
    whole_year_at,
    year_at,
)
from qantar.reading.lexicons import load_lexicon
from qantar.reading.numerals import read_digits

# What a dated name begins with: ثورة 25 يناير is no date.
_NAMES = frozenset("ثورة حركة ميدان جسر شارع جامعة ملعب قوى تحالف حرب انتفاضة أحداث هجمات اعتداءات مستشفى مطار فريق حزب ساحة منطقة كتيبة معرض حي تفجيرات انقلاب".replace("أ", "ا").replace("ة", "ه").replace("ى", "ي").split())
# Months whose names are other words too; alone they are months only in company.
_AMBIGUOUS = frozenset({"اب", "اوت", "ماي", "جوان", "مارس", "صفر", "رجب", "شعبان", "محرم", "شوال", "تموز", "رمضان", "شباط"})
_IN = frozenset({"في", "منذ", "حتي", "خلال", "قبل", "بعد", "شهر", "من", "الي", "بين", "شهري", "مطلع", "منتصف", "اواخر", "نهايه", "بدايه", "اوائل", "بحلول"})
_MODERN = range(1800, 2101)
_PARTS = {"الربع": 4, "الفصل": 4, "النصف": 2, "الثلث": 3}


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
        while here.key(last) in ("/", "-", "\\") and last + 1 < len(here.words) and here.words[last + 1].kind == "number":
            if mark and here.key(last) != mark:
                break
            if len(parts) > 3:
                return None  # a list of numbers
            mark = here.key(last)
            parts.append(here.words[last + 1].raw)
            last += 2
    if here.key(at - 1) in ("/", "-") and at > 1 and here.words[at - 2].kind == "number":
        return None
    numbers = [read_digits(part) if part.isdigit() else None for part in parts]
    if len(numbers) < 2 or any(not isinstance(n, int) for n in numbers):
        return None
    if len(numbers) == 2 and here.key(last) in ("،", ",") and last + 1 < len(here.words) and here.words[last + 1].kind == "number":
        year = read_digits(here.words[last + 1].raw) if here.words[last + 1].raw.isdigit() else None
        if isinstance(year, int) and (year in _MODERN or year < 100):
            numbers, last = [*numbers, year], last + 2
    value = _numeric_value(here, numbers, [len(p) for p in parts], at, last, mark)  # type: ignore[arg-type]
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
            if lengths[2] != 4 and year > 31 and third <= 31 and numbers[0] < 32:
                pass
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
        dated = here.key(at - 1) in ("في", "يوم", "بتاريخ", "اليوم", "تاريخ") or here.time(at - 1, "weekday") is not None
        if dated or (mark == "/" and one != two and here.key(at - 1) in ("من", "منذ", "حتي", "الي", "اعود", "ساعود")):
            tense = here.tense(at, last)
            year = calendars.nearest_year(here.published, (month_number, day_number), tense)
            return day_of(year, month_number, day_number)
    return None


def day_month(here: View, at: int) -> Found | None:
    """6 يناير/كانون الثاني 2022, الأحد 9 يناير, السادس من مايو الماضي, من 3 إلى 5 مايو, 5 رمضان 1443 هـ."""
    start = day_number_at(here, at)
    if start is None:
        return None
    day_number, last = start
    offset = offset_of(here.words[at], "ordinal", "number")
    until = None
    if here.key(last) in ("-", "–", "الي", "حتي", "و", "او") or (last < len(here.words) and here.words[last].key.startswith("و")):
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
    return Found(first, (shift or (0, 0))[1], before if first != at else offset, str(calendars.span(value, end)) if end else str(value), "calendar")


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
    if found is None:
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
        if here.words[cursor].key in ("اب", "صفر", "محرم", "رجب", "جوان", "شعبان", "شوال") and before not in ("شهر", "منتصف", "اواخر"):
            return None
    offset = offset_of(here.words[first], "time", "time_unit", "month") if not here.words[first].form.openings or first != cursor else offset_of(here.words[first], "month")
    if first == cursor and "month" not in here.words[first].hits:
        phrase = load_lexicon().match(here.words, first, "month")
        offset = phrase[0] if phrase else 0
    if kind == "islamic":
        found_month = _islamic(here, first, offset, number, None, last)
        if which is None or found_month is None or "/" not in (found_month.value or ""):
            return found_month
        start, end = ((found_month.value or "").split("/"))
        days = calendars.part(Period(calendars.Day.fromisoformat(start), calendars.Day.fromisoformat(end), "interval"), which)
        return Found(first, found_month.last, offset, str(days), "calendar")
    # May 5, 2022
    if last < len(here.words) and which is None and here.words[last].kind == "number" and here.words[last].raw.isdigit():
        day_number = read_digits(here.words[last].raw)
        if isinstance(day_number, int) and 1 <= day_number <= 31 and here.key(last + 1) in ("،", ",") and year_at(here, last + 2):
            year, end = year_at(here, last + 2)  # type: ignore[misc]
            value = day_of(year, number, day_number)
            if value:
                return Found(first, end, offset, str(value), "calendar")
    after = last + 1 if here.key(last) in ("الي", "حتي", "-", "–") else 0
    until = month_at(here, after) if after else None
    told = year_at(here, until[2]) if until and until[0] == "gregorian" else None
    if until and told and until[1] > number and not which:
        # من يناير إلى مارس 2021: the year stands once, at the end.
        start = (first - 1, 0) if here.key(first - 1) == "من" else (first, offset)
        both = calendars.span(calendars.month(told[0], number), calendars.month(told[0], until[1]))
        return Found(start[0], told[1], start[1], str(both), "calendar")
    year, last = month_year(here, number, last, first, 0)
    value = calendars.month(year, number)
    if which:
        value = calendars.part(value, which)
    elif here.key(last) in ("الي", "حتي", "-", "–") and (second := month_at(here, last + 1)) and second[0] == "gregorian":
        end_year, end = month_year(here, second[1], second[2], last + 1, 0)
        if (end_year, second[1]) > (year, number):
            start = (first - 1, 0) if here.key(first - 1) == "من" else (first, offset)
            return Found(start[0], end, start[1], str(calendars.span(value, calendars.month(end_year, second[1]))), "calendar")
    return Found(first, last, offset, str(value), "calendar")


def season_of(here: View, at: int) -> Found | None:
    """صيف 2020, خريف العام الماضي, شتاء عام 2021."""
    number = here.time(at, "season", definite=False)
    if number is None:
        return None
    cursor = at + 2 if here.key(at + 1) in ("عام", "سنه", "العام", "السنه") and year_at(here, at + 2) else at + 1
    year = whole_year_at(here, cursor) or year_at(here, cursor)
    if year is None:
        return None
    return Found(at, year[1], offset_of(here.words[at], "time"), str(calendars.season(year[0], int(number))), "calendar")


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
    offset = len(word.raw) - len(word.raw.lstrip("وفبك")) if word.raw[:1] in "وفبك" else (1 if word.key.startswith("لل") else 0)
    return Found(at, year[1], offset, str(calendars.fraction(year[0], number, parts)), "calendar")


def _half_month(here: View, at: int, month: tuple[str, int, int], number: int) -> Found:
    """النصف الأول من أيلول."""
    year, last = month_year(here, month[1], month[2], at, 0)
    whole = calendars.month(year, month[1])
    first, end = (whole.first, whole.first.replace(day=15)) if number == 1 else (whole.first.replace(day=16), whole.last)
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
    if part is not None and at + 1 < len(here.words) and here.words[at + 1].raw.isdigit() and not is_counted(here, at + 2):
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
    if is_counted(here, at + 1) or before in ("رقم", "رويه", "نحو", "اجندة", "حوالي", "بلغ", "قرابه", "#", "-", ".", ":"):
        return None
    if before in ("في", "منذ", "حتي", "قبل", "بعد", "خلال", "مند", "من", "الي", "بين", "لعام", "لسنه", "العام", "موازنه", "ميزانيه", "مونديال", "انتخابات", "نهايه", "مطلع", "موسم", "صيف", "ل", "بحلول", "دستور", "اتفاق", "حرب", "ثوره", "احداث") or ranged or in_brackets:
        if before in ("بين", "من") and not ranged and not _joined_year(here, at + 1):
            return None if before == "من" and here.words[at - 2].key in ("اكثر", "اقل") else year_found(here, at, year, None, 0)
        return year_found(here, at, year, None, 0)
    return None


def _joined_year(here: View, at: int) -> tuple[int, int] | None:
    """The second year of بين 2015 و2018."""
    return year_at(here, at + 1) if here.key(at) == "و" else None


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
    elif here.reads(first - 1, ("بين",)) or (here.unit(first) or ("", "", ""))[2].startswith("dual"):
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
        return Found(at, whole.last, offset_of(here.words[at], "time"), str(calendars.years(value.first.year, value.last.year)), "calendar")
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
    elif not hit.definite:
        return None
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
    return Found(at, ordinal[1], offset_of(here.words[at], "time_unit"), str(calendars.years(start, start + 99)), "calendar")
