"""What a number counts: percent, money, measures, people and things.

``unit`` is an English singular, an ISO 4217 code or ``percent``; it stays empty where the noun is not in the lexicon.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from qantar.arabic import fold
from qantar.reading.lexicons import Noun, items, load_lexicon, table, word_set
from qantar.reading.words import Word

OTHERS = word_set("units_others")
_PERCENT = word_set("units_percent")
_HUNDRED = frozenset({"المءه", "الماءه", "الميه"})
# Categories whose words are not nouns that a number may count.
_NO_NOUN = (
    "function",
    "speech_verb",
    "month",
    "place",
    "city",
    "organisation",
    "attribution",
    "support",
    "number",
    "hedge",
    "opener",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was read: it ends before ``words[last]``, at the offset ``end`` of the report."""

    name: str | None
    last: int
    end: int
    kind: str
    factor: float = 1


@functools.cache
def _money() -> tuple[dict[str, list[tuple[str, frozenset[str]]]], dict[str, str], frozenset[str]]:
    """(noun → [(currency, territories)], sign → currency, codes)."""
    nouns: dict[str, list[tuple[str, frozenset[str]]]] = {}
    codes = set()
    for row in table("currencies"):
        codes.add(row["currency"])
        nouns.setdefault(fold(row["noun"]), []).append((row["currency"], frozenset(items(row["territories"]))))
    # CLDR calls the pounds of Lebanon and Syria جنيه; there and in news they are ليرة.
    for code, territory in (("LBP", "LB"), ("SYP", "SY"), ("TRY", "TR")):
        nouns.setdefault(fold("ليرة"), []).append((code, frozenset({territory})))
    return nouns, {row["sign"]: row["currency"] for row in table("money_signs")}, frozenset(codes)


@functools.cache
def _measures() -> dict[str, str]:
    patterns = {}
    for row in table("measures"):
        patterns[fold(row["adjective"])] = patterns[fold(row["adjective"]) + "ا"] = row["pattern"]
    return patterns


def sign_at(words: list[Word], at: int) -> tuple[str, float] | None:
    """(currency, factor) of a money sign or code: $, €, USD."""
    if not 0 <= at < len(words):
        return None
    word = words[at]
    _, signs, codes = _money()
    if word.kind == "mark" and word.raw in signs:
        return _minor(signs[word.raw])
    if word.kind == "latin" and word.raw in codes:
        return word.raw, 1
    return None


def _minor(currency: str) -> tuple[str, float]:
    code, _, parts = currency.partition("/")
    return code, 1 / int(parts) if parts else 1


def unit_at(words: list[Word], at: int, country: str | None, definite: bool = False) -> Unit | None:
    """The unit that begins at a word; ``country`` decides whose dinar, ``definite``: the noun may have the article."""
    if at >= len(words):
        return None
    return _percent(words, at) or _currency(words, at, country) or _counted(words, at, definite)


def _percent(words: list[Word], at: int) -> Unit | None:
    if words[at].key in _PERCENT:
        return Unit("percent", at + 1, words[at].end, "percent")
    if words[at].key in ("في", "ب") and at + 1 < len(words) and words[at + 1].key in _HUNDRED:
        return Unit("percent", at + 2, words[at + 1].end, "percent")
    return None


def _currency(words: list[Word], at: int, country: str | None) -> Unit | None:
    prefixed = _prefixed_sign(words, at)
    if prefixed:
        return Unit(prefixed, at + 2, words[at + 1].end, "money")
    sign = sign_at(words, at)
    if sign:
        return Unit(sign[0], at + 1, words[at].end, "money", sign[1])
    abbreviated = _abbreviation(words, at)
    if abbreviated:
        return abbreviated
    hit = words[at].hits.get("money")
    if hit is None or hit.conjunction or hit.preposition or hit.pronoun or words[at].kind != "arabic":
        return None
    last, end = at + 1, words[at].start + hit.end
    territory = None
    while last < len(words) and words[last].kind == "arabic":
        demonym = words[last].hits.get("demonym")
        if demonym and not demonym.conjunction and not demonym.preposition:
            territory = demonym.entry or territory
        elif words[last].key.removesuffix("ا").removesuffix("ه") not in ("استرليني", "سترليني"):
            break
        else:
            territory = "GB"
        end, last = words[last].end, last + 1
    islands = (
        load_lexicon().match(words, last, "place")
        if territory is None and last < len(words) and not hit.entry.unit
        else None
    )
    if islands and islands[0] == 0:  # فرنك جزر القمر
        territory, last, end = islands[3].territory, last + islands[1], words[last + islands[1] - 1].end
    code, factor = _code(hit.entry, territory, country)
    if factor != 1:  # cents are counted as cents, unless they follow the unit that they are a part of
        return Unit(hit.entry.kind, last, end, f"minor:{code}", factor)
    return Unit(code, last, end, "money")


