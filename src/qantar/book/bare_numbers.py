"""No bare number in the prose: every count, share and date there is printed by a role, or is said to be no datum.

A bare number is one that ``count_words`` finds in prose outside a role, code, an option of a directive, a label, the
address of a link or the front matter: in paragraphs, headings, lists, tables, and the captions of figures and tables. It
fails the build. The author binds it to a row (``claim``, ``later``, ``event``) or to a named result (``value``), or, if
it is no datum of the story and nothing that a change of the data could change, writes it with the role ``typed``.

Where no role can stand, in the captions that a code cell gives its tables, a comment right above the cell takes the
numbers out, with the reason::

    % typed: 95 | the level of the intervals is a convention

An exemption of what is not there is a fault as well. The caption of a figure takes roles like all prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docutils import nodes
from docutils.nodes import Node, system_message
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from qantar.book.count_words import numbers
from qantar.book.prose import EXTENSIONS, Comment, Stretch, stretches

logger = logging.getLogger(__name__)

TYPED = "typed"
_EXEMPTION = re.compile(rf"{TYPED}:\s*(?P<numbers>[^|]*?)\s*(?:\|\s*(?P<reason>.*))?")
_FORM = f"the form is “% {TYPED}: number; number | reason”"
_BIND = "is a bare number: bind it to a row or a named result by a role, such as {claim}`F06`, {later}`C11` or {value}`events.rows`"
_IN_TEXT = f"or, if it is no datum of the story, write {{{{{TYPED}}}}}`{{}}`"
_IN_CELL = f"where a cell takes no role, and if it is no datum of the story, write right above the cell “% {TYPED}: {{}} | reason”"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A number in the prose that nothing stands behind, or an exemption that exempts nothing; counted from one."""

    line: int
    column: int
    number: str
    message: str


def faults(chapter: str, extensions: Iterable[str] = EXTENSIONS) -> list[Fault]:
    """Every fault of a chapter in MyST Markdown, in the order of its lines.

    >>> [(f.line, f.column, f.number) for f in faults("# Of the dead\\n\\nThe list has 225 names, {typed}`two` columns.")]
    [(3, 14, '225')]
    """
    found = list(stretches(chapter, frozenset(extensions)))
    exempt, bad = _exemptions([piece for piece in found if isinstance(piece, Comment)], chapter.split("\n"))
    used: set[tuple[int, str]] = set()
    for stretch in found:
        if isinstance(stretch, Stretch):
            bad += _bare(stretch, exempt, used)
            bad += _idle_roles(stretch)
    for (_, number), comment in ((key, exempt[key]) for key in exempt.keys() - used):
        bad.append(Fault(comment.line, 1, number, "stands in no caption of the cell below; take it out of this comment"))
    return sorted(bad)


def _bare(stretch: Stretch, exempt: Mapping[tuple[int, str], Comment], used: set[tuple[int, str]]) -> Iterator[Fault]:
    for start, end in numbers(stretch.text):
        number = " ".join(stretch.text[start:end].split())
        key = (stretch.cell, number.lower())
        used.add(key)
        if key not in exempt:
            yield Fault(*stretch.place(start), number, f"{_BIND}; {_IN_CELL.format(number) if stretch.cell else _IN_TEXT.format(number)}")


def _idle_roles(stretch: Stretch) -> Iterator[Fault]:
    for name, content, offset in stretch.roles:
        if name == TYPED and not any(True for _ in numbers(content)):
            yield Fault(*stretch.place(offset), content, "is no number; write it without the role")


def _exemptions(comments: list[Comment], lines: list[str]) -> tuple[dict[tuple[int, str], Comment], list[Fault]]:
    """The comments that take a number out, by the line of the cell and the number; and those that are not complete."""
    exempt, bad = {}, []
    for comment in comments:
        if not (match := _EXEMPTION.fullmatch(comment.text)):
            continue
        if not match["numbers"] or not match["reason"]:
            bad.append(Fault(comment.line, 1, match["numbers"], f"lacks the {'reason' if match['numbers'] else 'number'}; {_FORM}"))
            continue
        below = next((n for n, line in enumerate(lines[comment.line :], comment.line + 1) if line.strip() and not line.startswith("%")), 0)
        exempt |= {(below, number.strip().lower()): comment for number in match["numbers"].split(";")}
    return exempt, bad


def _check(app: Sphinx, docname: str, source: list[str]) -> None:
    """Report the faults of a chapter as it is read."""
    if not app.env.doc2path(docname).endswith(".md"):
        return
    for fault in faults(source[0], app.config["myst_enable_extensions"]):
        logger.warning("column %s: “%s” %s", fault.column, fault.number, fault.message, location=(docname, fault.line), type="qantar")


class TypedRole(SphinxRole):
    """``typed``: a number that is the author's own, as it is written."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        return [nodes.Text(self.text)], []


def setup(app: Sphinx) -> None:
    """Register the check and its role with Sphinx."""
    app.add_role(TYPED, TypedRole())
    app.connect("source-read", _check)
