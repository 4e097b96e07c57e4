"""Names of bodies and places: fixed names from the lexicons, and names built on a head (وزارة الداخلية الكازاخية)."""

from __future__ import annotations

from dataclasses import dataclass

from qantar.reading.lexicons import Name, load_lexicon, word_set
from qantar.reading.words import Hit, Word

# Heads that stand outside the name they announce: صحيفة النهار, حزب العدالة والتنمية.
_OUTSIDE = word_set("organisations_outside")
_PURPOSES = word_set("organisations_purposes")
_NOT_NAMING = word_set("organisations_not_naming")
_COORDINATING = word_set("organisations_coordinating")
_GENERIC = word_set("organisations_generic")
_ALWAYS_OUTSIDE = word_set("organisations_always_outside")
_ADMINISTRATIVE = word_set("organisations_administrative")
_PLACED = ("place", "city")
_MORE_THAN_A_NAME = frozenset(
    {
        "noun",
        "function",
        "speech_verb",
        "event_noun",
        "event_verb",
        "title",
        "org_head",
        "common",
        "number",
        "time",
        "month",
        "given",
        "family",
        "hedge",
        "speech_noun",
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A name that was read: it ends before ``words[last]``; offsets are those of the report."""

    last: int
    start: int
    end: int
    type: str
    territory: str | None = None


_FIXED = ("organisation", *_PLACED)


def fixed_at(words: list[Word], at: int) -> Found | None:
    """A name that the lexicons have as it stands: the longest phrase, else a single word."""
    word = words[at]
    traits = word.form.traits
    if "name" not in traits:
        traits["name"] = bool(word.hits.keys() & set(_FIXED) or word.form.phrases & set(_FIXED))
    if not traits["name"]:
        return None
    best: Found | None = None
    for category in _FIXED:
        phrase = load_lexicon().match(words, at, category)
        if phrase and (best is None or at + phrase[1] > best.last):
            name: Name = phrase[3]
            best = Found(
                at + phrase[1], word.start + phrase[0], words[at + phrase[1] - 1].end, name.type, name.territory
            )
    if best:
        return _without_head(words, at, best)
    for category in _FIXED:
        hit = word.hits.get(category)
        if hit and _alone(words, at, category, hit):
            return Found(
                at + 1, word.start + hit.start, word.start + hit.end, hit.entry.type, hit.entry.territory or None
            )
    return None


def _without_head(words: list[Word], at: int, found: Found) -> Found:
    """ولاية الجزيرة, ريف حماة: the head of a place stands outside its name."""
    head = words[at].hits.get("place_head")
    key = (
        words[at].key[len(words[at].key) - len(words[at].key.lstrip("وبلف")) :]
        if words[at].key not in _OUTSIDE
        else words[at].key
    )
    if found.type in ("ORG", "GROUP") and key in _ALWAYS_OUTSIDE and found.last > at + 1 and words[at + 1].key != "الله":
        return Found(found.last, words[at + 1].start, found.end, found.type, found.territory)
    if found.type in ("ORG", "GROUP") and key == "وكاله" and found.last == at + 2:
        return Found(found.last, words[at + 1].start, found.end, found.type, found.territory)
    if (
        found.type in ("GPE", "LOC")
        and head
        and not head.definite
        and words[at].key[head.start :] in _ADMINISTRATIVE
        and found.last > at + 1
    ):
        return Found(found.last, words[at + 1].start, found.end, found.type, found.territory)
    return found


def _alone(words: list[Word], at: int, category: str, hit: Hit) -> bool:
    """Whether a single word is the name, not the ordinary word that is spelt like it."""
    word = words[at]
    if category == "city" and word.hits.keys() & _MORE_THAN_A_NAME:
        after = words[at + 1].key if at + 1 < len(words) else ""
        if (
            at
            and not after.startswith("ال")
            and word.key.startswith("ال")
            and words[at - 1].key in ("من", "الي", "في", "نحو", "العاصمه")
        ):
            return word.key not in _GENERIC and not word.hits.keys() & {
                "function",
                "speech_verb",
                "event_noun",
                "number",
                "time",
                "month",
                "title",
                "org_head",
            }
        listed = at > 0 and hit.conjunction == "و" and bool(words[at - 1].hits.keys() & {"city", "place"})
        return listed or at > 0 and "place_head" in words[at - 1].hits and not words[at - 1].hits["place_head"].definite
    plain = word.hits.keys() & {"function", "speech_verb", "number", "month"}
    if "time" in word.hits and word.hits["time"].entry[0] in ("weekday", "day", "shift"):
        return False
    following = words[at + 1].key if at + 1 < len(words) else ""
    clitics = bool(hit.preposition) + bool(hit.conjunction)
    if clitics and any(
        clitics > bool(h.preposition) + bool(h.conjunction)
        for c, h in word.hits.items()
        if c in ("given", "family", "common", "noun")
    ):
        return False  # كريم is no city of ريم
    if (
        word.hits.keys() & {"common", "noun"}
        and word.key.startswith("ال")
        and following.startswith("ال")
        and words[at - 1].key == "علي"
    ):
        return False  # على الصعيد الأمني
    if following.startswith("راس"):
        return False  # مسقط رأسه
    if plain == {"speech_verb"} and at and words[at - 1].key in ("الي", "في", "من", "عن", "مع"):
        plain = set()
    return not plain and not (hit.preposition and word.hits.keys() & {"noun", "common"} and len(word.key) < 5)


def place_after_head(words: list[Word], at: int) -> Found | None:
    """مدينة طاطا, محافظة ذي قار: a place that no lexicon has, after the word for what it is."""
    if not at or words[at].kind != "arabic":
        return None
    head = words[at - 1].hits.get("place_head")
    if head is None or head.definite or head.pronoun or not _unknown(words[at]) or words[at].key.startswith("لل"):
        return None
    last = at + 1
    if (
        last < len(words)
        and words[last].kind == "arabic"
        and _unknown(words[last])
        and words[last].gap
        and not words[last].key.startswith(("و", "ب", "ل", "ف"))
    ):
        last += 1
    return Found(last, words[at].start, words[last - 1].end, head.entry)


def _unknown(word: Word) -> bool:
    return word.kind == "arabic" and len(word.key) > 2 and not word.hits.keys() - {"city", "place", "given", "family"}


def built_at(words: list[Word], at: int) -> Found | None:
    """A name built on a head: وزارة الصحة, الجيش السوداني, لجنة الأمن القومي, مصرف لبنان."""
    hit = words[at].hits.get("org_head")
    if hit is None or hit.pronoun or hit.entry[2] != "singular":
        return None
    kind, needs, _ = hit.entry
    if hit.preposition == "ب" and words[at].key[1:] in ("قياده", "رءاسه", "اداره"):
        return None  # قوات بقيادة روسيا
    title = words[at].hits.get("title")
    if title and title.entry[0] == "rank" and hit.definite:
        return None  # اللواء الركن
    quoted = _quoted(words, at, hit)
    if quoted:
        return quoted
    head = words[at].key[hit.start :] if len(words[at].key) == len(words[at].raw) else words[at].key
    stem = head.removeprefix("ال") if hit.definite else head
    known = fixed_at(words, at + 1) if at + 1 < len(words) and not hit.definite else None
    if known and stem in _OUTSIDE and known.type != "GPE":
        return None
    chain = _chain(words, at + 1, stem, hit.definite)
    if chain.last == at + 1 or not (chain.named or chain.definite):
        return None
    if hit.definite and not chain.named and needs == "nationality":
        return None
    if stem == "حركه" and not chain.named and words[at + 1].hits.keys() & {"noun", "common", "event_noun"}:
        return None  # حركة المسافرين
    start = words[at].start + hit.start
    if not hit.definite and stem in _ALWAYS_OUTSIDE | {"شركه"}:
        start = words[at + 1].start
    return Found(chain.last, start, words[chain.last - 1].end, kind, chain.territory)


def _quoted(words: list[Word], at: int, head: Hit) -> Found | None:
    """صحيفة "ريتو جينيوس", حزب «الفجر الجديد»: the name is what the quotation marks hold."""
    if head.definite or at + 2 >= len(words) or words[at + 1].raw not in ('"', "«", "“"):
        return None
    for last in range(at + 3, min(at + 8, len(words))):
        if words[last].raw in ('"', "»", "”"):
            return Found(last, words[at + 2].start, words[last - 1].end, head.entry[0])
    return None


@dataclass(slots=True)
class _Chain:
    last: int
    definite: bool = False
    named: bool = False
    territory: str | None = None
    described: bool = False


def _chain(words: list[Word], at: int, stem: str, definite: bool) -> _Chain:
    """The words after a head that belong to its name."""
    chain = _Chain(at)
    while chain.last < len(words) and chain.last - at < 9:
        step = _link(words, chain, stem, definite, chain.last == at)
        if step == 0:
            break
        chain.last += step
    return chain


def _link(words: list[Word], chain: _Chain, stem: str, head_definite: bool, first: bool) -> int:
    """How many words the name goes on by."""
    at = chain.last
    word = words[at]
    if word.kind != "arabic" or word.hits.get("function"):
        return 0
    if word.key in _NOT_NAMING or "time" in word.hits and word.hits["time"].definite:
        return 0
    demonym = word.hits.get("demonym")
    if word.key.startswith(("ال", "لل")):
        return _definite(words, chain, word, demonym, head_definite)
    if word.key.startswith(("وال", "ولل")) and chain.definite and stem in _COORDINATING:
        return 0 if _of_its_own(word) else 1
    place = fixed_at(words, at)
    if place and place.start == word.start and place.type in ("GPE", "LOC") and not (head_definite or chain.definite):
        chain.named, chain.territory = True, chain.territory or place.territory
        return place.last - at
    purpose = word.key[1:] if word.key.startswith("ل") else ""
    if purpose in _PURPOSES and at + 1 < len(words) and (words[at + 1].key.startswith("ال") or fixed_at(words, at + 1)):
        place = fixed_at(words, at + 1)
        return 1 + (place.last - at - 1 if place else 0)
    # An idafa ends with its first definite word.
    if head_definite or chain.definite or chain.named:
        return 0
    if _construct(words, at):
        return 1
    if (
        first
        and not word.hits
        and len(word.key) > 2
        and stem in ("شركه", "بنك", "مجموعه", "موسسه", "معهد", "جامعه", "مستشفي", "نادي", "مصرف", "كليه")
    ):
        chain.named = True
        return 1
    return 0


def _definite(words: list[Word], chain: _Chain, word: Word, demonym: Hit | None, head_definite: bool) -> int:
    title = word.hits.get("title")
    if (
        title
        and title.definite
        and title.entry[0] != "honorific"
        and "event_noun" not in word.hits
        and word.raw not in ("الأمانة", "العدل")
    ):
        return 0
    if "place" in word.hits and not demonym and chain.definite and word.key.startswith("ال"):
        return 0
    if chain.definite and ("time_unit" in word.hits or "people" in word.hits):
        return 0
    # After a nationality only another adjective goes on: الجيش السوري الحر.
    if (
        chain.named
        and chain.definite
        and not (demonym or word.hits.get("common") and word.hits["common"].entry == "adjective")
    ):
        return 0
    common = word.hits.get("common")
    if (
        head_definite
        and not chain.definite
        and not word.key.startswith("لل")
        and common is not None
        and common.entry in ("noun", "masdar")
    ):
        return 0  # ستعلن اللجنة النتائج
    adjective = bool(demonym) or bool(common and common.entry == "adjective") or "ordinal" in word.hits
    # After an adjective only adjectives go on, and what ل brings in; a plural describes people, not the body.
    if chain.named and not chain.definite and word.key.startswith("لل"):
        return 0
    if chain.named and not chain.definite and not adjective:
        return 0  # رفع مصرف لبنان الفائدة
    if chain.described and not word.key.startswith("لل") and (not adjective or word.key.endswith(("ين", "ون"))):
        return 0
    if adjective and word.key.endswith(("ين", "ون")) and chain.definite:
        return 0
    chain.described = chain.described or (
        adjective and not word.key.startswith("لل") and chain.last > 0 and "noun" not in word.hits
    )
    if word.key.startswith("لل"):
        chain.described = True
    if not chain.definite and word.key in _GENERIC:
        return 0  # شرطة المحافظة names no body
    chain.definite = True
    if demonym and demonym.definite:
        chain.named = True
        chain.territory = chain.territory or demonym.entry or None
    elif word.hits.get("place") and word.key.startswith("ال"):
        chain.named = True
    return 1


def _of_its_own(word: Word) -> bool:
    """Whether what و adds is another actor, not more of the name."""
    if word.hits.keys() & {"org_head", "title", "place", "people", "organisation"}:
        return True
    noun = word.hits.get("noun")
    return noun is not None and noun.entry.kind in ("person", "fate")


def _construct(words: list[Word], at: int) -> bool:
    """An indefinite noun inside a name: حقوق in لجنة حقوق الإنسان."""
    word = words[at]
    if at + 1 >= len(words) or not word.hits.keys() & {
        "noun",
        "common",
        "org_head",
        "event_noun",
        "place_head",
        "title",
    }:
        return False
    if any(hit.preposition or hit.conjunction or hit.pronoun for hit in word.hits.values()):
        return False
    following = words[at + 1]
    return (
        following.key.startswith("ال")
        or bool(fixed_at(words, at + 1))
        or (at + 2 < len(words) and "noun" in following.hits and words[at + 2].key.startswith("ال"))
    )
