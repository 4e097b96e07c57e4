"""Names in Latin letters and slugs, and that the English names of states are those of CLDR."""

import re

import pytest

from qantar.reading.lexicons import table
from qantar.reading.transliteration import slug, transliterate
from qantar.schema import fields_of

NAMES = [
    ("قاسم جومارت توكاييف", "Qasim Jumart Tukayif"),
    ("ييرلان تورغومباييف", "Yirlan Turghumbayif"),
    ("أوسيبوف", "Usibuf"),  # the و of أو is the vowel
    ("واشنطن", "Washington"),
    ("وزارة الداخلية الكازاخية", "Wzara al-Dakhliya al-Kazakhiya"),
    ("عبد الفتاح البرهان", "Abd al-Ftah al-Brhan"),
    ("محمد بن سلمان", "Muhammad bin Salman"),
    ("عبّاس", "Abbas"),
    ("عدن", "Adn"),
    ("إيغاد", "Ighad"),
    ("طوكيو", "Tukyu"),
    ("الحوثيون", "al-Huthyun"),
    ("بئر السبع", "Bir al-Sba"),
    ("مؤسسات", "Mussat"),
    ("رئيس", "Ris"),
    ("شُرطة", "Shurta"),
    ("سـوريـا", "Surya"),
    ("ﷲ", "Allah"),  # presentation form
    ("KNB", "KNB"),
    ("«الفجر»، غزة", '"al-Fjr", Ghza'),
]


@pytest.mark.parametrize(("name", "latin"), NAMES)
def test_names_are_written_as_they_are_spelt(name, latin):
    assert transliterate(name) == latin


SLUGS = [
    ("Qasim Jumart Tukayif", "qasim_jumart_tukayif"),
    ("al-Krmlin", "krmlin"),
    ("Abd al-Ftah al-Brhan", "abd_ftah_brhan"),
    ("Türkiye", "turkiye"),
    ("Côte d’Ivoire", "cote_d_ivoire"),
    ("Congo - Kinshasa", "congo_kinshasa"),
    ("5,135 people (detained)", "people_detained_5135"),
    ("at least 1,000 people", "at_least_1000_people"),
    ("164", "group_164"),
    ("“…”", "group"),
]


@pytest.mark.parametrize(("latin", "expected"), SLUGS)
def test_slugs_are_plain(latin, expected):
    assert slug(latin, "group") == expected


def test_a_long_name_is_cut_at_a_word():
    made = slug("wzara " * 20)
    assert len(made) <= 48 and set(made.split("_")) == {"wzara"}


def test_every_name_of_the_lexicons_has_a_slug_in_ascii():
    pattern = re.compile(next(field for field in fields_of("actors") if field["name"] == "id")["constraints"]["pattern"])
    for name in ("places", "organisations", "given_names", "territories"):
        for row in table(name):
            latin = transliterate(row["name"])
            assert latin.isascii() and pattern.fullmatch(slug(latin, "place")), row["name"]


def test_english_names_of_states_are_as_babel_has_them():
    babel = pytest.importorskip("babel")
    names = babel.Locale("en").territories
    kept = {row["territory"]: row["name"] for row in table("territories_en")}
    assert kept == {code: re.sub(r"[\[(].*", "", names[code]).strip() for code in kept}
    assert set(kept) == {row["territory"] for row in table("territories")}


def test_plover_types_and_kinds_are_those_of_the_codebook():
    def allowed(resource, column):
        return set(next(field for field in fields_of(resource) if field["name"] == column)["constraints"]["enum"])

    assert {row["class"] for row in table("plover") if not row["lemma"]} == allowed("events", "kind")
    assert {row["plover"] for row in table("plover")} - {""} <= allowed("events", "plover")
    assert {row["kind"] for row in table("descriptions")} <= allowed("actors", "kind")
