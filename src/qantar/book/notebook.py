"""A chapter as a notebook: read from its source, executed with a fresh kernel, and tidied to be downloaded."""

from __future__ import annotations

import copy
import time
from collections.abc import Mapping
from pathlib import Path

import nbformat
from myst_nb.core.read import is_myst_markdown_notebook, read_myst_markdown_notebook
from nbclient import NotebookClient

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
_KEPT = ("tags", "mystnb")  # of a cell's metadata; the rest says when and how long it ran


def is_notebook(path: Path) -> bool:
    """Whether a chapter has cells to execute."""
    return path.suffix == ".md" and is_myst_markdown_notebook(path.read_text(encoding="utf-8"))


def read(path: Path) -> nbformat.NotebookNode:
    """The chapter as a notebook without outputs."""
    return read_myst_markdown_notebook(path.read_text("utf-8"), path=path)


def execute(path: Path, folder: Path | None = None, environment: Mapping[str, str] | None = None) -> tuple[nbformat.NotebookNode, float]:
    """The chapter as an executed notebook, and the seconds that took, the start of the kernel included.

    It runs with nothing kept from before, as in the build of the book: in the folder of the chapter, if no other is
    given. ``environment``, if given, is all the environment that the kernel has.
    Raises ``CellExecutionError`` at the first cell that fails.
    """
    notebook = read(path)
    start = time.perf_counter()
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder or path.parent)}})
    client.execute(**({"env": dict(environment)} if environment is not None else {}))
    return notebook, time.perf_counter() - start


def complaints(notebook: nbformat.NotebookNode) -> list[str]:
    """What the cells wrote to standard error, on which the build of the book fails."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [output.text.strip() for output in outputs if output.get("name") == "stderr"]


def tidied(notebook: nbformat.NotebookNode, name: str) -> str:
    """The notebook of the chapter ``name`` as text: the same for the same outputs, without times and random identifiers.

    A figure is in it as SVG alone.
    """
    made = copy.deepcopy(notebook)
    made.metadata = nbformat.from_dict({"kernelspec": _KERNEL, "language_info": {"name": "python"}})
    made.nbformat, made.nbformat_minor = 4, 5
    count = 0
    for place, cell in enumerate(made.cells, start=1):
        cell.id = f"{name[:56]}-{place:03d}"
        cell.metadata = nbformat.from_dict({key: cell.metadata[key] for key in _KEPT if key in cell.metadata})
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            if "image/svg+xml" in output.get("data", {}):
                output.data.pop("image/png", None)  # the same picture once more, and larger
    return nbformat.writes(made) + "\n"
