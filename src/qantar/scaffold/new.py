"""A new book: its report, the machine reading as a draft coding, and everything else from the templates.

Nothing is half-written: the book is made in a folder beside its own and moved there when it is whole and its coding loads.
"""

from __future__ import annotations

import contextlib
import copy
import datetime
import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import qantar
from qantar import values
from qantar.export.files import beside
from qantar.phrasing import date
from qantar.report import Report, ReportError, decode
from qantar.scaffold.sync import LOCK, OWN, TABLES, TEMPLATES
from qantar.scaffold.wording import bibtex, heading, yaml

if TYPE_CHECKING:
    from qantar.annotations import Annotations

AUTHOR = "The authors of this book"
_MARK = re.compile(r"@([a-z_]+)@")
_NEEDS = re.compile(r"% needs: (\S+)\n")
_PARTS = re.compile(r"^(?=% needs: |\([\w-]+\)=$)", re.MULTILINE)
_OPENING = 5  # words of the report that stand for a title


@dataclass(frozen=True)
class About:
    """What is known of a report and of the book about it; an empty field says that it is not known."""

    published: datetime.date
    title: str = ""
    author: str = ""
    country: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)
    """What else is known of the report, as its ``report.yml`` has it: publisher, url, headline, ..."""

    @property
    def publisher(self) -> str:
        """Who published the report."""
        return str(self.known.get("publisher") or "")

    @property
    def url(self) -> str:
        """Where it was published, or a copy lies."""
        return str(self.known.get("url") or "")


def create(target: Path, raw: bytes, about: About, name: str = "report") -> Path:
    """The book about a report (its bytes) in a folder that is new or empty; that folder.

    ``name`` is what complaints call the report. Raises ``ReportError`` with one line if the folder has something in it or
    the bytes are no Arabic text in UTF-8.
    """
    target = target.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ReportError(f"{target}: is there already{' and not empty' if target.is_dir() else ''}; name a new folder or an empty one")
    report = Report(decode(raw, name), {"published": about.published})
    with beside(target) as folder:
        _write_report(folder / "data" / "report", raw, about)
        coding = _write_coding(folder / "data" / "coding", report, about.country)
        _write_templates(folder, _words(report, about), SimpleNamespace(report=report, coding=coding))
        _write_description(folder / "data", target.name, about.title or opening(report))
        (folder / LOCK).write_text(_lock(), encoding="utf-8")
        if found := source():
            (folder / ".qantar").write_text(f"{found}\n", encoding="utf-8")
        if target.exists():
            target.rmdir()
        os.replace(folder, target)
    return target


def opening(report: Report) -> str:
    """The first words of a report, which stand for its title where it has none."""
    first = report.sentences[0]
    words = first.words
    if len(words) <= _OPENING:
        return " ".join(first.text.split()).rstrip(".")
    return " ".join(report.text[first.start : words[_OPENING - 1].end].split()) + " …"


def source() -> str:
    """From where this package was installed: a folder, a wheel, an address of a repository; empty if from an index."""
    with contextlib.suppress(metadata.PackageNotFoundError):
        told = json.loads(metadata.distribution("qantar").read_text("direct_url.json") or "{}")
        if "vcs_info" in told:
            return f"{told['vcs_info']['vcs']}+{told['url']}@{told['vcs_info']['commit_id']}"
        url = told.get("url", "")
        return unquote(urlsplit(url).path) if url.startswith("file:") else url
    return ""


# ------------------------------------------------------------------------------------------------------- its parts


