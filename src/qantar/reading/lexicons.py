"""What the reader knows: the tables in ``lexicon/``, expanded into the forms that stand in texts.

One dictionary for single words, by folded form and category, one for phrases, by their first word. A row added to a table
is known from the next start on; no code changes.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from qantar.arabic import fold
from qantar.reading import inflection

FOLDER = Path(__file__).with_name("lexicon")
Row = dict[str, str]


class Noun(NamedTuple):
    """A noun that can be counted: ``number`` is singular, plural, dual or dual_construct."""

    lemma: str
    unit: str
    kind: str
    number: str


class Verb(NamedTuple):
    """A form of a verb of saying or of an event, with the rows it can belong to."""

    rows: tuple[Row, ...]
    feature: str
    passive: bool


class Name(NamedTuple):
    """A name with its type and, where it is known, the state it belongs to (ISO 3166-1 alpha-2)."""

    text: str
    type: str
    territory: str


# Categories whose words never take the article, a pronoun, or either.
_NO_ARTICLE = frozenset(
    {"speech_verb", "event_verb", "support", "place", "organisation", "city", "given", "family", "function", "vague_"}
)
_NO_PRONOUN = frozenset(
    {"place", "organisation", "city", "given", "family", "number", "month", "time", "ordinal", "demonym", "people"}
)
# ي, ك, كم, ني, نا are objects in speech; in news they are letters of the word.
_OBJECTS = frozenset({"ه", "ها", "هم", "هما", "هن", "نا"})


class Lexicon:
    """Single words and phrases by folded form."""

    def __init__(self) -> None:
        self.words: dict[str, dict[str, Any]] = {}
        # By first and by second word, so that a common first word costs no search.
        self.phrases: dict[str, dict[str, list[tuple[tuple[str, ...], str, Any]]]] = {}

    def add(self, text: str, category: str, entry: Any) -> None:
        """Adds a word or phrase; of two entries of a category the first stays."""
        keys = tuple(fold(part) for part in text.split())
        if len(keys) > 1:
            self.phrases.setdefault(keys[0], {}).setdefault(keys[1], []).append((keys, category, entry))
        else:
            self.words.setdefault(keys[0], {}).setdefault(category, entry)

    def add_form(self, form: str, category: str, entry: Any) -> None:
        """Adds a form that is folded already."""
        if " " in form:
            self.add(form, category, entry)
        else:
            self.words.setdefault(form, {}).setdefault(category, entry)

    def add_verb(self, form: str, category: str, row: Row, feature: str, passive: bool = False) -> None:
        """Adds a form of a verb; rows that share it are kept together."""
        entries = self.words.setdefault(form, {})
        known = entries.get(category)
        rank = (inflection.PERFECT, inflection.IMPERFECT, inflection.MASDAR, inflection.PARTICIPLE, inflection.JUSSIVE)
        if known is None or rank.index(feature) < rank.index(known.feature):
            entries[category] = Verb((row,), feature, passive)
        elif row not in known.rows and known.feature == feature and known.passive == passive:
            entries[category] = known._replace(rows=(*known.rows, row))

    def fits(self, category: str, entry: Any, definite: bool, preposition: str, pronoun: str) -> bool:
        """Whether a word of this category can carry these clitics."""
        if definite and category in _NO_ARTICLE:
            return False
        if category == "function" and pronoun:
            return entry == "preposition"  # منهم, عليها
        if pronoun and (category in _NO_PRONOUN or pronoun not in _OBJECTS):
            return False
        if category in ("speech_verb", "event_verb", "support"):
            return (
                preposition == ""
                or (preposition == "س" and entry.feature == inflection.IMPERFECT)
                or (preposition == "ل" and entry.feature != inflection.PERFECT)
            )
        if category == "common" and entry in ("verb", "imperfect"):
            return not definite and (preposition == "" or entry == "imperfect" and preposition in "سل")
        return preposition != "س" or category == "light"

    def match(self, words: list, at: int, category: str | None = None) -> tuple[int, int, str, Any] | None:
        """(offset in the first word, number of words, category, entry) of the longest phrase that begins here."""
        best = None
        form = words[at].form
        if not form.phrases or (category is not None and category not in form.phrases):
            return None
        if at + 1 >= len(words):
            return None
        second = words[at + 1].key
        for offset, _, phrases in form.openings:
            for keys, found, entry in phrases.get(second, ()):
                if (best is None or len(keys) > best[1]) and (category is None or found == category):
                    if len(keys) <= len(words) - at and all(words[at + n].key == keys[n] for n in range(2, len(keys))):
                        best = (offset, len(keys), found, entry)
        return best


def table(name: str) -> list[Row]:
    """The rows of one table of the lexicon. Raises ``FileNotFoundError`` if there is none."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return [dict(zip(header, row, strict=True)) for row in rows if row]


