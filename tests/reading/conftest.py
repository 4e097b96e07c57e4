"""How the tests of the machine reader read a phrase, and how they write what must be found in it.

A table holds phrases in which square brackets mark the spans that the reader must find, no more and no fewer, and
beside each phrase the values. So a failure shows the two phrases one above the other.

``limits.csv`` lists the phrases that the reader is known to misread, each with what it does not understand. Their tests
must fail: a rule that learns one of them has to take it off the list.
"""

import csv
import dataclasses
import datetime
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from qantar.reading import LAYERS, read_layers
from qantar.report import Report

# A Sunday, and the day of the book's report.
PUBLISHED = datetime.date(2022, 1, 9)

with (Path(__file__).parent / "limits.csv").open(encoding="utf-8", newline="") as file:
    LIMITS = {(row["layer"], row["text"]): row["limit"] for row in csv.DictReader(file)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The phrases of ``limits.csv`` are expected to fail."""
    for item in items:
        parameters = getattr(getattr(item, "callspec", None), "params", {})
        text = parameters.get("phrase") or parameters.get("text")
        layer = item.path.stem.removeprefix("test_")
        if isinstance(text, str) and (layer, text) in LIMITS:
            item.add_marker(pytest.mark.xfail(reason=LIMITS[layer, text], strict=True, raises=AssertionError))


@dataclasses.dataclass(frozen=True)
class Reading:
    """What the reader finds in a text: the rows of every layer, and the text with a layer's spans in brackets."""

    text: str
    quantities: list[Any]
    dates: list[Any]
    actors: list[Any]
    statements: list[Any]
    events: list[Any]
    reactions: list[Any]

    def marked(self, rows: Iterable[Any]) -> str:
        """The text with each row's span in brackets."""
        parts, before = [], 0
        for row in rows:
            parts += [self.text[before : row.start], "[", self.text[row.start : row.end], "]"]
            before = row.end
        return "".join(parts) + self.text[before:]


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Reads a text; brackets in it are left out before. Published on Sunday, 9 January 2022, if not told otherwise."""

    def read_text(text: str, published: datetime.date = PUBLISHED, country: str | None = None) -> Reading:
        text = text.replace("[", "").replace("]", "")
        layers: dict[str, list[Any]] = {name: [] for name in LAYERS}
        for sentence in read_layers(Report(text), published, country):
            for name in LAYERS:
                layers[name] += getattr(sentence, name)
        return Reading(text, **layers)

    return read_text
