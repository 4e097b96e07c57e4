"""The ledger of anchors: every public label ever published, where it stands, and what became of those that are gone.

A label and its page are an address that somebody may have cited. The ledger, ``data/anchors.csv``, keeps each of them:
a current one must stand on its page, once; one that is gone says where its matter is now, and its page keeps a
tombstone in its place. A label that moves to another page is gone from the old one, ``moved_to`` itself.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Protocol

from qantar.paths import data_folder
from qantar.problems import Problem, raise_if_any
from qantar.schema import has, make_table, read_table, write_table

FILE = "anchors.csv"
TOMBSTONE = "tombstone"  # the class of the element that stands where a label was

_ID = re.compile(r'<[A-Za-z][^<>]*?\sid="([^"<>]+)"')
_TOMBSTONE = re.compile(rf'<p class="{TOMBSTONE}" id="([^"<>]+)"')
_SHOWN = 20  # faults of one kind that are told one by one
# A heading's automatic name may equal the label of another page; the label of a row, a figure or a table is nobody else's.
_BY_PAGE = ("chapter", "section")


class Named(Protocol):
    """A public label of the book as it is: what ``qantar.book.labels.Label`` has."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def title(self) -> str: ...


@dataclass(frozen=True)
class Anchor:
    """A row of the ledger; ``line`` is its place in the file, 0 if it is in none yet."""

    id: str
    kind: str
    page: str
    title: str
    since: str
    status: str = "current"
    moved_to: str = ""
    note: str = ""
    line: int = 0

    @property
    def place(self) -> tuple[str, str]:
        """The address: page and label."""
        return self.page, self.id


def path() -> Path:
    """Where the ledger is."""
    return data_folder() / FILE


def begun() -> bool:
    """Whether the book has a ledger: from then on no label may get lost. A draft has none."""
    return has("anchors")


def load(file: Path | None = None) -> list[Anchor]:
    """The ledger, in its order; empty if the book has begun none. Raises ``DataError`` with every fault of the file."""
    if file is None and not begun():
        return []
    file = file or path()
    table = read_table(file, "anchors").fillna("")
    found = [Anchor(**row, line=int(line)) for line, row in zip(table.index, table.to_dict("records"), strict=True)]
    raise_if_any(contradictions(found, file.name))
    return found


def save(ledger: Iterable[Anchor], file: Path | None = None) -> None:
    """Write the ledger."""
    names = [field.name for field in fields(Anchor)]
    rows = [{n: v or None for n, v in zip(names, astuple(anchor), strict=True) if n != "line"} for anchor in ledger]
    write_table(make_table("anchors", rows), file or path(), "anchors")


def contradictions(ledger: list[Anchor], file: str = FILE) -> Iterator[Problem]:
    """What the rows of the ledger say against each other."""
    current: dict[str, Anchor] = {}
    known = {anchor.id for anchor in ledger}
    for anchor in ledger:
        if anchor.status != "current":
            continue
        if anchor.id in current:
            yield Problem(file, anchor.line, "id", anchor.id, f"is current on {current[anchor.id].page} as well; set status to gone where it is not any more")
        if anchor.moved_to:
            yield Problem(file, anchor.line, "moved_to", anchor.moved_to, "is given for a label that is current; set status to gone, or take it away")
        current.setdefault(anchor.id, anchor)
    for anchor in ledger:
        if anchor.status == "current":
            continue
        again = current.get(anchor.id)
        if not anchor.moved_to and not anchor.note:
            yield Problem(file, anchor.line, "moved_to", "", "is empty; say which label has the matter of a label that is gone, or say in note what became of it")
        elif again and anchor.moved_to != anchor.id:
            yield Problem(file, anchor.line, "moved_to", anchor.moved_to, f"should be {anchor.id}, which is on {again.page} now; a label that is gone is not used for anything else")
        elif anchor.moved_to and anchor.moved_to not in known:
            yield Problem(file, anchor.line, "moved_to", anchor.moved_to, "is no label of the ledger; name one, or leave it empty and write a note")
        elif anchor.moved_to and successor(anchor, ledger) is None:
            yield Problem(file, anchor.line, "moved_to", anchor.moved_to, "leads to no current label; name one, or leave it empty and write a note")


def successor(anchor: Anchor, ledger: Iterable[Anchor]) -> Anchor | None:
    """The current label that has the matter of one that is gone, also through others that are gone; ``None`` if none has."""
    ledger = list(ledger)
    current = {a.id: a for a in ledger if a.status == "current"}
    onward = {a.id: a.moved_to for a in ledger if a.status == "gone"}
    target, seen = anchor.moved_to, set()
    while target not in current and target in onward and target not in seen:
        seen.add(target)
        target = onward[target]
    return current.get(target)


# ------------------------------------------------------------------------------------------------ against the book


def ids(page: str) -> Counter[str]:
    """How often each ID stands in the HTML of a page, tombstones left out."""
    return Counter(_ID.findall(page)) - Counter(_TOMBSTONE.findall(page))


