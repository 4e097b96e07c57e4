"""Execute every chapter anew and compare what comes out with a published site: ``make verify``.

``python -m qantar.book.verify [SITE] [NAME...]``: the site is a folder, by default ``_build/html``; names are those of
chapters, by default all. Nothing is kept from before: fresh kernels, no cache, a folder that is thrown away. It ends
with 0 if all is identical, 1 if something differs, 2 if there is nothing that could be compared.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbclient.exceptions import CellExecutionError, DeadKernelError

from qantar import citation
from qantar.book import differences, digests, receipt
from qantar.book.chapter import CHAPTERS
from qantar.book.downloads import FOLDER, collect
from qantar.book.notebook import complaints, execute, is_notebook
from qantar.book.pictures import lighter
from qantar.book.products import Product, printed

SITE = Path("_build", "html")
PROCESSES = 2
_CHANGED = {"code": "the code has", "data": "the data have", "lock": "the lock file has"}
_COLOUR = re.compile(r"\x1b\[[\d;]*m")
_IMAGE = re.compile(r'<img[^>]*\ssrc="\.\./([^"]+\.svg)"')


class CannotCompare(Exception):
    """There is no site, or it is of another version; the message says so in one line."""


@dataclass(frozen=True)
class Fresh:
    """A chapter executed anew: its receipt, its products, the text it prints; or why it could not be executed."""

    paper: dict[str, Any] = field(default_factory=dict)
    products: list[Product] = field(default_factory=list)
    printed: str | None = None
    fault: str = ""


def environment(folder: Path) -> dict[str, str]:
    """The environment of the kernels: what the Makefile sets for a build, and no settings of the user's own."""
    profile = folder / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.json").write_text(json.dumps({"IPKernelApp": {"log_level": "ERROR"}}), "utf-8")
    settings = {"PYTHONHASHSEED": "0", "MATPLOTLIBRC": os.devnull, "IPYTHONDIR": str(folder / "ipython"), "SOURCE_DATE_EPOCH": str(receipt.epoch())}
    return {**os.environ, **settings}


def fresh(path: Path) -> Fresh:
    """The chapter at ``path``, executed in a folder of its own."""
    notebook = None
    if is_notebook(path):
        with tempfile.TemporaryDirectory() as folder:
            try:
                notebook, _ = execute(path.resolve(), Path(folder), environment(Path(folder)))
            except (CellExecutionError, DeadKernelError, TimeoutError) as error:
                return Fresh(fault=f"a cell failed: {_COLOUR.sub('', str(error)).strip().splitlines()[-1]}")
        if said := complaints(notebook):
            return Fresh(fault=f"a cell writes to standard error: {said[0].splitlines()[0]}")
    _, paper, made = collect(path.read_text("utf-8"), path.stem, notebook, digests.parts())
    return Fresh(paper, made, None if notebook is None else printed(notebook))


