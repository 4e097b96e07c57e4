"""What camel-tools' data change in a reading, with stand-ins for them: names are checked and added, no more."""

import datetime
from types import SimpleNamespace

import pytest

from qantar import morphology
from qantar.reading import read_sentences
from qantar.reading.installed import Installed, load_installed
from qantar.reading.source import sentences_in

TEXT = "قال الوزير زعبوط قرنوش إن مفاوضات تجري مع شركة بلفوغ في فارغستان."


def actors(installed: Installed | None = None) -> set[tuple[str, str]]:
    read = read_sentences(sentences_in([TEXT]), datetime.date(2022, 1, 9), installed=installed)
    return {(actor.text, actor.type) for sentence in read for actor in sentence.actors}


class Recogniser:
    def __init__(self, **tags: str):
        self.tags = tags

    def predict_sentence(self, sentence: list[str]) -> list[str]:
        return [self.tags.get(word, "O") for word in sentence]


class Analyzer:
    """Knows the words that it is given, each with one part of speech."""

    def __init__(self, **words: str):
        self.words = words

    def analyze(self, word: str) -> list[dict[str, str]]:
        return [{"lex": word, "pos": self.words[word], "source": "lex"}] if word in self.words else []


def test_nothing_is_looked_for_unasked(monkeypatch):
    monkeypatch.setattr(morphology, "camel_folder", lambda: pytest.fail("looked for data"))
    assert load_installed(False, False) == Installed()


def test_missing_data_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv("CAMELTOOLS_DATA", str(tmp_path))
    for wanted in ((True, False), (False, True)):
        with pytest.raises(morphology.MorphologyError, match="qantar morphology --install"):
            load_installed(*wanted)


def test_a_model_adds_names_beside_those_that_were_found():
    plain = actors()
    assert ("زعبوط قرنوش", "PER") in plain and not any("فارغستان" in text for text, _ in plain)
    tagged = Recogniser(**{"فارغستان": "B-LOC", "قرنوش": "B-ORG"})
    assert actors(Installed(ner="stub", recogniser=tagged)) == plain | {("فارغستان", "GPE")}


def test_a_database_speaks_against_a_name_of_ordinary_words():
    plain = actors()
    ordinary = Analyzer(**{"زعبوط": "noun", "قرنوش": "adj"})
    assert actors(Installed("stub", analyzer=ordinary)) == plain - {("زعبوط قرنوش", "PER")}
    # It must know every word, and none as a name.
    assert actors(Installed("stub", analyzer=Analyzer(**{"زعبوط": "noun"}))) == plain
    assert actors(Installed("stub", analyzer=Analyzer(**{"زعبوط": "noun", "قرنوش": "noun_prop"}))) == plain


def test_rows_stand_in_order():
    tagged = Recogniser(**{"فارغستان": "B-LOC", "مفاوضات": "B-ORG"})
    read = read_sentences(
        sentences_in([TEXT]), datetime.date(2022, 1, 9), installed=Installed(ner="stub", recogniser=tagged)
    )
    starts = [actor.start for sentence in read for actor in sentence.actors]
    assert starts == sorted(starts) and len(starts) == len(set(starts))


def test_the_data_in_use_are_named(monkeypatch, tmp_path):
    database = tmp_path / "data/morphology_db/calima-tiny/morphology.db"
    model = tmp_path / "data/ner/arabert"
    monkeypatch.setattr(morphology, "load_analyzer", lambda: SimpleNamespace())
    monkeypatch.setattr(morphology, "load_ner", lambda: SimpleNamespace())
    monkeypatch.setattr(morphology, "find_database", lambda: database)
    monkeypatch.setattr(morphology, "find_ner_model", lambda: model)
    installed = load_installed(True, True)
    assert (installed.morphology, installed.ner) == ("calima-tiny", "arabert")