def _prefixed_sign(words: list[Word], at: int) -> str | None:
    """The currency of US$, UK£: the sign with the letters of its state."""
    word = words[at]
    if (
        word.kind != "latin"
        or len(word.raw) != 2
        or at + 1 >= len(words)
        or words[at + 1].gap
        or words[at + 1].raw not in _money()[1]
    ):
        return None
    territory = {"UK": "GB"}.get(word.raw, word.raw)
    users = (code for noun in _money()[0].values() for code, territories in noun if territory in territories)
    return next(users, None)


def _abbreviation(words: list[Word], at: int) -> Unit | None:
    """ج.م, د.إ: letters with a point between them."""
    if (
        at + 2 < len(words)
        and words[at + 1].raw == "."
        and not words[at + 1].gap
        and not words[at + 2].gap
        and len(words[at].raw) == 1
    ):
        code = _money()[1].get(f"{words[at].raw}.{words[at + 2].raw}")
        if code:
            return Unit(code, at + 3, words[at + 2].end, "money")
    return None


def _code(noun: Noun, territory: str | None, country: str | None) -> tuple[str | None, float]:
    """The currency of a noun: what its adjective says, else the only one there is, else that of the report's country."""
    if noun.unit and not territory:
        return _minor(noun.unit)
    users = _money()[0].get(fold(noun.lemma), [])
    for known in (territory, country):
        for code, territories in users:
            if known and known in territories:
                return code, 1
    if noun.unit:
        return _minor(noun.unit)
    if len(users) == 1 and not territory:
        return users[0][0], 1
    return None, 1


def _counted(words: list[Word], at: int, definite: bool) -> Unit | None:
    word = words[at]
    if word.kind == "latin":
        measure = word.hits.get("noun")
        return Unit(measure.entry.unit, at + 1, word.end, measure.entry.kind) if measure else None
    if word.kind != "arabic":
        return None
    if word.key in OTHERS:
        return Unit(None, at + 1, word.end, "others")
    phrase = load_lexicon().match(words, at, "noun") if word.form.openings else None
    if phrase and phrase[0] == 0:
        return Unit(phrase[3].unit, at + phrase[1], words[at + phrase[1] - 1].end, phrase[3].kind)
    for category in ("time_unit", "noun"):
        hit = word.hits.get(category)
        if (
            hit
            and not hit.conjunction
            and not hit.preposition
            and (definite or not hit.definite or category == "noun" and definite)
        ):
            if category == "time_unit":
                return Unit(hit.entry[1], at + 1, word.start + hit.end, "time")
            return _with_adjective(words, at, hit.entry, word.start + hit.end)
    if _plain_noun(word, definite):
        if word.hits.keys() & {"people", "demonym"}:
            return Unit("person", at + 1, word.end, "person")
        return Unit(None, at + 1, word.end, "unknown")
    return None


def _with_adjective(words: list[Word], at: int, noun: Noun, end: int) -> Unit:
    """متر مكعب, درجة مئوية."""
    following = words[at + 1] if at + 1 < len(words) else None
    if noun.lemma == "نائب" and any(w.key.startswith("ل") or "title" in w.hits for w in words[at + 1 : at + 3]):
        return Unit("deputy", at + 1, end, noun.kind)  # نائبين لرئيس المخابرات: not members of parliament
    pattern = _measures().get(following.key) if following is not None else None
    speed = (
        following is not None
        and noun.kind == "distance"
        and at + 2 < len(words)
        and (following.key in ("في", "/") and words[at + 2].key in ("الساعه", "ساعه"))
    )
    if speed:
        return Unit(f"{noun.unit} per hour", at + 3, words[at + 2].end, "speed")
    if noun.kind == "distance" and following is not None and following.key in ("2", "3") and not following.gap:
        return Unit(f"{'square' if following.key == '2' else 'cubic'} {noun.unit}", at + 2, following.end, "area")
    if pattern and following is not None:
        return Unit(pattern.format(noun.unit), at + 2, following.end, noun.kind)
    return Unit(noun.unit, at + 1, end, noun.kind)


def _plain_noun(word: Word, definite: bool) -> bool:
    """Whether an unknown word can be the noun that a number counts: no proclitic, no verb, no name."""
    if any(category in word.hits for category in _NO_NOUN) or len(word.key) < 3:
        return False
    if word.hits and all(hit.conjunction or hit.preposition for hit in word.hits.values()):
        return False
    if word.key.startswith("ال"):
        return definite
    demonym = word.hits.get("demonym") or word.hits.get("people")
    if demonym:
        return not demonym.conjunction and not demonym.preposition
    event = word.hits.get("event_noun")
    if event:
        return not event.conjunction and not event.preposition and not event.pronoun
    if "event_verb" in word.hits or "speech_noun" in word.hits:
        return False
    # A word that may begin with a proclitic is taken for a noun only if tanwin or ta marbuta shows that it is one.
    if word.key[0] in "وفبلكس":
        return word.raw.endswith(("اً", "ًا", "ة")) or (word.key.endswith("ا") and len(word.key) > 4)
    return not word.key.startswith(("ي", "ت")) or word.raw.endswith(("اً", "ًا", "ة")) or word.key.endswith("ا")


