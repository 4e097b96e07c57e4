"""The index of the book: subjects, names in all their scripts, and every content word of the report with its sentences.

One page without a script, which does where the search can't run.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from sphinx.application import Sphinx

from qantar import citation, values
from qantar.arabic import fold
from qantar.book.labels import labels
from qantar.labels import Label
from qantar.phrasing import mark_arabic

PAGE = "concordance"
_REPORT = "chapters/report.html"
_FUNCTION_WORDS = {"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "PUNCT", "SCONJ", "X"}
_SCRIPTS = {"name_ar": ("ar", "rtl"), "name_kk": ("kk", "ltr"), "name_ru": ("ru", "ltr")}
_ARTICLE = re.compile(r"^(?:The|An?) ")


def subjects(found: Iterable[Label]) -> Iterator[str]:
    """Chapters, sections, figures and tables by title; one title in several chapters is one entry."""
    chapters = {label.page: label.title for label in found if label.kind == "chapter"}
    places: dict[str, list[Label]] = defaultdict(list)
    for label in found:
        if label.kind in ("chapter", "section", "figure", "table"):
            places[citation.title(label)].append(label)
    for title in sorted(places, key=lambda title: _ARTICLE.sub("", title).lower()):
        at = places[title]
        if len(at) == 1 and at[0].kind == "chapter":
            yield f"<li>{_to(at[0], title)}</li>"
        else:
            yield f"<li>{mark_arabic(title)}: {', '.join(_to(label, chapters.get(label.page, label.page)) for label in at)}</li>"


def _to(label: Label, text: str) -> str:
    return f'<a href="{label.page}.html#{label.id}">{mark_arabic(text)}</a>'


def names(book: values.Book) -> Iterator[str]:
    """Actors by their English name, with the forms of other scripts and the sentences that mention them."""
    mentioned = book.coding.mentions.groupby("actor")["sentence"].unique()
    for actor in sorted(book.coding.actors.to_dict("records"), key=lambda actor: _ARTICLE.sub("", actor["name_en"]).lower()):
        forms = ", ".join(
            f'<bdi lang="{language}" dir="{direction}">{escape(actor[column])}</bdi>'
            for column, (language, direction) in _SCRIPTS.items() if isinstance(actor.get(column), str)
        )
        at = _sentences(mentioned.get(actor["id"], []))
        yield f'<li><a href="chapters/actors.html#actor-{actor["id"]}">{escape(actor["name_en"])}</a> {forms} {at}</li>'


def words(book: values.Book) -> Iterator[tuple[str, list[str]]]:
    """The content words of the report by first letter, each with its meanings and the sentences it stands in."""
    content = book.words[~book.words["pos"].isin(_FUNCTION_WORDS) & ~book.words["form"].str.fullmatch(r"[\d\W]+")]
    entries = []
    for lemma, rows in content.groupby("lemma", sort=False):
        meanings = "; ".join(dict.fromkeys(rows["gloss_en"]))
        entry = f'<li><bdi lang="ar" dir="rtl">{escape(str(lemma))}</bdi> {escape(meanings)} {_sentences(rows["sentence"].unique())}</li>'
        entries.append((fold(str(lemma)), entry))
    for letter, group in groupby(sorted(entries), key=lambda entry: entry[0][:1]):
        yield letter, [entry for _, entry in group]


def _sentences(found: Sequence[str]) -> str:
    return " ".join(f'<a href="{_REPORT}#{sentence}">{sentence}</a>' for sentence in found)


def body(book: values.Book, found: list[Label]) -> str:
    """The page as HTML. A book without a gloss has no dictionary forms, and no list of words."""
    listed = list(words(book))
    about = (
        "What the book treats, whom the report names, and every content word of it: by lemma, with its meaning where it stands and the sentences "
        "that have it. Particles, pronouns and numbers are left out."
    ) if listed else "What the book treats, and whom the report names."
    arabic = "".join(f'<h3 lang="ar" dir="rtl">{escape(letter)}</h3>{_list(entries)}' for letter, entries in listed)
    return (
        f"<h1>Index</h1><p>{about}</p>{_section('subjects', 'Subjects', _list(subjects(found)))}{_section('names', 'Names', _list(names(book)))}"
        f"{_section('words', 'Words of the report', arabic) if listed else ''}"
    )


def _section(name: str, title: str, content: str) -> str:
    return f'<section id="{name}"><h2>{title}</h2>{content}</section>'


def _list(entries: Iterable[str]) -> str:
    return f'<ul class="concordance">{"".join(entries)}</ul>'


def _page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if app.builder.name == "html":
        yield PAGE, {"title": "Index", "body": body(values.load_book(), labels(app.env))}, "page.html"


def setup(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("html-collect-pages", _page)
