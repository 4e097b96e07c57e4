"""Every named mention of an actor: persons, organisations, states, places, groups.

The outermost name counts; titles and generic heads (مدينة, الرئيس) stand outside, an acronym is a mention of its own.
Persons are followed through the report: a last name alone is the person that was named in full before.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qantar.reading import organisations, persons
from qantar.reading.lexicons import load_lexicon
from qantar.reading.persons import Persons
from qantar.reading.rows import Actor
from qantar.reading.words import Word

_REACH = 12
_NICKNAMES = frozenset({"المعروف", "الملقب", "المكني", "المعروفه", "الملقبه"})


@dataclass
class Memory:
    """What the report has named so far."""

    persons: Persons = field(default_factory=Persons)
    acronyms: dict[str, str] = field(default_factory=dict)


def find(words: list[Word], memory: Memory) -> list[Actor]:
    """The named mentions of a sentence in order; they do not overlap. What they name is added to ``memory``."""
    found: list[Actor] = []
    title, at = -1, 0
    while at < len(words):
        word = words[at]
        read = (
            None
            if _nameless(word, memory)
            else _acronym(words, at, found, memory)
            or _body(words, at)
            or _person(words, at, title, found, memory)
            or _single(words, at)
        )
        if read is not None:
            actor, last = read
            found.append(actor)
            if actor.type == "PER":
                title = -1
            at = last
            continue
        phrase = load_lexicon().match(words, at, "title") if word.form.openings else None
        hit = word.hits.get("title")
        if phrase and "org_head" not in words[at + phrase[1] - 1].hits:
            title = at = at + phrase[1] - 1
        elif hit and word.kind == "arabic":
            title = at
        elif title >= 0 and (at - title > _REACH or not persons.keeps_title(words, at)):
            title = -1
        at += 1
    return found


def _actor(found: organisations.Found) -> tuple[Actor, int]:
    return Actor(found.start, found.end, "", found.type, "", found.territory), found.last


_NAMEY = frozenset({"organisation", "place", "city", "given", "family", "name_part", "org_head", "people", "demonym"})


def _nameless(word: Word, memory: Memory) -> bool:
    """Whether a spelling can begin no name: it has a reading, and none is a name's."""
    traits = word.form.traits
    if "nameless" not in traits:
        ordinary = word.kind == "arabic" and word.hits and not word.hits.keys() & _NAMEY and not word.form.phrases
        traits["nameless"] = bool(ordinary) and not word.hits.keys() <= {"common", "event_verb", "speech_verb", "money"}
        traits["variants"] = tuple(persons.without_clitics(word))
    return (
        traits["nameless"]
        and not any(key in memory.persons.known for key, _ in traits["variants"])
        and word.key not in memory.acronyms
    )


def _body(words: list[Word], at: int) -> tuple[Actor, int] | None:
    """The longer of a fixed name of several words and a name built on a head."""
    if words[at].kind not in ("arabic", "latin"):
        return None
    fixed = organisations.fixed_at(words, at)
    if fixed is not None and fixed.last == at + 1:
        fixed = None
    built = organisations.built_at(words, at)
    after = fixed.last if fixed else at
    if fixed and fixed.type == "GPE" and after < len(words) and persons.is_family(words[after]):
        # نور سلطان نزارباييف: the city has its name from him.
        return Actor(
            fixed.start,
            words[after].end,
            "",
            "PER",
            _written(words, Actor(fixed.start, words[after].end, "", "PER", "")),
        ), after + 1
    best = max((name for name in (fixed, built) if name), key=lambda name: name.last, default=None)
    return _actor(best) if best else None


def _single(words: list[Word], at: int) -> tuple[Actor, int] | None:
    fixed = organisations.fixed_at(words, at) or organisations.place_after_head(words, at)
    if fixed is not None:
        return _actor(fixed)
    people = words[at].hits.get("people")
    if people and not people.pronoun and not _adjective(words, at, people.definite):
        return Actor(
            words[at].start + people.start, words[at].start + people.end, "", "GROUP", "", people.entry or None
        ), at + 1
    return None


def _adjective(words: list[Word], at: int, definite: bool) -> bool:
    """Whether a plural of a nationality describes the noun before it (الصحفيين السودانيين)."""
    if not definite:
        return True
    before = words[at - 1] if at else None
    if before is None or before.kind != "arabic":
        return False
    return (
        before.key.startswith(("ال", "وال", "لل", "بال"))
        or before.hits.keys() & {"noun"} != set()
        and before.key.endswith(("هم", "ها"))
    )


