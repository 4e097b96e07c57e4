"""Numbers in digits and in words: every value that num2words and CLDR can spell is read back.

The ordinary run spells every integer to 20,000 and a sample beyond; QANTAR_ALL_NUMBERS=1 spells every one to a million.
"""

import os
import random

import pytest
from num2words import num2words

from qantar.reading.numerals import read_digits, read_number
from qantar.reading.words import words_of

EVERY = 1_000_001 if os.environ.get("QANTAR_ALL_NUMBERS") else 20_001
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def sample() -> list[int]:
    """Integers to 10^15, of every length the same count, and round ones; always the same."""
    draw = random.Random("numbers")
    drawn = [draw.randrange(10**length, 10 ** (length + 1)) for length in range(4, 15) for _ in range(250)]
    multiples = [
        n * 10**length
        for length in range(3, 15)
        for n in (1, 2, 3, 9, 10, 11, 12, 19, 20, 21, 100, 101, 111, 200, 201, 202, 300, 999)
    ]
    return [n for n in drawn + multiples if n <= 10**15]


def value_of(text: str):
    """The value of a text that is a number and nothing else; None if it is not read to its end."""
    words = words_of(text)
    number = read_number(words, 0)
    return number.value if number and number.last == len(words) else None


def wrong(spell, numbers) -> list[tuple]:
    """(number, its spelling, value read) wherever they differ; the first ten."""
    found = []
    for number in numbers:
        text = spell(number)
        if value_of(text) != number:
            found.append((number, text, value_of(text)))
    return found[:10]


def spell_num2words(number: int) -> str:
    return num2words(number, lang="ar")


def test_every_number_of_num2words_reads_back():
    assert wrong(spell_num2words, range(EVERY)) == []


def test_large_numbers_of_num2words_read_back():
    assert wrong(spell_num2words, sample()) == []


@pytest.fixture(scope="module")
def cldr():
    """Spells a number by CLDR's rules (RBNF), in one of its rule sets."""
    engine = pytest.importorskip("unicode_rbnf").RbnfEngine.for_language("ar")
    return lambda number, rules: engine.format_number(number).text_by_ruleset[rules]


@pytest.mark.parametrize("rules", ["spellout-numbering", "spellout-cardinal-masculine", "spellout-cardinal-feminine"])
def test_numbers_of_cldr_read_back(rules, cldr):
    numbers = range(EVERY if rules == "spellout-numbering" else 2001)
    assert wrong(lambda number: cldr(number, rules), numbers) == []
    assert wrong(lambda number: cldr(number, rules), sample()[::4]) == []


def test_spelling_without_hamza_and_with_vowels_changes_nothing():
    marks = {"ثلاثة": "ثَلاثةٌ", "ألف": "أَلْف", "مائة": "مِائَة"}
    for number in range(1, 20_000, 37):
        text = spell_num2words(number)
        bare = text.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ة", "ه")
        for plain, vowelled in marks.items():
            text = text.replace(plain, vowelled)
        assert value_of(bare) == value_of(text) == number


WORDS = [
    ("صفر", 0), ("واحد", 1), ("اثنتا عشرة", 12), ("إحدى عشرة", 11), ("ثماني عشرة", 18), ("ثمان وعشرون", 28),
    ("خمس وأربعين", 45), ("خمسة و أربعين", 45), ("تسعة وتسعون", 99), ("مئة", 100), ("ميه", 100), ("مئة وواحد", 101),
    ("مائة وأربعة وستين", 164), ("مئتا", 200), ("مائتين وعشرة", 210), ("ثلاث مئة", 300), ("خمسمائة", 500),
    ("ثمانمئة", 800), ("ثمانيمائة", 800), ("ألف", 1000), ("ألفان", 2000), ("ألفي", 2000), ("ألفين وأربعمئة", 2400),
    ("ثلاثة آلاف", 3000), ("أحد عشر ألفا", 11000), ("اثني عشر ألفاً", 12000), ("مئة ألف", 100_000),
    ("مئتي ألف", 200_000), ("نصف مليون", 500_000), ("ربع مليون", 250_000), ("مليون", 10**6), ("مليون ونصف", 1_500_000),
    ("مليون ونصف المليون", 1_500_000), ("مليونان", 2 * 10**6), ("مليوني", 2 * 10**6), ("مليونين ومئتي ألف", 2_200_000),
    ("ثلاثة ملايين ونصف", 3_500_000), ("عشرة ملايين وخمسمئة ألف وثلاثة", 10_500_003), ("ألف مليون", 10**9),
    ("مليار", 10**9), ("بليون", 10**9), ("ستة مليارات ونصف المليار", 6_500_000_000), ("ملايير", None),
    ("خمسة ملايير", 5 * 10**9), ("تريليون ونصف", 1_500_000_000_000), ("ثلاثة تريليونات", 3 * 10**12), ("دزينة", 12),
    ("ثلاث دزينات", 36), ("نصف", 0.5), ("ثلث", 1 / 3), ("ثلاثة أرباع", 0.75), ("ثلاثة فاصلة خمسة", 3.5),
    ("خمسة فاصلة خمسة وعشرين", 5.25),
]  # fmt: skip
MIXED = [
    ("5 آلاف و135", 5135), ("5 آلاف", 5000), ("12 ألفا", 12000), ("12 ألفا و300", 12300), ("1.5 مليون", 1_500_000),
    ("1,5 مليون", 1_500_000), ("٢٫٤ مليون", 2_400_000), ("2.125 مليار", 2_125_000_000),
    ("3 ملايين و200 ألف", 3_200_000), ("3 ملايين ونصف المليون", 3_500_000), ("2 تريليون", 2 * 10**12),
    ("١٥ ألف مليون", 15 * 10**9), ("3 أرباع", 0.75), ("6 ملايين و500 ألف و20", 6_500_020),
]  # fmt: skip
DIGITS = [
    ("0", 0), ("7", 7), ("007", 7), ("1250", 1250), ("1,250", 1250), ("1.250", 1250), ("1,234,567", 1234567),
    ("1.234.567", 1234567), ("1،234،567", 1234567), ("12,5", 12.5), ("12.5", 12.5), ("3.14159", 3.14159),
    ("0.125", 0.125), ("0,125", 0.125), ("1,234.50", 1234.5), ("1.234,50", 1234.5), ("1,234,567.8", 1234567.8),
    ("1.234.567,8", 1234567.8), ("1٬234٫5", 1234.5), ("3٫5", 3.5), ("0٫125", 0.125), ("1٬089", 1089),
    ("1٬234٬567", 1234567), ("12,34", 12.34), ("1.25", 1.25), ("12345.678", 12345.678), ("1,2,3", None),
    ("192.168.1.2", None), ("1.234,567.8", None), ("1,23,4.5,6", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), WORDS + MIXED)
