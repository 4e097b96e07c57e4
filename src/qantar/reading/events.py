"""What happens: trigger words of the lexicon with their class, status, agent, target and date.

A trigger is a finite verb, a verbal noun or a noun that names an event. Reporting verbs are no events, nor are verbs that
only carry a noun (وقع انفجار: the event is انفجار). Rows of the lexicon may ask for company (``needs``): إطلاق is violence
before نار, and a release before سراح.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field

from qantar.reading import inflection
from qantar.reading.lexicons import word_set
from qantar.reading.phrases import actor_starts, phrase_at, prefixed
from qantar.reading.rows import Actor, Date, Event, Quantity
from qantar.reading.statements import Spoken
from qantar.reading.tenses import tense_of
from qantar.reading.triggers import Trigger, at_head, triggers_in
from qantar.reading.words import Word

# In these the genitive after a verbal noun suffers; in the others it acts.
_SUFFERED = frozenset({"killing", "arrest", "dismissal", "appointment", "damage", "policy", "emergency"})


_NOT = word_set("events_not")


_MAYBE = word_set("events_maybe")


_AHEAD = word_set("events_ahead")


_FOLLOWING = word_set("events_following")


_DISASTERS = tuple(sorted(word_set("events_disasters")))


# Of these the cause decides: violence, or a disaster.
_EITHER = word_set("events_either")


_HYPOTHETICAL = frozenset({"call", "demand", "threaten", "warn", "ask"})


@dataclass
class Memory:
    """Whether the report tells of violence or of a disaster: of what people died follows from it."""

    classes: dict[str, int] = field(default_factory=dict)


def find(
    words: list[Word],
    actors: list[Actor],
    dates: list[Date],
    quantities: list[Quantity],
    spoken: list[Spoken],
    text: str,
    origin: int,
    memory: Memory,
) -> list[Event]:
    """The events of a sentence in order."""
    names = actor_starts(words, actors)
    inside = {at for first, (_, last) in names.items() for at in range(first, last)}
    cues = {at for s in spoken for at in range(s.cue.first, s.cue.last)}
    triggers = triggers_in(words, inside, cues)
    ends = [word.end for word in words]
    counted = {bisect.bisect_right(ends, q.start): q for q in quantities}
    dated = [(bisect.bisect_right(ends, d.start), d.value) for d in dates if d.value]
    for trigger in triggers:
        if trigger.row["lemma"] not in _EITHER:
            memory.classes[trigger.row["class"]] = memory.classes.get(trigger.row["class"], 0) + 1
    found = []
    for trigger in triggers:
        word, hit = words[trigger.at], trigger.hit
        start, end = word.start + hit.start, word.start + hit.end
        status = _status(words, trigger, spoken)
        actor, target = _roles(words, trigger, names, counted, text, origin)
        found.append(
            Event(
                start,
                end,
                text[start - origin : end - origin],
                trigger.row["lemma"],
                actor,
                target,
                _date(trigger.at, dated, triggers),
                _class(trigger, triggers, memory, status),
                status,
            )
        )
    return found


def _class(trigger: Trigger, triggers: list[Trigger], memory: Memory, status: str) -> str:
    """The class of the row; deaths and injuries are damage where nature or an accident caused them."""
    row = trigger.row
    if (
        row["lemma"] in ("انتخابات", "استفتاء", "اقتراع", "انتخاب")
        and row["class"] == "other"
        and status in ("planned", "hypothetical", "denied")
    ):
        return "policy"  # elections that are called, not held
    if row["class"] not in ("killing", "damage", "violence"):
        return row["class"]
    deaths = row["lemma"] in ("قتل", "مقتل", "مصرع", "توفي", "وفاة", "أودى", "حتف", "لقي", "قضى", "سقط")
    injuries = row["lemma"] in ("أصيب", "أصاب", "إصابة", "جرح", "جرحى")
    if not (deaths or injuries):
        return row["class"]
    here = {t.row["class"] for t in triggers if t is not trigger and t.row["lemma"] not in _EITHER}
    disaster = any(t.row["lemma"] in _DISASTERS for t in triggers if t is not trigger and t.row["class"] == "damage")
    if disaster and "violence" not in here:
        return "damage"
    if "violence" in here or memory.classes.get("violence", 0) > memory.classes.get("damage", 0):
        return "killing" if deaths else "violence"
    if memory.classes.get("damage", 0) > memory.classes.get("violence", 0) and not here & {"violence", "protest"}:
        return "damage"
    return row["class"]


def _status(words: list[Word], trigger: Trigger, spoken: list[Spoken]) -> str:
    """asserted, denied, planned or hypothetical."""
    at, hit = trigger.at, trigger.hit
    near = [words[n].key for n in range(max(0, at - 3), at)]
    governing = next((s for s in reversed(spoken) if s.cue.first < at < s.last), None)
    if governing and governing.cue.sense == "deny" and at - governing.content < 12:
        return "denied"
    direct = near[-1:] and near[-1] in _NOT
    if direct or (near and any(k in _NOT - {"ما", "غير"} for k in near[-2:]) and not hit.definite):
        return "denied"
    imperfect = getattr(hit.entry, "feature", "") == inflection.IMPERFECT or hit.entry == "imperfect"
    perfect = getattr(hit.entry, "feature", "") == inflection.PERFECT or hit.entry == "verb"
    if hit.preposition == "س" or near[-1:] == ["سوف"]:
        return "planned"
    may = next((n for n in range(max(0, at - 3), at) if words[n].key == "قد"), None)
    if (
        may is not None
        and (imperfect or may + 1 < at and tense_of(words[may + 1]) in ("present", ""))
        and not perfect
        or any(k in _MAYBE - {"قد"} for k in near)
    ):
        return "hypothetical"
    after = [w.key for w in words[at + 1 : at + 4]]
    if any(k in _FOLLOWING for k in after[:2]):
        return "hypothetical" if any("محتمل" in k for k in after[:2]) else "planned"
    if governing and governing.cue.sense in _HYPOTHETICAL and at - governing.cue.last < 9:
        existing = hit.definite and at - governing.content > 2 or trigger.verb and perfect
        if not existing:
            return "hypothetical"
    if any(k in _AHEAD for k in near) or any(tense_of(words[n]) == "future" for n in range(max(0, at - 5), at)):
        return "asserted" if hit.definite and not trigger.verb and not any(k in _AHEAD for k in near) else "planned"
    if trigger.verb and near[-1:] == ["ان"] and not perfect:
        return "hypothetical"
    if governing and governing.cue.sense == "promise" and not hit.definite:
        return "planned"
    return "asserted"


def _roles(
    words: list[Word], trigger: Trigger, names: dict, starts: dict[int, Quantity], text: str, origin: int
) -> tuple[str | None, str | None]:
    """(actor, target) as written; a passive has no actor."""
    at, hit = trigger.at, trigger.hit

    def phrase(begin: int) -> tuple[str, int] | None:
        if begin >= len(words):
            return None
        quantity = starts.get(begin)
        if quantity:
            last = begin
            while last < len(words) and words[last].start < quantity.end:
                last += 1
            return text[quantity.start - origin : quantity.end - origin], last
        found = (
            phrase_at(words, begin, names)
            if words[begin].kind == "arabic" and "function" not in words[begin].hits
            else None
        )
        return (found.text(words, text, origin), found.last) if found else None

    after = phrase(at + 1)
    described = words[at + 1].hits.get("common") if at + 1 < len(words) else None
    if not trigger.verb and described and described.entry == "adjective" and at + 1 not in names:
        return None, None  # تفجير انتحاري: an adjective, no genitive
    if not trigger.verb and at + 1 < len(words) and at + 1 not in names and prefixed(words[at + 1]):
        return None, None  # الهجوم بشدة
    if not trigger.verb:
        if hit.pronoun or after is None or words[at + 1].hits.get("demonym") and at + 1 not in names:
            return None, None
        second = phrase(after[1])
        if trigger.row["class"] in _SUFFERED or trigger.row["lemma"] in _EITHER:
            person = names.get(at + 1)
            if (
                second
                and person
                and person[0].type in ("PER", "ORG", "GPE", "GROUP")
                and trigger.row["class"] != "killing"
            ):
                return after[0], second[0]
            return None, after[0]
        return after[0], second[0] if second else None
    subject = None if at_head(words, at, hit) else _before(words, at, names, text, origin)
    if subject and not hit.pronoun:
        return subject, after[0] if after else None  # القوات العراقية اعتقلت 15
    if (
        not at_head(words, at, hit)
        and at
        and words[at - 1].hits.keys() & {"noun", "common", "event_noun"}
        and "function" not in words[at - 1].hits
    ):
        return None, after[0] if after else None  # مسجد استهدفه, تفجير استهدف مسجداً
    passive = getattr(hit.entry, "passive", False) or "ُ" in words[at].raw[:3] or _unspoken(trigger, words, at, starts)
    if passive:
        return None, after[0] if after else None
    if after is None:
        return _before(words, at, names, text, origin), None
    if hit.pronoun:
        return after[0], None
    second = phrase(after[1])
    if (
        second is None
        and at
        and words[at - 1].kind == "arabic"
        and not hit.conjunction
        and (subject := _before(words, at, names, text, origin))
    ):
        return subject, after[0]
    return after[0], second[0] if second else None


def _unspoken(trigger: Trigger, words: list[Word], at: int, starts: dict) -> bool:
    """قتل 5 أشخاص, اعتقل العشرات: unvocalised, followed by a count of people and nobody else: a passive."""
    return trigger.row["class"] in ("killing", "arrest", "violence", "dismissal") and at + 1 in starts


def _before(words: list[Word], at: int, names: dict, text: str, origin: int) -> str | None:
    """The subject that stands directly before its verb."""
    for n in range(max(0, at - 8), at):
        if words[n].kind == "arabic" and (
            n == 0 or words[n - 1].kind == "mark" or words[n - 1].key in ("ان", "و", "فيما", "بينما", "لكن")
        ):
            found = phrase_at(words, n, names)
            if found and found.last == at:
                return found.text(words, text, origin)
    return None


def _date(at: int, dates: list[tuple[int, str]], triggers: list[Trigger]) -> str | None:
    """The nearest date of the sentence that no other trigger stands nearer to."""
    best, distance = None, 14
    for place, value in dates:
        gap = abs(place - at)
        if gap < distance and all(abs(place - t.at) >= gap for t in triggers if abs(t.at - at) < 28):
            best, distance = value, gap
    return best
