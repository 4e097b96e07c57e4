"""The prose of a chapter, stretch by stretch, with the place of every character; roles, code and markup are blanked.

A stretch is what is read together: a paragraph, a heading, a cell of a table, a term, a caption. In it a role, code or a
formula is a hole (``count_words.HOLE``), the rest of the markup is spaces.
"""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser

from qantar.book.count_words import HOLE

EXTENSIONS = ("attrs_inline", "colon_fence", "deflist", "fieldlist")  # those of _config.yml
# Directives whose content is no prose of the author's, and those whose argument is a title.
_CODE = frozenset("code code-block sourcecode literalinclude raw math toctree bibliography image mermaid include".split())
_TITLED = frozenset(
    "admonition note warning tip important hint caution danger attention error seealso"
    " dropdown topic sidebar rubric table list-table csv-table card tab-item margin".split()
)
_PRINTED = ("caption", "alt", "title")  # options of a cell's figure, and of a directive, that a reader sees
_DIRECTIVE = re.compile(r"\{([\w:.-]+)\}\s*(.*)")
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)")
_STRING = re.compile(r"([A-Za-z]*)(\"{3}|'{3}|\"|')(?P<text>.*)\2", re.DOTALL)
_FILLED = re.compile(r"\{[^{}]*\}")  # what an f-string fills in, on Pythons that have one as a single token
_MIDDLE = getattr(tokenize, "FSTRING_MIDDLE", None)  # its text, on those that have not
_HOLES = ("myst_role", "code_inline", "math_inline")
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some prose, blanked; ``starts`` has the line and the column at which each of its lines begins, from one on."""

    text: str
    starts: tuple[tuple[int, int], ...]
    roles: tuple[tuple[str, str, int], ...] = ()  # name, content, offset
    cell: int = 0  # the line of the code cell that it belongs to

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character."""
        line = self.text.count("\n", 0, offset)
        first, column = self.starts[min(line, len(self.starts) - 1)]
        return first, column + offset - (self.text.rfind("\n", 0, offset) + 1)


@dataclass(frozen=True, slots=True)
class Comment:
    """A line of comment, which may speak of the code cell below it."""

    text: str
    line: int


@functools.cache
def _parser(extensions: frozenset[str]) -> MarkdownIt:
    parser = create_md_parser(MdParserConfig(enable_extensions=set(extensions)), RendererHTML)
    return parser.disable("text_join")  # which would hide where an escaped character stood


def stretches(chapter: str, extensions: frozenset[str] = frozenset(EXTENSIONS)) -> Iterator[Stretch | Comment]:
    """All prose of a chapter in its order, with the comments between."""
    yield from _Reader(chapter.split("\n"), extensions).read(chapter, 0)


class _Reader:
    """Reads one chapter; ``lines`` are its lines, by which places are found."""

    def __init__(self, lines: list[str], extensions: frozenset[str]) -> None:
        self.lines = lines
        self.extensions = extensions
        self.ends: dict[int, int] = {}  # how far a line was read: the cells of a table stand side by side

    def read(self, text: str, first: int, cell: int = 0) -> Iterator[Stretch | Comment]:
        """The prose of a text in MyST Markdown that begins on line ``first`` of the chapter, counted from zero."""
        for token in _parser(self.extensions).parse(text):
            line = first + (token.map[0] if token.map else 0)
            if token.type == "inline":
                blanked, roles = _blanked(token)
                yield Stretch(blanked, self._starts(token.content, line), roles, cell)
            elif token.type == "html_block":
                blank = _TAG.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), token.content)
                yield Stretch(blank, self._starts(token.content, line), (), cell)
            elif token.type == "myst_line_comment":
                yield from (Comment(text.strip(), line + place) for place, text in enumerate(token.content.split("\n"), 1))
            elif token.type in ("fence", "colon_fence") and (match := _DIRECTIVE.match(token.info)):
                yield from self._directive(*match.groups(), token.content, line)

    def _directive(self, name: str, argument: str, body: str, line: int) -> Iterator[Stretch | Comment]:
        header, rest = _split(body)
        cell = line + 1 if name == "code-cell" else 0
        if name in _TITLED and argument:
            yield from self.read(argument, line)
        for value, place in _printed(header):
            yield from self.read(value, line + 1 + place, cell)
        if cell:
            yield from self._code(rest, line + 1, cell)
        elif name not in _CODE:
            yield from self.read(rest, line + 1)

    def _code(self, code: str, line: int, cell: int) -> Iterator[Stretch]:
        """The strings that the calls of a cell are given, such as the caption of a table; not those deeper within."""
        for text, row, column in strings(code):
            yield Stretch(text, tuple((line + row + n, 1 if n else column + 1) for n in range(text.count("\n") + 1)), (), cell)

    def _starts(self, content: str, line: int) -> tuple[tuple[int, int], ...]:
        starts = []
        for number, part in enumerate(content.split("\n"), line):
            source = self.lines[min(number, len(self.lines) - 1)]
            at = source.find(part, self.ends.get(number, 0))
            at = source.find(part) if at < 0 else at
            self.ends[number] = max(at, 0) + len(part)
            starts.append((number + 1, max(at, 0) + 1))
        return tuple(starts)


