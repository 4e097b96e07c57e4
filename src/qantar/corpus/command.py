"""``qantar corpus``: what the command takes, what it does, and how it tells how far it is."""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from qantar.corpus.job import MAX_CHARACTERS, MAX_REJECTED, REPORTS_PER_PART, Columns, Options

if TYPE_CHECKING:
    from qantar.corpus.steps import Tally

HELP = "read many reports into Parquet, on all processors or on a cluster"
DESCRIPTION = """\
Read folders and files of reports into one Parquet dataset a table, cut by month of publication: the tables of
the coding, each row with the report that it is of, and the families of copies of one text.

A source is a folder, searched to its bottom, or a file:
  .txt       a report; published on the day that the .yml beside it tells, else the one that its name begins with
             (2022-01-09), else the first full date in its opening; its outlet stands in the .yml (outlet, or
             publisher), else it is the name of the folder it lies in
  .jsonl     a report a line
  .csv .tsv  a report a row, below a line of names
  .parquet   a report a row
each also packed: .gz, .bz2, .xz, .zst.

A run that was stopped, in whatever way, goes on where it was when the same command is given again; when sources or
the reader have changed, it reads what changed anew. What can't be read is listed in DIR/rejected.parquet."""
EXAMPLES = """\
examples:
  qantar corpus reports/ --out corpus
  qantar corpus 2021.jsonl.gz 2022.jsonl.gz --out corpus --text-column body --date-column date --outlet-column site
  qantar corpus reports/ --out /shared/corpus --scheduler tcp://10.0.0.1:8786

exit status: 0 if all was done, 1 if more was rejected than --max-rejected allows (all is written), 2 if a fault
stopped it."""
_OFTEN = 0.2  # seconds between two states of the line that shows progress


def add_to(commands: argparse._SubParsersAction, **layout: Any) -> argparse.ArgumentParser:
    """The parser of the command, added to those of the others."""
    parser = commands.add_parser("corpus", help=HELP, description=DESCRIPTION, epilog=EXAMPLES, **layout)
    parser.add_argument("sources", nargs="+", metavar="SOURCE", help="a folder or a file of reports")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the corpus is written, or goes on")
    for role, default in Columns.DEFAULTS.items():
        parser.add_argument(f"--{role}-column", metavar="NAME", help=f"column or key of the {role} (default {default})")
    parser.add_argument("--workers", type=_count, metavar="N", help="local processes (default one a processor)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="work on the Dask cluster that answers here")
    parser.add_argument("--reports-per-part", type=_count, metavar="N", default=REPORTS_PER_PART, help="reports that are read and written together (default %(default)s)")
    parser.add_argument("--max-characters", type=_count, metavar="N", default=MAX_CHARACTERS, help="a longer text is no report (default %(default)s)")
    parser.add_argument("--max-rejected", type=_share, metavar="SHARE", default=MAX_REJECTED, help="the share that may be rejected (default %(default)s)")
    return parser


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number from 1")
    return int(text)


def _share(text: str) -> float:
    with contextlib.suppress(ValueError):
        if 0 <= float(text) <= 1:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no share; give a number from 0 to 1")


def corpus(options: argparse.Namespace, note: Callable[[str], object]) -> tuple[str, int]:
    """Makes or goes on with a corpus: a line that says what is there now, and the exit status.

    ``note`` is told what a user should know. Raises ``ReportError`` or ``OSError``.
    """
    # Here, since the other commands start without what these need.
    from qantar.corpus import engine
    from qantar.corpus.sources import named
    from qantar.corpus.steps import run
    from qantar.report import ReportError

    if options.scheduler and options.workers:
        raise ReportError("--workers is for local processes; a cluster (--scheduler) has its own")
    named(options.sources)  # what is wrong with these is said before processes are started
    columns = Columns(options.text_column, options.date_column, options.outlet_column, options.id_column)
    asked = Options(columns, options.reports_per_part, options.max_characters)
    with Progress(sys.stderr) as progress, engine.cluster(options.workers, options.scheduler) as client:
        made = run(options.sources, options.out, asked, client, progress.show, lambda line: (progress.clear(), note(line)))
    everything = made["reports"] + made["rejected"]
    status = int(made["rejected"] > options.max_rejected * everything)
    if status:
        share = made["rejected"] / everything
        note(f"{options.out}: {share:.1%} of the reports were rejected, more than the {options.max_rejected:.1%} allowed (--max-rejected)")
    return _said(options.out, made), status


def _said(out: Path, made: dict[str, Any]) -> str:
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in made["rejected_by_reason"].items())
    several, copies = made["families"]["of_several"], made["families"]["their_reports"]
    families = "1 family" if several == 1 else f"{several:,} families"
    return (
        f"{out}: {made['reports']:,} {'report' if made['reports'] == 1 else 'reports'}"
        + (f", {copies:,} of them in {families} of copies" if several else "")
        + (f"; {made['rejected']:,} rejected ({reasons}), see {out / 'rejected.parquet'}" if reasons else "")
    )


class Progress:
    """A line on a terminal that says how far a run is; on anything else it says nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream if stream.isatty() else None
        self._told, self._width, self._step, self._begun = 0.0, 0, "", time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def show(self, step: str, tally: Tally) -> None:
        """Shows what is done, if the step is another or the last time is a moment ago."""
        now = time.monotonic()
        if step != self._step:
            self._step, self._begun, self._told = step, now, 0.0
        if self._stream is None or now - self._told < _OFTEN:
            return
        self._told = now
        line = said(tally, now - self._begun) if step == "reading" else _STEPS[step]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)

    def clear(self) -> None:
        """Takes the line away."""
        if self._stream is not None and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0


_STEPS = {"listing": "looking through the sources", "families": "looking for copies", "manifest": "writing the manifest"}


def said(tally: Tally, seconds: float) -> str:
    """How many reports are done and how many a second, and how long the others will take."""
    done = f"{tally.done + tally.before:,} of {tally.total + tally.before:,} reports"
    if not tally.done or not seconds:
        return done
    rate = tally.done / seconds
    return f"{done}, {rate:,.0f} a second, {_span((tally.total - tally.done) / rate)} left"


def _span(seconds: float) -> str:
    """A time in the unit that fits: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 99:
        return f"{max(0, seconds):.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
