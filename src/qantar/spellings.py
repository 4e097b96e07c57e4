"""Spellings that mean the same: stems of Arabic words and skeletons of names, by rules that the search page shares.

``RULES`` holds all that the two functions know; ``static/search/search.js`` reads the same rules from its page.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from qantar import arabic

RULES: dict[str, Any] = {
    # Light stemming after Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007): the
    # conjunction, one prefix with the article, one suffix, each only where enough of a word is left.
    "conjunction": "و",
    "prefixes": ["بال", "كال", "فال", "ال", "لل"],
    "suffixes": ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"],
    "shortest": 3,
    # Letters of names in three scripts as the consonants that all of them write; a letter that is not here is dropped.
    "digraphs": {"kh": "x", "gh": "g", "sh": "c", "zh": "j", "ch": "c", "dzh": "j", "дж": "j", "th": "t", "ts": "s", "ck": "k"},
    "consonants": dict([
        *zip("bcdfghjklmnpqrstvxz", "bkdfghjklmnbkrstfxz", strict=True),
        *zip("бвгдзйклмнпрстфхцчшщжғқңһ", "bfgdz klmnbrstfxscccjgknh", strict=True),
        *zip("بتثجحخدذرزسشصضطظعغفقكلمنهپچڤگ", "bttjhxdzrzscsdtz gfkklmnhbcfg", strict=True),
    ]),
    "least": 3,
}
RULES["consonants"] = {letter: sound for letter, sound in RULES["consonants"].items() if sound != " "}


def stem(word: str, conjunction: bool = True) -> str:
    """An Arabic word without what is joined to it and without its commonest endings, in one orthography.

    Where the first letter may be a part of the word, ``conjunction=False`` keeps it.

    >>> stem("والاحتجاجات") == stem("احتجاج"), stem("المتظاهرون") == stem("متظاهرين")
    (True, True)
    """
    word, shortest = arabic.normalise(word), RULES["shortest"]
    if conjunction and word.startswith(RULES["conjunction"]) and len(word) > shortest:
        word = word[len(RULES["conjunction"]):]
    prefix = next((p for p in RULES["prefixes"] if word.startswith(p) and len(word) - len(p) >= shortest), "")
    word = word[len(prefix):]
    suffix = next((s for s in RULES["suffixes"] if word.endswith(s) and len(word) - len(s) >= shortest), "")
    return word[: len(word) - len(suffix)]


def stems(word: str) -> set[str]:
    """Every form under which a word is to be found: its stems with and without its first letter taken for *and*.

    >>> stems("وزارة") >= {stem("وزارة"), stem("الوزارة")}
    True
    """
    return {stem(word), stem(word, conjunction=False)}


def skeleton(name: str) -> str:
    """The consonants of one word of a name, the same for Latin, Cyrillic and Arabic; empty if they are too few to tell.

    >>> {skeleton(name) for name in ("Tokayev", "Tokaev", "Toqaev", "توكاييف", "توقاييف", "Тоқаев")}
    {'tkf'}
    """
    word = unicodedata.normalize("NFD", arabic.normalise(name.lower())) if arabic.contains_arabic(name) else name.lower()
    pattern = "|".join(sorted(RULES["digraphs"], key=len, reverse=True))
    sounds = re.sub(f"({pattern})|(.)", lambda m: RULES["digraphs"][m[1]] if m[1] else RULES["consonants"].get(m[2], ""), word, flags=re.DOTALL)
    sounds = re.sub(r"(.)\1+", r"\1", sounds)
    return sounds if len(sounds) >= RULES["least"] else ""