def _write_report(folder: Path, raw: bytes, about: About) -> None:
    import yaml as pyyaml

    folder.mkdir(parents=True)
    (folder / "report.txt").write_bytes(raw)
    known = {"publisher": None, "headline": None, "author": None, "language": "ar", "url": None} | dict(about.known) | {
        "published": about.published, "sha256": hashlib.sha256(raw).hexdigest(),
        "rights": "The text of the report belongs to its publisher. It is included, unchanged and whole, as the object of study, "
        "and is not covered by the licences of this book.",
    }  # fmt: skip
    (folder / "report.yml").write_text(pyyaml.safe_dump(known, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")


def _write_coding(folder: Path, report: Report, country: str) -> Annotations:
    """The machine reading, and the list that says that nobody has checked it."""
    from qantar.review import ledger
    from qantar.annotations import load_coding
    from qantar.reading.annotate import read, save
    from qantar.schema import write_table

    save(report, read(report, country=country or None), folder)
    coding = load_coding(report, folder)  # what the book would not load is not written
    write_table(ledger.begin(coding, f"qantar {qantar.__version__}"), folder / "review.csv", ledger.TABLE)
    return coding


def _words(report: Report, about: About) -> Mapping[str, str]:
    """What stands in the templates for each mark."""
    title = about.title or opening(report)
    author = about.author or AUTHOR
    return {
        "title": title, "heading": heading(title), "yaml_title": yaml(title), "yaml_author": yaml(author),
        "by": f" by {heading(about.publisher)}" if about.publisher else "", "day": date(about.published.isoformat()),
        "report_year": str(about.published.year), "today": _today().isoformat(), "year": str(_today().year),
        "version": qantar.__version__, "bib_author": bibtex(about.publisher or "[Publisher not known]"),
        "bib_title": bibtex(title), "bib_url": f", \\url{{{about.url}}}" if about.url else "",
    }  # fmt: skip


def _today() -> datetime.date:
    """The day on which the book is made, or that which ``SOURCE_DATE_EPOCH`` sets."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date() if epoch else datetime.date.today()


def _write_templates(folder: Path, words: Mapping[str, str], told: SimpleNamespace) -> None:
    for path in sorted(TEMPLATES.rglob("*")):
        name = path.relative_to(TEMPLATES).as_posix()
        if not path.is_file() or "__pycache__" in name or name == LOCK:
            continue
        target = folder / re.sub(r"(^|/)dot-", r"\1.", name).removesuffix(".tmpl")
        target.parent.mkdir(parents=True, exist_ok=True)
        text = _told(path.read_text(encoding="utf-8").replace(OWN, ""), told)
        target.write_text(_MARK.sub(lambda found: words[found[1]], text), encoding="utf-8", newline="\n")
        if text.startswith("#!"):
            target.chmod(0o755)


def _told(chapter: str, told: SimpleNamespace) -> str:
    """A template without the sections that need something of which the report has nothing."""
    kept, wanted = [], True
    for part in _PARTS.split(chapter):
        if needs := _NEEDS.fullmatch(part):
            wanted = bool(values.function(needs[1])(told))
            continue
        if wanted:
            kept.append(part)
        wanted = True
    return "".join(kept)


def _write_description(folder: Path, name: str, title: str) -> None:
    """``datapackage.json``: of the tables that a book may hold those that are there, without what leads to the others."""
    known = json.loads(TABLES.read_text(encoding="utf-8"))
    resources = [copy.deepcopy(one) for one in known.pop("resources") if (folder / one["path"]).exists()]
    names = {one["name"] for one in resources}
    for one in resources:
        _keep_references(one.get("schema", {}), names)
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "arabic-report"
    description = known | {"name": slug, "title": title, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(description, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _keep_references(schema: dict[str, Any], names: set[str]) -> None:
    if "foreignKeys" in schema:
        schema["foreignKeys"] = [key for key in schema["foreignKeys"] if key["reference"]["resource"] in names | {""}]
    for column in schema.get("fields", []):
        kept = [target for target in column.pop("qantar:references", []) if target.split(".")[0] in names]
        if kept:
            column["qantar:references"] = kept


def _lock() -> str:
    packages = (TEMPLATES / LOCK).read_text(encoding="utf-8")
    return (
        f"# What the book needs, in fixed versions; `make` installs the sections one by one. The list is that of qantar {qantar.__version__}.\n\n"
        f"{packages}\n# [qantar]\nqantar=={qantar.__version__}\n"
    )
