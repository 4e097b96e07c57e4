"""Measure the machine reader: ``make bench-reading``, with ``LARGE=1`` also on 100 MB, which takes minutes.

The text is made of the book's report and the validation reports that were open to whoever wrote the rules, over and
over with other numbers, the same on every run. Each measurement is a process of its own, so that its memory is its own.
Time is that of the processor, which other work on the machine disturbs less than the clock; only the start is by the
clock. What dateparser takes for the dates of a text stands beside what the reader takes for all its layers, and for
dates alone.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.util
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from qantar.paths import data_folder
from qantar.report import Sentence, sentences_of

PUBLISHED = "2022-01-09"
MEGABYTE = 1_000_000
TIMES = 3
# Numbers of three digits and more, but for years: days, months and hours stay what they are.
_COUNT = re.compile(r"(?<![\d.,/:])(?!(?:19|20)\d\d(?!\d))\d{3,}(?![\d/:])")


def texts() -> list[str]:
    """The texts that the measured ones are made of; the unseen half of the validation reports is never opened."""
    folder = data_folder()
    paths = [folder / "report" / "report.txt", *sorted((folder / "validation" / "seen" / "texts").glob("*.txt"))]
    return [path.read_text(encoding="utf-8").rstrip("\n") + "\n" for path in paths]


def write_text(file: TextIO, size: int) -> int:
    """Writes whole texts up to a size in bytes, the counts in them each time others; how many sentences they have."""
    draw, left, sentences = random.Random(PUBLISHED), size, 0
    for text, count in itertools.cycle([(text, sum(1 for _ in sentences_of(text))) for text in texts()]):
        left -= len(text.encode())
        if left < 0:
            break
        file.write(_COUNT.sub(lambda match: str(draw.randrange(10 ** (len(match[0]) - 1), 10 ** len(match[0]))), text))
        sentences += count
    return sentences


# ------------------------------------------------------------------------------------- in a process of its own


def report_read() -> float:
    """Seconds for the book's report, all layers, with the lexicons loaded and no word of it seen before."""
    from qantar.reading import read_layers
    from qantar.reading.lexicons import load_lexicon
    from qantar.report import load_report

    load_lexicon()
    report = load_report()
    begin = time.process_time()
    for _ in read_layers(report, datetime.date.fromisoformat(PUBLISHED)):
        pass
    return time.process_time() - begin


def own_dates(sentences: list[Sentence]) -> float:
    """Seconds for the dates of sentences, by the reader."""
    from qantar.reading import dates
    from qantar.reading.words import words_of

    published, before = datetime.date.fromisoformat(PUBLISHED), []  # type: ignore[var-annotated]
    begin = time.process_time()
    for sentence in sentences:
        dates.find(words_of(sentence.text, sentence.start), published, before)
    return time.process_time() - begin


def others_dates(sentences: list[Sentence]) -> float:
    """Seconds for the dates of sentences, by dateparser."""
    from dateparser.search import search_dates

    base = {"RELATIVE_BASE": datetime.datetime.fromisoformat(PUBLISHED)}
    search_dates(sentences[0].text, languages=["ar"], settings=base)  # loads what it knows of Arabic
    begin = time.process_time()
    for sentence in sentences:
        search_dates(sentence.text, languages=["ar"], settings=base)
    return time.process_time() - begin


def _dates_of(path: str, read: Callable[[list[Sentence]], float]) -> float:
    from qantar.reading.lexicons import load_lexicon

    load_lexicon()
    return read(list(sentences_of(Path(path).read_text(encoding="utf-8"))))


TASKS: dict[str, Callable[[str], float]] = {
    "report": lambda _: report_read(),
    "dates": lambda path: _dates_of(path, own_dates),
    "dateparser": lambda path: _dates_of(path, others_dates),
}


# -------------------------------------------------------------------------------------------------- the measuring


def run(*arguments: str) -> tuple[float, float, float, str]:
    """(seconds by the clock, seconds of the processor, peak megabytes, output) of a Python command that succeeds."""
    begin = time.perf_counter()
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen([sys.executable, *arguments], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        out.seek(0)
        text = out.read(100).decode(errors="ignore")
    memory = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return took, usage.ru_utime + usage.ru_stime, memory, text


def task(name: str, path: Path, times: int = 1) -> float:
    """The seconds that a task measures in a process of its own, the least of several times."""
    return min(json.loads(run("-m", "qantar.reading.bench", "--task", name, str(path))[3]) for _ in range(times))


def measurements(large: bool) -> Iterator[tuple[str, float, int | None, float | None]]:
    """Each measurement: (what, seconds, sentences, peak megabytes)."""
    report = data_folder() / "report" / "report.txt"
    command = ("-m", "qantar", "read", "--published", PUBLISHED, "--format", "jsonl")
    sentences = sum(1 for _ in sentences_of(report.read_text(encoding="utf-8")))
    took, _, memory, _ = min(run(*command, str(report)) for _ in range(TIMES))
    yield "the report, start to end (clock)", took, None, memory
    yield "the report, lexicons loaded", task("report", report, TIMES), sentences, None
    with tempfile.TemporaryDirectory() as folder:
        for size in (1, 100) if large else (1,):
            path = Path(folder, f"{size}.txt")
            with path.open("w", encoding="utf-8", newline="") as file:
                sentences = write_text(file, size * MEGABYTE)
            # The least of several: other work on the machine disturbs that one least.
            took, memory = min(run(*command, str(path))[1:3] for _ in range(TIMES if size == 1 else 1))
            yield f"{size} MB, all layers, start to end", took, sentences, memory
            if size == 1:
                yield "1 MB, dates alone", task("dates", path, TIMES), sentences, None
                if importlib.util.find_spec("dateparser"):
                    yield "1 MB, dates by dateparser", task("dateparser", path), sentences, None


def main() -> None:
    """Prints the measurements as a table, or what one task measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--task", nargs=2, metavar=("NAME", "FILE"))
    options = parser.parse_args()
    if options.task:
        name, path = options.task
        sys.stdout.write(json.dumps(TASKS[name](path)))
        return
    sys.stdout.write(f"{'':<34}{'seconds':>10}{'sentences':>11}{'a second':>10}{'peak MB':>9}\n")
    for what, seconds, sentences, memory in measurements(options.large):
        rate = f"{sentences:11,}{sentences / seconds:10,.0f}" if sentences else " " * 21
        sys.stdout.write(f"{what:<34}{seconds:10.3f}{rate}{'' if memory is None else f'{memory:9.0f}'}".rstrip() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
