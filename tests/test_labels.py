"""Every public label is found with its kind, its page and its title, and named once."""

import re
from collections import Counter
from pathlib import Path

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from qantar.book.labels import of_doctree
from qantar.labels import KINDS, Label, of_data

ROOT = Path(__file__).parents[1]


def page(*children: nodes.Node) -> nodes.document:
    made = new_document("x", get_default_settings())
    made += children
    for node in made.findall(nodes.Element):
        for name in node.get("names", []):
            made.note_explicit_target(node)
    return made


def test_a_chapter_its_sections_figures_and_tables():
    deaths = nodes.section("", nodes.title("", "The\n dead"), ids=["the-dead", "figures-deaths"], names=["figures-deaths"])
    deaths += nodes.figure("", nodes.image(), nodes.caption("", "The toll"), ids=["fig-figures-killed"], names=["fig-figures-killed"])
    deaths += nodes.raw("", '<div class="table-scroll" id="tab-figures-killed"><table><caption>A &amp; <b>B</b></caption></table></div>', format="html")
    chapter = nodes.section("", nodes.title("", "Figures"), deaths, ids=["figures"], names=["figures"])
    assert list(of_doctree(page(chapter), "chapters/figures")) == [
        Label("figures", "chapter", "chapters/figures", "Figures"),
        Label("figures-deaths", "section", "chapters/figures", "The dead"),
        Label("fig-figures-killed", "figure", "chapters/figures", "The toll"),
        Label("tab-figures-killed", "table", "chapters/figures", "A & B"),
    ]


def test_a_table_without_a_caption_has_no_title():
    found = list(of_doctree(page(nodes.raw("", '<div id="tab-x-y"><table><tbody></tbody></table></div><div id="tab-x-z"><caption>Z</caption></div>', format="html")), "x"))
    assert [(label.id, label.title) for label in found] == [("tab-x-y", ""), ("tab-x-z", "Z")]


def test_the_data_have_every_sentence_row_and_actor_once(book):
    found = list(of_data(book))
    assert not [label for label, n in Counter(label.id for label in found).items() if n > 1]
    assert {label.kind for label in found} <= set(KINDS)
    by_id = {label.id: label for label in found}
    assert by_id["s08"] == Label("s08", "sentence", "chapters/report", "Sentence s08")
    assert by_id["F06"] == Label("F06", "row", "chapters/report", "Row F06", "figures")
    assert by_id["X01"].page == "chapters/ledger" and by_id["X01"].table == "international"
    assert by_id["actor-tokayev"] == Label("actor-tokayev", "actor", "chapters/actors", "Kassym-Jomart Tokayev")


def test_every_label_of_the_data_is_on_its_page(site, book):
    pages = {}
    for label in of_data(book):
        if label.page not in pages:
            text = (site / f"{label.page}.html").read_text(encoding="utf-8")
            pages[label.page] = Counter(re.findall(r'\bid="([^"]+)"', text))
        assert pages[label.page][label.id] == 1, label
