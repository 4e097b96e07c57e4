"""Who is in a report: its actors, each once, and every place that names one of them.

Two names are one actor where the reader says so (a last name, an acronym told with its name), where they mean the same
state, and where one is a short form of the other (a ministry without its nationality). English names come from CLDR for
states and from GeoNames for cities; all others are transliterated, which the actor's note says.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qantar.arabic import fold
from qantar.reading.identities import as_written, english_city, english_state, full_forms, is_adjective, is_state
from qantar.reading.phrases import actor_starts, phrase_at
from qantar.reading.rows import Actor
from qantar.reading.transliteration import slug, transliterate
from qantar.reading.words import Word, words_of
from qantar.report import Sentence

KINDS = {"PER": "person", "ORG": "organisation", "GPE": "place", "LOC": "place", "GROUP": "group"}
MACHINE = "Machine transliteration."
CLDR, GEONAMES = "English name from CLDR.", "English name from GeoNames."
# What stands between a title and a name that is not its holder's: متحدث باسم الرئيس فلان.
_GOVERNING = frozenset({"باسم", "من", "عن", "لدي", "مع"})
# What may lead from a title to the rest of it: المبعوث الخاص إلى سوريا.
_LEADING = frozenset({"الي", "في", "لدي"})


@dataclass(eq=False, slots=True)
class Member:
    """An actor of the report: ``name`` is its fullest form, ``role`` its first title; ``id`` is set at the end."""

    kind: str
    name: str
    territory: str = ""
    english: str = ""
    note: str = MACHINE
    role: str = ""
    affiliation: Member | None = None
    id: str = ""


@dataclass(eq=False, slots=True)
class Mention:
    """A place that names an actor: offsets into the report, and the form; ``type`` is that of the reader for a name."""

    member: Member
    start: int
    end: int
    form: str
    type: str = ""


@dataclass(eq=False, slots=True)
class Scene:
    """A sentence with its words, the names in it by their first word, and its mentions as they are found."""

    sentence: Sentence
    words: list[Word]
    names: dict[int, tuple[Actor, int]]
    mentions: list[Mention] = field(default_factory=list)

    @classmethod
    def of(cls, sentence: Sentence, actors: list[Actor]) -> Scene:
        """The scene of a sentence with the named mentions that were read in it."""
        words = words_of(sentence.text, sentence.start)
        return cls(sentence, words, actor_starts(words, actors))

    def named(self, types: Collection[str] = KINDS) -> set[int]:
        """The indexes of all words that are part of a name of one of these types."""
        spans = [(first, last) for first, (actor, last) in self.names.items() if actor.type in types]
        return {n for first, last in spans for n in range(first, last)}

    def add(self, mention: Mention) -> Member:
        """Notes a mention, unless the same words are one already; the actor that the words mean."""
        same = next((m for m in self.mentions if (m.start, m.end) == (mention.start, mention.end)), mention)
        if same is mention:
            self.mentions.append(mention)
        return same.member

    def holder(self, at: int) -> Member:
        """The actor whose name begins with a word."""
        actor = self.names[at][0]
        return next(m.member for m in self.mentions if (m.start, m.end) == (actor.start, actor.end))

    def text(self, start: int, end: int) -> str:
        """The words between two offsets of the report."""
        return self.sentence.text[start - self.sentence.start : end - self.sentence.start]

    def evidence(self, start: int, end: int) -> dict[str, Any]:
        """Sentence, quote and, where the quote stands there more than once, which it is; with its offset to sort by."""
        quote = self.text(start, end)
        places = [m.start() for m in re.finditer(f"(?={re.escape(quote)})", self.sentence.text)]
        which = places.index(start - self.sentence.start) + 1 if len(places) > 1 else None
        return {"sentence": self.sentence.id, "quote": quote, "occurrence": which, "start": start}


class Cast:
    """The actors of a report by what makes them one: the state, the name, the description."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        names = [(actor.actor, actor.type) for actor in actors]
        self.members: dict[tuple[str, str], Member] = {}
        self.full = full_forms(name for name, kind in names if kind == "PER")
        self.full |= full_forms((name for name, kind in names if kind == "ORG"), nationality=True)

    def get(
        self, key: tuple[str, str], kind: str, name: str, territory: str = "", english: str = "", note: str = ""
    ) -> Member:
        """The actor with this key (sort of name, name), made if it is new; ``note`` says whose the English is."""
        member = self.members.get(key)
        if member is None:
            member = self.members[key] = Member(kind, name, territory, english, note if english else MACHINE)
        return member

    def state(self, territory: str, name: str) -> Member:
        """The state with this code; ``name`` is what the report calls it."""
        return self.get(("state", territory), "state", name, territory, english_state(territory), CLDR)

    def named(self, actor: Actor, text: str) -> Member:
        """The actor of a named mention; ``text`` is that of the report."""
        written, territory, kind = as_written(text, actor), actor.territory or "", KINDS[actor.type]
        if actor.type == "GPE" and territory and is_state(written, territory):
            state = self.state(territory, written)
            state.name = written if is_adjective(state.name) or len(written) > len(state.name) else state.name
            return state
        name = written if actor.actor == actor.text else actor.actor
        name = self.full.get(name, name)
        english = english_city(name, territory) if actor.type == "GPE" else ""
        return self.get((kind, fold(name)), kind, name, territory, english, GEONAMES)

    def enter(self, scene: Scene, text: str) -> None:
        """Adds the names, the adjectives of states and the titles of persons that stand in a sentence."""
        for actor, _ in scene.names.values():
            scene.add(Mention(self.named(actor, text), actor.start, actor.end, "name", actor.type))
        whole = scene.named(("PER", "GPE", "LOC"))
        for at, territory, start, end in _adjectives(scene.words):
            if at not in whole:
                scene.add(Mention(self.state(territory, text[start:end]), start, end, "adjective"))
        for first, last, holder in list(_titles(scene)):
            title = Mention(holder, *_bounds(scene.words[first:last]), "title")
            scene.add(title)
            holder.role = holder.role or text[title.start : title.end]
            holder.affiliation = holder.affiliation or belongs(scene, title.start, title.end, holder)

    def number(self, mentions: Iterable[Mention]) -> list[tuple[Member, Mention]]:
        """Every actor with its first mention, in the order of the text, each with a slug of its own."""
        first: dict[Member, Mention] = {}
        for mention in mentions:
            first.setdefault(mention.member, mention)
        taken: set[str] = set()
        for member in first:
            member.english = member.english or transliterate(member.name) or member.name
            plain = member.id = slug(member.english, member.kind)
            number = 1
            while member.id in taken:
                number += 1
                member.id = f"{plain}_{number}"
            taken.add(member.id)
            state = self.members.get(("state", member.territory))
            if state in first and member.kind in ("organisation", "place"):
                member.affiliation = member.affiliation or state
            # Whoever is mentioned nowhere has no row to point to.
            member.affiliation = member.affiliation if member.affiliation in first else None
        return list(first.items())


