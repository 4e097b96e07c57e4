"""What changed in a section of the book between an edition and a built site: prose and numbers apart."""

from __future__ import annotations

import difflib
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from qantar import editions
from qantar.anchors import Anchor
from qantar.editions import Edition
from qantar.phrasing import date
from qantar.sections import Part, Table, gone, part

_ALIKE = 0.45  # two sentences that share less are two, not one that was changed
_STOPS = ".,;:!?)\\]”’»…،؛؟"
# The name of a value; a word without the punctuation behind it; that punctuation.
_TOKEN = re.compile(rf"‹[^›]*›|[^ ‹]+?(?=[{_STOPS}]*(?:[ ‹]|$))|[{_STOPS}]+")
_INDENT = "  "


class NotTold(LookupError):
    """Why it can't be told what changed, in one line."""


@dataclass(frozen=True)
class Change:
    """Something that has another value than before: ``then`` or ``now`` is ``None`` where it was or is not there."""

    name: str
    then: str | None
    now: str | None


@dataclass
class Changes:
    """All that changed in a section; ``tables`` has the changed cells of each table, by its name."""

    prose: list[str] = field(default_factory=list)
    values: list[Change] = field(default_factory=list)
    tables: dict[str, list[Change]] = field(default_factory=dict)
    figures: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.prose, self.values, self.tables, self.figures))


def compare(then: Part, now: Part) -> Changes:
    """What changed from one state of a section to another."""
    return Changes(
        prose=list(_sentences(then.prose, now.prose)),
        values=list(_values(then.values, now.values)),
        tables=_tables(then.tables, now.tables),
        figures=[Change(name, then.figures.get(name), now.figures.get(name))
                 for name in dict.fromkeys([*then.figures, *now.figures]) if then.figures.get(name) != now.figures.get(name)],
    )  # fmt: skip


# --------------------------------------------------------------------------------------------------------- prose


def words(then: str, now: str) -> str:
    """A sentence with what was taken away as ``[-then-]`` and what was put there as ``{+now+}``.

    >>> words("There was no toll for six days.", "There was no official count for six days.")
    'There was no [-toll-]{+official count+} for six days.'
    """
    old, new = _tokens(then), _tokens(now)
    made = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, [t.strip(" ") for t in old], [t.strip(" ") for t in new], autojunk=False).get_opcodes():
        if kind == "equal":
            apart = " " if made and old[i].startswith(" ") and not new[k].startswith(" ") else ""
            made.append(apart + "".join(new[k:m]))
            continue
        gap = " " if "".join([*new[k:m], *old[i:j]]).startswith(" ") else ""
        parts = ("[-", "".join(old[i:j]).strip(" "), "-]"), ("{+", "".join(new[k:m]).strip(" "), "+}")
        made.append(gap + "".join("".join(part) for part in parts if part[1]))
    return "".join(made).strip(" ")


def _tokens(text: str) -> list[str]:
    """Words and names of values, each with the space before it."""
    return [text[max(m.start() - 1, 0) : m.end()] if text[m.start() - 1 : m.start()] == " " else m.group() for m in _TOKEN.finditer(text)]


def _sentences(then: Sequence[str], now: Sequence[str]) -> Iterator[str]:
    for kind, i, j, k, m in difflib.SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from _paired(list(then[i:j]), list(now[k:m]))


def _paired(then: list[str], now: list[str]) -> Iterator[str]:
    """The changed sentences of one place: those most alike as one sentence that was changed, the others whole."""
    scored = [(_likeness(a, b), -i, -k) for i, a in enumerate(then) for k, b in enumerate(now)]
    best, i, k = max(scored, default=(0.0, 0, 0))
    if best < _ALIKE:
        yield from (f"[-{sentence}-]" for sentence in then)
        yield from (f"{{+{sentence}+}}" for sentence in now)
        return
    yield from _paired(then[:-i], now[:-k])
    yield words(then[-i], now[-k])
    yield from _paired(then[1 - i :], now[1 - k :])


def _likeness(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, _TOKEN.findall(a), _TOKEN.findall(b), autojunk=False).ratio()


# ------------------------------------------------------------------------------------------------ values, tables


def _values(then: dict[str, list[str]], now: dict[str, list[str]]) -> Iterator[Change]:
    """Each bound value whose text is another; one that stands several times is told once for each pair of texts."""
    for name in dict.fromkeys([*then, *now]):
        old, new = then.get(name, []), now.get(name, [])
        if len(old) != len(new) and set(old) & set(new):  # a mention more or less is a matter of the prose
            old, new = [t for t in dict.fromkeys(old) if t not in new], [t for t in dict.fromkeys(new) if t not in old]
        yield from dict.fromkeys(Change(name, a, b) for a, b in zip_longest(old, new) if a != b)


def _tables(then: dict[str, Table], now: dict[str, Table]) -> dict[str, list[Change]]:
    empty = Table((), ())
    names = dict.fromkeys([*then, *now])
    found = {name: list(cells(then.get(name, empty), now.get(name, empty))) for name in names}
    return {name: changes for name, changes in found.items() if changes}


