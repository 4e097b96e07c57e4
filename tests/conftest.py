"""What several tests need: the book's data, read once, and the built site."""

from pathlib import Path

import pytest

from qantar.values import Book, load_book

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def book() -> Book:
    return load_book()


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built book; `make test` builds it first."""
    folder = ROOT / "_build" / "html"
    if not (folder / "index.html").exists():
        pytest.skip("the book is not built: make book")
    return folder
