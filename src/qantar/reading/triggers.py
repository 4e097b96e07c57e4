"""The words that name events: which rows of the lexicon of triggers hold where.

A row may ask for company (``needs``): إطلاق is violence before نار, and a release before سراح.
"""

from __future__ import annotations

import dataclasses
import functools
from dataclasses import dataclass

from qantar.arabic import fold
from qantar.reading import inflection
from qantar.reading.lexicons import Row, Verb, items, table, word_set
from qantar.reading.words import Hit, Word

# Verbs that only bring about the event that their object names.
_CARRYING = word_set("events_carrying")


_HEADS = word_set("events_heads")


_PAST = Verb((), inflection.PERFECT, False)


@dataclass(frozen=True, slots=True)
class Trigger:
    at: int
    hit: Hit
    row: Row
    verb: bool


@functools.cache
def _blockers() -> frozenset[str]:
    return frozenset(fold(row["head"]) for row in table("not_events"))


@functools.cache
def _needs(cell: str) -> tuple[str, frozenset[str]]:
    """(object, before or after; the folded words) of a condition."""
    kind, _, listed = cell.partition(":")
    return kind, frozenset(fold(word) for word in items(listed))


def triggers_in(words: list[Word], inside: set[int], cues: set[int]) -> list[Trigger]:
    found: list[Trigger] = []
    skip: set[int] = set()
    for at, word in enumerate(words):
        if word.kind != "arabic" or at in inside or at in skip:
            continue
        trigger = _trigger(words, at, at in cues)
        if trigger is None:
            continue
        kind, listed = _needs(trigger.row["needs"]) if trigger.row["needs"] else ("", frozenset())
        if (
            trigger.verb
            and trigger.row["lemma"] in ("اجتاح", "ضرب")
            and at + 1 < len(words)
            and "event_noun" in words[at + 1].hits
        ):
            continue  # اجتاحت فيضانات القرى: the flood is the event
        if kind == "before":
            skip.update(
                n for n in (at + 1, at + 2) if n < len(words) and _bare(words[n]) & listed
            )  # وقف إطلاق النار is one event
        nouns = _event_object(words, at, listed, inside) if kind == "object" else None
        if nouns is not None and trigger.row["lemma"] in _CARRYING:
            continue  # فرض حالة الطوارئ: the noun is the event
        if nouns is not None:
            skip.add(nouns)  # إرسال تعزيزات: the sending is
        found.append(trigger)
    return found


# What the lexicon of triggers does not have: other things done, told in a finite verb.
_OTHER = {"lemma": "", "class": "other", "needs": "", "pos": "verb"}


def _trigger(words: list[Word], at: int, cue: bool) -> Trigger | None:
    return _listed(words, at, cue) or (None if cue else _unlisted(words, at))


def _unlisted(words: list[Word], at: int) -> Trigger | None:
    """A finite verb of the past or the future that tells of something done, or a verbal noun with its object."""
    word = words[at]
    hit = word.hits.get("common")
    listed = word.hits.get("event_verb")
    if listed and hit is None and not listed.pronoun:
        feature = {inflection.PERFECT: "verb", inflection.IMPERFECT: "imperfect"}.get(listed.entry.feature, "")
        hit = dataclasses.replace(listed, entry=feature)
    if hit is not None and hit.preposition == "س" and any(not h.preposition for h in word.hits.values()):
        return None  # سيف is no verb
    if hit is None or word.hits.keys() & {
        "function",
        "light",
        "support",
        "speech_verb",
        "number",
        "time",
        "month",
        "title",
        "hedge",
    }:
        return None
    before = words[at - 1].key.lstrip("وف") if at else ""
    # A final alef is tanwin more often than the dual of a verb, a pronoun more often a possessor.
    if hit.entry in ("verb", "ambiguous") and (
        hit.definite or hit.pronoun or (word.key.endswith("ا") and not word.key.endswith("وا") and len(word.key) > 3)
    ):
        return None
    if hit.entry == "masdar":
        return Trigger(at, hit, {**_OTHER, "lemma": word.key, "pos": "noun"}, False) if _done(words, at, hit) else None
    if hit.entry == "ambiguous" and at_head(words, at, hit):
        hit = dataclasses.replace(hit, entry="verb")
    coming = hit.entry == "imperfect" and (hit.preposition == "س" or before in ("سوف", "لن", "لم"))
    if hit.entry != "verb" and not coming:
        return None
    other = {"noun", "given", "family", "place", "city", "event_noun", "org_head"}
    if word.hits.keys() & other and hit.preposition != "س" and not (word.key.endswith("ت") and hit.entry == "verb"):
        return None
    if not _verbal(
        words, at, Hit(_PAST, hit.start, hit.end, hit.definite, hit.conjunction, hit.preposition, hit.pronoun), _OTHER
    ):
        return None
    return Trigger(at, hit, {**_OTHER, "lemma": word.key}, True)