def faults(ledger: list[Anchor], labels: Iterable[Named], pages: Mapping[str, str | None], file: str = f"data/{FILE}") -> list[str]:
    """Each contradiction between the ledger and the book, a line each.

    ``labels`` are those of the book; ``pages`` has the HTML of every page that they or the ledger name, ``None`` for
    one that is not there.
    """
    labels = list(labels)
    found = {page: ids(text) for page, text in pages.items() if text is not None}
    current = {a.place: a for a in ledger if a.status == "current"}
    where: dict[str, list[str]] = defaultdict(list)
    for label in labels:
        where[label.id].append(label.page)
    lines = [*_lost(current.values(), found, where, file), *_again(ledger, found, file)]
    lines += _doubled({(label.page, label.id): label.kind for label in labels}, found)
    lines += [f"the label {name} is given on two pages, {' and '.join(sorted(set(on)))}; rename one" for name, on in where.items() if len(set(on)) > 1]
    kept = {anchor.id for anchor in current.values()}
    gone = {a.place for a in ledger if a.status == "gone"}
    new = [label for label in labels if label.id not in kept and (label.page, label.id) not in gone]
    lines += [f"{file}: the {x.kind} {x.id} of {x.page} (“{x.title}”) is new and not in the ledger; add it with `make anchors`" for x in new[:_SHOWN]]
    return lines + ([f"{file}: {len(new) - _SHOWN} more are new and not in the ledger; add them with `make anchors`"] if len(new) > _SHOWN else [])


def _lost(current: Iterable[Anchor], found: Mapping[str, Counter[str]], where: Mapping[str, list[str]], file: str) -> Iterator[str]:
    """Labels of the ledger that are not where it says; a page that is gone is told once."""
    pages: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in current:
        if anchor.page not in found or not found[anchor.page][anchor.id]:
            pages[anchor.page].append(anchor)
    remedy = "put it back, or set its status to gone and say in moved_to where its matter is"
    for page, anchors in pages.items():
        moved = [anchor for anchor in anchors if set(where.get(anchor.id, ())) - {page}]
        for anchor in moved:
            yield (f"{file}:{anchor.line}:page: {anchor.id} has moved from {page} to {where[anchor.id][0]}; set status to gone and moved_to to "
                   f"{anchor.id}, then `make anchors`: the old address keeps a sign")
        lost = [anchor for anchor in anchors if anchor not in moved]
        if page not in found and lost:
            names = ", ".join(anchor.id for anchor in lost[:5]) + (", …" if len(lost) > 5 else "")
            yield f"{file}:{lost[0].line}:page: the page {page} is not in the book, and with it {len(lost)} of its labels ({names}); {remedy}"
            continue
        for anchor in lost:
            yield f"{file}:{anchor.line}:id: the {anchor.kind} {anchor.id} is missing from {page}; {remedy}"


def _doubled(labels: Mapping[tuple[str, str], str], found: Mapping[str, Counter[str]]) -> Iterator[str]:
    """Labels that stand twice in their page, and those of rows, figures and tables that stand in another page too."""
    on = defaultdict(list)
    for page, counted in found.items():
        for name in counted:
            on[name].append(page)
    for (page, name), kind in labels.items():
        if found.get(page, {}).get(name, 0) > 1:
            yield f"{page}: the id {name} stands {found[page][name]} times in the page; a label stands once"
        others = sorted(set(on[name]) - {page})
        if kind not in _BY_PAGE and others:
            yield f"{page}: the id {name} stands in {' and '.join(others)} too; a label stands in one page"


def _again(ledger: Iterable[Anchor], found: Mapping[str, Counter[str]], file: str) -> Iterator[str]:
    for anchor in ledger:
        if anchor.status == "gone" and found.get(anchor.page, {}).get(anchor.id):
            yield f"{file}:{anchor.line}:status: {anchor.id} is gone by the ledger and still on {anchor.page}; set it to current, or take the label away"


def unkept(ledger: Iterable[Anchor], published: Mapping[str, Iterable[tuple[str, str]]], file: str = f"data/{FILE}") -> list[str]:
    """Addresses of editions that the ledger has lost; ``published`` has (page, label) by version."""
    kept, told, lines = {anchor.place for anchor in ledger}, set(), []
    for version, places in published.items():
        for page, name in sorted(set(places) - kept - told):
            told.add((page, name))
            lines.append(f"{file}: {name} of {page} is published in edition {version} and must stay in the ledger; put its row back, status gone if it is not on that page any more")
    return lines


def added(ledger: list[Anchor], labels: Iterable[Named], version: str) -> list[Anchor]:
    """The ledger with the labels that it lacks, in the order of the book; no row is changed, and none taken away.

    What is not in the book any more stays behind the row that it stood behind.
    """
    kept = {a.place: a for a in ledger}
    current = {a.id for a in ledger if a.status == "current"}
    order: list[Anchor] = []
    for label in labels:
        place = (label.page, label.id)
        if place in kept:
            order.append(kept.pop(place))
        elif label.id not in current:
            order.append(Anchor(label.id, label.kind, label.page, label.title, version))
            current.add(label.id)
    behind: dict[tuple[str, str], list[Anchor]] = defaultdict(list)
    previous = ("", "")
    for anchor in ledger:
        if anchor.place in kept:
            behind[previous].append(anchor)
        else:
            previous = anchor.place
    return [*behind["", ""], *(row for anchor in order for row in (anchor, *behind[anchor.place]))]
