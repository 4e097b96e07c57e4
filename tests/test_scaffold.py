"""A new book: templates that are the book's own, a draft that loads, analyses that bear any report, nothing half-written."""

import ast
import contextlib
import csv
import datetime
import hashlib
import io
import json
import re
import subprocess
import sys
import warnings
from importlib.metadata import version

import frictionless
import newbook
import pytest
import yaml
from newbook import ROOT, SHORT, VALIDATION, build, environment, new_book

import qantar
from qantar import values
from qantar.annotations import LAYERS, load_coding
from qantar.plotting import Figure
from qantar.report import ReportError, load_report
from qantar.scaffold import new, sync
from qantar.scaffold.new import About, create
from qantar.scaffold.wording import bibtex, heading
from qantar.schema import make_table
from qantar.tables import Table, show

CHAPTERS = sorted((sync.TEMPLATES / "chapters").glob("*.md"))
# What a new book shows that this one does not.
OWN = {"tab-method-review", "tab-data-review"}


def labels(text: str) -> list[str]:
    return [found[1] or found[2] for found in sync._LABEL.finditer(text)]


# ------------------------------------------------------------------------------------------------- the templates


def test_templates_are_as_the_book_has_them():
    stale = [path.name for path, text in sync.synced(ROOT).items() if path.read_text(encoding="utf-8") != text]
    assert not stale, f"make templates: {stale}"


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_every_labelled_cell_of_a_template_is_the_book_s(path):
    source = (ROOT / "chapters" / path.name).read_text(encoding="utf-8")
    cells = {sync.key(*found.groups("")): found[3] for found in sync._CELL.finditer(source)}
    for found in sync._CELL.finditer(path.read_text(encoding="utf-8")):
        name = sync.key(*found.groups(""))
        if re.match("fig-|tab-", name) and name not in OWN:
            assert found[3] == cells[name]


def test_a_change_of_the_book_reaches_the_template():
    template = '(a-b)=\n## Old\n\n% own\n```{code-cell}\n---\nmystnb:\n  figure:\n    name: fig-a-b\n    caption: Mine.\n---\nold()\n```\n'
    book = '(a-b)=\n## New\n\n```{code-cell}\n---\nmystnb:\n  figure:\n    name: fig-a-b\n    caption: Theirs.\n---\nnew()\n```\n'
    made = sync.chapter(template, book)
    assert "## New" in made and "new()" in made and "Mine." in made and "old()" not in made


def test_a_definition_leaves_its_example_behind():
    book = "(c)=\nname\n: A proper name; titles stay\n  outside. *Example:* {quote}`M003`.\n"
    assert sync.definitions("(c)=\nname\n: Old.\n", book) == "(c)=\nname\n: A proper name; titles stay\n  outside.\n"


def test_templates_say_nothing_of_this_book_s_report():
    rows = re.compile(r"\{(?:claim|event|actor|quote|later)\}|\{sentence\}`s(?!01)|Tokayev|Kazakh|\bJanuary 2022")
    for path in CHAPTERS:
        assert not rows.search(path.read_text(encoding="utf-8")), path.name


def test_the_settings_are_those_of_this_book():
    mine, template = (yaml.safe_load(re.sub(r"@\w+@", "x", (folder / "_config.yml").read_text(encoding="utf-8"))) for folder in (ROOT, sync.TEMPLATES))
    own = {"title", "author", "copyright", "exclude_patterns", "bibtex_bibfiles"}
    assert {k: v for k, v in mine.items() if k not in own} == {k: v for k, v in template.items() if k not in own}


def test_the_rules_that_both_makefiles_need_are_taken_over():
    theirs = "EPOCH = a\n" + "".join(f"{rule} x\n\tnew\n\n" for rule in sync.RULES[1:]) + "book:\n\tmine\n"
    mine = theirs.replace("new", "old").replace("mine", "own")
    assert sync.makefile(mine, theirs) == theirs.replace("mine", "own")
    with pytest.raises(ValueError, match="no rule 'EPOCH'"):
        sync.makefile(mine, theirs.replace("EPOCH", "DAY"))


# --------------------------------------------------------------------------------------------------- a new book


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return new_book(tmp_path_factory.mktemp("new") / "book", "v01", known={"publisher": "Hespress", "url": "https://example.org/a_b"})


def test_the_report_is_there_byte_for_byte(made):
    raw, published = newbook.text_of("v01")
    known = yaml.safe_load((made / "data/report/report.yml").read_text(encoding="utf-8"))
    assert (made / "data/report/report.txt").read_bytes() == raw
    assert known["sha256"] == hashlib.sha256(raw).hexdigest() and str(known["published"]) == published
    assert load_report(made / "data/report/report.txt").metadata["publisher"] == "Hespress"


def test_every_row_is_unchecked_and_names_its_reader(made):
    coding = load_coding(load_report(made / "data/report/report.txt"), made / "data/coding")
    with (made / "data/coding/review.csv").open(encoding="utf-8", newline="") as stream:
        listed = list(csv.DictReader(stream))
    assert [(r["table"], r["id"]) for r in listed] == [(name, row) for name in LAYERS for row in getattr(coding, name)["id"]]
    assert {(r["status"], r["reader"]) for r in listed} == {("unchecked", f"qantar {qantar.__version__}")}


def test_the_data_package_is_valid_and_describes_only_what_is_there(made):
    package = json.loads((made / "data/datapackage.json").read_text(encoding="utf-8"))
    assert all((made / "data" / one["path"]).exists() for one in package["resources"])
    report = frictionless.validate(str(made / "data/datapackage.json"))
    assert report.valid, report.flatten(["message"])


