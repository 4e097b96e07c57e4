"""What the reader knows: every row of every table is well written, shown by its example, contradicted by no other.

A row added to a table is known from the next start on; the last test adds one to each and reads a phrase with it.
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable

import pytest

from qantar.arabic import MARKS, fold
from qantar.reading import gazetteer, inflection
from qantar.reading.lexicons import FOLDER, Row, items, load_lexicon, table, verb_forms
from qantar.reading.words import words_of

TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
MARK = re.compile(f"[{MARKS}]")
# Tables that are made from packages keep the spelling of these.
GENERATED = frozenset(gazetteer.TABLES)


def plain(column: str) -> Callable[[Row], Iterable[str]]:
    return lambda row: [fold(row[column])]


def noun(column: str, plurals: str = "") -> Callable[[Row], Iterable[str]]:
    return lambda row: (form for form, _ in inflection.noun_forms(row[column], items(row[plurals]) if plurals else []))


def verb(row: Row) -> Iterable[str]:
    if row.get("pos") == "noun":
        return noun("lemma", "plural")(row)
    return (form for form, *_ in verb_forms({"masdar": "", "participle": "", "passive": "", **row}))


def demonym(row: Row) -> Iterable[str]:
    adjective = fold(row["adjective"])
    return [adjective, adjective.removesuffix("ي"), *map(fold, items(row["people"]))]


# Table → the column that holds its word, and the forms that the word takes in texts.
WORDS: dict[str, tuple[str, Callable[[Row], Iterable[str]]]] = {
    "attribution": ("phrase", plain("phrase")),
    "cities": ("name", plain("name")),
    "common_words": ("word", plain("word")),
    "currencies": ("noun", plain("noun")),
    "demonyms": ("adjective", demonym),
    "descriptions": ("word", noun("word")),
    "family_names": ("name", plain("name")),
    "function_words": ("word", plain("word")),
    "given_names": ("name", plain("name")),
    "hedges": ("phrase", plain("phrase")),
    "identifiers": ("noun", plain("noun")),
    "latin_names": ("name", plain("name")),
    "light_verbs": ("perfect", verb),
    "measures": ("adjective", plain("adjective")),
    "money": ("noun", noun("noun", "plurals")),
    "months": ("name", plain("name")),
    "months_cldr": ("name", plain("name")),
    "name_parts": ("part", plain("part")),
    "not_events": ("head", plain("head")),
    "nouns": ("noun", noun("noun", "plurals")),
    "numbers": ("word", plain("word")),
    "openers": ("phrase", plain("phrase")),
    "ordinals": ("word", plain("word")),
    "org_heads": ("head", noun("head")),
    "organisations": ("name", plain("name")),
    "place_heads": ("head", plain("head")),
    "places": ("name", plain("name")),
    "roles": ("word", plain("word")),
    "speech": ("perfect", verb),
    "stances": ("word", plain("word")),
    "support_verbs": ("perfect", verb),
    "territories": ("name", plain("name")),
    "times": ("word", plain("word")),
    "titles": ("title", noun("title")),
    "triggers": ("lemma", verb),
    "word_sets": ("word", plain("word")),
}
# Tables without Arabic words of their own: signs, and what other tables' words are in English.
OTHERS = {"money_signs", "plover", "territories_en"}
# What of a row tells its meaning; rows with one word and different meanings contradict each other. A name may belong
# to two cities, a word be a noun and a verb, an attribution be followed by a noun or have its pronoun attached.
MEANING = {
    "demonyms": ("adjective", "territory"), "hedges": ("phrase", "kind side"), "identifiers": ("noun", "always"),
    "measures": ("adjective", "pattern"), "money": ("noun", "currency minor"), "months": ("name", "month calendar"),
    "months_cldr": ("name", "month calendar"), "name_parts": ("part", "role"), "nouns": ("noun", "unit kind"),
    "numbers": ("word", "kind value"), "ordinals": ("word", "value"), "org_heads": ("head", "type bare"),
    "organisations": ("name", "type country"), "place_heads": ("head", "type"), "places": ("name", "type country"),
    "roles": ("word", "role"), "speech": ("perfect complement", "kind"), "stances": ("word", "stance"),
    "territories": ("name", "territory"), "times": ("word", "kind value"), "titles": ("title", "kind"),
    "triggers": ("lemma pos needs imperfect", "class"), "function_words": ("word", "class"),
    "latin_names": ("name", "latin"), "territories_en": ("territory", "name"),
}  # fmt: skip


def numbered(name: str) -> list[tuple[str, Row]]:
    """(file and line, row) of a table's rows."""
    return [(f"{name}.csv line {line}", row) for line, row in enumerate(table(name), 2)]