def items(cell: str) -> list[str]:
    """The parts of a cell that holds a list."""
    return cell.split(";") if cell else []


@functools.cache
def _word_sets() -> dict[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for row in table("word_sets"):
        sets.setdefault(row["set"], set()).add(row["word"])
    return {name: frozenset(words) for name, words in sets.items()}


def word_set(name: str) -> frozenset[str]:
    """The folded words of one set of ``word_sets.csv``: those that a rule of the module it is named after asks for.

    Raises ``KeyError`` if there is none of that name.
    """
    return _word_sets()[name]


@functools.cache
def load_lexicon() -> Lexicon:
    """Everything in ``lexicon/``, read once."""
    lexicon = Lexicon()
    for row in table("numbers"):
        lexicon.add(row["word"], "number", (row["kind"], row["value"]))
    for row in table("function_words"):
        lexicon.add(row["word"], "function", row["class"])
    _add_times(lexicon)
    _add_nouns(lexicon)
    _add_names(lexicon)
    _add_verbs(lexicon)
    for row in table("hedges"):
        lexicon.add(row["phrase"], "hedge", (row["kind"], row["side"]))
    for row in table("identifiers"):
        for form, _ in inflection.noun_forms(row["noun"], []):
            lexicon.add_form(form, "identifier", row["always"])
    for row in table("roles"):
        lexicon.add(row["word"], "role", row["role"])
    for row in table("attribution"):
        lexicon.add(row["phrase"], "attribution", row["takes"])
    for row in table("openers"):
        lexicon.add(row["phrase"], "opener", True)
    return lexicon


def _add_times(lexicon: Lexicon) -> None:
    for name in ("months_cldr", "months"):
        for row in table(name):
            lexicon.add(row["name"], "month", (row["calendar"], int(row["month"])))
    for row in table("times"):
        lexicon.add(row["word"], "time" if row["kind"] != "unit" else "time_unit", (row["kind"], row["value"]))
        if row["kind"] == "unit":
            for form, number in inflection.noun_forms(row["word"], []):
                lexicon.add_form(form, "time_unit", ("unit" if number == "singular" else number, row["value"]))
    for row in table("ordinals"):
        lexicon.add(row["word"], "ordinal", int(row["value"]))


def _add_nouns(lexicon: Lexicon) -> None:
    for row in table("nouns"):
        for form, number in inflection.noun_forms(row["noun"], items(row["plurals"])):
            if number == "dual_construct" and row["kind"] != "person":
                continue  # حربي is military far more often than "the two wars of"
            lexicon.add_form(form, "noun", Noun(row["noun"], row["unit"], row["kind"], number))
    for row in table("money"):
        for form, number in inflection.noun_forms(row["noun"], items(row["plurals"])):
            lexicon.add_form(form, "money", Noun(row["noun"], row["currency"], row["minor"] or "money", number))
    for row in table("currencies"):
        if " " not in row["noun"]:
            lexicon.add(row["noun"], "money", Noun(row["noun"], "", "money", "singular"))
        lexicon.add(row["currency"].lower(), "money", Noun(row["noun"], row["currency"], "code", "singular"))


def _add_names(lexicon: Lexicon) -> None:
    for row in table("demonyms"):
        adjective = row["adjective"]
        for form in (adjective, adjective + "ة", adjective + "ا"):
            lexicon.add(form, "demonym", row["territory"])
        stem = fold(adjective)
        for form in (stem + ending for ending in ("ان", "ين", "تان", "تين", "ات")):  # ديناران جزائريان
            lexicon.add_form(form, "demonym", row["territory"])
        for plural in items(row["people"]):
            for form, _ in inflection.noun_forms(adjective, [plural]):
                if form not in (fold(adjective), fold(adjective) + "ا"):
                    lexicon.add_form(form, "people", row["territory"])
    for row in table("territories"):
        lexicon.add(row["name"], "place", Name(row["name"], "GPE", row["territory"]))
    for row in table("places"):
        lexicon.add(row["name"], "place", Name(row["name"], row["type"], row["country"]))
    for row in table("organisations"):
        lexicon.add(row["name"], "organisation", Name(row["name"], row["type"], row["country"]))
    for row in table("cities"):
        lexicon.add(row["name"], "city", Name(row["name"], "GPE", row["territory"]))
    for row in table("org_heads"):
        for form, number in inflection.noun_forms(row["head"], []):
            lexicon.add_form(form, "org_head", (row["type"], row["definite"], number))
    for row in table("place_heads"):
        lexicon.add(row["head"], "place_head", row["type"])
    for row in table("titles"):
        if " " in row["title"]:
            lexicon.add(row["title"], "title", (row["kind"], "singular"))
            continue
        for form, number in inflection.noun_forms(row["title"], []):
            lexicon.add_form(form, "title", (row["kind"], number))
    _add_common(lexicon)
    for row in table("given_names"):
        lexicon.add(row["name"], "given", True)
    for row in table("family_names"):
        lexicon.add(row["name"], "family", True)
    for row in table("name_parts"):
        if row["role"] != "ending":
            lexicon.add(row["part"], "name_part", row["role"])


def _add_common(lexicon: Lexicon) -> None:
    """Ordinary words, known so that they are not taken for names; ``ambiguous``: a verb and a noun (رابط)."""
    kinds: dict[str, str] = {}

    def add(form: str, kind: str) -> None:
        known = kinds.setdefault(form, kind)
        if known != kind and "verb" in (known, kind) and not {"adverb", "imperfect"} & {known, kind}:
            kinds[form] = "ambiguous"

    for row in table("common_words"):
        forms: set[str] = set()
        coming: set[str] = set()
        if row["pos"] in ("noun", "adjective"):
            forms |= {
                form
                for form, number in inflection.noun_forms(row["word"], items(row["forms"]))
                if number != "dual_construct"
            }
        if row["pos"] == "adjective":
            stem = fold(row["word"])
            forms |= {stem + ending for ending in ("ه", "ون", "ين", "ات", "تين", "تان", "ان")}
        if row["pos"] == "verb":
            forms |= set(inflection.perfect_forms(row["word"]))
            for form in items(row["forms"]):
                if form.startswith("ي"):
                    coming |= {f for f, _ in inflection.imperfect_forms(form)}
                else:
                    for masdar in inflection.masdar_forms(form):
                        add(masdar, "masdar")
        for form in sorted(forms or {fold(row["word"])}):
            add(form, row["pos"])
        for form in sorted(coming):
            add(form, "imperfect")
    for form, kind in kinds.items():
        lexicon.add_form(form, "common", kind)


def _add_verbs(lexicon: Lexicon) -> None:
    for row in table("light_verbs"):
        for form, _, _ in verb_forms({"participle": "", "passive": "", **row}):
            lexicon.add_form(form, "light", True)
    for name, prefix in (("speech", "speech"), ("triggers", "event")):
        for row in table(name):
            if row.get("pos") == "noun":
                for form, number in inflection.noun_forms(row["lemma"], items(row["plural"])):
                    if number != "dual_construct":
                        lexicon.add_verb(form, "event_noun", row, inflection.MASDAR)
                continue
            for form, feature, passive in verb_forms(row):
                category = (
                    f"{prefix}_noun" if feature in (inflection.MASDAR, inflection.PARTICIPLE) else f"{prefix}_verb"
                )
                lexicon.add_verb(form, category, row, feature, passive)
    for row in table("support_verbs"):
        for form, feature, passive in verb_forms({"masdar": "", "participle": "", **row}):
            lexicon.add_verb(form, "support", row, feature, passive)


def verb_forms(row: Row) -> Iterator[tuple[str, str, bool]]:
    """(form, feature, passive) of every form that a verb's row stands for."""
    # Only passives that are spelt differently (أقيل); of the others the marks or the context tell.
    active = {fold(verb) for verb in items(row["perfect"]) + items(row["imperfect"])}
    for verb in items(row["passive"]):
        if fold(verb) not in active:
            yield from ((form, inflection.PERFECT, True) for form in inflection.perfect_forms(verb))
    for verb in items(row.get("passive_imperfect") or ""):
        if fold(verb) not in active:
            yield from ((form, feature, True) for form, feature in inflection.imperfect_forms(verb))
    for verb in items(row["perfect"]):
        yield from ((form, inflection.PERFECT, False) for form in inflection.perfect_forms(verb))
    for verb in items(row["imperfect"]):
        yield from ((form, feature, False) for form, feature in inflection.imperfect_forms(verb))
    for masdar in items(row["masdar"]):
        yield from ((form, inflection.MASDAR, False) for form in inflection.masdar_forms(masdar))
    for plural in items(row.get("plural") or ""):
        yield fold(plural), inflection.MASDAR, False
    weak = bool(row["imperfect"]) and row["imperfect"][-1] in "يوى"
    for participle in items(row["participle"]):
        yield from ((form, inflection.PARTICIPLE, False) for form in inflection.participle_forms(participle, weak))
