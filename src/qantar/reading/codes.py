"""What the columns of the coding say of a single row: lemma, medium, voice, PLOVER type, precision, measure."""

from __future__ import annotations

import bisect
import functools
import itertools
import re

from qantar.arabic import fold
from qantar.reading.lexicons import table
from qantar.reading.rows import Date, Event, Quantity, Statement
from qantar.reading.words import Word, form_of
from qantar.report import Sentence


def _all(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


# Citation forms that the lexicon spells without the sign that tells them from other words.
_SPELT = {"بين": "بيّن"}
_AGAIN = re.compile(r"(?:قول|تعبير|وصف|زعم|راي)(?:ه|ها|هم|هما)$")
_MEDIA = {
    "بيان": "statement", "تصريح": "remarks", "تصريحات": "remarks", "موتمر": "conference", "مقابله": "interview",
    "حوار": "interview", "تغريده": "tweet", "رساله": "letter", "خطاب": "speech", "كلمه": "speech", "برقيه": "telegram",
}  # fmt: skip
# Before these words a form that may be a verb or a noun is a verb.
_CLAUSE = _all("أن فيما بينما حيث كما قد و لم الذي التي عندما الذين")
# Classes of event in which an unvocalised verb before its object only is a passive: قتل 5 أشخاص.
_UNSPOKEN = frozenset({"killing", "arrest", "violence", "dismissal"})
_DAMMA = "\u064f"
# So many characters before or after a number is where a hedge may stand.
_NEAR = 60

_TIMES = frozenset("second minute hour day night week month quarter season year decade century".split())
_AGE = _all("عمر العمر عمره عمرها أعمارهم سن السن")
_ROLES = {"dead": "killed", "death": "killed", "detainee": "detained"}
_CLASSES = {
    "killing": "killed", "arrest": "detained", "dismissal": "dismissed", "appointment": "appointed",
    "resignation": "resigned",
}  # fmt: skip
_DEATHS = _all("قتل مقتل مصرع توفي وفاة أودى لقي قضى سقط")
_INJURIES = _all("أصيب أصاب إصابة جرح جرحى")
_NOT = _all("لا لم لن ليس ليست")
# Hedges that bound from above; the others that bound do so from below. A negation before them turns either round.
_AT_MOST = frozenset(
    " ".join(map(fold, hedge.split()))
    for hedge in "أقل من|أدنى من|دون|تحت|يقل عن|تقل عن|يقلون عن|ما لا يزيد على|لا تتجاوز|لا يتجاوز|كحد أقصى|على الأكثر|"
    "بحد أقصى|قد يصل إلى".split("|")
)


# ------------------------------------------------------------------------------------------------- statements


def cue(statement: Statement) -> str:
    """The dictionary form of an attributing word; a set phrase as it is written.

    >>> cue(Statement(0, 0, "", None, "قالت", 0, "indirect", "say"))
    'قال'
    """
    hits = form_of(statement.verb).hits
    hit = hits.get("speech_verb") or hits.get("speech_noun")
    if " " in statement.verb or hit is None or not hit.entry.rows:
        return statement.verb
    rows = hit.entry.rows
    if hit.entry.passive:
        return next((row["passive"].split(";")[0] for row in rows if row["passive"]), statement.verb)
    perfects = [row["perfect"].split(";")[0] for row in rows]
    return next((_SPELT[verb] for verb in perfects if verb in _SPELT), perfects[0])


def is_particle(statement: Statement) -> bool:
    """Whether the cue is a phrase such as بحسب, which speaks for what stands before it too."""
    return " " in statement.verb or not form_of(statement.verb).hits.keys() & {"speech_verb", "speech_noun"}


def repeats(statement: Statement) -> bool:
    """Whether the cue only marks words once more as those of whoever spoke: على حد قوله."""
    return " " in statement.verb and bool(_AGAIN.search(fold(statement.verb)))


def medium(statement: Statement) -> str | None:
    """The medium that is named soon after the cue (في بيان, عبر تغريدة), in English."""
    words = [fold(word.strip("،,.:()\"«»")) for word in statement.text.split()[:12]]
    named = [word for before, word in itertools.pairwise(words) if before in ("في", "عبر", "خلال") and word in _MEDIA]
    return _MEDIA[named[0]] if named else None


# ----------------------------------------------------------------------------------------------------- events


def voice(event: Event, words: list[Word], counted: bool = False) -> str:
    """``active``, ``passive`` or ``nominal``, the grammatical form of the trigger.

    A finite verb that names nobody as its agent is passive where its form says so, or where those who suffer it are
    ``counted`` after it.
    """
    at = bisect.bisect_right(words, event.start, key=lambda word: word.end)
    if at == len(words) or not _finite(words, at):
        return "nominal"
    hit = words[at].hits.get("event_verb")
    marked = _DAMMA in words[at].raw[:4] or bool(hit and hit.entry.passive)
    return "passive" if event.actor is None and (marked or counted and event.class_ in _UNSPOKEN) else "active"


def _finite(words: list[Word], at: int) -> bool:
    hits, before = words[at].hits, words[at - 1] if at else None
    if "event_verb" in hits:
        opens = before is None or before.kind == "mark" or before.key in _CLAUSE or bool(hits["event_verb"].conjunction)
        return "event_noun" not in hits or opens or _DAMMA in words[at].raw
    return "event_noun" not in hits and "common" in hits and hits["common"].entry in ("verb", "imperfect")


def target(event: Event, quantities: list[Quantity], sentence: Sentence) -> str | None:
    """Who suffers an event as written; also a number that a hedge parts from the trigger: مقتل نحو 20 جندياً."""
    if event.target or event.actor or event.class_ not in _UNSPOKEN:
        return event.target
    for quantity in quantities:
        if not 0 < quantity.start - event.end < _NEAR:
            continue
        between = sentence.text[event.end - sentence.start : quantity.start - sentence.start]
        if (" ".join(_folded(between)), "before") in _hedges():
            return quantity.text
    return None


def plover(kind: str, predicate: str) -> str | None:
    """The PLOVER type of an event by its class and, where that decides, its lemma.

    >>> plover("killing", "قتل"), plover("deployment", "أرسل"), plover("damage", "خسائر")
    ('ASSAULT', 'AID', None)
    """
    types = _plover()
    return types.get((kind, fold(predicate)), types.get((kind, ""), "")) or None


@functools.cache
def _plover() -> dict[tuple[str, str], str]:
    return {(row["class"], fold(row["lemma"])): row["plover"] for row in table("plover")}


# ------------------------------------------------------------------------------------------ quantities and dates


def precision(quantity: Quantity, sentence: Sentence) -> tuple[str, bool]:
    """(``exact``, ``approximate``, ``bounded`` or ``vague``; whether bound from above). A range is approximate."""
    if quantity.vague or quantity.value is None:
        return "vague", False
    if not quantity.approx:
        return ("exact" if quantity.value_max is None else "approximate"), False
    before = _folded(_before(quantity, sentence))
    after = _folded(sentence.text[quantity.end - sentence.start :][:_NEAR])
    for size in range(4, 0, -1):
        for side, words in (("before", before[-size:]), ("after", after[:size])):
            hedge = " ".join(words).removeprefix("و")
            kind = _hedges().get((hedge, side)) if len(words) == size else None
            if kind == "bound":
                negated = side == "before" and len(before) > size and before[-size - 1].lstrip("وف") in _NOT
                return "bounded", (hedge in _AT_MOST) != negated
            if kind:
                return "approximate", False
    return "approximate", False


@functools.cache
def _hedges() -> dict[tuple[str, str], str]:
    return {(" ".join(_folded(row["phrase"])), row["side"]): row["kind"] for row in table("hedges")}


def _before(quantity: Quantity, sentence: Sentence) -> str:
    at = quantity.start - sentence.start
    return sentence.text[max(0, at - _NEAR) : at]


def _folded(text: str) -> list[str]:
    return [fold(word.strip(".,،؛;:!؟?()«»\"")) for word in text.split()]


def unit(quantity: Quantity) -> str:
    """What is counted; people of whom only their lot is told (dead, injured, detained) are persons.

    >>> unit(Quantity(0, 0, "", 300, unit="detained")), unit(Quantity(0, 0, "", 2, unit="soldier"))
    ('person', 'soldier')
    """
    return "person" if quantity.unit in _lots() else quantity.unit or "item"


@functools.cache
def _lots() -> frozenset[str]:
    roles = {row["role"] for row in table("roles")}
    fates = {row["unit"] for row in table("nouns") if row["kind"] == "fate"}
    return frozenset(roles | {fate for fate in fates if fate.endswith("ed")})


def measures(quantity: Quantity, events: list[Event], sentence: Sentence) -> str:
    """What a quantity is a measure of: what is done to those it counts, an age, a duration, a share; else its unit."""
    counted = quantity.unit or "item"
    if counted in _TIMES:
        before = _before(quantity, sentence).rstrip()
        aged = before.endswith("(") or any(word.lstrip("وب") in _AGE for word in _folded(before)[-4:])
        return "age" if aged else "duration"
    if counted == "percent" or (quantity.value is not None and 0 < quantity.value < 1):
        return "share"
    if counted in _ROLES or counted in _lots():
        return _ROLES.get(counted, counted)
    for event in events:
        suffers = target(event, [quantity], sentence)
        if suffers and quantity.text in suffers:
            lemma = fold(event.predicate)
            if lemma in _DEATHS | _INJURIES:
                return "killed" if lemma in _DEATHS else "injured"
            if event.class_ in _CLASSES:
                return _CLASSES[event.class_]
    money = len(counted) == 3 and counted.isupper()
    return "damage" if money and any(event.class_ == "damage" for event in events) else counted


def counted_from(date: Date) -> str | None:
    """``publication`` where the expression needs the day of publication to be understood."""
    if date.value is None or (date.kind == "calendar" and re.search(r"\d{4}", fold(date.text))):
        return None
    return "publication"
