"""A report as it comes: a file or standard input of any size, checked once and then read a line at a time.

The first pass finds what makes a text unreadable before anything is printed; the second gives its sentences without
holding the text. Sentences and offsets are those of `qantar.report`: a line is a paragraph, so lines can be read alone.
A line longer than ``LINE_LIMIT`` (a whole book on one line) is read in parts, cut after the last mark that ends a
sentence within the limit, or between words, or where the limit falls.
"""

from __future__ import annotations

import codecs
import contextlib
import datetime
import hashlib
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from qantar import arabic
from qantar.reading import dates
from qantar.reading.words import words_of
from qantar.report import ReportError, Sentence, decode, likely_encoding, sentences_of

LINE_LIMIT = 50_000
YEARS = range(1800, 2200)
"""The years in which a report can have been published; arithmetic with days is safe in them."""

_CHUNK = 1 << 16
_KEPT = 1 << 23
_BREAK = re.compile(r"\r\n|[\n\u2028\u2029]|\r(?!\Z)")
_ENDS = "\r\n\u2028\u2029"
_SENTENCE_END = re.compile(r"[.!?؟۔][^\w\s]{0,8}\s+")
_SPACE = re.compile(r"\s+")
_DATELINE = 3
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Source:
    """A text that can be read as a report. ``sha256`` is that of the bytes, ``characters`` what offsets count."""

    name: str
    sha256: str
    characters: int
    metadata: dict[str, Any] = field(repr=False)
    file: BinaryIO = field(repr=False)
    origin: int = field(repr=False)

    def sentences(self) -> Iterator[Sentence]:
        """Its sentences in order, from the start; one iterator at a time."""
        self.file.seek(self.origin)
        yield from sentences_in(_texts(self.file))

    def published(self) -> tuple[datetime.date, str] | None:
        """The day of publication that the report tells, and the words that tell it; ``None`` if it does not.

        It is ``published`` in the ``.yml`` file beside it (then there are no words), else the first full date with its
        year in the first three sentences. Raises ``ReportError`` if the metadata have something else than a day there.
        """
        named = self.metadata.get("published")
        if named is not None:
            return publication_day(named, f"{Path(self.name).with_suffix('.yml')}: published"), ""
        return dated(self.sentences())


@contextlib.contextmanager
def open_source(path: str | Path | None, stdin: BinaryIO | None = None) -> Iterator[Source]:
    """The report in a file, or in ``stdin`` where ``path`` is ``None``; closed at the end.

    Raises ``ReportError`` with one line if there is no such file, it is empty, not UTF-8, without Arabic, or not the
    one that the ``.yml`` beside it describes.
    """
    name = "standard input" if path is None else str(path)
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb")) if path is not None else stdin
            assert file is not None
            kept = file if file.seekable() else stack.enter_context(tempfile.SpooledTemporaryFile(_KEPT))
            origin = kept.tell()
            sha256, characters = _examine(file, kept if kept is not file else None, name)
        except OSError as error:
            raise ReportError(f"{name}: {_reason(error)}") from None
        beside = Path(name).with_suffix(".yml")
        metadata = {} if path is None or beside == Path(name) else read_metadata(beside)
        if metadata.get("sha256") not in (None, sha256):
            raise ReportError(f"{name}: the text is not the one that {beside.name} describes (sha256 differs)")
        yield Source(name, sha256, characters, metadata, kept, origin)


