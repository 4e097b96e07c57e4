"""Dates counted from the day of publication or from another event."""

from __future__ import annotations

import dataclasses
import datetime

from qantar.reading import calendars
from qantar.reading.calendar_dates import day_month, numeric
from qantar.reading.calendar_years import year_found
from qantar.reading.calendars import Day
from qantar.reading.date_words import (
    PLURALS,
    SAME,
    SELF,
    Found,
    View,
    duration,
    offset_of,
    shift_at,
    whole_year_at,
    year_at,
)
from qantar.reading.lexicons import load_lexicon, word_set
from qantar.reading.numerals import read_number

_NOT_TODAY = word_set("relative_dates_not_today")
_LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M", "second": "S"}


def relative_day(here: View, at: int) -> Found | None:
    """أمس الأحد, أول من أمس, فجر اليوم, يوم غد, مساء الثلاثاء الماضي, الليلة الماضية."""
    first, cursor = at, at
    word = here.words[at]
    phrase = load_lexicon().match(here.words, cursor, "time")
    if phrase and phrase[3][0] == "part_of_day":
        cursor += phrase[1]
    elif here.time(cursor, "part_of_day") is not None:
        cursor += 1
        if here.key(cursor) == "من":
            cursor += 1
    if here.reads(cursor, ("يوم",), "وبلف") and here.unit(cursor):
        cursor += 1
    phrase = load_lexicon().match(here.words, cursor, "time") if cursor < len(here.words) else None
    value: int | None = None
    offset = offset_of(word, "time", "time_unit")
    if phrase and phrase[3][0] == "day":
        value, last = int(phrase[3][1]), cursor + phrase[1]
        offset = phrase[0] if cursor == first else offset
    elif (said := here.time(cursor, "day")) is not None:
        value, last = int(said), cursor + 1
        if (
            said == "0"
            and here.key(cursor).endswith("يوم")
            and (here.key(last) in _NOT_TODAY or here.key(cursor - 1) in ("هذا", "ذلك", "ذات"))
        ):
            return None
        named = here.words[first - 1].hits.get("org_head") if first else None
        if named and not named.definite and here.key(cursor).startswith("ال"):
            return None  # قناة الغد
        if (
            here.reads(cursor, ("غد",), "وبلكف")
            and cursor == first
            and here.key(first - 1) not in ("بعد", "حتي", "الي")
        ):
            return None
    elif (weekday := here.time(cursor, "weekday")) is not None:
        if here.reads(cursor - 1, ("ايام", "ايامي"), "وب"):
            return None  # أيام الجمعة: every one
        return _weekday(here, first, cursor, int(weekday), offset)
    else:
        return None
    if here.time(last, "part_of_day", definite=True) is not None:
        last += 1
    after = last + 1 if here.key(last) in ("،", ",", "(") else last
    if here.time(after, "weekday") is not None and (after == last or here.key(last) == "("):
        last = after + 1 + (here.key(last) == "(" and here.key(after + 1) == ")")
        # The day of the month may follow: اليوم الأحد 9 يناير 2022.
        dated = day_month(here, last + 1 if here.key(last) in ("،", ",") else last)
        if dated:
            return dataclasses.replace(dated, first=first, offset=offset, kind="calendar")
    day = here.published + datetime.timedelta(value)
    return Found(first, last, offset, str(calendars.day(day)), "relative")


