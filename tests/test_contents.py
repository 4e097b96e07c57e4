"""The chapters of the book, counted from its table of contents."""

import pytest

from qantar import contents

TOC = """
format: jb-book
root: chapters/start
parts:
  - caption: First
    chapters: [{file: chapters/a}, {file: chapters/b}, {file: chapters/c}]
  - caption: Second
    chapters: [{file: chapters/d}]
"""


@pytest.fixture
def toc(tmp_path):
    path = tmp_path / "_toc.yml"
    path.write_text(TOC)
    return path


def test_the_chapters_stand_in_their_parts(toc):
    assert contents.parts(toc) == {"First": ["a", "b", "c"], "Second": ["d"]}


@pytest.mark.parametrize(("name", "after"), [("a", ["b", "c"]), ("c", []), ("d", [])])
def test_what_follows_a_chapter_is_of_its_part(toc, name, after):
    assert contents.following(name, toc) == after


def test_a_chapter_that_is_not_there(toc):
    with pytest.raises(KeyError, match="has no chapter 'start'"):
        contents.following("start", toc)


def test_the_chapters_after_the_report_are_those_that_ask_it_a_question(book):
    assert contents.VALUES["after_report"](book) == len(["events", "actors", "figures", "reactions", "voices", "later-record"])


def test_a_book_may_be_of_its_first_chapter_alone(toc):
    toc.write_text("format: jb-book\nroot: chapters/start\n")
    assert contents.parts(toc) == {} and contents.opening(toc) == "start"


def test_chapters_without_a_part_are_there_too(toc):
    toc.write_text("format: jb-book\nroot: chapters/start\nchapters:\n- file: chapters/a\n")
    assert contents.parts(toc) == {"": ["a"]}
    toc.write_text("format: jb-book\nroot: chapters/start\nparts:\n- chapters:\n  - file: chapters/a\n- caption: B\n  chapters:\n  - file: chapters/b\n")
    assert contents.parts(toc) == {"": ["a"], "B": ["b"]}
