"""The ``qantar`` command. Only this module prints."""

from __future__ import annotations

import argparse
import functools
import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import qantar
from qantar import changed_command, cite_command
from qantar.corpus import command as corpus_command
from qantar.export import command as export_command
from qantar.problems import DataError
from qantar.report import ReportError
from qantar.review import command as review_command
from qantar.review import status as status_command
from qantar.scaffold import command as new_command

if TYPE_CHECKING:
    import datetime

    from qantar.reading import Sentences
    from qantar.reading.installed import Installed
    from qantar.reading.output import Write
    from qantar.reading.source import Source

LAYERS = ("quantities", "dates", "actors", "statements", "events", "reactions")
FORMATS = ("json", "jsonl", "csv", "table")
# What a shell reports of a program whose reader went away, and of one that was interrupted.
_BROKEN_PIPE, _INTERRUPTED = 141, 130
_PATIENCE = 2.0  # seconds before progress is shown

_READ = """\
Read Arabic news reports: quantities, dates, actors, statements, events and reactions, each with the place
of its words (offsets in characters, from 0). Lexicons and grammar alone; nothing is downloaded.

Dates such as "on Wednesday" count from the day of publication. It is taken from --published, else from
`published:` in the .yml file beside the report, else from the first full date with its year in the first
three sentences."""

_EXAMPLES = """\
examples:
  qantar read data/report/report.txt
  qantar read report.txt --published 2022-01-09 --format table
  qantar read report.txt --published 2022-01-09 --format csv --layer events > events.csv
  cat report.txt | qantar read --published 2022-01-09
  qantar read reports/*.txt --format jsonl > reports.jsonl

exit status: 0 if all was read, 1 if some of several files could not be, 2 if nothing could."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (`{self.prog} --help` shows what can be given)\n")


def main(arguments: list[str] | None = None) -> int:
    """Runs the command; the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # Arabic whatever the locale, and the same bytes on every system.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # Whatever is still to be flushed at exit must go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except ReportError as error:
        return _complain(error)
    except DataError as error:
        return max(_complain(problem) for problem in error.problems)
    except OSError as error:
        if error.strerror is None:  # one of ours, which says it all
            return _complain(error)
        return _complain(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}")


def _parser() -> argparse.ArgumentParser:
    layout = functools.partial(argparse.RawDescriptionHelpFormatter, max_help_position=26)
    parser = _Parser(
        prog="qantar", description="Read Arabic news reports as data.", formatter_class=layout, allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"qantar {qantar.__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    read = commands.add_parser(
        "read",
        help="read reports: what is counted, dated, named, said and done in them",
        description=_READ,
        epilog=_EXAMPLES,
        formatter_class=layout,
        allow_abbrev=False,
    )
    read.set_defaults(run=_read)
    read.add_argument("files", nargs="*", metavar="FILE", help="a text in UTF-8; - or none: standard input")
    read.add_argument("--published", metavar="DATE", help="day of publication, YYYY-MM-DD")
    read.add_argument(
        "--country", metavar="CC", help="state it is about, such as KZ; else the one its opening names most"
    )
    read.add_argument("--format", choices=FORMATS, help="json for one file (default), jsonl for several, csv, or table")
    which = f"one layer alone ({', '.join(LAYERS)}); for csv the default is quantities"
    read.add_argument("--layer", choices=LAYERS, metavar="NAME", help=which)
    read.add_argument("--out", metavar="DIR", type=Path, help="write a CSV file a layer into this folder")
    read.add_argument("--morphology", action="store_true", help="check guessed names against camel-tools' database")
    read.add_argument("--ner", action="store_true", help="add the names that camel-tools' NER model finds")

    morphology = commands.add_parser(
        "morphology",
        help="say which data of camel-tools are installed, or install them",
        allow_abbrev=False,
        description="Say which morphology database and NER model of camel-tools are in use, or download one.",
    )
    morphology.set_defaults(run=_morphology)
    morphology.add_argument("--database", metavar="PATH", help="look for the database here")
    morphology.add_argument(
        "--install",
        nargs="?",
        const="",
        metavar="PACKAGE",
        help="download a package, by default the database of Standard Arabic",
    )

    for command, run in (
        (corpus_command, _corpus), (export_command, _export), (cite_command, _cite), (changed_command, _changed),
        (new_command, _new), (review_command, _review), (status_command, _coding_status),
    ):
        command.add_to(commands, formatter_class=layout, allow_abbrev=False).set_defaults(run=run)
    return parser


def _complain(message: object) -> int:
    from qantar.reading.display import shown

    print(f"qantar: {shown(' '.join(str(message).split()))}", file=sys.stderr)
    return 2


def _export(options: argparse.Namespace) -> int:
    print(export_command.export(options.form, options.out))
    return 0


def _morphology(options: argparse.Namespace) -> int:
    from qantar import morphology

    try:
        if options.install is not None:
            morphology.install(options.install or morphology.DATABASE_PACKAGE)
        print(morphology.describe(options.database))
    except morphology.MorphologyError as error:
        return _complain(error)
    return 0