def _blanked(token: Token) -> tuple[str, tuple[tuple[str, str, int], ...]]:
    """The content of an inline token with its markup blanked, and its roles as (name, content, offset)."""
    content, at, address = token.content, 0, False
    shown, roles = [character if character == "\n" else " " for character in content], []
    for child in _flat(token.children or []):
        if child.type in ("link_open", "link_close") and child.info == "auto":
            address = child.type == "link_open"  # the text of such a link is its address
        start, end = _extent(child, content, at)
        if child.type in ("text", "text_special") and not address:
            shown[start:end] = content[start:end]
        elif child.type in _HOLES:
            shown[start:end] = [c if c.isspace() else HOLE for c in content[start:end]]
        if child.type == "myst_role":
            roles.append((child.meta["name"], child.content, start))
        at = end
    return "".join(shown), tuple(roles)


def _extent(child: Token, content: str, at: int) -> tuple[int, int]:
    """Where a child of an inline token stands in its content, from ``at`` on; where it was, if it leaves no trace."""
    if child.type == "myst_role":
        words = r"\s+".join(map(re.escape, child.content.split()))
        match = re.compile(rf"\{{{re.escape(child.meta['name'])}\}}`+\s*{words}\s*`+").search(content, at)
        return match.span() if match else (at, at)
    if child.type in ("link_close", "image_close") and child.info != "auto":
        return at, max(at, content.find(")", at) + 1 if content.startswith("](", at) else at)
    raw = child.markup if child.type == "text_special" else child.content
    start = content.find(raw, at) if raw else -1
    return (start, start + len(raw)) if start >= 0 else (at, at)


def _flat(tokens: list[Token]) -> Iterator[Token]:
    """Tokens with the text of images among them."""
    for token in tokens:
        if token.type == "image":
            yield from _flat(token.children or [])
            yield Token("image_close", "", 0)
        else:
            yield token


def _split(body: str) -> tuple[list[str], str]:
    """The lines of a directive's options, and its body with those lines empty."""
    lines = body.split("\n")
    if lines[0].strip() == "---":
        end = next((place + 1 for place, line in enumerate(lines) if place and line.strip() == "---"), 1)
    else:
        end = next((place for place, line in enumerate(lines) if not _OPTION.fullmatch(line)), len(lines))
    return lines[:end], "\n".join([""] * end + lines[end:])


def _printed(header: list[str]) -> Iterator[tuple[str, int]]:
    """The options that a reader sees, each with the line of the header on which its text begins."""
    if header and header[0].strip() == "---":
        try:
            yield from _printed_yaml(yaml.compose("\n".join(["", *header[1:-1]])))
        except yaml.YAMLError:
            pass  # whoever needs the options will report it
    else:
        found = ((_OPTION.fullmatch(line), place) for place, line in enumerate(header))
        yield from ((match[2], place) for match, place in found if match and match[1] in _PRINTED)


def _printed_yaml(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    for key, value in node.value if isinstance(node, yaml.MappingNode) else []:
        if key.value in _PRINTED and isinstance(value, yaml.ScalarNode):
            yield value.value, value.start_mark.line + (value.style in ("|", ">"))
        else:
            yield from _printed_yaml(value)


def strings(code: str) -> Iterator[tuple[str, int, int]]:
    """Text, row and column of the strings of several words that the calls of some code, one a statement, are given.

    >>> list(strings('show(rows(coding, "a b"), "Two rows")'))
    [('Two rows', 1, 27)]
    """
    try:
        calls = [line.value for line in ast.parse(code).body if isinstance(line, ast.Expr) and isinstance(line.value, ast.Call)]
    except SyntaxError:
        return  # the cell will fail when it is executed
    given = [value for call in calls for value in (*call.args, *(keyword.value for keyword in call.keywords))]
    spans = [((v.lineno, v.col_offset), (v.end_lineno, v.end_col_offset)) for v in given if _is_string(v)]
    for token in tokenize.generate_tokens(io.StringIO(code).readline) if spans else ():
        # Columns are of bytes in the tree and of characters in the tokens.
        column = len(token.line[: token.start[1]].encode())
        if token.type not in (tokenize.STRING, _MIDDLE) or not any(start <= (token.start[0], column) < end for start, end in spans):
            continue
        match = _STRING.fullmatch(token.string)
        text, at = (match["text"], match.start("text")) if match else (token.string, 0)
        if match and "f" in match[1].lower():
            text = _FILLED.sub(lambda filled: HOLE * len(filled.group()), text)
        if re.search(r"\s", text):
            yield text, token.start[0], token.start[1] + at


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or isinstance(node, ast.Constant) and isinstance(node.value, str)
