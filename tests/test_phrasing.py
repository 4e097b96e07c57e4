"""How values are written out in prose: numbers, quantities, dates, shares, lists, and Arabic inside English."""

import pandas as pd
import pytest

from qantar import phrasing

NUMBERS = [
    (0, "0"), (2.0, "2"), (5135, "5,135"), (0.5, "0.5"), (92.3, "92.3"), (-5, "-5"), (1000, "1,000"), (999_999, "999,999"),
    (1_000_000, "1 million"), (212_000_000, "212 million"), (212_380_000, "212.4 million"), (136.8e9, "136.8 billion"),
    (None, ""), ("", ""), (float("nan"), ""), (pd.NA, ""),
]


@pytest.mark.parametrize("value, expected", NUMBERS)
def test_number(value, expected):
    assert phrasing.number(value) == expected


@pytest.mark.parametrize("value, expected", [(0, "zero"), (3, "three"), (12, "twelve"), (13, "13"), (-1, "-1"), (5135, "5,135")])
def test_spelled(value, expected):
    assert phrasing.spelled(value) == expected


QUANTITIES = [
    ((164, "person"), "164 people"), ((1, "person"), "1 person"), ((1.0, "week"), "1 week"), ((2, "deputy"), "2 deputies"),
    ((30, "year"), "30 years"), ((212_000_000, "USD"), "212 million dollars"), ((87e9, "KZT"), "87 billion tenge"),
    ((3, None), "3"), ((3, ""), "3"), ((3, float("nan")), "3"),
]


@pytest.mark.parametrize("arguments, expected", QUANTITIES)
def test_quantity(arguments, expected):
    assert phrasing.quantity(*arguments) == expected


DATES = [
    ("2022-01-09", "9 January 2022", "9 January"),
    ("2022-02", "February 2022", "February"),
    ("2022", "2022", "2022"),
    ("1992~", "about 1992", "about 1992"),
    ("2022-01-04~", "about 4 January 2022", "about 4 January"),
    ("2022-01-01/2022-01-10", "1 to 10 January 2022", "1 to 10 January"),
    ("2022-01-30/2022-02-02", "30 January 2022 to 2 February 2022", "30 January to 2 February"),
    ("2022-01-02/..", "from 2 January 2022", "from 2 January"),
    ("2022-01-01~/..", "from about 1 January 2022", "from about 1 January"),
    ("../2022-01-05", "until 5 January 2022", "until 5 January"),
    ("2019/2022-02-25", "2019 to 25 February 2022", "2019 to 25 February"),
    ("P1W", "one week", "one week"),
    ("", "", ""),
    (None, "", ""),
]


@pytest.mark.parametrize("edtf, whole, short", DATES)
def test_date(edtf, whole, short):
    assert (phrasing.date(edtf), phrasing.date(edtf, year=False)) == (whole, short)


@pytest.mark.parametrize("part, whole, expected", [(1, 3, "33 %"), (2, 3, "67 %"), (0, 9, "0 %"), (9, 9, "100 %"), (1, 0, "")])
def test_share(part, whole, expected):
    assert phrasing.share(part, whole) == expected


@pytest.mark.parametrize("items, expected", [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_listing(items, expected):
    assert phrasing.listing(items) == expected


# ------------------------------------------------------------------------------------------------------ Arabic


def bdi(text: str) -> str:
    return f'<bdi lang="ar" dir="rtl">{text}</bdi>'


MARKED = [
    ("no Arabic at all", "no Arabic at all"),
    ("a < b & c", "a &lt; b &amp; c"),
    ("said (قال) twice", f"said ({bdi('قال')}) twice"),
    ("the words قطاع طرق وإرهابيين here", f"the words {bdi('قطاع طرق وإرهابيين')} here"),
    # Latin letters end a run.
    ("الأمن (KNB) مارات", f"{bdi('الأمن')} (KNB) {bdi('مارات')}"),
    # Digits before the words belong to them where all is Arabic: 5 would else stand on the wrong side.
    ("5 آلاف و135 شخصاً", bdi("5 آلاف و135 شخصاً")),
    # Quotation marks stay together, inside the words or outside them.
    ("Tokayev's “قطاع طرق وإرهابيين”.", f"Tokayev's “{bdi('قطاع طرق وإرهابيين')}”."),
    ('وصفهم بـ"قطاع طرق وإرهابيين"', bdi('وصفهم بـ"قطاع طرق وإرهابيين"')),
]


@pytest.mark.parametrize("text, expected", MARKED)
def test_mark_arabic(text, expected):
    assert phrasing.mark_arabic(text) == expected


def test_arabic_escapes_markup_but_keeps_its_quotation_marks():
    assert phrasing.arabic('<قال> "نعم"') == bdi('&lt;قال&gt; "نعم"')
