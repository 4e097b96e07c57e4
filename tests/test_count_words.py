"""Which words state a number: every kind of count is found, and what only looks like one is not."""

import csv

import pytest

from qantar.book.count_words import HOLE, IDIOMS, numbers


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in numbers(text)]


NUMBERS = {
    # digits
    "It counts 164 dead": ["164"],
    "of 5,135 people and 92.3 bn": ["5,135", "92.3"],
    "47 % of them": ["47"],
    "the season 2020-2021": ["2020-2021"],
    "on the 9th, in mid-2022": ["9", "2022"],
    "at 12:30": ["12:30"],
    "في ٥ أيام": ["٥"],
    "½ of it": ["½"],
    "22 (1927)": ["22", "1927"],
    # cardinals
    "zero to Twelve": ["zero", "Twelve"],
    "twenty days, thirty-one soldiers": ["twenty", "thirty-one"],
    "one hundred and sixty-four dead, and ten more": ["one hundred and sixty-four", "ten"],
    "two and three": ["two", "three"],
    "two\nthousand": ["two\nthousand"],
    "212 million dollars": ["212 million"],
    "thousands, dozens, hundreds of them": ["thousands", "dozens", "hundreds"],
    "a two-camp story": ["two"],
    # multiples and parts
    "said once, told twice": ["once", "twice"],
    "a tenfold rise; prices doubled": ["tenfold", "doubled"],
    "half of the cases": ["half"],
    "a third of the rows, two thirds, a quarter of it": ["third", "two thirds", "quarter"],
    "three quarters, a fifth": ["three quarters", "fifth"],
    # ordinals that count
    "the fourth body, for the twentieth time": ["fourth", "twentieth"],
    "the second of January; January the third": ["second", "third"],
    # one
    "it rests on one source": ["one"],
    "the one source that has it": ["one"],
    "its one correction": ["one"],
    "One of them fell": ["One"],
    "of which one is disputed": ["one"],
    "only one is, the rest are not": ["one"],
    "The report names one.": ["one"],
    "each names one.": ["one"],
    "They say that one of them fell, that one is left": ["one", "one"],
    f"one {HOLE} and the one {HOLE}": ["one", "one"],
    "a one-page text": ["one"],
    "one names another ministry": ["one"],
    "if one source says so": ["one"],
    "no more than one": ["one"],
    # beside an idiom
    "one by one, one row is decided": ["one"],
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number_is_found(text):
    assert found(text) == NUMBERS[text]


NONE = [
    # names
    "F1 of s08 in UTF-8, the F06 of G7",
    "ISO 8601 and ISO\n639",
    # words that name no number
    "a pair, both, several, a single source, none, no number, a few",
    "the first reading, a second source, a third text, the third merges them",
    "the scores and the place",
    "headquarters; a headline; someone; anyone; often; tender; Leone",
    # pronouns
    "the one that fell, the one of the state",
    "this one is, each one has, every one of them",
    "a larger one, the next one is",
    f"a Tunisian one {HOLE}",
    "that one, not this one",
    "the large ones, one's own words, oneself",
    "what one can do, how one may read it",
    "where one is installed",
    "it is one that fits: one that helps nobody",
    "one kind taken for another",
    "one actor towards another.",
    "nor any other one (seen later)",
    # idioms
    "they contradict one another; no one says so",
    "decided one by one",
    "the one loses its deputies, the other its chair",
    "on the one hand",
    "low, withdrawn, all at once; told once more",
    "where the words stand more than once",
    "one row a unit, one row for each",
    "the open half, the held-out\nhalf",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_left_alone(text):
    assert found(text) == []


def test_every_idiom_holds_a_number_word_and_its_example_holds_the_idiom():
    with IDIOMS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len({row["phrase"] for row in rows}) == len(rows)
    for row in rows:
        assert row["why"] and found(row["example"]) == [], row
        assert row["phrase"].split("…")[0].strip().lower() in row["example"].lower(), row


def test_a_pair_of_pronouns_needs_both():
    assert found("the one source, the other is silent") == [] and found("the one source is silent. The other too") == ["one"]
