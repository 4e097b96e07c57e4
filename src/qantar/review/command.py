"""``qantar review``: what the command takes, and what it asks and shows in the terminal."""

from __future__ import annotations

import argparse
import os
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = ("actors", "mentions", "events", "figures", "dates", "statements", "reactions", "relations")
HELP = "check the rows of a draft coding, one by one, in the terminal"
DESCRIPTION = """\
Walk through the unchecked rows of a book's draft coding in the order of its report. Each is shown with its sentence, the
words that it rests on between ⟦ and ⟧, and its columns; a key decides:

  a  accept: the row is right                s  skip: leave it unchecked
  c  correct the value of a column           b  back to the row before
  r  reject: take the row out                u  undo the last decision
  q  leave; all that was decided is written already

What rests on a row that is rejected goes with it, or no longer names it; this is shown and asked before. Rows that
nothing was decided about stay as they are written, byte for byte."""
EXAMPLES = """\
examples:
  qantar review
  qantar review mybook --table events

exit status: 0, also if rows are left; 2 if there is no draft, or its tables are faulty."""
KEYS = "a accept · c correct · r reject · s skip · b back · u undo · q leave · ? help"


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("review", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("book", nargs="?", metavar="DIR", type=Path, help="the folder of the book (default: this one)")
    parser.add_argument("--table", choices=TABLES, metavar="NAME", default="", help=f"one table alone ({', '.join(TABLES)})")
    return parser


@dataclass(frozen=True)
class Terminal:
    """What the review is talked about with: a key, a line, and where to say something; an empty answer ends it."""

    key: Callable[[str], str]
    line: Callable[[str], str]
    tell: Callable[[str], None]
    width: int = 100
    marks: tuple[str, str] = ("⟦", "⟧")


def review(book: Path | None, table: str, terminal: Terminal | None = None) -> str:
    """Walk through the unchecked rows; the text that says what is left.

    Raises ``ReportError`` or ``DataError`` if there is no draft that can be reviewed.
    """
    # Here, since the other commands start without what these need.
    from qantar import load_report, paths
    from qantar.review import draft as drafts
    from qantar.review.ledger import progress
    from qantar.review.status import summary
    from qantar.schema import read_table

    folder = paths.choose(book) / "coding"
    draft = drafts.open_draft(load_report(), folder)
    with suppress(KeyboardInterrupt):
        draft = _Session(draft, drafts.queue(draft, table), terminal or real_terminal()).run()
    left = progress(drafts.check(draft), read_table(folder / "review.csv", "review"))
    return summary(left)


class _Session:
    """One walk through the rows: where it stands, and what was before each decision."""

    def __init__(self, draft: Any, rows: list[tuple[str, str]], terminal: Terminal) -> None:
        self.draft, self.rows, self.at, self.terminal = draft, rows, 0, terminal
        self.before: list[tuple[Any, int]] = []

    def run(self) -> Any:
        """Ask until all rows were shown or somebody leaves; the draft then."""
        do = {"a": self._accept, "c": self._correct, "r": self._reject, "s": self._on, "b": self._back, "u": self._undo}
        while self.at < len(self.rows):
            if not self._here():
                self._on()
                continue
            self.terminal.tell("\n".join(card(self.draft, self.rows[self.at], self.terminal, f"{self.at + 1} of {len(self.rows)}")))
            while True:
                key = self.terminal.key(f"{KEYS}\n> ").lower()
                if key in ("q", ""):
                    return self.draft
                if key in do:
                    do[key]()
                    break
                self.terminal.tell(DESCRIPTION if key == "?" else f"{key!r} means nothing here.")
        return self.draft

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
        from qantar.review.draft import write

        draft, self.at = self.before.pop()
        write(self.draft, draft)
        self.draft = draft

    def _decide(self, draft: Any) -> None:
        """Write a decision, once it is known that the files take it."""
        from qantar.review.draft import write

        if draft is not self.draft:
            write(self.draft, draft)
            self.before.append((self.draft, self.at))
            self.draft = draft

    def _accept(self) -> None:
        from qantar.review.draft import accept

        self._decide(accept(self.draft, self.rows[self.at]))
        self._on()

    def _correct(self) -> None:
        from qantar.problems import DataError
        from qantar.report import ReportError
        from qantar.review.draft import correct

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

    def _column(self, row: tuple[str, str]) -> str:
        columns = [name for name in self.draft.files[row[0]].columns if name != "id"]
        self.terminal.tell(textwrap.fill(", ".join(f"{n} {name}" for n, name in enumerate(columns, 1)), self.terminal.width))
        answer = self.terminal.line("column, by number or name: ").strip()
        if answer.isdecimal() and 1 <= int(answer) <= len(columns):
            return columns[int(answer) - 1]
        if answer and answer not in columns:
            self.terminal.tell(f"{answer!r} is no column that can be corrected.")
        return answer if answer in columns else ""

    def _reject(self) -> None:
        from qantar.problems import DataError
        from qantar.review.draft import reject, rejection

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


def card(draft: Any, row: tuple[str, str], terminal: Terminal, place: str) -> Iterator[str]:
    """A row as it is shown: its sentence with the words marked, the translation if there is one, and its columns."""
    from qantar.reading.display import shown
    from qantar.schema import optional_table

    cells, status = draft.cells(row), draft.status(row)
    sentence = draft.report.sentence(cells["sentence"])
    span = sentence.find(cells["quote"], int(cells["occurrence"]) if cells.get("occurrence") else None)
    start, end = span.start - sentence.start, span.end - sentence.start
    first, last = terminal.marks
    yield f"\n── {sentence.id} · {place} ".ljust(terminal.width, "─")
    text = f"{shown(sentence.text[:start])}{first}{shown(sentence.text[start:end])}{last}{shown(sentence.text[end:])}"
    yield textwrap.fill(text, terminal.width, break_long_words=False, break_on_hyphens=False)
    translation = optional_table("translation")
    for english in translation.loc[translation["sentence"] == sentence.id, "en"]:
        yield textwrap.fill(shown(english), terminal.width)
    yield f"{row[0]} {row[1]}: {status.get('status', 'written by hand')}" + (f", read by {status['reader']}" if status else "")
    for column, value in cells.items():
        if value and column not in ("id", "sentence"):
            yield f"  {column:<14} {shown(value)}"
    empty = [column for column, value in cells.items() if not value]
    yield textwrap.fill(f"  empty: {', '.join(empty)}", terminal.width, subsequent_indent="    ") if empty else ""


def allowed(table: str, column: str) -> str:
    """What a column can hold, where that is one of a few words."""
    from qantar.schema import fields_of

    words = next(field for field in fields_of(table) if field["name"] == column).get("constraints", {}).get("enum", [])
    return f" ({', '.join(words)})" if words else ""


# -------------------------------------------------------------------------------------------------- the terminal


def real_terminal() -> Terminal:
    """The terminal that the command runs in, a key at a time where it can do that; else lines of standard input."""
    import shutil

    def tell(text: str) -> None:
        print(text, flush=True)

    def line(prompt: str) -> str:
        try:
            return input(prompt)
        except EOFError:
            return ""

    styled = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM", "dumb") != "dumb"
    marks = ("\x1b[1m⟦", "⟧\x1b[0m") if styled else ("⟦", "⟧")
    width = min(shutil.get_terminal_size((100, 24)).columns, 110)
    if not sys.stdin.isatty():
        return Terminal(lambda prompt: _first(line(prompt)), line, tell, width, marks)
    with suppress(ImportError):
        import readline  # noqa: F401, line editing
    return Terminal(_keys(line), line, tell, width, marks)


def _first(answer: str) -> str:
    return answer.strip()[:1]


def _keys(line: Callable[[str], str]) -> Callable[[str], str]:
    """A function that asks for one key; where a terminal can't give single keys, for a line."""
    try:
        import termios
        import tty
    except ImportError:
        return lambda prompt: _first(line(prompt))
    waiting: list[str] = []

    def key(prompt: str) -> str:
        print(prompt, end="", flush=True)
        number = sys.stdin.fileno()
        before = termios.tcgetattr(number)
        try:
            tty.setcbreak(number)
            while not waiting:
                typed = os.read(number, 64)
                if not typed or typed == b"\x04":  # Ctrl+D
                    return ""
                if not typed.startswith(b"\x1b"):  # an arrow is no answer
                    waiting.extend(c for c in typed.decode("utf-8", "ignore") if c.isprintable())
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)
        print(waiting[0])
        return waiting.pop(0)

    return key