def _person(words: list[Word], at: int, title: int, found: list[Actor], memory: Memory) -> tuple[Actor, int] | None:
    previous = found[-1] if found and found[-1].type == "PER" else None
    if previous and _nickname(words, at):
        last = at + 1
        while (
            last < len(words)
            and words[last].kind == "arabic"
            and last - at < 3
            and words[last - 1].key in ("ابو", "ام", "ابا", "ابي", "ال")
        ):
            last += 1
        memory.persons.known[" ".join(w.key for w in words[at:last])] = previous.actor
        return Actor(words[at].start, words[last - 1].end, "", "PER", previous.actor), last
    between = [w.key for w in words[max(0, at - 2) : at]]
    after_person = (
        bool(previous)
        and previous.end >= (words[max(0, at - 2)].start if at else 0) - 1
        and any(k in ("،", "و") for k in (*between, words[at].key[:1]))
    )
    adjacent = title >= 0 and title == at - 1
    name = persons.name_at(words, at, title >= 0, adjacent, after_person)
    again = persons.again_at(words, at, memory.persons)
    if again and (name is None or name.last <= again[0].last):
        return Actor(again[0].start, again[0].end, "", "PER", again[1]), again[0].last
    if name is None:
        return None
    full = "".join((" " if n and w.gap else "") + w.raw for n, w in enumerate(words[at : name.last]))[
        name.start - words[at].start :
    ]
    memory.persons.add(full, name.keys)
    return Actor(name.start, name.end, "", "PER", full), name.last


def _nickname(words: list[Word], at: int) -> bool:
    """المعروف بـ"أبو قرون": what follows is another name of the person before."""
    if words[at].kind != "arabic":
        return False
    before = [w.key for w in words[max(0, at - 3) : at]]
    return any(key in _NICKNAMES for key in before) and all(
        key in _NICKNAMES or key in ("ب", '"', "«", "“", "'", "باسم") for key in before[-2:]
    )


def _acronym(words: list[Word], at: int, found: list[Actor], memory: Memory) -> tuple[Actor, int] | None:
    """(KNB), (إيغاد): an acronym in brackets after the name it stands for; alone later on."""
    word = words[at]
    if (
        word.kind == "latin"
        and word.raw.isupper()
        and len(word.raw) > 1
        and "money" not in word.hits
        and "noun" not in word.hits
    ):
        return _acronym_actor(words, at, found, memory)
    if word.key in memory.acronyms and word.kind == "arabic":
        return Actor(word.start, word.end, "", "ORG", memory.acronyms[word.key]), at + 1
    bracketed = (
        0 < at < len(words) - 1 and words[at - 1].raw in ("(", '"', "«") and words[at + 1].raw in (")", '"', "»")
    )
    if (
        not bracketed
        or words[at - 1].raw != "("
        or word.kind != "arabic"
        or not found
        or found[-1].type not in ("ORG", "GROUP")
    ):
        return None
    return (
        _acronym_actor(words, at, found, memory)
        if found[-1].end + 3 >= word.start and not word.key.startswith("ال")
        else None
    )


def _written(words: list[Word], actor: Actor) -> str:
    """The words of a mention."""
    inside = [word for word in words if actor.start < word.end and word.start < actor.end]
    text = "".join((" " if n and word.gap else "") + word.raw for n, word in enumerate(inside))
    return text[actor.start - inside[0].start :] if inside else ""


def _acronym_actor(words: list[Word], at: int, found: list[Actor], memory: Memory) -> tuple[Actor, int]:
    word = words[at]
    near = bool(found) and found[-1].type in ("ORG", "GROUP") and found[-1].end + 3 >= word.start
    full = (found[-1].actor or _written(words, found[-1])) if near else memory.acronyms.get(word.key, "")
    if full:
        memory.acronyms[word.key] = full
    return Actor(word.start, word.end, "", found[-1].type if near else "ORG", full), at + 1


def complete(actors: list[Actor], text: str, origin: int) -> list[Actor]:
    """The mentions with their words, and the name as it is written where no fuller one is known."""
    rows = []
    for actor in actors:
        words = text[actor.start - origin : actor.end - origin]
        rows.append(Actor(actor.start, actor.end, words, actor.type, actor.actor or words, actor.territory))
    return rows
