"""What happens: the trigger word with its class and status, who acts on whom and when; and words that name no event.

Brackets mark the triggers; beside the phrase stand the classes in order.
"""

import pytest

EVENTS = {
    "protest": [
        ("[تظاهر] الآلاف في العاصمة", "protest"),
        ("شهدت المدينة [احتجاجات] واسعة", "protest"),
        ("خرجت [مظاهرات] في عدة مدن", "protest"),
        ("بدأ العمال [إضرابا] مفتوحا", "protest"),
        ("[أضرب] الأطباء في المستشفيات", "protest"),
        ("نظم الطلاب [مسيرة] سلمية", "protest"),
        ("[اعتصم] الطلاب أمام الوزارة", "protest"),
    ],
    "violence": [
        ("وقع [انفجار] قرب السوق", "violence"),
        ("شن الجيش [غارات] على القرية", "violence"),
        ("اندلعت [اشتباكات] بين الفصائل", "violence"),
        ("[هاجم] مسلحون القاعدة", "violence"),
        ("[قصفت] الطائرات المدينة", "violence"),
        ("قاد ضباط [انقلابا] على الرئيس", "violence"),
        ("سُمع [إطلاق] نار في الحي", "violence"),
        ("[أطلقت] الشرطة النار على المحتجين", "violence"),
        ("وقعت [معارك] عنيفة", "violence"),
        ("[أصيب] خمسة بجروح في [الهجوم]", "violence violence"),
    ],
    "killing": [
        ("[قُتل] جندي قرب الحدود", "killing"),
        ("[اغتال] مجهولون القاضي", "killing"),
        ("أدى [القصف] إلى [مقتل] ثلاثة مدنيين", "violence killing"),
    ],
    "arrest": [
        ("[اعتقلت] الشرطة عشرة محتجين", "arrest"),
        ("جرى [توقيف] مسؤولين سابقين", "arrest"),
        ("[أوقفت] السلطات الناشط", "arrest"),
        ("ألقت الشرطة [القبض] على المتهم", "arrest"),
    ],
    "dismissal, appointment, resignation": [
        ("[أقال] الرئيس رئيس الأمن", "dismissal"),
        ("[أقيل] الوزير من منصبه", "dismissal"),
        ("[عزل] البرلمان الرئيس", "dismissal"),
        ("[عين] الملك وزيرا جديدا", "appointment"),
        ("[استقال] رئيس الحكومة", "resignation"),
        ("[أطاح] الجيش بالرئيس", "dismissal"),
        ("[انتخب] البرلمان رئيسا جديدا", "appointment"),
        ("[تنحى] الرئيس عن الحكم", "resignation"),
        ("قدم الوزير [استقالته]", "resignation"),
    ],
    "emergency, deployment": [
        ("فرضت الحكومة [حظر] التجول", "emergency"),
        ("أعلن الرئيس حالة [الطوارئ]", "emergency"),
        ("[نشرت] البلاد جنودا على الحدود", "deployment"),
        ("أعلن الرئيس [الطوارئ] في البلاد", "emergency"),
        ("[أرسلت] المنظمة قوات لحفظ السلام", "deployment"),
    ],
    "meeting": [
        ("[التقى] الرئيس نظيره الروسي", "meeting"),
        ("عُقدت [قمة] في الرياض", "meeting"),
        ("أجرى الوزيران [محادثات] في جنيف", "meeting"),
        ("[زار] الوزير القاهرة", "meeting"),
        ("[اجتمع] قادة الدول أمس", "meeting"),
    ],
    "policy": [
        ("[رفع] البنك المركزي الفائدة", "policy"),
        ("فرضت واشنطن [عقوبات] على موسكو", "policy"),
        ("[أغلقت] السلطات المعبر", "policy"),
        ("[أقر] البرلمان القانون", "policy"),
        ("[خفضت] الحكومة الدعم", "policy"),
    ],
    "damage": [
        ("ضرب [زلزال] الساحل", "damage"),
        ("اجتاحت [فيضانات] القرى", "damage"),
        ("اندلع [حريق] في مصنع", "damage"),
        ("[انهار] مبنى في الحي", "damage"),
        ("[تحطمت] طائرة قرب المطار", "damage"),
        ("لقي ثلاثة [مصرعهم] في [الحادث]", "damage damage"),
        ("[دمرت] [العاصفة] المنازل", "damage damage"),
    ],
    "other": [
        ("[أفرجت] السلطات عن الناشط", "other"),
        ("[أُطلق] سراح الصحفي", "other"),
        ("دخل [وقف] إطلاق النار حيز التنفيذ", "other"),
        ("توصل الطرفان إلى [اتفاق]", "other"),
        ("وقع الطرفان [اتفاقا] جديدا", "other"),
        ("بدأت [محاكمة] الوزير السابق", "other"),
        ("قدمت المنظمة [مساعدات] إنسانية", "other"),
    ],
}
STATUS = [
    ("لم [تقصف] الطائرات المدينة", "denied"),
    ("نفى الجيش [قصف] المدينة", "denied"),
    ("نفت الشرطة [اعتقال] الناشط", "denied"),
    ("دون [اعتقال] أحد", "denied"),
    ("س[يزور] الوزير القاهرة", "planned"),
    ("من المقرر عقد [قمة] في الرياض", "planned"),
    ("سوف [يلتقي] الرئيسان في موسكو", "planned"),
    ("تعتزم الحكومة [رفع] الأسعار", "planned"),
    ("تخطط الحكومة ل[رفع] الأسعار", "planned"),
    ("وعد الرئيس ب[إقالة] الوزير", "planned"),
    ("نفى الوزير [استقالته]", "denied"),
    ("لم يتم [اعتقال] أحد", "denied"),
    ("طالب النواب ب[إقالة] الوزير", "hypothetical"),
    ("وكان الجيش قد [قصف] المدينة", "asserted"),
    ("[الانتخابات] المقررة في مايو", "planned"),
    ("قد تندلع [حرب] جديدة", "hypothetical"),
    ("احتمال [استقالة] الوزير", "hypothetical"),
    ("دعا النواب إلى [إقالة] الوزير", "hypothetical"),
    ("هدد الرئيس بفرض [عقوبات]", "hypothetical"),
    ("[اعتقلت] الشرطة الناشط", "asserted"),
    ("أعلنت الشرطة [اعتقال] الناشط", "asserted"),
]  # fmt: skip
# Trigger, agent, target.
ROLES = [
    ("أقال الرئيس رئيس الأمن", "أقال", "الرئيس", "رئيس الأمن"),
    ("اعتقلت الشرطة الناشط علي حسن", "اعتقلت", "الشرطة", "الناشط علي حسن"),
    ("قُتل جندي في كمين", "قُتل", None, "جندي"),
    ("أقيل الوزير من منصبه", "أقيل", None, "الوزير"),
    ("مقتل ثلاثة جنود في كمين", "مقتل", None, "ثلاثة جنود"),
    ("اعتُقل عشرة محتجين أمس", "اعتُقل", None, "عشرة محتجين"),
    ("استقال رئيس الحكومة", "استقال", "رئيس الحكومة", None),
    ("هاجم المتظاهرون الشرطة", "هاجم", "المتظاهرون", "الشرطة"),
    ("أدانت مصر الهجوم بشدة", "الهجوم", None, None),
    ("قصف الجيش السوري المدينة", "قصف", "الجيش السوري", "المدينة"),
]
DATES = [
    ("قُتل جندي الأحد في كمين", "قُتل", "2022-01-09"),
    ("في 6 يناير اعتقلت الشرطة الناشط", "اعتقلت", "2022-01-06"),
    ("سيزور الوزير القاهرة الثلاثاء", "يزور", "2022-01-11"),
    ("قُتل جندي في كمين", "قُتل", None),
]
NO_EVENTS = {
    "verbs of saying": ["قال الوزير إن الوضع مستقر", "أكد المدير أن الماء نظيف", "ذكرت الوكالة أن الطقس بارد"],
    "states": [
        "يعيش السكان في الخيام",
        "تبلغ مساحة الإقليم ألف كيلومتر",
        "الطقس بارد في الشمال",
        "يعتقد الناس أن الأمر سهل",
    ],
    "names of bodies": ["قال رجال الإطفاء إن الطريق مفتوح", "تضم القافلة فرق الإنقاذ"],
}


