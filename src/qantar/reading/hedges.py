"""Hedges and bounds around a number (نحو, أكثر من, ما لا يقل عن), which stand outside its span."""

from __future__ import annotations

from qantar.reading.lexicons import load_lexicon, word_set
from qantar.reading.words import Word

_BOUNDS = word_set("quantities_bounds")


def hedges_in(words: list[Word]) -> dict[tuple[str, int], str]:
    """(side, index at which the number would stand) → kind, for every hedge of the sentence."""
    lexicon, places = load_lexicon(), {}
    for at, word in enumerate(words):
        phrase = lexicon.match(words, at, "hedge") if word.form.openings else None
        if phrase:
            kind, side = phrase[3]
            places["before", at + phrase[1]] = kind
            if side == "after":
                del places["before", at + phrase[1]]
                places["after", at] = kind
        elif "hedge" in word.hits:
            kind, side = word.hits["hedge"].entry
            places[(side, at + 1 if side == "before" else at)] = kind
    return places


def is_bounded(words: list[Word], at: int) -> bool:
    """لا تقل العقوبة عن عشر سنوات: a bound whose subject stands inside it."""
    if not at or words[at - 1].key not in ("عن", "علي"):
        return False
    return any(word.key.lstrip("و") in _BOUNDS for word in words[max(0, at - 7) : at - 1])
