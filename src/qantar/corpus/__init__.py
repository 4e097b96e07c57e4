"""Many reports: read on any number of processes or machines into Parquet, and analysed without loading them all.

`run` reads, `open_corpus` opens what it wrote. A corpus is a folder with one Parquet dataset a table, cut by month of
publication; `layout` says what else lies there. Work is cut into units of some hundred reports. Each is read on a worker, which
opens its texts and writes its rows itself, so that nothing of a report passes through the client.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOME = {"run": "steps", "Options": "job", "Columns": "job", "open_corpus": "dataset", "Corpus": "dataset"}
__all__ = list(_HOME)


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f"qantar.corpus.{_HOME[name]}"), name)
    raise AttributeError(f"module 'qantar.corpus' has no attribute {name!r}")
