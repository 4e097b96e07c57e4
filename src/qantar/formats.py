"""How a cell is written: numbers, truth values, EDTF dates, durations and lists.

A ``parse_`` function gives the value of a cell, a ``check_`` function what is wrong with it (``None`` if nothing).
"""

from __future__ import annotations

import datetime
import functools
import re
import time

SEPARATOR = ";"

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_PLAIN = re.compile(r"\d{4}(-\d\d){0,2}")
_DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?")
_YEAR_TO_DAY = "write a date as 2022, 2022-01 or 2022-01-09, with ~ if approximate, an interval as 2022-01-02/2022-01-09 or 2022-01-02/.."


def items(cell: object) -> list[str]:
    """The values in a list cell; none in an empty one.

    >>> items("russia;china")
    ['russia', 'china']
    """
    return cell.split(SEPARATOR) if isinstance(cell, str) else []


def parse_number(cell: str) -> float:
    """The number in a cell. Raises ``ValueError`` that says how to write it."""
    if not _NUMBER.fullmatch(cell):
        raise ValueError(
            f"is not a number; write {_digits(cell) or 'digits'}, with a point for decimals and nothing else"
        )
    return float(cell)


def parse_integer(cell: str) -> int:
    """The whole number in a cell. Raises ``ValueError`` that says how to write it."""
    if not _NUMBER.fullmatch(cell) or "." in cell:
        raise ValueError("is not a whole number; write digits only, such as 5135")
    return int(cell)


def parse_boolean(cell: str) -> bool:
    """The truth value in a cell. Raises ``ValueError`` that says how to write it."""
    if cell not in ("true", "false"):
        raise ValueError("is not a truth value; write true or false")
    return cell == "true"


@functools.cache
def check_edtf(cell: str) -> str | None:
    """What is wrong with a date in EDTF (ISO 8601-2), also with the order of an interval."""
    # The grammar takes a fifth of a second to build and 15 ms a date; nearly all dates are plain.
    ends = [_plain_day(end) for end in cell.split("/")]
    if len(ends) <= 2 and all(ends) and ends == sorted(ends):
        return None
    import edtf

    try:
        parsed = edtf.parse_edtf(cell)
    except edtf.parser.edtf_exceptions.EDTFParseException:
        return f"is not an EDTF date; {_YEAR_TO_DAY}"
    if isinstance(parsed, edtf.Interval):
        first, last = cell.split("/")
        closed = first not in ("", "..") and last not in ("", "..")
        if closed and parsed.lower.lower_strict() > parsed.upper.upper_strict():
            return "is an interval that ends before it begins; put the earlier date first"
    return None


def first_day(cell: object) -> str:
    """The first day that a date in EDTF may mean, as ISO 8601, to sort by; what has none comes last.

    >>> first_day("2022-01~"), first_day("2022-01-05/2022-01-09")
    ('2022-01-01', '2022-01-05')
    """
    if not isinstance(cell, str):
        return "9999"
    if plain := _plain_day(cell.split("/")[0]):
        return plain
    import edtf

    start = edtf.parse_edtf(cell).lower_strict()
    return time.strftime("%Y-%m-%d", start) if isinstance(start, time.struct_time) else "0000"


def _plain_day(text: str) -> str:
    """The first day of a plain ISO 8601 year, month or day; empty for any other text."""
    try:
        return datetime.date.fromisoformat(f"{text}-01-01"[:10]).isoformat() if _PLAIN.fullmatch(text) else ""
    except ValueError:
        return ""


def check_duration(cell: str) -> str | None:
    """What is wrong with a duration in ISO 8601."""
    return None if _DURATION.fullmatch(cell) else "is not an ISO 8601 duration; write P1W, P30Y or P2D"


def check_list(cell: str) -> str | None:
    """What is wrong with a list of values joined with a semicolon."""
    values = items(cell)
    if any(not value or value != value.strip() for value in values):
        return "is not a clean list; join values with one semicolon and no spaces"
    return "names a value twice; name it once" if len(set(values)) < len(values) else None


def _digits(cell: str) -> str:
    plain = re.sub(r"[\s,_٬\u00a0\u202f]", "", cell)
    return plain if _NUMBER.fullmatch(plain) else ""
