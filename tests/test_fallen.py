"""The exact figures that did not stand, and how far apart numbers lie, on the book's data and on changed ones."""

import dataclasses
import datetime

import pytest

from qantar import fallen


def test_the_toll_the_losses_and_the_detained_fell(book):
    assert fallen.fallen(book.coding, book.verdicts) == ["F06", "F07", "F09"]


def test_a_figure_that_is_confirmed_did_not_fall(book):
    verdicts = book.verdicts.copy()
    verdicts.loc[verdicts["topic"] == "damages", "verdict"] = "confirmed"
    assert fallen.fallen(book.coding, verdicts) == ["F06", "F09"]


def test_a_vague_figure_and_one_without_a_source_can_not_fall(book):
    verdicts = book.verdicts.assign(verdict="revised")
    found = fallen.fallen(book.coding, verdicts)
    assert "F11" not in found and "F05" not in found and "F10" in found


def test_one_toll_is_above_the_last(book):
    assert fallen.higher_tolls(book.record) == ["C10"]


@pytest.mark.parametrize(("day", "claims"), [(datetime.date(2022, 1, 9), ["C24", "C25"]), (datetime.date(2022, 1, 12), ["C30"]), (datetime.date(2022, 1, 8), [])])
def test_sums_of_a_day_leave_out_what_an_agency_converted(book, day, claims):
    assert fallen.sums_on(book.record, day) == claims


def test_days_between_claims_follow_their_dates(book):
    assert fallen.days_between(book.record, "C17", "C19") == 2
    claims = book.record.claims.copy()
    claims.loc[claims["id"] == "C19", "as_of"] = "2022-02-01"
    assert fallen.days_between(dataclasses.replace(book.record, claims=claims), "C17", "C19") == 23


def test_sentences_between_figures(book):
    assert fallen.sentences_between(book.coding, "F09", "F11") == 2
