"""A quotation shows the sentence, its words marked and its translation; what names nothing fails with its place."""

import subprocess
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from qantar.book.quotation import marked

PARTS = ("labels", "evidence", "sources", "roles", "quotation")
CONF = f"extensions = ['myst_parser', *(f'qantar.book.{{part}}' for part in {PARTS})]\nroot_doc = 'page'\n"


def build(folder: Path, text: str) -> tuple[BeautifulSoup, str]:
    """Build one page that has the sentences' labels; it, and what was warned of."""
    labels = "".join(f"(s{n:02})=\n## s{n:02}\n\n" for n in range(1, 25))
    (folder / "page.md").write_text(f"# Page\n\n{text}\n\n{labels}", encoding="utf-8")
    (folder / "conf.py").write_text(CONF, encoding="utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "html")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    return BeautifulSoup((folder / "html/page.html").read_text(encoding="utf-8"), "html.parser"), said


def test_a_row_is_quoted_with_its_words_marked(tmp_path, book):
    page, said = build(tmp_path, "```{quotation} F06\n```\n\n```{quotation} s04\n```")
    assert not said
    row, sentence = page.select("blockquote.quotation")
    arabic = row.select_one("p[lang=ar][dir=rtl]")
    assert arabic.get_text() == book.report.sentence("s08").text and [m.get_text() for m in arabic.select("mark")] == ["164 شخصاً"]
    assert "164 people had been killed" in row.get_text()
    assert row.select_one("[data-evidence=F06] a")["href"] == "#s08"
    assert sentence.select_one("p[lang=ar]").get_text() == book.report.sentence("s04").text and not sentence.select("mark")


@pytest.mark.parametrize(("text", "fault"), [
    ("```{quotation} F99\n```", "quotation: there is no row 'F99'"),
    ("```{quotation} s99\n```", "quotation: there is no sentence 's99'; the report has s01 to s24"),
    ("{claim}`F99`", "claim: there is no row 'F99'"),
    ("{actor}`nobody`", "actor: there is no row 'nobody'"),
    ("{sentence}`s99`", "sentence: there is no sentence 's99'; the report has s01 to s24"),
    ("{value}`events.nothing`", "value: no result 'events.nothing'"),
])
def test_what_names_nothing_is_a_warning_with_file_and_line(tmp_path, text, fault):
    _, said = build(tmp_path, f"One.\n\n{text}")
    assert f"page.md:5: WARNING: {fault}" in said


def test_markup_in_a_sentence_stays_text():
    assert marked('<b> & "x"', ((0, 3),)) == '<mark>&lt;b&gt;</mark> &amp; "x"'
