"""What dates are made of: months, days, years, the words that shift them, lengths of time.

Every function looks at one place of a sentence and gives what it found there with the index of the next word, or None.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from qantar.reading import calendars
from qantar.reading.calendars import Day, Period
from qantar.reading.lexicons import load_lexicon, word_set
from qantar.reading.numerals import Numeral, read_digits, read_number
from qantar.reading.tenses import tense_at
from qantar.reading.words import Word

_POSTPONED = tuple(sorted(word_set("date_words_postponed")))
_LASTED = tuple(sorted(word_set("date_words_lasted")))
PLURALS = tuple(sorted(word_set("date_words_plurals")))
SELF = frozenset({"هذا", "هذه"})
SAME = frozenset({"نفسه", "نفسها", "ذاته", "ذاتها"})


@dataclass(frozen=True, slots=True)
class Found:
    """A date that was read: ``words[first:last]`` with the offset in its first word; numbers in it are its own unless
    ``duration``."""

    first: int
    last: int
    offset: int
    value: str | None
    kind: str
    offset_from: str | None = None
    anchor: str | None = None
    duration: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The words around an expression and the day from which it is counted."""

    words: list[Word]
    published: Day
    # What the date before resolved to, for السنة نفسها; changed as dates are found.
    before: list[str] = field(default_factory=list)

    def key(self, at: int) -> str:
        return self.words[at].key if 0 <= at < len(self.words) else ""

    def reads(self, at: int, keys: Collection[str], clitics: str = "وف") -> str:
        """The one of these words that stands here, alone or after one of these proclitics; else an empty string."""
        key = self.key(at)
        if key in keys:
            return key
        rest = key[1:] if key[:1] and key[0] in clitics else ""
        return rest if rest in keys else ""

    def time(self, at: int, *kinds: str, definite: bool | None = None) -> str | None:
        """The value of a time word of one of these kinds, None if the word is none."""
        if not 0 <= at < len(self.words):
            return None
        hit = self.words[at].hits.get("time")
        if (
            hit is None
            or hit.entry[0] not in kinds
            or hit.pronoun
            or (definite is not None and hit.definite is not definite)
        ):
            return None
        return hit.entry[1]

    def unit(self, at: int) -> tuple[str, bool, str] | None:
        """(unit, definite, number) of a word for a unit of time."""
        hit = self.words[at].hits.get("time_unit") if 0 <= at < len(self.words) else None
        return None if hit is None or hit.pronoun else (hit.entry[1], hit.definite, hit.entry[0])

    def tense(self, first: int, last: int, untold: str = "past") -> str:
        """The tense that resolves what stands in ``words[first:last]``; ``untold`` where no verb tells one."""
        before = self.key(first - 1)
        near = [word.key for word in self.words[max(0, first - 8) : first]]
        if before == "منذ":
            return "past"
        if before == "بحلول" or (before in ("الي", "لغايه") and any(key.endswith(_POSTPONED) for key in near)):
            return "future"
        if before == "حتي" and self.key(last) == "لم":
            return "past"
        if before == "حتي":
            # What lasts until a day lasts still, unless it is told as over: استمر حتى الأحد.
            return "past" if any(key.endswith(_LASTED) for key in near) else "future"
        return tense_at(self.words, first, last, untold)


def offset_of(word: Word, *categories: str) -> int:
    for category in categories:
        if category in word.hits:
            return word.hits[category].start
    return 0


def month_at(here: View, at: int) -> tuple[str, int, int] | None:
    """(calendar, month, next index) of the name of a month, in one tradition or two: يناير/كانون الثاني, أبريل (نيسان)."""
    name = month_name(here, at)
    if name is None and here.key(at) == "(":  # 30 (حزيران) يونيو
        inner = month_name(here, at + 1)
        outer = month_name(here, inner[2] + 1) if inner and here.key(inner[2]) == ")" else None
        return outer if inner and outer and outer[:2] == inner[:2] else None
    if name is None:
        return None
    kind, number, last = name
    if here.key(last) in ("/", "-", "–", "(", "\\", "|", "،") or here.key(last) == "او":
        second = month_name(here, last + 1)
        if second and second[:2] == (kind, number):
            last = second[2]
            if here.key(last) == ")":
                last += 1
    elif (second := month_name(here, last)) and second[:2] == (kind, number):
        last = second[2]
    return kind, number, last


