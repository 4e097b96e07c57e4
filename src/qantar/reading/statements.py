"""Everyone who is made to speak: one statement for each attributing verb, participle, verbal noun or particle.

The cue decides where a statement begins; it goes on to the next cue or to the end of the sentence. It is direct where all
that is said stands in quotation marks. A speaker who is not named beside the cue is the last one who spoke, or the subject
of the clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from qantar.reading.cues import THAT, Cue, cues_in
from qantar.reading.phrases import (
    CLOSING,
    OPENING,
    Phrase,
    actor_starts,
    is_verb,
    phrase_at,
)
from qantar.reading.rows import Actor, Statement
from qantar.reading.words import Word

_TIMES = frozenset({"time", "time_unit", "month", "opener"})


@dataclass
class Memory:
    """Who spoke last, sentence by sentence."""

    speaker: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A statement with the index of its cue, for the layers that build on it."""

    statement: Statement
    cue: Cue
    content: int
    last: int


def find(words: list[Word], actors: list[Actor], text: str, origin: int, memory: Memory) -> list[Spoken]:
    """The statements of a sentence in the order of their cues."""
    names = actor_starts(words, actors)
    inside = {at for first, (_, last) in names.items() for at in range(first, last)}
    cues = [cue for cue in cues_in(words) if cue.first not in inside]
    # اعتبرت موسكو، على لسان وزيرها: the mouth of the one who speaks already.
    cues = [
        cue
        for n, cue in enumerate(cues)
        if not (
            n
            and words[cue.first].key == "علي"
            and words[cue.first + 1].key == "لسان"
            and cue.first - cues[n - 1].last < 8
        )
    ]
    spoken: list[Spoken] = []
    memory.subject = None
    for number, cue in enumerate(cues):
        stop = cues[number + 1].first if number + 1 < len(cues) else len(words)
        phrase, content = _speaker(words, cue, names, inside, spoken, cues)
        if phrase is not None:
            speaker: str | None = phrase.text(words, text, origin)
        else:
            speaker = _antecedent(words, cue, spoken, memory)
        quoted = _quoted(words, cue, content, stop)
        end = words[stop - 1].end if stop > cue.first else cue.end
        end = max(cue.end, end)
        cue_text = text[cue.start - origin : cue.end - origin]
        statement = Statement(
            cue.start,
            end,
            text[cue.start - origin : end - origin],
            speaker,
            cue_text,
            cue.start,
            "direct" if quoted else "indirect",
            cue.sense,
        )
        spoken.append(Spoken(statement, cue, content, stop))
        if speaker and not cue.quotes:
            memory.speaker = speaker
    return spoken


def _speaker(
    words: list[Word], cue: Cue, names: dict, inside: set[int], spoken: list[Spoken], cues: list[Cue]
) -> tuple[Phrase | None, int]:
    """(who speaks, index at which what is said begins)."""
    after = cue.last
    if cue.sort == "particle":
        if cue.takes == "pronoun":
            return None, after
        phrase = phrase_at(words, after, names, hosted=True)
        return phrase, phrase.last if phrase else after
    if cue.sort == "masdar":
        # قوله is the one's who was named after عن; دفع الوزير إلى قول إن the one's who was named last.
        from_someone = "عن" in [w.key for w in words[max(0, cue.first - 18) : cue.first]]
        own = words[cue.first].hits["speech_noun"].pronoun
        return (_source(words, cue.first, names) if from_someone or not own else None), after
    if cue.sort == "participle":
        return (_subject_before(words, cue, names, cues) if not spoken else None), after
    if cue.passive:
        for n in range(after, min(len(words), after + 6)):
            if words[n].key in ("عن", "من", "الي") and n + 1 < len(words):
                phrase = phrase_at(words, n + 1, names)
                return phrase, phrase.last if phrase else after
        return None, after
    if words[cue.first - 1].key in ("قد", "وقد") and cue.first > 2:
        phrase = _subject_before(words, cue, names, cues)
        if phrase:
            return phrase, after
    begin = _skip_time(words, after)
    if begin < len(words) and _can_speak(words, begin, names):
        phrase = phrase_at(words, begin, names)
        if phrase:
            return phrase, phrase.last
    return _subject_before(words, cue, names, cues), after


def _skip_time(words: list[Word], at: int) -> int:
    """Past adverbs between a verb and its subject: أعلنت، الأحد، وزارة الداخلية."""
    begin = at
    while begin < len(words) and begin - at < 8:
        word = words[begin]
        if (
            word.raw in ("،", ",")
            and begin + 1 < len(words)
            and (words[begin + 1].hits.keys() & _TIMES or "number" in words[begin + 1].hits or begin > at)
        ):
            begin += 1
        elif (
            word.hits.keys() & {"time", "month"}
            and "noun" not in word.hits
            or word.key in ("يوم", "امس", "مساء", "صباح", "اليوم")
        ):
            begin += 1
        elif word.kind == "number" and begin > at:
            begin += 1
        elif (
            word.key in ("من", "في")
            and begin + 1 < len(words)
            and words[begin + 1].key in ("جهته", "جانبه", "جهتها", "جانبها", "بيان", "وقت", "تصريح", "موتمر")
        ):
            begin += 2
        else:
            break
    return begin