def test_every_table_is_tested():
    assert sorted({*WORDS, *OTHERS} - set(TABLES)) == []
    assert sorted(set(TABLES) - {*WORDS, *OTHERS}) == []


@pytest.mark.parametrize("name", TABLES)
def test_cells_are_written_as_they_are_looked_up(name):
    """No vowels, no stray white space, no empty or doubled part of a list, no cell too many."""
    faults = []
    for place, row in numbered(name):
        for column, cell in row.items():
            parts = items(cell) if isinstance(cell, str) else [cell]
            fine = None not in row and isinstance(cell, str) and cell == cell.strip() and "  " not in cell
            listed = column not in ("example",) and (
                any(not part.strip() for part in parts) or len(set(parts)) < len(parts)
            )
            vowelled = name not in GENERATED and column != "example" and MARK.search(cell)
            if not fine or listed or vowelled:
                faults.append((place, column, cell))
    assert faults == []


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_row_has_a_word_that_folds_to_something(name):
    _, forms = WORDS[name]
    assert [place for place, row in numbered(name) if not any(form.strip() for form in forms(row))] == []


@pytest.mark.parametrize("name", sorted(name for name in WORDS if "example" in table(name)[0]))
def test_the_example_has_the_word_in_one_of_its_forms(name):
    _, forms = WORDS[name]
    faults = []
    for place, row in numbered(name):
        example = fold(row["example"])
        known = {form for form in forms(row) if form}
        # Before the article the preposition ل swallows its alef; before a pronoun ta marbuta opens.
        known |= {form[:-1] + "ت" for form in known if form.endswith("ه")} | {
            form[1:] for form in known if form.startswith("ال")
        }
        known |= {form.replace(" ", "ا ", 1) for form in known}
        if not any(form in example for form in known):
            faults.append((place, row[WORDS[name][0]], row["example"]))
    assert faults == []


@pytest.mark.parametrize("name", sorted(MEANING))
def test_no_two_rows_contradict_each_other(name):
    words, meaning = (columns.split() for columns in MEANING[name])
    seen: dict[tuple[str, ...], tuple[str, tuple[str, ...]]] = {}
    faults = []
    for place, row in numbered(name):
        key = tuple(" ".join(map(fold, (row.get(word) or "").split())) for word in words)
        told = tuple(row.get(column) or "" for column in meaning)
        before = seen.setdefault(key, (place, told))
        if before[1] != told:
            faults.append((before[0], place, key, before[1], told))
    assert faults == []


# Category → table and column: every word of the table is known under the category.
KNOWN = {
    "number": "numbers", "month": "months", "hedge": "hedges", "identifier": "identifiers", "role": "roles",
    "attribution": "attribution", "opener": "openers", "noun": "nouns", "money": "money", "demonym": "demonyms",
    "place": "places", "organisation": "organisations", "city": "cities", "org_head": "org_heads",
    "place_head": "place_heads", "title": "titles", "given": "given_names", "family": "family_names",
    "name_part": "name_parts", "ordinal": "ordinals", "function": "function_words", "speech_verb": "speech",
    "support": "support_verbs", "common": "common_words",
}  # fmt: skip


@pytest.mark.parametrize("category", sorted(KNOWN))
def test_every_row_is_known_to_the_reader(category):
    name = KNOWN[category]
    unknown = []
    for place, row in numbered(name):
        # Verbs that are told by their masdar alone have no perfect; an ending (ـوف) is no word.
        text = (items(row[WORDS[name][0]]) or [""])[0]
        words = words_of(text)
        if not text or row.get("role") == "ending":
            continue
        phrase = load_lexicon().match(words, 0, category)
        if not (category in words[0].hits if len(words) == 1 else phrase and phrase[1] == len(words)):
            unknown.append((place, text))
    assert unknown == []


def test_patterns_of_conditions_can_be_met():
    """``needs`` of a trigger: a kind of condition, and the words for it."""
    faults = [
        (place, row["needs"])
        for place, row in numbered("triggers")
        if row["needs"] and not re.fullmatch(r"(object|before|after):[^;:]+(;[^;:]+)*", row["needs"])
    ]
    assert faults == []


