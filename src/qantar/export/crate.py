"""The whole book as an RO-Crate 1.1: data, chapters, code, lock, citation file and licence, each file described.

Title, authors, version and day come from ``CITATION.cff``, what a table is from ``data/datapackage.json``, what is known of
the report from its ``report.yml``, a chapter's title from its first heading, licences from ``rights.csv``.

https://www.researchobject.org/ro-crate/specification/1.1/
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from qantar import citation, schema, values
from qantar.export.files import json_bytes
from qantar.export.forms import DESCRIPTIONS
from qantar.export.media import licence_of, media, table
from qantar.export.work import about, address, authors
from qantar.paths import data_folder
from qantar.report import ReportError, load_report

DESCRIPTION = DESCRIPTIONS["crate"]
NEEDED = ("CITATION.cff", "LICENSE", "requirements.txt", "chapters", "data")
CODE = ("pyproject.toml", "src")
"""What a book has too that holds its code itself, and one that takes it from a package lacks."""
ALSO = ("CHANGELOG.md", "CONTRIBUTING.md", "Makefile", "README.md", "_config.yml", "_toc.yml")
REPORT = "data/report/report.txt"
REPORT_RIGHTS = "#rights-of-the-report"
PYTHON = "https://www.python.org/"

# The context of RO-Crate 1.1 is older than the word for a checksum.
CONTEXT = ["https://w3id.org/ro/crate/1.1/context", {"sha256": "https://schema.org/sha256"}]
# What tools leave behind, notebooks that JupyterLab makes of the chapters, and the editions, which hold crates themselves.
_LEFT_OUT = re.compile(r"(^|/)(\.|__pycache__/)|^data/editions/|\.(ipynb|pyc)$|~$|\.egg-info/")
_HEADING = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)

Json = dict[str, Any]


def contents() -> dict[str, bytes]:
    """The files of the crate by their paths in it. Raises ``ReportError`` where the data lie without their book."""
    values.load_book()  # what does not pass the book's own checks is not handed on
    files = parts(data_folder().parent)
    return files | {DESCRIPTION: json_bytes({"@context": CONTEXT, "@graph": graph(files, about())})}


def parts(root: Path) -> dict[str, bytes]:
    """Every file of the book by its path. Raises ``ReportError`` if one of its parts is missing."""
    needed = NEEDED + CODE * any((root / name).exists() for name in CODE)
    for name in needed:
        if not (root / name).exists():
            raise ReportError(f"{root / name}: is missing; a crate holds the whole book, so run this in its repository")
    found = (file for name in (*needed, *ALSO) for file in ([root / name, *sorted((root / name).rglob("*"))]))
    paths = (file.relative_to(root).as_posix() for file in found if file.is_file())
    return {path: (root / path).read_bytes() for path in sorted(paths) if not _LEFT_OUT.search(path)}


def graph(files: Mapping[str, bytes], work: Mapping[str, Any]) -> list[Json]:
    """The flat graph of a crate: its description, the book, its folders, its files, and what these name."""
    tables = {f"data/{one['path']}": one for one in schema.package()["resources"]}
    found = [_file(path, content, tables.get(path, {})) for path, content in sorted(files.items())]
    people = list(_people(work))
    kinds = {media(path)["suffix"]: media(path) for path in files}
    return [
        {
            "@id": DESCRIPTION,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        },
        _root(files, work, people),
        *_folders(files, work),
        *found,
        *people,
        *_licences(),
        *(_kind(row) for _, row in sorted(kinds.items()) if row["pronom"]),
        {"@id": PYTHON, "@type": "ComputerLanguage", "name": "Python", "url": PYTHON},
        _publisher(load_report().metadata),
    ]


def _publisher(known: Mapping[str, Any]) -> Json:
    named = {"name": known.get("publisher") or "Publisher not known", "url": known.get("url")}
    return {"@id": "#publisher-of-the-report", "@type": "Organization"} | {key: value for key, value in named.items() if value}


def _root(files: Mapping[str, bytes], work: Mapping[str, Any], people: list[Json]) -> Json:
    folders = {f"{path.partition('/')[0]}/" for path in files if "/" in path}
    who = _several([{"@id": one["@id"]} for one in people])
    named = {"url": address(work), "identifier": work.get("doi") and f"https://doi.org/{work['doi']}"}
    licences = work["license"] if isinstance(work["license"], list) else [work["license"]]
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": work["title"],
        "description": " ".join(work["abstract"].split()),
        "datePublished": citation.day(work),
        "version": citation.version(work),
        "keywords": ", ".join(work.get("keywords", [])),
        "author": who,
        "license": _several([{"@id": _licence(key)} for key in licences]),
        "about": {"@id": REPORT},
        "hasPart": [{"@id": name} for name in sorted({*folders, *files})],  # some readers look no further than here
    } | {key: value for key, value in named.items() if value} | (
        # A publisher is an organisation; people publish what they write without one.
        {"publisher": who} if all(one["@type"] == "Organization" for one in people) else {}
    )


def _folders(files: Mapping[str, bytes], work: Mapping[str, Any]) -> Iterator[Json]:
    """The folders of the book: its chapters, its data, its code."""
    said = {
        "chapters/": ("Chapters", "The chapters of the book, as notebooks in the text form of MyST Markdown.", {}),
        "data/": ("Data", "The report, its coding, the later record and the validation set, as tables.", {}),
        "src/": ("Code", "The analyses, the machine reader and the book's Sphinx extension.", {
            "@type": ["Dataset", "SoftwareSourceCode"],
            "programmingLanguage": {"@id": PYTHON},
            "softwareRequirements": {"@id": "requirements.txt"},
            "version": citation.version(work),
            "license": {"@id": _licence("MIT")},
        }),
    }
    for name, (title, text, more) in said.items():
        listed = [{"@id": path} for path in sorted(files) if path.startswith(name)]
        if not listed:
            continue
        yield {"@id": name, "@type": "Dataset", "name": title, "description": text, "hasPart": _several(listed)} | more


def _file(path: str, content: bytes, described: Mapping[str, Any]) -> Json:
    """A file with its size, its checksum, its form and its licence, and what it is of the book."""
    row = media(path)
    form = [row["media"], {"@id": row["pronom"]}] if row["pronom"] else row["media"]
    made = {
        "@id": path,
        "@type": "File",
        "name": described.get("title") or path,
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
        "encodingFormat": form,
        "license": {"@id": REPORT_RIGHTS if licence_of(path) == "report" else _licence(licence_of(path))},
    }
    if "description" in described:
        made["description"] = described["description"]
    if path == REPORT:
        return made | _report()
    if path.startswith("chapters/") and path.endswith(".md"):
        return made | _chapter(content.decode("utf-8"))
    if path.endswith(".py"):
        return made | {"@type": ["File", "SoftwareSourceCode"], "programmingLanguage": {"@id": PYTHON}}
    return made


def _chapter(text: str) -> Json:
    """A chapter under its title; one with code cells is a program too, whose cells are under the licence of the code."""
    title = _HEADING.search(text)
    made: Json = {"name": title.group(1)} if title else {}
    if "{code-cell}" not in text:
        return made | {"@type": ["File", "Chapter"]}
    return made | {
        "@type": ["File", "Chapter", "SoftwareSourceCode"],
        "description": "A notebook in MyST Markdown, executed when the book is built.",
        "programmingLanguage": {"@id": PYTHON},
        "license": [{"@id": _licence("CC-BY-4.0")}, {"@id": _licence("MIT")}],
    }


def _report() -> Json:
    """The report, which is nobody's here to license."""
    metadata = load_report().metadata
    return {
        "@type": ["File", "NewsArticle"],
        "publisher": {"@id": "#publisher-of-the-report"},
        "copyrightHolder": {"@id": "#publisher-of-the-report"},
        "datePublished": str(metadata["published"]),
        "inLanguage": metadata["language"],
        "usageInfo": {"@id": REPORT_RIGHTS},
    } | ({"url": metadata["url"]} if metadata.get("url") else {})


