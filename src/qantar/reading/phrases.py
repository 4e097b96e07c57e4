"""Noun phrases: the words that name a speaker, an agent or a target, as they are written."""

from __future__ import annotations

from dataclasses import dataclass

from qantar.reading.rows import Actor
from qantar.reading.words import Word

_MOST = 16
_INSIDE = frozenset({"في", "باسم", "لدي", "بن", "من"})
_VERBS = ("speech_verb", "event_verb", "support")
OPENING, CLOSING = frozenset("\"«“‘'"), frozenset("\"»”’'")


@dataclass(frozen=True, slots=True)
class Phrase:
    """``words[first:last]``, from an offset in the first word; ``named``: an actor's name is in it."""

    first: int
    last: int
    offset: int
    named: bool

    def text(self, words: list[Word], text: str, origin: int) -> str:
        """Its words as written; ``origin`` is the offset of the sentence whose ``text`` is given."""
        start = words[self.first].start + self.offset - origin
        return text[start : words[self.last - 1].end - origin]


def actor_starts(words: list[Word], actors: list[Actor]) -> dict[int, tuple[Actor, int]]:
    """First word of each named mention → (mention, index after its last word)."""
    starts: dict[int, tuple[Actor, int]] = {}
    pending = list(actors)
    for at, word in enumerate(words):
        while pending and pending[0].start < word.end:
            actor = pending.pop(0)
            last = at
            while last < len(words) and words[last].start < actor.end:
                last += 1
            starts[at] = (actor, last)
    return starts


def is_verb(word: Word) -> bool:
    """Whether a word is a finite verb that the lexicons know, and nothing else that is commoner."""
    if word.kind != "arabic" or "function" in word.hits:
        return False
    verbs = [word.hits[c] for c in _VERBS if c in word.hits]
    if verbs:
        return not word.hits.keys() & {"noun", "title", "org_head", "place", "number"} or any(
            hit.preposition == "س" for hit in verbs
        )
    common = word.hits.get("common")
    return (
        common is not None
        and common.entry in ("verb", "imperfect")
        and not word.hits.keys() & {"noun", "given", "family", "event_noun", "title"}
    )


def phrase_at(words: list[Word], at: int, names: dict[int, tuple[Actor, int]], hosted: bool = False) -> Phrase | None:
    """The noun phrase that begins at a word: title, complement and name together (وزير الدفاع في كازاخستان، فلان).

    ``hosted``: a proclitic preposition before the first word belongs to the cue (وفقاً للوزارة), not to the phrase.
    """
    first, cursor, named, definite = at, at, False, False
    while cursor < len(words) and cursor - at < 3 and words[cursor].raw in OPENING:
        cursor += 1
    if cursor >= len(words):
        return None
    first = cursor
    while cursor < len(words) and cursor - first < _MOST:
        if cursor in names and (
            not named
            or names[cursor][0].type != "PER"
            or words[cursor - 1].raw in OPENING | {"(", "،"}
            or not _complete(names, first, cursor)
        ):
            actor, last = names[cursor]
            if named and actor.type == "PER" and cursor > first and words[cursor - 1].key == "و":
                break
            # اتهم الاتحاد الأوروبي بيلاروسيا: two names side by side are two parties, unless a title holds them together.
            if (
                named
                and actor.type != "PER"
                and not any("title" in w.hits for w in words[first:cursor])
                and not words[cursor].key.startswith("و")
            ):
                break
            # انتقد الأمين العام إسرائيل: an idafa is closed by the article.
            if (
                cursor > first
                and not named
                and actor.type != "PER"
                and words[cursor - 1].key.startswith("ال")
                and not words[cursor].key.startswith(("ال", "لل", "بال"))
                and not prefixed(words[cursor])
            ):
                break
            named, definite, cursor = True, True, last
            continue
        step = _goes_on(words, cursor, first, names, definite, named)
        if step == 0:
            break
        definite = definite or words[cursor].key.startswith(("ال", "لل", "وال"))
        cursor += step
    while cursor > first and (
        words[cursor - 1].kind == "mark" and words[cursor - 1].raw not in CLOSING or words[cursor - 1].key in _INSIDE
    ):
        cursor -= 1
    if cursor == first:
        return None
    return Phrase(first, cursor, _offset(words[first], names.get(first), hosted), named)


def _describes(word: Word) -> bool:
    """Whether a definite word can be an adjective or more of a title."""
    common = word.hits.get("common")
    if word.hits.keys() & {"demonym", "ordinal"} or common is not None and common.entry == "adjective":
        return True
    title = word.hits.get("title")
    return not word.hits or title is not None and title.entry[0] in ("honorific", "rank")