def month_name(here: View, at: int) -> tuple[str, int, int] | None:
    if not 0 <= at < len(here.words):
        return None
    phrase = load_lexicon().match(here.words, at, "month")
    if phrase:
        return (*phrase[3], at + phrase[1])
    hit = here.words[at].hits.get("month")
    return None if hit is None or hit.definite else (*hit.entry, at + 1)


def day_number_at(here: View, at: int) -> tuple[int, int] | None:
    """(day of the month, next index): 6, السادس, الحادي والعشرين, واحد وعشرين."""
    if not 0 <= at < len(here.words):
        return None
    word = here.words[at]
    if word.kind == "number":
        value = read_digits(word.raw)
        return (value, at + 1) if isinstance(value, int) and 1 <= value <= 31 else None
    if here.key(at) in ("غره", "فاتح"):
        return 1, at + 1
    ordinal = ordinal_at(here, at)
    if ordinal:
        return ordinal
    number = read_number(here.words, at)
    if (
        number
        and isinstance(number.value, int)
        and 1 <= number.value <= 31
        and not number.fraction
        and number.value != 1
    ):
        return number.value, number.last
    return None


def ordinal_at(here: View, at: int) -> tuple[int, int] | None:
    """(number, next index) of an ordinal with the article: الثاني, الخامس عشر, الحادي والعشرين, العشرين, الثلاثين."""
    word = here.words[at] if at < len(here.words) else None
    if word is None:
        return None
    hit = word.hits.get("ordinal")
    if hit and (hit.definite or word.key.endswith("اول")):
        value, last = hit.entry, at + 1
        following = here.words[last] if last < len(here.words) else None
        number = following.hits.get("number") if following else None
        if number and number.entry[0] == "ten" and value < 10 and not number.definite:
            return value + 10, last + 1
        if number and number.entry[0] == "tens" and number.conjunction and value < 10:
            return value + int(number.entry[1]), last + 1
        return value, last
    number = word.hits.get("number")
    if number and number.definite and number.entry[0] == "tens":
        return int(number.entry[1]), at + 1
    return None


def year_at(here: View, at: int) -> tuple[int, int] | None:
    """(year, next index) of a year in digits or words, with هـ or م after it."""
    if not 0 <= at < len(here.words):
        return None
    word = here.words[at]
    if word.kind == "number":
        value: object = read_digits(word.raw) if word.raw.isdigit() else None
        last = at + 1
    else:
        number = read_number(here.words, at)
        value, last = (number.value, number.last) if number else (None, at)
    return (value, last) if isinstance(value, int) and value in range(1200, 2201) else None


def era_at(here: View, at: int, year: int) -> tuple[str, int]:
    """(calendar, next index): هـ or م after a year, else the calendar that the year itself tells."""
    if here.key(at) in ("ه", "هجريه", "هجري") and here.words[at].raw not in ("ة",):
        return "islamic", at + 1
    if here.key(at) in ("م", "ميلادي", "ميلاديه"):
        return "gregorian", at + 1
    return ("islamic" if year < 1600 else "gregorian"), at


def shift_at(here: View, at: int, feminine: bool | None = None) -> tuple[int, int] | None:
    """(-1, 0 or 1, next index) of الماضي, الجاري, المقبل."""
    value = here.time(at, "shift", definite=True)
    return None if value is None else (int(value), at + 1)


def month_year(here: View, number: int, last: int, first: int, day_number: int) -> tuple[int, int]:
    """(year, next index) of a Gregorian month: the year that follows it, else what الماضي or the tense says."""
    published = here.published
    at = last
    if here.key(at) in ("،", ","):
        at += 1
    if here.key(at) in ("من", "سنه", "عام", "لعام", "لسنه", "في"):
        at += 1
    if here.key(at) in ("عام", "العام", "سنه", "السنه"):
        at += 1
    year = year_at(here, at)
    if year and year[0] > 1600 and (at == last or here.words[at].kind == "number") and not is_counted(here, year[1]):
        return year[0], era_at(here, year[1], year[0])[1]
    whole = whole_year_at(here, last + 1) if here.key(last) == "من" else whole_year_at(here, last)
    if whole:
        return whole[0], whole[1]
    same = same_year_at(here, last)
    if same:
        return same
    shift = shift_at(here, last)
    own = (number, day_number or 1)
    if shift:
        if shift[0] == 0:
            return published.year, shift[1]
        here_now = (published.month, published.day)
        if shift[0] < 0:
            earlier = own < here_now if day_number else number < published.month
            return published.year - (0 if earlier else 1), shift[1]
        later = own > here_now if day_number else number > published.month
        return published.year + (0 if later else 1), shift[1]
    tense = here.tense(first, last)
    if day_number:
        return calendars.nearest_year(published, (number, day_number), tense), last
    if number == published.month:
        return published.year, last
    return calendars.nearest_year(published, (number, 15), tense), last