def _people(work: Mapping[str, Any]) -> Iterator[Json]:
    """The authors; one without an address of its own gets a name within the crate."""
    for number, (kind, name, known) in enumerate(authors(work), 1):
        own = known or (address(work) if kind == "Organization" else "")
        yield {"@id": known or f"#author-{number}", "@type": kind, "name": name} | ({"url": own} if own else {})


def _licences() -> Iterator[Json]:
    for row in table("licences"):
        yield {"@id": row["address"], "@type": "CreativeWork", "name": row["name"], "description": row["description"],
               "url": row["address"]}
    yield {"@id": REPORT_RIGHTS, "@type": "CreativeWork", "name": "Rights in the text of the report",
           "description": " ".join(load_report().metadata["rights"].split())}


def _licence(key: str) -> str:
    """The address of a licence by its SPDX key. Raises ``ReportError`` if ``licences.csv`` has no such row."""
    for row in table("licences"):
        if row["key"] == key:
            return row["address"]
    raise ReportError(f"CITATION.cff: licence {key} is not known; src/qantar/export/licences.csv has "
                      f"{', '.join(row['key'] for row in table('licences'))}")


def _kind(row: Mapping[str, str]) -> Json:
    return {"@id": row["pronom"], "@type": "WebSite", "name": row["name"]}


def _several(values: list[Json]) -> Json | list[Json]:
    """One value alone, several as a list, as a crate has them."""
    return values[0] if len(values) == 1 else values