def _can_speak(words: list[Word], at: int, names: dict) -> bool:
    word = words[at]
    if at in names:
        return True
    if word.raw in OPENING:
        return at + 1 in names and at + 2 < len(words)
    if (
        word.kind != "arabic"
        or "function" in word.hits
        and word.key not in ("احد", "احدي", "بعض", "عدد", "جميع", "مجموعه")
        or word.key in THAT
    ):
        return False
    if is_verb(word) or "attribution" in word.hits:
        return False
    for category in (
        "noun",
        "title",
        "org_head",
        "common",
        "place_head",
        "people",
        "given",
        "event_noun",
        "speech_noun",
    ):
        hit = word.hits.get(category)
        if hit:
            if hit.preposition or hit.conjunction:
                return False
            person = "noun" in word.hits and word.hits["noun"].entry.kind in ("person", "fate", "collective")
            if (
                word.hits.keys() & {"event_noun", "speech_noun"}
                and not hit.definite
                and not (person or word.hits.keys() & {"title", "org_head"})
            ):
                return False
            return not (hit.pronoun and category == "event_noun")
    return not word.hits or word.key.startswith("ال")


def _subject_before(words: list[Word], cue: Cue, names: dict, cues: list[Cue]) -> Phrase | None:
    """The subject that stands before its verb in its clause: تورغومباييف أضاف، في بيان، أن ..."""
    if (
        cue.first
        and words[cue.first].hits.get("speech_verb")
        and words[cue.first].hits["speech_verb"].conjunction
        and cue.sort == "verb"
    ):
        return None
    begin = cue.first
    floor = max((c.last for c in cues if c.last <= cue.first), default=0)
    while begin > floor and words[begin - 1].key not in (
        ".",
        "؛",
        ":",
        "ان",
        "بان",
        "فيما",
        "بينما",
        "حيث",
        "لكن",
        "ولكن",
        "كما",
        "اذ",
        "الا",
        "الذي",
        "التي",
        "و",
    ):
        begin -= 1
    if words[begin : begin + 1] and words[begin].key.lstrip("و") in ("كان", "كانت"):
        begin += 1
    for n in range(begin, min(begin + 2, cue.first)):
        if words[n].kind == "arabic" and _can_speak(words, n, names):
            phrase = phrase_at(words, n, names)
            if phrase and phrase.last <= cue.first:
                verbs = [w for w in words[phrase.last : cue.first] if is_verb(w)]
                relative = begin and words[begin - 1].key in ("الذي", "التي")
                return phrase if len(verbs) <= 1 and not relative else _source(words, begin, names)
            if phrase:
                return None
        elif is_verb(words[n]) and n + 1 < cue.first:
            phrase = phrase_at(words, n + 1, names) if _can_speak(words, n + 1, names) else None
            if phrase and phrase.last <= cue.first:
                return phrase
    if begin and words[begin - 1].key in ("الذي", "التي"):
        return _source(words, begin - 1, names)
    return None


def _source(words: list[Word], before: int, names: dict) -> Phrase | None:
    """The noun phrase after the last عن before an index, else the last named one there."""
    for n in range(before - 1, max(-1, before - 18), -1):
        if words[n].key in ("عن", "وعن") and n + 1 < len(words):
            return phrase_at(words, n + 1, names)
    last = max((at for at in names if at < before), default=None)
    if last is None or before - last >= 10:
        return None
    first = last
    while first and last - first < 7 and words[first].kind == "arabic" and "title" not in words[first].hits:
        first -= 1
    titled = names[last][0].type == "PER" and "title" in words[first].hits
    return phrase_at(words, first if titled else last, names)


def _antecedent(words: list[Word], cue: Cue, spoken: list[Spoken], memory: Memory) -> str | None:
    """The last who spoke: in the sentence if anybody did, else before."""
    for earlier in reversed(spoken):
        if earlier.statement.speaker and (cue.sort != "verb" or not earlier.cue.quotes):
            return earlier.statement.speaker
    if cue.passive:
        return None
    return memory.speaker


def _quoted(words: list[Word], cue: Cue, content: int, stop: int) -> bool:
    """Whether all that is said stands in quotation marks."""
    if cue.sort == "particle":
        return False
    n = content
    colon = next((k for k in range(content, min(stop, content + 8)) if words[k].raw == ":"), None)
    if colon is not None and colon + 1 < stop and words[colon + 1].raw in OPENING:
        n = colon + 1  # كتب على تويتر: «...»
    while n < stop and (
        words[n].raw in ("،", ",", ":", "-", "–", ")")
        or words[n].key in THAT
        or words[n].key in ("الي", "عن", "ب", "علي", "من")
        or words[n].hits.keys() & {"time", "month"}
        or words[n].kind == "number"
        or words[n].key
        in (
            "في",
            "بيان",
            "تصريح",
            "تغريده",
            "موتمر",
            "صحافي",
            "صحفي",
            "للصحفيين",
            "للصحافيين",
            "له",
            "لها",
            "كلمه",
            "يوم",
        )
    ):
        n += 1
    if n < stop and words[n].raw in OPENING:
        close = _closing(words, n)
        rest = [w for w in words[close + 1 : stop] if w.kind != "mark" and w.key not in ("و",)]
        return not rest or close + 1 < len(words) and words[close + 1].raw in ("،", ",", ".") and stop < len(words)
    # "...", قال الوزير: the quotation stands before its cue.
    before = cue.first - 1
    while before >= 0 and words[before].raw in ("،", ",", "."):
        before -= 1
    return before >= 0 and words[before].raw in CLOSING and content >= stop - 1


def _closing(words: list[Word], opening: int) -> int:
    """Index of the mark that closes a quotation."""
    pairs = {"«": "»", "“": "”", "‘": "’"}
    wanted = {pairs.get(words[opening].raw, words[opening].raw), "”" if words[opening].raw == '"' else ""}
    for n in range(opening + 1, len(words)):
        if words[n].raw in wanted or (words[opening].raw == "“" and words[n].raw == '"'):
            return n
    return len(words) - 1
