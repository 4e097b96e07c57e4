"""What can be taken home of a chapter: complete, the same bytes every time, and it runs elsewhere."""

import csv
import io
import json
import re
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient

from qantar import citation, figures
from qantar.book import chapter, digests, downloads, ledger, notebook, products
from qantar.tables import csv as as_csv

ROOT = Path(__file__).parents[1]
PARTS = {"code": "c" * 64, "data": "d" * 64, "lock": "e" * 64}
CELLS = """\
---
kernelspec: {{name: python3, display_name: Python 3}}
---
# {title}

```{{code-cell}}
import pandas as pd
from qantar.tables import show
show(pd.DataFrame({{"who": ["<b>", "\\u202eقال"]}}), "<i>Who</i> قال", label="tab-x-who")
```

```{{code-cell}}
print("164 dead")
```

```{{code-cell}}
show(pd.DataFrame({{"n": [1]}}))
```
"""


def collected(name: str) -> tuple[dict[str, bytes], dict, list[products.Product]]:
    path = ROOT / "chapters" / f"{name}.md"
    return downloads.collect(path.read_text("utf-8"), name, notebook.execute(path)[0], PARTS)


@pytest.fixture(scope="module")
def taken() -> tuple[dict[str, bytes], dict, list[products.Product]]:
    return collected("figures")


@pytest.fixture(scope="module")
def small(tmp_path_factory) -> nbformat.NotebookNode:
    path = tmp_path_factory.mktemp("small") / "x.md"
    path.write_text(CELLS.format(title="X"), "utf-8")
    return notebook.execute(path)[0]


def test_every_table_and_figure_of_a_chapter_is_a_file(taken):
    files, paper, made = taken
    assert {"figures.ipynb", "receipt.json", "tab-figures-killed.csv", "fig-figures-killed.svg", "fig-figures-killed.png"} <= files.keys()
    assert [p["label"] for p in paper["products"]] == [p.label for p in made] and len({p.label for p in made}) == len(made)
    source = (ROOT / "chapters" / "figures.md").read_text("utf-8")
    assert sum(p.kind == "table" for p in made) == source.count("show(") and sum(p.kind == "figure" for p in made) == source.count("mystnb:")


def test_the_files_hold_what_the_functions_give(taken, book):
    files, _, made = taken
    assert files["tab-figures-killed.csv"].decode() == as_csv(figures.killed(book.record))
    assert files["fig-figures-killed.svg"].decode().rstrip() == figures.killed_figure(book.coding, book.record).to_svg().rstrip()
    figure = next(product for product in made if product.label == "fig-figures-killed")
    assert figure.caption == "The official death toll from the last count before the report to the list of names" and "Ladder of" in figure.description


def test_a_picture_of_dots_has_two_for_each_of_the_page(taken):
    files = taken[0]
    assert files["fig-figures-killed.png"].startswith(b"\x89PNG")
    wide = int.from_bytes(files["fig-figures-killed.png"][16:20], "big")
    points = float(re.search(rb'<svg[^>]* width="([\d.]+)pt"', files["fig-figures-killed.svg"])[1])
    assert abs(wide - 2 * points * 96 / 72) <= 0.01 * wide  # letters are a little wider in dots


def test_two_executions_give_the_same_bytes(taken):
    files = collected("figures")[0]
    assert {name for name in files if files[name] != taken[0][name]} == set() and files.keys() == taken[0].keys()


def test_the_notebook_is_valid_and_has_no_place_and_no_time(taken):
    text = taken[0]["figures.ipynb"].decode()
    found = nbformat.reads(text, as_version=4)
    nbformat.validate(found)
    assert str(ROOT) not in text and "iopub" not in text and "image/png" not in text
    assert [cell.id for cell in found.cells[:2]] == ["figures-001", "figures-002"]
    assert [cell.execution_count for cell in found.cells if cell.cell_type == "code"] == list(range(1, 12))


