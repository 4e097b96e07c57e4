"""What is wrong with a data file: every fault at its place, all at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it stands, the value found, and what is wrong and would be right."""

    file: str
    line: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        shown = f"“{self.value}” " if self.value else ""
        return f"{self.file}:{self.line}:{self.column}: {shown}{self.message}"


class DataError(ValueError):
    """Data that break a rule of the book; ``problems`` lists every fault, ``str()`` shows one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.file, p.line, p.column, p.value, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Nothing if there are no problems. Raises ``DataError`` with all of them otherwise."""
    problems = list(problems)
    if problems:
        raise DataError(problems)
