"""A walk through the unchecked rows of a draft: each is shown, a key decides, and every decision is written at once."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from contextlib import suppress

from qantar.problems import DataError
from qantar.reading.display import shown
from qantar.report import ReportError
from qantar.review.draft import Draft, Name, accept, correct, reject, rejection, write
from qantar.review.terminal import Terminal
from qantar.schema import fields_of, optional_table

KEYS = "a accept · c correct · r reject · s skip · b back · u undo · q leave · ? help"


class Session:
    """One walk through the rows: where it stands, and what was before each decision."""

    def __init__(self, draft: Draft, rows: list[Name], terminal: Terminal, help_: str) -> None:
        self.draft, self.rows, self.at, self.terminal, self.help = draft, rows, 0, terminal, help_
        self.before: list[tuple[Draft, int]] = []
        table = optional_table("translation")
        self.english: dict[str, str] = dict(zip(table["sentence"], table["en"], strict=True))

    def run(self) -> None:
        """Ask until all rows were shown or somebody leaves; ``draft`` is then what was decided."""
        do = {"a": self._accept, "c": self._correct, "r": self._reject, "s": self._on, "b": self._back, "u": self._undo}
        while self.at < len(self.rows):
            if not self._here():
                self._on()
                continue
            self.terminal.tell("\n".join(card(self.draft, self.rows[self.at], self.terminal, f"{self.at + 1} of {len(self.rows)}", self.english)))
            while True:
                key = self.terminal.key(f"{KEYS}\n> ").lower()
                if key in ("q", ""):
                    return
                if key in do:
                    do[key]()
                    break
                self.terminal.tell(self.help if key == "?" else f"{key!r} means nothing here.")

    def _here(self) -> bool:
        with suppress(KeyError):
            return self.draft.place(self.rows[self.at]) >= 0
        return False

    def _on(self) -> None:
        self.at += 1

    def _back(self) -> None:
        start = self.at
        while self.at:
            self.at -= 1
            if self._here():
                return
        self.at = start
        self.terminal.tell("This is the first row.")

    def _undo(self) -> None:
        if not self.before:
            self.terminal.tell("There is nothing to undo.")
            return
        draft, self.at = self.before.pop()
        write(self.draft, draft)
        self.draft = draft

    def _decide(self, draft: Draft) -> None:
        """Write a decision, once it is known that the files take it."""
        if draft is not self.draft:
            write(self.draft, draft)
            self.before.append((self.draft, self.at))
            self.draft = draft

    def _accept(self) -> None:
        self._decide(accept(self.draft, self.rows[self.at]))
        self._on()

    def _correct(self) -> None:
        row = self.rows[self.at]
        column = self._column(row)
        if not column:
            return
        value = self.terminal.line(f"{column}{allowed(row[0], column)} (- empties it, nothing leaves it): ").strip()
        if not value:
            return
        try:
            self._decide(correct(self.draft, row, column, "" if value == "-" else value))
        except (DataError, ReportError) as error:
            self.terminal.tell("Not written:")
            for problem in getattr(error, "problems", [error]):
                self.terminal.tell(f"  {getattr(problem, 'column', column)}: {getattr(problem, 'value', '')} {getattr(problem, 'message', problem)}")

    def _column(self, row: Name) -> str:
        columns = [name for name in self.draft.files[row[0]].columns if name != "id"]
        self.terminal.tell(textwrap.fill(", ".join(f"{n} {name}" for n, name in enumerate(columns, 1)), self.terminal.width))
        answer = self.terminal.line("column, by number or name: ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(columns):
            return columns[int(answer) - 1]
        if answer and answer not in columns:
            self.terminal.tell(f"{answer!r} is no column that can be corrected.")
        return answer if answer in columns else ""

    def _reject(self) -> None:
        row = self.rows[self.at]
        found = rejection(self.draft, row)
        if found.rows or found.cells:
            lines = [f"{row[1]} is named elsewhere."]
            lines += [f"These rows go with it: {', '.join(name for _, name in found.rows)}."] if found.rows else []
            lines += [f"These cells no longer name it: {', '.join(f'{name}.{column}' for _, name, column in found.cells)}."] if found.cells else []
            self.terminal.tell("\n".join(textwrap.fill(line, self.terminal.width) for line in lines))
            if self.terminal.key("Reject it all the same? y, or any other key to leave it\n> ").lower() != "y":
                return
        try:
            self._decide(reject(self.draft, row))
        except DataError as error:
            self.terminal.tell("\n".join(["Not written:", *(f"  {problem}" for problem in error.problems)]))
            return
        self._on()


# ------------------------------------------------------------------------------------------------- what is shown


def card(draft: Draft, row: Name, terminal: Terminal, place: str, english: Mapping[str, str]) -> Iterator[str]:
    """A row as it is shown: its sentence with the words marked, the translation if there is one, and its columns."""
    cells, status = draft.cells(row), draft.status(row)
    sentence = draft.report.sentence(cells["sentence"])
    span = sentence.find(cells["quote"], int(cells["occurrence"]) if cells.get("occurrence") else None)
    start, end = span.start - sentence.start, span.end - sentence.start
    first, last = terminal.marks
    yield f"\n── {sentence.id} · {place} ".ljust(terminal.width, "─")
    text = f"{shown(sentence.text[:start])}{first}{shown(sentence.text[start:end])}{last}{shown(sentence.text[end:])}"
    yield textwrap.fill(text, terminal.width, break_long_words=False, break_on_hyphens=False)
    if sentence.id in english:
        yield textwrap.fill(shown(english[sentence.id]), terminal.width)
    yield f"{row[0]} {row[1]}: {status.get('status', 'written by hand')}" + (f", read by {status['reader']}" if status else "")
    for column, value in cells.items():
        if value and column not in ("id", "sentence"):
            yield f"  {column:<14} {shown(value)}"
    empty = [column for column, value in cells.items() if not value]
    yield textwrap.fill(f"  empty: {', '.join(empty)}", terminal.width, subsequent_indent="    ") if empty else ""


def allowed(table: str, column: str) -> str:
    """What a column can hold, where that is one of a few words."""
    words = next(field for field in fields_of(table) if field["name"] == column).get("constraints", {}).get("enum", [])
    return f" ({', '.join(words)})" if words else ""
