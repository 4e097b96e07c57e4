"""No bare number in the prose: found wherever a reader would see one, with line and column; and the book has none."""

import time
from pathlib import Path

import pytest
import yaml
from sphinx.cmd.build import main as sphinx_build

from qantar.book import prose
from qantar.book.bare_numbers import faults

ROOT = Path(__file__).parents[1]
CHAPTERS = sorted((ROOT / "chapters").glob("*.md"))

CELL = '```{code-cell}\nshow(rows(coding, "a two"),\n     "All two rows", label="one-two")\n```\n'
FIGURE = '```{code-cell}\n---\nmystnb:\n  figure:\n    name: fig-2\n    caption: |\n      The days,\n      two of them; {typed}`six` more.\ntags: [hide-input]\n---\ndraw()\n```\n'

FOUND = {
    "a paragraph": ("Of these,\nthe list has 225 names.", [(2, 14, "225")]),
    "a heading": ("# Qantar\n\n## Two readings", [(3, 4, "Two")]),
    "emphasis": ("It is *one* or **two**.", [(1, 8, "one"), (1, 18, "two")]),
    "the text of a link, not its address": ("[in two](https://e.org/2022/01) or three", [(1, 5, "two"), (1, 36, "three")]),
    "behind a role with the same word": ("{claim}`two <F01>` or two", [(1, 23, "two")]),
    "behind a role over two lines": ("{later}`two\nthree <C01>` four", [(2, 14, "four")]),
    "behind code": ("`two` and two", [(1, 11, "two")]),
    "behind an escape": (r"a \* two", [(1, 6, "two")]),
    "a list": ("- a\n- b two\n  or three\n\n1. four", [(2, 5, "two"), (3, 6, "three"), (5, 4, "four")]),
    "a definition list": ("two\n: is three", [(1, 1, "two"), (2, 6, "three")]),
    "a table": ("| two | b |\n| --- | --- |\n| b | two |\n| two | two |", [(1, 3, "two"), (3, 7, "two"), (4, 3, "two"), (4, 9, "two")]),
    "a quotation": ("> a\n> two", [(2, 3, "two")]),
    "the alternative text of an image": ("![two men](two.png)", [(1, 3, "two")]),
    "the content and the title of a directive": (":::{admonition} Two things\n:class: two-three\nfour\n:::", [(1, 17, "Two"), (3, 1, "four")]),
    "a directive in a directive": ("::::{note}\n:::{tip}\nsix\n:::\n::::", [(3, 1, "six")]),
    "the caption of a figure": ("```{figure} 2.png\n:name: fig-2\n:alt: two men\nOf three.\n```", [(3, 7, "two"), (4, 4, "three")]),
    "the caption of a cell's figure": (FIGURE, [(8, 7, "two")]),
    "the caption of a cell's table": (CELL, [(3, 11, "two")]),
    "a caption with a value": ('```{code-cell}\nshow(x, f"Of {two} in two")\n```', [(2, 23, "two")]),
    "a note at the foot": ("a[^1]\n\n[^1]: In two", [(3, 10, "two")]),
    "raw HTML": ("<div class=\"two\">\ntwo\n</div>", [(2, 1, "two")]),
    "behind Arabic": ("قال two", [(1, 5, "two")]),
}


@pytest.mark.parametrize("where", FOUND)
def test_a_bare_number_is_found_with_its_line_and_column(where):
    chapter, expected = FOUND[where]
    assert [(f.line, f.column, f.number) for f in faults(chapter)] == expected


NOT_FOUND = {
    "front matter": "---\nkernelspec: {display_name: Python 3}\n---\ntext",
    "roles": "{value}`a.b`, {claim}`164 people <F06>`, {typed}`two`, {ref}`two <x-2>`",
    "a role in emphasis": "**the {typed}`two` camps**, *{typed}`one`*",
    "code": "`x = 2` and\n\n```python\ntwo = 2\n```\n\n    two = 2",
    "a label": "(figures-2)=\n# A",
    "an address": "<https://e.org/2022>, [x](https://e.org/2 'y'), [z][r]\n\n[r]: https://e.org/3",
    "options": "```{bibliography}\n:all: 2\n```\n\n```{ledger} two\n:topic: two\n```",
    "a cell": "```{code-cell}\n:tags: [two]\n# two\nx = 'in two'\nf(2, 'two', g('in two'))\n```",
    "a comment": "% in two\n\ntext",
    "comments in HTML": "<!-- two -->",
}


