"""Lemma, part of speech, gloss and names from camel-tools' data, where they are installed.

camel-tools (Obeid et al. 2020, CAMeL Lab, New York University Abu Dhabi) reads a word with a database in the ALMOR
format and tags names with a fine-tuned BERT model. Neither is part of this package: the database *calima-msa-r13* is
under GPL v2, the model *arabert* has half a gigabyte. They are looked for at a path that the caller names, else in the
folder that the environment variable ``CAMELTOOLS_DATA`` names, else in camel-tools' own (``~/.camel_tools``). Only
`install` downloads; everything else works with what is there, and `describe` says what that is.

A database reads a word without its sentence: it gives all that the letters can be. أقال (he dismissed) may come back
with قال (to say) beside it, for أ + قال (did he say?) and أُقال (I am told), and nothing here chooses between them.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import io
import json
import os
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from qantar import arabic

if TYPE_CHECKING:
    import pandas as pd
    from camel_tools.morphology.analyzer import Analyzer

    from qantar.report import Span
    from qantar.tables import Table

DATABASE_PACKAGE = "morphology-db-msa-r13"
NER_PACKAGE = "ner-arabert"
"""What camel-tools' catalogue calls its default database of Standard Arabic and its model of names."""

# Where several are installed: Standard Arabic before the dialects, camel-tools' default before the rest.
_PREFERRED = ("calima-msa-r13", "calima-msa-s31", "arabert")
_LIBRARIES = ("torch", "transformers")
_TYPES = {"PERS": "PER", "ORG": "ORG", "LOC": "GPE"}
# Heads of places that are no states or cities, in the form that `normalise` gives.
_LANDFORMS = frozenset((
    "نهر جبل جبال بحر بحيره محيط خليج مضيق صحراء وادي جزيره جزر شبه هضبه سهل سهول غابه غابات "
    "شرق اسيا افريقيا اوروبا قوقاز بلقان"
).split())
_UNREAD = frozenset({"digit", "punc", "foreign"})


class MorphologyError(RuntimeError):
    """Data of camel-tools that are not there or can't be used; the message is one line that says what to do."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """One of the things that a word can be.

    ``lemma`` and ``vocalised`` (the whole word) carry the vowel signs of the database, ``pos`` its tag (``verb``,
    ``noun_prop``), ``gloss`` the English meanings of the stem. ``source`` is ``lex`` for a word as the database
    spells it, ``spvar`` for another spelling of it; a number, a mark or a word in other letters comes back unread
    as ``digit``, ``punc`` or ``foreign``.
    """

    lemma: str
    pos: str
    gloss: str
    vocalised: str
    root: str
    source: str


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence that a cell shows as prose."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return self.text


class Recogniser(Protocol):
    """What camel-tools' ``NERecognizer`` does: a BIO tag for each word of a sentence."""

    def predict_sentence(self, sentence: list[str]) -> list[str]: ...


# -------------------------------------------------------------------------------------------- what is installed


def camel_folder() -> Path:
    """The folder in which camel-tools keeps its data: ``CAMELTOOLS_DATA``, else its default in the user's home."""
    named = os.environ.get("CAMELTOOLS_DATA")
    if named:
        return Path(named).expanduser().absolute()
    return Path.home() / ("AppData/Roaming/camel_tools" if sys.platform == "win32" else ".camel_tools")


def find_database(path: str | Path | None = None) -> Path | None:
    """The file of the morphology database in use, ``None`` if none is installed.

    ``path`` is a file in the ALMOR format, a folder with a ``morphology.db``, or a data folder of camel-tools.
    Raises ``MorphologyError`` if there is no database at a path that is named: it is never passed over in silence.
    """
    return _find(path, "morphology_db", "morphology.db")


def find_ner_model(path: str | Path | None = None) -> Path | None:
    """The folder of the NER model in use, ``None`` if none is installed.

    ``path`` is a folder with a model (``config.json``) or a data folder of camel-tools. Raises ``MorphologyError`` if
    there is no model at a path that is named.
    """
    found = _find(path, "ner", "config.json")
    return found.parent if found else None


def _find(path: str | Path | None, component: str, file: str) -> Path | None:
    if path is None:
        return next(_installed(camel_folder(), component, file), None)
    named = Path(path).expanduser()
    for candidate in (named, named / file, *_installed(named, component, file)):
        if candidate.is_file():
            return candidate
    raise MorphologyError(f"{path}: neither a file nor a folder with {file}")


