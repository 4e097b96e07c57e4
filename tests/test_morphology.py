"""Camel-tools' data are used where they are, missed in plain words where not, and never fetched unasked."""

import functools
import http.server
import importlib.util
import json
import os
import re
import subprocess
import sys
import threading
import zipfile

import pandas as pd
import pytest

from qantar import morphology
from qantar.morphology import MorphologyError
from qantar.report import Report

# A database in the ALMOR format with what it takes to read أقال in two ways and رئيس in two.
DATABASE = """\
###DEFINES###
DEFINE diac diac:*open*
DEFINE lex lex:*open*
DEFINE gloss gloss:*open*
DEFINE root root:*open*
DEFINE pos pos:verb pos:noun pos:adj pos:digit pos:punc
###DEFAULTS###
DEFAULT pos:verb diac:* lex:* gloss:* root:*
DEFAULT pos:digit diac:* lex:* gloss:* root:*
DEFAULT pos:punc diac:* lex:* gloss:* root:*
###ORDER###
ORDER diac lex gloss root pos
###TOKENIZATIONS###
###STEMBACKOFF###
###PREFIXES###
\tPref-0\tdiac: gloss:
ا\tPref-Ask\tdiac:أَ gloss:is_it_true_that
ال\tPref-The\tdiac:ال gloss:the
وال\tPref-The\tdiac:وَال gloss:and_the
###SUFFIXES###
\tSuff-0\tdiac: gloss:
###STEMS###
قال\tPV\tdiac:قالَ lex:قال_1 gloss:say;tell root:ق.و.ل pos:verb
اقال\tPV-4\tdiac:أَقالَ lex:أَقال_1 gloss:dismiss;remove_from_office root:ق.ي.ل pos:verb
رئيس\tN\tdiac:رَئِيس lex:رَئِيس_1 gloss:president;head root:ر.ء.س pos:noun
رئيس\tN\tdiac:رَئِيس lex:رَئِيسِيّ_1 gloss:main root:ر.ء.س pos:adj
###TABLE AB###
Pref-0 PV
Pref-0 PV-4
Pref-0 N
Pref-Ask PV
Pref-The N
###TABLE BC###
PV Suff-0
PV-4 Suff-0
N Suff-0
###TABLE AC###
Pref-0 Suff-0
Pref-Ask Suff-0
Pref-The Suff-0
"""
NO_CATALOGUE = {"version": "1.6", "packages": {}, "components": {}}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """An empty home, so that nothing depends on what the machine has, and nothing is left there."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("USERPROFILE", str(folder))
    return folder


@pytest.fixture(autouse=True)
def camel(tmp_path, monkeypatch):
    """A data folder of camel-tools that is not there yet."""
    folder = tmp_path / "camel"
    monkeypatch.setenv("CAMELTOOLS_DATA", str(folder))
    return folder


def put(folder, name="calima-msa-r13"):
    """The database, installed as camel-tools installs one."""
    file = folder / "data" / "morphology_db" / name / "morphology.db"
    file.parent.mkdir(parents=True)
    file.write_text(DATABASE, encoding="utf-8")
    return file


@pytest.fixture
def database(tmp_path):
    """The database as a file that a user names."""
    file = tmp_path / "tiny.db"
    file.write_text(DATABASE, encoding="utf-8")
    return file


# ------------------------------------------------------------------------------------------------ what is there


def test_without_data_it_says_where_it_looked_and_what_would_help(camel):
    assert morphology.find_database() is None and morphology.find_ner_model() is None
    said = morphology.describe()
    assert "\n" not in said and said.count(f": none in {camel} (") == 2
    assert "--install morphology-db-msa-r13" in said and "--install ner-arabert" in said
    with pytest.raises(MorphologyError, match="morphology database: none in .*--install morphology-db-msa-r13"):
        morphology.load_analyzer()
    with pytest.raises(MorphologyError, match="NER model: none in .*--install ner-arabert"):
        morphology.load_ner()


def test_a_database_is_found_where_camel_tools_keeps_it(camel):
    file = put(camel)
    assert morphology.find_database() == file
    assert morphology.describe().startswith(f"Morphology database: calima-msa-r13 ({file}).")


def test_standard_arabic_comes_before_the_dialects(camel):
    for name in ("calima-egy-r13", "calima-msa-s31", "aaa"):
        put(camel, name)
    assert morphology.find_database().parent.name == "calima-msa-s31"
    put(camel)
    assert morphology.find_database().parent.name == "calima-msa-r13"


def test_the_default_folder_is_that_of_the_home(monkeypatch, home):
    monkeypatch.delenv("CAMELTOOLS_DATA")
    monkeypatch.setattr(sys, "platform", "linux")
    assert morphology.camel_folder() == home / ".camel_tools"
    monkeypatch.setattr(sys, "platform", "win32")
    assert morphology.camel_folder() == home / "AppData" / "Roaming" / "camel_tools"


def test_a_path_may_be_a_file_or_either_folder(camel, database):
    file = put(camel)
    assert morphology.find_database(database) == database
    assert morphology.find_database(file.parent) == morphology.find_database(str(camel)) == file


@pytest.mark.parametrize("find", [morphology.find_database, morphology.find_ner_model, morphology.describe])
def test_a_named_path_without_data_is_never_passed_over(find, camel, tmp_path):
    put(camel)
    with pytest.raises(MorphologyError, match="nowhere: neither a file nor a folder"):
        find(tmp_path / "nowhere")


# --------------------------------------------------------------------------------------------------- morphology


def test_a_word_has_every_analysis_with_lemma_part_of_speech_and_gloss(database):
    found = morphology.analyse("والرئيس", morphology.load_analyzer(database))
    assert [(a.lemma, a.pos, a.gloss, a.root) for a in found] == [
        ("رَئِيس", "noun", "president; head", "ر.ء.س"), ("رَئِيسِيّ", "adj", "main", "ر.ء.س")]
    assert found[0].vocalised == "وَالرَئِيس"


def test_dismissed_read_without_context_may_be_said(database):
    found = morphology.analyse("أقال", morphology.load_analyzer(database))
    assert {(a.lemma, a.gloss) for a in found} == {("أَقال", "dismiss; remove from office"), ("قال", "say; tell")}


def test_what_is_no_known_word_is_not_analysed(database):
    analyzer = morphology.load_analyzer(database)
    assert morphology.analyse("كازاخستان", analyzer) == morphology.analyse(" ", analyzer) == []
    assert [a.source for word in ("164", "،") for a in morphology.analyse(word, analyzer)] == ["digit", "punc"]
    assert morphology.analyse("KNB", analyzer) == []  # the database lacks the default for words in other letters


def test_without_an_analyser_it_is_the_installed_one(camel):
    put(camel)
    assert [a.lemma for a in morphology.analyse("قال")] == ["قال"]


@pytest.mark.parametrize("content", ["", "No database\n", "###DEFINES###\n###DEFAULTS###\n###ORDER###\nORDER\n",
                                     DATABASE.partition("###TABLE AB###")[0], DATABASE.partition("###STEMS###")[0]])
def test_a_file_that_is_no_whole_database_is_refused(content, tmp_path):
    file = tmp_path / "broken.db"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(MorphologyError, match=r"broken\.db: "):
        morphology.load_analyzer(file)


def test_a_database_is_read_once_and_again_when_it_changes(database):
    first = morphology.load_analyzer(database)
    assert morphology.load_analyzer(database) is first
    database.write_text(DATABASE.replace("lex:قال_1", "lex:قالَ_1"), encoding="utf-8")
    os.utime(database, ns=(1, 1))
    assert morphology.load_analyzer(database) is not first


# ----------------------------------------------------------------------------------------------- beside the gloss


GLOSS = pd.DataFrame(
    [("s01", 1, "أقال", "أَقَال", "VERB"), ("s01", 2, "رئيس", "رئيس", "NOUN"),
     ("s01", 3, "كازاخستان", "كازاخستان", "PROPN"), ("s01", 4, "الرئيس", "رأس", "NOUN"),
     ("s01", 5, "9", "9", "NUM"), ("s01", 6, "و135", "135", "NUM")],
    columns=["sentence", "n", "form", "lemma", "pos"],
)


def test_each_word_of_the_gloss_is_looked_up(database):
    table = morphology.readings(GLOSS, morphology.load_analyzer(database))
    assert table["form"].tolist() == ["أقال", "رئيس", "كازاخستان", "الرئيس"]  # what has digits is left out
    assert table["lemmas"].tolist() == [2, 2, 0, 2]
    assert table["analysed"].tolist() == [True, True, False, True]
    assert table["found"].tolist() == [True, True, False, False]


def test_shares_are_counted_by_part_of_speech_and_for_all(database):
    table = morphology.compare(GLOSS, morphology.load_analyzer(database)).set_index("part_of_speech")
    assert table.index.tolist() == ["NOUN", "PROPN", "VERB", "all"]
    assert table.loc["all"].tolist() == [4, 3, "75 %", 2, "50 %", 2.0]
    assert table.loc["NOUN", "lemma_share"] == "50 %"
    assert pd.isna(table.loc["PROPN", "lemmas_per_word"])


def test_the_chapter_shows_the_table_or_says_that_there_is_none(book, camel):
    note = morphology.comparison(book.words)
    assert "without such a database" in note._repr_markdown_() and str(camel) not in note._repr_markdown_()
    put(camel)
    page = morphology.comparison(book.words)._repr_html_()
    assert "in the database calima-msa-r13" in page and "PROPN" in page


# ----------------------------------------------------------------------------------- no network, no foreign folder


NO_NETWORK = """
import os, socket, sys
def refuse(*_): raise AssertionError("the network is asked")
socket.socket.connect = socket.getaddrinfo = refuse
"""
FAILED_IMPORT = """
try: import camel_tools.morphology.database
except AssertionError as error: print("failed:", error)
"""
ALONE = """
before = dict(os.environ)
from qantar import morphology
print([a.lemma for a in morphology.analyse("قال", morphology.load_analyzer(sys.argv[1]))])
assert dict(os.environ) == before
from camel_tools.data import CATALOGUE
print(CATALOGUE.version, morphology.describe())
"""


def run_alone(database, before=""):
    """What a program of its own prints that reads a word with a database."""
    program = NO_NETWORK + before + ALONE
    command = [sys.executable, "-X", "utf8", "-W", "error", "-c", program, str(database)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_the_import_is_cheap():
    heavy = "sys.modules.keys() & {'camel_tools', 'pandas', 'torch', 'transformers', 'matplotlib'}"
    command = [sys.executable, "-c", f"import sys, qantar.morphology; print({heavy})"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "set()\n"


def test_a_database_is_read_without_network_and_without_a_trace_in_the_home(database, home, monkeypatch):
    monkeypatch.delenv("CAMELTOOLS_DATA")
    assert run_alone(database).startswith(f"['قال']\n1.6 Morphology database: none in {home}")
    assert not list(home.iterdir())


def test_a_named_data_folder_is_not_written_into(database, home, camel):
    run_alone(database)
    assert not camel.exists() and not list(home.iterdir())


def test_an_installed_catalogue_is_the_one_that_camel_tools_reads(database, camel):
    camel.mkdir()
    (camel / "catalogue.json").write_text(json.dumps(NO_CATALOGUE | {"version": "ours"}))
    assert "\nours " in run_alone(database)
    (camel / "catalogue.json").write_text("<html>Error 403</html>")
    assert "\n1.6 " in run_alone(database)


def test_an_import_that_failed_before_is_mended(database):
    assert run_alone(database, before=FAILED_IMPORT).startswith("failed: the network is asked\n['قال']\n")


# ----------------------------------------------------------------------------------------------------- download


@pytest.fixture
def server(tmp_path, monkeypatch):
    """The address of a server on this machine that offers the database as a package."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    offered = tmp_path / "offered"
    offered.mkdir()
    with zipfile.ZipFile(offered / "tiny.zip", "w") as archive:
        archive.writestr("morphology.db", DATABASE)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=offered)) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def offer(camel, url):
    """A catalogue with one package, as camel-tools writes catalogues."""
    tiny = {"package_type": "http", "private": False, "version": "1", "dependencies": [], "url": url,
            "destination": "morphology_db/tiny", "files": None, "size": 1}
    camel.mkdir(exist_ok=True)
    (camel / "catalogue.json").write_text(json.dumps(NO_CATALOGUE | {"packages": {"tiny": tiny}}))


