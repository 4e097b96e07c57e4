"""Spellings that must become one, and words that must stay two."""

import pytest

from qantar.arabic import contains_arabic, normalise, tokenise

SAME = [("أقال", "اقال"), ("إلى", "الي"), ("شخصاً", "شخصا"), ("اعتُقل", "اعتقل"), ("لجنة", "لجنه"), ("كـــازاخستان", "كازاخستان"), ("ﻻ", "لا")]
DIFFERENT = [("قال", "أقال"), ("نائب", "نائبان"), ("دول", "دولة")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_word_become_equal(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_that_differ_stay_different(one, other):
    assert normalise(one) != normalise(other)


TOKENS = {
    "1.250 و12,5 و٣٫٥": ["1.250", "و12,5"[:3], ",", "5", "و٣٫٥"[:2], "٫", "٥"],
    "12,5 دولار.": ["12,5", "دولار", "."],
    "يناير/كانون الثاني": ["يناير", "/", "كانون", "الثاني"],
    "بـ\"قطاع طرق\"": ["بـ", "\"", "قطاع", "طرق", "\""],
    "(KNB)،": ["(", "KNB", ")", "،"],
    "شُكراً": ["شُكراً"],
}


@pytest.mark.parametrize(("text", "tokens"), TOKENS.items())
def test_tokens(text, tokens):
    assert [text[a:b] for a, b, _ in tokenise(text)] == tokens


@pytest.mark.parametrize(("text", "answer"), [("abc", False), ("", False), ("123 ،", False), ("KNB قال", True), ("ﻻ", True)])
def test_contains_arabic(text, answer):
    assert contains_arabic(text) is answer
