"""Bring the templates up to the book that they come from: ``make templates``.

A template chapter is written by hand, but for what the book's chapter of that name has too: a heading by its label, a cell
by the label of its figure or table (or by its code), the definition of a term in the codebook up to its example. These are
taken over as the book has them. The comment ``% own`` right above a heading keeps its words, and above the cell of a figure
its caption. The list of packages, the descriptions of the tables and the rules of the Makefile that both need are taken over
too.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates")
TABLES = Path(__file__).parents[1] / "tables.json"
LOCK, MAKEFILE = "requirements.txt", "Makefile"
TESTING = ("iniconfig", "pluggy", "pytest")  # what the tests of a new book need beyond the book

RULES = ("EPOCH = ", "$(BIN)/python:", "section = ", "$(VENV)/%.txt:", "$(BUILD)/inputs:", "$(BUILD)/book:")  # of the Makefile

OWN = "% own\n"
_CELL = re.compile(r"((?:^%[^\n]*\n)*)^```\{code-cell\}\n(---\n.*?\n---\n)?(.*?)\n```$", re.MULTILINE | re.DOTALL)
_LABEL = re.compile(r"^(?:    name: (fig-\S+)$|.*\blabel=\"(tab-[^\"]+)\")", re.MULTILINE)
_HEADING = re.compile(r"^\((?P<label>[\w-]+)\)=\n(?P<text>#+ .*)$", re.MULTILINE)
_TERM = re.compile(r"^(?P<term>[^\n:(].*)\n: (?P<text>.+(?:\n  .+)*)", re.MULTILINE)
_EXAMPLE = re.compile(r"\s*(?:\*Example|\*Not)[:s.].*", re.DOTALL)
_SECTION = re.compile(r"(?=^\([\w-]+\)=$)", re.MULTILINE)


def key(comments: str, options: str, code: str) -> str:
    """What a cell is known by: its label, else ``import`` for the one that imports, else its code."""
    found = _LABEL.search(options or "") or _LABEL.search(code)
    if found:
        return found[1] or found[2]
    return "import" if "from qantar import" in code and "report = " in code else code


def chapter(template: str, source: str) -> str:
    """A template with all that the book's chapter has too as the chapter has it."""
    cells = {key(*found.groups("")): found for found in _CELL.finditer(source)}
    heads = {found["label"]: found["text"] for found in _HEADING.finditer(source)}

    def cell(found: re.Match[str]) -> str:
        other = cells.get(key(*found.groups("")))
        if other is None:
            return found[0]
        if found[1].endswith(OWN):
            return found[0].replace(found[3], other[3])
        return other[0]

    def heading(found: re.Match[str]) -> str:
        own = template[: found.start()].endswith(OWN)
        return f"({found['label']})=\n{found['text'] if own else heads.get(found['label'], found['text'])}"

    return _HEADING.sub(heading, _CELL.sub(cell, template))


def definitions(template: str, source: str) -> str:
    """A template whose terms are defined as in the book's chapter, section by section, each without its example."""
    known = {section.split("\n", 1)[0]: _terms(section) for section in _SECTION.split(source)}

    def section(text: str) -> str:
        terms = known.get(text.split("\n", 1)[0], {})
        return _TERM.sub(lambda found: f"{found['term']}\n: {terms.get(found['term'], found['text'])}", text)

    return "".join(section(text) for text in _SECTION.split(template))


def _terms(section: str) -> dict[str, str]:
    return {found["term"]: _EXAMPLE.sub("", found["text"]) for found in _TERM.finditer(section)}


def lock(text: str) -> str:
    """The packages that a new book needs, of the book's list: section ``book``, and for its tests a short ``test``."""
    sections = dict(re.findall(r"^# \[(\w+)\]\n((?:[^#\n][^\n]*\n)+)", text, re.MULTILINE))
    test = "".join(line for line in sections["test"].splitlines(keepends=True) if re.split("[=;\\[ ]", line)[0] in TESTING)
    return f"# [book]\n{sections['book']}\n# [test]\n{test}"


def tables(known: str, package: str) -> str:
    """The descriptions of all tables that a book may hold, with those that the book describes as it describes them."""
    own: dict[str, dict[str, Any]] = {one["name"]: one for one in json.loads(package)["resources"]}
    found = json.loads(known)
    found["resources"] = [own.get(one["name"], one) for one in found["resources"]]
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def makefile(template: str, source: str) -> str:
    """A template of a Makefile with the rules that both have as the book's has them."""
    for rule in RULES:
        pattern = re.compile(rf"^{re.escape(rule)}.*(?:\n[\t ].*)*", re.MULTILINE)
        other = pattern.search(source)
        if other is None or not pattern.search(template):
            raise ValueError(f"the Makefile has no rule {rule.rstrip(' =:')!r}; set RULES in {Path(__file__).name} right")
        template = pattern.sub(lambda _, text=other[0]: text, template, count=1)
    return template


def synced(root: Path) -> dict[Path, str]:
    """Every file that depends on the book below ``root``, with what should be in it."""
    made = {}
    for path in sorted((TEMPLATES / "chapters").glob("*.md")):
        source = root / "chapters" / path.name
        text = path.read_text(encoding="utf-8")
        if source.exists():
            book = source.read_text(encoding="utf-8")
            text = definitions(chapter(text, book), book)
        made[path] = text
    made[TEMPLATES / MAKEFILE] = makefile((TEMPLATES / MAKEFILE).read_text(encoding="utf-8"), (root / MAKEFILE).read_text(encoding="utf-8"))
    made[TEMPLATES / LOCK] = lock((root / LOCK).read_text(encoding="utf-8"))
    made[TABLES] = tables(TABLES.read_text(encoding="utf-8"), (root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return made


def main(root: Path = Path()) -> str:
    """Write what has changed; the text that says how much."""
    found = synced(root)
    stale = [path for path, text in found.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        path.write_text(found[path], encoding="utf-8")
    return f"{len(stale)} of {len(found)} files brought up to the book" if stale else f"all {len(found)} files are as the book has them"


if __name__ == "__main__":
    sys.stdout.write(main() + "\n")
