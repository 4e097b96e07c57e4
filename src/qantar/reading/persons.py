"""Names of persons: after a title, from given names, and by last name alone once the full name has been told.

Arabic writes no capitals. A name is recognised by what announces it (a title, a verb of saying), by given and family names
that the lexicons have, and by words that no lexicon of ordinary words has.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from qantar.arabic import fold
from qantar.reading.lexicons import table, word_set
from qantar.reading.words import Word

MOST = 6
# The second part of names such as نور الدين, عبد الله, سيف الإسلام.
_THEOPHORIC = word_set("persons_theophoric")
_SAYS = frozenset({"ان", "،", ",", ":", '"', "«", "“", "الي", "عن", "في"})
# وهما فلان وفلان: pronouns that point at the names that follow.
_POINTING = ("هما", "وهم", "وهو", "وهي")
_ORDINARY = frozenset(
    {
        "noun",
        "common",
        "title",
        "org_head",
        "event_noun",
        "event_verb",
        "speech_verb",
        "speech_noun",
        "support",
        "place_head",
        "number",
        "time",
        "time_unit",
        "month",
        "money",
        "hedge",
        "role",
        "ordinal",
        "attribution",
        "opener",
        "identifier",
    }
)
_NAMES = frozenset({"given", "family"})
_LINKS = word_set("persons_links")


@functools.cache
def _endings() -> tuple[str, ...]:
    """Endings of family names that no Arabic word has: ـاييف, ـفيتش, ـشفيلي."""
    return tuple(fold(row["part"]) for row in table("name_parts") if row["role"] == "ending")


def is_family(word: Word) -> bool:
    """Whether an unknown word ends as only family names do."""
    return (
        word.kind == "arabic" and not word.hits.keys() - _NAMES and len(word.key) > 5 and word.key.endswith(_endings())
    )


@dataclass
class Persons:
    """The persons named so far: last name (or kunya) → full name. Later mentions by last name are theirs."""

    known: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, keys: tuple[str, ...]) -> None:
        """Notes a person under the last part of the name."""
        if len(keys) > 1 and len(keys[-1]) > 2:
            self.known[keys[-1]] = name
            if keys[-2] in ("بن", "ابن", "ال", "ابو", "ابي", "عبد"):
                self.known[f"{keys[-2]} {keys[-1]}"] = name


@dataclass(frozen=True, slots=True)
class Person:
    """A person's name: ``words[first:last]`` from an offset in its first word."""

    last: int
    start: int
    end: int
    keys: tuple[str, ...]


def without_clitics(word: Word) -> Iterator[tuple[str, int]]:
    """(key, offset) of a word as it stands and without the proclitics it may have."""
    key = word.key
    yield key, 0
    if len(key) > 3 and key[0] in "وفبلك":
        yield key[1:], 1
        if key.startswith("لل"):
            yield "ال" + key[2:], 1
        if key[0] in "وف" and key[1] in "بلك" and len(key) > 4:
            yield key[2:], 2


def again_at(words: list[Word], at: int, persons: Persons) -> tuple[Person, str] | None:
    """A person mentioned again by last name alone, and the full name."""
    word = words[at]
    if word.kind != "arabic" or not persons.known:
        return None
    variants = word.form.traits.get("variants")
    if variants is None:
        variants = word.form.traits["variants"] = tuple(without_clitics(word))
    for key, offset in variants:
        if at + 1 < len(words):
            pair = f"{key} {words[at + 1].key}"
            if pair in persons.known:
                return Person(at + 2, word.start + offset, words[at + 1].end, (pair,)), persons.known[pair]
        name = persons.known.get(key)
        if name and not _ordinary_here(words, at, offset):
            return Person(at + 1, word.start + offset, word.end, (key,)), name
    return None


def _ordinary_here(words: list[Word], at: int, offset: int) -> bool:
    """Whether a last name that is an ordinary word too is that word here."""
    if not words[at].hits.keys() & (_ORDINARY | {"function", "place"}):
        return False
    before = words[at - 1] if at else None
    if words[at].key[offset:].startswith("ال"):
        # An adjective describes a definite noun before it; without one it is the name (للربيعي).
        return not offset and before is not None and before.key.startswith(("ال", "لل", "وال", "بال"))
    verbs = {"speech_verb", "event_verb", "title"}
    spoken = before is not None and (
        before.hits.keys() & verbs or before.hits.get("common") and before.hits["common"].entry in ("verb", "imperfect")
    )
    after = words[at + 1] if at + 1 < len(words) else None
    return bool(offset) or not (spoken or after is not None and "speech_verb" in after.hits)