def sentences_in(texts: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a text that comes in parts of any length, numbered through, with offsets into the whole."""
    offset, line, number = 0, 0, 1
    for part in lines_in(texts):
        for sentence in sentences_of(part, offset, line, number):
            yield sentence
            number += 1
        offset += len(part)
        line += part[-1] in _ENDS


def lines_in(texts: Iterable[str]) -> Iterator[str]:
    """The lines of a text that comes in parts, each with its end; those over ``LINE_LIMIT`` in several pieces.

    The pieces do not depend on the parts, and put together are the text.
    """
    rest = ""
    for text in texts:
        rest += text
        start = 0
        for match in _BREAK.finditer(rest):
            yield from _pieces(rest[start : match.end()], whole=True)
            start = match.end()
        # What has no end yet may still grow; only what is over the limit already can be given away.
        *ready, rest = _pieces(rest[start:], whole=False)
        yield from ready
    if rest:
        yield rest


def dated(sentences: Iterable[Sentence]) -> tuple[datetime.date, str] | None:
    """The first full date with its year in the first three sentences: (day, the words that tell it)."""
    return next(_dated(islice(sentences, _DATELINE)), None)


def publication_day(value: object, what: str) -> datetime.date:
    """A day of publication from ``2022-01-09`` or a date. Raises ``ReportError`` that names ``what`` if it is none."""
    if isinstance(value, datetime.datetime):
        value = value.date()
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            value = datetime.date.fromisoformat(value)
    if not isinstance(value, datetime.date):
        raise ReportError(f"{what}: {value!r} is not a day; write it as YYYY-MM-DD, such as 2022-01-09")
    if value.year not in YEARS:
        raise ReportError(f"{what}: {value} is not a day between {YEARS[0]} and {YEARS[-1]}")
    return value


def read_metadata(path: Path) -> dict[str, Any]:
    """What a ``.yml`` file beside a report says of it, nothing if there is none.

    Raises ``ReportError`` if it can't be read.
    """
    if not path.is_file():
        return {}
    import yaml

    try:
        metadata = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise ReportError(f"{path}: can't be read as YAML ({' '.join(str(error).split())})") from None
    if metadata is not None and not isinstance(metadata, dict):
        raise ReportError(f"{path}: holds no keys with values, such as `published: 2022-01-09`")
    return metadata or {}


# --------------------------------------------------------------------------------------------------- first pass


def _examine(file: BinaryIO, copy: BinaryIO | None, name: str) -> tuple[str, int]:
    """(sha256, characters) of a text that can be read; ``copy`` takes its bytes. Leaves the file at its end."""
    digest, characters, seen, readable, opening = hashlib.sha256(), 0, False, False, b""

    def chunks() -> Iterator[bytes]:
        nonlocal opening
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            opening = opening or chunk
            if copy is not None:
                copy.write(chunk)
            yield chunk

    try:
        for text in _decoded(chunks()):
            characters += len(text)
            seen = seen or not text.isspace()
            readable = readable or arabic.contains_arabic(text)
    except UnicodeDecodeError as error:
        looks = likely_encoding(opening)
        message = f"{name}: byte {error.start + 1} is not UTF-8; the file looks like {looks}: save it as UTF-8"
        raise ReportError(message) from None
    if not readable:
        # Says which of the two it is, in the words that `decode` has for it.
        decode(b"a" if seen else b"", name)
    return digest.hexdigest(), characters


def _reason(error: OSError) -> str:
    return "there is no such file" if isinstance(error, FileNotFoundError) else str(error.strerror or error).lower()


# -------------------------------------------------------------------------------------------------- second pass


def _texts(file: BinaryIO) -> Iterator[str]:
    return _decoded(iter(lambda: file.read(_CHUNK), b""))


def _decoded(chunks: Iterable[bytes]) -> Iterator[str]:
    """The text of bytes that come in parts, without a byte order mark. Errors name the byte of the whole."""
    decoder, before, mark = codecs.getincrementaldecoder("utf-8")(), 0, "\ufeff"
    for chunk in chain(chunks, [b""]):  # the empty one ends the text, maybe in the middle of a letter
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            error.start += before - pending
            raise
        before += len(chunk)
        if text:
            yield text.removeprefix(mark)
            mark = ""


def _pieces(line: str, whole: bool) -> Iterator[str]:
    """A line in pieces of at most ``LINE_LIMIT``, its end not counted; the last of one not ``whole`` may be empty."""
    start, length = 0, len(line.rstrip(_ENDS))
    while length - start > LINE_LIMIT:
        end = _cut(line, start)
        yield line[start:end]
        start = end
    if start < len(line) or not whole:
        yield line[start:]


def _cut(line: str, start: int) -> int:
    end = start
    for pattern in (_SENTENCE_END, _SPACE):
        for match in pattern.finditer(line, start, start + LINE_LIMIT):
            end = match.end()
        if end > start:
            return end
    return start + LINE_LIMIT


def _dated(sentences: Iterable[Sentence]) -> Iterator[tuple[datetime.date, str]]:
    """Every full date that is written with its year: (day, its words)."""
    for sentence in sentences:
        # Dates that need the day of publication are passed over, so any day will do.
        for date, _ in dates.find(words_of(sentence.text), datetime.date(2000, 1, 1)):
            words = sentence.text[date.start : date.end]
            if date.kind == "calendar" and _DAY.fullmatch(date.value or "") and _YEAR.search(words):
                day = datetime.date.fromisoformat(date.value or "")
                if day.year in YEARS:
                    yield day, words
