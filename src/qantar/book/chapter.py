"""Execute one chapter alone and say what it produced: ``make chapter NAME=events``."""

from __future__ import annotations

import sys
from pathlib import Path

from nbclient.exceptions import CellExecutionError

from qantar.book.notebook import complaints, execute, is_notebook, tidied
from qantar.book.products import Product, products

CHAPTERS = Path("chapters")


def names(folder: Path = CHAPTERS) -> list[str]:
    """The chapters that have something to execute, by file name without ending."""
    return [path.stem for path in sorted(folder.glob("*.md")) if is_notebook(path)]


def main(name: str, folder: Path) -> str:
    """Execute a chapter, write its notebook, figures and tables below ``folder``; the text that says so.

    Exits with one clear line if there is no such chapter, with the traceback if a cell fails.
    """
    if name not in names():
        sys.exit(f"make chapter NAME=...: no chapter to execute is called {name!r}. There are: {', '.join(names())}.")
    folder = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    try:
        notebook, seconds = execute(CHAPTERS / f"{name}.md")
    except CellExecutionError as error:
        sys.exit(f"{name}: a cell failed.\n{error}")
    if complaints(notebook):
        sys.exit("\n".join([f"{name}: a cell writes to standard error, and the book would not build.", *complaints(notebook)]))
    lines = [f"{name}: {sum(cell.cell_type == 'code' for cell in notebook.cells)} cells executed in {seconds:.1f} seconds"]
    for product in products(notebook):
        files = _files(product)
        for ending, content in files.items():
            (folder / f"{product.label}.{ending}").write_bytes(content)
        others = ", ".join(f".{ending}" for ending in files if ending != product.main)
        lines.append(f"  {folder / product.file} ({others})  {_remark(product)}".replace(" ()", ""))
    (folder / f"{name}.ipynb").write_text(tidied(notebook, name), "utf-8")
    return "\n".join([*lines, f"  {folder / name}.ipynb  the executed notebook"])


def _files(product: Product) -> dict[str, bytes]:
    """The files of a product, and the HTML of a table."""
    return {**product.files, **({"html": product.page.encode("utf-8")} if product.page else {})}


def _remark(product: Product) -> str:
    """What is said of a product: of a table its rows and caption, of a figure what it shows."""
    if product.kind == "figure":
        return product.description
    return f"{product.page.count('<tr') - product.page.count('<thead')} rows. {product.caption}".strip()


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], Path(sys.argv[2])) + "\n")