def name_at(words: list[Word], at: int, titled: bool, adjacent: bool, after_person: bool) -> Person | None:
    """The name that begins here.

    ``titled``: a title was opened before; ``adjacent``: it is the word before; ``after_person``: a person was named just
    before, and only a comma or و lies between.
    """
    word = words[at]
    offset = _start(word, at + 1 < len(words) and words[at + 1].key in _THEOPHORIC and (titled or after_person))
    if offset is None:
        return None
    first = _strength(words, at, offset, adjacent, titled)
    unknown = at + 1 < len(words) and words[at + 1].kind == "arabic" and not words[at + 1].hits
    # الرئيس التنفيذي لجازبروم، فلان: the preposition shows that the title goes on.
    if word.key.startswith("ل") and not word.hits and at + 1 < len(words) and words[at + 1].raw in ("،", ","):
        return None
    if first == 0 and not (
        after_person and unknown and word.hits.keys() <= {"common", "event_verb", "speech_verb", "city"}
    ):
        return None
    last = at + 1
    while last < len(words) and last - at < MOST and _continues(words, last):
        last += 1
    while last - at > 1 and "name_part" in words[last - 1].hits and words[last - 1].hits["name_part"].entry == "joins":
        last -= 1
    count = last - at
    spoken = at > 0 and ("speech_verb" in words[at - 1].hits or words[at - 1].key.endswith(_POINTING))
    apposed = last + 1 < len(words) and words[last].key in ("،", ",", "(") and "title" in words[last + 1].hits
    # Two unknown words are a name only where something announces one.
    enough = (
        (titled and (count > 1 or adjacent or first == 2))
        or (count > 1 and (first == 2 or spoken or apposed or after_person))
        or (count == 1 and spoken and not word.hits and last < len(words) and words[last].key in _SAYS)
        or (count == 1 and is_family(word))
    )
    if not enough:
        return None
    keys = (words[at].key[offset:], *(w.key for w in words[at + 1 : last]))
    return Person(last, word.start + offset, words[last - 1].end, keys)


def _start(word: Word, at_theophoric: bool) -> int | None:
    """The offset at which a name may begin in a word; None if none can."""
    if word.kind != "arabic":
        return None
    for category in ("given", "name_part", "family"):
        hit = word.hits.get(category)
        if hit:
            return hit.start
    if at_theophoric:
        return next(iter(word.hits.values())).start if word.hits else 0
    verbs = word.key.startswith("و") and not word.hits.keys() - {"common", "event_verb", "city"}
    if verbs or not word.hits or not word.hits.keys() - {"demonym", "city", "money"}:
        return 1 if word.key.startswith("و") and len(word.key) > 3 else 0
    return None


def _strength(words: list[Word], at: int, offset: int, adjacent: bool, titled: bool) -> int:
    """0: no name begins here; 1: an unknown word; 2: a name that the lexicons have."""
    word = words[at]
    if word.key.startswith("ال") and not offset:
        return (
            1
            if adjacent
            and not word.hits.keys() & (_ORDINARY | {"demonym", "function", "place", "city", "organisation", "people"})
            else 0
        )
    if "function" in word.hits and word.raw[offset:] != "علي":
        return 0
    before = words[at - 1] if at else None
    if (
        word.key.startswith("باسم")
        and before is not None
        and (
            any("title" in w.hits for w in words[max(0, at - 3) : at])
            or before.key.startswith("المعروف")
            or before.key in ("الرسمي", "تحدث", "يتحدث")
        )
    ):
        return 0  # المتحدث باسم
    hit = word.hits.get("given") or word.hits.get("name_part") or word.hits.get("family")
    if hit:
        named = at + 1 < len(words) and (
            words[at + 1].hits.keys() & (_NAMES | {"name_part"})
            or not words[at + 1].hits
            and words[at + 1].kind == "arabic"
        )
        if "demonym" in word.hits and not named:
            return 0  # جندي تركي
        if at + 1 < len(words) and words[at + 1].key in _THEOPHORIC and "given" in word.hits:
            return 2
        if word.hits.keys() & _ORDINARY and not (
            at + 1 < len(words) and words[at + 1].hits.keys() & (_NAMES | {"name_part"})
        ):
            unknown = at + 1 < len(words) and words[at + 1].kind == "arabic" and not words[at + 1].hits
            return (
                1
                if (adjacent or unknown or (titled and "given" in word.hits))
                and not word.hits.keys() & {"speech_verb", "event_noun", "title", "org_head"}
                else 0
            )
        return 2 if "given" in word.hits or "name_part" in word.hits else 1
    if word.hits.keys() & _ORDINARY and not (at + 1 < len(words) and words[at + 1].key in _THEOPHORIC):
        return 0
    return 1 if len(word.key) > 2 and not word.hits.keys() & {"place", "organisation"} else 0


