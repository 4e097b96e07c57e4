"""The unvocalised forms of a verb or noun that a lexicon row stands for, from its principal parts.

Rows hold what can't be computed (the imperfect, verbal nouns, broken plurals); endings are computed here. Forms are
folded (`qantar.arabic.fold`). Endings: K. C. Ryding, A Reference Grammar of Modern Standard Arabic (Cambridge 2005),
chapters 21-28.
"""

from __future__ import annotations

from collections.abc import Iterator

from qantar.arabic import fold

PERFECT, IMPERFECT, JUSSIVE, MASDAR, PARTICIPLE = "perfect", "imperfect", "jussive", "masdar", "participle"


def perfect_forms(verb: str) -> Iterator[str]:
    """Third-person forms of a perfect, those before an attached pronoun included.

    >>> sorted(perfect_forms("نفى"))
    ['نفا', 'نفت', 'نفتا', 'نفوا', 'نفي', 'نفيا']
    """
    stem = fold(verb)
    yield stem
    if verb[-1] in "ىا":
        body = stem[:-1]
        yield from (body + ending for ending in ("ت", "تا", "وا", "ا", "يا" if verb[-1] == "ى" else "وا"))
        if verb.endswith("أى"):
            yield body  # رآه
    elif verb[-1] == "ي":
        yield from (stem + "ت", stem + "ا", stem[:-1] + "وا")
    elif verb[-1] == "أ":
        yield from (stem + "ت", stem + "تا", stem + "وا", stem[:-1] + "ءوا")
    else:
        yield from (stem + ending for ending in ("ت", "تا", "ا", "وا", "و"))


def imperfect_forms(verb: str) -> Iterator[tuple[str, str]]:
    """(form, ``imperfect`` or ``jussive``) of an imperfect given in the third person masculine singular.

    >>> [form for form, _ in imperfect_forms("يدعو")][:4]
    ['يدعو', 'يدعون', 'يدعوا', 'يدعوان']
    """
    stem = fold(verb)
    weak = verb[-1] in "يوى"
    body = stem[:-1] if weak else stem
    dual = stem + "ان"
    # The first person (نقول) does not report; it is left out, since it is spelt like too many other words.
    for prefix in "يت":
        yield prefix + stem[1:], IMPERFECT
        yield from ((prefix + part[1:], IMPERFECT) for part in (body + "ون", body + "وا", dual))
        if weak:
            yield prefix + body[1:], JUSSIVE
        elif len(stem) >= 4 and stem[-2] in "ويا":
            yield prefix + stem[1:-2] + stem[-1], JUSSIVE


def masdar_forms(masdar: str) -> Iterator[str]:
    """A verbal noun: alone, in the accusative, in the sound feminine plural."""
    stem = fold(masdar)
    yield stem
    if stem.endswith("ه"):
        yield stem[:-1] + "ات"
    elif stem[-1] not in "اء":
        yield from (stem + "ا", stem + "ات")


def participle_forms(participle: str, weak: bool = False) -> Iterator[str]:
    """An active participle in all genders, numbers and cases; ``weak``: its verb ends in a weak letter (داع، داعياً)."""
    stem = fold(participle)
    yield from (stem + ending for ending in ("", "ا", "ه", "ون", "ين"))
    if weak and not stem.endswith("ي"):
        yield from (stem + ending for ending in ("يا", "يه", "يات"))


def noun_forms(singular: str, plurals: list[str]) -> Iterator[tuple[str, str]]:
    """(form, number) of a noun: ``singular``, ``plural``, ``dual``, or ``dual_construct`` (مليوني دولار).

    >>> dict(noun_forms("جندي", ["جنود"]))["جنديان"]
    'dual'
    """
    stem = fold(singular)
    feminine = singular.endswith("ة")
    # قاضٍ: a defective noun has its ya back in the accusative and the dual; its plural in -اة tells it.
    defective = any(plural.endswith("اة") for plural in plurals) and len(stem) == 3 and stem[1] == "ا"
    yield stem, "singular"
    if not feminine and stem[-1] not in "اء":
        yield stem + ("يا" if defective else "ا"), "singular"
    plural_forms = set()
    for plural in map(fold, plurals):
        plural_forms.add(plural)
        if plural.endswith("ون"):
            plural_forms.update((plural[:-2] + "ين", plural[:-2] + "و", plural[:-2] + "ي"))
        elif plural[-1] not in "اهءت":
            plural_forms.add(plural + "ا")
    yield from ((form, "plural") for form in sorted(plural_forms))
    base = stem[:-1] + "ت" if feminine else stem + "ي" if defective else stem
    for ending, number in (("ان", "dual"), ("ين", "dual"), ("ي", "dual_construct"), ("ا", "dual_construct")):
        form = base + ending
        # A sound plural in -ين looks like the dual; it is the commoner of the two.
        if form not in plural_forms and form not in (stem + "ا", stem + "يا"):
            yield form, number
