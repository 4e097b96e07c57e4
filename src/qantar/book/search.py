"""The search: an index by Pagefind, made in the build and loaded when somebody searches.

Besides the pages, each sentence of the report and each actor is a record of its own: the sentence by the stems of its
words and of their dictionary forms, the actor by the skeletons of its names, so that neither inflection nor spelling
hides them. The page of the search turns what is typed by the same rules (``qantar.spellings``).
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx.application import Sphinx

from qantar import values
from qantar.arabic import contains_arabic, normalise
from qantar.book.assets import STATIC
from qantar.book.evidence import block
from qantar.formats import items
from qantar.reading.lexicons import table
from qantar.spellings import RULES, skeleton, stems

NAME = "zz"  # before the skeleton of a name, so that it is no word of any page


def sentence_records(book: values.Book) -> Iterator[dict[str, Any]]:
    """A record a sentence: its words by their stems, those of their dictionary forms and plurals too, and its translation.

    A book without a gloss knows no dictionary forms, one without a translation has the Arabic alone.
    """
    plurals = {row["noun"]: items(row["plurals"]) for row in table("nouns")}
    for sentence in book.report.sentences:
        words, english = book.words[book.words["sentence"] == sentence.id], book.english.get(sentence.id, "")
        written = list(words["form"]) or [word.text for word in sentence.words]
        known = [*words["lemma"], *(plural for lemma in words["lemma"] for plural in plurals.get(lemma, []))]
        forms = sorted({made for form in (*written, *known) if contains_arabic(form) for made in stems(form)})
        others = [form for form in written if not contains_arabic(form)]
        yield {
            "address": f"chapters/report.html#{sentence.id}",
            "content": " ".join([*forms, *others, english]),
            "meta": {"title": f"Sentence {sentence.id}", "kind": "sentence", "arabic": sentence.text, "english": english},
        }


def actor_records(book: values.Book) -> Iterator[dict[str, Any]]:
    """A record an actor: all names that the coding and the record know, as they are written and by their skeletons."""
    known = {slug: row for _, row in book.record.identities.iterrows() for slug in items(row["actors"])}
    for actor in book.coding.actors.itertuples():
        names = [actor.name_en, actor.name_ar, actor.name_kk, actor.name_ru]
        if actor.id in known:
            row = known[actor.id]
            names += [row["name_en"], row["name_kk"], row["name_ru"], *items(row["name_ar"])]
        written = " ".join(dict.fromkeys(name for name in names if isinstance(name, str)))
        words = "".join(letter if letter.isalpha() else " " for letter in written).split()
        bones = sorted({NAME + found for word in words if (found := skeleton(word))})
        forms = sorted({made for word in words if contains_arabic(word) for made in stems(word)})
        role = actor.role_en if isinstance(actor.role_en, str) else ""
        yield {
            "address": f"chapters/actors.html#actor-{actor.id}",
            "content": " ".join([written, normalise(written), *forms, *bones, role]),
            "meta": {"title": actor.name_en, "kind": "actor", "bones": " ".join(bones), "english": role, "arabic": actor.name_ar if isinstance(actor.name_ar, str) else ""},
        }


def as_page(record: dict[str, Any]) -> str:
    """A record as a page that only the index sees: its content, and beside it what a result shows."""
    shown = record["meta"] | {"address": record["address"]}
    meta = "".join(f'<i data-pagefind-meta="{name}[title]" title="{escape(text)}"></i>' for name, text in shown.items())
    return f'<html lang="en"><body><article class="bd-article">{meta}<p>{escape(record["content"])}</p></article></body></html>'


async def _index(site: Path, pages: list[str], book: values.Book) -> None:
    from pagefind.index import PagefindIndex

    layout = {
        "root_selector": "article.bd-article",
        "exclude_selectors": [".cell_input", ".headerlink", "a.cite", "article.sentence", ".highlight", "footer"],
    }
    # A folder is one message to the program; each of them takes it a tenth of a second.
    with TemporaryDirectory() as folder, TemporaryDirectory() as unread:
        for page in pages:
            made = Path(folder, f"{page}.html")
            made.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(site / f"{page}.html", made)
        for number, record in enumerate((*sentence_records(book), *actor_records(book))):
            Path(folder, f"record-{number}.html").write_text(as_page(record), encoding="utf-8")
        # As it ends the program writes once more, and is stopped before its last file is whole where the machine is busy. What
        # was asked for before is whole by then.
        async with PagefindIndex(layout | {"output_path": unread}) as index:
            await index.add_directory(folder)
            await index.write_files(str(site / "pagefind"))


def _write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.name != "html":
        return
    site = Path(app.outdir)
    asyncio.run(_index(site, sorted(app.env.found_docs), values.load_book()))
    for path in (site / "pagefind").glob("pagefind-*"):  # faces of its own, which this page does not show
        if path.suffix in (".css", ".js") and not path.stem.endswith("worker"):
            path.unlink()
    shutil.copy(STATIC / "search" / "search.js", site / "_static" / "search.js")


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        yield "search", {"qantar_rules": block(RULES | {"name": NAME}, "qantar-search")}, "search.html"


def _no_other(app: Sphinx) -> None:
    """Leave out Sphinx's own index, which knows no Arabic."""
    app.builder.search = False


def setup(app: Sphinx) -> None:
    """Register with Sphinx; after the files of ``_static`` are in their place."""
    app.connect("builder-inited", _no_other)
    app.connect("html-collect-pages", _page)
    app.connect("build-finished", _write, priority=900)
