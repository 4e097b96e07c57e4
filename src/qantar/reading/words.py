"""The words of a sentence as the reader's layers see them: folded, with clitics told apart, offsets kept.

A word is cut off the raw text; what a lexicon knows is looked up under the folded form of its stem. Which clitics a form
has depends on its letters alone, so the analysis of a form is made once and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qantar.arabic import INVISIBLE, MARKS, TATWEEL, fold
from qantar.reading.lexicons import Lexicon, load_lexicon

_DIGIT = "0-9٠-٩۰-۹"
_LETTER = "\u0620-\u063f\u0641-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc"
_INNER = f"{_LETTER}{MARKS}{TATWEEL}"
_TOKEN = re.compile(
    rf"(?P<arabic>[{_LETTER}][{_INNER}]*(?:[\u200c\u200d][{_INNER}]+)*)"
    rf"|(?P<number>[{_DIGIT}]+(?:[.,٬٫،][{_DIGIT}]+)*)"
    rf"|(?P<latin>[^\W\d_{_LETTER}]+)"
    rf"|(?P<other>[{MARKS}]+|\w)"
    rf"|(?P<mark>[^\w\s{INVISIBLE}]|_)"
)
_FINAL = "".join(chr(code) for code in (*range(0x064B, 0x0660), 0x0640, 0x0670))
_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك", "س")
_PRONOUNS = ("", "ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم", "ني")
_LONGEST = 100  # letters and marks of what can be a word
_CACHE_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Hit:
    """What a lexicon says of a word, and which part of the word it speaks of.

    ``start`` and ``end`` are offsets into the raw word: its stem with article and pronoun, without proclitics.
    """

    entry: Any
    start: int
    end: int
    definite: bool = False
    conjunction: str = ""
    preposition: str = ""
    pronoun: str = ""


class Form:
    """A spelling: its folded key, its kind, and what the lexicons say of it (``hits`` by category)."""

    __slots__ = ("hits", "key", "kind", "openings", "phrases", "raw", "traits")

    def __init__(self, raw: str, kind: str, lexicon: Lexicon) -> None:
        self.raw, self.kind, self.key = raw, kind, fold(raw)
        self.hits: dict[str, Hit] = {}
        self.openings: list[tuple[int, str, dict]] = []
        # What layers have found out about the spelling, so that they ask once.
        self.traits: dict[str, Any] = {}
        if kind == "arabic":
            if len(raw) <= _LONGEST:
                _analyse(self, lexicon)
        elif self.key.lower() in lexicon.words:
            entries = lexicon.words[self.key.lower()]
            self.hits = {category: Hit(entry, 0, len(raw)) for category, entry in entries.items()}
        self.phrases = frozenset(
            category for _, _, table in self.openings for phrases in table.values() for _, category, _ in phrases
        )


class Word:
    """One token of a sentence; ``start`` and ``end`` are offsets into the report, ``gap``: white space stands before it."""

    __slots__ = ("end", "form", "gap", "hits", "key", "kind", "raw", "start")

    def __init__(self, form: Form, start: int, gap: bool) -> None:
        self.form, self.start, self.gap = form, start, gap
        self.end = start + len(form.raw)
        self.raw, self.key, self.kind, self.hits = form.raw, form.key, form.kind, form.hits

    def __repr__(self) -> str:
        return f"Word({self.raw!r}, {self.start})"


_forms: dict[str, Form] = {}


def form_of(raw: str, kind: str = "arabic") -> Form:
    """The analysis of one spelling, made once."""
    form = _forms.get(raw)
    if form is None:
        if len(_forms) >= _CACHE_LIMIT:  # a text that repeats nothing must not fill the memory
            _forms.clear()
        form = _forms[raw] = Form(raw, kind, load_lexicon())
    return form


def words_of(text: str, offset: int = 0) -> list[Word]:
    """The tokens of a sentence in order; ``offset`` is where the sentence begins in its report.

    >>> [(word.raw, word.kind) for word in words_of("5 آلاف و135 شخصاً")]
    [('5', 'number'), ('آلاف', 'arabic'), ('و', 'arabic'), ('135', 'number'), ('شخصاً', 'arabic')]
    """
    words, before = [], -1
    for match in _TOKEN.finditer(text):
        start = match.start()
        gap = start > before >= 0 and not _hidden(text[before:start])
        words.append(Word(form_of(match.group(), match.lastgroup or "other"), offset + start, gap))
        before = match.end()
    return words


def _hidden(between: str) -> bool:
    return not between.strip(INVISIBLE)


def _letters(raw: str, key: str) -> list[int]:
    """For each letter of the folded key, and for its end, the offset in the raw word."""
    if len(raw) == len(key):
        return list(range(len(raw) + 1))
    places: list[int] = []
    for offset, char in enumerate(raw):
        places += [offset] * len(fold(char))
    return (
        [*places[: len(key)], len(raw)]
        if len(places) >= len(key)
        else [*places, *[len(raw)] * (len(key) + 1 - len(places))]
    )


def _analyse(form: Form, lexicon: Lexicon) -> None:
    """Looks up every way to take clitics off a form, the ways that take fewer first."""
    key = form.key
    places = _letters(form.raw, key)
    # Folding makes ة and ه, ى and ي one letter; only ه and ي are pronouns.
    bare = form.raw.rstrip(_FINAL)
    no_pronoun = {"ة": "ه", "ى": "ي"}.get(bare[-1:], "")
    for conjunction, preposition, definite, start, pronoun, end, stem in _stems(key):
        if pronoun and pronoun == no_pronoun:
            continue
        entries = lexicon.words.get(stem)
        if entries:
            hit = None
            for category, entry in entries.items():
                if category not in form.hits and lexicon.fits(category, entry, definite, preposition, pronoun):
                    hit = Hit(entry, places[start], places[end], definite, conjunction, preposition, pronoun)
                    form.hits[category] = hit
        if not pronoun and stem in lexicon.phrases:
            form.openings.append((places[start], preposition, lexicon.phrases[stem]))
    function = form.hits.get("function")
    # والي is a governor before it is "and to": of two readings the one with fewer clitics holds.
    if (
        function
        and _clitics(function)
        and any(not _clitics(form.hits[c]) for c in ("title", "noun", "given") if c in form.hits)
    ):
        del form.hits["function"]
    elif function and form.raw.endswith("أ") and "speech_verb" in form.hits:
        del form.hits["function"]  # هنأ is not هنا


def _clitics(hit: Hit) -> int:
    return bool(hit.conjunction) + bool(hit.preposition) + bool(hit.pronoun)


def _stems(key: str) -> Iterator[tuple[str, str, bool, int, str, int, str]]:
    """(conjunction, preposition, definite, start, pronoun, end, stem) of every way to read a folded form.

    ``start`` and ``end`` bound the stem with its article and pronoun. A stem is given with its article too, for names
    that are never without it. After the preposition ل the article loses its alef: للحكومة begins at its second letter.
    """
    length = len(key)
    for conjunction in _CONJUNCTIONS:
        if not key.startswith(conjunction) or len(conjunction) >= length:
            continue
        at = len(conjunction)
        for preposition in _PREPOSITIONS:
            if not key.startswith(preposition, at):
                continue
            start = at + len(preposition)
            if length - start < 2 and length > 1:
                continue
            rest = key[start:]
            if preposition == "ل" and rest.startswith("ل") and len(rest) > 2:
                yield conjunction, preposition, True, start, "", length, "ال" + rest[1:]
                yield conjunction, preposition, True, start, "", length, rest[1:]
            if rest.startswith("ال") and len(rest) > 3:
                yield conjunction, preposition, False, start, "", length, rest
                yield conjunction, preposition, True, start, "", length, rest[2:]
                continue
            for pronoun in _PRONOUNS:
                if not pronoun:
                    yield conjunction, preposition, False, start, "", length, rest
                elif rest.endswith(pronoun) and len(rest) - len(pronoun) >= 2:
                    stem = rest[: -len(pronoun)]
                    yield conjunction, preposition, False, start, pronoun, length, stem
                    if stem.endswith("ت"):
                        yield conjunction, preposition, False, start, pronoun, length, stem[:-1] + "ه"