@pytest.mark.parametrize(("phrase", "classes"), [row for kind in EVENTS.values() for row in kind])
def test_an_event_is_found_with_its_class(phrase, classes, read):
    found = read(phrase)
    assert (found.marked(found.events), " ".join(event.class_ for event in found.events)) == (phrase, classes)


@pytest.mark.parametrize(("phrase", "status"), STATUS)
def test_the_status_of_an_event(phrase, status, read):
    found = read(phrase)
    marked = phrase[phrase.index("[") + 1 : phrase.index("]")]
    assert [(event.text, event.status) for event in found.events] == [(marked, status)]


@pytest.mark.parametrize(("phrase", "trigger", "actor", "target"), ROLES)
def test_who_acts_on_whom(phrase, trigger, actor, target, read):
    assert [(event.actor, event.target) for event in read(phrase).events if event.text == trigger] == [(actor, target)]


@pytest.mark.parametrize(("phrase", "trigger", "date"), DATES)
def test_when_it_happened(phrase, trigger, date, read):
    assert [event.date for event in read(phrase).events if event.text == trigger] == [date]


@pytest.mark.parametrize("phrase", [phrase for kind in NO_EVENTS.values() for phrase in kind])
def test_what_is_no_event(phrase, read):
    assert [(event.text, event.class_) for event in read(phrase).events] == []


@pytest.mark.parametrize(("text", "trigger", "class_"), [
    ("ضرب زلزال الساحل. وقُتل عشرة أشخاص.", "قُتل", "damage"),
    ("شن مسلحون هجوما على القاعدة. وقُتل عشرة أشخاص.", "قُتل", "killing"),
    ("غرق قارب قبالة الساحل. ولقي عشرة مصرعهم.", "مصرعهم", "damage"),
    ("أصيب عشرة بجروح في انفجار سيارة مفخخة.", "أصيب", "violence"),
    ("أصيب عشرة بجروح في حادث سير.", "أصيب", "damage"),
])  # fmt: skip
def test_of_what_people_died_follows_from_the_report(text, trigger, class_, read):
    assert [event.class_ for event in read(text).events if event.text == trigger] == [class_]
