"""What a reader can take home of a chapter, below ``downloads/<chapter>/``, and the lines at its foot that offer it.

The executed notebook, each table as CSV, each figure as SVG and PNG, and the receipt that says what they were computed
from. Files are named by the labels of what they hold, which do not change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from qantar import citation, phrasing
from qantar.book import cache, digests, receipt
from qantar.book.notebook import tidied
from qantar.book.products import Product, ledgers, printed, products

FOLDER = "downloads"


def collect(source: str, name: str, notebook: Any | None, parts: Mapping[str, str]) -> tuple[dict[str, bytes], dict[str, Any], list[Product]]:
    """All files of a chapter by name, its receipt, its products; ``notebook`` is none if it has no cells."""
    made = [*(products(notebook) if notebook is not None else []), *ledgers(source, name)]
    paper = receipt.make(source, name, made, None if notebook is None else printed(notebook), parts)
    files = {f"{product.label}.{ending}": content for product in made for ending, content in product.files.items()}
    if notebook is not None:
        files[f"{name}.ipynb"] = tidied(notebook, name).encode("utf-8")
    return files | {receipt.NAME: receipt.text(paper).encode("utf-8")}, paper, made


def foot(name: str, paper: Mapping[str, Any], made: Sequence[Product], address: Callable[[str], str]) -> str:
    """The lines at the foot of a chapter as HTML; ``address`` gives that of a file in the chapter's folder."""
    has_cells = "printed" in paper
    first = [_link(address(f"{name}.ipynb"), "Notebook with outputs")] if has_cells else []
    first.append(_link(address(receipt.NAME), "Receipt"))
    inputs = ", ".join(f"{part} <code>{paper['inputs'][part][:12]}</code>" for part in receipt.INPUTS)
    again = [f"<code>{escape(command)}</code>" for command in paper["reproduce"].values()]
    how = f"Run it again: {again[0]}; compare all chapters with this site: {again[1]}." if has_cells else f"Compare all chapters with this site: {again[0]}."
    items = "".join(f"<li>{phrasing.mark_arabic(p.caption or p.label)} {_files(p, address)}</li>" for p in made)
    listed = f"<details><summary>{_count(made)}</summary><ul>{items}</ul></details>" if made else ""
    return (
        f'<footer class="rerun"><p><strong>Downloads and rerun</strong> {" · ".join(first)}</p>{listed}'
        f"<p>Version {escape(paper['book']['version'])}; {inputs}. {how}</p></footer>"
    )


def _files(product: Product, address: Callable[[str], str]) -> str:
    return " · ".join(_link(address(f"{product.label}.{ending}"), ending.upper(), product.label) for ending in product.files)


def _link(address: str, text: str, of: str = "") -> str:
    """A link that saves a file; ``of`` tells apart, for those who hear them, links that read alike."""
    label = f' aria-label="{escape(text)} of {escape(of)}"' if of else ""
    return f'<a href="{escape(address)}" download{label}>{escape(text)}</a>'


def _count(made: Sequence[Product]) -> str:
    counts = [(sum(product.kind == kind for product in made), kind) for kind in ("table", "figure")]
    return phrasing.listing([f"{n} {kind}{'' if n == 1 else 's'}" for n, kind in counts if n])


def _remember_inputs(app: Sphinx, config: Config) -> None:
    config["qantar_inputs"] = {**digests.parts(), "version": citation.version()}


def _offer(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Write a chapter's files as its page is written, and offer them at its foot."""
    if app.builder.format != "html" or doctree is None or "body" not in context:
        return
    path, name = Path(app.env.doc2path(page)), page.rpartition("/")[2]
    parts = {part: app.config["qantar_inputs"][part] for part in receipt.INPUTS if part != "chapter"}
    files, paper, made = collect(path.read_text("utf-8"), name, cache.executed(app, path), parts)
    folder = Path(app.outdir) / FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        (folder / file).write_bytes(content)
    context["body"] += foot(name, paper, made, lambda file: context["pathto"](f"{FOLDER}/{name}/{file}", 1))


def setup(app: Sphinx) -> None:
    """Register with Sphinx; pages are written again when their receipts change."""
    app.add_config_value("qantar_inputs", {}, "html", dict)
    app.connect("config-inited", _remember_inputs)
    app.connect("html-page-context", _offer)
