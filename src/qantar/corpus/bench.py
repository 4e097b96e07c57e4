"""Measure the reading of many reports: ``make bench-corpus``, with ``LARGE=1`` also a hundred thousand, which takes an hour.

The reports are made of the book's own and of the open half of the validation set, each time with other numbers, another
headline and another day of one year, the same on every run; one in ten is a copy of the one before it in another outlet. Each
run is a process of its own that starts the local worker processes as ``qantar corpus`` does. Beside the clock stands what the
processors of the workers took, which other work on the machine disturbs less. The *plain loop* reads the same reports one after
another and keeps nothing: what the engine costs is what its workers take beyond that.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qantar.reading.bench import texts
from qantar.report import Report

SIZES = (100, 1_000, 10_000)
LARGE = 100_000
_COUNT = re.compile(r"(?<![\d.,/:])(?!(?:19|20)\d\d(?!\d))\d{2,}(?![\d/:])")
_YEAR = datetime.date(2022, 1, 1)


def reports(count: int) -> Iterator[dict[str, str]]:
    """So many reports, ``text, published, outlet, id``, the same every time."""
    draw, models = random.Random(count), texts()
    for number in range(count):
        copy = number % 10 == 9
        if not copy:
            text = _varied(draw, models[number % len(models)])
        day = _YEAR + datetime.timedelta(days=365 * number // count)
        headline = f"تقرير رقم {number}\n"
        yield {"text": headline + text, "published": day.isoformat(), "outlet": f"outlet {number % 7}", "id": f"r{number:07d}"}


def _varied(draw: random.Random, text: str) -> str:
    """A text with other numbers, and many words that change places with their neighbours: so that no two are copies."""
    text = _COUNT.sub(lambda match: str(draw.randrange(10 ** (len(match[0]) - 1), 10 ** len(match[0]))), text)
    words = text.split(" ")
    for _ in range(len(words) // 4):
        place = draw.randrange(len(words) - 1)
        words[place], words[place + 1] = words[place + 1], words[place]
    return " ".join(words)


def write(path: Path, count: int) -> None:
    """Writes the reports as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports(count):
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


# ------------------------------------------------------------------------------------- in a process of its own


def plain(path: Path) -> dict[str, float]:
    """The plain loop: seconds by the clock and of the processor for reading all reports of a file."""
    from qantar.reading.annotate import read_rows

    read_rows(Report(texts()[0]), _YEAR)  # loads the lexicons
    begin, clock, count = time.process_time(), time.perf_counter(), 0
    with path.open(encoding="utf-8") as file:
        for line in file:
            told = json.loads(line)
            read_rows(Report(told["text"]), datetime.date.fromisoformat(told["published"]))
            count += 1
    return {"clock": time.perf_counter() - clock, "processor": time.process_time() - begin, "reports": count}


def engine(path: Path, workers: int) -> dict[str, Any]:
    """A run on so many processes: by the clock without their start, their processor seconds, peak megabytes."""
    from qantar.corpus.engine import cluster
    from qantar.corpus.steps import run
    from qantar.corpus.unit import peak_memory

    with tempfile.TemporaryDirectory(dir=path.parent) as folder, cluster(workers) as client:
        client.run(_warm)
        before, clock = sum(client.run(time.process_time).values()), time.perf_counter()
        made = run([path], Path(folder) / "out", client=client)
        took = time.perf_counter() - clock
        processor = sum(client.run(time.process_time).values()) - before
        memory = max(client.run(peak_memory).values())
    return {
        "clock": took, "processor": processor, "reports": made["reports"], "client": peak_memory(), "worker": memory,
        "copies": made["families"]["their_reports"],
    }  # fmt: skip


def _warm() -> None:
    """Loads on a worker what all its units share."""
    from qantar.corpus import families, manifest, unit  # noqa: F401
    from qantar.reading.annotate import read_rows

    read_rows(Report(texts()[0]), _YEAR)


# -------------------------------------------------------------------------------------------------- the measuring


def measured(name: str, path: Path, workers: int = 0) -> dict[str, Any]:
    """What a task measures in a process of its own."""
    import subprocess

    command = [sys.executable, "-m", "qantar.corpus.bench", "--task", name, str(path), str(workers)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def main() -> None:
    """Prints the measurements as a table, or what one task measures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--sizes", type=lambda text: [int(size) for size in text.split(",")], help="others, such as 100,1000")
    parser.add_argument("--task", nargs=3, metavar=("NAME", "FILE", "WORKERS"))
    options = parser.parse_args()
    if options.task:
        name, path, workers = options.task
        sys.stdout.write(json.dumps(plain(Path(path)) if name == "plain" else engine(Path(path), int(workers))))
        return
    _table(options.sizes or [*SIZES, *([LARGE] if options.large else [])])


def _table(sizes: list[int]) -> None:
    sys.stdout.write(f"{os.cpu_count()} processors\n")
    sys.stdout.write(f"{'reports':>8} {'':<14}{'seconds':>9}{'a second':>10}{'processor ms a report':>23}{'client MB':>11}{'worker MB':>11}\n")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder, f"{size}.jsonl")
            write(path, size)
            rows = {"plain loop": measured("plain", path)} | {f"{n} process{'es' * (n > 1)}": measured("engine", path, n) for n in (1, 2)}
            for what, row in rows.items():
                memory = f"{row['client']:11.0f}{row['worker']:11.0f}" if "client" in row else ""
                sys.stdout.write(
                    f"{size:8,} {what:<14}{row['clock']:9.1f}{size / row['clock']:10.1f}{1000 * row['processor'] / size:23.2f}{memory}\n"
                )
                sys.stdout.flush()
            one, two, loop = rows["1 process"], rows["2 processes"], rows["plain loop"]
            sys.stdout.write(
                f"         two processes are {one['clock'] / two['clock']:.2f} times as fast as one; "
                f"the engine takes {one['processor'] / loop['processor'] - 1:+.1%} of the processor, "
                f"{one['clock'] / loop['clock'] - 1:+.1%} by the clock\n"
            )
            path.unlink()


if __name__ == "__main__":
    main()