def _weekday(here: View, first: int, at: int, number: int, offset: int) -> Found | None:
    """A weekday, with what stands before it from ``first``, and الماضي or المقبل after it."""
    last = at + 1
    dated_at = last + 1 if here.key(last) in ("،", ",", "(", "الموافق", "المصادف") else last
    if here.key(dated_at) in ("الموافق", "المصادف"):
        dated_at += 1
    if dated_at < len(here.words):
        dated = numeric(here, dated_at) or day_month(here, dated_at)
        if dated and dated.value and dated.first <= dated_at:
            close = dated.last + 1 if here.key(last) == "(" and here.key(dated.last) == ")" else dated.last
            return Found(first, close, offset, dated.value, "calendar")
    if here.reads(at - 1, ("ليله", "ليل"), "وب") and here.time(last, "weekday") == str((number + 1) % 7):
        night = calendars.nearest_weekday(here.published, number, here.tense(first, last))
        both = calendars.Period(night, night + datetime.timedelta(1), "interval")
        return Found(first, last + 1, offset, str(both), "weekday")
    to = here.time(last + 1, "weekday") if here.key(first - 1) == "من" and here.key(last) in ("الي", "حتي") else None
    if to is not None:  # من الأحد إلى الخميس
        tense, days = here.tense(first, last), (int(to) - number) % 7
        end = calendars.nearest_weekday(here.published, number if tense == "future" else int(to), tense)
        end += datetime.timedelta(days if tense == "future" else 0)
        span = calendars.Period(end - datetime.timedelta(days), end, "interval")
        return Found(first - 1, last + 2, 0, str(span), "weekday")
    shift = shift_at(here, last)
    if shift:
        day = calendars.nearest_weekday(here.published, number, "future" if shift[0] > 0 else "past")
        if shift[0] < 0 and day == here.published:
            day -= datetime.timedelta(7)
        last = shift[1]
    else:
        day = calendars.nearest_weekday(here.published, number, here.tense(first, last))
    if here.time(last, "part_of_day", definite=None) is not None and here.words[last].hits["time"].preposition == "":
        following = here.words[last].hits["time"]
        if following.definite or here.words[last].raw.endswith("ً") or here.words[last].key.endswith("ا"):
            last += 1
    return Found(first, last, offset, str(calendars.day(day)), "weekday")


def shifted_unit(here: View, at: int) -> Found | None:
    """الأسبوع الماضي, هذا العام, مطلع الشهر الجاري, نهاية العام, العام 2019, القرن الماضي, الصيف المقبل."""
    first, which, cursor = at, None, at
    part = here.time(at, "part", definite=False)
    if part is not None:
        which, cursor = part, at + 1
        if which == "middle" and here.key(at).endswith("نصف") and "منتصف" not in here.key(at):
            which, cursor = None, at
    this = here.reads(cursor, SELF, "وفبل")
    if this:
        offset_word = cursor
        cursor += 1
    unit = here.unit(cursor)
    if unit is None or not unit[1] or unit[2] != "unit" or here.key(cursor).endswith(PLURALS):
        season = here.time(cursor, "season", definite=True)
        return _season(here, first, cursor, int(season), this) if season and part is None else None
    published, last = here.published, cursor + 1
    year = year_at(here, last) if unit[0] == "year" else None
    if year and not this:
        return year_found(here, first, year, which, offset_of(here.words[first], "time", "time_unit"))
    shift = shift_at(here, last)
    if (
        here.key(last) == "ما"
        and here.key(last + 1) == "قبل"
        and (before_last := shift_at(here, last + 2))
        and before_last[0] < 0
    ):
        shift = (-2, before_last[1])  # الأسبوع ما قبل الماضي
    if shift and here.key(shift[1]) == "من":
        return None  # الأسبوع الأخير من يوليو
    if shift:
        amount, last = shift
    elif this or (which and unit[0] in ("year", "month", "week")):
        amount = 0
    else:
        return None
    if this and (here.key(cursor + 1) in ("الذي", "التي")):
        return None
    name = unit[0]
    if name == "week":
        value = calendars.week(published + datetime.timedelta(7 * amount))
    elif name == "month":
        value = calendars.month(published.year, published.month + amount)
    elif name == "year":
        value = calendars.year(published.year + amount)
    elif name == "decade":
        start = published.year // 10 * 10 + 10 * amount
        value = calendars.years(start, start + 9)
    elif name == "century":
        start = (published.year - 1) // 100 * 100 + 1 + 100 * amount
        value = calendars.years(start, start + 99)
    elif name in ("day", "night"):
        if not this and not shift:
            return None
        value = calendars.day(published + datetime.timedelta(amount))
    else:
        return None
    offset = offset_of(here.words[first], "time", "time_unit")
    if this and first == offset_word:
        offset = len(here.words[first].raw) - len(here.words[first].raw.lstrip("وفبل"))
    return Found(first, last, offset, str(calendars.part(value, which) if which else value), "relative")