def test_a_package_is_installed_on_request_by_camel_tools_downloader(camel, server, capfd):
    offer(camel, f"{server}/tiny.zip")
    morphology.install("tiny")
    assert "'tiny'" in capfd.readouterr().out
    assert morphology.describe().startswith("Morphology database: tiny (")
    assert len(morphology.analyse("أقال")) == 2


@pytest.mark.parametrize(("package", "path", "reason"), [
    ("other", "/tiny.zip", "CatalogueError: Invalid package name 'other'"),
    ("tiny", "/gone.zip", "DownloaderError: An error occured while extracting data"),
])
def test_a_failed_installation_is_an_error_with_its_reason(package, path, reason, camel, server, capfd):
    offer(camel, server + path)
    with pytest.raises(MorphologyError, match=f"did not install '{package}' into "):
        morphology.install(package)
    assert reason in capfd.readouterr().err
    assert morphology.find_database() is None


def test_an_error_page_kept_as_catalogue_is_named(camel):
    camel.mkdir()
    (camel / "catalogue.json").write_text("<html>Error 403</html>")
    with pytest.raises(MorphologyError, match=r"catalogue\.json: this is no catalogue .* delete it"):
        morphology.install()


# -------------------------------------------------------------------------------------------------------- names


TAGS = {
    "B-PERS I-PERS O": [(0, 2, "PER")],
    "B-PERS B-PERS O": [(0, 1, "PER"), (1, 2, "PER")],
    "I-ORG I-ORG O": [(0, 2, "ORG")],
    "B-ORG I-PERS O": [(0, 1, "ORG"), (1, 2, "PER")],
    "O O B-LOC": [(2, 3, "GPE")],
    "B-MISC I-MISC B-ORG": [(2, 3, "ORG")],
    "B-PERS O I-PERS": [(0, 1, "PER"), (2, 3, "PER")],
    "O O O": [],
}


