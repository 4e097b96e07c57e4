"""Whether the clause around a word speaks of the past, the present or the future."""

from __future__ import annotations

from qantar.reading import inflection
from qantar.reading.lexicons import word_set
from qantar.reading.words import Word

# Words that announce what is still to come.
_AHEAD = word_set("tenses_ahead")
# Verbs that bound a number: ما لا يقل عن 14 tells no time.
_MEASURING = word_set("tenses_measuring")
# Negations that set the tense of an imperfect.
_NEGATED = {"لم": "past", "لن": "future"}
_WAS = ("كان", "كانت")
_ENDS = frozenset(".!?؟؛:")
_REACH = 30
_NOUNS = frozenset({"noun", "title", "place", "city", "given", "family", "org_head", "place_head"})
_VERBS = ("speech_verb", "event_verb", "support")


def tense_of(word: Word) -> str:
    """``past``, ``present`` or ``future`` if the word is a verb or announces one; else an empty string."""
    if word.kind != "arabic" or "function" in word.hits:
        return "future" if word.key.lstrip("و") == "سوف" else ""
    if word.key in _AHEAD or word.key.removeprefix("و") in _AHEAD:
        return "future"
    common = word.hits.get("common")
    nominal = bool(word.hits.keys() & _NOUNS) or common is not None and common.entry not in ("verb", "imperfect")
    nominal = nominal and not word.raw.endswith("ى")  # جرى is no noun, جري is
    for category in _VERBS:
        hit = word.hits.get(category)
        if hit and (not nominal or hit.preposition == "س"):
            if hit.preposition == "س":
                return "future"
            if hit.entry.feature == inflection.PERFECT:
                return "past"
            if "number" not in word.hits and "noun" not in word.hits:
                return "present"
    if common and "function" not in word.hits and not word.hits.keys() & {"noun", "event_noun"}:
        if common.preposition == "س":
            return "future"
        if common.entry in ("verb", "imperfect"):
            return "past" if common.entry == "verb" else "present"
    if word.key.lstrip("و") in _AHEAD or word.key in _AHEAD:
        return "future"
    return "future" if _future_prefix(word) else ""


def _future_prefix(word: Word) -> bool:
    """سيعقد, وستبدأ: an unknown word that begins with س and the prefix of an imperfect."""
    key = word.key[1:] if word.key[:1] in ("و", "ف") and word.key[1:2] == "س" else word.key
    if "سأ" in word.raw[:3] and len(key) >= 4:
        return "noun" not in word.hits and "time_unit" not in word.hits  # سأعود
    return (
        len(key) >= 5
        and key[0] == "س"
        and key[1] in "يتن"
        and not word.hits
        and not key.startswith(("سيد", "سيار", "سياس", "سينا", "ستين"))
    )


def tense_at(words: list[Word], first: int, last: int, untold: str = "past") -> str:
    """The tense of the clause that holds ``words[first:last]``; ``untold`` where no verb tells: past, as news is.

    The nearest verb before decides, else the nearest after: أعلنت الوزارة، الأحد، أن ...; الأحد، سيلتقي ...
    """
    subordinate = False
    for at in range(first - 1, max(-1, first - _REACH), -1):
        word = words[at]
        if word.key in _ENDS:
            break
        tense = tense_of(word)
        if tense == "present" and word.key[1:] in _MEASURING:
            continue
        if tense == "present" and not subordinate and at and words[at - 1].key.lstrip("و") in ("ان", "لان", "بان"):
            # من المقرر أن يزور: what أن brings in has the time of what stands before it.
            subordinate = True
            outer = next((t for t in (tense_of(w) for w in reversed(words[max(0, at - 6) : at])) if t), "")
            if outer == "future" and any(w.key.lstrip("و") in _WAS for w in words[max(0, at - 6) : at]):
                return "past"  # كان من المقرر أن يصل
            return "future" if outer == "future" else "present"
        if tense == "present" and at and words[at - 1].key in ("سوف", "وسوف"):
            return "future"
        if tense == "present" and at and words[at - 1].key.lstrip("وف") in _NEGATED:
            return _NEGATED[words[at - 1].key.lstrip("وف")]
        if tense == "present" and at and words[at - 1].key.lstrip("و") in _WAS:
            return "past"
        if tense == "future" and any(w.key.lstrip("و") in _WAS for w in words[max(0, at - 2) : at]):
            return "past"  # كان من المقرر عقد الاجتماع
        if tense:
            return tense
    for at in range(last, min(len(words), last + _REACH)):
        if words[at].key in _ENDS:
            break
        tense = tense_of(words[at])
        if tense == "present" and words[at - 1].key.lstrip("وف") in _NEGATED:
            return _NEGATED[words[at - 1].key.lstrip("وف")]
        if tense:
            return tense
    return untold
