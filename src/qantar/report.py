"""A report: its text, sentences, tokens and spans, with offsets that never lie.

Offsets are Python ``str`` offsets into the text as read: ``report.text[start:end]``. The text is kept exactly as
it stands in the file (line ends and decomposed letters included); only a byte order mark is dropped.

Rules for sentences
-------------------
1. A line is a paragraph; no sentence crosses a line end.
2. A sentence ends with ``.``, ``!``, ``?``, ``؟`` or ``۔`` (and any closing quotes and brackets after it) when white
   space or the end of the line follows.
3. Nothing ends inside quotes or brackets that are closed on the same line: a quotation of three sentences
   belongs to the sentence that quotes it.
4. An ellipsis (``…``, ``..``) ends nothing.
5. The point of an abbreviation ends nothing: letters parted by points (د., أ.ف.ب., U.S.) unless a number stands before it, as
   with the era (1443 هـ. ends), and the forms in ``ABBREVIATIONS``.
6. A line of at most twelve words that does not end as rule 2 says is a subheading: a sentence of kind ``heading``.
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from qantar import arabic

ABBREVIATIONS = frozenset({"هـ", "ق.م", "أ.د", "ص.ب", "ت.ع", "St", "Mr", "Mrs", "Dr", "vs", "No"})
HEADING_WORDS = 12

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_END = re.compile(r"(?<![.…])(?:\.(?!\.)|[!?؟۔])[.!?؟۔]*(?!…)[\"'»”’)\]}]*(?=\s|$)")
_PAIRS = {'"': '"', "«": "»", "“": "”", "(": ")", "[": "]"}
_OPENS = re.compile(r"[\"«“(\[]")
_CLOSES = {mark: re.compile(r"[()]" if mark == "(" else re.escape(close)) for mark, close in _PAIRS.items()}
_INITIALS = re.compile(r"[وفبلك]?[^\W\d_](?:\.[^\W\d_])*ـ?")
_LAST_WORD = re.compile(r"(\S*)\s*([\w.]*)$")


class ReportError(ValueError):
    """A text that can't be read as a report; the message is one line that says why."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: ``text[start:end]``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Token(Span):
    """A word, a number or a punctuation mark (``kind``)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """A sentence with its permanent number (``s01``, ...); ``kind`` is ``sentence`` or ``heading``."""

    id: str
    line: int
    kind: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens, with offsets into the whole report."""
        return tuple(
            Token(self.start + a, self.start + b, self.text[a:b], kind) for a, b, kind in arabic.tokenise(self.text)
        )

    @property
    def words(self) -> tuple[Token, ...]:
        """Its tokens without punctuation."""
        return tuple(token for token in self.tokens if token.kind != "punctuation")

    def find(self, quote: str, occurrence: int | None = None) -> Span:
        """The span of the quoted words, with offsets into the whole report.

        Raises ``ReportError`` if the words are not there, or are there more than once and no ``occurrence`` (from
        1) says which.
        """
        places = [m.start() for m in re.finditer(f"(?={re.escape(quote)})", self.text)] if quote else []
        if not places:
            raise ReportError(f"{self.id} does not contain “{quote}”")
        if occurrence is None and len(places) > 1:
            raise ReportError(f"{self.id} contains “{quote}” {len(places)} times; say which with occurrence 1–{len(places)}")
        if occurrence is not None and not 1 <= occurrence <= len(places):
            raise ReportError(f"{self.id} contains “{quote}” {len(places)} time(s); there is no occurrence {occurrence}")
        start = self.start + places[(occurrence or 1) - 1]
        return Span(start, start + len(quote), quote)


@dataclass(frozen=True)
class Report:
    """An Arabic report. ``metadata`` is what is known of it (publisher, published, url, rights, ...)."""

    text: str
    metadata: dict[str, Any] = field(default_factory=dict)

    @functools.cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences in order; together they hold every character that is not white space."""
        sentences = tuple(sentences_of(self.text))
        width = len(str(len(sentences)))
        if width <= 2:
            return sentences
        return tuple(dataclasses.replace(s, id=f"s{number:0{width}d}") for number, s in enumerate(sentences, 1))

    @functools.cached_property
    def _by_id(self) -> dict[str, Sentence]:
        return {sentence.id: sentence for sentence in self.sentences}

    def sentence(self, sentence_id: str) -> Sentence:
        """The sentence with this number. Raises ``ReportError`` if there is none."""
        try:
            return self._by_id[sentence_id]
        except KeyError:
            last = self.sentences[-1].id
            raise ReportError(f"there is no sentence {sentence_id!r}; the report has s01 to {last}") from None

    def span(self, start: int, end: int) -> Span:
        """The span between two offsets. Raises ``ReportError`` if they do not lie in the text."""
        if not 0 <= start <= end <= len(self.text):
            raise ReportError(f"no span {start}–{end} in a text of {len(self.text)} characters")
        return Span(start, end, self.text[start:end])

    @property
    def tokens(self) -> Iterator[Token]:
        """All tokens in order, sentence by sentence."""
        for sentence in self.sentences:
            yield from sentence.tokens

    @property
    def published(self) -> datetime.date | None:
        """Day of publication, where the metadata has it."""
        return self.metadata.get("published")

    @property
    def sha256(self) -> str:
        """Checksum of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def sentences_of(text: str, offset: int = 0, line: int = 0, first: int = 1) -> Iterator[Sentence]:
    """The sentences of a text one after another, by the rules of this module, without holding them all.

    A part of a longer text is told its place by ``offset`` (characters before it), ``line`` (lines before it) and
    ``first`` (the number of its first sentence). Numbers have two digits at least.
    """
    for number, (start, end, at, kind) in enumerate(_sentence_spans(text), first):
        yield Sentence(offset + start, offset + end, text[start:end], f"s{number:02d}", line + at, kind)