def test_the_notebook_runs_elsewhere_and_gives_the_same_tables(taken, tmp_path):
    files, _, made = taken
    (tmp_path / "figures.ipynb").write_bytes(files["figures.ipynb"])
    again = nbformat.read(tmp_path / "figures.ipynb", as_version=4)
    for cell in again.cells:
        cell.update({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
    NotebookClient(again, timeout=120, resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert [(p.label, p.sha256) for p in products.products(again)] == [(p.label, p.sha256) for p in made]
    assert products.printed(again) == products.printed(nbformat.reads(files["figures.ipynb"].decode(), as_version=4))


def test_the_receipt_has_the_digest_of_every_product_and_input(taken):
    files, paper, _ = taken
    assert json.loads(files["receipt.json"]) == paper
    assert {p["file"]: p["sha256"] for p in paper["products"]} == {p["file"]: digests.of(files[p["file"]]) for p in paper["products"]}
    source = (ROOT / "chapters" / "figures.md").read_text("utf-8")
    assert paper["inputs"] == {"chapter": digests.of(source), **PARTS} and paper["book"]["version"] == citation.version()
    assert paper["reproduce"] == {"chapter": "make chapter NAME=figures", "all": "make verify"}


def test_hostile_text_of_a_chapter_is_text_at_its_foot_and_whole_in_its_files(small):
    files, paper, made = downloads.collect("", "x", small, PARTS)
    page = BeautifulSoup(downloads.foot("x", paper, made, lambda file: f"../downloads/x/{file}"), "html.parser")
    assert not page.find_all("i") and page.li.bdi["lang"] == "ar" and "<i>Who</i>" in page.li.text
    assert list(csv.reader(io.StringIO(files["tab-x-who.csv"].decode(), newline=""))) == [["who"], ["<b>"], ["\u202eقال"]]
    assert [a["href"].split("/")[-1] for a in page.find_all("a") if a.has_attr("download")] == ["x.ipynb", "receipt.json", "tab-x-who.csv", "table-2.csv"]
    assert f"code {'c' * 12}," in page.text and "make chapter NAME=x" in page.text


def test_what_is_printed_is_what_is_no_table(small):
    assert products.printed(small) == "164 dead\n"


@pytest.mark.parametrize("name", ["../escape", "a/b", "A", ""])
def test_a_name_that_is_no_file_name_is_replaced(name):
    made = products.products(nbformat.from_dict({"cells": [{
        "metadata": {"mystnb": {"figure": {"name": name}}}, "outputs": [{"data": {"image/svg+xml": "<svg/>"}}]}]}))
    assert [product.file for product in made] == ["figure-1.svg"]


def test_a_chapter_without_cells_has_a_receipt_and_no_notebook():
    files, paper, made = downloads.collect("# Prose\n", "prose", None, PARTS)
    page = BeautifulSoup(downloads.foot("prose", paper, made, str), "html.parser")
    assert list(files) == ["receipt.json"] and "printed" not in paper
    assert [a["href"] for a in page.find_all("a")] == ["receipt.json"] and not page.details and "make verify" in page.text and "make chapter" not in page.text


def test_ledgers_are_tables_with_all_columns_of_the_record(book):
    source = "```{ledger} claims\n```\n\n:::{ledger} claims\n:topic: deaths\n:::\n\n```{ledger} nothing\n```\n"
    whole, deaths = products.ledgers(source, "ledger")
    assert (whole.label, deaths.label) == ("tab-ledger-claims", "tab-ledger-claims-deaths")
    assert whole.files["csv"].decode() == as_csv(book.record.claims)
    assert deaths.files["csv"].decode() == as_csv(ledger.rows(book.record, "claims", "deaths")) != whole.files["csv"].decode()


def test_one_chapter_executed_alone_leaves_the_same_files(taken, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    said = chapter.main("figures", tmp_path)
    for name in taken[0].keys() - {"receipt.json"}:
        assert (tmp_path / "figures" / name).read_bytes() == taken[0][name], name
    assert f"{tmp_path / 'figures' / 'tab-figures-killed.csv'} (.html)  10 rows. Claims on the number of dead, by date" in said


CAPTIONS = {
    "The toll. Hollow: withdrawn.": "The toll",
    "Words by side; the filled part follows.\n": "Words by side",
    "Sums, in {ref}`the text <validation>`: more": "Sums, in the text",
    "A *row* of {claim}`F05`": "A row of F05",
    "": "",
}


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_caption_is_cut_to_its_first_clause(caption):
    assert products.short(caption) == CAPTIONS[caption]