@pytest.mark.parametrize(("tags", "found"), TAGS.items())
def test_tags_become_names(tags, found):
    assert morphology.entities(["قاسم", "توكاييف", "ألماتي"], tags.split()) == found


@pytest.mark.parametrize(("words", "kind"), [
    ("كازاخستان", "GPE"), ("موسكو", "GPE"), ("البحر الأسود", "LOC"), ("بحيرة بلخاش", "LOC"), ("جبال ألاتاو", "LOC"),
    ("آسيا الوسطى", "LOC"), ("الشرق الأوسط", "LOC")])
def test_a_place_is_a_state_or_city_unless_its_head_is_a_landform(words, kind):
    words = words.split()
    assert morphology.entities(words, ["B-LOC", *["I-LOC"] * (len(words) - 1)]) == [(0, len(words), kind)]


class Stub:
    """A recogniser that knows three words."""

    def predict_sentence(self, sentence):
        known = {"قاسم": "B-PERS", "توكاييف": "I-PERS", "كازاخستان": "B-LOC"}
        return [known.get(word, "O") for word in sentence]


def test_names_have_the_offsets_of_the_text():
    report = Report("أقال رئيس كازاخستان \u200fقاسم توكاييف\u200f، نائبين.")
    names = morphology.named_entities(report.sentences[0].tokens, Stub())
    assert [(report.text[a:b], kind) for a, b, kind in names] == [("كازاخستان", "GPE"), ("قاسم توكاييف", "PER")]