def cells(then: Table, now: Table) -> Iterator[Change]:
    """The cells of a table that are others than before, named by row and column; a row that came or went as a whole."""
    depth = _key_depth(then, now)
    old, new = _by_key(then, depth), _by_key(now, depth)
    for key in dict.fromkeys([*old, *new]):
        if key not in new or key not in old:
            row, table = (old[key], then) if key in old else (new[key], now)
            told = "; ".join(f"{c}: {v}" if c else v for c, v in zip_longest(table.columns[depth:], row[depth:], fillvalue="") if v)
            yield Change(key, told if key in old else None, None if key in old else told)
            continue
        before, after = _by_column(then, old[key]), _by_column(now, new[key])
        for column in dict.fromkeys([*before, *after]):
            if before.get(column) != after.get(column):
                yield Change(f"{key}, {column}", before.get(column), after.get(column))


def _key_depth(*tables: Table) -> int:
    """How many columns, from the first, tell the rows of tables apart."""
    width = max((len(row) for table in tables for row in table.rows), default=1)
    return next((n for n in range(1, width) if all(len({row[:n] for row in t.rows}) == len(t.rows) for t in tables)), 1)


def _by_key(table: Table, depth: int) -> dict[str, tuple[str, ...]]:
    """The rows by the text that names each; equal ones are numbered."""
    found: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(table.rows, 1):
        name = " ".join(filter(None, row[:depth])) or f"row {number}"
        found[name if name not in found else f"{name} ({number})"] = row
    return found


def _by_column(table: Table, row: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, (column, cell) in enumerate(zip_longest(table.columns, row, fillvalue=""), 1):
        found[column if column and column not in found else f"column {number}"] = cell
    return found


# ---------------------------------------------------------------------------------------------- in a site and told


def since(label: str, version: str, site: Path, folder: Path, ledger: list[Anchor]) -> tuple[str, Part | None, Part | None]:
    """What a label names, its part in an edition and its part in a site; ``None`` where it was or is not there.

    Raises ``NotTold`` if there is no such edition, no such label in either, or no built site; ``EditionError`` if the
    edition is not as it was published.
    """
    found = {edition.version: edition for edition in editions.load(folder)}
    if version not in found:
        there = f"there are {', '.join(found)}" if len(found) > 1 else f"there is {', '.join(found)}" if found else "none is published yet"
        raise NotTold(f"there is no edition {version}; {there}")
    if not (site / "index.html").exists():
        raise NotTold(f"{site} has no built book; run `make book`, or name another folder with --site")
    old, anchor = found[version], next((a for a in ledger if a.id == label and a.status == "current"), None)
    about = old.manifest["labels"].get(label)
    then = part(old.read(f"{about['page']}.html"), label) if about else None
    now = part(_page(site, anchor.page), label) if anchor else None
    if about is None and now is None and not any(a.id == label for a in ledger):
        raise NotTold(_unknown(label, old, ledger))
    known = anchor or next((a for a in ledger if a.id == label), None)
    kind, page = (about["kind"], about["page"]) if about else (known.kind, known.page) if known else ("label", "")
    moved = f", moved to {anchor.page}" if about and anchor and anchor.page != page else ""
    return f"{kind} of {page}{moved}" if page else kind, then, now


def _page(site: Path, page: str) -> bytes:
    path = site / f"{page}.html"
    return path.read_bytes() if path.exists() else b""


def _unknown(label: str, old: Edition, ledger: list[Anchor]) -> str:
    known = dict.fromkeys([*(a.id for a in ledger), *old.manifest["labels"]])
    near = difflib.get_close_matches(label, known, 3, 0.5)
    return f"nothing is labelled {label!r}, neither then nor now" + (f"; did you mean {' or '.join(near)}?" if near else "")


def came_or_went(label: str, about: str, version: str, then: Part | None, now: Part | None, site: Path, ledger: list[Anchor]) -> str:
    """A line that says that a label is new or gone; with what the site says in its place, if it does."""
    if now:
        return f"{label} ({about}) is new: edition {version} does not have it."
    signs = (gone(_page(site, a.page), label) for a in ledger if a.id == label and a.status == "gone")
    said = next(filter(None, signs), "")
    was = f"is gone: edition {version} has it, the built book does not" if then else f"is neither in edition {version} nor in the built book"
    return f"{label} ({about}) {was}." + (f" In its place stands: {said}" if said else "")


def report(label: str, about: str, edition: Edition, changes: Changes, width: int = 100) -> str:
    """Changes as text for a terminal."""
    lines = [f"{label} ({about}), since {edition.version} of {date(edition.date)}"]
    if changes.prose:
        lines += ["", "Prose", *(_wrapped(line, width) for line in changes.prose)]
    if changes.values:
        lines += ["", "Values", *(_change(change, width) for change in changes.values)]
    for name, found in changes.tables.items():
        lines += ["", f"Table: {name}", *(_change(change, width) for change in found)]
    if changes.figures:
        lines += ["", "Figures"]
    for change in changes.figures:
        both = change.then is not None and change.now is not None
        lines.append(_wrapped(f"{change.name}: {words(change.then or '', change.now or '')}", width) if both else _change(change, width))
    return "\n".join(lines)


def _change(change: Change, width: int) -> str:
    if change.now is None:
        return _wrapped(f"{change.name}: [-{change.then}-]", width)
    if change.then is None:
        return _wrapped(f"{change.name}: {{+{change.now}+}}", width)
    return _wrapped(f"{change.name}: {change.then or '(empty)'} → {change.now or '(empty)'}", width)


def _wrapped(line: str, width: int) -> str:
    return textwrap.fill(line, width, initial_indent=_INDENT, subsequent_indent=_INDENT * 2, break_long_words=False, break_on_hyphens=False)
