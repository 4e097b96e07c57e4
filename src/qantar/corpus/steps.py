"""The steps of a run, on the client: list, index, read, join, and say what came out. It sees names and counts, no text."""

from __future__ import annotations

import collections
import datetime
import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from qantar.corpus import engine, families, index, layout, manifest, reader, sources, unit
from qantar.corpus import job as jobs
from qantar.corpus.index import Index
from qantar.corpus.job import Job, Options, Unit
from qantar.corpus.sources import Source
from qantar.report import ReportError

_FAILURES = 20


@dataclass
class Tally:
    """What a run has done so far. ``total`` is how many reports there are to read, ``before`` those of earlier runs."""

    total: int = 0
    before: int = 0
    reports: int = 0
    rejected: collections.Counter[str] = field(default_factory=collections.Counter)
    characters: int = 0
    processor: float = 0.0
    memory: float = 0.0
    failed: list[str] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Reports that this run has dealt with."""
        return self.reports + sum(self.rejected.values())


Watch = Callable[[str, Tally], None]
"""Told of each step's name and what is done, often."""
Note = Callable[[str], None]
"""Told what a user should know, in a line."""


def run(
    paths: Iterable[str | Path],
    out: str | Path,
    options: Options | None = None,
    client: Any = None,
    watch: Watch = lambda step, tally: None,
    note: Note = lambda line: None,
) -> dict[str, Any]:
    """Reads all reports of some folders and files into a corpus; its manifest.

    ``client`` is a Dask client (`engine.cluster` gives one), by default this process. What an earlier run has finished is not
    read again. Raises ``ReportError`` if a source is not there or lacks a column, the folder holds something else, or units
    could not be read for a reason that is not a report's.
    """
    if client is None:
        with engine.cluster(1, processes=False) as own:
            return run(paths, out, options, own, watch, note)
    begin, clock = datetime.datetime.now(datetime.UTC), time.perf_counter()
    found, options = sources.named(paths), options or Options()
    job = Job(Path(out).resolve(), options, reader.digest())
    settings = _open(job, found, note)
    tally = Tally()
    watch("listing", tally)
    indexes = _indexes(client, job, found, watch, tally)
    counts = [(one.key, one.count) for one in _units(job, found, indexes)]
    keys = {key for key, _ in counts}
    done = layout.done(job.out)
    made = layout.read_json(job.out / layout.MANIFEST)
    if made is not None and made["units"] == manifest.units(keys) and keys == done:
        layout.tidy(job.out)
        note(f"{job.out}: nothing is new in the sources; all is as it was")
        return made
    (job.out / layout.MANIFEST).unlink(missing_ok=True)  # what follows is no whole corpus until there is one again
    _drop(job, keys, note)
    tally.total, tally.before = sum(n for key, n in counts if key not in done), sum(n for key, n in counts if key in done)
    del counts
    _read(client, job, (one for one in _units(job, found, indexes) if one.key not in done), watch, tally)
    reading = time.perf_counter()
    made = _join(client, job, settings, watch, tally)
    _record(job, begin, {"reading": reading - clock, "joining": time.perf_counter() - reading}, tally)
    layout.tidy(job.out)
    twice = made["identifiers_twice"]
    if twice:
        belong = "identifier belongs" if twice == 1 else "identifiers belong"
        note(f"{job.out}: {twice:,} {belong} to several reports, which can't be told apart (--id-column)")
    return made


def _open(job: Job, found: list[Source], note: Note) -> dict[str, Any]:
    """The settings of the run, written into its folder. Raises ``ReportError`` if the folder is not its own."""
    out, settings = job.out, {"sources": [str(source.path) for source in found], **asdict(job.options)}
    for source in found:
        if source.path == out or source.path in out.parents or out in source.path.parents:
            raise ReportError(f"{out}: lies within a source, or a source in it; name a folder apart from {source.path}")
    if out.exists() and not out.is_dir():
        raise ReportError(f"{out}: is a file; name a folder")
    held = layout.read_json(out / layout.SETTINGS)
    if held is None and out.exists() and any(path.name != layout.WORK for path in out.iterdir()):
        raise ReportError(f"{out}: holds files that are no corpus; name an empty folder or a new one")
    if held is not None and held != settings and layout.done(out):
        other = "sources" if held["sources"] != settings["sources"] else "options"
        told = ", ".join(held["sources"]) if other == "sources" else ", ".join(f"{k}={v}" for k, v in held.items() if v != settings[k])
        raise ReportError(f"{out}: holds a run with other {other} ({told}); name another folder, or remove this one")
    (out / layout.WORK).mkdir(parents=True, exist_ok=True)
    if held != settings:
        layout.write_json(out, out / layout.SETTINGS, settings)
    others: collections.Counter[str] = collections.Counter()
    for source in found:
        if not sum(1 for _ in sources.walk(source, others)):
            raise ReportError(f"{source.path}: holds nothing that can be read, which ends in {sources.FORMATS}")
    linked = others.pop(sources.LINKED, 0)
    if linked:
        note(f"left out: {linked:,} {'folder that is a link' if linked == 1 else 'folders that are links'}; name where it leads as a source of its own")
    if others:
        told = ", ".join(f"{times} {ending}" for ending, times in sorted(others.items()))
        note(f"left out, as files that are no reports: {told}")
    return settings


# -------------------------------------------------------------------------------------------------------- listing


