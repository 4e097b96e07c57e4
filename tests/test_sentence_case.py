"""Results get a capital where a sentence begins, and nowhere else."""

import pytest
from docutils import nodes

from qantar.book.sentence_case import capitalise, plain


def block(*parts: str | tuple[str]) -> nodes.paragraph:
    """A paragraph of texts and, in tuples, of results."""
    made = nodes.paragraph()
    made += [nodes.Text(part) if isinstance(part, str) else nodes.inline("", part[0], classes=["value"]) for part in parts]
    return made


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ([("two",), " readings"], "Two readings"),
        (["It fell. ", ("two",), " days later"], "It fell. Two days later"),
        (["Did it? (", ("none",), " did.)"], "Did it? (None did.)"),
        (["He said: “It fell.” ", ("six",), " did."], "He said: “It fell.” Six did."),
        (["Of these ", ("two",), " fell"], "Of these two fell"),
        (["that is: ", ("two",)], "that is: two"),
        ([("164",), " dead"], "164 dead"),
    ],
)
def test_a_result_has_a_capital_where_a_sentence_begins(parts, shown):
    made = block(*parts)
    capitalise(made)
    assert made.astext() == shown


def test_a_word_that_is_no_result_is_left_alone():
    made = nodes.paragraph("", "", nodes.inline("", "two", classes=["evidence"]), nodes.Text(" left"))
    capitalise(made)
    assert made.astext() == "two left"


def test_a_result_within_emphasis_is_found():
    made = nodes.paragraph("", "", nodes.strong("", "", nodes.inline("", "two", classes=["value"])))
    capitalise(made)
    assert made.astext() == "Two"


def test_a_result_that_is_a_link_is_found():
    link = nodes.reference("", "", nodes.Text("two"))
    made = nodes.title("", "", nodes.inline("", "", link, classes=["evidence", "value"]), nodes.Text(" readings"))
    capitalise(made)
    assert made.astext() == "Two readings" and made.next_node(nodes.reference).astext() == "Two"


def test_a_heading_keeps_the_text_of_a_result_and_no_link():
    link = nodes.reference("", "", nodes.Text("two"))
    made = nodes.title("", "", nodes.Text("The "), nodes.inline("", "", link, classes=["evidence", "value"]), nodes.Text(" readings"))
    plain(made)
    assert made.astext() == "The two readings" and made.next_node(nodes.reference) is None
