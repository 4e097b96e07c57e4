"""What happens: trigger words of the lexicon with their class, status, agent, target and date.

A trigger is a finite verb, a verbal noun or a noun that names an event. Reporting verbs are no events, nor are verbs that
only carry a noun (وقع انفجار: the event is انفجار). Rows of the lexicon may ask for company (``needs``): إطلاق is violence
before نار, and a release before سراح.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
from dataclasses import dataclass, field

from qantar.arabic import fold
from qantar.reading import inflection
from qantar.reading.lexicons import Row, Verb, items, table
from qantar.reading.phrases import actor_starts, phrase_at
from qantar.reading.rows import Actor, Date, Event, Quantity
from qantar.reading.statements import Spoken
from qantar.reading.tenses import tense_of
from qantar.reading.words import Hit, Word

# In these the genitive after a verbal noun suffers; in the others it acts.
_SUFFERED = frozenset({"killing", "arrest", "dismissal", "appointment", "damage", "policy", "emergency"})
_NOT = frozenset({"لم", "لن", "لا", "ليس", "ليست", "عدم", "دون", "بدون", "غير", "ولم", "ولن", "ولا", "وعدم", "ينفي", "تنفي", "بلا", "ما"})
_MAYBE = frozenset({"قد", "ربما", "احتمال", "امكانيه", "احتماليه", "يمكن", "خطر", "مخاوف", "محتمل", "محتمله", "اذا", "لو", "حال", "تحسبا", "خشيه", "لعل", "بامكان", "باحتمال", "بامكانيه"})
_AHEAD = frozenset({"المقرر", "المزمع", "المرتقب", "المتوقع", "المنتظر", "سوف", "يعتزم", "تعتزم", "يعتزمون", "ينوي", "تنوي", "خطه", "خطط", "لخطه", "قرر", "قررت", "قررا", "تقرر", "استعدادا", "تمهيدا", "يستعد", "تستعد", "عشيه", "قبيل", "المقبل", "المقبله", "المقرره", "المرتقبه", "القادم", "القادمه", "مقرر", "مقرره", "مرتقب", "مرتقبه"})
_FOLLOWING = frozenset({"المقبل", "المقبله", "المقرره", "المرتقبه", "القادم", "القادمه", "المقرر", "المرتقب", "مقرره", "مرتقبه", "المتوقع", "المتوقعه", "المحتمل", "المحتمله"})
_DISASTERS = ("زلزال", "زلازل", "فيضان", "فيضانات", "سيول", "حريق", "حرائق", "انهيار", "غرق", "وباء", "مرض", "إعصار", "عاصفة", "هزة", "تصادم", "انقلاب", "سيل", "تسونامي", "جائحة", "كارثة", "حادث سير", "حادث", "أمطار", "كوليرا", "فيروس", "انزلاق", "جفاف", "مصرع")
# Of these the cause decides: violence, or a disaster.
_EITHER = frozenset({"قتل", "مقتل", "أصاب", "إصابة", "مصرع", "توفي", "وفاة", "جرح", "أصيب", "اجتاح", "ضرب", "أودى", "حتف"})
# Verbs that only bring about the event that their object names.
_CARRYING = frozenset({"فرض", "أعلن", "رفع", "خفف", "أنهى", "استأنف", "وقع", "ألغى"})
_HYPOTHETICAL = frozenset({"call", "demand", "threaten", "warn", "ask"})


@dataclass
class Memory:
    """Whether the report tells of violence or of a disaster: of what people died follows from it."""

    classes: dict[str, int] = field(default_factory=dict)


_HEADS = frozenset({"ان", "فيما", "بينما", "حيث", "كما", "قد", "و", "لم", "الذي", "التي", "عندما", "الذين", "اذا", "بعدما", "مما"})
_PAST = Verb((), inflection.PERFECT, False)


@dataclass(frozen=True, slots=True)
class _Trigger:
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
    triggers = _triggers(words, inside, cues)
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
                start, end, text[start - origin : end - origin], trigger.row["lemma"], actor, target,
                _date(trigger.at, dated, triggers), _class(trigger, triggers, memory, status), status,
            )
        )
    return found


# ------------------------------------------------------------------------------------------------- triggers


def _triggers(words: list[Word], inside: set[int], cues: set[int]) -> list[_Trigger]:
    found: list[_Trigger] = []
    skip: set[int] = set()
    for at, word in enumerate(words):
        if word.kind != "arabic" or at in inside or at in skip:
            continue
        trigger = _trigger(words, at, at in cues)
        if trigger is None:
            continue
        kind, listed = _needs(trigger.row["needs"]) if trigger.row["needs"] else ("", frozenset())
        if trigger.verb and trigger.row["lemma"] in ("اجتاح", "ضرب") and at + 1 < len(words) and "event_noun" in words[at + 1].hits:
            continue  # اجتاحت فيضانات القرى: the flood is the event
        if kind == "before":
            skip.update(n for n in (at + 1, at + 2) if n < len(words) and _bare(words[n]) & listed)  # وقف إطلاق النار is one event
        nouns = _event_object(words, at, listed, inside) if kind == "object" else None
        if nouns is not None and trigger.row["lemma"] in _CARRYING:
            continue  # فرض حالة الطوارئ: the noun is the event
        if nouns is not None:
            skip.add(nouns)  # إرسال تعزيزات: the sending is
        found.append(trigger)
    return found


# What the lexicon of triggers does not have: other things done, told in a finite verb.
_OTHER = {"lemma": "", "class": "other", "needs": "", "pos": "verb"}


def _trigger(words: list[Word], at: int, cue: bool) -> _Trigger | None:
    return _listed(words, at, cue) or (None if cue else _unlisted(words, at))


def _unlisted(words: list[Word], at: int) -> _Trigger | None:
    """A finite verb of the past or the future that tells of something done, or a verbal noun with its object."""
    word = words[at]
    hit = word.hits.get("common")
    listed = word.hits.get("event_verb")
    if listed and hit is None and not listed.pronoun:
        feature = {inflection.PERFECT: "verb", inflection.IMPERFECT: "imperfect"}.get(listed.entry.feature, "")
        hit = dataclasses.replace(listed, entry=feature)
    if hit is not None and hit.preposition == "س" and any(not h.preposition for h in word.hits.values()):
        return None  # سيف is no verb
    if hit is None or word.hits.keys() & {"function", "light", "support", "speech_verb", "number", "time", "month", "title", "hedge"}:
        return None
    before = words[at - 1].key.lstrip("وف") if at else ""
    # A final alef is tanwin more often than the dual of a verb, a pronoun more often a possessor.
    if hit.entry in ("verb", "ambiguous") and (hit.definite or hit.pronoun or (word.key.endswith("ا") and not word.key.endswith("وا") and len(word.key) > 3)):
        return None
    if hit.entry == "masdar":
        return _Trigger(at, hit, {**_OTHER, "lemma": word.key, "pos": "noun"}, False) if _done(words, at, hit) else None
    if hit.entry == "ambiguous" and _at_head(words, at, hit):
        hit = dataclasses.replace(hit, entry="verb")
    coming = hit.entry == "imperfect" and (hit.preposition == "س" or before in ("سوف", "لن", "لم"))
    if hit.entry != "verb" and not coming:
        return None
    other = {"noun", "given", "family", "place", "city", "event_noun", "org_head"}
    if word.hits.keys() & other and hit.preposition != "س" and not (word.key.endswith("ت") and hit.entry == "verb"):
        return None
    if not _verbal(words, at, Hit(_PAST, hit.start, hit.end, hit.definite, hit.conjunction, hit.preposition, hit.pronoun), _OTHER):
        return None
    return _Trigger(at, hit, {**_OTHER, "lemma": word.key}, True)


def _done(words: list[Word], at: int, hit: Hit) -> bool:
    """توزيع ألف خيمة, حماية المتظاهرين: an indefinite verbal noun before what it is done to."""
    if hit.definite or hit.pronoun or hit.conjunction == "ف" or words[at].hits.keys() & {"noun", "event_noun", "org_head", "place_head", "speech_noun"}:
        return False
    after = words[at + 1] if at + 1 < len(words) else None
    if after is None or after.kind == "mark":
        return False
    counted = after.hits.get("number")
    return after.kind == "number" or bool(counted and not counted.preposition) or after.key.startswith("ال")


def _listed(words: list[Word], at: int, cue: bool) -> _Trigger | None:
    word = words[at]
    function = word.hits.get("function")
    for category in ("event_verb", "event_noun"):
        hit = word.hits.get(category)
        if hit is None or (function and not hit.definite) or word.hits.get("month") and category == "event_noun" and not hit.definite and False:
            continue
        # أسرة is a family before it is أسر with a pronoun.
        plainer = [word.hits[c] for c in ("noun", "common", "title", "org_head") if c in word.hits]
        if hit.pronoun and any(not p.pronoun for p in plainer) or hit.conjunction and any(not p.conjunction for p in plainer):
            continue
        if category == "event_verb" and word.key.endswith("ا") and not word.key.endswith("وا") and word.hits.keys() & {"time", "noun", "common"}:
            continue  # فجراً is a time of day, not a dual
        if at and words[at - 1].key in ("ما", "لا") and word.key[1:] in ("زيد", "قل", "قلون", "تجاوز"):
            continue  # ما لا يقل عن
        row = _row(words, at, hit, cue)
        if row is None and "ُ" in word.raw[:4] and category == "event_verb":
            # عُيّن: the vowel leaves no doubt that it is a verb.
            row = next((r for r in hit.entry.rows if r["class"] in ("appointment", "dismissal", "arrest", "killing")), None)
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
        return _Trigger(at, hit, row, verb)
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
        between = at + 2 < len(words) and words[at + 1].hits.get("common") and words[at + 1].hits["common"].entry == "adjective"
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
    return "people" in words[at].hits or counts and at + 1 < len(words) and words[at + 1].key in ("منهم", "اخرين", "اخرون")


def _complement(words: list[Word], at: int) -> range:
    """The words in which the object of a trigger is looked for: up to the next mark, verb or conjunction."""
    last = at + 1
    while last < len(words) and last - at < 24:
        word = words[last]
        if word.raw in ("،", ",") and (close := _aside(words, last)):
            last = close + 1  # أوقفت الشرطة، ليلة أمس، تسعة عشر شخصاً
            continue
        if word.kind == "mark" and word.raw not in ('"', "«", "“") or word.key in ("ان", "الذي", "التي", "فيما", "بينما", "و"):
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
    nouns = word.hits.keys() & {"noun", "event_noun", "title", "org_head", "given", "family", "place", "place_head", "number", "month", "people", "demonym"}
    if before is not None and before.kind == "arabic" and before.key in ("في", "من", "الي", "علي", "عن", "بعد", "قبل", "منذ", "كل", "هذا", "هذه", "ذلك", "خلال", "اثر", "عقب", "ضد", "بين", "مع"):
        return False
    if nouns and not hit.preposition:
        # A noun by its spelling: a verb only where a verb can stand, at the head of a clause.
        vowelled = "ُ" in word.raw
        return bool(_at_head(words, at, hit) or vowelled) and not (hit.entry.feature != inflection.PERFECT and "noun" in nouns)
    if "common" in word.hits and word.hits["common"].entry in ("adjective",) and hit.entry.feature != inflection.PERFECT:
        return False
    return True


def _at_head(words: list[Word], at: int, hit: Hit) -> bool:
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
    return title is None or "event_noun" in word.hits and hit.definite == title.definite and not row["pos"] == "verb" or title.entry[0] != "head"


# --------------------------------------------------------------------------------------------------- status


def _class(trigger: _Trigger, triggers: list[_Trigger], memory: Memory, status: str) -> str:
    """The class of the row; deaths and injuries are damage where nature or an accident caused them."""
    row = trigger.row
    if row["lemma"] in ("انتخابات", "استفتاء", "اقتراع", "انتخاب") and row["class"] == "other" and status in ("planned", "hypothetical", "denied"):
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


def _status(words: list[Word], trigger: _Trigger, spoken: list[Spoken]) -> str:
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
    if may is not None and (imperfect or may + 1 < at and tense_of(words[may + 1]) in ("present", "")) and not perfect or any(k in _MAYBE - {"قد"} for k in near):
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


# ----------------------------------------------------------------------------------- who, to whom and when


def _roles(words: list[Word], trigger: _Trigger, names: dict, starts: dict[int, Quantity], text: str, origin: int) -> tuple[str | None, str | None]:
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
        found = phrase_at(words, begin, names) if words[begin].kind == "arabic" and "function" not in words[begin].hits else None
        return (found.text(words, text, origin), found.last) if found else None

    after = phrase(at + 1)
    described = words[at + 1].hits.get("common") if at + 1 < len(words) else None
    if not trigger.verb and described and described.entry == "adjective" and at + 1 not in names:
        return None, None  # تفجير انتحاري: an adjective, no genitive
    if not trigger.verb:
        if hit.pronoun or after is None or words[at + 1].hits.get("demonym") and at + 1 not in names:
            return None, None
        second = phrase(after[1])
        if trigger.row["class"] in _SUFFERED:
            person = names.get(at + 1)
            if second and person and person[0].type in ("PER", "ORG", "GPE", "GROUP") and trigger.row["class"] != "killing":
                return after[0], second[0]
            return None, after[0]
        return after[0], second[0] if second else None
    subject = None if _at_head(words, at, hit) else _before(words, at, names, text, origin)
    if subject and not hit.pronoun:
        return subject, after[0] if after else None  # القوات العراقية اعتقلت 15
    if not _at_head(words, at, hit) and at and words[at - 1].hits.keys() & {"noun", "common", "event_noun"} and "function" not in words[at - 1].hits:
        return None, after[0] if after else None  # مسجد استهدفه, تفجير استهدف مسجداً
    passive = getattr(hit.entry, "passive", False) or "ُ" in words[at].raw[:3] or _unspoken(trigger, words, at, starts)
    if passive:
        return None, after[0] if after else None
    if after is None:
        return _before(words, at, names, text, origin), None
    if hit.pronoun:
        return after[0], None
    second = phrase(after[1])
    if second is None and at and words[at - 1].kind == "arabic" and not hit.conjunction and (subject := _before(words, at, names, text, origin)):
        return subject, after[0]
    return after[0], second[0] if second else None


def _unspoken(trigger: _Trigger, words: list[Word], at: int, starts: dict) -> bool:
    """قتل 5 أشخاص, اعتقل العشرات: unvocalised, followed by a count of people and nobody else: a passive."""
    return trigger.row["class"] in ("killing", "arrest", "violence", "dismissal") and at + 1 in starts


def _before(words: list[Word], at: int, names: dict, text: str, origin: int) -> str | None:
    """The subject that stands directly before its verb."""
    for n in range(max(0, at - 8), at):
        if words[n].kind == "arabic" and (n == 0 or words[n - 1].kind == "mark" or words[n - 1].key in ("ان", "و", "فيما", "بينما", "لكن")):
            found = phrase_at(words, n, names)
            if found and found.last == at:
                return found.text(words, text, origin)
    return None


def _date(at: int, dates: list[tuple[int, str]], triggers: list[_Trigger]) -> str | None:
    """The nearest date of the sentence that no other trigger stands nearer to."""
    best, distance = None, 14
    for place, value in dates:
        gap = abs(place - at)
        if gap < distance and all(abs(place - t.at) >= gap for t in triggers if abs(t.at - at) < 28):
            best, distance = value, gap
    return best
