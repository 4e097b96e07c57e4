"""When two names are one: short and full forms, the names of a state, and the English names that are known."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from qantar.arabic import fold
from qantar.reading.lexicons import load_lexicon, table
from qantar.reading.rows import Actor

# Words that many names of states share; two names are compared without them.
_SHARED = frozenset(
    fold(word)
    for word in "دولة جمهورية الجمهورية مملكة المملكة سلطنة اتحاد العربية المتحدة الإسلامية الديمقراطية الشعبية "
    "الأمريكية الأميركية".split()
)
_WEAK = str.maketrans("", "", "اويءه")


def full_forms(names: Iterable[str], nationality: bool = False) -> dict[str, str]:
    """Short form → full form, where a report has exactly one that it can stand for.

    A short name ends or begins a full one; with ``nationality`` only adjectives of states may be left out, at its end.

    >>> full_forms(["بلينكن", "أنتوني بلينكن"])
    {'بلينكن': 'أنتوني بلينكن'}
    >>> full_forms(["وزارة الداخلية الكازاخية", "وزارة الداخلية"], nationality=True)
    {'وزارة الداخلية': 'وزارة الداخلية الكازاخية'}
    """
    parts = {name: tuple(fold(word) for word in name.split()) for name in dict.fromkeys(names)}
    longer: dict[tuple[str, ...], list[str]] = {}
    for name, keys in parts.items():
        for short in _shorter(keys, nationality):
            longer.setdefault(short, []).append(name)
    full = {}
    for name, keys in parts.items():
        found = sorted(longer.get(keys, ()), key=lambda other: len(parts[other]))
        # Several longer forms are one name where each stands in the longest.
        if found and all(f" {' '.join(parts[f])} " in f" {' '.join(parts[found[-1]])} " for f in found):
            full[name] = found[-1]
    return full


def _shorter(keys: tuple[str, ...], nationality: bool) -> set[tuple[str, ...]]:
    """What can stand for a name."""
    if nationality:
        return {keys[:n] for n in range(1, len(keys)) if all(map(is_adjective, keys[n:]))}
    return {keys[n:] for n in range(1, len(keys))} | {keys[:n] for n in range(2, len(keys))}


def is_adjective(word: str) -> bool:
    """Whether a word is the adjective of a state or people."""
    return "demonym" in load_lexicon().words.get(fold(word).removeprefix("ال"), {})


def as_written(text: str, actor: Actor) -> str:
    """The words of a mention; after للـ, where the article has lost its alef, with it: لحكومة is الحكومة."""
    written = text[actor.start : actor.end]
    first = fold(written.split()[0])
    lost = actor.type != "PER" and first.startswith("ل") and text[max(0, actor.start - 1) : actor.start] == "ل"
    return f"ال{written[1:]}" if lost and first not in load_lexicon().words else written


def is_state(name: str, territory: str) -> bool:
    """Whether a name means the whole territory: a name of CLDR, or one made as its adjective is.

    >>> is_state("كازاخستان", "KZ"), is_state("بريطانيا", "GB"), is_state("المملكة السعودية", "SA")
    (True, True, True)
    >>> is_state("ألماتي", "KZ"), is_state("غزة", "PS")
    (False, False)
    """
    keys = tuple(fold(word) for word in name.split())
    return bool({" ".join(keys).removeprefix("ال"), _consonants(keys)} & (_states().get(territory, frozenset()) - {""}))


@functools.cache
def _states() -> dict[str, frozenset[str]]:
    """Territory → the names of its state, and their consonants."""
    names: dict[str, set[str]] = {}
    for row in table("territories"):
        keys = tuple(fold(word) for word in row["name"].split())
        names.setdefault(row["territory"], set()).update({" ".join(keys).removeprefix("ال"), _consonants(keys)})
    first: set[str] = set()
    for row in table("demonyms"):
        # Of several adjectives the first is that of the state.
        if row["territory"] and row["territory"] not in first:
            first.add(row["territory"])
            names.setdefault(row["territory"], set()).add(_consonants((fold(row["adjective"]),)))
    return {territory: frozenset(found) for territory, found in names.items()}


def _consonants(keys: tuple[str, ...]) -> str:
    """The consonants of a name, marked as such, without the words that states share; empty if too little is left."""
    rest = [key.removeprefix("ال").translate(_WEAK) for key in keys if key not in _SHARED]
    return f"*{' '.join(rest)}" if rest and all(len(part) > 1 for part in rest) else ""


def english_state(territory: str) -> str:
    """The English name of a state by its code, empty if CLDR has none."""
    return _english_states().get(territory, "")


@functools.cache
def _english_states() -> dict[str, str]:
    return {row["territory"]: row["name"] for row in table("territories_en")}


def english_city(name: str, territory: str) -> str:
    """The Latin name of a city, empty if GeoNames has no such name in the territory."""
    return _cities().get((fold(name), territory), "")


@functools.cache
def _cities() -> dict[tuple[str, str], str]:
    return {(fold(row["name"]), row["territory"]): row["latin"] for row in reversed(table("cities"))}
