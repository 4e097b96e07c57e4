"""What makes somebody speak: verbs, participles, verbal nouns and particles of attribution."""

from __future__ import annotations

from dataclasses import dataclass

from qantar.arabic import fold
from qantar.reading import inflection
from qantar.reading.lexicons import Row, word_set
from qantar.reading.phrases import (
    CLOSING,
    OPENING,
    is_verb,
)
from qantar.reading.words import Hit, Word

THAT = word_set("statements_that")


_NOT = word_set("statements_not")


_LAWS = word_set("statements_laws")


# What shows, where nobody says: أظهرت بيانات, كشفت نتائج.
_DATA = word_set("statements_data")


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


def cues_in(words: list[Word]) -> list[Cue]:
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
    if (
        takes == "noun"
        and following is not None
        and (_law(following) or following.key in ("ما", "ل") or "number" in following.hits and following.key != "احد")
    ):
        return None
    if takes == "noun" and following is not None and "function" in following.hits:
        return None
    # The phrase ends with a preposition that is a letter: وفقاً لوزارة.
    end_word = words[last - 1]
    end = end_word.end
    if (
        takes == "noun"
        and last - at > 1
        and end_word.kind == "arabic"
        and any(end_word.hits.get(c) and end_word.hits[c].preposition == "ل" for c in end_word.hits)
    ):
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
    if hit is None or "time" in word.hits and word.raw == word.key:
        return None
    if "function" in word.hits and not _expressed(words, at, hit):
        return None
    if word.hits.keys() & {"title", "org_head"} and not hit.preposition and word.key.startswith("م"):
        return None
    row = _row(words, at, hit)
    dual = row is not None and word.key.endswith("ا") and not word.key.endswith(("وا", fold(row["perfect"])))
    if dual and not _clause_follows(words, at):
        return None  # «شكرا لكم»: tanwin
    if row is None or not _reports(words, at, hit, row):
        return None
    quoting = row["kind"] == "quote"
    start, end = word.start + hit.start, word.start + hit.end
    last = at + 1
    if hit.entry.passive and last < len(words) and words[last].key in ("عنه", "عنها", "عنهم") and quoting:
        end, last = words[last].end, last + 1  # نُقل عنه
    return Cue(
        at,
        last,
        start,
        end,
        "verb",
        row["kind"],
        passive=hit.entry.passive or "ُ" in word.raw[hit.start : hit.start + 2],
        quotes=quoting,
    )


def _expressed(words: list[Word], at: int, hit: Hit) -> bool:
    """عبر الوزير عن أسفه: at the head of a clause a verb, "through" elsewhere."""
    row = _row(words, at, hit)
    heads = at == 0 or words[at - 1].kind == "mark" or bool(hit.conjunction)
    return heads and row is not None and row["kind"] == "express" and any(w.key == "عن" for w in words[at + 1 : at + 7])


def _row(words: list[Word], at: int, hit: Hit) -> Row | None:
    rows = hit.entry.rows
    return next((row for row in rows if row["complement"] != "clause"), rows[0]) if rows else None


def _reports(words: list[Word], at: int, hit: Hit, row: Row) -> bool:
    """Whether the verb makes somebody speak here."""
    word = words[at]
    before = words[at - 1] if at else None
    following = words[at + 1] if at + 1 < len(words) else None
    if before is not None and before.key == "ما":
        return row["perfect"] not in ("زاد", "أبلغ")  # وفق ما ذكرته مصادر; ما يزيد على 200 is a bound
    if row["perfect"] == "أبلغ" and hit.entry.feature != inflection.PERFECT and not _clause_follows(words, at):
        return False  # تبلغ مساحة الحديقة
    if row["perfect"] == "تحدث" and following is not None and following.key == "باسم":
        return False
    if before is not None and before.key == "قد" and hit.entry.feature == inflection.IMPERFECT:
        return False
    if (
        following is not None
        and row["kind"] == "condemn"
        and following.key.removeprefix("ال").startswith(("محكم", "قضاء", "قاضي", "محاكم"))
    ):
        return False  # a court that convicts
    if following is not None and (following.key in _DATA or following.key.removeprefix("ال") in _DATA):
        return True
    if row["kind"] == "express" and any(w.key == "عن" for w in words[at + 1 : at + 7]):
        return True
    if before is not None and before.key in _NOT and row["perfect"] not in ("استبعد", "نفى", "أنكر", "أخفى"):
        return False
    if hit.entry.feature == inflection.JUSSIVE and not (before is not None and before.key in _NOT | {"ان", "لل"}):
        return False
    described = hit.pronoun and before is not None and before.key == "من"  # من وصفهم بأنهم
    if before is not None and not described and before.key in ("في", "من", "الي", "علي", "عن", "بعد", "قبل", "كل", "هذا", "هذه", "ذلك"):
        return False
    ordinary = word.hits.keys() & {"noun", "event_noun", "given", "place", "month", "number"}
    clause = _clause_follows(words, at)
    described = at + 1 < len(words) and words[at + 1].key.startswith("ب")  # وصفهم بأنهم
    if (
        hit.pronoun
        and not clause
        and not described
        and row["kind"] not in ("deny", "accuse", "condemn", "announce", "say")
    ):
        return False
    if ordinary and row["complement"] == "noun" and (before is None or before.kind == "mark" or hit.conjunction):
        return clause or any(
            h.preposition == "ب" for w in words[at + 1 : at + 10] for h in w.hits.values()
        )  # وطالب المتظاهرون بإسقاط
    if row["complement"] == "clause" or ordinary:
        return clause
    return True


def _clause_follows(words: list[Word], at: int) -> bool:
    """Whether أن, إن, a colon or a quotation follows before another verb does."""
    commas = 0
    for n in range(at + 1, min(len(words), at + 24)):
        word = words[n]
        if word.key in THAT and word.key != "ل" or word.raw in OPENING or word.raw == ":":
            return True
        if word.raw in (".", "؛", "؟", "!"):
            return False
        commas += word.raw in ("،", ",")
        if (
            word.kind == "number"
            and n == at + 1
            or n == at + 2
            and word.kind == "number"
            and "hedge" in words[n - 1].hits
        ):
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
    that = following is not None and (following.key in THAT or following.raw in OPENING or following.raw == ":")
    if hit.entry.feature == inflection.PARTICIPLE:
        if hit.definite or hit.preposition or hit.pronoun:
            return None
        before = words[at - 1] if at else None
        adverbial = (
            word.key.endswith(("ا", "ه", "ين"))
            and before is not None
            and (before.raw in ("،", ",", ")", "-", "–") or before.raw in CLOSING or hit.conjunction == "و")
        )
        led = word.key.endswith("ا") and following is not None and following.key in ("الي", "علي", "عن", "من", "ب")
        spaced = (
            adverbial or led or (word.raw.endswith(("اً", "ًا")) and before is not None and "noun" not in before.hits)
        )
        if (
            not (spaced or (that and word.key.endswith(("ا", "ه"))))
            or word.hits.keys() & {"title", "org_head"}
            and not (that or adverbial or led)
        ):
            return None
        if row["complement"] == "clause" and not (that or _clause_follows(words, at)) or following is None:
            return None
        return Cue(at, at + 1, start, end, "participle", row["kind"])
    called = following is not None and following.key == "الي" and row["kind"] == "call" and hit.preposition == "ب"
    if not (that or called) or "event_noun" in word.hits and not that:
        return None
    if hit.pronoun or following is not None and following.key in THAT or called:
        return Cue(at, at + 1, start, end, "masdar", row["kind"])
    return None