def _installed(folder: Path, component: str, file: str) -> Iterator[Path]:
    """The data sets of a component in a data folder, the preferred first; the layout is that of camel-tools 1.6."""

    def rank(found: Path) -> tuple[int, str]:
        name = found.parent.name
        return _PREFERRED.index(name) if name in _PREFERRED else len(_PREFERRED), name

    yield from sorted((folder / "data" / component).glob(f"*/{file}"), key=rank)


def describe(database: str | Path | None = None, model: str | Path | None = None) -> str:
    """One line that names the morphology database and the NER model in use, or says that there is none and what helps.

    Raises ``MorphologyError`` if there is nothing at a path that is named.
    """
    found_model, missing = find_ner_model(model), _missing_libraries()
    line = (
        _in_use("Morphology database", find_database(database), DATABASE_PACKAGE)
        + " " + _in_use("NER model", found_model, NER_PACKAGE)
    )
    if found_model and missing:
        line += f" The model can't be used without {' and '.join(missing)} (`make models` installs them)."
    return line


def _in_use(what: str, found: Path | None, package: str) -> str:
    return f"{what}: {_name(found)} ({found})." if found else f"{what}: {_none(package)}."


def _none(package: str) -> str:
    return f"none in {camel_folder()} (`qantar morphology --install {package}` downloads one)"


def _name(found: Path) -> str:
    """What a data set is called: the folder that camel-tools installs it into, or the file that was named."""
    return found.parent.name if found.name == "morphology.db" else found.name


def _missing_libraries() -> list[str]:
    return [name for name in _LIBRARIES if importlib.util.find_spec(name) is None]


# ----------------------------------------------------------------------------------------------------- download

# `camel_data --install` calls the same function, but ends as if all were well when a download breaks off.
_DOWNLOAD = """
import sys
try:
    from camel_tools.data import CATALOGUE
    CATALOGUE.download_package(sys.argv[1], print_status=True)
except Exception as error:
    sys.exit(f"{type(error).__name__}: {error}")
"""


def install(package: str = DATABASE_PACKAGE) -> None:
    """Download a package of camel-tools' catalogue into `camel_folder`, by camel-tools' own downloader.

    It runs as a program of its own, which reads the catalogue anew and shows its progress. Raises ``MorphologyError``
    if it fails; the reason then stands in the downloader's own words on standard error.
    """
    folder = camel_folder()
    catalogue = folder / "catalogue.json"
    # Whatever a server answers is kept as the catalogue, an error page too, and never asked for again.
    if catalogue.exists() and not _has_catalogue(folder):
        raise MorphologyError(f"{catalogue}: this is no catalogue of camel-tools; delete it and try again")
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-P", "-c", _DOWNLOAD, package]
    if subprocess.run(command, env=os.environ | {"CAMELTOOLS_DATA": str(folder)}, check=False).returncode:
        raise MorphologyError(f"camel-tools' downloader did not install {package!r} into {folder}")