def decode(raw: bytes, name: str = "the report") -> str:
    """The text of a file's bytes: UTF-8, a byte order mark dropped, line ends untouched.

    Raises ``ReportError`` for a text that is empty, not UTF-8 (naming the likely encoding) or without Arabic.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{name}: byte {error.start + 1} is not UTF-8; the file looks like {likely_encoding(raw)}: save it as UTF-8"
        ) from None
    if not text.strip():
        raise ReportError(f"{name}: the file is empty")
    if not arabic.contains_arabic(text):
        raise ReportError(f"{name}: there is no Arabic letter in it; Qantar reads Arabic reports")
    return text


def load_report(path: str | Path | None = None) -> Report:
    """The report in a text file, with the metadata of the ``.yml`` file beside it; the book's own by default.

    Raises ``ReportError`` if the file can't be read as a report or is not the one its metadata describes.
    """
    if path is None:
        from qantar.paths import data_folder

        path = data_folder() / "report" / "report.txt"
    path = Path(path)
    try:
        report = Report(decode(path.read_bytes(), str(path)), _metadata(path.with_suffix(".yml")))
    except FileNotFoundError:
        raise ReportError(f"{path}: there is no such file") from None
    expected = report.metadata.get("sha256")
    if expected and expected != hashlib.sha256(path.read_bytes()).hexdigest():
        raise ReportError(f"{path}: the text is not the one that {path.with_suffix('.yml').name} describes (sha256 differs)")
    return report


def _metadata(path: Path) -> dict[str, Any]:
    import yaml

    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def likely_encoding(raw: bytes) -> str:
    """The name of the encoding in which these bytes hold most Arabic letters."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "UTF-16"
    sample = raw[:20_000]

    def arabic_letters(encoding: str) -> int:
        return sum(map(arabic.contains_arabic, sample.decode(encoding, "ignore")))

    # Windows-1256 first: it wins a tie, being by far the commoner of the single-byte encodings.
    names = {"cp1256": "Windows-1256", "iso8859_6": "ISO 8859-6", "utf_16_le": "UTF-16", "utf_16_be": "UTF-16"}
    best = max(names, key=arabic_letters)
    return names[best] if arabic_letters(best) > len(sample) / 5 else "no Arabic encoding"


def _sentence_spans(text: str) -> Iterator[tuple[int, int, int, str]]:
    """(start, end, line number, kind) of every sentence, by the rules of this module."""
    line_number, seen = 1, 0
    for line in _LINE.finditer(text):
        line_number += len(re.findall(r"\r\n|[\r\n\u2028\u2029]", text[seen : line.start()]))
        seen = line.start()
        for start, end, closed in _split_line(line.group()):
            heading = not closed and not line.group()[:start].strip() and not line.group()[end:].strip()
            kind = "heading" if heading and _count_words(line.group()[start:end]) <= HEADING_WORDS else "sentence"
            yield line.start() + start, line.start() + end, line_number, kind


def _count_words(text: str) -> int:
    return sum(1 for *_, kind in arabic.tokenise(text) if kind != "punctuation")


def _split_line(line: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it ends with a sentence mark) of every sentence of a line."""
    quoted = list(_quoted(line))
    start, inside = 0, 0
    for match in _END.finditer(line):
        # Both lists run from left to right, so one pass over each is enough.
        while inside < len(quoted) and quoted[inside][1] <= match.start():
            inside += 1
        # A mark before a closing quote is inside it; the sentence still ends if nothing follows on the line.
        within = inside < len(quoted) and quoted[inside][0] < match.start()
        if (within and line[match.end() :].strip()) or _is_abbreviation(line[start : match.start()], match.group()):
            continue
        yield _stripped(line, start, match.end(), True)
        start = match.end()
    if line[start:].strip():
        yield _stripped(line, start, len(line), False)


def _quoted(line: str) -> Iterator[tuple[int, int]]:
    """Spans of quotations and brackets that are closed on the line, in one pass: a mark that nothing closes is tried once."""
    at, unclosed = 0, set()
    while opening := _OPENS.search(line, at):
        mark, start = opening.group(), opening.start()
        at = start + 1
        if mark in unclosed:
            continue
        close = _CLOSES[mark].search(line, start + 1)
        if close is None:
            unclosed.add(mark)
        elif close.group() == _PAIRS[mark]:
            yield start, close.end()
            at = close.end()


def _is_abbreviation(before: str, mark: str) -> bool:
    if mark != ".":
        return False
    previous, word = _LAST_WORD.search(before[-40:]).groups()  # type: ignore[union-attr]
    return (word in ABBREVIATIONS or _INITIALS.fullmatch(word) is not None) and not previous[-1:].isdigit()


def _stripped(line: str, start: int, end: int, closed: bool) -> tuple[int, int, bool]:
    part = line[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip()), closed
