"""The list of what the reader is known to misread."""

import csv
from pathlib import Path

import pytest

HERE = Path(__file__).parent

with (HERE / "limits.csv").open(encoding="utf-8", newline="") as file:
    LIMITS = [(row["layer"], row["text"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize(("layer", "text"), LIMITS)
def test_a_limit_is_a_phrase_of_a_test(layer, text):
    assert text in (HERE / f"test_{layer}.py").read_text(encoding="utf-8")
