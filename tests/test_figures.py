"""The quantities, their later course, and the figures that show it."""

import pytest

from qantar import figures


@pytest.mark.parametrize(("value", "digits"), [(5135, 4), (164, 3), (300, 1), (212_000_000, 3), (30, 1), (2, 1)])
def test_significant_digits(value, digits):
    assert figures.significant_digits(value) == digits


def test_bounds_stand_before_vague_and_bounded_quantities(book):
    table = figures.quantities(book.coding).set_index("id")["value"]
    assert table["F11"] == "≥ 1,000 people" and table["F13"] == "≤ 1 week" and table["F06"] == "164 people"


def test_the_subheading_has_no_source_and_the_sentence_has_one(book):
    assert {"F05"} <= set(figures.unattributed(book.coding)["id"])
    assert "F06" not in set(figures.unattributed(book.coding)["id"])


def test_the_toll_runs_from_the_last_count_before_to_the_list_of_names(book):
    steps = figures.killed(book.record)
    assert steps["as_of"].is_monotonic_increasing
    assert [n for n in steps["number"].dropna()] == [44, 164, 225, 227, 230, 232, 241, 238]
    assert steps.loc[steps["number"] == 164, "status"].item() == "retracted"
    assert steps.loc[steps["number"] == 241, "single_source"].item()


def test_the_detained_leave_out_what_is_counted_otherwise(book):
    assert figures.detained(book.record)["number"].max() == 10_000
    assert 1237 not in set(figures.detained(book.record)["number"])


def test_implied_rates_are_those_of_january(book):
    rates = figures.damages(book.record)["tenge_per_dollar"].dropna()
    assert len(rates) >= 5 and rates.between(430, 441).all()


def test_the_days_without_a_toll(book):
    assert figures.days_to_next_toll(book.record) == 6  # 9 to 15 January


def test_what_the_record_can_not_check(book):
    table = figures.fates(book.coding, book.record).set_index("id")
    assert set(table.index[table["claims"] == 0]) == {"F08", "F12"}


@pytest.mark.parametrize(("name", "numbers"), [("killed", ["44", "241", "164", "238"]), ("detained", ["5,135", "10,000"]), ("damages", ["199", "313", "212"])])
def test_the_figures_say_their_numbers(book, name, numbers):
    drawn = getattr(figures, f"{name}_figure")(book.coding, book.record)
    assert all(number in drawn.alt for number in numbers)
    shown = {text.get_text() for ax in drawn.axes for text in ax.texts}
    assert any(numbers[1] in text for text in shown)


def test_what_was_destroyed_is_counted(book):
    assert figures.VALUES["damaged"](book) == len(figures.quantities(book.coding).query("`of what` == 'damage'")) == 1
