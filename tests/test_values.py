"""Every named result computes, and what chapters quote exists."""

import re
from pathlib import Path

import pytest

from qantar import values

CHAPTERS = Path(__file__).parents[1] / "chapters"


def test_every_named_result_computes_to_something_to_print(book):
    for name in values.names():
        assert values.text(name, book).strip(), name


def test_every_result_that_a_chapter_quotes_is_there():
    quoted = {m for path in CHAPTERS.glob("*.md") for m in re.findall(r"\{value\}`([\w.-]+)`", path.read_text(encoding="utf-8"))}
    assert quoted <= set(values.names()), quoted - set(values.names())


def test_a_wrong_name_says_what_there_is():
    with pytest.raises(KeyError, match="its first part must be one of"):
        values.function("nowhere.x")
    with pytest.raises(KeyError, match="qantar.coverage has .*words"):
        values.function("coverage.x")


def test_every_result_stands_in_a_module_of_the_results():
    assert {values.place(name)[0] for name in values.names()} <= set(values.MODULES)
    module, line = values.place("coverage.words")
    assert '"words":' in (Path(values.__file__).parent / f"{module}.py").read_text(encoding="utf-8").splitlines()[line - 1]
