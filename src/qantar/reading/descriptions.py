"""Who a phrase means: a name in it, somebody told of before, or somebody who is only described.

متحدث باسم توكاييف is not توكاييف: a name counts only where it is what the phrase is about, with its title or with
words added after it. Whoever is only described (السلطات, مصدر طبي, 164 شخصاً) is an actor too, if the words are known
to mean people, a body or an office; the same words mean the same actor.
"""

from __future__ import annotations

import bisect
import functools
from dataclasses import dataclass, field

from qantar import phrasing
from qantar.arabic import fold
from qantar.reading import codes
from qantar.reading.cast import Cast
from qantar.reading.lexicons import Row, table
from qantar.reading.rows import Quantity
from qantar.reading.scene import Member, Mention, Scene, places
from qantar.reading.titles import belongs, is_title, name_after
from qantar.reading.words import Word

Counts = dict[str, tuple[Quantity, str]]
"""The quantities of a sentence by their words, each with the class of event that those it counts suffer."""

_PEOPLE = frozenset({"person", "fate", "collective"})
_DEEDS = {"killing": "killed", "arrest": "detained", "dismissal": "dismissed", "appointment": "appointed"}
_ARTICLES = ("ال", "لل")


@dataclass
class Descriptions:
    """What phrases have meant so far, and whom the first word of a name or role with the article means."""

    cast: Cast
    known: dict[str, list[Member]] = field(default_factory=dict)
    last: dict[str, Member] = field(default_factory=dict)

    def speaker(self, phrase: str | None, scene: Scene, near: int) -> Member | None:
        """The actor who speaks, made if it is new; a capital that speaks is its state."""
        found = self.actors(phrase, scene, near, speaking=True)
        if not found or not phrase:
            return None
        start = _nearest(scene, phrase, near)
        city, one = scene.spans.get((start, start + len(phrase))), found[0]
        if city and city.member is one and city.type == "GPE" and one.kind == "place" and one.territory:
            city.member, city.form = self.cast.state(one.territory, one.name), "metonym"
            self.known[phrase] = [city.member]
        return self.known.get(phrase, found)[0]

    def actors(
        self,
        phrase: str | None,
        scene: Scene,
        near: int,
        speaking: bool = False,
        within: bool = False,
        counts: Counts | None = None,
    ) -> list[Member]:
        """The actors that a phrase of the sentence means, none if that is not certain.

        ``near`` is the offset of the verb to which the phrase belongs. The one name that a phrase holds counts where
        the phrase is no description of people: of who speaks (بيانات الشبكة), else only ``within`` (صورة كازاخستان).
        """
        start = _nearest(scene, phrase, near) if phrase else -1
        if not phrase or start < 0:
            return self.known.get(phrase or "", [])
        found = self._read(scene, start, start + len(phrase), speaking, within, counts or {})
        if found:
            self.known[phrase] = found
        return found

    def remember(self, scene: Scene) -> None:
        """Notes at the end of a sentence whom الوزارة, الرئيس or المصدر will mean in the next ones."""
        for mention in sorted(scene.mentions, key=lambda m: m.start):
            if mention.form != "adjective" and mention.member.kind not in ("state", "place"):
                self.last.update(dict.fromkeys(_heads(mention.member), mention.member))

    def repeat(self, scene: Scene) -> None:
        """Adds where a description of one word stands again, with the article: السلطات, المحتجين."""
        taken = sorted(scene.spans)
        for at, word in enumerate(scene.words):
            hits = [word.hits[c] for c in ("title", "org_head", "noun") if c in word.hits and word.hits[c].definite]
            described = at + 1 < len(scene.words) and scene.words[at + 1].key.startswith("ال")
            if not hits or described:
                continue
            start, end = word.start + hits[0].start, word.start + hits[0].end
            member = self.cast.members.get(("description", _key([word], _kind([word]))))
            if member and not _overlaps(taken, start, end):
                scene.add(Mention(member, start, end, _form(word)))

    def _read(self, scene: Scene, start: int, end: int, speaking: bool, within: bool, counts: Counts) -> list[Member]:
        first, last = scene.touched(start, end)
        while first < last and scene.words[first].kind == "mark":
            first += 1
        if first == last:
            return []
        person = next((n for n in range(first, last) if n in scene.names and scene.inside[n] == "PER"), None)
        if person is not None and is_title(scene, first, person):
            return [scene.holder(person), *_joined(scene, person, last)]
        if first in scene.names:
            return [scene.holder(first), *_joined(scene, first, last)]
        words = scene.words[first:last]
        after = name_after(scene, last) if person is None and "title" in words[0].hits else None
        if after is not None and is_title(scene, first, after):
            return [scene.holder(after)]
        if scene.text(start, end) in counts:
            return self._counted(scene, start, end, words, *counts[scene.text(start, end)])
        kind = _kind(words)
        held = {m.member for m in scene.within(start, end) if m.form == "name"}
        if not kind and (within or speaking) and len(held) == 1 and next(iter(held)).kind != "place":
            return list(held)
        if not kind and speaking:
            kind = "group" if words[0].key.endswith(("ات", "ون", "ين")) else "organisation"
        return [self._described(scene, max(start, words[0].start), end, words, kind)] if kind else []

    def _described(self, scene: Scene, start: int, end: int, words: list[Word], kind: str) -> Member:
        start += _proclitics(words[0]) if start == words[0].start else 0
        alone, bare, form = len(words) == 1, _bare(words[0].key), _form(words[0])
        before = None
        if alone and words[0].key.startswith(_ARTICLES):
            told = [m.member for m in scene.mentions if m.end <= start and m.form != "adjective"]
            before = next((one for one in reversed(told) if bare in _heads(one)), self.last.get(bare))
        if before is None or before.kind != kind:
            name, key = scene.text(start, end), ("description", _key(words, kind))
            known = key in self.cast.members
            written = f"ال{name[1:]}" if words[0].key.startswith("لل") else name
            english = _english(words[0], kind) if alone else ""
            before = self.cast.get(key, kind, written, english=english, note="English of the lexicon.")
            before.affiliation = before.affiliation if known else belongs(scene, start, end, before)
        return scene.add(Mention(before, start, end, form))

    def _counted(
        self, scene: Scene, start: int, end: int, words: list[Word], quantity: Quantity, event: str
    ) -> list[Member]:
        """People who are only a number: 164 شخصاً."""
        nouns = {word.hits["noun"].entry.kind for word in words if "noun" in word.hits}
        value = quantity.value if quantity.value is not None else quantity.value_min
        whole = value is not None and 0 < value < 1e12 and value == int(value)
        if not whole or not (nouns & _PEOPLE if nouns else codes.unit(quantity) == "person"):
            return []
        many = ("at least " if quantity.vague else "") + phrasing.quantity(value, codes.unit(quantity))
        english = f"{many} ({_DEEDS[event]})" if event in _DEEDS else many
        key = ("count", f"{english} {quantity.value_max}")
        member = self.cast.get(key, "group", scene.text(start, end), english=english, note="Named by their number.")
        return [scene.add(Mention(member, start, end, "description"))]


