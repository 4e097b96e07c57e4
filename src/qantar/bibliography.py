"""The bibliography of the later record: a BibTeX file as a table of sources, with everything that is wrong in it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pandas as pd

from qantar.problems import Problem

COLUMNS = ("key", "author", "title", "how", "date", "language", "kind", "background", "url")
BACKGROUND = "background"

_KEY = re.compile(r"[a-z][a-z0-9-]*")
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid")


def read_bibliography(path: str | Path, problems: list[Problem]) -> pd.DataFrame:
    """The entries of a BibTeX file, one row each, in ``COLUMNS``; the index is the line on which the entry starts.

    ``how`` is the way the text came to be seen (a repost, an agency cited), ``kind`` the first keyword,
    ``background`` whether no table is expected to cite it. Everything wrong is added to ``problems``.
    """
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        entries = parse_string(text, "bibtex").entries
    except FileNotFoundError:
        problems.append(
            Problem(str(path), 1, "key", "", "there is no such file; it holds the sources that the tables cite")
        )
        return _frame([], [])
    except (UnicodeDecodeError, PybtexError) as error:
        line = getattr(error, "lineno", None) or 1
        problems.append(Problem(str(path), line, "key", "", f"is not BibTeX in UTF-8: {error}"))
        return _frame([], [])
    lines = {
        match[1]: text.count("\n", 0, match.start()) + 1 for match in re.finditer(r"^@\w+\{([^,\s]+),", text, re.M)
    }
    rows = [_row(key, entry) for key, entry in entries.items()]
    frame = _frame(rows, [lines.get(key, 1) for key in entries])
    problems += _problems(frame, str(path))
    return frame


def url_fault(url: str) -> str | None:
    """What is wrong with the address of a source.

    >>> url_fault("https://tass.com/world/1383999") is None
    True
    >>> url_fault("tass.com/world")
    'is no web address; write it from https:// on'
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        return "is no web address; write it from https:// on"
    if re.search(r"[\s<>\"{}|\\^`]", url):
        return "has a character that no address may have; write it as %.."
    if (parts.hostname or "").endswith(".") or (parts.scheme == "https" and parts.port == 443):
        return "has a needless point or port behind the host; leave it out"
    tracking = [name for name, _ in parse_qsl(parts.query) if _TRACKING.fullmatch(name)]
    return f"tracks its reader with {', '.join(tracking)}; leave that out" if tracking else None


def usage_problems(sources: pd.DataFrame, used: set[str], file: str) -> Iterator[Problem]:
    """Entries that no table cites and that don't say so by the keyword ``background``, and those that say it wrongly."""
    for line, key, background in zip(sources.index, sources["key"], sources["background"], strict=True):
        if key not in used and not background:
            yield Problem(
                file,
                line,
                "keywords",
                key,
                f"is cited by no table; cite it, delete it, or add the keyword {BACKGROUND}",
            )
        if key in used and background:
            yield Problem(file, line, "keywords", key, f"is cited by a table; take the keyword {BACKGROUND} away")


def _row(key: str, entry: Any) -> dict[str, Any]:
    from pybtex.richtext import Text

    fields = entry.fields
    keywords = [word.strip() for word in fields.get("keywords", "").split(",") if word.strip()]
    authors = [" ".join(map(str, person.rich_last_names)) for person in entry.persons.get("author", [])]
    plain = {name: str(Text.from_latex(fields[name])) if name in fields else None for name in ("title", "howpublished")}
    return {
        "key": key,
        "author": ", ".join(authors) or None,
        "title": plain["title"],
        "how": plain["howpublished"],
        "date": fields.get("date"),
        "language": fields.get("language"),
        "kind": keywords[0] if keywords else None,
        "background": BACKGROUND in keywords[1:],
        "url": fields.get("url"),
        "year": fields.get("year"),
    }


def _frame(rows: list[dict[str, Any]], lines: list[int]) -> pd.DataFrame:
    index = pd.Index(lines, dtype="int64", name="line")
    frame = pd.DataFrame(rows, columns=[*COLUMNS, "year"], index=index)
    types = {column: "boolean" if column == "background" else "str" for column in frame.columns}
    return frame.astype(types)


def _problems(frame: pd.DataFrame, file: str) -> Iterator[Problem]:
    for line, row in zip(frame.index, frame.to_dict("records"), strict=True):
        for column in ("author", "title", "language", "kind", "url"):
            if pd.isna(row[column]):
                yield Problem(file, line, column, row["key"], "has none; every source needs it")
        if not _KEY.fullmatch(row["key"]):
            yield Problem(
                file,
                line,
                "key",
                row["key"],
                "is not a readable key; write publisher, year or -nd-, and a word, such as reuters2022purge",
            )
        if not pd.isna(row["url"]) and (fault := url_fault(row["url"])):
            yield Problem(file, line, "url", row["url"], fault)
        if not pd.isna(row["date"]) and (not _is_day(row["date"]) or row["year"] != row["date"][:4]):
            yield Problem(file, line, "date", row["date"], "is not a day as 2022-01-09 in the year that year gives")
    repeated = frame["url"].duplicated() & frame["url"].notna()
    for line, url in frame.loc[repeated, "url"].items():
        yield Problem(file, line, "url", url, "is the address of another entry too; keep one of the two")


def _is_day(text: str) -> bool:
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
