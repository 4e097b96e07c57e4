"""The twenty days: one row a happening, the better date wins, the record's labels only."""

from qantar import overview


def test_a_happening_told_twice_stands_once_with_its_better_date(book):
    table = overview.told(book.report, book.coding)
    assert table["day"].is_monotonic_increasing
    protests = table[table["id"].isin(book.coding.events.query("kind == 'protest'")["id"])]
    assert protests["date"].tolist() == ["2022-01-02/.."]


def test_counts_that_run_from_a_day_are_no_happenings(book):
    kinds = book.coding.events.set_index("id")["kind"]
    table = overview.told(book.report, book.coding)
    assert not [i for i in table["id"] if kinds[i] == "damage"]


def test_only_labelled_happenings_of_the_twenty_days_are_shown(book):
    table = overview.known(book.report, book.record)
    assert table["day"].between("2022-01-01", "2022-01-20").all() and table["label"].notna().all()


def test_the_figure_says_what_the_report_lacks(book):
    alt = overview.timeline_figure(book.report, book.coding, book.record).alt
    assert f"dates {len(overview.told(book.report, book.coding))} happenings" in alt and "Price of car gas doubles" in alt


def test_the_days_are_those_that_the_figure_draws(book):
    alt = overview.timeline_figure(book.report, book.coding, book.record).alt
    assert overview.VALUES["days"](book) == 20 and "first twenty days" in alt
