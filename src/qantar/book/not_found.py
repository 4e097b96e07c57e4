"""The page that a server shows for an address that is not there: it says so, guesses what was meant, leads back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Template
from sphinx.application import Sphinx

from qantar import citation
from qantar.book.assets import TEMPLATES, hashed
from qantar.book.evidence import inert
from qantar.book.head import address
from qantar.book.labels import labels
from qantar.labels import Label
from qantar.phrasing import mark_arabic


def page(found: Sequence[Label], folders: Sequence[str], title: str, root: str) -> str:
    """The page as HTML; ``root`` is the path of the top of the site, empty where it is not known."""
    script = (TEMPLATES / "404.js").read_text(encoding="utf-8")
    named = {label.id: [label.page, label.title] for label in found if label.kind in ("chapter", "section", "figure", "table")}
    template = Template((TEMPLATES / "404.html").read_text(encoding="utf-8"))
    return template.render(
        title=title, root=root, script=script, labels=inert({"folders": folders, "labels": named}),
        policy=f"default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self' {hashed(script)}; base-uri 'none'",
        chapters=[(label.page, mark_arabic(label.title)) for label in found if label.kind == "chapter"],
    )


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    site = Path(app.outdir)
    folders = sorted(path.name for path in site.iterdir() if path.is_dir())
    (site / "404.html").write_text(
        page(labels(app.env), folders, str(citation.work()["title"]), urlsplit(address()).path), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register with Sphinx; when all folders of the site are there."""
    app.connect("build-finished", _write, priority=960)