def _indexes(client: Any, job: Job, found: list[Source], watch: Watch, tally: Tally) -> dict[str, Index]:
    """The index of each file of many reports, by its label. Raises ``ReportError`` if one lacks a column."""
    done, indexes, wanting = layout.done(job.out), {}, []
    for kind, path, label in (file for source in found for file in sources.files(source)):
        state = sources.state(path)
        held = index.stored(job, label, state)
        if held is None or not (held.path.exists() or {one.key for one in _of_file(job, held)} <= done):
            wanting.append((job, kind, path, label, state))
        else:
            indexes[label] = held
    for _, made in engine.each(client, index.make, wanting):
        if isinstance(made, BaseException):
            raise ReportError(engine.why(made))
        indexes[made.label] = made
        watch("listing", tally)
    for label in sorted(indexes):
        _check_columns(indexes[label], job.options)
    return dict(sorted(indexes.items()))


def _check_columns(held: Index, options: Options) -> None:
    given = {role: getattr(options.columns, role) for role in jobs.Columns.DEFAULTS} | {"text": options.columns.name("text")}
    for role, name in given.items():
        if held.names and name is not None and name not in held.names:
            raise ReportError(
                f"{held.label}: has no column {name!r} for the {role}; it has {', '.join(held.names)} (--{role}-column names another)"
            )


def _units(job: Job, found: list[Source], indexes: dict[str, Index]) -> Iterator[Unit]:
    """All units in the order of the sources; they are made as they are asked for."""
    for source in found:
        for names in sources.texts(source, job.options.reports_per_part):
            paths = [source.path / name if name else source.path for name in names]
            states = [sources.state(path) for path in paths]
            beside = [sources.state(sources.beside(path)) for path in paths]
            closed = tuple(name for name, state in zip(names, states, strict=True) if state is None)
            key = jobs.key(job.options, job.reader, source.label, names, states, beside)
            yield Unit(key, "text", source.path, source.label, len(names), names, closed=closed)
    for held in indexes.values():
        yield from _of_file(job, held)


def _of_file(job: Job, held: Index) -> Iterator[Unit]:
    told = (held.label, held.kind, held.state)
    if held.fault:
        yield Unit(jobs.key(job.options, job.reader, *told, held.fault), "fault", held.path, held.label, 1, (held.fault,))
    ends = [first for first, *_ in held.marks[1:]] + [held.records]
    for (first, offset, line), end in zip(held.marks, ends, strict=True) if held.marks else ():
        key = jobs.key(job.options, job.reader, *told, first)
        yield Unit(key, held.kind, held.path, held.label, end - first, (), first, offset, line)


def _drop(job: Job, keys: set[str], note: Note) -> None:
    stale = layout.drop_others(job.out, keys)
    if stale:
        parts = "part comes" if stale == 1 else "parts come"
        note(f"{job.out}: {stale} {parts} from another state of the sources or another version of the reader, and give way to new ones")


# -------------------------------------------------------------------------------------------------------- reading


def _read(client: Any, job: Job, units: Iterable[Unit], watch: Watch, tally: Tally) -> None:
    """Reads the units. Raises ``ReportError`` with the first that failed, after all others are done."""
    watch("reading", tally)
    tasks = ((one, job) for one in units)
    for (one, _), result in engine.each(client, unit.read_unit, itertools.takewhile(lambda _: len(tally.failed) < _FAILURES, tasks)):
        if isinstance(result, BaseException):
            where = f"{one.label or one.path}: reports {one.first + 1} to {one.first + one.count}"
            tally.failed.append(f"{where if one.kind != 'text' else f'{one.path / one.names[0]} and what follows'}: {engine.why(result)}")
            continue
        tally.reports += result["reports"]
        tally.rejected.update(result["rejected"])
        tally.characters += result["characters"]
        tally.processor += result["processor"]
        tally.memory = max(tally.memory, result["memory"])
        watch("reading", tally)
    if tally.failed:
        more = f" (and {len(tally.failed) - 1} other units)" if len(tally.failed) > 1 else ""
        raise ReportError(f"{tally.failed[0]}{more}; what is done is kept, the same command goes on with the rest")


def _join(client: Any, job: Job, settings: dict[str, Any], watch: Watch, tally: Tally) -> dict[str, Any]:
    """Finds the families, and writes what is said of the whole."""
    months = layout.months(job.out, "reports")
    watch("families", tally)
    families.forget(job.out)
    engine.all_of(client, families.link, ((job.out, month) for month in months))
    engine.all_of(client, families.group, [(job.out,)])
    marked = engine.all_of(client, families.mark, ((job.out, month) for month in months))
    watch("manifest", tally)
    copies = sorted((part for parts in marked for part in parts), key=lambda part: part["path"])
    told = settings | {"sources": [sources.printable(Path(path).name) for path in settings["sources"]]}  # the same wherever they lie
    [made] = engine.all_of(client, manifest.finish, [(job.out, told, copies)])
    return made


def _record(job: Job, begin: datetime.datetime, seconds: dict[str, float], tally: Tally) -> None:
    """Adds this run to ``run.json``: when, how long, how much. No other file of a corpus knows the time."""
    runs = layout.read_json(job.out / layout.RUN) or []
    runs.append({
        "begun": begin.isoformat(timespec="seconds"),
        "seconds": {step: round(took, 3) for step, took in seconds.items()},
        "reports": tally.reports, "rejected": sum(tally.rejected.values()), "found_done": tally.before,
        "characters": tally.characters, "processor_seconds": round(tally.processor, 3), "worker_megabytes": round(tally.memory),
    })  # fmt: skip
    layout.write_json(job.out, job.out / layout.RUN, runs)
