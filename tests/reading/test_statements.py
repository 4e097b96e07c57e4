"""Everyone who is made to speak: the cue, the speaker, direct or indirect; and verbs that report nothing.

Brackets mark the cues, proclitics outside. Beside the phrase stand the speakers in order.
"""

import pytest

INDIRECT = {
    "verbs": [
        ("[قال] الوزير إن الوضع مستقر", "الوزير"),
        ("و[قالت] وزارة الداخلية إن الوضع مستقر", "وزارة الداخلية"),
        ("[أعلن] الرئيس حالة الطوارئ", "الرئيس"),
        ("[أكد] مدير المستشفى أن الجرحى بخير", "مدير المستشفى"),
        ("[نفى] المتحدث صحة الخبر", "المتحدث"),
        ("[نفت] وزارة الدفاع أنها قصفت القرية", "وزارة الدفاع"),
        ("[طالب] المحتجون باستقالة الحكومة", "المحتجون"),
        ("[دعت] الأمم المتحدة إلى ضبط النفس", "الأمم المتحدة"),
        ("[دان] الاتحاد الأوروبي الهجوم", "الاتحاد الأوروبي"),
        ("[أدانت] مصر الهجوم بشدة", "مصر"),
        ("[رحبت] الجزائر بالاتفاق", "الجزائر"),
        ("[حذر] الخبراء من كارثة وشيكة", "الخبراء"),
        ("[اتهم] الرئيس المعارضة بالتآمر", "الرئيس"),
        ("[انتقدت] منظمة العفو الدولية الحكم", "منظمة العفو الدولية"),
        ("[أعربت] فرنسا عن قلقها", "فرنسا"),
        ("[توقع] البنك الدولي نمو الاقتصاد", "البنك الدولي"),
        ("[وعد] رئيس الحكومة بإصلاحات", "رئيس الحكومة"),
        ("[هدد] زعيم الحزب بالانسحاب", "زعيم الحزب"),
        ("[كشف] مصدر أمني أن المهاجم أجنبي", "مصدر أمني"),
        ("[ذكرت] وكالة رويترز أن الهدنة صامدة", "وكالة رويترز"),
        ("[أفادت] مصادر طبية بأن القتلى عشرة", "مصادر طبية"),
        ("[أوضح] الوزير أن القرار مؤقت", "الوزير"),
        ("[أشار] التقرير إلى أن الفقر ازداد", "التقرير"),
        ("[أظهرت] بيانات الوزارة أن التضخم ارتفع", "بيانات الوزارة"),
        ("[رأى] المحلل أن الأزمة طويلة", "المحلل"),
        ("[اعتبر] النائب أن القانون مجحف", "النائب"),
        ("[شدد] الأمين العام على أن الحل سياسي", "الأمين العام"),
        ("الوزير [قال] إن الوضع مستقر", "الوزير"),
        ("وكان الوزير قد [أعلن] أن الوضع مستقر", "الوزير"),
        ("[أعلنت]، الأحد، وزارة الصحة أن الوباء انتهى", "وزارة الصحة"),
        ("و[يقول] السكان إن المياه مقطوعة", "السكان"),
        ("س[تعلن] اللجنة النتائج غدا", "اللجنة"),
        ("[عبر] الأمين العام عن أسفه", "الأمين العام"),
        ("[ناشدت] المنظمة العالم التدخل", "المنظمة"),
        ("[ندد] المحتجون بالفساد", "المحتجون"),
        ("[انتقد] الأمين العام إسرائيل", "الأمين العام"),
        ("[طالبت] روسيا أوكرانيا بالانسحاب", "روسيا"),
        ("[أبلغ] الوزير البرلمان أن الخزينة فارغة", "الوزير"),
        ("[لوح] الاتحاد بالإضراب", "الاتحاد"),
        ("[تعهد] الرئيس بمحاربة الفساد", "الرئيس"),
        ("[لفت] الوزير إلى أن المخزون كاف", "الوزير"),
        ("[دعا] الوزير السكان إلى الهدوء", "الوزير"),
        ("[حث] المبعوث الأطراف على التهدئة", "المبعوث"),
        ("[قال] الوزير في مؤتمر صحفي، الأحد، إن المخزون كاف", "الوزير"),
        ("[أعلنت] روسيا و[قالت] إن الانسحاب بدأ", "روسيا", "روسيا"),
    ],
    "participles": [
        ("[قال] الوزير إن الوضع مستقر، [مضيفاً] أن الجيش انتشر", "الوزير", "الوزير"),
        ("[نفت] الشركة الخبر، [مؤكدة] أنها ملتزمة", "الشركة", "الشركة"),
        ("[أكد] الرئيس الاستقالة [مشيرا] إلى أنها نهائية", "الرئيس", "الرئيس"),
        ("[حذر] المدير من الخطر، [داعياً] إلى الحيطة", "المدير", "المدير"),
    ],
    "particles": [
        ("قُتل عشرة [بحسب] مصدر طبي", "مصدر طبي"),
        ("قُتل عشرة، [وفق] وزارة الصحة", "وزارة الصحة"),
        ("قُتل عشرة [وفقاً] لوزارة الصحة", "وزارة الصحة"),
        ("قُتل عشرة [حسب] الشرطة", "الشرطة"),
        ("قُتل عشرة [نقلا عن] مصادر محلية", "مصادر محلية"),
        ("قُتل عشرة، [على حد قول] الشرطة", "الشرطة"),
        ("[بحسب] الشرطة، قُتل عشرة", "الشرطة"),
    ],
    "a source quotes a speaker": [
        ("[نقلت] وكالة الأنباء عن الوزير [قوله] إن الوضع مستقر", "وكالة الأنباء", "الوزير"),
        ("[نقلت] رويترز عن مصدر عسكري [قوله] إن الهجوم انتهى", "رويترز", "مصدر عسكري"),
    ],
    "the one who spoke before": [
        ("[قال] الوزير إن الوضع مستقر. و[أضاف] أن الجيش انتشر", "الوزير", "الوزير"),
        ("[قالت] الوزيرة إن الوضع مستقر. و[تابعت] أن الجيش انتشر", "الوزيرة", "الوزيرة"),
    ],
}
DIRECT = [
    ('[قال] الرئيس: "لن نتراجع عن ذلك"', "الرئيس"),
    ("[قال] الرئيس «لن نتراجع عن ذلك»", "الرئيس"),
    ("[قال] الرئيس إن “الوضع تحت السيطرة”.", "الرئيس"),
    ("«لن نتراجع عن ذلك»، [قال] الرئيس", "الرئيس"),
    ("[قال] الرئيس: «شكرا لكم»", "الرئيس"),
    ("[غرد] الوزير: «النصر قريب»", "الوزير"),
    ("[كتب] الوزير على تويتر: «النصر قريب»", "الوزير"),
]
# Not the whole complement is quoted.
PARTLY = [
    'قال الرئيس إن الوضع "مستقر" في البلاد',
    "وصف الوزير المحتجين بأنهم «إرهابيون» وتوعدهم",
    "قال الرئيس إن «قطاع الطرق» هاجموا المدينة",
]
NO_STATEMENTS = {
    "orders, decisions, nominations": [
        "أقال الرئيس وزير الدفاع",
        "أمر القاضي بحبسه",
        "عين الملك وزيرا جديدا",
        "قررت المحكمة تأجيل الجلسة",
        "وقع الرئيس القانون",
    ],
    "by law, not by word": [
        "بحسب القانون لا يجوز ذلك",
        "وفقا للدستور تجرى الانتخابات في مايو",
        "وفق الخطة الجديدة تُبنى المدارس",
    ],
    "nobody speaks": [
        "وصل الوفد إلى المدينة مساء",
        "ذكر النحل لا يلسع",
        "ارتفعت الأسعار في الأسواق",
        "لم يقل أحد شيئا",
        "لن يتراجع المحتجون أبدا عن المطالب",
        "وقع انفجار في السوق",
        "سرب موظفون وثائق سرية",
        "ينص القانون على العقوبة",
        "ناقش المجلس القانون",
        "دانت المحكمة المتهم بالقتل",
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("phrase", "speakers"), [(phrase, speakers) for kind in INDIRECT.values() for phrase, *speakers in kind]
)
def test_an_indirect_statement_has_its_cue_and_speaker(phrase, speakers, read):
    found = read(phrase)
    marked = found.marked([_Cue(said) for said in found.statements])
    assert (marked, [said.speaker for said in found.statements]) == (phrase, speakers)
    assert {said.kind for said in found.statements} == {"indirect"}


@pytest.mark.parametrize(("phrase", "speaker"), DIRECT)
def test_a_statement_is_direct_when_all_of_it_is_quoted(phrase, speaker, read):
    found = read(phrase)
    marked = found.marked([_Cue(said) for said in found.statements])
    assert (marked, [(said.speaker, said.kind) for said in found.statements]) == (phrase, [(speaker, "direct")])


@pytest.mark.parametrize("phrase", PARTLY)
def test_a_statement_is_indirect_when_only_a_part_is_quoted(phrase, read):
    assert [said.kind for said in read(phrase).statements][:1] == ["indirect"]


@pytest.mark.parametrize("phrase", [phrase for kind in NO_STATEMENTS.values() for phrase in kind])
def test_what_reports_nothing(phrase, read):
    assert [(said.verb, said.speaker) for said in read(phrase).statements] == []


def test_a_statement_holds_its_cue_and_goes_on_to_the_next(read):
    found = read("قال الوزير إن الوضع مستقر، مضيفاً أن الجيش انتشر. وأكد الرئيس ذلك.")
    spans = [(said.start, said.end) for said in found.statements]
    assert all(said.start <= said.verb_start < said.end for said in found.statements)
    assert all(found.text[said.verb_start :].startswith(said.verb) for said in found.statements)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))


@pytest.mark.parametrize(("phrase", "sense"), [
    ("نفى الوزير الخبر", "deny"), ("دان الوزير الهجوم", "condemn"), ("رحب الوزير بالاتفاق", "welcome"),
    ("حذر الوزير من الخطر", "warn"), ("اتهم الوزير المعارضة", "accuse"), ("طالب الوزير بالتحقيق", "demand"),
    ("دعا الوزير إلى الهدنة", "call"),
])  # fmt: skip
def test_what_kind_of_speaking_it_is(phrase, sense, read):
    assert [said.sense for said in read(phrase).statements] == [sense]


class _Cue:
    """The cue of a statement as a row with a span."""

    def __init__(self, said) -> None:
        self.start, self.end = said.verb_start, said.verb_start + len(said.verb)
