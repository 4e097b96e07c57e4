"""Days, months, years and what lies between them, written as EDTF (ISO 8601-2).

Weeks run from Monday to Sunday; the beginning, middle and end of a month are days 1-10, 11-20, 21-end, those of a year its
first, second and third four months; seasons are the meteorological ones of the northern half of the earth.
"""

from __future__ import annotations

import calendar
import datetime
from typing import NamedTuple

Day = datetime.date

# First month of each season by its EDTF number; winter ends in the next year.
_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}


class Period(NamedTuple):
    """From the first to the last day, told to the precision of a ``unit``: day, month, year, or interval."""

    first: Day
    last: Day
    unit: str

    def __str__(self) -> str:
        if self.unit in _FORMATS:
            return edtf(self.first, self.unit)
        _, _, unit = self.unit.partition(":")
        return f"{edtf(self.first, unit or 'day')}/{edtf(self.last, unit or 'day')}"


_FORMATS = {"day": 10, "month": 7, "year": 4}


def edtf(day: Day, unit: str) -> str:
    """A day as ``2022-01-09``, ``2022-01`` or ``2022``."""
    return day.isoformat()[: _FORMATS[unit]]


def day(value: Day) -> Period:
    """A single day."""
    return Period(value, value, "day")


def month(year: int, number: int) -> Period:
    """A month; numbers outside 1-12 count into the years before and after."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Period(Day(year, number, 1), Day(year, number, calendar.monthrange(year, number)[1]), "month")


def year(number: int) -> Period:
    """A year."""
    return Period(Day(number, 1, 1), Day(number, 12, 31), "year")


def week(of: Day) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    monday = of - datetime.timedelta(of.weekday())
    return Period(monday, monday + datetime.timedelta(6), "interval")


def season(year_number: int, number: int) -> Period:
    """A season by its EDTF number (21 spring ... 24 winter), as an interval of months."""
    first = month(year_number, _SEASONS[number])
    last = month(year_number, _SEASONS[number] + 2)
    return Period(first.first, last.last, "interval:month")


def years(first: int, last: int) -> Period:
    """An interval of whole years."""
    return Period(Day(first, 1, 1), Day(last, 12, 31), "interval:year")


def span(first: Period, last: Period) -> Period:
    """From the beginning of one period to the end of another, as precise as the coarser of the two."""
    unit = max(first.unit, last.unit, key=lambda u: ("day", "month", "year").index(u) if u in _FORMATS else -1)
    return Period(first.first, last.last, f"interval:{unit if unit in _FORMATS else 'day'}")


def part(whole: Period, which: str) -> Period:
    """The ``begin``, ``middle`` or ``end`` of a month, a year or a longer or shorter period."""
    if whole.unit == "month":
        cut = {"begin": (1, 10), "middle": (11, 20), "end": (21, whole.last.day)}[which]
        return Period(whole.first.replace(day=cut[0]), whole.first.replace(day=cut[1]), "interval")
    if whole.unit == "year":
        first = {"begin": 1, "middle": 5, "end": 9}[which]
        return Period(month(whole.first.year, first).first, month(whole.first.year, first + 3).last, "interval:month")
    length = (whole.last - whole.first).days + 1
    third = max(1, length // 3)
    start = {"begin": 0, "middle": (length - third) // 2, "end": length - third}[which]
    first = whole.first + datetime.timedelta(start)
    return Period(first, first + datetime.timedelta(third - 1), "interval")


def fraction(of_year: int, number: int, parts: int) -> Period:
    """The n-th quarter (``parts`` 4) or half (2) of a year."""
    length = 12 // parts
    first = month(of_year, (number - 1) * length + 1)
    return Period(first.first, month(of_year, number * length).last, "interval:month")


def shifted(from_day: Day, amount: float, unit: str) -> Period:
    """The day, month or year that lies an amount of a unit away, as precise as the unit."""
    if unit in ("hour", "minute", "second"):
        hours = {"hour": 1.0, "minute": 1 / 60, "second": 1 / 3600}[unit] * amount
        return day(from_day + datetime.timedelta(hours=hours) if abs(hours) >= 24 else from_day)
    if unit in ("day", "night", "week"):
        return day(from_day + datetime.timedelta(days=amount * (7 if unit == "week" else 1)))
    if unit == "year" and not float(amount).is_integer():
        amount, unit = amount * 12, "month"
    if unit == "month":
        return month(from_day.year, from_day.month + int(amount))
    return year(from_day.year + int(amount * {"year": 1, "decade": 10, "century": 100}[unit]))


def moved(from_day: Day, amount: float, unit: str) -> Day:
    """The day that lies an amount of a unit away; the same day of the month where months are counted, if there is one."""
    if unit in ("month", "year", "decade", "century"):
        count = int(amount * {"month": 1, "year": 12, "decade": 120, "century": 1200}[unit])
        there = month(from_day.year, from_day.month + count)
        return there.first.replace(day=min(from_day.day, there.last.day))
    return shifted(from_day, amount, unit).first


def nearest_weekday(published: Day, number: int, tense: str) -> Day:
    """The day with a weekday (Monday 0) that is nearest to the day of publication and that a tense allows.

    Past: that day or the last one. Future: the next one. Present: that day or the next one, since news tells in the present
    what is on the programme (يزور الوزير القاهرة الثلاثاء).
    """
    back = (published.weekday() - number) % 7
    if tense == "future" or (tense == "present" and back):
        return published + datetime.timedelta(7 - back)
    return published - datetime.timedelta(back)


def nearest_year(published: Day, first: tuple[int, int], tense: str) -> int:
    """The year of a (month, day) without one: the nearest that the tense allows.

    A day that would lie more than ten months back, but is less than two months ahead, is ahead all the same: its verb tells
    of the announcement (أعلنت تنظيم الانتخابات في 5 فبراير).
    """
    here = (published.month, published.day)
    if tense == "past" and first > here:
        ahead = (first[0] - here[0]) * 30 + first[1] - here[1]
        return published.year - (0 if ahead < 60 else 1)
    if tense == "future" and first < here:
        return published.year + 1
    return published.year


def islamic(year_number: int, month_number: int, day_number: int | None) -> Period | None:
    """A day or month of the Islamic calendar (Umm al-Qura) as Gregorian days; None outside 1343-1500 AH."""
    from hijridate import Hijri

    try:
        if day_number:
            return day(Hijri(year_number, month_number, day_number).to_gregorian())
        first = Hijri(year_number, month_number, 1)
        last = first.to_gregorian() + datetime.timedelta(first.month_length() - 1)
        return Period(Day(*first.to_gregorian().timetuple()[:3]), Day(*last.timetuple()[:3]), "interval")
    except (OverflowError, ValueError):
        return None


def islamic_year(published: Day) -> int:
    """The Islamic year of a day; 0 outside the table of the calendar."""
    from hijridate import Gregorian

    try:
        return Gregorian(published.year, published.month, published.day).to_hijri().year
    except (OverflowError, ValueError):
        return 0
