"""Time expressions that resolve from the text and the day of publication, as EDTF.

Spans leave out prepositions before an expression that is a date of its own (في 6 يناير) and hold those that make a date of
a duration (قبل ثلاثة أيام). Weekdays and days without a year are resolved by the tense of their clause.
"""

from __future__ import annotations

from collections.abc import Callable

from qantar.reading import calendar_dates, calendar_years, relative_dates
from qantar.reading.calendars import Day
from qantar.reading.date_words import Found, View
from qantar.reading.lexicons import word_set
from qantar.reading.rows import Date
from qantar.reading.words import Word


def find(words: list[Word], published: Day, before: list[str] | None = None) -> list[tuple[Date, Found]]:
    """The dates of a sentence in order, each with the words it was read from. They do not overlap.

    ``before`` holds what the dates of earlier sentences resolved to, for السنة نفسها; those found are added to it.
    """
    here = View(words, published, [] if before is None else before)
    found: list[tuple[Date, Found]] = []
    at = 0
    while at < len(words):
        hit = _first(here, at) if _may_begin(words[at]) else None
        if hit is None:
            at += 1
            continue
        start = words[hit.first].start + hit.offset
        end = words[hit.last - 1].end
        if words[hit.last - 1].hits.get("time_unit") and hit.last - 1 != hit.first:
            end = words[hit.last - 1].start + words[hit.last - 1].hits["time_unit"].end
        found.append((Date(start, end, "", hit.value, hit.kind, hit.offset_from, hit.anchor), hit))
        if hit.value:
            here.before[:] = [hit.value]
        at = max(hit.last, at + 1)
    return found


_STARTERS = frozenset({"month", "time", "time_unit", "ordinal", "number"})
_WORDS = word_set("dates_words")
_PARTS = tuple(sorted(word_set("dates_parts")))


def _may_begin(word: Word) -> bool:
    """Whether a date can begin with a word of this spelling; most words are done with here."""
    if word.kind != "arabic":
        return word.kind == "number"
    traits = word.form.traits
    if "date" not in traits:
        starts = bool(word.hits.keys() & _STARTERS) or bool(word.form.phrases & {"month", "time"})
        key = word.key
        traits["date"] = starts or key in _WORDS or key[1:] in _WORDS or key.endswith(_PARTS)
    return traits["date"]


def _first(here: View, at: int) -> Found | None:
    for reader in _READERS:
        try:
            found = reader(here, at)
        except (OverflowError, ValueError):
            continue  # a day beyond the calendar, which has the years 1 to 9999
        if found is not None:
            return found
    return None


_READERS: tuple[Callable[[View, int], Found | None], ...] = (
    calendar_dates.numeric,
    relative_dates.next_day,
    relative_dates.same_period,
    relative_dates.relative_day,
    relative_dates.window,
    relative_dates.ago,
    calendar_dates.day_month,
    calendar_years.part_of_year,
    calendar_years.season_of,
    calendar_years.decade,
    calendar_years.century,
    relative_dates.shifted_unit,
    calendar_dates.month_alone,
    calendar_years.year_alone,
)
