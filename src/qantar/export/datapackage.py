"""The data as a Frictionless Data Package that stands alone: its folder holds every file that it names.

``data/datapackage.json`` describes a table once. Here the tables that are alike, those of the two readings and of the other
parts of the validation set, get descriptions of their own, and texts and notes are named as well. A table's references
lead to the nearest table of that kind: in its own folder, else in one further up.

https://datapackage.org/
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from qantar import citation, schema, values
from qantar.export.files import json_bytes
from qantar.export.forms import DESCRIPTIONS
from qantar.export.media import described as described_file
from qantar.export.work import about, address, authors
from qantar.paths import data_folder
from qantar.report import load_report

DESCRIPTION = DESCRIPTIONS["package"]
EDITIONS = "editions/"  # below data/: the book as it was published, no data of its own
BESIDE = ("CITATION.cff", "LICENSE")
"""Files from beside the data folder that the package takes along."""

Json = dict[str, Any]


def contents() -> dict[str, bytes]:
    """The files of the package by their paths in it. Raises ``DataError`` or ``OSError`` as loading the book does."""
    values.load_book()  # what does not pass the book's own checks is not handed on
    folder = data_folder()
    listed = list(resources(folder))
    files = {one["path"]: (folder / one["path"]).read_bytes() for one in listed}
    files |= {name: (folder.parent / name).read_bytes() for name in BESIDE}
    for one in listed:
        one["bytes"] = len(files[one["path"]])
        one["hash"] = f"sha256:{hashlib.sha256(files[one['path']]).hexdigest()}"
    return files | {DESCRIPTION: json_bytes(description(listed))}


def description(listed: list[Json]) -> Json:
    """The description of the package with these resources."""
    work, kept = about(), dict(schema.package())
    homepage = address(work)
    metadata = load_report().metadata
    return kept | {
        "version": citation.version(work),
        "created": f"{citation.day(work)}T00:00:00Z",
        "keywords": list(work.get("keywords", [])),
        "contributors": [
            {"title": name, "roles": ["author"]} | ({"path": known} if known else {}) for _, name, known in authors(work)
        ],
        "sources": [
            {"title": ", ".join(str(metadata[name]) for name in ("publisher", "published") if metadata.get(name))}
            | ({"path": metadata["url"]} if metadata.get("url") else {})
        ],
    } | ({"homepage": homepage} if homepage else {}) | {"resources": listed}


def resources(folder: Path) -> Iterator[Json]:
    """Every file of the data folder described: those that its description names, the tables like them, the rest."""
    package = schema.package()
    tables = {one["path"]: one for one in package["resources"] if one.get("type") == "table"}
    alike = {path: one for path, one in _alike(package, tables, folder)}
    named = {path: one["name"] for path, one in (tables | alike).items()}
    for one in package["resources"]:
        yield _linked(copy.deepcopy(one), named)
    readings = tuple(f"{reading}/" for reading in package.get("qantar:readings", []))
    for path, one in alike.items():
        yield _linked(one, named, own_folder=path.startswith(readings))
    known = {one["path"] for one in package["resources"]} | set(alike) | {DESCRIPTION}
    for path in sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()):
        if path not in known and not path.startswith(EDITIONS) and not any(part.startswith(".") for part in PurePosixPath(path).parts):
            yield {"name": _name(path)} | described_file(path)


def _alike(package: Json, tables: Mapping[str, Json], folder: Path) -> Iterator[tuple[str, Json]]:
    """(path, description) of every table that is described by another folder's."""
    folders = {reading: "coding" for reading in package.get("qantar:readings", [])} | package.get("qantar:alike", {})
    for other, model in folders.items():
        for path, one in tables.items():
            at = PurePosixPath(path)
            there = f"{other}/{at.name}"
            if str(at.parent) == model and there not in tables and (folder / there).is_file():
                yield there, copy.deepcopy(one) | {"name": _name(there), "path": there, "title": f"{one['title']} ({other})"}


def _linked(one: Json, named: Mapping[str, str], own_folder: bool = False) -> Json:
    """The description, its references leading to the nearest table of their kind.

    With ``own_folder``, those that lead to the folder of the table it is like are left out: a reading has no table of
    actors, and names some that were given up when the two readings were reconciled.
    """
    if "schema" not in one:
        return one
    files = {name: PurePosixPath(path).name for path, name in named.items()}
    homes = {name: PurePosixPath(path).parent for path, name in named.items()}
    at = PurePosixPath(one["path"]).parent

    def nearest(name: str) -> str | None:
        for up in (at, *at.parents):
            if found := named.get((up / files.get(name, "")).as_posix()):
                return None if own_folder and homes[found] != at and homes[found] in at.parents else found
        return name

    keys = one["schema"].get("foreignKeys", [])
    for key in keys:
        if key["reference"].get("resource"):
            key["reference"]["resource"] = nearest(key["reference"]["resource"])
    if keys:
        one["schema"]["foreignKeys"] = [key for key in keys if key["reference"].get("resource") is not None]
    for field in one["schema"]["fields"]:
        targets = [(nearest(name), column) for name, column in (t.split(".", 1) for t in field.pop("qantar:references", []))]
        if kept := [f"{name}.{column}" for name, column in targets if name]:
            field["qantar:references"] = kept
    return one


def _name(path: str) -> str:
    """A path as a resource is named: small letters, digits and what joins them."""
    at = PurePosixPath(path)
    stem = at.with_suffix("") if at.suffix == ".csv" else at
    return stem.as_posix().lower().replace("/", "_").replace(".", "_")