def _continues(words: list[Word], at: int) -> bool:
    """Whether a word goes on with the name before it."""
    word, before = words[at], words[at - 1]
    if word.raw in (".",) and len(before.key) == 1 and not word.gap:
        return at + 1 < len(words) and words[at + 1].kind == "arabic"
    if before.raw == "." and word.kind == "arabic":
        return True
    if (
        word.raw == "-"
        and not word.gap
        and at + 1 < len(words)
        and not words[at + 1].gap
        and words[at + 1].kind == "arabic"
    ):
        return True
    if word.kind != "arabic":
        return False
    if word.key in _THEOPHORIC:
        return True
    ordinal = word.hits.get("ordinal")
    if ordinal and ordinal.definite and ("given" in before.hits or before.key in _THEOPHORIC):
        return True  # محمد السادس
    joined = before.hits.get("name_part")
    if joined and joined.entry == "joins":
        return "function" not in word.hits
    if "function" in word.hits and word.raw != "علي":
        return False
    names = [word.hits[c] for c in ("given", "family", "name_part") if c in word.hits]
    if names:
        plain = word.hits.keys() & (_ORDINARY - {"noun", "common", "event_noun", "title"})
        return not any(hit.conjunction or hit.preposition for hit in names) and not plain
    if word.key.startswith("ال") and "demonym" in word.hits and _closes(words, at):
        return True
    if word.hits.keys() & (_ORDINARY | {"organisation", "place"}):
        return _second(words, at)
    if word.key.startswith("ال"):
        return "demonym" not in word.hits or _closes(words, at)
    if len(word.key) > 4 and word.key.endswith("ات"):
        return False  # a plural that no lexicon has
    if word.key.startswith("لل"):
        return False
    return (
        len(word.key) > 1
        and not word.key.startswith(("و", "ب", "ل"))
        or ("و" != word.key[0] and not word.hits and len(word.key) > 3)
    )


def _closes(words: list[Word], at: int) -> bool:
    """Whether a nationality is the last name (محمد شياع السوداني), since the clause goes on after it."""
    after = words[at + 1] if at + 1 < len(words) else None
    return after is None or after.kind == "mark" or "function" in after.hits or "speech_verb" in after.hits


def _second(words: list[Word], at: int) -> bool:
    """The last name after a given name may be an ordinary word: ناصر الدفاعي, سمير خوري, مصطفى حاج قدور."""
    word, before = words[at], words[at - 1]
    given = before.hits.get("given")
    if given is None or word.hits.keys() & {
        "speech_verb",
        "event_verb",
        "support",
        "time",
        "time_unit",
        "place",
        "organisation",
        "attribution",
        "month",
    }:
        return False
    if any(hit.conjunction or hit.preposition or hit.pronoun for hit in word.hits.values()):
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    ends = after is None or not after.key.startswith("ال")  # محمد رئيس الوزراء
    return ends and (
        not word.key.startswith("ال") or "common" in word.hits and word.hits["common"].entry == "adjective"
    )


def keeps_title(words: list[Word], at: int) -> bool:
    """Whether the complement of a title goes on over this word: وزير الداخلية المؤقت في كازاخستان، ..."""
    word = words[at]
    if word.kind == "mark":
        return word.raw in ("،", ",", "(", ")", '"', "«", "“")
    if word.kind != "arabic":
        return False
    if word.key in _LINKS or "place" in word.hits or "organisation" in word.hits or "demonym" in word.hits:
        return True
    if "function" in word.hits or "speech_verb" in word.hits or "event_verb" in word.hits:
        return word.key.startswith("ال") and "function" not in word.hits
    if word.key.startswith(("ال", "لل", "وال", "بال")):
        return "time" not in word.hits
    if word.key.startswith("ل") and len(word.key) > 4:
        return True
    return bool(word.hits.keys() & {"title", "org_head", "noun", "common", "place_head", "event_noun", "city"})