def prefixed(word: Word) -> bool:
    """Whether a preposition is written with the word."""
    if word.key.startswith(("لل", "بال")):
        return True
    hits = [hit for category, hit in word.hits.items() if category not in ("speech_verb", "event_verb", "support")]
    return bool(hits) and all(hit.preposition in ("ب", "ل", "ك") for hit in hits)


def _complete(names: dict[int, tuple[Actor, int]], first: int, cursor: int) -> bool:
    """Whether a person stands in the phrase already."""
    return any(first <= at < cursor and actor.type == "PER" for at, (actor, _) in names.items())


def _offset(word: Word, name: tuple[Actor, int] | None, hosted: bool) -> int:
    if name:
        return name[0].start - word.start
    for category in ("title", "org_head", "noun", "common", "place_head", "event_noun", "people", "speech_noun"):
        hit = word.hits.get(category)
        if hit and (hosted or not hit.preposition):
            return hit.start
    if word.key.startswith("لل"):
        return 1 if hosted else 0
    return 1 if word.key.startswith("و") and word.key[1:3] == "ال" else 0


def _goes_on(words: list[Word], at: int, first: int, names: dict, definite: bool, named: bool) -> int:
    """How many words the phrase goes on by."""
    word = words[at]
    if word.kind == "mark":
        if word.raw in ("،", ",") and at > first and at + 1 < len(words):
            after = names.get(at + 1)
            person = after is not None and after[0].type == "PER"
            apposed = "title" in words[at + 1].hits and "speech_verb" not in words[at + 1].hits
            complete = _complete(names, first, at)
            if apposed and not complete:
                apposed = any(n in names and names[n][0].type == "PER" for n in range(at + 2, min(at + 5, len(words))))
            return 1 if (person and not complete) or apposed else 0
        if word.raw in OPENING and at > first and at + 1 in names:
            return 1
        return 1 if word.raw in CLOSING and any(w.raw in OPENING for w in words[first:at]) else 0
    if word.kind != "arabic":
        return 1 if word.kind == "latin" else 0
    if at > first and is_verb(word):
        return 0
    if (
        at > first
        and word.key.startswith("ال")
        and words[at - 1].key.startswith(("ال", "لل", "وال", "بال"))
        and at not in names
    ):
        # A definite noun after a definite one is the object: انتقدت المنظمة الحكم.
        masculine = "title" in words[at - 1].hits and not words[at - 1].key.endswith("ه")
        if not _describes(word) or masculine and word.key.endswith("ه"):
            return 0
    if named and at > first and word.key.startswith("ال") and at not in names and not _describes(word):
        return 0
    if word.key in _INSIDE:
        following = words[at + 1] if at + 1 < len(words) else None
        if word.key == "من":
            open_head = not words[first].key.startswith(("ال", "وال"))
            return (
                1
                if at - first <= 2 and open_head and following is not None and not named and following.kind == "arabic"
                else 0
            )
        return (
            1
            if following is not None
            and at > first
            and not (named and definite and _complete(names, first, at))
            and (at + 1 in names or following.key.startswith("ال"))
            else 0
        )
    if (
        "function" in word.hits
        or "attribution" in word.hits
        or ("time" in word.hits and word.hits["time"].entry[0] in ("weekday", "day", "shift", "part_of_day"))
    ):
        return 0
    if _complete(names, first, at) and not word.key.startswith("ال"):
        return 0  # after a person's name comes what is said
    if at > first and prefixed(word):
        # مصدر بوزارة التموين, الأمين العام للمجلس; but قال مصدر لرويترز, رحب بالخطوات.
        hosts = word.key.startswith("ب") or any(
            "title" in w.hits and w.hits["title"].entry[0] == "head" or w.key in ("العام", "تقرير", "تابع")
            for w in words[first:at]
        )
        return 1 if at in names and hosts and not _complete(names, first, at) else 0
    if definite and at > first and not word.key.startswith(("ال", "وال")) and at not in names:
        return 0  # an idafa is closed; an indefinite noun begins the object
    if (
        at > first
        and "event_noun" in word.hits
        and (word.hits["event_noun"].pronoun or not word.hits["event_noun"].definite and "noun" not in word.hits)
    ):
        return 0
    if "speech_noun" in word.hits and (word.key.endswith("ا") or word.hits["speech_noun"].pronoun):
        return 0
    return 1