def partitive(words: list[Word], at: int) -> Unit | None:
    """من عناصر الأمن, من الجرحى: the whole that a number is taken from."""
    if at + 2 < len(words) and words[at + 1].key in ("كبار", "ابرز", "بين", "اصل", "صغار"):
        at += 1 if words[at].key == "من" else 0
    elif words[at : at + 1] and words[at].key != "من":
        return None
    if at + 1 >= len(words):
        return None
    money = words[at + 1].hits.get("money")
    if money and money.definite:
        return Unit(money.entry.unit or None, at + 2, words[at + 1].start + money.end, "money")  # الملايين من الدولارات
    hit = words[at + 1].hits.get("noun")
    if hit is None or hit.entry.number != "plural" or hit.preposition or hit.conjunction:
        return None
    last, end = at + 2, words[at + 1].start + hit.end
    if not hit.definite and not hit.pronoun and last < len(words) and words[last].key.startswith("ال"):
        end, last = words[last].end, last + 1
    return Unit(hit.entry.unit, last, end, hit.entry.kind)


def dual_at(words: list[Word], at: int, country: str | None) -> Unit | None:
    """The unit of a dual that counts: جنديان, سيارتين, وزيري الخارجية, متظاهران اثنان. Duals with the article point back."""
    word = words[at]
    if word.kind != "arabic":
        return None
    national = at + 1 < len(words) and "demonym" in words[at + 1].hits
    for category in ("money", "time_unit", "noun") if national else ("time_unit", "noun", "money"):
        hit = word.hits.get(category)
        if hit is None or hit.pronoun:
            continue
        number = hit.entry[0] if category == "time_unit" else hit.entry.number
        if hit.definite:
            shift = words[at + 1].hits.get("time") if at + 1 < len(words) else None
            if category == "time_unit" and number == "dual" and shift and shift.entry[0] == "shift":
                return Unit(hit.entry[1], at + 1, word.end, "time")  # الأسبوعين الماضيين
            continue
        if number == "plural" and word.key.endswith(("ين", "ان")):
            both = _two(words, Unit(hit.entry.unit, at + 1, word.start + hit.end, hit.entry.kind))
            if both.last > at + 1:
                return both  # مطلوبين اثنين
        if number == "dual" or (
            number == "dual_construct" and _construct(words, at, hit.entry if category == "noun" else None)
        ):
            if category == "money":
                found = _currency(words, at, country)
                return found
            if category == "noun":
                return _two(words, _with_adjective(words, at, hit.entry, word.start + hit.end))
            return _two(words, Unit(hit.entry[1], at + 1, word.start + hit.end, "time"))
    if not word.hits.keys() & {
        "number",
        "noun",
        "people",
        "demonym",
        "function",
        "given",
        "family",
        "speech_verb",
        "place",
        "city",
        "time",
    }:
        agreeing = (
            at + 1 < len(words) and words[at + 1].key.endswith(("تين", "تان")) and word.key.endswith(("تين", "تان"))
        )
        if _base_of_dual(word.key) or (agreeing and not word.key.startswith("ال")):
            return _two(words, Unit(None, at + 1, word.end, "unknown"))
    return None


def _two(words: list[Word], unit: Unit) -> Unit:
    if (
        unit.last < len(words)
        and words[unit.last].hits.get("number")
        and words[unit.last].hits["number"].entry == ("unit", "2")
    ):
        number = words[unit.last].hits["number"]
        if not number.conjunction and not number.preposition and not number.definite:
            return Unit(unit.name, unit.last + 1, words[unit.last].end, unit.kind)
    return unit


# Adjectives in ـي that look like duals in construct, and such duals as point back.
_NISBA = word_set("units_nisba")


def _construct(words: list[Word], at: int, noun: Noun | None) -> bool:
    """Whether a form in ـي or ـا is a dual before its genitive: وزيري الخارجية, نائبا رئيس."""
    if noun is None or at + 1 >= len(words) or words[at].key in _NISBA:
        return False
    following = words[at + 1]
    genitive = following.key.startswith("ال") or bool(following.hits.keys() & {"title", "org_head"})
    return genitive and (
        "َي" in words[at].raw
        or (noun.kind == "person" and words[at].key.endswith("ي"))
        or words[at].key.endswith(("تا", "تي"))
    )


def _base_of_dual(key: str) -> str | None:
    """The singular of a dual of a noun that no lexicon of counted nouns has, but another one knows: انفجارين."""
    key = key[1:] if key[0] in "وبلف" and len(key) > 6 else key
    if len(key) < 6 or not key.endswith(("ان", "ين")):
        return None
    stem = key[:-2]
    base = stem[:-1] + "ه" if stem.endswith("ت") else stem
    known = load_lexicon().words.get(base, {})
    return base if known.keys() & {"event_noun", "org_head", "place_head"} else None
