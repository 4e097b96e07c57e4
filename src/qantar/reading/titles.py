"""The titles of persons, and the adjectives of states: how somebody is named without a name."""

from __future__ import annotations

from collections.abc import Iterator

from qantar.reading.phrases import phrase_at
from qantar.reading.scene import Member, Scene
from qantar.reading.words import Word

# What stands between a title and a name that is not its holder's: متحدث باسم الرئيس فلان.
_GOVERNING = frozenset({"باسم", "من", "عن", "لدي", "مع"})
# What may lead from a title to the rest of it: المبعوث الخاص إلى سوريا.
_LEADING = frozenset({"الي", "في", "لدي"})


def titles(scene: Scene) -> Iterator[tuple[int, int, Member]]:
    """(first word, word after the last, holder) of every title that stands before or after the name of its holder."""
    words, inside, at = scene.words, scene.inside, 0
    persons = {last: first for first, (actor, last) in scene.names.items() if actor.type == "PER"}
    while at < len(words):
        if at in inside or "title" not in words[at].hits:
            at += 1
            continue
        phrase, hit = phrase_at(words, at, scene.names), words[at].hits["title"]
        last = max(phrase.last if phrase else 0, at + 1)
        held = (n for n in range(at, last) if n in scene.names and inside[n] == "PER")
        name = next(held, name_after(scene, last))
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
        if at in scene.names and scene.inside[at] == "PER":
            return at
        if words[at].raw in ("،", ","):
            return at + 1 if at + 1 in scene.names and scene.inside[at + 1] == "PER" else None
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
    if before.kind == "mark" or before.key.startswith(("ال", "لل", "وال", "بال")) or name - 1 in scene.inside:
        return True
    return "given" in before.hits or "title" in before.hits and before.hits["title"].entry[0] == "honorific"


def belongs(scene: Scene, start: int, end: int, member: Member) -> Member | None:
    """What somebody described by these words belongs to: the first body in them, else a state, a person, a place."""
    inside = [m for m in scene.within(start, end) if m.member is not member]
    ranks = ("organisation", "group", "state", "person", "place")
    return min(inside, key=lambda m: (ranks.index(m.member.kind), m.start)).member if inside else None


def bounds(words: list[Word]) -> tuple[int, int]:
    """Offsets of words without proclitics before them and marks after."""
    while len(words) > 1 and words[-1].kind == "mark":
        words = words[:-1]
    return words[0].start + words[0].hits["title"].start, words[-1].end


def adjectives(words: list[Word]) -> Iterator[tuple[int, str, int, int]]:
    """(index, territory, start, end) of every adjective of a state that describes the noun before it."""
    for at, word in enumerate(words):
        hit, before = word.hits.get("demonym"), words[at - 1] if at else None
        if not hit or not hit.entry or hit.preposition:
            continue
        if word.hits.keys() & {"function", "number", "noun", "money", "people"}:
            continue
        if before is not None and before.kind == "arabic" and "function" not in before.hits:
            yield at, hit.entry, word.start + hit.start, word.start + hit.end
