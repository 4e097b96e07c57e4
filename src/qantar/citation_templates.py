"""The citations of a page in little space: a template a kind of label, and what each label puts into it.

The parts of one page are cited alike but for title and label. A template is the text of a part with signs in their
place, from the same writers as any other text. What a label's own text has in the place of the title is kept with it;
where its text is not the template's at all, the text is kept whole. So what a page fills in is what was computed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from qantar import citation, citation_formats
from qantar.citation import Item
from qantar.citation_formats import FORMATS, STYLES, tex
from qantar.labels import Label

# Letters of nobody, which titles cannot have; the last is the label as TeX has to have it, within the note of an entry.
TITLE, LABEL, FILE, TEX_LABEL = "\ue001", "\ue002", "\ue003", "\ue004"
BY_NAME = ("sentence", "row")  # kinds whose title is made from the label, and whose text is filled in

Texts = dict[str, str]
Format = Callable[[Item, str], str]


def template_item(label: Label, chapter: str, about: Mapping[str, Any]) -> Item:
    """The item of a label with signs for its title, its name and its file."""
    found = citation.item(Label(LABEL, label.kind, label.page, label.title, label.table), chapter, about)
    if label.kind == "row":
        found["medium"] = found["medium"].replace(citation.files()[label.table], FILE)
    return found | ({} if label.kind == "sentence" else {"title": label.title.replace(label.id, LABEL) if label.kind == "row" else TITLE})


def fill(template: str, title: str, label: str, file: str = "") -> str:
    """The template with a title, a label and a file in the place of their signs; the title last, it may hold anything."""
    return template.replace(LABEL, label).replace(TEX_LABEL, tex(label)).replace(FILE, file).replace(TITLE, title)


def form_of(text: str, template: str, label: str) -> str | None:
    """What a text has in the place of the title, ``None`` if it is not of this template."""
    before, sign, after = fill(template, TITLE, label).partition(TITLE)
    if not sign:
        return "" if text == before else None
    fits = text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after)
    form = text[len(before) : len(text) - len(after)]
    return form if fits and fill(template, form, label) == text else None


class Citations:
    """The text of every label in every format, and what a page needs to make those of its own.

    ``kept`` holds what the styles made of items before, by style and item; ``used`` what this one asked for.
    """

    def __init__(self, labels: Iterable[Label], about: Mapping[str, Any], kept: Mapping[str, str] | None = None) -> None:
        self.about, self.kept, self.used = about, kept or {}, {}
        self.labels = {label.id: label for label in [Label("book", "book", "", ""), *labels]}
        self.chapters = {label.page: label.title for label in self.labels.values() if label.kind == "chapter"}
        self._templates: dict[tuple[str, str], Texts] = {}
        self._alike: dict[str, bool] = {}

    def texts(self, label: Label) -> Texts:
        """All texts of a label."""
        item, by_name = self.item(label), label.kind in BY_NAME and self._all_alike(label)
        made = self.templates(label)
        return {
            form: fill(made[form], "", label.id, self.file(label)) if by_name and form in STYLES else self._write(item, form)
            for form in FORMATS
        }

    def item(self, label: Label) -> Item:
        """The label as CSL-JSON."""
        return citation.item(label, self.chapters.get(label.page, ""), self.about)

    def file(self, label: Label) -> str:
        """The file of a row, an empty string for all else."""
        return citation.files()[label.table] if label.table else ""

    def templates(self, label: Label) -> Texts:
        """The texts of all labels of this kind on this page, with signs."""
        key = label.page, label.kind
        if key not in self._templates:
            item = template_item(label, self.chapters.get(label.page, ""), self.about)
            noted = item | ({"medium": item["medium"].replace(LABEL, TEX_LABEL)} if "medium" in item else {})
            self._templates[key] = {form: self._write(noted if form == "bibtex" else item, form) for form in FORMATS}
        return self._templates[key]

    def page(self, page: str, shown: Iterable[Label]) -> dict[str, Any]:
        """What a page needs for some labels: templates by kind, titles with what replaces them, files of rows."""
        found: dict[str, Any] = {"templates": {}, "labels": {}, "rows": {}}
        for label in shown:
            made, texts = self.templates(label), self.texts(label)
            found["templates"][label.kind] = list(made.values())
            if label.kind == "row":
                found["rows"][label.id.rstrip("0123456789")] = self.file(label)
            if label.kind not in BY_NAME or any(fill(made[f], "", label.id, self.file(label)) != texts[f] for f in FORMATS):
                found["labels"][label.id] = entry(label, made, texts)
        return found

    def _all_alike(self, label: Label) -> bool:
        """Whether the template gives what the styles make, tried on the first and the last row of a table."""
        group = label.table or label.kind
        if group not in self._alike:
            members = [other for other in self.labels.values() if (other.table or other.kind) == group]
            self._alike[group] = all(
                fill(self.templates(tried)[style], "", tried.id, self.file(tried)) == self._write(self.item(tried), style)
                for tried in (members[0], members[-1]) for style in STYLES
            )
        return self._alike[group]

    def _write(self, item: Item, form: str) -> str:
        if form not in STYLES:
            return str(citation_formats.write(item, form))
        key = f"{form} {json.dumps(item, ensure_ascii=False)}"
        if key not in self.used:
            self.used[key] = self.kept.get(key) or str(citation_formats.write(item, form))
        return self.used[key]


def entry(label: Label, templates: Texts, texts: Texts) -> list[Any]:
    """Kind and title of a label, and by format what is not the title: a form of it, or in a list the text whole."""
    title = citation.title(label)
    forms: list[Any] = []
    for name in FORMATS:
        form = form_of(texts[name], templates[name], label.id)
        same = form is not None and fill(templates[name], title, label.id) == texts[name]
        forms.append([texts[name]] if form is None else None if same else form)
    while forms and forms[-1] is None:
        forms.pop()
    return [label.kind, title, *([forms] if forms else [])]
