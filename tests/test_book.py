"""Promises of the Sphinx extension: a role that names nothing fails, bad text stays text, fonts are cut to the same bytes."""

import io
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from qantar.book import annotated, assets, markup_fixes, roles
from qantar.book.kept import kept
from qantar.values import Book


@pytest.mark.parametrize("content", ["F06.full <F06>", "F06 <F07>", "F99", "F06.colour"])
def test_a_role_that_would_print_a_name_or_names_nothing_is_a_fault(content):
    from docutils import nodes

    from qantar.book.roles import RowRole

    inliner = SimpleNamespace(reporter=SimpleNamespace(get_source_and_line=lambda line: ("x.md", line)))
    (node,), _ = RowRole()("claim", f"{{claim}}`{content}`", content, 1, inliner)
    assert isinstance(node, nodes.problematic)
    (node,), _ = RowRole()("claim", "{claim}`the toll <F06>`", "the toll <F06>", 1, inliner)
    assert not isinstance(node, nodes.problematic)


def test_markup_in_a_report_stays_text(book):
    text = 'قال <script>alert("x")</script> & عاد.'
    report = type(book.report)(text)
    coding = type(book.coding)(**{name: table.head(0) for name, table in book.coding.tables().items()})
    shown = annotated.marked(report.sentences[0], coding)
    assert "<script>" not in shown and "&lt;script&gt;" in shown and "&amp;" in shown


def test_marked_pieces_are_the_sentence(book):
    from bs4 import BeautifulSoup

    for sentence in book.report.sentences:
        marked = annotated.marked(sentence, book.coding)
        assert BeautifulSoup(marked, "html.parser").get_text() == sentence.text


def test_nested_spans_carry_both_layers(book):
    shown = annotated.marked(book.report.sentence("s08"), book.coding)
    assert '<span class="mentions figures">164 شخصاً</span>' in shown


@pytest.mark.parametrize("name, features, letters", [
    ("amiri-regular.woff2", {"init", "medi", "fina"}, "قنطرءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ،؟؛"),
    ("serif-italic.woff2", {"kern"}, "Qantar ʿāḍḥīṣṭūẓ ‘—’ é →"),
])
def test_fonts_are_cut_to_the_same_bytes_and_keep_their_shaping(name, features, letters):
    from fontTools.ttLib import TTFont

    one, two = (assets.subset(assets.FONTS[name]) for _ in range(2))
    assert one == two
    font = TTFont(io.BytesIO(one))
    assert "fvar" not in font
    kept = {r.FeatureTag for table in ("GSUB", "GPOS") for r in font[table].table.FeatureList.FeatureRecord}
    assert features <= kept
    assert not set(map(ord, letters)) - set(font.getBestCmap())


def test_a_source_is_named_at_its_first_citation_alone():
    body = '<a href="r.html#x" title="Link">#</a>' + '<a class="reference" href="references.html#ref-a" title="TASS. It.">1</a>' * 2
    assert markup_fixes.once(body).count('title="TASS. It."') == 1 and 'title="Link"' in markup_fixes.once(body)


def test_what_is_kept_is_made_once_and_again_when_it_is_made_of_something_else(tmp_path):
    made = []
    make = lambda: made.append(1) or b"x"  # noqa: E731
    for made_of in ("a", "a", "b"):
        assert kept(tmp_path / "html", "cards", made_of, make) == b"x"
    assert len(made) == 2


def test_the_book_is_a_named_tuple_of_checked_parts(book):
    assert isinstance(book, Book) and isinstance(book.words, pd.DataFrame)


def test_a_citation_closes_up_and_leaves_other_line_ends_alone():
    from docutils import nodes
    from docutils.frontend import get_default_settings
    from docutils.utils import new_document

    page = new_document("x", get_default_settings())
    page += nodes.paragraph("", "", nodes.Text("credited to"), nodes.Text("\n"), nodes.Text("the ministry"), nodes.Text("\n"), nodes.inline("", "1", classes=["bibtex-citation"]))
    roles._close_up(None, page, "x")
    assert page.astext() == "credited to\nthe ministry1"