def test_the_model_never_sees_a_token_of_which_nothing_is_seen():
    asked = []

    class Noting(Stub):
        def predict_sentence(self, sentence):
            asked.extend(sentence)
            return super().predict_sentence(sentence)

    morphology.named_entities(Report("قال \u200f.").sentences[0].tokens, Noting())
    assert asked == ["قال", "."]
    assert morphology.named_entities([], Noting()) == []


def test_tags_that_do_not_fit_the_words_are_an_error():
    class Short:
        def predict_sentence(self, sentence):
            return ["O"]

    with pytest.raises(MorphologyError, match="1 tags for 2 words"):
        morphology.named_entities(Report("أقال رئيس").sentences[0].tokens, Short())


def test_a_model_without_its_libraries_says_what_it_needs(camel, monkeypatch):
    model = camel / "data" / "ner" / "arabert"
    model.mkdir(parents=True)
    (model / "config.json").write_text("{}")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert morphology.find_ner_model() == model
    said = morphology.describe()
    assert re.search(r"NER model: arabert \(.*\)\. .*without torch and transformers \(`make models`", said)
    with pytest.raises(MorphologyError, match="needs torch and transformers: `make models`"):
        morphology.load_ner()


SENTENCE = "أقال رئيس كازاخستان قاسم توكاييف نائبين"
LABELS = ["B-LOC", "B-ORG", "B-PERS", "B-MISC", "I-LOC", "I-ORG", "I-PERS", "I-MISC", "O"]


