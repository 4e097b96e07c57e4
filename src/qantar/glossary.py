"""The glossary: Arabic terms of the report and of its grammar, transliterated by the IJMES system.

Each term stands in a sentence of the report, or has an example there, by the same rule as the coding: the quoted
words are found by the program.
"""

from __future__ import annotations

import pandas as pd

from qantar.annotations import locate
from qantar.paths import data_folder
from qantar.report import Report
from qantar.schema import read_table

GROUPS = {
    "institution": "Institutions and offices",
    "speech": "Words of saying",
    "event": "Words of happening",
    "grammar": "Terms of grammar",
}

CONSONANTS = {
    "ء": "ʾ", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "ḥ", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "ṣ", "ض": "ḍ", "ط": "ṭ", "ظ": "ẓ", "ع": "ʿ", "غ": "gh", "ف": "f",
    "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "و": "w", "ي": "y",
}
"""Consonants by the chart of the *International Journal of Middle East Studies*."""

VOWELS = {"ـَ": "a", "ـِ": "i", "ـُ": "u", "ا": "ā", "ى": "ā", "ي": "ī", "و": "ū", "ـَيْ": "ay", "ـَوْ": "aw", "ة": "a, in a construct at"}
"""Vowels, diphthongs and the feminine ending; ي and و are consonants or long vowels, as the word has it."""


def load_glossary(report: Report) -> pd.DataFrame:
    """The terms in alphabetical order of their transliteration, with the offsets of the quoted words.

    Raises ``DataError`` with every fault: of the file, or a quote that does not stand in its sentence.
    """
    table = locate(report, read_table(data_folder() / "glossary.csv", "glossary"))
    return table.sort_values("transliteration", key=lambda names: names.map(_alphabetical), kind="stable")


def terms(glossary: pd.DataFrame, group: str) -> pd.DataFrame:
    """The terms of one group as the book shows them: ``term, transliteration, meaning, in, note``."""
    found = glossary[glossary["group"] == group]
    shown = found[["term", "transliteration", "en", "sentence", "note"]]
    return shown.rename(columns={"en": "meaning", "sentence": "in"}).reset_index(drop=True)


def letters() -> pd.DataFrame:
    """The letters of the transliteration: ``Arabic, Latin, sign`` (consonant or vowel)."""
    rows = [{"Arabic": a, "Latin": latin, "sign": "consonant"} for a, latin in CONSONANTS.items()]
    return pd.DataFrame(rows + [{"Arabic": a, "Latin": latin, "sign": "vowel"} for a, latin in VOWELS.items()])


def _alphabetical(name: str) -> str:
    """A transliteration without what the alphabet passes over: marks under and over letters, ʿ and ʾ."""
    plain = str.maketrans("āīūḥḍṣṭẓ", "aiuhdstz", "ʿʾ-")
    return name.translate(plain)
