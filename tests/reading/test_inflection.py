"""The forms of a verb or noun: those that must be made from its principal parts, and those that must not."""

import pytest

from qantar.arabic import fold
from qantar.reading.inflection import imperfect_forms, masdar_forms, noun_forms, participle_forms, perfect_forms

# Perfect in the third person: the verb, forms of it, and what is none.
PERFECT = [
    ("قال", "قال قالت قالا قالتا قالوا", "يقول قل"),
    ("أعلن", "أعلن أعلنت أعلنا أعلنتا أعلنوا", "علن"),
    ("نفى", "نفى نفت نفيا نفتا نفوا نفاه", "نفيوا"),
    ("دعا", "دعا دعت دعوا دعتا", "دعات"),
    ("رأى", "رأى رأت رأوا رآه", ""),
    ("لقي", "لقي لقيت لقيا لقوا", "لقت"),
    ("هنأ", "هنأ هنأت هنأوا هنؤوا", ""),
    ("أدلى", "أدلى أدلت أدلوا", ""),
    ("أُصيب", "أصيب أصيبت أصيبوا", ""),
]
IMPERFECT = [
    ("يقول", "يقول تقول يقولون يقولوا يقولان تقولان يقل تقل", "نقول أقول"),
    ("يدعو", "يدعو تدعو يدعون يدعوا يدعوان يدع تدع", ""),
    ("ينفي", "ينفي تنفي ينفون ينفوا ينفيان ينف تنف", "ينفين"),
    ("يرى", "يرى ترى يرون يروا ير", ""),
    ("يعلن", "يعلن تعلن يعلنون يعلنوا يعلنان", "يعلنوان يعل"),
    ("يفيد", "يفيد تفيد يفيدون يفد تفد", ""),
]
MASDAR = [
    ("إعلان", "إعلان إعلاناً إعلانات", ""),
    ("إدانة", "إدانة إدانات", "إدانةات"),
    ("دعوة", "دعوة دعوات", ""),
    ("نداء", "نداء", "نداءا"),
    ("تأكيد", "تأكيد تأكيداً تأكيدات", ""),
]
PARTICIPLE = [
    ("قائل", "قائل قائلاً قائلة قائلين قائلون", ""),
    ("مؤكد", "مؤكداً مؤكدة مؤكدين", ""),
    ("مشير", "مشيراً مشيرة مشيرين", ""),
]
WEAK = [("داع", "داعياً داعية داع"), ("ناف", "نافياً نافية"), ("داعي", "داعياً داعية")]

# Singular, plurals, and (form, number) that must be known.
NOUNS = [
    ("جندي", ["جنود"], {"جندي": "singular", "جنديا": "singular", "جنود": "plural", "جنديان": "dual", "جنديين": "dual"}),
    (
        "سيارة",
        ["سيارات"],
        {
            "سيارة": "singular",
            "سيارات": "plural",
            "سيارتان": "dual",
            "سيارتين": "dual",
            "سيارتي": "dual_construct",
            "سيارتا": "dual_construct",
        },
    ),
    (
        "مسؤول",
        ["مسؤولون"],
        {
            "مسؤول": "singular",
            "مسؤولون": "plural",
            "مسؤولين": "plural",
            "مسؤولي": "plural",
            "مسؤولو": "plural",
            "مسؤولان": "dual",
        },
    ),
    ("وزير", ["وزراء"], {"وزيراً": "singular", "وزراء": "plural", "وزيران": "dual", "وزيري": "dual_construct"}),
    ("شخص", ["أشخاص"], {"شخصاً": "singular", "أشخاص": "plural", "شخصان": "dual", "شخصين": "dual"}),
    ("كتاب", ["كتب"], {"كتابا": "singular", "كتابين": "dual", "كتب": "plural", "كتبا": "plural"}),
    ("مستشفى", ["مستشفيات"], {"مستشفى": "singular", "مستشفيات": "plural", "مستشفيان": "dual", "مستشفيين": "dual"}),
    (
        "جنيه",
        ["جنيهات"],
        {"جنيه": "singular", "جنيها": "singular", "جنيهات": "plural", "جنيهان": "dual", "جنيهين": "dual"},
    ),
    ("اتجاه", ["اتجاهات"], {"اتجاها": "singular", "اتجاهان": "dual", "اتجاهين": "dual"}),
    ("لواء", ["ألوية"], {"لواء": "singular", "ألوية": "plural", "لواءين": "dual"}),
    ("قاض", ["قضاة"], {"قاض": "singular", "قاضيا": "singular", "قضاة": "plural", "قاضيان": "dual", "قاضيين": "dual"}),
]
NO_NOUNS = [("سيارة", ["سيارات"], "سيارةا سيارةان"), ("قرية", ["قرى"], "قريةا قراا"), ("وزير", ["وزراء"], "وزراءا")]


def check(made: set[str], good: str, bad: str) -> None:
    assert {fold(form) for form in good.split()} - made == set()
    assert {fold(form) for form in bad.split()} & made == set()


@pytest.mark.parametrize(("verb", "good", "bad"), PERFECT)
def test_perfect(verb, good, bad):
    # An object pronoun is taken off before a form is looked up.
    check(set(perfect_forms(verb)), good.removesuffix("ه"), bad)


@pytest.mark.parametrize(("verb", "good", "bad"), IMPERFECT)
def test_imperfect(verb, good, bad):
    check({form for form, _ in imperfect_forms(verb)}, good, bad)


@pytest.mark.parametrize(
    ("verb", "jussives"), [("يقول", "يقل تقل"), ("يدعو", "يدع تدع"), ("ينفي", "ينف تنف"), ("يفيد", "يفد تفد")]
)
def test_the_jussive_is_told_apart(verb, jussives):
    assert {form for form, feature in imperfect_forms(verb) if feature == "jussive"} == set(jussives.split())


@pytest.mark.parametrize(("masdar", "good", "bad"), MASDAR)
def test_masdar(masdar, good, bad):
    check(set(masdar_forms(masdar)), good, bad)


@pytest.mark.parametrize(("participle", "good", "bad"), PARTICIPLE)
def test_participle(participle, good, bad):
    check(set(participle_forms(participle)), good, bad)


@pytest.mark.parametrize(("participle", "good"), WEAK)
def test_participle_of_a_weak_verb(participle, good):
    check(set(participle_forms(participle, weak=True)), good, "")


@pytest.mark.parametrize(("singular", "plurals", "forms"), NOUNS)
def test_noun(singular, plurals, forms):
    made = dict(noun_forms(singular, plurals))
    assert {form: made.get(fold(form)) for form in forms} == forms


@pytest.mark.parametrize(("singular", "plurals", "bad"), NO_NOUNS)
def test_what_is_no_form_of_a_noun(singular, plurals, bad):
    check({form for form, _ in noun_forms(singular, plurals)}, "", bad)


@pytest.mark.parametrize(("singular", "plurals"), [(row[0], row[1]) for row in NOUNS])
def test_forms_are_folded_and_told_once(singular, plurals):
    forms = [form for form, _ in noun_forms(singular, plurals)]
    assert forms == [fold(form) for form in forms]
    assert len(forms) == len(set(forms))
