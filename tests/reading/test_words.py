"""Tokens keep their offsets, clitics are told apart from the words that are known, no whole word is torn."""

import importlib

import pytest

from qantar.arabic import fold
from qantar.reading.words import form_of, words_of

TOKENS = [
    ("5 آلاف و135 شخصاً", "5 آلاف و 135 شخصاً"),
    ("1,250 و1.250 و١٬٠٨٩ و٣٫٥", "1,250 و 1.250 و ١٬٠٨٩ و ٣٫٥"),
    ("يناير/كانون الثاني", "يناير / كانون الثاني"),
    ("(81 عاماً)، ثم", "( 81 عاماً ) ، ثم"),
    ("بـ«قطاع طرق»", "بـ « قطاع طرق »"),
    ("الـ24", "الـ 24"),
    ("2-3-2021", "2 - 3 - 2021"),
    ("$10 و€5", "$ 10 و € 5"),
    ("15%", "15 %"),
    ("طائرة F-16", "طائرة F - 16"),
    ("أ.ف.ب.", "أ . ف . ب ."),
    ("مُتَظاهِرٌ", "مُتَظاهِرٌ"),
    ("كـــازاخستان", "كـــازاخستان"),
    ("a_b", "a _ b"),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_tokens(text, tokens):
    assert " ".join(word.raw for word in words_of(text)) == tokens


@pytest.mark.parametrize(("text", "kinds"), [
    ("قال 5 و٥ و۵", "arabic number arabic number arabic number"),
    ("BBC: été", "latin mark latin"),
    ("слово 漢字 नमस्ते", "latin latin latin mark latin mark"),
    ("؟ ، ؛ … “ ”", "mark mark mark mark mark mark"),
])  # fmt: skip
def test_kinds(text, kinds):
    assert " ".join(word.kind for word in words_of(text)) == kinds


@pytest.mark.parametrize(
    "text",
    [
        *(text for text, _ in TOKENS),
        "\u200fقال\u200e\u202b نعم\u202c",
        "a\u0301 ا\u0655 \ufdf2 \ufefb",
        "",
        " ",
        "\u064b",
    ],
)
@pytest.mark.parametrize("offset", [0, 7, 10**9])
def test_offsets_point_into_the_report(text, offset):
    found = words_of(text, offset)
    assert [text[word.start - offset : word.end - offset] for word in found] == [word.raw for word in found]
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("قال نعم", [False, True]),
        ("و135", [False, False]),
        ("5\u200f/\u200f1", [False] * 3),
        ("5 \u200f/", [False, True]),
        ("5\u00a0آلاف", [False, True]),
    ],
)
def test_a_gap_is_white_space_before_a_word(text, gaps):
    assert [word.gap for word in words_of(text)] == gaps


# The word, what a lexicon takes it for, and the part of it that is meant.
CLITICS = [
    ("الوزير", "title", "الوزير"),
    ("والوزير", "title", "الوزير"),
    ("فالوزير", "title", "الوزير"),
    ("بالوزير", "title", "الوزير"),
    ("للوزير", "title", "لوزير"),
    ("وللوزير", "title", "لوزير"),
    ("ولوزير", "title", "وزير"),
    ("كوزير", "title", "وزير"),
    ("وزيرها", "title", "وزيرها"),
    ("لوزارة", "org_head", "وزارة"),
    ("للوزارة", "org_head", "لوزارة"),
    ("وبوزارته", "org_head", "وزارته"),
    ("وقال", "speech_verb", "قال"),
    ("فقالت", "speech_verb", "قالت"),
    ("وأعلنته", "speech_verb", "أعلنته"),
    ("ومصر", "place", "مصر"),
    ("بمصر", "place", "مصر"),
    ("لمصر", "place", "مصر"),
    ("بألفين", "number", "ألفين"),
    ("وعشرون", "number", "عشرون"),
    ("والعشرين", "number", "العشرين"),
    ("وجنديان", "noun", "جنديان"),
    ("لجنديين", "noun", "جنديين"),
    ("والأحد", "time", "الأحد"),
    ("ليناير", "month", "يناير"),
    ("بالسوريين", "people", "السوريين"),
    ("وَالْوَزِيرُ", "title", "الْوَزِيرُ"),
    ("بـالوزير", "title", "الوزير"),
    ("وﻻ", "function", "ﻻ"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "category", "part"), CLITICS)
