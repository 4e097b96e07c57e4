"""The terminal that a review talks through: a key at a time where it can do that, else lines of standard input."""

from __future__ import annotations

import os
import select
import shutil
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass


@dataclass(frozen=True)
class Terminal:
    """What the review is talked about with: a key, a line, and where to say something.

    An empty key ends the review, an empty line the question.
    """

    key: Callable[[str], str]
    line: Callable[[str], str]
    tell: Callable[[str], None]
    width: int = 100
    marks: tuple[str, str] = ("⟦", "⟧")


def real_terminal() -> Terminal:
    """The terminal that the command runs in, a key at a time where it can do that; else lines of standard input."""
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
        return Terminal(_of_line, line, tell, width, marks)
    with suppress(ImportError):
        import readline  # noqa: F401, line editing
    return Terminal(_keys(), line, tell, width, marks)


def _of_line(prompt: str) -> str:
    """The first letter of a line, empty at the end of the input."""
    try:
        return input(prompt).strip()[:1] or " "
    except EOFError:
        return ""


def _keys() -> Callable[[str], str]:
    """A function that asks for one key; where a terminal can't give single keys, for a line."""
    try:
        import termios
        import tty
    except ImportError:
        return _of_line

    def key(prompt: str) -> str:
        number = sys.stdin.fileno()
        before = termios.tcgetattr(number)
        try:
            tty.setcbreak(number)  # what was typed before the question is dropped: it answers nothing
            print(prompt, end="", flush=True)
            while not (typed := _key(number)).isprintable():
                pass
        finally:
            termios.tcsetattr(number, termios.TCSADRAIN, before)
        print(typed)
        return typed

    return key


def _key(number: int) -> str:
    """The next key, empty at the end of the input (Ctrl+D); what an arrow sends is one key, and none that is printed.

    No more is read than the key itself, so that what is typed after it is there for the line that it may ask for.
    """
    first = os.read(number, 1)
    if first in (b"", b"\x04"):
        return ""
    if first == b"\x1b":
        while select.select([number], [], [], 0.02)[0]:
            os.read(number, 64)
        return "\x1b"
    more = 3 if first >= b"\xf0" else 2 if first >= b"\xe0" else 1 if first >= b"\xc0" else 0
    return (first + (os.read(number, more) if more else b"")).decode("utf-8", "ignore") or "\x00"