def _done(words: list[Word], at: int, hit: Hit) -> bool:
    """توزيع ألف خيمة, حماية المتظاهرين: an indefinite verbal noun before what it is done to."""
    if (
        hit.definite
        or hit.pronoun
        or hit.conjunction == "ف"
        or words[at].hits.keys() & {"noun", "event_noun", "org_head", "place_head", "speech_noun"}
    ):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.kind == "mark":
        return False
    counted = after.hits.get("number")
    return after.kind == "number" or bool(counted and not counted.preposition) or after.key.startswith("ال")


def _listed(words: list[Word], at: int, cue: bool) -> Trigger | None:
    word = words[at]
    function = word.hits.get("function")
    for category in ("event_verb", "event_noun"):
        hit = word.hits.get(category)
        if hit is None or (function and not hit.definite):
            continue
        # أسرة is a family before it is أسر with a pronoun.
        plainer = [word.hits[c] for c in ("noun", "common", "title", "org_head") if c in word.hits]
        if (
            hit.pronoun
            and any(not p.pronoun for p in plainer)
            or hit.conjunction
            and any(not p.conjunction for p in plainer)
        ):
            continue
        if (
            category == "event_verb"
            and not hit.pronoun
            and word.key.endswith("ا")
            and not word.key.endswith("وا")
            and word.hits.keys() & {"time", "noun", "common"}
        ):
            continue  # فجراً is a time of day, not a dual
        if at and words[at - 1].key in ("ما", "لا") and word.key[1:] in ("زيد", "قل", "قلون", "تجاوز"):
            continue  # ما لا يقل عن
        row = _row(words, at, hit, cue)
        if row is None and "ُ" in word.raw[:4] and category == "event_verb":
            # عُيّن: the vowel leaves no doubt that it is a verb.
            row = next(
                (r for r in hit.entry.rows if r["class"] in ("appointment", "dismissal", "arrest", "killing")), None
            )
            row = row if row is not None and "support" not in word.hits else None
        if row is None:
            continue
        verb = category == "event_verb"
        if verb and not _verbal(words, at, hit, row):
            continue
        if not verb and not _nominal(words, at, hit, row):
            continue
        if cue or ("support" in word.hits and verb):
            if not row["needs"]:
                continue
        return Trigger(at, hit, row, verb)
    return None


def _row(words: list[Word], at: int, hit: Hit, cue: bool) -> Row | None:
    """The row that holds here: one whose condition is met before one without."""
    plain = None
    for row in hit.entry.rows:
        if not row["needs"]:
            plain = plain or row
        elif _met(words, at, row["needs"]):
            return row
    return plain


def _met(words: list[Word], at: int, cell: str) -> bool:
    kind, listed = _needs(cell)
    if kind == "before":
        # An adjective may stand between: وقف فوري لإطلاق النار.
        between = (
            at + 2 < len(words)
            and words[at + 1].hits.get("common")
            and words[at + 1].hits["common"].entry == "adjective"
        )
        return any(_bare(words[n]) & listed for n in range(at + 1, min(len(words), at + 2 + bool(between))))
    if kind == "after":
        return at > 0 and bool(_bare(words[at - 1]) & listed)
    complement = _complement(words, at)
    if any(_bare(words[n]) & listed for n in complement):
        return True
    # A list that names a person means any person.
    return "شخص" in listed and any(_person(words, n) for n in complement)


def _aside(words: list[Word], comma: int) -> int:
    """Index of the comma that closes an aside: ، ليلة أمس، or ، التي تقودها روسيا،; 0 if none does."""
    reach = 16 if comma + 1 < len(words) and words[comma + 1].key in ("التي", "الذي", "الذين") else 6
    return next((n for n in range(comma + 1, min(comma + reach, len(words))) if words[n].raw in ("،", ",")), 0)


