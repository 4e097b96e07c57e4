"""How states and organisations abroad react to what the report is about; what its own people say is no reaction."""

import pytest

# The phrase with the cue or act in brackets, who reacts, kind, stance; the report is about Kazakhstan.
REACTIONS = [
    ("[أدانت] روسيا الهجوم على المطار", "روسيا", "statement", "condemns"),
    ("[دان] الاتحاد الأوروبي العنف في ألماتي", "الاتحاد الأوروبي", "statement", "condemns"),
    ("[رحبت] الصين بعودة الهدوء إلى ألماتي", "الصين", "statement", "supports"),
    ("[أعربت] فرنسا عن قلقها من العنف", "فرنسا", "statement", "concerned"),
    ("[دعت] الأمم المتحدة إلى ضبط النفس", "الأمم المتحدة", "statement", "concerned"),
    ("[انتقدت] واشنطن قطع الإنترنت", "واشنطن", "statement", "condemns"),
    ("[قالت] وزارة الخارجية الروسية إنها تتابع الأحداث", "وزارة الخارجية الروسية", "statement", "neutral"),
    ("[أرسلت] روسيا قوات إلى ألماتي", "روسيا", "military", "supports"),
]
NO_REACTIONS = [
    "قالت كازاخستان إن الوضع مستقر",
    "قال الرئيس قاسم جومارت توكاييف إن الوضع مستقر",
    "أعلنت وزارة الداخلية الكازاخية اعتقال المئات",
    "أعلنت وزارة الداخلية اعتقال المئات",
    "وصلت طائرة من روسيا إلى ألماتي",
    "وقع انفجار في ألماتي",
]


@pytest.mark.parametrize(("phrase", "actor", "kind", "stance"), REACTIONS)
def test_a_reaction_from_abroad(phrase, actor, kind, stance, read):
    found = read(phrase, country="KZ")
    got = [(row.actor, row.kind, row.stance) for row in found.reactions]
    assert (found.marked(found.reactions), got) == (phrase, [(actor, kind, stance)])


@pytest.mark.parametrize("phrase", NO_REACTIONS)
def test_what_is_no_reaction(phrase, read):
    assert [(row.text, row.actor) for row in read(phrase, country="KZ").reactions] == []


def test_who_is_abroad_depends_on_the_country_of_the_report(read):
    phrase = "أدانت روسيا الهجوم"
    assert [len(read(phrase, country=country).reactions) for country in ("KZ", "RU")] == [1, 0]


def test_the_country_is_that_which_the_opening_names_most(read):
    text = "اندلعت احتجاجات في كازاخستان. وأدانت روسيا العنف. وقالت كازاخستان إنها تحقق."
    assert [row.actor for row in read(text).reactions] == ["روسيا"]


def test_a_report_of_no_country_has_no_reactions(read):
    assert read("قال الوزير إن الوضع مستقر").reactions == []