def test_a_number_in_words(text, value):
    assert value_of(text) == (None if value is None else pytest.approx(value))


@pytest.mark.parametrize(("text", "value"), DIGITS)
@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_a_number_in_digits(text, value, digits):
    assert read_digits(text.translate(str.maketrans("0123456789", digits))) == value


@pytest.mark.parametrize(
    ("text", "scale", "value"),
    [
        ("2.125", 10**9, 2.125),
        ("2,125", 10**9, 2.125),
        ("2.125", 10**6, 2.125),
        ("2,125", 1000, 2125),
        ("1.250", 1, 1250),
    ],
)
def test_before_a_large_scale_a_separator_is_a_decimal_one(text, scale, value):
    assert read_digits(text, scale) == value


VAGUE = [
    ("بضعة", 3), ("عشرات", 10), ("مئات", 100), ("المئات", 100), ("آلاف", 1000), ("الآلاف", 1000),
    ("عشرات الآلاف", 10_000), ("عشرات آلاف", 10_000), ("مئات الآلاف", 100_000), ("ملايين", 10**6),
    ("عشرات الملايين", 10**7), ("مليارات", 10**9), ("مئات المليارات", 10**11), ("تريليونات", 10**12),
]  # fmt: skip


@pytest.mark.parametrize(("text", "least"), VAGUE)
def test_a_vague_number_says_the_least_it_can_mean(text, least):
    words = words_of(text)
    number = read_number(words, 0)
    assert (number.value, number.least, number.last) == (None, least, len(words))


NO_NUMBERS = [
    "رجل",
    "الثالث",
    "ثالثا",
    "أحد المسؤولين",
    "إحدى القرى",
    "خماسي",
    "مئوية",
    "الألفية",
    "عشري",
    "وحيد",
    "عشيرة",
    "ستار",
    "سبعاوي",
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number(text):
    assert read_number(words_of(text), 0) is None


# Where a number ends: the value, and the word at which it ends.
ENDS = [
    ("ثلاثة جنود وأربعة مدنيين", 3, 1), ("ثلاثة وأربعة مدنيين", 3, 1), ("عشرون وثلاثون رجلا", 20, 1),
    ("مئة ومئة", 100, 1), ("ألف وألف", 1000, 1), ("5 و6 لاعبين", 5, 1), ("ألفان وثلاثة آلاف", 2000, 1),
    ("مليون ومليون", 10**6, 1), ("خمسة ألف دولار", 5000, 2), ("ستة وستون ألف وثلاثة لاجئين", 66003, 4),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "last"), ENDS)
def test_a_number_ends_where_its_grammar_does(text, value, last):
    number = read_number(words_of(text), 0)
    assert (number.value, number.last) == (value, last)


@pytest.mark.parametrize("number", [0, 5, 12, 101, 2000, 5135, 1_234_567])
@pytest.mark.parametrize("prefix", ["و", "ب", "ل", "ف", "وب", "ول"])
def test_a_number_begins_after_its_proclitics(number, prefix):
    text = prefix + spell_num2words(number)
    read = read_number(words_of(text), 0)
    assert (read.value, read.offset) == (number, len(prefix))