def _has_catalogue(folder: Path) -> bool:
    try:
        catalogue = json.loads((folder / "catalogue.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(catalogue, dict) and {"version", "packages", "components"} <= catalogue.keys()


def _import_data() -> None:
    """Import ``camel_tools.data``, on which the rest depends, without network and without a trace in the user's home.

    Importing it, camel-tools 1.6 makes ``~/.camel_tools`` and downloads a catalogue of its packages where the data
    folder has none. So for the moment of the import home is an empty folder, and a missing catalogue an empty one: the
    paths of data are found here, not there. A catalogue that is installed is used, so that camel-tools' own functions
    work beside these.
    """
    if "camel_tools.data" in sys.modules:
        return
    # Left over where an import has failed before, with the folder of then.
    sys.modules.pop("camel_tools.data.catalogue", None)
    with tempfile.TemporaryDirectory() as empty:
        folder = camel_folder()
        if not _has_catalogue(folder):
            folder = Path(empty)
            (folder / "catalogue.json").write_text('{"version": "1.6", "packages": {}, "components": {}}')
        with _environment(HOME=empty, USERPROFILE=empty, CAMELTOOLS_DATA=str(folder)):
            importlib.import_module("camel_tools.data")


@contextlib.contextmanager
def _environment(**values: str) -> Iterator[None]:
    kept = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        for name in values:
            os.environ.pop(name)
            if name in kept:
                os.environ[name] = kept[name]


# ---------------------------------------------------------------------------------------------------- morphology


def load_analyzer(path: str | Path | None = None) -> Analyzer:
    """camel-tools' analyser with the database that `find_database` finds; the same file is read once.

    Words that the database does not know stay without analysis (camel-tools' backoff ``NONE``). Raises
    ``MorphologyError`` if there is no database, or the file is not a whole one in the ALMOR format.
    """
    found = find_database(path)
    if found is None:
        raise MorphologyError(f"morphology database: {_none(DATABASE_PACKAGE)}")
    return _analyzer(found.resolve(), found.stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _analyzer(path: Path, changed: int) -> Analyzer:
    """The analyser with the database in a file, as it was when it was ``changed``."""
    _import_data()
    from camel_tools.morphology.analyzer import Analyzer
    from camel_tools.morphology.database import MorphologyDB
    from camel_tools.morphology.errors import DatabaseParseError

    try:
        database = MorphologyDB(str(path))
    except (DatabaseParseError, OSError, ValueError, LookupError, TypeError) as error:
        raise MorphologyError(f"{path}: not a morphology database in the ALMOR format ({error})") from None
    # A file that breaks off is read without complaint and fails at the first word.
    if not (database.stem_hash and database.prefix_stem_compat and database.prefix_suffix_compat):
        raise MorphologyError(f"{path}: the morphology database is empty or breaks off; install it again")
    return Analyzer(database)


def analyse(word: str, analyzer: Analyzer | None = None) -> list[Analysis]:
    """All that a word can be, without regard to its sentence, in the order of the database; an unknown word gives none.

    Proclitics may be attached. Without an analyser it is the one that `load_analyzer` loads; see there for what is
    raised.
    """
    try:
        found = (analyzer or load_analyzer()).analyze(word)
    except KeyError:
        found = []  # a small database may lack the defaults of digits and marks that camel-tools takes for granted
    return list(dict.fromkeys(_analysis(features) for features in found))


def _analysis(features: dict[str, Any]) -> Analysis:
    gloss = features.get("stemgloss") or features.get("gloss") or ""
    return Analysis(
        lemma=features.get("lex") or "",
        pos=features.get("pos") or "",
        gloss=gloss.replace("_", " ").replace(";", "; "),
        vocalised=features.get("diac") or "",
        root=features.get("root") or "",
        source=features.get("source") or "lex",
    )


# --------------------------------------------------------------------------------------- the gloss and a database


def readings(words: pd.DataFrame, analyzer: Analyzer) -> pd.DataFrame:
    """Each word of the gloss beside a database: the columns of ``words``, and ``lemmas, analysed, found``.

    ``words`` has the columns of ``words.csv``. ``lemmas`` is the number of lemmas that the database gives for the
    form, ``found`` whether the lemma of the gloss is one of them by `arabic.normalise`, so that vowel signs and the
    spelling of alef do not count. Words with digits are left out: camel-tools hands them back unread.
    """
    kept = words[[arabic.contains_arabic(form) and not any(map(str.isdigit, form)) for form in words["form"]]]
    lemmas = [{a.lemma for a in analyse(form, analyzer) if a.source not in _UNREAD} for form in kept["form"]]
    found = [
        arabic.normalise(ours) in set(map(arabic.normalise, theirs))
        for ours, theirs in zip(kept["lemma"], lemmas, strict=True)
    ]
    return kept.assign(lemmas=list(map(len, lemmas)), analysed=list(map(bool, lemmas)), found=found)


def compare(words: pd.DataFrame, analyzer: Analyzer) -> pd.DataFrame:
    """How far a database bears out the gloss, by part of speech and for all words.

    Columns: ``part_of_speech`` (the gloss's Universal POS tag), ``words``, ``analysed`` and ``lemma_found`` with their
    shares of the words in percent, and ``lemmas_per_word``, the mean of the words analysed. It says that a lemma is
    possible, not that it is right.
    """
    import pandas as pd

    from qantar import phrasing

    table = readings(words, analyzer)
    kinds = table["pos"].value_counts().sort_index().sort_values(ascending=False, kind="stable").index
    groups = [(kind, table[table["pos"] == kind]) for kind in kinds] + [("all", table)]
    return pd.DataFrame([
        {
            "part_of_speech": kind,
            "words": len(group),
            "analysed": int(group["analysed"].sum()),
            "analysed_share": phrasing.share(group["analysed"].sum(), len(group)),
            "lemma_found": int(group["found"].sum()),
            "lemma_share": phrasing.share(group["found"].sum(), len(group)),
            "lemmas_per_word": round(group["lemmas"][group["analysed"]].mean(), 1),
        }
        for kind, group in groups
    ])


def comparison(words: pd.DataFrame, path: str | Path | None = None) -> Table | Note:
    """What the report chapter shows: `compare` as a table that names the database, or a sentence that there is none.

    The sentence is the same on every machine. Raises ``MorphologyError`` if there is a database and it can't be read.
    """
    from qantar.tables import show

    found = find_database(path)
    if found is None:
        return Note("This copy of the book was built without such a database, so the table is not here.")
    caption = f"The words of the gloss in the database {_name(found)}"
    return show(compare(words, load_analyzer(found)), caption, label="tab-report-morphology")


# --------------------------------------------------------------------------------------------------------- names


def load_ner(path: str | Path | None = None) -> Recogniser:
    """camel-tools' ``NERecognizer`` with the model that `find_ner_model` finds, on the processor.

    Raises ``MorphologyError`` if there is no model, it is not one of camel-tools' kind, or torch and transformers are
    not installed.
    """
    found = find_ner_model(path)
    if found is None:
        raise MorphologyError(f"NER model: {_none(NER_PACKAGE)}")
    missing = _missing_libraries()
    if missing:
        raise MorphologyError(f"an NER model needs {' and '.join(missing)}: `make models` installs them")
    _import_data()
    from camel_tools.ner import NERecognizer

    try:
        with contextlib.redirect_stderr(io.StringIO()):  # transformers draws a progress bar
            recogniser = NERecognizer(str(found), use_gpu=False)
    except Exception as error:  # each library of the format has its own errors
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise MorphologyError(f"{found}: the NER model can't be loaded ({reason})") from error
    # Any BERT loads, with labels of its own or none, and would tag at random.
    labels = recogniser.labels_map.values()
    if not set(labels) <= set(NERecognizer.labels()):
        raise MorphologyError(f"{found}: not an NER model of camel-tools; its labels are {', '.join(labels)}")
    return recogniser


def named_entities(words: Sequence[Span], recogniser: Recogniser | None = None) -> list[tuple[int, int, str]]:
    """The names in a sentence as (start, end, type), with the offsets of its words; type is PER, ORG, GPE or LOC.

    ``words`` are the tokens of one sentence in order, punctuation included. A name takes in whole words, with any
    proclitic on the first. Without a recogniser it is the one that `load_ner` loads; see there for what is raised.
    Raises ``MorphologyError`` if the tags are not as many as the words.
    """
    # BERT drops a token of which nothing is seen, such as a mark of direction, and all later tags would shift.
    seen = [word for word in words if any(unicodedata.category(c)[0] in "LNPS" and c != "\ufffd" for c in word.text)]
    if not seen:
        return []
    forms = [word.text for word in seen]
    tags = (recogniser or load_ner()).predict_sentence(forms)
    if len(tags) != len(forms):
        raise MorphologyError(f"the NER model gives {len(tags)} tags for {len(forms)} words")
    return [(seen[first].start, seen[end - 1].end, kind) for first, end, kind in entities(forms, tags)]


def entities(words: Sequence[str], tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Names from camel-tools' BIO tags, as (first word, word after the last, type).

    PERS is PER and ORG is ORG. LOC is GPE, unless its first word is a landform or a part of the world: then it is LOC.
    MISC (events, works, languages) has no counterpart here and is left out. An ``I-`` that continues nothing begins a
    name: a model may leave out the ``B-``.

    >>> entities(["زار", "قاسم", "توكاييف", "بحر", "قزوين"], ["O", "B-PERS", "I-PERS", "B-LOC", "I-LOC"])
    [(1, 3, 'PER'), (3, 5, 'LOC')]
    """
    found: list[tuple[int, int, str]] = []
    open_kind = ""
    for n, tag in enumerate(tags):
        position, _, kind = tag.partition("-")
        if position == "I" and kind == open_kind:
            found[-1] = (found[-1][0], n + 1, kind)
        elif kind:
            found.append((n, n + 1, kind))
        open_kind = kind
    return [(first, end, _type(words[first], kind)) for first, end, kind in found if kind in _TYPES]


def _type(head: str, kind: str) -> str:
    landform = kind == "LOC" and arabic.normalise(head).removeprefix("ال") in _LANDFORMS
    return "LOC" if landform else _TYPES[kind]
