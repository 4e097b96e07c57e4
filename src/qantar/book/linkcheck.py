"""Which links of the built site still lead somewhere else: ``make linkcheck``.

The addresses are gathered from the pages and given to Sphinx's own checker as a document of their own, so that no chapter
is executed and the built site stays as it is. What not to ask, and why, is in ``linkcheck.csv``, by regular expressions.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from qantar.csvfile import records
from qantar.editions import own_pages
from qantar.phrasing import quantity
from qantar.problems import DataError, Problem, raise_if_any

IGNORED = Path(__file__).with_suffix(".csv")
FIRST = 3  # line of the document with an address
SHOWN = 3  # pages named of a link

# Answers that say nothing of whether the page is there: it is not shown to programs, or not now.
REFUSED = {401, 403, 405, 406, 429, 451, 503, 999}
ORDER = ("broken", "no answer", "refused", "moved", "ignored", "right")
SETTINGS: Mapping[str, Any] = {
    "extensions": ["myst_parser"], "linkcheck_workers": 16, "linkcheck_timeout": 20, "linkcheck_retries": 2, "linkcheck_rate_limit_timeout": 30,
    "linkcheck_report_timeouts_as_broken": False, "linkcheck_anchors": False, "user_agent": "Mozilla/5.0 (compatible; Qantar linkcheck)",
}


@dataclass(frozen=True)
class Link:
    """What became of an address: one of ``ORDER``, with what was answered, and the pages that have it."""

    address: str
    status: str
    answer: str
    pages: tuple[str, ...]


def addresses(site: Path) -> dict[str, tuple[str, ...]]:
    """The addresses elsewhere that pages of a site link to, each with these pages; without the editions."""
    found: dict[str, list[str]] = {}
    for page in own_pages(site):
        name = page.relative_to(site)
        for address in html.fromstring(page.read_bytes()).xpath("//a/@href[starts-with(., 'http')]"):
            found.setdefault(str(address).partition("#")[0], []).append(name.as_posix())
    return {address: tuple(dict.fromkeys(pages)) for address, pages in sorted(found.items())}


def ignored(file: Path = IGNORED) -> list[str]:
    """What not to ask, as regular expressions. Raises ``DataError`` naming the lines that are none, or have no reason."""
    problems: list[Problem] = []
    patterns = []
    for line, row in records(file, ["address", "reason"], problems):
        if not row["reason"].strip():
            problems.append(Problem(str(file), line, "reason", "", "is empty; say why the address is not asked"))
        try:
            re.compile(row["address"])
            patterns.append(row["address"])
        except re.error as error:
            problems.append(Problem(str(file), line, "address", row["address"], f"is no regular expression: {error}"))
    raise_if_any(problems)
    return patterns


def check(found: Mapping[str, tuple[str, ...]], leave: Sequence[str], progress: TextIO) -> list[Link]:
    """What became of each address, the worst first; the checker writes each to ``progress`` as it is answered."""
    with TemporaryDirectory() as folder:
        source, out = Path(folder, "source"), Path(folder, "out")
        source.mkdir()
        (source / "index.md").write_text("# Links" + "\n" * (FIRST - 1) + "\n".join(f"- <{address}>" for address in found) + "\n", encoding="utf-8")
        with docutils_namespace(), patch_docutils(str(source)):
            settings = {**SETTINGS, "linkcheck_ignore": [f"{pattern}$" for pattern in leave]}
            Sphinx(str(source), None, str(out), str(Path(folder, "doctrees")), "linkcheck", settings, status=progress, warning=None).build()
        lines = (out / "output.json").read_text(encoding="utf-8").splitlines()
    results = {result["lineno"]: result for result in map(json.loads, lines)}  # by line: the document may write an address otherwise
    told = [(address, pages, results.get(line, {})) for line, (address, pages) in enumerate(found.items(), FIRST)]
    links = [Link(address, status(result), answer(result), pages) for address, pages, result in told]
    return sorted(links, key=lambda link: (ORDER.index(link.status), link.address))


def status(result: Mapping[str, Any]) -> str:
    """One of ``ORDER`` for what the checker says of an address."""
    known = {"working": "right", "redirected": "moved", "ignored": "ignored", "unchecked": "ignored", "timeout": "no answer"}
    if result.get("status") in known:
        return known[result["status"]]
    if refusal(result.get("info", "")):
        return "refused"
    # A server that is gone and a network that is down are not told apart: neither says that the page is.
    return "broken" if "Client Error" in result.get("info", "") or "Server Error" in result.get("info", "") else "no answer"


def refusal(info: str) -> bool:
    """Whether the checker's words begin with a code of HTTP that only refuses."""
    return info[:3].isdigit() and int(info[:3]) in REFUSED


def answer(result: Mapping[str, Any]) -> str:
    """What was answered, in one line; of what the network says only what it was."""
    said = " ".join(str(result.get("info") or "").split())
    cause = re.search(r"Caused by (\w+)", said)
    return cause[1] if cause else said[:160]


def report(links: Sequence[Link]) -> str:
    """The links that do not do, each with its pages, and how many there are of each sort."""
    lines = []
    for link in links:
        if link.status in ("right", "ignored"):
            continue
        more = f" and {len(link.pages) - SHOWN} more" if len(link.pages) > SHOWN else ""
        lines += [f"{link.status}: {link.address}", f"    {link.answer}", f"    in {', '.join(link.pages[:SHOWN])}{more}"]
    count = Counter(link.status for link in links)
    return "\n".join([*lines, *(f"{name:>10} {count[name]:5}" for name in ORDER), f"{quantity(len(links), 'link')} in all"])


def main(site: str) -> int:
    """Print the report; 1 if a link is broken or nobody answers, else 0."""
    folder = Path(site)
    if not (folder / "index.html").is_file():
        sys.exit(f"{folder}: holds no built site; run `make book`")
    try:
        links = check(addresses(folder), ignored(), sys.stderr)
    except DataError as error:
        sys.exit(str(error))
    sys.stdout.write(report(links) + "\n")
    return int(any(link.status in ("broken", "no answer") for link in links))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