def test_the_book_depends_on_the_package_and_holds_no_copy_of_it(made):
    assert f"qantar=={version('qantar')}" in (made / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert {path.parent.name for path in made.rglob("*.py")} == {"tests"}


def test_no_mark_of_a_template_is_left(made):
    for path in made.rglob("*"):
        if path.is_file() and path.suffix in (".md", ".yml", ".cff", ".bib", "") and path.name != "report.txt":
            assert not re.search(r"@(?!misc)[a-z_]+@|% own|% needs", path.read_text(encoding="utf-8")), path
    assert (made / ".ci/run").stat().st_mode & 0o111 and (made / ".gitignore").exists()


def test_what_the_report_has_nothing_of_has_no_section(made, tmp_path):
    assert "(events-words)=" not in (made / "chapters/events.md").read_text(encoding="utf-8")
    raw = (ROOT / "data/report/report.txt").read_bytes()
    again = create(tmp_path / "again", raw, About(datetime.date(2022, 1, 9)))
    assert "(events-words)=" in (again / "chapters/events.md").read_text(encoding="utf-8")


def test_the_same_report_makes_the_same_book(made, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795564800")
    books = [new_book(tmp_path / str(n) / "book", "one") for n in (1, 2)]
    contents = [{p.relative_to(b): p.read_bytes() for p in b.rglob("*") if p.is_file()} for b in books]
    assert contents[0] == contents[1]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "mine.txt").write_text("mine")
    with pytest.raises(ReportError, match="not empty"):
        new_book(tmp_path / "book", "one")
    assert [p.name for p in (tmp_path / "book").iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path):
    (tmp_path / "book").mkdir()
    assert (new_book(tmp_path / "book", "one") / "Makefile").exists()


def test_nothing_is_half_written(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left")

    monkeypatch.setattr(new, "_write_description", fail)
    with pytest.raises(OSError, match="no space"):
        new_book(tmp_path / "book", "one")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("raw", "fault"), [
    ("قال".encode("cp1256"), "not UTF-8"), (b"", "empty"), (b"Nothing Arabic.", "no Arabic letter"),
])
def test_what_is_no_report_makes_no_book(tmp_path, raw, fault):
    with pytest.raises(ReportError, match=fault):
        create(tmp_path / "book", raw, About(datetime.date(2022, 1, 9)))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("title", "shown"), [
    ("Floods in Tata", "Floods in Tata"),
    ("The *first* `day` of {x}", r"The \*first\* ’day’ of \{x\}"),
    ("Three days in 2024", "{typed}`Three days in 2024`"),
    ("مقتل 164 شخصاً", "{ar}`مقتل 164 شخصاً`"),
])
def test_a_title_stands_in_the_heading_as_it_is(title, shown):
    assert heading(title) == shown


def test_a_title_cannot_end_a_field_of_bibtex():
    assert bibtex("50 % {of} it\n& more") == r"50 \% of it \& more"


# ---------------------------------------------------------------------------------------------------- any report


@pytest.fixture(params=[*VALIDATION, *SHORT], scope="module")
def book(request, tmp_path_factory):
    """Each report as a book, loaded as its chapters load it."""
    folder = new_book(tmp_path_factory.mktemp("any") / "book", request.param)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QANTAR_DATA", str(folder / "data"))
        values.load_book.cache_clear()
        yield values.load_book()
    values.load_book.cache_clear()


def test_a_book_lacks_what_its_report_lacks(book):
    assert not len(book.record.claims) and not len(book.verdicts) and not book.readings and not book.english
    assert len(book.unchecked) == sum(len(table) for table in book.coding.tables().values())


def test_every_named_result_has_a_value(book):
    left_out = ("fallen", "verdicts", "agreement", "validation", "many_reports")  # of the later record, the readings, the validation set
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in values.names():
            if name.split(".")[0] not in left_out:
                assert values.function(name)(book) is not None, name


def cells(path):
    for found in sync._CELL.finditer(path.read_text(encoding="utf-8")):
        code = ast.parse(re.sub(r"^:.*\n", "", found[3], flags=re.MULTILINE))
        last = ast.Expression(code.body.pop().value if isinstance(code.body[-1], ast.Expr) else ast.Constant(None))
        yield compile(code, path.name, "exec"), compile(ast.fix_missing_locations(last), path.name, "eval")


def test_every_cell_runs_without_a_warning(book):
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("error")
        for path in CHAPTERS:
            if path.stem == "citing":  # asks for the files beside the data
                continue
            known: dict = {}
            for code, last in cells(path):
                exec(code, known)
                shown = eval(last, known)
                assert not isinstance(shown, Figure) or shown.alt
                assert not isinstance(shown, Table) or "</tr>" in shown._repr_html_()


def test_an_empty_table_says_so():
    assert "<td colspan=" in show(make_table("uncovered"), "None", label="tab-a-b")._repr_html_()


# ------------------------------------------------------------------------------------------------------- built


@pytest.mark.parametrize("name", ["v06", "one"])
def test_a_new_book_builds_and_its_own_tests_pass(name, tmp_path):
    book = new_book(tmp_path / "book", name)
    build(book, "-W", "--keep-going")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=book, env=environment(book), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    if name == "one":
        _the_banner_goes_when_all_is_checked(book)


def _the_banner_goes_when_all_is_checked(book):
    page, listed = book / "_build/html/chapters/overview.html", book / "data/coding/review.csv"
    assert "Unchecked machine reading" in page.read_text(encoding="utf-8")
    listed.write_text(listed.read_text(encoding="utf-8").replace("unchecked", "accepted"), encoding="utf-8")
    (book / "_toc.yml").write_text("format: jb-book\nroot: chapters/overview\n", encoding="utf-8")
    build(book)
    assert "Unchecked machine reading" not in page.read_text(encoding="utf-8")