def test_clitics_are_told_apart(raw, category, part):
    hit = form_of(raw).hits[category]
    assert raw[hit.start : hit.end] == part


# Words that begin with what could be a proclitic, or end with what could be a pronoun.
WHOLE = [
    ("وزير", "title"), ("وزارة", "org_head"), ("ولاية", "place_head"), ("وكالة", "org_head"), ("بنك", "org_head"),
    ("لجنة", "org_head"), ("كتلة", "org_head"), ("فريق", "noun"), ("سيارة", "noun"), ("بيت", "noun"), ("كتاب", "noun"),
    ("ليبيا", "place"), ("لبنان", "place"), ("بغداد", "city"), ("فرنسا", "place"), ("سوريا", "place"),
    ("كندا", "place"), ("وصف", "speech_verb"), ("كشف", "speech_verb"), ("لفت", "speech_verb"), ("بين", "function"),
    ("سبعة", "number"), ("ستة", "number"), ("ليلة", "time"), ("سنة", "time_unit"), ("فبراير", "month"), ("وفد", "noun"),
    ("فصيل", "noun"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "category"), WHOLE)
def test_a_whole_word_is_not_torn(raw, category):
    hit = form_of(raw).hits[category]
    assert (raw[hit.start : hit.end], hit.conjunction, hit.preposition, hit.pronoun) == (raw, "", "", "")


# The word, and what it is not.
NOT = [
    ("والي", "function"),
    ("هنأ", "function"),
    ("الباريس", "place"),
    ("المصر", "place"),
    ("مصرهم", "place"),
    ("بقال", "speech_verb"),
    ("كقال", "speech_verb"),
    ("القال", "speech_verb"),
    ("ثلاثتهم", "number"),
    ("سوزير", "title"),
    ("الفي", "function"),
]


@pytest.mark.parametrize(("raw", "category"), NOT)
def test_what_a_word_is_not(raw, category):
    assert category not in form_of(raw).hits


@pytest.mark.parametrize("raw", ["", "و", "ب", "لل", "ال", "وال", "بال", "ولل", "ـ", "ًٌٍ", "ووو", "ها"])
def test_what_is_too_short_to_be_taken_apart_is_left_alone(raw):
    form = form_of(raw)
    assert form.key == fold(raw)
    assert all(0 <= hit.start <= hit.end <= len(raw) for hit in form.hits.values())


def test_a_spelling_is_analysed_once_and_the_store_stays_bounded(monkeypatch):
    module = importlib.import_module("qantar.reading.words")
    monkeypatch.setattr(module, "_forms", {})
    monkeypatch.setattr(module, "_CACHE_LIMIT", 50)
    assert form_of("الوزير") is form_of("الوزير")
    for number in range(500):
        form_of("ا" * (number + 2))
        assert len(module._forms) <= 50


def test_every_lexicon_word_is_found_where_it_stands_alone_and_after_a_conjunction():
    """Whatever the lexicons know as one word is found under its category; one of nine is tried with و before it too."""
    from qantar.reading.lexicons import load_lexicon

    missing = []
    for number, (key, entries) in enumerate(load_lexicon().words.items()):
        # A letter that is not Arabic, or a sign inside, makes it more than one token.
        if len(words_of(key)) != 1 or words_of(key)[0].kind != "arabic" or len(key) < 2:
            continue
        for raw in (key, "و" + key) if number % 9 == 0 else (key,):
            hits = form_of(raw).hits
            missing += [(raw, category) for category in entries if category not in hits and category != "function"]
    assert missing == []
