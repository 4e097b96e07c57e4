"""Arabic names in Latin letters, and short names in ASCII made of them.

The letters are those of the *International Journal of Middle East Studies* without the marks over and under them; the
article is *al-* before every letter, an initial hamza is left out. Arabic does not write its short vowels, and none is
guessed: بلينكن is *Blinkn*. Only names that the lexicon has (``latin_names``) get the vowels of their usual spelling.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from qantar.arabic import INVISIBLE, MARKS, TATWEEL, fold
from qantar.reading.lexicons import table

_LETTERS = {
    "ء": "", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "ا": "a", "أ": "a", "آ": "a", "ٱ": "a", "إ": "i", "ى": "a", "ة": "a",
    "ؤ": "u", "ئ": "i", "پ": "p", "چ": "ch", "ڤ": "v", "ژ": "zh", "گ": "g", "ک": "k", "ی": "i", "ڭ": "g", "ڨ": "g",
    "\u064e": "a", "\u064f": "u", "\u0650": "i",
}  # fmt: skip
_LONG = frozenset("اأآٱإىةوي")
_AIN = "ع"
_SHORT = "\u064e\u064f\u0650\u0651"
_ARABIC = re.compile(rf"[\u0621-\u06ff{MARKS}]+")
_DROPPED = re.compile(f"[{INVISIBLE}{TATWEEL}]")
_MARK = re.compile(f"[{MARKS}]")
_PUNCTUATION = str.maketrans({"،": ",", "؛": ";", "؟": "?", "«": '"', "»": '"', "٪": "%", "“": '"', "”": '"'})
# A slug longer than this is cut at the end of a word.
_MOST = 48


def transliterate(text: str) -> str:
    """The text in Latin letters, every Arabic word with a capital.

    >>> transliterate("قاسم جومارت توكاييف"), transliterate("وزارة الداخلية الكازاخية")
    ('Qasim Jumart Tukayif', 'Wzara al-Dakhliya al-Kazakhiya')
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(_PUNCTUATION)
    return " ".join(_ARABIC.sub(lambda match: _word(match.group()), plain).split())


def slug(latin: str, fallback: str = "actor") -> str:
    """A name in Latin letters as a short name of small letters, digits and ``_``, without articles.

    A number at its beginning goes to its end; ``fallback`` is used where no letter is left.

    >>> slug("al-Krmlin"), slug("Côte d’Ivoire"), slug("5,135 people"), slug("7")
    ('krmlin', 'cote_d_ivoire', 'people_5135', 'actor_7')
    """
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", latin.lower()) if not unicodedata.combining(sign))
    parts = re.findall(r"[a-z0-9]+", re.sub(r"\bal-|(?<=\d),(?=\d)", "", plain))
    first = next((n for n, part in enumerate(parts) if part[0].isalpha()), len(parts))
    parts = [*parts[first:], *parts[:first]] if first < len(parts) else [fallback, *parts]
    while len(parts) > 1 and len("_".join(parts)) > _MOST:
        parts.pop()
    return "_".join(parts)[:_MOST]


@functools.cache
def _known() -> dict[str, str]:
    return {fold(row["name"]): row["latin"] for row in table("latin_names")}


def _word(word: str) -> str:
    """One Arabic word, with a capital after its article."""
    bare = _MARK.sub("", word)
    known = _known().get(fold(bare))
    if known:
        return known
    if bare.startswith("ال") and len(bare) > 3:
        rest = word[word.index("ل") + 1 :].lstrip(MARKS)
        return f"al-{_known().get(fold(rest)) or _letters(rest)}"
    return _letters(word)


def _letters(word: str) -> str:
    signs = [sign for sign in word if sign in _SHORT or not _MARK.match(sign)]
    made, vowel = "", False  # vowel: whether the sound before is one
    for at, sign in enumerate(signs):
        if sign == "\u0651":
            made += "" if vowel else made[-1:]
            continue
        after = next((s for s in signs[at + 1 :] if s not in _SHORT), "")
        latin = _sign(sign, after, made, vowel, at == 0)
        # A vowel sign and the long letter after it are one vowel: ُو.
        made += "" if vowel and made.endswith(latin) else latin
        vowel = latin[-1:] in ("a", "i", "u") if latin else vowel and sign not in "ؤئء"
    return made[:1].upper() + made[1:]


def _sign(sign: str, after: str, made: str, vowel: bool, first: bool) -> str:
    """One letter, by the letter after it and the sound before it."""
    if sign == _AIN:
        return "" if vowel or after in _LONG and after else "a"
    if sign in "أا" and not made and after == "و":
        return ""  # أوسيبوف: the و is the vowel
    if sign in "ؤئ" and after and after in _LONG:
        return ""
    if sign not in "ويی":
        return _LETTERS.get(sign, "")
    if sign != "و" and after == "ة" and made and not vowel:
        return "iy"
    full, glide = ("u", "w") if sign == "و" else ("i", "y")
    if vowel and made.endswith(full):
        return full  # إي, ُو
    return glide if vowel or first or (after and after in _LONG) else full
