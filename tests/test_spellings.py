"""Inflection and spelling do not hide a word: forms of one word share a stem, spellings of one name a skeleton."""

import pytest

from qantar.spellings import skeleton, stem, stems

SAME_WORD = [
    ("الاحتجاجات", "احتجاج"), ("والاحتجاجات", "الاحتجاجات"), ("بالأسلحة", "أسلحة"), ("للشرطة", "الشرطة"), ("مُحْتَجّين", "المحتجون"),
    ("قوّات", "قوات"), ("وزارة", "الوزارة"), ("إصابة", "اصابة"), ("مبنى", "مبني"), ("ســـلطات", "السلطات"), ("رئيسها", "الرئيس"),
]
SAME_NAME = [
    ("Tokayev", "Tokaev", "Toqaev", "توكاييف", "توقاييف", "Тоқаев", "Токаев"), ("Nazarbayev", "Nazarbaev", "نزارباييف", "Назарбаев", "Назарбаев"),
    ("Massimov", "Masimov", "ماسيموف", "Мәсімов"), ("Yergozhin", "Ergozhin", "Erghozhin", "يرغوجين", "Ерғожин"), ("Jomart", "Zhomart", "جومارت", "Жомарт"),
    ("Blinken", "بلينكن", "Блинкен"), ("Kassym", "Qasym", "قاسم", "Қасым"), ("Osipov", "أوسيبوف", "Осипов"), ("Koszhanov", "كوسجانوف", "Қосжанов"),
]
OTHERS = [("قتل", "قال"), ("رئيس", "روسيا"), ("حكومة", "حكم")]


@pytest.mark.parametrize(("one", "other"), SAME_WORD)
def test_forms_of_one_word_meet(one, other):
    assert stems(one) & stems(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_different_words_do_not(one, other):
    assert not stems(one) & stems(other)


@pytest.mark.parametrize("names", SAME_NAME)
def test_spellings_of_one_name_have_one_skeleton(names):
    assert len({skeleton(name) for name in names}) == 1 and skeleton(names[0])


@pytest.mark.parametrize("name", ["Russia", "روسيا", "Ali", "", "aeiou", "𝔸", "12"])
def test_too_few_consonants_tell_nothing(name):
    assert skeleton(name) == ""


def test_short_words_stay_whole():
    assert stem("ولد", conjunction=False) == "ولد" and stem("من") == "من" and stem("") == ""
