"""What the machine reader found, to look at: each sentence with its number, and under it what was read in it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from typing import Any

from qantar.reading import Sentences

# Controls, marks of direction and what else is not seen but moves what is; joiners that Persian needs are left.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_INDENT = " " * 5


def shown(text: str) -> str:
    r"""The text with every character that is not seen or moves others written out, so that none can act on a terminal.

    >>> shown("قتل\u202e\x1b[2J")
    'قتل\\u202e\\x1b[2J'
    """
    return _HIDDEN.sub(lambda match: match.group().encode("unicode_escape").decode(), text)


def table_block(sentence: Sentences, layers: Iterable[str], digits: int = 2, width: int | None = None) -> str:
    """A sentence with its number, and under it what was found in it: values first, then the words.

    ``digits`` is the width of the number (a report of a hundred sentences has ``s001``), ``width`` that of a terminal.
    """
    text = f"s{int(sentence.sentence.id[1:]):0{digits}d}  {shown(sentence.sentence.text)}"
    if width:
        text = "\n".join(
            textwrap.wrap(text, width, subsequent_indent=_INDENT, break_long_words=False, break_on_hyphens=False)
        )
    lines = [text]
    for layer in layers:
        for found in getattr(sentence, layer):
            label, values, words = _DESCRIBED[layer](found)
            lines.append(f"{_INDENT}{label:<10} {shown(values):<32}  {shown(words)}".rstrip())
    return "\n".join(lines) + "\n"


def _quantity(found: Any) -> tuple[str, str, str]:
    if found.value is None:
        value = "some" if found.value_min is None else f"at least {found.value_min}"
    else:
        value = f"{found.value}" if found.value_max is None else f"{found.value} to {found.value_max}"
    return (
        "quantity",
        f"{'about ' * found.approx}{value} {found.unit or ''}",
        found.text + _named(by=found.attributed_to),
    )


def _date(found: Any) -> tuple[str, str, str]:
    value = found.value or f"{found.offset or '?'} from another event"
    return "date", value, found.text + _named(**{"from": found.anchor})


def _actor(found: Any) -> tuple[str, str, str]:
    return "actor", found.type, found.text + _named(**{"in full": None if found.actor == found.text else found.actor})


def _statement(found: Any) -> tuple[str, str, str]:
    return "statement", found.kind, found.verb + _named(by=found.speaker)


def _event(found: Any) -> tuple[str, str, str]:
    return (
        "event",
        f"{found.class_} {found.status} {found.date or ''}",
        found.text + _named(by=found.actor, to=found.target),
    )


def _reaction(found: Any) -> tuple[str, str, str]:
    return "reaction", f"{found.kind} {found.stance} {found.addressee or ''}", found.text + _named(by=found.actor)


def _named(**parts: str | None) -> str:
    """Parts with labels, whose Latin letters keep the Arabic in its order on terminals that turn it round."""
    return "".join(f"  {label}: {words}" for label, words in parts.items() if words)


_DESCRIBED = {
    "quantities": _quantity,
    "dates": _date,
    "actors": _actor,
    "statements": _statement,
    "events": _event,
    "reactions": _reaction,
}
