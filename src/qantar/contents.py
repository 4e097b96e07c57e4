"""The chapters of the book, part by part, as its table of contents has them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

TOC = Path(__file__).resolve().parents[2] / "_toc.yml"


def parts(path: Path = TOC) -> dict[str, list[str]]:
    """The names of the chapters by the caption of their part; the chapter that opens the book is in none."""
    toc = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {part["caption"]: [Path(chapter["file"]).name for chapter in part["chapters"]] for part in toc["parts"]}


def following(name: str, path: Path = TOC) -> list[str]:
    """The chapters of the same part that come after this one. Raises ``KeyError`` if there is no such chapter."""
    for chapters in parts(path).values():
        if name in chapters:
            return chapters[chapters.index(name) + 1 :]
    raise KeyError(f"{path.name} has no chapter {name!r}")


VALUES: dict[str, Callable[[Any], int | float | str]] = {
    "after_report": lambda book: len(following("report")),
}