def whole_year_at(here: View, at: int) -> tuple[int, int] | None:
    """(year, next index) of العام الماضي, هذا العام, السنة الجارية."""
    skip = 1 if here.key(at) in SELF else 0
    unit = here.unit(at + skip)
    if unit and unit[:2] == ("year", True):
        shift = shift_at(here, at + skip + 1)
        if shift:
            return here.published.year + shift[0], shift[1]
        if skip:
            return here.published.year, at + 2
    return None


def same_year_at(here: View, at: int) -> tuple[int, int] | None:
    """(year, next index) of من السنة نفسها: the year of the date before."""
    at += here.key(at) == "من"
    unit = here.unit(at)
    if unit and unit[0] == "year" and here.key(at + 1) in SAME and here.before:
        return int(here.before[-1][:4]), at + 2
    return None


def is_counted(here: View, at: int) -> bool:
    """Whether a noun stands here that a number before it may count."""
    if at >= len(here.words) or "function" in here.words[at].hits:
        return False
    nouns = [here.words[at].hits[c] for c in ("noun", "money") if c in here.words[at].hits]
    return any(not (hit.preposition or hit.conjunction or hit.definite) for hit in nouns)


def weekday_before(here: View, at: int) -> tuple[int, int]:
    """(first index, offset) of an expression that begins at ``at`` or with the weekday before it."""
    first = at
    while here.key(first - 1) in ("،", ",", "(", "الموافق", "المصادف", "من", "/"):
        first -= 1
    if (
        here.time(first - 1, "weekday") is not None
        and first - 1 >= 0
        and not (here.key(at - 1) == "من" and first != at)
    ):
        first -= 1
        if here.reads(first - 1, ("يوم", "اليوم", "امس"), "وبل"):
            first -= 1
        return first, offset_of(here.words[first], "time", "time_unit")
    if here.reads(at - 1, ("يوم",), "وبل"):
        return at - 1, offset_of(here.words[at - 1], "time_unit")
    return at, 0


def day_of(year: int, month: int, number: int) -> Period | None:
    try:
        return calendars.day(Day(year, month, number))
    except ValueError:
        return None


def duration(here: View, at: int) -> tuple[float, str, int, bool] | None:
    """(amount, unit, next index, hedged) of a length of time: ثلاثة أيام, عامين, أسبوع, 30 عاماً, نحو عام ونصف."""
    hedged = False
    lexicon = load_lexicon()
    while at < len(here.words):
        phrase = lexicon.match(here.words, at, "hedge")
        if phrase and phrase[3][1] == "before":
            at, hedged = at + phrase[1], True
        elif "hedge" in here.words[at].hits and here.words[at].hits["hedge"].entry[1] == "before" and not here.unit(at):
            at, hedged = at + 1, True
        else:
            break
    if at >= len(here.words):
        return None
    number: Numeral | None = read_number(here.words, at)
    if number and number.value is not None:
        unit = here.unit(number.last)
        if (
            unit is None
            or number.offset
            and here.words[at].hits.get("number", None)
            and here.words[at].hits["number"].preposition
        ):
            return None
        return _and_half(here, float(number.value), unit[0], number.last + 1, hedged)
    unit = here.unit(at)
    if unit is None or unit[1]:
        return None
    if unit[2].startswith("dual"):
        return _and_half(here, 2.0, unit[0], at + 1, hedged)
    plural = here.words[at].key.endswith(PLURALS)
    if plural or year_at(here, at + 1) or here.time(at + 1, "weekday", "day") is not None:
        return None
    return _and_half(here, 1.0, unit[0], at + 1 + (here.key(at + 1) in ("واحد", "واحده")), hedged)


def _and_half(here: View, amount: float, unit: str, last: int, hedged: bool) -> tuple[float, str, int, bool]:
    parts = {"ونصف": 0.5, "وربع": 0.25, "وثلث": 1 / 3}
    if here.key(last) in parts:
        amount, last = amount + parts[here.key(last)], last + 1
        if (here.unit(last) or ("",))[0] == unit:
            last += 1
    return amount, unit, last, hedged