def _cite(options: argparse.Namespace) -> int:
    print(cite_command.cite(options.label, options.style, options.list))
    return 0


def _corpus(options: argparse.Namespace) -> int:
    text, status = corpus_command.corpus(options, _complain)
    print(text)
    return status


def _changed(options: argparse.Namespace) -> int:
    from qantar.reading.display import shown

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 100
    text, status = changed_command.changed(options.label, options.since, options.site, width)
    print("\n".join(map(shown, text.split("\n"))))  # text from pages, of which none can act on a terminal
    return status


def _new(options: argparse.Namespace) -> int:
    print(new_command.new(options, _country(options.country)))
    return 0


def _review(options: argparse.Namespace) -> int:
    print(review_command.review(options.book, options.table))
    return 0


def _coding_status(options: argparse.Namespace) -> int:
    print(status_command.status(options.book, options.format))
    return 0


# --------------------------------------------------------------------------------------------------------- read


def _read(options: argparse.Namespace) -> int:
    from qantar.reading.output import writer
    from qantar.reading.source import publication_day

    paths = [None if name == "-" else name for name in options.files or ["-"]]
    several = len(paths) > 1
    if not options.files and (sys.stdin is None or sys.stdin.isatty()):
        raise ReportError("no report: name a file, or pipe one in")
    options.format = options.format or ("csv" if options.out else "jsonl" if several else "json")
    if options.format == "json" and several:
        raise ReportError("--format json is one object for one report; for several files take --format jsonl")
    if options.out and options.format != "csv":
        raise ReportError(f"--out writes CSV files; --format {options.format} goes to standard output")
    if options.published is not None:
        options.published = publication_day(options.published, "--published")
    options.country = _country(options.country)
    installed = _installed(options)
    failed = 0
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    with writer(options.format, sys.stdout, options.layer, options.out, several, width) as write:
        for path in paths:
            try:
                _read_one(path, options, installed, write)
            except ReportError as error:
                if not several:
                    raise
                failed += bool(_complain(error))
        if failed == len(paths):
            raise ReportError("none of these files could be read")
    return 1 if failed else 0


def _country(code: str | None) -> str | None:
    from qantar.reading.lexicons import table

    if code is not None and code.upper() not in {row["territory"] for row in table("territories")}:
        raise ReportError(f"--country: {code!r} is no state; give the two letters of ISO 3166-1, such as KZ")
    return code and code.upper()


def _installed(options: argparse.Namespace) -> Installed:
    from qantar.reading.installed import load_installed

    try:
        return load_installed(options.morphology, options.ner)
    except RuntimeError as error:  # a MorphologyError, whose module is not loaded where nobody asks for it
        raise ReportError(str(error)) from None


def _read_one(path: str | None, options: argparse.Namespace, installed: Installed, write: Write) -> None:
    """Reads one report and writes it out. Raises ``ReportError`` if that can't be done."""
    from qantar.reading import read_sentences
    from qantar.reading.source import open_source

    with open_source(path, sys.stdin.buffer) as source:
        published = options.published or _told(source)
        sentences = read_sentences(source.sentences(), published, options.country, installed)
        head = {
            "report": {"sha256": source.sha256, "published": published.isoformat(), "characters": source.characters},
            "reader": {"version": qantar.__version__, "morphology": installed.morphology, "ner": installed.ner},
        }
        if options.format == "jsonl":
            head["report"] = {"path": path or "-", **head["report"]}
        quiet = sys.stdout.isatty() and options.format in ("csv", "table")
        write(source, head, _watched(source, sentences, quiet or not sys.stderr.isatty()))


def _told(source: Source) -> datetime.date:
    """The day of publication that the report tells itself; where only its words do, a line says so."""
    found = source.published()
    if found is None:
        raise ReportError(f"{source.name}: the report does not say when it was published; give --published YYYY-MM-DD")
    day, words = found
    if words:
        _complain(
            f"{source.name}: taken as published on {day}, for “{words}” in its opening; --published sets another day"
        )
    return day


def _watched(source: Source, sentences: Iterable[Sentences], quiet: bool) -> Iterator[Sentences]:
    """The sentences, with progress on a terminal where they take long. A fault of the reader's names the sentence."""
    begin, told, last = time.monotonic(), 0.0, "the beginning"
    try:
        for sentence in sentences:
            last = sentence.sentence.id
            yield sentence
            now = time.monotonic()
            if not quiet and now - begin > _PATIENCE and now - told > 0.2:
                told = now
                print(f"\r{100 * sentence.sentence.end // source.characters} %", end="", file=sys.stderr, flush=True)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        fault = f"{type(error).__name__}: {error}"
        raise ReportError(f"{source.name}: the reader failed after {last} ({fault}); please report it") from error
    finally:
        if told:
            print("\r     \r", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
