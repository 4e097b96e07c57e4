"""Orthography of Arabic text: letters, words and a form to compare words by.

Spans always point into the raw text: nothing here changes a text that offsets refer to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Combining signs of Arabic: vowels and tanwin, madda/hamza above and below, dagger alef, Quranic marks.
MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
TATWEEL = "\u0640"

_LETTER = re.compile("[\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c9\ufb50-\ufdfb\ufe70-\ufefc]")
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:[.,٬٫]\d+)*(?![\w{MARKS}]))"
    rf"|(?P<word>[\w{TATWEEL}{MARKS}]+)"
    r"|(?P<punctuation>[^\w\s])"
)


def contains_arabic(text: str) -> bool:
    """Whether the text has at least one Arabic letter."""
    return _LETTER.search(text) is not None


def tokenise(text: str) -> Iterator[tuple[int, int, str]]:
    """Tokens of a text as (start, end, kind), in order; only white space lies between them.

    kind is ``number`` (digits with inner separators), ``word`` (a run of letters, digits and marks, clitics
    attached) or ``punctuation`` (one character).

    >>> [("5 آلاف و135"[a:b], kind) for a, b, kind in tokenise("5 آلاف و135")]
    [('5', 'number'), ('آلاف', 'word'), ('و135', 'word')]
    """
    for match in _TOKEN.finditer(text):
        yield match.start(), match.end(), match.lastgroup or ""


def normalise(text: str) -> str:
    """The text without vowel signs and tatweel, with one form of alef, final ya and ta marbuta.

    The usual normalisation of Arabic retrieval (camel-tools' ``camel_tools.utils``). Two spellings of a word
    become equal; offsets do not survive it, so it is only ever applied to copies.

    >>> normalise("إلى الأُمَّة")
    'الي الامه'
    """
    # Imported here: camel_tools pulls in half a second of other modules.
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    text = dediac_ar(normalize_unicode(text)).replace(TATWEEL, "")
    return normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text)))
