"""When the text of each page was last changed, from the history of its source."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from qantar import phrasing


def _git(folder: Path, *arguments: str) -> str:
    """What git prints, empty where there is no git, no repository, or one that it would not read."""
    # A folder that belongs to somebody else is read too: in CI the builder is not always its owner.
    command = ["git", "-c", "safe.directory=*", "-c", "core.quotePath=false", "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=30).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def last_changes(root: Path, folder: str = "chapters") -> dict[str, str]:
    """The day (``2026-11-25``, of the author's calendar) of the last commit that changed each page below ``folder``.

    Pages are named as Sphinx does, ``chapters/figures``. Empty for a copy without a history, or with a part of one, whose
    days would be too late.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    changes: dict[str, str] = {}
    day = ""
    for line in _git(root, "log", "--format=%x00%as", "--name-only", "--relative", "--", folder).splitlines():
        if line.startswith("\0"):
            day = line[1:]
        elif line:
            changes.setdefault(line.rpartition(".")[0], day)  # newest first
    return changes


def _say(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if day := app.qantar_changes.get(page):  # type: ignore[attr-defined]
        context["qantar_changed"] = (day, phrasing.date(day))


def _load(app: Sphinx) -> None:
    app.qantar_changes = last_changes(Path(app.srcdir))  # type: ignore[attr-defined]


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", _load)
    app.connect("html-page-context", _say)
