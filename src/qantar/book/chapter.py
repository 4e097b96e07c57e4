"""Execute one chapter alone and say what it produced: ``make chapter NAME=events``."""

from __future__ import annotations

import html
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from qantar.book.pictures import description

CHAPTERS = Path("chapters")


def names(folder: Path = CHAPTERS) -> list[str]:
    """The chapters that have something to execute, by file name without ending."""
    return [path.stem for path in sorted(folder.glob("*.md")) if is_myst_markdown_notebook(path.read_text("utf-8"))]


def execute(path: Path) -> tuple[nbformat.NotebookNode, float]:
    """The chapter as an executed notebook, and the seconds that took, the start of the kernel included.

    It runs as in the build of the book: in the folder of the chapter, with nothing kept from before.
    Raises ``CellExecutionError`` at the first cell that fails.
    """
    notebook = read_myst_markdown_notebook(path.read_text("utf-8"), path=path)
    start = time.perf_counter()
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    return notebook, time.perf_counter() - start


def products(notebook: nbformat.NotebookNode) -> Iterator[tuple[str, str, str, str]]:
    """Each figure and table: its kind, the ending of its file, its caption or description, its content."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            page = data.get("text/html", "")
            if "image/svg+xml" in data:
                yield "figure", "svg", description(data["image/svg+xml"]), data["image/svg+xml"]
            elif "<table" in page:
                caption = re.search(r"<caption>(.*?)</caption>", page, re.DOTALL)
                text = html.unescape(re.sub(r"<[^>]+>", "", caption.group(1))) if caption else ""
                yield "table", "html", f"{page.count('<tr') - page.count('<thead')} rows. {text}".strip(), page


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells wrote to standard error, on which the build of the book fails."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.text.strip() for output in outputs if output.get("name") == "stderr"]


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
    count = {"figure": 0, "table": 0}
    for kind, ending, text, content in products(notebook):
        count[kind] += 1
        file = folder / f"{kind}-{count[kind]}.{ending}"
        file.write_text(content, "utf-8")
        lines.append(f"  {file}  {text}")
    nbformat.write(notebook, folder / f"{name}.ipynb")
    return "\n".join([*lines, f"  {folder / name}.ipynb  the executed notebook"])


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1], Path(sys.argv[2])) + "\n")