def receipts(site: Path, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The receipts of the chapters on the site. Raises ``CannotCompare`` if it has none, or is of another version."""
    folder = site / FOLDER
    if not folder.is_dir():
        raise CannotCompare(f"{site} is no built site of the book: it has no folder {FOLDER}/. make book builds one, SITE=folder names another")
    try:
        found = {path.parent.name: receipt.load(path) for path in sorted(folder.glob(f"*/{receipt.NAME}"))}
    except ValueError as error:
        raise CannotCompare(str(error)) from error
    if not found:
        raise CannotCompare(f"{folder} holds no {receipt.NAME}: there is nothing to compare with")
    versions = {paper["book"]["version"] for paper in found.values()}
    if versions != {citation.version()}:
        raise CannotCompare(f"{site} is version {', '.join(sorted(versions))}, this is version {citation.version()}: compare it with the code and data of its own version")
    return {name: paper for name, paper in found.items() if not names or name in names}


def changed_inputs(papers: dict[str, dict[str, Any]]) -> list[str]:
    """What the site was computed from and what is here, where they are not the same."""
    lines = []
    for part, now in digests.parts().items():
        before = sorted({paper["inputs"][part] for paper in papers.values()} - {now})
        lines += [f"{_CHANGED[part]} changed since: published {old[:12]}, here {now[:12]}" for old in before]
    return lines


def compared(site: Path, name: str, paper: dict[str, Any], now: Fresh) -> Iterator[tuple[str, list[str]]]:
    """Each product of a chapter, and the printed text, with the lines that say how it differs; none if it is identical."""
    folder = site / FOLDER / name
    page = _text(site / "chapters" / f"{name}.html")
    old = {product["label"]: product for product in paper["products"]}
    for label in sorted(old.keys() - {product.label for product in now.products}):
        yield label, ["published, and no longer made"]
    for product in now.products:
        if product.label not in old:
            yield product.label, ["not in the published site"]
            continue
        yield product.label, differences.limited(_product(folder, old[product.label], product) + _shown(page, site, product))
    if now.printed is not None:
        yield "printed text", _printed(folder / f"{name}.ipynb", now.printed)


def _product(folder: Path, old: dict[str, Any], now: Product) -> list[str]:
    path = folder / now.file
    if not path.is_file():
        return [f"{path.name} is not in the published site"]
    published = path.read_bytes()
    compare = differences.of_tables(published, now.files["csv"]) if now.kind == "table" else differences.of_figures(
        published.decode("utf-8", "replace"), now.files["svg"].decode("utf-8"))
    if digests.of(published) != old["sha256"]:
        compare.append(f"the file is not the one of its receipt: that says {old['sha256'][:12]}, this is {digests.of(published)[:12]}")
    return compare


def _shown(page: str, site: Path, now: Product) -> list[str]:
    """Where the chapter's page shows something else than what was made now."""
    place = page.find(f'id="{now.label}"')
    if place < 0:
        return [f"the page has nothing labelled {now.label}"]
    if now.kind == "table" and now.page:
        end = page.find("</table>", place)
        return [f"on the page, {line}" for line in differences.of_rows(differences.cells(page[place:end]), differences.cells(now.page))]
    if now.kind == "figure":
        found = _IMAGE.search(page, place)
        shown = site / found[1] if found else None
        if shown is None or not shown.is_file() or shown.read_text("utf-8").strip() != lighter(now.files["svg"].decode("utf-8")).strip():
            return [f"the page shows {found[1] if found else 'no figure'}, which is another"]
    return []


def _printed(path: Path, now: str) -> list[str]:
    try:
        published = printed(nbformat.reads(path.read_text("utf-8"), as_version=4))
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        return [f"the published notebook cannot be read: {str(error).splitlines()[0]}"]
    return differences.limited(differences.of_texts(published, now), 40)


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def lines(name: str, site: Path, paper: dict[str, Any] | None, now: Fresh) -> tuple[list[str], bool]:
    """What is said of one chapter, and whether it is identical."""
    if now.fault or paper is None:
        return [f"{name}: differs", f"  {now.fault or 'the chapter is not in the published site'}"], False
    said = []
    if paper["inputs"]["chapter"] != now.paper["inputs"]["chapter"]:
        said.append(f"  its source has changed since: published {paper['inputs']['chapter'][:12]}, here {now.paper['inputs']['chapter'][:12]}")
    found = list(compared(site, name, paper, now))
    wrong = sum(bool(how) for _, how in found)
    for label, how in found:
        said += [f"  {'differs  ' if how else 'identical'}  {label}", *(f"    {line}" for line in how)]
    return [f"{name}: {f'differs in {wrong} of {len(found)}' if wrong else 'identical'}", *said], not wrong


def verify(site: Path, names: Sequence[str], chapters: Path = CHAPTERS) -> Iterator[tuple[str, bool]]:
    """The lines to show one after the other, each with whether it is about something identical."""
    here = {path.stem: path for path in sorted(chapters.glob("*.md"))}
    if unknown := [name for name in names if name not in here]:
        raise CannotCompare(f"there is no chapter {unknown[0]!r}. There are: {', '.join(here)}")
    papers = receipts(site, names)
    chosen = [name for name in here if not names or name in names]
    yield from ((line, True) for line in changed_inputs(papers))
    yield f"executing {len(chosen)} chapter{'' if len(chosen) == 1 else 's'} to compare with {site}", True
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for name, now in zip(chosen, pool.map(fresh, (here[name] for name in chosen)), strict=True):
            said, same = lines(name, site, papers.get(name), now)
            yield "\n".join(said), same
    yield from ((f"{name}: differs\n  published, and not a chapter here", False) for name in papers if name not in here)


def main(arguments: Sequence[str]) -> int:
    """Compare and say so line by line; the exit status."""
    rest = list(arguments)
    site = Path(rest.pop(0)) if rest and not (CHAPTERS / f"{rest[0]}.md").is_file() else SITE
    alike = True
    try:
        for line, same in verify(site, rest):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()
            alike = alike and same
    except CannotCompare as error:
        sys.stderr.write(f"{error}.\n")
        return 2
    sys.stdout.write("All identical.\n" if alike else "Something differs.\n")
    return 0 if alike else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