def make_model(folder, labels):
    """A BERT model of one small layer that has learnt the names of one sentence by heart."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    torch.manual_seed(1)
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *SENTENCE.split(), "."]
    config = transformers.BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        hidden_dropout_prob=0, attention_probs_dropout_prob=0, id2label=dict(enumerate(labels)))
    model = transformers.BertForTokenClassification(config)
    if "O" in labels:
        words = torch.tensor([[2, *range(5, 12), 3]])
        gold = torch.tensor([[-100, *map(labels.index, ["O", "O", "B-LOC", "B-PERS", "I-PERS", "O", "O"]), -100]])
        optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
        for _ in range(60):
            optimiser.zero_grad()
            model(input_ids=words, labels=gold).loss.backward()
            optimiser.step()
    model.save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"do_lower_case": false}')


def test_a_real_model_tags_names(camel, monkeypatch, capfd):
    folder = camel / "data" / "ner" / "arabert"
    make_model(folder, LABELS)
    capfd.readouterr()
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("the network is asked"))
    assert "NER model: arabert (" in morphology.describe() and "can't be used" not in morphology.describe()
    report = Report(f"{SENTENCE}\u200f.")
    names = morphology.named_entities(report.sentences[0].tokens)
    assert [(report.text[a:b], kind) for a, b, kind in names] == [("كازاخستان", "GPE"), ("قاسم توكاييف", "PER")]
    assert capfd.readouterr() == ("", "")


def test_a_model_with_other_labels_or_none_is_refused(tmp_path):
    make_model(tmp_path / "other", ["LABEL_0", "LABEL_1"])
    with pytest.raises(MorphologyError, match="not an NER model of camel-tools; its labels are LABEL_0, LABEL_1"):
        morphology.load_ner(tmp_path / "other")
    (tmp_path / "other" / "model.safetensors").write_bytes(b"broken off")
    with pytest.raises(MorphologyError, match="the NER model can't be loaded"):
        morphology.load_ner(tmp_path / "other")