def _season(here: View, first: int, at: int, number: int, this: bool) -> Found | None:
    shift = shift_at(here, at + 1) or ((0, at + 1) if this else None)
    if shift is None:
        return None
    published = here.published
    # The season that began last: it holds the day, or is over.
    seasons = [calendars.season(published.year + years, number) for years in (-2, -1, 0, 1)]
    latest = max(n for n, season in enumerate(seasons) if season.first <= published)
    running = seasons[latest].last >= published
    value = (
        seasons[latest + {-1: -running, 0: not running, 1: 1}[shift[0]]]
        if latest + 1 < len(seasons) or shift[0] < 0
        else seasons[latest]
    )
    return Found(first, shift[1], offset_of(here.words[first], "time"), str(value), "relative")


def ago(here: View, at: int) -> Found | None:
    """قبل ثلاثة أيام, منذ أسبوعين, بعد شهر, بعد يومين من الانتخابات, خلال الأشهر الثلاثة الماضية."""
    key = here.reads(at, ("قبل", "منذ", "بعد", "عقب", "مند"))
    if key == "بعد" and here.unit(at - 1) and (here.unit(at - 1) or ("",))[0] == (here.unit(at + 1) or ("", ""))[0]:
        return None  # يوماً بعد يوم
    if key:
        if at + 1 < len(here.words):
            return _counted_from(here, at, key)
        return None
    return None


def _counted_from(here: View, at: int, key: str) -> Found | None:
    passed = here.key(at + 1) in ("مرور", "انقضاء", "مضي")  # بعد مرور ثلاثة أيام على الحادث
    length = duration(here, at + 1 + passed)
    following = at + 1
    if length is None and here.key(at + 1).startswith("ذلك"):
        # بعد ذلك بيومين
        following = at + 2
        if (
            following < len(here.words)
            and "time_unit" in here.words[following].hits
            and here.words[following].hits["time_unit"].preposition == "ب"
        ):
            length = duration(here, following)
    if length is None:
        return None
    amount, unit, last, hedged = length
    offset = len(here.words[at].raw) - len(here.words[at].raw.lstrip("وف")) if here.words[at].key != key else 0
    published = here.published
    mark = "~" if hedged else ""
    if key in ("منذ", "مند"):
        if _past_reach(published, amount, unit):
            return None
        start = calendars.shifted(published, -amount, unit)
        return Found(at, last, offset, f"{start}{mark}/..", "relative", duration=True)
    from_now = here.key(last) == "من" and here.key(last + 1) in ("الان", "اليوم")
    anchored = (here.key(last) == "من" and not from_now) or here.key(last) == "علي" or passed
    if key == "قبل" and not anchored and following == at + 1:
        if _past_reach(published, amount, unit):
            return None
        return Found(
            at, last, offset, f"{calendars.shifted(published, -amount, unit)}{mark}", "relative", duration=True
        )
    # What follows an event in the same breath is counted from it: تليها بعد يومين قمة.
    followed = here.key(at - 1).startswith(("يلي", "تلي", "تلا", "تلت", "اعقب"))
    future = (
        key == "بعد"
        and not (anchored or followed)
        and following == at + 1
        and here.tense(at, last, "future") == "future"
    )
    if future:
        return Found(at, last, offset, f"{calendars.shifted(published, amount, unit)}{mark}", "relative", duration=True)
    sign = "-" if key == "قبل" else ""
    clock = "T" if unit in ("hour", "minute", "second") else ""
    many = amount * {"decade": 10, "century": 100}.get(unit, 1)
    iso = f"{sign}P{clock}{many:g}{_LETTERS.get(unit, 'Y')}"
    anchor = _anchor(here, last + 1) if anchored else None
    return Found(at, last, offset, None, "relative", offset_from=iso, anchor=anchor, duration=True)


def _past_reach(published: Day, amount: float, unit: str) -> bool:
    """Whether so long ago lies before the year 1."""
    return amount * {"decade": 10, "century": 100, "year": 1}.get(unit, 0) >= published.year or amount > 10**6


def _anchor(here: View, at: int) -> str | None:
    """The words for the event from which is counted, up to the next mark, preposition or verb."""
    last = at
    while last < len(here.words) and last - at < 6:
        word = here.words[last]
        if word.kind == "mark" or (
            last > at and ("function" in word.hits or "speech_verb" in word.hits or "event_verb" in word.hits)
        ):
            break
        last += 1
    return " ".join(w.raw for w in here.words[at:last]) or None


