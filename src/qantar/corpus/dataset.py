"""A corpus that is there: its manifest, its tables as datasets that are read when asked, and their parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qantar.corpus import layout
from qantar.report import ReportError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow.dataset as ds


@dataclass(frozen=True)
class Part:
    """The reports of one unit in one month; their rows of every table lie in files of the same name."""

    out: Path
    month: str
    key: str

    def read(self, table: str, columns: list[str], filters: Any = None) -> pd.DataFrame:
        """Some columns of the rows of a table, those alone that pass the filters (of pyarrow); none if it has no row."""
        import pandas as pd

        path = layout.part(self.out, table, self.month, self.key)
        if not path.exists():
            return pd.DataFrame({name: pd.Series(dtype=object) for name in columns})
        return layout.read_table(path, columns, filters).select(columns).to_pandas()


@dataclass(frozen=True)
class Corpus:
    """A finished corpus: its folder, and what its manifest says."""

    folder: Path
    manifest: dict[str, Any] = field(repr=False)

    def dataset(self, table: str) -> ds.Dataset:
        """A table as a dataset of pyarrow, of which nothing is read yet; ``month`` is a column of it.

        Raises ``KeyError`` with the names there are if there is no such table.
        """
        import pyarrow as pa
        import pyarrow.dataset as ds

        from qantar.corpus import schemas

        if table not in schemas.TABLES:
            raise KeyError(f"no table {table!r}; there are {', '.join(schemas.TABLES)}")
        schema = schemas.of(table).append(pa.field("month", pa.string()))
        paths = self._paths(table)
        if not paths:
            return ds.dataset(schema.empty_table())
        return ds.dataset([str(self.folder / path) for path in paths], schema, format="parquet", partitioning="hive")

    def parts(self, since: str = "", until: str = "~") -> list[Part]:
        """Its parts by month and unit; ``since`` and ``until`` are months (``2022-01``), both within."""
        found = [Part(self.folder, layout.month_of(path), layout.key_of(path)) for path in self._paths("reports")]
        return [part for part in found if since <= part.month <= until]

    def _paths(self, table: str) -> list[Path]:
        """The files of a table below the folder, as the corpus lists them."""
        listed = layout.read_table(self.folder / layout.PARTS, ["path"])["path"].to_pylist()
        return [Path(path) for path in listed if path.startswith(f"{table}/")]

    def rejected(self) -> pd.DataFrame:
        """What could not be read: ``source, line, report, reason, message``."""
        return layout.read_table(self.folder / layout.REJECTED).to_pandas()


def open_corpus(folder: str | Path) -> Corpus:
    """The corpus in a folder. Raises ``ReportError`` if none has been finished there."""
    folder = Path(folder)
    manifest = layout.read_json(folder / layout.MANIFEST)
    if manifest is None:
        begun = (folder / layout.SETTINGS).exists()
        why = "the run that writes it is not finished; the same command goes on with it" if begun else "no corpus is there"
        raise ReportError(f"{folder}: {why}")
    return Corpus(folder, manifest)
