"""Everyone who is made to speak: one statement for each attributing verb, participle, verbal noun or particle.

The cue decides where a statement begins; it goes on to the next cue or to the end of the sentence. It is direct where all
that is said stands in quotation marks. A speaker who is not named beside the cue is the last one who spoke, or the subject
of the clause.
"""

from __future__ import annotations

from dataclasses import dataclass

from qantar.reading import inflection
from qantar.reading.lexicons import Row
from qantar.reading.phrases import CLOSING, OPENING, Phrase, actor_starts, is_verb, phrase_at
from qantar.reading.rows import Actor, Statement
from qantar.reading.words import Hit, Word

_THAT = frozenset({"ان", "بان", "انه", "انها", "انهم", "انهما", "انني", "اننا", "بانه", "بانها", "بانهم", "ل", "لان", "انه,"})
_NOT = frozenset({"لم", "لا", "لن", "عدم", "دون", "ولم", "فلم", "ولا", "ولن", "رفض", "رفضت"})
_LAWS = frozenset("قانون دستور قرار اتفاق اتفاقية مادة خطة معايير نظام أحكام جدول ميثاق شروط قواعد إجراءات مقتضيات ضوابط آلية سياسة أصول تقاليد حاجة رغبة أولويات برنامج لائحة".replace("ة", "ه").replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").split())
# What shows, where nobody says: أظهرت بيانات, كشفت نتائج.
_DATA = frozenset("بيانات أرقام نتائج استطلاع استطلاعات تقرير تقارير دراسة دراسات إحصاءات إحصائيات مؤشرات وثائق وثيقة تحقيق تحقيقات تقديرات معطيات".replace("ة", "ه").replace("أ", "ا").replace("إ", "ا").replace("ئ", "ء").replace("ؤ", "ء").split())
_TIMES = frozenset({"time", "time_unit", "month", "opener"})


@dataclass
class Memory:
    """Who spoke last, sentence by sentence."""

    speaker: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that makes somebody speak: ``words[first:last]``."""

    first: int
    last: int
    start: int
    end: int
    sort: str  # verb, participle, masdar, particle
    sense: str
    takes: str = ""
    passive: bool = False
    quotes: bool = False


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
    cues = [cue for cue in _cues(words) if cue.first not in inside]
    # اعتبرت موسكو، على لسان وزيرها: the mouth of the one who speaks already.
    cues = [cue for n, cue in enumerate(cues) if not (n and words[cue.first].key == "علي" and words[cue.first + 1].key == "لسان" and cue.first - cues[n - 1].last < 8)]
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
        statement = Statement(cue.start, end, text[cue.start - origin : end - origin], speaker, cue_text, cue.start, "direct" if quoted else "indirect", cue.sense)
        spoken.append(Spoken(statement, cue, content, stop))
        if speaker and not cue.quotes:
            memory.speaker = speaker
    return spoken


# ---------------------------------------------------------------------------------------------------- cues


def _cues(words: list[Word]) -> list[Cue]:
    found: list[Cue] = []
    at = 0
    while at < len(words):
        cue = _particle(words, at) or _verb(words, at) or _noun(words, at)
        if cue:
            found.append(cue)
            at = cue.last
        else:
            at += 1
    return found


def _particle(words: list[Word], at: int) -> Cue | None:
    """بحسب, وفقاً لـ, نقلاً عن, على حد قوله."""
    word = words[at]
    if word.kind != "arabic":
        return None
    hit = word.hits.get("attribution")
    first, last, takes, start = at, at, "", word.start
    openings = word.form.openings if "attribution" in word.form.phrases else ()
    if hit is None and not openings:
        return None
    for offset, _, table in openings:
        for keys, category, entry in (phrase for phrases in table.values() for phrase in phrases):
            if category == "attribution" and len(keys) > last - at and (end := _phrase_end(words, at, keys)):
                last, takes, start = end, entry, word.start + offset
    if last == at:
        if hit is None or hit.pronoun:
            return None
        last, takes, start = at + 1, hit.entry, word.start + hit.start
    hosted = takes == "noun" and last - at > 1 and words[last - 1].key.startswith("ل") and len(words[last - 1].key) > 1
    if hosted and _law(words[last - 1]):
        return None  # وفقاً للدستور
    if takes == "verb" or last >= len(words) and takes == "noun":
        return None  # وفق ما ذكرته مصادر: the verb is the cue
    following = words[last] if last < len(words) else None
    if takes == "noun" and following is not None and (_law(following) or following.key in ("ما", "ل") or "number" in following.hits and following.key != "احد"):
        return None
    if takes == "noun" and following is not None and "function" in following.hits:
        return None
    # The phrase ends with a preposition that is a letter: وفقاً لوزارة.
    end_word = words[last - 1]
    end = end_word.end
    if takes == "noun" and end_word.kind == "arabic" and any(end_word.hits.get(c) and end_word.hits[c].preposition == "ل" for c in end_word.hits):
        end, last = words[last - 2].end, last - 1
    return Cue(first, last, start, end, "particle", "say", takes, quotes=True)


def _phrase_end(words: list[Word], at: int, keys: tuple[str, ...]) -> int:
    """Index after the phrase, 0 if it does not stand here; its last word may carry a pronoun or be a single letter."""
    if at + len(keys) > len(words):
        return 0
    for n, key in enumerate(keys[1:], 1):
        actual = words[at + n].key
        final = n == len(keys) - 1
        if actual == key:
            continue
        if final and key == "ل" and actual.startswith("ل") and len(actual) > 2:
            return at + n + 1
        if final and actual.startswith(key) and actual[len(key) :] in ("ه", "ها", "هم", "هما"):
            continue
        return 0
    return at + len(keys)


def _law(word: Word) -> bool:
    key = word.key.removeprefix("ل").removeprefix("ل") if word.key.startswith("لل") else word.key
    key = key.removeprefix("ال")
    return key in _LAWS or (key.startswith("ل") and key[1:] in _LAWS)


def _verb(words: list[Word], at: int) -> Cue | None:
    word = words[at]
    hit = word.hits.get("speech_verb")
    if hit is not None and "common" in word.hits and word.hits["common"].entry == "adverb":
        return None
    if hit is None or "function" in word.hits or "time" in word.hits and word.raw == word.key:
        return None
    if word.hits.keys() & {"title", "org_head"} and not hit.preposition and word.key.startswith("م"):
        return None
    row = _row(words, at, hit)
    if row is None or not _reports(words, at, hit, row):
        return None
    quoting = row["kind"] == "quote"
    start, end = word.start + hit.start, word.start + hit.end
    last = at + 1
    if hit.entry.passive and last < len(words) and words[last].key in ("عنه", "عنها", "عنهم") and quoting:
        end, last = words[last].end, last + 1  # نُقل عنه
    return Cue(at, last, start, end, "verb", row["kind"], passive=hit.entry.passive or "ُ" in word.raw[hit.start : hit.start + 2], quotes=quoting)


def _row(words: list[Word], at: int, hit: Hit) -> Row | None:
    rows = hit.entry.rows
    return next((row for row in rows if row["complement"] != "clause"), rows[0]) if rows else None


def _reports(words: list[Word], at: int, hit: Hit, row: Row) -> bool:
    """Whether the verb makes somebody speak here."""
    word = words[at]
    before = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    if before is not None and before.key == "ما":
        return True  # وفق ما ذكرته مصادر
    if row["perfect"] == "أبلغ" and hit.entry.feature != inflection.PERFECT and not _clause_follows(words, at):
        return False  # تبلغ مساحة الحديقة
    if row["perfect"] == "تحدث" and following is not None and following.key == "باسم":
        return False
    if before is not None and before.key == "قد" and hit.entry.feature == inflection.IMPERFECT:
        return False
    if following is not None and row["kind"] == "condemn" and following.key.removeprefix("ال").startswith(("محكم", "قضاء", "قاضي", "محاكم")):
        return False  # a court that convicts
    if following is not None and (following.key in _DATA or following.key.removeprefix("ال") in _DATA):
        return True
    if row["kind"] == "express" and any(w.key == "عن" for w in words[at + 1 : at + 7]):
        return True
    if before is not None and before.key in _NOT and row["perfect"] not in ("استبعد", "نفى", "أنكر", "أخفى"):
        return False
    if hit.entry.feature == inflection.JUSSIVE and not (before is not None and before.key in _NOT | {"ان", "لل"}):
        return False
    if before is not None and before.key in ("في", "من", "الي", "علي", "عن", "بعد", "قبل", "كل", "هذا", "هذه", "ذلك"):
        return False
    ordinary = word.hits.keys() & {"noun", "event_noun", "given", "place", "month", "number"}
    clause = _clause_follows(words, at)
    described = at + 1 < len(words) and words[at + 1].key.startswith("ب")  # وصفهم بأنهم
    if hit.pronoun and not clause and not described and row["kind"] not in ("deny", "accuse", "condemn", "announce", "say"):
        return False
    if ordinary and row["complement"] == "noun" and (before is None or before.kind == "mark" or hit.conjunction):
        return clause or any(h.preposition == "ب" for w in words[at + 1 : at + 10] for h in w.hits.values())  # وطالب المتظاهرون بإسقاط
    if row["complement"] == "clause" or ordinary:
        return clause
    return True


def _clause_follows(words: list[Word], at: int) -> bool:
    """Whether أن, إن, a colon or a quotation follows before another verb does."""
    commas = 0
    for n in range(at + 1, min(len(words), at + 24)):
        word = words[n]
        if word.key in _THAT and word.key != "ل" or word.raw in OPENING or word.raw == ":":
            return True
        if word.raw in (".", "؛", "؟", "!"):
            return False
        commas += word.raw in ("،", ",")
        if word.kind == "number" and n == at + 1 or n == at + 2 and word.kind == "number" and "hedge" in words[n - 1].hits:
            return False  # يبلغ نحو 30
        if n > at + 1 and is_verb(word) and "common" not in word.hits or commas > 3:
            return False
    return False


def _noun(words: list[Word], at: int) -> Cue | None:
    """Participles (قائلاً، مؤكدةً) and verbal nouns that bring in what is said (قوله إن)."""
    word = words[at]
    hit = word.hits.get("speech_noun")
    if hit is None or not hit.entry.rows or "function" in word.hits:
        return None
    row = hit.entry.rows[0]
    following = words[at + 1] if at + 1 < len(words) else None
    start, end = word.start + hit.start, word.start + hit.end
    that = following is not None and (following.key in _THAT or following.raw in OPENING or following.raw == ":")
    if hit.entry.feature == inflection.PARTICIPLE:
        if hit.definite or hit.preposition or hit.pronoun:
            return None
        before = words[at - 1] if at else None
        adverbial = word.key.endswith(("ا", "ه", "ين")) and before is not None and (before.raw in ("،", ",", ")", "-", "–") or before.raw in CLOSING or hit.conjunction == "و")
        led = word.key.endswith("ا") and following is not None and following.key in ("الي", "علي", "عن", "من", "ب")
        spaced = adverbial or led or (word.raw.endswith(("اً", "ًا")) and before is not None and "noun" not in before.hits)
        if not (spaced or (that and word.key.endswith(("ا", "ه")))) or word.hits.keys() & {"title", "org_head"} and not (that or adverbial or led):
            return None
        if row["complement"] == "clause" and not (that or _clause_follows(words, at)) or following is None:
            return None
        return Cue(at, at + 1, start, end, "participle", row["kind"])
    called = following is not None and following.key == "الي" and row["kind"] == "call" and hit.preposition == "ب"
    if not (that or called) or "event_noun" in word.hits and not that:
        return None
    if hit.pronoun or following is not None and following.key in _THAT or called:
        return Cue(at, at + 1, start, end, "masdar", row["kind"])
    return None


# ------------------------------------------------------------------------------------------------- speakers


def _speaker(words: list[Word], cue: Cue, names: dict, inside: set[int], spoken: list[Spoken], cues: list[Cue]) -> tuple[Phrase | None, int]:
    """(who speaks, index at which what is said begins)."""
    after = cue.last
    if cue.sort == "particle":
        if cue.takes == "pronoun":
            return None, after
        phrase = phrase_at(words, after, names, hosted=True)
        return phrase, phrase.last if phrase else after
    if cue.sort == "masdar":
        source = _source(words, cue.first, names) if "عن" in [w.key for w in words[max(0, cue.first - 18) : cue.first]] else None
        return source, after
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
        if word.raw in ("،", ",") and begin + 1 < len(words) and (words[begin + 1].hits.keys() & _TIMES or "number" in words[begin + 1].hits or begin > at):
            begin += 1
        elif word.hits.keys() & {"time", "month"} and "noun" not in word.hits or word.key in ("يوم", "امس", "مساء", "صباح", "اليوم"):
            begin += 1
        elif word.kind == "number" and begin > at:
            begin += 1
        elif word.key in ("من", "في") and begin + 1 < len(words) and words[begin + 1].key in ("جهته", "جانبه", "جهتها", "جانبها", "بيان", "وقت", "تصريح", "موتمر"):
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
    if word.kind != "arabic" or "function" in word.hits and word.key not in ("احد", "احدي", "بعض", "عدد", "جميع", "مجموعه") or word.key in _THAT:
        return False
    if is_verb(word) or "attribution" in word.hits:
        return False
    for category in ("noun", "title", "org_head", "common", "place_head", "people", "given", "event_noun", "speech_noun"):
        hit = word.hits.get(category)
        if hit:
            if hit.preposition or hit.conjunction:
                return False
            person = "noun" in word.hits and word.hits["noun"].entry.kind in ("person", "fate", "collective")
            if word.hits.keys() & {"event_noun", "speech_noun"} and not hit.definite and not (person or word.hits.keys() & {"title", "org_head"}):
                return False
            return not (hit.pronoun and category == "event_noun")
    return not word.hits or word.key.startswith("ال")


def _subject_before(words: list[Word], cue: Cue, names: dict, cues: list[Cue]) -> Phrase | None:
    """The subject that stands before its verb in its clause: تورغومباييف أضاف، في بيان، أن ..."""
    if cue.first and words[cue.first].hits.get("speech_verb") and words[cue.first].hits["speech_verb"].conjunction and cue.sort == "verb":
        return None
    begin = cue.first
    floor = max((c.last for c in cues if c.last <= cue.first), default=0)
    while begin > floor and words[begin - 1].key not in (".", "؛", ":", "ان", "بان", "فيما", "بينما", "حيث", "لكن", "ولكن", "كما", "اذ", "الا", "الذي", "التي", "و"):
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
    return phrase_at(words, last, names) if last is not None and before - last < 10 else None


def _antecedent(words: list[Word], cue: Cue, spoken: list[Spoken], memory: Memory) -> str | None:
    """The last who spoke: in the sentence if anybody did, else before."""
    for earlier in reversed(spoken):
        if earlier.statement.speaker and (cue.sort != "verb" or not earlier.cue.quotes):
            return earlier.statement.speaker
    if cue.passive:
        return None
    return memory.speaker


# ----------------------------------------------------------------------------------------------- quotations


def _quoted(words: list[Word], cue: Cue, content: int, stop: int) -> bool:
    """Whether all that is said stands in quotation marks."""
    if cue.sort == "particle":
        return False
    n = content
    colon = next((k for k in range(content, min(stop, content + 8)) if words[k].raw == ":"), None)
    if colon is not None and colon + 1 < stop and words[colon + 1].raw in OPENING:
        n = colon + 1  # كتب على تويتر: «...»
    while n < stop and (words[n].raw in ("،", ",", ":", "-", "–", ")") or words[n].key in _THAT or words[n].key in ("الي", "عن", "ب", "علي", "من") or words[n].hits.keys() & {"time", "month"} or words[n].kind == "number" or words[n].key in ("في", "بيان", "تصريح", "تغريده", "موتمر", "صحافي", "صحفي", "للصحفيين", "للصحافيين", "له", "لها", "كلمه", "يوم")):
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
