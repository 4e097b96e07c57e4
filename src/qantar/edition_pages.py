"""A built site as an edition: the same pages, which say which edition they are, and the files that they need."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from qantar.editions import is_page

# In the site's root, outside every edition; the build makes them anew.
OUTSIDE = ("v/", "editions.js")
_EXTRA = ("edition.js", "edition.css")
_TEXTS = (".html", ".css", ".js", ".mjs", ".json")
_STATIC = "_static/"
_HTML = re.compile(r"<html\b", re.IGNORECASE)
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)


def as_edition(page: str, version: str, depth: int) -> str:
    """The HTML of a page as that of an edition; ``depth`` is the number of folders it lies in.

    The page names its edition (``<html data-edition>``), asks the site around it for the list of editions, and its
    links to other editions lead out of its own. A page without ``<html>`` and ``</head>``, such as one that only
    leads on, has no place for that and stays as it is.
    """
    up = "../" * depth
    outside = re.compile(rf'(\s(?:href|src)=")(?=(?:\./)?{re.escape(up)}v/)')
    page = outside.sub(r"\g<1>../../", page)
    if not _HTML.search(page) or not _HEAD_END.search(page):
        return page
    head = (
        f'<link rel="stylesheet" href="{up}{_STATIC}edition.css">'
        f'<script src="{up}../../editions.js" defer></script><script src="{up}{_STATIC}edition.js" defer></script>'
    )
    page = _HTML.sub(lambda found: f'{found.group()} data-edition="{html.escape(version)}"', page, count=1)
    return _HEAD_END.sub(lambda found: head + found.group(), page, count=1)


def edition_files(site: Path, version: str) -> dict[str, bytes]:
    """The files of the edition that a built site becomes, by path."""
    found = {name: path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file() and not _left_out(name := path.relative_to(site).as_posix())}
    for name in found:
        if is_page(name):
            found[name] = as_edition(found[name].decode("utf-8"), version, name.count("/")).encode("utf-8")
    own = resources.files("qantar") / "edition"
    found |= {f"{_STATIC}{name}": (own / name).read_bytes() for name in _EXTRA}
    return {name: found[name] for name in sorted(needed(found))}


def _left_out(name: str) -> bool:
    return name.startswith(OUTSIDE) or any(part.startswith(".") for part in name.split("/"))


def needed(files: Mapping[str, bytes]) -> set[str]:
    """The files of a site without those of ``_static/`` that nothing names.

    Whatever is outside that folder stays. Within it, the themes put much that only they need while building: a file
    stays if a page, a style sheet or a script that stays has its name, or a script the name of its folder; so do
    licences. Source maps, which only a developer's tools ask for, go.
    """
    kept = {name for name in files if not name.startswith(_STATIC) or "LICENSE" in name}
    waiting = [name for name in files if name not in kept and not name.endswith(".map")]
    texts = [_text(name, files) for name in sorted(kept)]
    scripts = [_text(name, files) for name in sorted(kept) if name.endswith((".js", ".mjs", ".html"))]
    while waiting:
        found = [name for name in waiting if _named(name, texts, scripts)]
        if not found:
            break
        kept |= set(found)
        waiting = [name for name in waiting if name not in kept]
        texts = [_text(name, files) for name in found]
        scripts = [_text(name, files) for name in found if name.endswith((".js", ".mjs"))]
    return kept


def _named(name: str, texts: list[str], scripts: list[str]) -> bool:
    folder, _, file = name.removeprefix(_STATIC).rpartition("/")
    return any(file in text for text in texts) or bool(folder) and any(f"{_STATIC}{folder}/'" in s or f'{_STATIC}{folder}/"' in s for s in scripts)


def _text(name: str, files: Mapping[str, bytes]) -> str:
    return files[name].decode("utf-8", "replace") if name.endswith(_TEXTS) else ""