@pytest.mark.parametrize("where", NOT_FOUND)
def test_a_number_outside_the_prose_is_left_alone(where):
    assert faults(NOT_FOUND[where]) == []


def test_the_message_says_what_to_do():
    (fault,) = faults("It has two camps.")
    assert "bind it to a row or a named result" in fault.message and "{typed}`two`" in fault.message
    (fault,) = faults(CELL)
    assert "% typed: two | reason" in fault.message


# ---------------------------------------------------------------------------------------------------- exemptions


def test_a_comment_above_a_cell_exempts_its_numbers():
    assert faults(f"% typed: Two | it shows that many\n% another comment\n\n{CELL}") == []


def test_an_exemption_holds_for_the_cell_below_alone():
    found = faults(f"% typed: two | why\n{CELL}\n{CELL}")
    assert [(f.line, f.number) for f in found] == [(9, "two")]


def test_an_exemption_is_of_cells_and_not_of_prose():
    found = faults("% typed: two | why\n\nIn two.")
    assert [(f.line, f.number) for f in found] == [(1, "two"), (3, "two")]


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("% typed: three | why", "stands in no caption of the cell below"),
        ("% typed: two", "lacks the reason"),
        ("% typed: two |", "lacks the reason"),
        ("% typed: | why", "lacks the number"),
    ],
)
def test_an_exemption_that_is_idle_or_not_complete(comment, message):
    first = faults(f"{comment}\n{CELL}")[0]
    assert first.line == 1 and message in first.message


def test_a_role_that_holds_no_number_is_idle():
    (fault,) = faults("It is {typed}`no number`.")
    assert (fault.line, fault.column, fault.number) == (1, 7, "no number") and "is no number" in fault.message


# ---------------------------------------------------------------------------------------------------- the book


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_the_chapters_have_no_bare_number(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_bare_number_put_into_a_chapter_is_found(path):
    lines = path.read_text(encoding="utf-8").split("\n")
    plain = [n for n, line in enumerate(lines) if line[:1].isalpha() and lines[n - 1] == "" and lines[n + 1][:1].isalpha()]
    assert plain
    for n in plain:
        changed = [*lines[:n], f"{lines[n]} and seventeen", *lines[n + 1 :]]
        found = [(f.line, f.column, f.number) for f in faults("\n".join(changed))]
        assert found == [(n + 1, len(lines[n]) + 6, "seventeen")]


def test_the_markup_is_that_of_the_book():
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    assert set(prose.EXTENSIONS) == set(config["parse"]["myst_enable_extensions"])


def test_the_check_takes_no_time():
    texts = [path.read_text(encoding="utf-8") for path in CHAPTERS]

    def seconds() -> float:
        start = time.process_time()
        for text in texts:
            faults(text)
        return time.process_time() - start

    assert min(seconds() for _ in range(3)) < 2  # half a second on a machine that does nothing else


def test_a_bare_number_fails_the_build_at_its_place(tmp_path, capsys):
    (tmp_path / "conf.py").write_text("extensions = ['myst_parser', 'qantar.book.bare_numbers']\n")
    build = ["-q", "-W", "--keep-going", "-b", "dummy", str(tmp_path), str(tmp_path / "out")]
    (tmp_path / "index.md").write_text("# Qantar\n\nIt has {typed}`two` camps.\n")
    assert sphinx_build(build) == 0
    (tmp_path / "index.md").write_text("# Qantar\n\nIt has two camps.\n")
    assert sphinx_build(build) != 0
    assert "index.md:3: WARNING: column 8: “two” is a bare number" in capsys.readouterr().err
