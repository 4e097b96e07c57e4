"""Orthography of Arabic text: letters, words and a form to compare words by.

Spans always point into the raw text: nothing here changes a text that offsets refer to.
"""

from __future__ import annotations

import re
import unicodedata
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


def _fold_table() -> dict[int, str | None]:
    """What `fold` does to each character."""
    table: dict[int, str | None] = {ord(c): None for c in TATWEEL + INVISIBLE}
    for first, last in re.findall(r"(.)-(.)", MARKS):
        table.update(dict.fromkeys(range(ord(first), ord(last) + 1)))
    table[0x0670] = None
    table.update({ord(a): b for a, b in zip("أإآٱىیکةؤئ", "ااااييكهءء", strict=True)})
    table.update({ord(digit) + n: str(n) for digit in "٠۰" for n in range(10)})
    for code in (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(code))
        if plain != chr(code):
            table[code] = plain.translate(table)
    return table


# Characters that are not seen: direction, joining, the byte order mark.
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_FOLD = _fold_table()


def fold(word: str) -> str:
    """The form of one word under which the reader's lexicons know it.

    It is `normalise` (which camel-tools defines), the seats of hamza made one besides, so that مسؤول and مسئول, شؤون and
    شئون are the same word; Persian letters and digits become Arabic and Western ones. A table of characters instead of
    camel-tools' functions, since loading those takes longer than reading a report.

    >>> fold("المسؤولة"), fold("كـازاخستان")
    ('المسءوله', 'كازاخستان')
    """
    if "\u0654" in word or "\u0653" in word or "\u0655" in word:  # a hamza or madda of its own
        word = unicodedata.normalize("NFC", word)
    return word.translate(_FOLD)