def _person(words: list[Word], at: int) -> bool:
    """Whether a word stands for people: a noun for them, or a number that counts them (تسعة منهم)."""
    noun = words[at].hits.get("noun")
    if noun is not None:
        return noun.entry.kind in ("person", "fate")
    counts = words[at].kind == "number" or "number" in words[at].hits
    return (
        "people" in words[at].hits or counts and at + 1 < len(words) and words[at + 1].key in ("منهم", "اخرين", "اخرون")
    )


def _complement(words: list[Word], at: int) -> range:
    """The words in which the object of a trigger is looked for: up to the next mark, verb or conjunction."""
    last = at + 1
    while last < len(words) and last - at < 24:
        word = words[last]
        if word.raw in ("،", ",") and (close := _aside(words, last)):
            last = close + 1  # أوقفت الشرطة، ليلة أمس، تسعة عشر شخصاً
            continue
        if (
            word.kind == "mark"
            and word.raw not in ('"', "«", "“")
            or word.key in ("ان", "الذي", "التي", "فيما", "بينما", "و", "الي")
        ):
            break
        counting = words[last - 1].key in ("ما", "لا")  # ما يزيد على 200 جندي
        if last > at + 1 and "speech_verb" in word.hits and "noun" not in word.hits and not counting:
            break
        last += 1
    return range(at + 1, last)


def _bare(word: Word) -> frozenset[str]:
    """The folded word, and what it is without proclitics, article and tanwin."""
    forms = {word.key}
    for prefix in ("ال", "ب", "ل", "بال", "لل", "و", "وال", "ف"):
        if word.key.startswith(prefix) and len(word.key) - len(prefix) > 1:
            forms.add(word.key[len(prefix) :])
    forms |= {form[:-1] for form in forms if form.endswith("ا") and len(form) > 3}
    return frozenset(forms)


def _event_object(words: list[Word], at: int, listed: frozenset[str], inside: set[int]) -> int | None:
    """Index of the object that is an event noun itself."""
    for n in _complement(words, at):
        hit = words[n].hits.get("event_noun")
        if n not in inside and hit and _bare(words[n]) & listed:
            if any(not row["needs"] or _met(words, n, row["needs"]) for row in hit.entry.rows):
                return n
    return None


def _verbal(words: list[Word], at: int, hit: Hit, row: Row) -> bool:
    """Whether a form that may be a verb is one here."""
    word = words[at]
    before = words[at - 1] if at else None
    if hit.entry.feature == inflection.JUSSIVE and not (before is not None and before.key.lstrip("وف") == "لم"):
        return False
    nouns = word.hits.keys() & {
        "noun",
        "event_noun",
        "title",
        "org_head",
        "given",
        "family",
        "place",
        "place_head",
        "number",
        "month",
        "people",
        "demonym",
    }
    if (
        before is not None
        and before.kind == "arabic"
        and before.key
        in (
            "في",
            "من",
            "الي",
            "علي",
            "عن",
            "بعد",
            "قبل",
            "منذ",
            "كل",
            "هذا",
            "هذه",
            "ذلك",
            "خلال",
            "اثر",
            "عقب",
            "ضد",
            "بين",
            "مع",
        )
    ):
        return False
    if nouns and not hit.preposition:
        # A noun by its spelling: a verb only where a verb can stand, at the head of a clause.
        vowelled = "ُ" in word.raw
        return bool(at_head(words, at, hit) or vowelled) and not (
            hit.entry.feature != inflection.PERFECT and "noun" in nouns
        )
    adjective = "common" in word.hits and word.hits["common"].entry == "adjective"
    return not adjective or hit.entry.feature == inflection.PERFECT


def at_head(words: list[Word], at: int, hit: Hit) -> bool:
    """Whether a verb can stand here, at the head of a clause."""
    before = words[at - 1] if at else None
    return before is None or before.kind == "mark" or before.key in _HEADS or bool(hit.conjunction)


def _nominal(words: list[Word], at: int, hit: Hit, row: Row) -> bool:
    """Whether a noun names an event here, not a body, a person or a thing."""
    word = words[at]
    before = words[at - 1] if at else None
    head = before is not None and not before.key.startswith(("ال", "وال", "بال", "لل"))
    if head and before is not None and _bare(before) & _blockers() and not hit.preposition:
        return False
    if hit.entry.feature == inflection.PARTICIPLE:
        return before is not None and before.kind == "arabic" and before.key not in ("في", "من") and not hit.definite
    title = word.hits.get("title")
    return (
        title is None
        or "event_noun" in word.hits
        and hit.definite == title.definite
        and not row["pos"] == "verb"
        or title.entry[0] != "head"
    )
