"""What the tests of a corpus share: reports to read, a run in this process, and the bytes of what came out."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qantar.corpus import Options, engine, layout, open_corpus, run
from qantar.reading.bench import texts

SHORT = "قتل 12 شخصاً في بيروت، وقالت وزارة الصحة اللبنانية إن 30 آخرين أصيبوا."


@pytest.fixture(scope="session")
def client() -> Iterator[Any]:
    """A cluster in this process, of one thread."""
    with engine.cluster(1, processes=False) as found:
        yield found


@pytest.fixture
def read(client, tmp_path) -> Callable[..., Any]:
    """Reads sources into ``out`` beside them; the corpus."""

    def made(*sources: Path, out: str = "out", note: Callable[[str], None] = lambda line: None, **options: Any) -> Any:
        run(sources, tmp_path / out, Options(**options), client, note=note)
        return open_corpus(tmp_path / out)

    return made


@pytest.fixture(scope="session")
def long_texts() -> list[str]:
    """Reports of several paragraphs: the book's own, and the open half of the validation set."""
    return texts()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a corpus with its bytes, but for the one that tells the time."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: content for name, content in files.items() if name != layout.RUN}


def write_jsonl(path: Path, rows: list[Any]) -> Path:
    """A file with a row a line; a row that is text already stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