# ------------------------------------------------------------------------------------------ titles and adjectives


def _titles(scene: Scene) -> Iterator[tuple[int, int, Member]]:
    """(first word, word after the last, holder) of every title that stands before or after the name of its holder."""
    words, inside, at = scene.words, scene.named(), 0
    persons = {last: first for first, (actor, last) in scene.names.items() if actor.type == "PER"}
    while at < len(words):
        if at in inside or "title" not in words[at].hits:
            at += 1
            continue
        phrase, hit = phrase_at(words, at, scene.names), words[at].hits["title"]
        last = max(phrase.last if phrase else 0, at + 1)
        name = next((n for n in range(at, last) if n in persons.values()), name_after(scene, last))
        only_name = name == at + 1 and "given" in words[at].hits  # سلطان is a title and a name
        apposed = at - 1 in persons and words[at - 1].raw in ("،", ",") and not (hit.conjunction or hit.preposition)
        if name is not None and is_title(scene, at, name) and not only_name:
            yield at, name, scene.holder(name)
        elif name is None and phrase and apposed:
            yield at, last, scene.holder(persons[at - 1])
        at = max(last, name or 0)


def name_after(scene: Scene, at: int) -> int | None:
    """The word with which a person's name begins after a title: الرئيس التنفيذي لجازبروم، إيغور سافيليف."""
    words, stop = scene.words, at + 6
    while at < min(len(words), stop):
        if at in scene.names and scene.names[at][0].type == "PER":
            return at
        if words[at].raw in ("،", ","):
            return at + 1 if at + 1 in scene.names and scene.names[at + 1][0].type == "PER" else None
        leads = words[at].key.startswith(("ال", "ل", "بال")) and "function" not in words[at].hits
        if not (at in scene.names or leads or words[at].key in _LEADING):
            return None
        at = scene.names[at][1] if at in scene.names else at + 1
    return None


def is_title(scene: Scene, first: int, name: int) -> bool:
    """Whether the words from ``first`` up to a person's name say what the person is: not محامي فلان, باسم فلان."""
    words = scene.words
    if name == first:
        return True
    governed = max((n for n in range(first, name) if words[n].key in _GOVERNING), default=None)
    if governed is not None and all("title" in words[n].hits for n in range(governed + 1, name)):
        return False
    before = words[name - 1]
    if before.kind == "mark" or before.key.startswith(("ال", "لل", "وال", "بال")) or name - 1 in scene.named():
        return True
    return "given" in before.hits or "title" in before.hits and before.hits["title"].entry[0] == "honorific"


def belongs(scene: Scene, start: int, end: int, member: Member) -> Member | None:
    """What somebody described by these words belongs to: the first body in them, else a state, a person, a place."""
    inside = [m for m in scene.mentions if start <= m.start and m.end <= end and m.member is not member]
    ranks = ("organisation", "group", "state", "person", "place")
    return min(inside, key=lambda m: (ranks.index(m.member.kind), m.start)).member if inside else None


def _bounds(words: list[Word]) -> tuple[int, int]:
    """Offsets of words without proclitics before them and marks after."""
    while len(words) > 1 and words[-1].kind == "mark":
        words = words[:-1]
    return words[0].start + words[0].hits["title"].start, words[-1].end


def _adjectives(words: list[Word]) -> Iterator[tuple[int, str, int, int]]:
    """(index, territory, start, end) of every adjective of a state that describes the noun before it."""
    for at, word in enumerate(words):
        hit, before = word.hits.get("demonym"), words[at - 1] if at else None
        if not hit or not hit.entry or hit.preposition:
            continue
        if word.hits.keys() & {"function", "number", "noun", "money", "people"}:
            continue
        if before is not None and before.kind == "arabic" and "function" not in before.hits:
            yield at, hit.entry, word.start + hit.start, word.start + hit.end