def window(here: View, at: int) -> Found | None:
    """خلال الأشهر الثلاثة الماضية, الأيام العشرة المقبلة, السنوات الخمس الأخيرة, الساعات الـ24 الماضية."""
    first, cursor = at, at
    inclusive = bool(here.reads(at, ("خلال", "طوال", "طيله", "غضون")))
    if inclusive:
        cursor += 1
        offset = len(here.words[at].raw) - len(here.words[at].raw.lstrip("و"))
    unit = here.unit(cursor)
    number = None
    if unit and unit[1]:
        last = cursor + 1
        if here.key(last) == "ال" and last + 1 < len(here.words) and here.words[last + 1].kind == "number":
            last += 1
        if last < len(here.words):
            number = read_number(here.words, last)
        if number and number.value is not None:
            last = number.last
            amount: float = float(number.value)
        elif unit[2] == "dual":
            amount = 2
        else:
            return None
    elif here.key(cursor) == "ال" and cursor + 1 < len(here.words) and here.words[cursor + 1].kind == "number":
        # خلال الـ24 ساعة الماضية
        number = read_number(here.words, cursor + 1)
        unit = here.unit(number.last) if number and number.value is not None else None
        if number is None or number.value is None or unit is None:
            return None
        amount, last = float(number.value), number.last + 1
    elif cursor < len(here.words) and (number := read_number(here.words, cursor)) and number.value is not None:
        unit = here.unit(number.last)
        if unit is None:
            return None
        amount, last = float(number.value), number.last + 1
    elif inclusive and unit and unit[2] in ("dual", "unit"):
        amount, last = 2 if unit[2] == "dual" else 1, cursor + 1
    else:
        return None
    shift = shift_at(here, last)
    if shift is None and inclusive and not unit[1] and here.tense(first, last, "future") == "future":
        shift = (1, last)
    if shift is None or shift[0] == 0 or amount > 10**4:
        return None
    other = calendars.moved(here.published, shift[0] * amount, unit[0])
    if inclusive and here.key(at) == "غضون" and here.key(at - 1) == "في":
        first, offset = at - 1, 0
    ends = (other, here.published) if shift[0] < 0 else (here.published, other)
    offset = offset if inclusive else offset_of(here.words[first], "time_unit", "number")
    return Found(first, shift[1], offset, str(calendars.Period(*ends, "interval")), "relative", duration=True)


def same_period(here: View, at: int) -> Found | None:
    """الشهر نفسه من عام 2021, اليوم ذاته, الفترة نفسها من العام الماضي: the period of the date before, in that year."""
    unit = here.unit(at)
    name = unit[0] if unit and unit[1] else "period" if here.reads(at, ("الفتره", "لفتره", "المده"), "وبل") else ""
    if name not in ("day", "month", "year", "period") or here.key(at + 1) not in SAME or not here.before:
        return None
    before, last = here.before[-1], at + 2
    if name == "period":
        year = None
    elif len(before) < {"day": 10, "month": 7, "year": 4}[name] or "/" in before:
        return None
    else:
        before = before[: {"day": 10, "month": 7, "year": 4}[name]]
    cursor = last + (here.key(last) == "من")
    year = whole_year_at(here, cursor) or year_at(here, cursor + bool(here.reads(cursor, ("عام", "العام", "سنه"), "ل")))
    if year is None and name == "period":
        return None
    if year and here.key(year[1] - 1) in ("السابق", "السابقه") and before[:4].isdigit():
        year = (int(before[:4]) - 1, year[1])  # the year before the one just named
    if year and here.key(last) == "من":
        parts = [f"{year[0]}{end[4:]}" if end[:4].isdigit() else end for end in before.split("/")]
        before, last = "/".join(parts), year[1]
    start = offset_of(here.words[at], "time_unit") or (
        1 if here.key(at)[:1] in "وبلف" and here.key(at)[1:3] in ("ال", "لف") else 0
    )
    return Found(at, last, start, before, "relative")


def next_day(here: View, at: int) -> Found | None:
    """في اليوم التالي: a day after what was told before."""
    if here.reads(at, ("اليوم",), "وفب") and here.key(at + 1) in ("التالي", "الموالي", "السابق"):
        back = here.key(at + 1) == "السابق"
        return Found(
            at,
            at + 2,
            offset_of(here.words[at], "time", "time_unit"),
            None,
            "relative",
            offset_from="-P1D" if back else "P1D",
        )
    return None
