"""The glossary: every term stands where it says, and its transliteration has the consonants of its Arabic."""

import re

import pytest

from qantar import load_report
from qantar.glossary import CONSONANTS, GROUPS, load_glossary, letters, terms

REPORT = load_report()
GLOSSARY = load_glossary(REPORT)

# Consonants that are never read as vowels or left out; the others (ء و ي and the article's ل) depend on the word.
STRONG = {arabic: latin for arabic, latin in CONSONANTS.items() if arabic not in "ءويل"}


def of_arabic(term: str) -> str:
    """The strong consonants of an Arabic term in Latin letters."""
    return _single("".join(STRONG.get(letter, "") for letter in term))


def of_latin(name: str) -> str:
    """The strong consonants of a transliteration; a closing t of a bound feminine noun is of the ending ة."""
    found = re.findall("th|dh|kh|gh|sh|[bjdrzsfqkmnhtḥṣḍṭẓʿ]", name)
    return _single("".join(found))


def _single(consonants: str) -> str:
    """The same with doubled consonants written once, as in Arabic without vowel signs."""
    return re.sub(r"(.)\1", r"\1", consonants)


@pytest.mark.parametrize("name, arabic", [("majlis", "مجلس"), ("quṭṭāʿ ṭuruq", "قطاع طرق"), ("akkada", "أكد")])
def test_consonants_can_be_compared(name, arabic):
    assert of_latin(name) == of_arabic(arabic)


@pytest.mark.parametrize("name, arabic", [("maglis", "مجلس"), ("qutāʿ ṭuruq", "قطاع طرق"), ("khiyāla", "خيانة")])
def test_a_slip_is_seen(name, arabic):
    assert of_latin(name) != of_arabic(arabic)


@pytest.mark.parametrize("row", list(GLOSSARY.itertuples()), ids=lambda row: row.transliteration)
def test_transliteration_has_the_consonants_of_the_term(row):
    # The ending ة is a t in a construct; a final n of an adverb (lāfitan) is the tanwin, which the letter ً writes.
    arabic = of_arabic(re.sub("ة(?= )", "ت", row.term).replace("اً", "ن"))
    expected = of_arabic(row.term.replace("اً", "ن"))
    assert of_latin(row.transliteration) in (arabic, expected)


def test_transliteration_uses_the_letters_of_the_system_only():
    allowed = set("".join(letters()["Latin"])) - set(",") | set(" -")
    assert not {c for name in GLOSSARY["transliteration"] for c in name.lower()} - allowed


def test_every_quote_stands_in_its_sentence():
    for row in GLOSSARY.itertuples():
        sentence = REPORT.sentence(row.sentence)
        assert sentence.start <= row.start < row.end <= sentence.end
        assert REPORT.text[row.start : row.end] == row.quote


def test_every_group_has_terms_and_none_is_lost():
    shown = [term for group in GROUPS for term in terms(GLOSSARY, group)["term"]]
    assert sorted(shown) == sorted(GLOSSARY["term"])
    assert all(len(terms(GLOSSARY, group)) >= 5 for group in GROUPS)


def test_terms_are_in_alphabetical_order_past_signs():
    names = list(terms(GLOSSARY, "speech")["transliteration"])
    in_order = ["aḍāfa", "akkada", "ʿalā ḥadd qawlihi", "aʿlana", "ashāra ilā", "lāfitan ilā", "qāla"]
    assert [name for name in names if name in in_order] == in_order


def test_the_alphabet_is_whole():
    assert len(CONSONANTS) == 28
    assert len(set(CONSONANTS.values())) == 28