CLASSES = set(
    "protest violence killing arrest dismissal appointment resignation emergency deployment meeting policy".split()
    + ["damage", "other"]
)
CLOSED = [
    ("triggers", "class", CLASSES),
    ("triggers", "pos", {"verb", "noun"}),
    ("organisations", "type", {"ORG", "GROUP"}),
    ("places", "type", {"GPE", "LOC"}),
    ("place_heads", "type", {"GPE", "LOC"}),
    ("org_heads", "type", {"ORG", "GROUP"}),
    ("hedges", "side", {"before", "after"}),
    ("stances", "stance", {"supports", "concerned", "questions", "condemns", "neutral"}),
    ("attribution", "takes", {"noun", "verb", "pronoun"}),
    ("speech", "complement", {"any", "clause", "noun"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "column", "allowed"), CLOSED)
def test_columns_with_a_closed_set_of_values(name, column, allowed):
    assert [(place, row[column]) for place, row in numbered(name) if row[column] not in allowed] == []


@pytest.mark.parametrize("name", ["organisations", "places", "demonyms", "cities"])
def test_states_are_told_by_a_code_of_the_territories(name):
    codes = {row["territory"] for row in table("territories")} | {""}
    column = "country" if "country" in table(name)[0] else "territory"
    assert [(place, row[column]) for place, row in numbered(name) if row[column] not in codes] == []


# Table, a new row, a phrase with its word, the layer in which it must show, and fields of the row that is found.
NEW = [
    (
        "nouns",
        {"noun": "زعقوط", "plurals": "زعاقيط", "unit": "zaqut", "kind": "thing"},
        "ضبطت الشرطة 5 زعاقيط",
        "quantities",
        {"text": "5 زعاقيط", "unit": "zaqut"},
    ),
    (
        "numbers",
        {"word": "زلعون", "kind": "tens", "value": "120"},
        "قُتل ثلاثة وزلعون شخصا",
        "quantities",
        {"value": 123},
    ),
    (
        "money",
        {"noun": "زبدوق", "plurals": "زبادق", "currency": "XTS"},
        "دفع التاجر 7 زبادق",
        "quantities",
        {"value": 7, "unit": "XTS"},
    ),
    (
        "currencies",
        {"currency": "XTX", "noun": "زبدوك", "adjective": "قطبي", "territories": "AQ"},
        "دفع التاجر 7 XTX",
        "quantities",
        {"unit": "XTX"},
    ),
    ("money_signs", {"sign": "₿", "currency": "XBT"}, "دفع التاجر 7₿", "quantities", {"text": "7₿", "unit": "XBT"}),
    (
        "measures",
        {"adjective": "زعفور", "pattern": "zaf {}"},
        "مساحتها 7 أمتار زعفور",
        "quantities",
        {"unit": "zaf metre"},
    ),
    (
        "hedges",
        {"phrase": "زعماطا", "kind": "approx", "side": "before"},
        "قُتل زعماطا 20 شخصا",
        "quantities",
        {"text": "20 شخصا", "approx": True},
    ),
    ("identifiers", {"noun": "زعموق", "always": "yes"}, "قُتل 3 جنود قرب الزعموق 12", "quantities", {"text": "3 جنود"}),
    ("roles", {"word": "زعفق", "role": "zafaqed"}, "زعفق 20 آخرين", "quantities", {"unit": "zafaqed"}),
    (
        "months",
        {"month": "7", "name": "زعتموز", "calendar": "gregorian"},
        "وصل في 5 زعتموز 2019",
        "dates",
        {"value": "2019-07-05"},
    ),
    (
        "times",
        {"word": "الزعماء", "kind": "weekday", "value": "2"},
        "وصل الوفد يوم الزعماء",
        "dates",
        {"value": "2022-01-05"},
    ),
    ("ordinals", {"word": "زاعم", "value": "7"}, "وصل في الزاعم من مايو 2019", "dates", {"value": "2019-05-07"}),
    (
        "places",
        {"name": "زعموستان", "type": "GPE", "country": "KZ"},
        "وصل الوفد إلى زعموستان",
        "actors",
        {"text": "زعموستان", "type": "GPE"},
    ),
    (
        "organisations",
        {"name": "زعموسكو", "type": "ORG", "country": ""},
        "قالت زعموسكو إن الوضع هادئ",
        "actors",
        {"text": "زعموسكو", "type": "ORG"},
    ),
    (
        "cities",
        {"name": "زعمابور", "territory": "KZ", "latin": "Zaamabur", "population": "900000"},
        "وصل الوفد إلى زعمابور",
        "actors",
        {"text": "زعمابور", "type": "GPE"},
    ),
    (
        "territories",
        {"territory": "ZM", "name": "زعمبيا", "source": "test"},
        "وصل الوفد إلى زعمبيا",
        "actors",
        {"text": "زعمبيا", "territory": "ZM"},
    ),
    (
        "org_heads",
        {"head": "زعمارة", "type": "ORG", "bare": "no"},
        "قالت زعمارة الداخلية إن الوضع هادئ",
        "actors",
        {"text": "زعمارة الداخلية"},
    ),
    (
        "place_heads",
        {"head": "زعملة", "type": "LOC"},
        "وصل الوفد إلى زعملة تكتوك",
        "actors",
        {"text": "تكتوك", "type": "LOC"},
    ),
    (
        "demonyms",
        {"territory": "KZ", "adjective": "زعمي", "people": "زعميون"},
        "تظاهر الزعميون في العاصمة",
        "actors",
        {"text": "الزعميون", "type": "GROUP"},
    ),
    (
        "titles",
        {"title": "زعمدار", "kind": "head"},
        "قال زعمدار البلاد شنقور بلطوخ إن الوضع هادئ",
        "actors",
        {"text": "شنقور بلطوخ", "type": "PER"},
    ),
    (
        "speech",
        {"perfect": "زعلق", "imperfect": "يزعلق", "kind": "say", "complement": "any"},
        "زعلقت وزارة الداخلية أن الوضع هادئ",
        "statements",
        {"verb": "زعلقت", "speaker": "وزارة الداخلية"},
    ),
    (
        "attribution",
        {"phrase": "بزعمون", "takes": "noun"},
        "الوضع هادئ بزعمون وزارة الداخلية",
        "statements",
        {"verb": "بزعمون"},
    ),
    (
        "triggers",
        {"lemma": "زلبحة", "pos": "noun", "class": "protest"},
        "وقعت زلبحة في العاصمة",
        "events",
        {"text": "زلبحة", "class_": "protest"},
    ),
    (
        "support_verbs",
        {"perfect": "زعتق", "imperfect": "يزعتق"},
        "يزعتق الوفد الاثنين",
        "dates",
        {"value": "2022-01-10"},
    ),
    ("not_events", {"head": "زعمان"}, "قال زعمان الإنقاذ إن الهجوم انتهى", "events", {"text": "الهجوم"}),
]
READ = """
import dataclasses, datetime, json, sys
from pathlib import Path
from qantar.reading import lexicons
lexicons.FOLDER = Path(sys.argv[1])
from qantar.reading import LAYERS, read_layers
from qantar.report import Report
found = []
for phrase in json.load(sys.stdin):
    sentences = list(read_layers(Report(phrase), datetime.date(2022, 1, 9)))
    rows = {name: [row for s in sentences for row in getattr(s, name)] for name in LAYERS}
    found.append({name: [dataclasses.asdict(row) for row in rows[name]] for name in LAYERS})
json.dump(found, sys.stdout)
"""


def read_with(folder, phrases: list[str]) -> list[dict]:
    """What a fresh start of the reader with this folder of tables finds in phrases."""
    run = subprocess.run(
        [sys.executable, "-c", READ, str(folder)], input=json.dumps(phrases), capture_output=True, text=True, check=True
    )
    return json.loads(run.stdout)


def test_a_row_added_to_a_table_is_known_without_a_change_of_code(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "lexicon")
    before = read_with(folder, [phrase for *_, phrase, _, _ in NEW])
    for name, row, phrase, *_ in NEW:
        with (folder / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(
                ",".join(row.get(column, phrase if column == "example" else "") for column in table(name)[0]) + "\n"
            )
    after = read_with(folder, [phrase for *_, phrase, _, _ in NEW])

    def shows(found: dict, layer: str, fields: dict) -> bool:
        return [{field: row[field] for field in fields} for row in found[layer]] == [fields]

    learnt = {
        name: shows(old, layer, fields) < shows(new, layer, fields)
        for (name, _, _, layer, fields), old, new in zip(NEW, before, after, strict=True)
    }
    assert [name for name, is_new in learnt.items() if not is_new] == []
