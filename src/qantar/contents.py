"""The chapters of the book, part by part, as its table of contents has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from qantar.paths import data_folder


def toc() -> Path:
    """Where the table of contents is."""
    return data_folder().parent / "_toc.yml"


def parts(path: Path | None = None) -> dict[str, list[str]]:
    """The names of the chapters by the caption of their part, empty where it has none; the chapter that opens the book is in none."""
    contents = yaml.safe_load((path or toc()).read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for part in (contents, *contents.get("parts", [])):
        if names := [Path(chapter["file"]).name for chapter in part.get("chapters", [])]:
            found.setdefault(part.get("caption", ""), []).extend(names)
    return found


def opening(path: Path | None = None) -> str:
    """The name of the chapter that opens the book."""
    return Path(yaml.safe_load((path or toc()).read_text(encoding="utf-8"))["root"]).name


def following(name: str, path: Path | None = None) -> list[str]:
    """The chapters of the same part that come after this one. Raises ``KeyError`` if there is no such chapter."""
    for chapters in parts(path).values():
        if name in chapters:
            return chapters[chapters.index(name) + 1 :]
    raise KeyError(f"{(path or toc()).name} has no chapter {name!r}")


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "after_report": lambda book: len(following("report")),
}
