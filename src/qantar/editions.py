"""The editions of the book: what was published, file by file, as it was, and proof that nothing of it has changed.

An edition is two files in ``data/editions/``: ``<version>.zip``, its site, and ``<version>.json``, its manifest, with the
SHA-256 of each file, the public labels with their pages, and the SHA-256 of the manifest before it: a chain.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from qantar.paths import data_folder

VERSION = re.compile(r"\d+\.\d+\.\d+")
PUBLISHED = "v"  # the folder of a site that has the editions
_LISTS = ("files", "labels")


class EditionError(ValueError):
    """An edition that is not as it was published, or can't be; one line says where and why."""


@dataclass(frozen=True)
class Edition:
    """A published edition: its version and its manifest file."""

    version: str
    file: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """All that the manifest says. Raises ``EditionError`` if it can't be read."""
        try:
            found = json.loads(self.file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
            raise EditionError(f"{self.file}: the manifest can't be read ({error}); take it from the repository's history") from None
        wanted = {"version": str, "date": str, "title": str, "source": dict, "files": dict, "labels": dict}
        wrong = [name for name, kind in wanted.items() if not isinstance(found, dict) or not isinstance(found.get(name), kind)]
        if not wrong:
            wrong = [name for name in _LISTS if not all(_sound(value) for value in found[name].values())]
        if wrong or found["version"] != self.version:
            what = f"has no sound {wrong[0]}" if wrong else f"is of version {found['version']}, not {self.version}"
            raise EditionError(f"{self.file}: the manifest {what}; take it from the repository's history")
        return found

    @property
    def date(self) -> str:
        return self.manifest["date"]

    @property
    def zip(self) -> Path:
        return self.file.with_suffix(".zip")

    @property
    def sha256(self) -> str:
        """That of the manifest, by which the next edition's names it."""
        return _sha256(self.file.read_bytes())

    @property
    def pages(self) -> list[str]:
        """Its pages, by path."""
        return [name for name in self.manifest["files"] if is_page(name)]

    @property
    def pages_of_labels(self) -> dict[str, str]:
        """The page of each public label, without ending."""
        return {label: about["page"] for label, about in self.manifest["labels"].items()}

    def read(self, name: str) -> bytes:
        """A file of it, checked. Raises ``EditionError`` if it has none of that name, or is not as published."""
        return next(self.contents([name]))[1]

    def contents(self, names: list[str] | None = None) -> Iterator[tuple[str, bytes]]:
        """Files of it with their names, checked one by one; by default all, and then nothing else may be in it."""
        listed = self.manifest["files"]
        try:
            with zipfile.ZipFile(self.zip) as archive:
                there = archive.namelist()
                if names is None and sorted(there) != sorted(listed):
                    odd = sorted(set(there) ^ set(listed)) or ["a file twice"]
                    raise EditionError(f"{self.zip}: {odd[0]} is not both in it and in the manifest; {_REMEDY}")
                for name in listed if names is None else names:
                    content = archive.read(name) if name in there else None
                    if content is None or _sha256(content) != listed.get(name):
                        raise EditionError(f"{self.zip}: {name} is not the file that the manifest names; {_REMEDY}")
                    yield name, content
        except EditionError:
            raise
        except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise EditionError(f"{self.zip}: can't be read ({error}); {_REMEDY}") from None


def _sound(value: Any) -> bool:
    """Whether an entry of a manifest's lists is one: the SHA-256 of a file, or what a label names."""
    return isinstance(value, str) or isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("kind", "page", "title"))


_REMEDY = "an edition never changes: take it from the repository's history"


def folder() -> Path:
    """Where the editions of the book are; it may not be there."""
    return data_folder() / "editions"


def load(folder: Path) -> list[Edition]:
    """The editions of a folder, oldest first. Raises ``EditionError`` if one is incomplete or their chain is broken."""
    named = sorted(path for path in folder.glob("*") if path.suffix in (".json", ".zip")) if folder.is_dir() else []
    for path in named:
        other = path.with_suffix(".zip" if path.suffix == ".json" else ".json")
        if not VERSION.fullmatch(path.stem):
            raise EditionError(f"{path}: is no edition; its name should be a version, such as 0.1.0{path.suffix}")
        if not other.exists():
            raise EditionError(f"{path}: has no {other.name} beside it; {_REMEDY}")
    found = [Edition(path.stem, path) for path in named if path.suffix == ".json"]
    found.sort(key=lambda edition: number(edition.version))
    _check_chain(found)
    return found


def number(version: str) -> tuple[int, ...]:
    """A version as numbers, so that 0.10.0 comes after 0.9.0."""
    return tuple(map(int, version.split(".")))


def _check_chain(found: list[Edition]) -> None:
    before: Edition | None = None
    for edition in found:
        named = edition.manifest.get("previous")
        expected = link(before)
        if named != expected:
            if before and named and named.get("version") == before.version:
                raise EditionError(f"{before.file}: has changed since edition {edition.version}, whose manifest names its SHA-256; {_REMEDY}")
            said = before.version if before else "none"
            raise EditionError(f"{edition.file}: the edition before it should be {said}, and it names {(named or {}).get('version', 'none')}; {_REMEDY}")
        before = edition


def link(edition: Edition | None) -> dict[str, str] | None:
    """How the manifest of the next edition names this one."""
    return {"version": edition.version, "sha256": edition.sha256} if edition else None


def changed_in_history(folder: Path) -> list[str]:
    """The files of committed editions that a later commit, or the working tree, has changed or taken away.

    Empty where there is no history: outside a git repository, or without git.
    """
    commands = (
        ["log", "--format=", "--name-only", "--diff-filter=a", "--no-renames", "--", "."],
        ["diff", "--name-only", "--diff-filter=a", "--no-renames", "HEAD", "--", "."],
    )
    found: set[str] = set()
    for command in commands if folder.is_dir() else ():
        try:
            done = subprocess.run(["git", *command], cwd=folder, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return []
        found |= {Path(line).name for line in done.stdout.splitlines() if line}
    return sorted(name for name in found if VERSION.fullmatch(Path(name).stem))


# ------------------------------------------------------------------------------------------------------- making


def own_pages(site: Path) -> list[Path]:
    """The pages of a built site but those of the editions in it, which stay as they are."""
    return [page for page in sorted(site.rglob("*.html")) if not (page.is_relative_to(site / PUBLISHED) and page.parent != site / PUBLISHED)]


def is_page(name: str) -> bool:
    """Whether a file of a site is a page of the book, by its path."""
    return name.endswith(".html") and not name.startswith("_static/")


def manifest(about: Mapping[str, Any], files: Mapping[str, bytes], labels: Mapping[str, Mapping[str, str]], before: Edition | None) -> str:
    """The manifest of an edition as the text of its file; ``about`` has version, date, title and source."""
    parts = {**about, "previous": link(before), "files": {name: _sha256(files[name]) for name in sorted(files)}, "labels": labels}
    lines = [f" {json.dumps(name)}: {_listed(part) if name in _LISTS else json.dumps(part, ensure_ascii=False)}" for name, part in parts.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _listed(part: Mapping[str, Any]) -> str:
    """A line for each entry, so that a file's history can be read."""
    return "{" + ",".join(f"\n  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in part.items()) + "\n }"


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