# ---------------------------------------------------------------------------------------------- words of a phrase


@functools.cache
def _words() -> dict[str, Row]:
    return {fold(row["word"]): row for row in table("descriptions")}


def _kind(words: list[Word]) -> str:
    """The kind of actor that a phrase means by its first word; empty where the word may mean anything."""
    word = words[0]
    if word.kind != "arabic" or ("number" in word.hits and len(words) == 1):
        return ""
    hits, bare = word.hits, _bare(word.key)
    if "title" in hits and not hits["title"].preposition:
        return "person" if hits["title"].entry[1] == "singular" else "group"
    if bare in _words():
        return _words()[bare]["kind"]
    if "org_head" in hits and not hits["org_head"].pronoun:
        return "group" if hits["org_head"].entry[0] == "GROUP" or bare.endswith("ات") else "organisation"
    noun = hits.get("noun")
    if noun and noun.entry.kind in _PEOPLE:
        return "person" if noun.entry.number == "singular" and noun.entry.kind == "person" else "group"
    return "group" if "people" in hits else ""


def _key(words: list[Word], kind: str) -> str:
    """What makes two descriptions the same: their words without articles; for one noun of people its lemma."""
    noun = words[0].hits.get("noun")
    if len(words) == 1 and noun and noun.entry.kind == "person" and kind == "group":
        return f"{noun.entry.lemma} {kind}"
    return " ".join(_bare(word.key) for word in words if word.kind != "mark")


def _heads(member: Member) -> set[str]:
    """The first words of an actor's name and role, without article."""
    return {_bare(fold(name.split()[0])) for name in (member.name, member.role) if name.strip()}


def _bare(key: str) -> str:
    return key[2:] if key.startswith(_ARTICLES) and len(key) > 3 else key


def _english(word: Word, kind: str) -> str:
    """The English of a description of one word, where the lexicons have it."""
    row, noun = _words().get(_bare(word.key)), word.hits.get("noun")
    if row and row["kind"] == kind:
        return row["english"]
    if noun and noun.entry.kind == "person" and kind in ("person", "group") and noun.entry.unit:
        return noun.entry.unit if kind == "person" else phrasing.quantity(2, noun.entry.unit).removeprefix("2 ")
    return ""


def _proclitics(word: Word) -> int:
    """How many letters of proclitics a word has: one in للحكومة, which is told from its second lam on."""
    hits = [word.hits[c] for c in ("title", "org_head", "noun", "people", "common") if c in word.hits]
    return hits[0].start if hits else 0


def _form(word: Word) -> str:
    """An office is a title; what people do or are (متظاهرون, صحفي) is a description."""
    return "title" if "title" in word.hits and word.hits["title"].entry[0] in ("head", "rank") else "description"


def _joined(scene: Scene, first: int, last: int) -> list[Member]:
    """The further names that و or a comma joins to the first: روسيا والصين."""
    found: list[Member] = []
    at = scene.names[first][1]
    while at < last:
        apart = scene.words[at].key == "و" or scene.words[at].raw in ("،", ",")
        attached = scene.words[at].key.startswith("و")
        at += apart
        if at >= last or at not in scene.names or not (apart or attached):
            break
        found.append(scene.holder(at))
        at = scene.names[at][1]
    return found


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span shares a letter with one of these, which are in order and not much longer than a phrase."""
    last = bisect.bisect_left(spans, (end, 0))
    return any(b > start for _, b in spans[max(0, last - 12) : last])


def _nearest(scene: Scene, phrase: str, near: int) -> int:
    """The offset in the report at which a phrase stands nearest to another offset, -1 if it is not in the sentence."""
    origin = scene.sentence.start
    found = (origin + place for place in places(scene.sentence.text, phrase))
    return min(found, key=lambda place: abs(place - near), default=-1)
