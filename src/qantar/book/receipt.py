"""A chapter's receipt: what it was computed from, what came out, each by its SHA-256, and how to compute it again."""

from __future__ import annotations

import calendar
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qantar import citation
from qantar.book import digests
from qantar.book.products import Product

NAME = "receipt.json"
INPUTS = ("chapter", "code", "data", "lock")


def make(source: str, name: str, products: Sequence[Product], printed: str | None, parts: Mapping[str, str]) -> dict[str, Any]:
    """The receipt of the chapter ``name``; ``printed`` is none if it has no cells, ``parts`` are those of `digests.parts`."""
    made: dict[str, Any] = {
        "book": {"title": citation.work()["title"], "version": citation.version()},
        "chapter": name,
        "inputs": {"chapter": digests.of(source), **parts},
        "reproduce": {"chapter": f"make chapter NAME={name}", "all": "make verify"} if printed is not None else {"all": "make verify"},
        "products": [
            {"kind": p.kind, "label": p.label, "caption": p.caption, "file": p.file, "sha256": p.sha256} for p in products
        ],
    }
    return made if printed is None else made | {"printed": digests.of(printed)}


def text(receipt: Mapping[str, Any]) -> str:
    """A receipt as JSON text."""
    return json.dumps(receipt, ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> dict[str, Any]:
    """A receipt from its file. Raises ``ValueError`` with one line if it is none."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: no receipt can be read ({error})") from error
    if not isinstance(found, dict) or not {"book", "inputs", "products"} <= found.keys():
        raise ValueError(f"{path} is no receipt: it lacks book, inputs or products")
    return found


def epoch() -> int:
    """The day of the book's release, from CITATION.cff, as seconds since 1970: the date that files made by a build have."""
    return calendar.timegm(time.strptime(citation.day(citation.work()), "%Y-%m-%d"))
